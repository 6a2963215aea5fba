-- reader.lua - pandoc's reader for the book: noweb stream in, one AST out
--
--	WEAVE_STREAM=out/weave/stream pandoc -f weave/reader.lua -t native
--
-- The AST is the same for every edition; what a filter (latex.lua, ...) needs
-- is in classes and attributes:
--
--   Header 1 .part      letter, story            a part begins
--   Header 2            chapter: its number      a chapter
--   Header 3            tag (also its id)        a tagged section
--   CodeBlock .chunk    n: book.chunks[n]        a chunk
--   Code .ours          def: a chunk's id        code of ours
--   Link .tag .fig .use .num                     references
--   Div .figure         number, alt, src         a figure, caption inside
--   Div .box            label                    set apart from the text; if line
--                       and chunk are given, tied to that line of a chunk
--   Div .run            what runs in a living page, its transcript inside
--   Div .slide          title, place                  only if WEAVE_SLIDES is set
--   Div .index          Div .entry: head, places in two Plains
--   Div #refs           filled in by citeproc
--
-- WEAVE_ONLY, letters of parts, paths or pages of chapters, limits what is read.

local nw = require "nw"
local index = require "index"
local tables = require "tables"

local book, chapter
local keys = {}

local function fault(text, about)
	nw.fault(nw.find(chapter, about), text)
end

-- Which exercises belong to a section, as boxes for the end of it.
local found
local function exercises()
	if found then
		return found
	end
	local at = {}
	local list = io.popen("ls exercises/*/exercise 2>/dev/null")
	for path in list:lines() do
		local tag, key = nil, {}
		for row in nw.lines_of(path) do
			local k, v = row:match("^(%w+): *(.*)$")
			if k then
				key[k] = v
			end
		end
		for row in nw.lines_of((path:gsub("exercise$", "text.nw"))) do
			tag = tag or row:match("^## .*{#(M:%d%d%d)}")
		end
		if tag and key.section and book.tags[tag] then
			at[key.section] = (at[key.section] or "")
				.. "\n\n::: exercise\n" .. key.title .. " (@"
				.. tag .. "). Some " .. key.hours
				.. (key.hours == "1" and " hour" or " hours")
				.. "; `make starter EX=" .. path:match("/(.*)/")
				.. "`.\n:::\n\n"
		end
	end
	list:close()
	found = at
	return at
end

local function point_to_exercises(text)
	local at = exercises()
	local open
	local function close()
		local box = open and at[open] or ""
		open = nil
		return box
	end
	text = ("\n" .. text):gsub("\n## [^\n]*{#%u:%d%d%d}", function(heading)
		local box = close()
		open = heading:match("{#(%u:%d%d%d)")
		return box .. heading
	end)
	return text:sub(2) .. close()
end

local function markdown(ch)
	local text = {}
	for i, part in ipairs(ch.parts) do
		text[i] = part.text or "\n\n```{.chunk n=" .. part.chunk.n
			.. "}\n```\n\n"
	end
	return point_to_exercises(table.concat(text))
end

local function see(class, text, id, title)
	return pandoc.Link({ pandoc.Str(text) }, "#" .. id, title or "",
		pandoc.Attr("", { class }))
end

-- @H:030, @fig:name, @fact:name; what remains is for the bibliography.
local function reference(cite)
	local id = cite.citations[1].id
	if id:find("^%u:%d%d%d$") then
		local target = book.tags[id]
		if not target then
			fault("there is no section " .. id, "@" .. id)
		end
		return see("tag", id, id, target and target.title)
	elseif id:find("^fig:") then
		local target = book.figures[id]
		if not target then
			fault("there is no figure " .. id, "@" .. id)
		end
		return see("fig", "Figure\u{a0}" .. (target and target.number or "?"),
			id)
	elseif id:find("^fact:") then
		local value = book.facts[id:sub(6)]
		if not value then
			fault("there is no fact " .. id:sub(6) .. " in "
				.. nw.setting("WEAVE_FACTS", "any file"),
				"@" .. id)
		end
		return pandoc.Str(value or "?")
	elseif not keys[id] then
		fault("there is no " .. id .. " in the bibliography", "@" .. id)
	end
end

local function code_of_ours(code)
	if not code.classes:includes("ours") then
		return nil
	end
	local chunk = code.text:match("^<<(.*)>>$")
	if chunk then
		local found = book.named[chunk]
		if not found then
			fault("there is no chunk " .. code.text, code.text)
			return nil
		end
		return see("use", chunk, found[1].id)
	end
	local name = code.text:match("^struct%s+([%w_]+)$")
		or code.text:match("^([%w_]+)%(?%)?$")
	local d = name and nw.definition(book, name, nil, chapter)
	if d then
		code.attributes.def = d.chunk.id
	end
	return code
end

-- "ring 1" and "part H" stay together on a line.
local counted = { ring = true, Ring = true, part = true, Part = true,
	bit = true, irq = true, vector = true, trap = true, page = true,
	number = true, entry = true, chapter = true }

local function bind_numbers(list)
	for i = 1, #list - 2 do
		local word, after = list[i], list[i + 2]
		if word.t == "Str" and list[i + 1].t == "Space"
				and after.t == "Str"
				and counted[word.text:match("%a*$")]
				and after.text:find("^[%dPGDLHSM]+%p*$") then
			list[i + 1] = pandoc.Str("\u{a0}")
		end
	end
	return list
end

local function figure(para)
	local image = para.content[1]
	if #para.content ~= 1 or image.t ~= "Image" then
		return nil
	end
	local alt = image.attributes.alt
	if not alt then
		fault("a figure needs alternative text: alt=\"...\"", image.src)
	end
	local known = book.figures[image.identifier]
	return pandoc.Div({ pandoc.Plain(image.caption) }, pandoc.Attr(
		image.identifier, { "figure" }, {
			{ "number", known and known.number or "?" },
			{ "alt", alt or "" },
			{ "src", "book/" .. image.src },
			{ "place", nw.find(chapter, image.src) } }))
end

local labels = { history = "History", aside = "Aside", warning = "Warning",
	questions = "Questions", exercise = "Exercise", solution = "Solution",
	hint = "Hint", rubric = "Rubric", run = "Run it" }
local for_instructors = { solution = true, hint = true, rubric = true }

-- The ways to read, each with its sections.
local function paths()
	local items = {}
	for i, path in ipairs(book.paths) do
		local stops = pandoc.Inlines {}
		for _, tag in ipairs(path.tags) do
			local known = book.tags[tag]
			stops:extend { see("tag", tag, tag, known and known.title),
				pandoc.Space() }
		end
		items[i] = { { pandoc.Str(path.title) },
			{ { pandoc.Para(path.story), pandoc.Para(stops) } } }
	end
	return pandoc.DefinitionList(items)
end

-- Answers are for instructors; some tables are made from code.
local function box(div)
	local instructor = nw.setting("EDITION", "student") == "instructor"
	for _, class in ipairs(div.classes) do
		if class == "slide" and nw.setting("WEAVE_SLIDES") then
			div.attributes.place = nw.find(chapter,
				'title="' .. (div.attributes.title or ""))
			return div
		elseif class == "slide" or for_instructors[class] and not instructor then
			return {}
		elseif class == "table-of" then
			return tables.of(div, book, fault)
		elseif class == "paths" then
			return paths()
		elseif labels[class] then
			div.attributes.label = labels[class]
			div.classes:insert("box")
			return div
		end
	end
end

-- An aside at="some code" belongs to that line of the chunk before it: both get
-- the same sign.
local function tie(blocks)
	local chunk
	for _, b in ipairs(blocks) do
		local at = b.t == "Div" and b.attributes.at
		if b.t == "CodeBlock" and b.classes:includes("chunk") then
			chunk = book.chunks[tonumber(b.attributes.n)]
		elseif at then
			local line = chunk and nw.line_of(chunk, at)
			if not line then
				fault("the chunk before has no line with " .. at, at)
			else
				chunk.asides = (chunk.asides or 0) + 1
				b.attributes.label = utf8.char(0x245f + chunk.asides)
				b.attributes.line = tostring(line)
				b.attributes.chunk = tostring(chunk.n)
			end
		end
	end
	return blocks
end

local function heading(h)
	local tag = book.tags[h.identifier] and h.identifier
	local about = tag and "{#" .. tag or ("#"):rep(h.level) .. " "
		.. pandoc.utils.stringify(h):match("^%S*")
	h.attributes = { { "chapter", tostring(chapter.number) },
		{ "place", nw.find(chapter, about) },
		tag and { "tag", tag } }
	if h.level == 1 then
		h.identifier = "chapter-" .. chapter.number
	end
	h.level = h.level + 1
	return h
end

local second_pass = { Cite = reference, Code = code_of_ours, Para = figure,
	Div = box, Header = heading, Inlines = bind_numbers, Blocks = tie }

local function part_heading(letter)
	local part = book.parts[letter]
	return pandoc.Header(1, part.title, pandoc.Attr("part-" .. letter, { "part" },
		{ { "letter", letter }, { "story", part.story } }))
end

-- Indexes ------------------------------------------------------------------

local function entry(head, places)
	local list = pandoc.Inlines {}
	for i, place in ipairs(places) do
		list:extend { i > 1 and pandoc.Str(", ") or pandoc.Str(""), place }
	end
	return pandoc.Div({ pandoc.Plain { head }, pandoc.Plain(list) },
		pandoc.Attr("", { "entry" }))
end

-- Where it is defined, in bold, and where used; the most used are cut short.
local function places(e)
	local list = {}
	for _, c in ipairs(e.defined) do
		list[#list + 1] = pandoc.Strong { see("num", c.number, c.id) }
	end
	for i, c in ipairs(e.used) do
		if i > 20 and #e.used > 24 then
			list[#list + 1] = pandoc.Str("and " .. #e.used - 20 .. " more")
			break
		end
		list[#list + 1] = see("num", c.number, c.id)
	end
	return list
end

local function identifiers(pattern)
	local entries = {}
	for _, e in ipairs(index.identifiers(book)) do
		if e.name:find(pattern) then
			table.insert(entries, entry(pandoc.Code(e.name), places(e)))
		end
	end
	return entries
end

local function chunks()
	local entries = {}
	for i, e in ipairs(index.chunks(book)) do
		entries[i] = entry(see("use", e.name, e.defined[1].id), places(e))
	end
	return entries
end

local function tags()
	local entries = {}
	for i, s in ipairs(book.sections) do
		entries[i] = entry(see("tag", s.tag, s.tag), { pandoc.Str(s.title) })
	end
	return entries
end

-- The terms of the book, each with the section that explains it in bold.
local function concepts()
	local entries, file = {}, nw.setting("WEAVE_CONCEPTS")
	for row in file and nw.lines_of(file) or function() end do
		local term, places = row:match("^([^#\t][^\t]*)\t[^\t]*\t(.*)$")
		local list = {}
		for tag in (places or ""):gmatch("%S+") do
			local link = see("tag", tag, tag)
			list[#list + 1] = #list > 0 and link or pandoc.Strong { link }
			if not book.tags[tag] then
				nw.fault(file, "there is no section " .. tag)
			end
		end
		entries[#entries + 1] = term and { name = term,
			entry = entry(pandoc.Str(term), list) }
	end
	for i, e in ipairs(index.sorted(entries)) do
		entries[i] = e.entry
	end
	return entries
end

local function back_matter(blocks, title, id, entries)
	blocks:insert(pandoc.Header(2, title,
		pandoc.Attr(id .. "-title", { "back" })))
	blocks:insert(pandoc.Div(entries, pandoc.Attr(id, { "index" })))
end

local function learn_bibliography()
	local path = nw.setting("WEAVE_BIB")
	for row in path and nw.lines_of(path) or function() end do
		keys[row:match("^@%a+{%s*([^,%s]+)") or ""] = true
	end
end

function Reader()
	book = nw.load()
	learn_bibliography()
	local blocks, letter, only = pandoc.Blocks {}, nil, {}
	for what in nw.setting("WEAVE_ONLY", ""):gmatch("%S+") do
		only[what] = true
	end
	local all = next(only) == nil
	for _, ch in ipairs(book.chapters) do
		chapter = ch
		if all or only[ch.letter] or only[ch.path] or only[ch.page] then
			if ch.letter ~= letter then
				letter = ch.letter
				blocks:insert(part_heading(letter))
			end
			local doc = pandoc.read(markdown(ch), "markdown-auto_identifiers")
			blocks:extend(doc:walk(second_pass).blocks)
		end
	end
	if all then
		back_matter(blocks, "Bibliography", "refs", {})
		back_matter(blocks, "Index of concepts", "concepts", concepts())
		back_matter(blocks, "Index of hypercalls", "hypercalls",
			identifiers("^LHCALL_"))
		back_matter(blocks, "Index of chunks", "chunks", chunks())
		back_matter(blocks, "Index of identifiers", "identifiers",
			identifiers(""))
		back_matter(blocks, "Index of tags", "tags", tags())
	end
	nw.stop_on_faults()
	return pandoc.Pandoc(blocks)
end
