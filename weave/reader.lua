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
--   Link .tag .fig .use                          references
--   Div .figure         number, alt, src         a figure, caption inside
--   Div #refs, .index   filled in by citeproc and by the filter
--
-- WEAVE_ONLY=letter or path limits the output to a part or chapter.

local nw = require "nw"
local tables = require "tables"

local book, chapter
local tags, figures, keys = {}, {}, {}

local function fault(text, about)
	nw.fault(nw.find(chapter, about), text)
end

local function markdown(ch)
	local text = {}
	for i, part in ipairs(ch.parts) do
		text[i] = part.text or "\n\n```{.chunk n="
			.. part.chunk.id:match("%d+$") .. "}\n```\n\n"
	end
	return table.concat(text)
end

-- First pass: learn every tag and figure before anyone refers to them.
local function learn(doc)
	local count = 0
	doc:walk {
		Header = function(h)
			local tag = h.identifier
			if not tag:find("^%u:%d%d%d$") then
				return
			elseif tags[tag] then
				fault("tag " .. tag .. " is used twice", "#" .. tag)
			end
			tags[tag] = pandoc.utils.stringify(h)
		end,
		Image = function(i)
			count = count + 1
			figures[i.identifier] = chapter.number .. "." .. count
		end,
	}
end

local function see(class, text, id, title)
	return pandoc.Link({ pandoc.Str(text) }, "#" .. id, title or "",
		pandoc.Attr("", { class }))
end

-- @H:030, @fig:name, @fact:name; what remains is for the bibliography.
local function reference(cite)
	local id = cite.citations[1].id
	if id:find("^%u:%d%d%d$") then
		if not tags[id] then
			fault("there is no section " .. id, "@" .. id)
		end
		return see("tag", id, id, tags[id])
	elseif id:find("^fig:") then
		if not figures[id] then
			fault("there is no figure " .. id, "@" .. id)
		end
		return see("fig", "Figure\u{a0}" .. (figures[id] or "?"), id)
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
	return pandoc.Div({ pandoc.Plain(image.caption) }, pandoc.Attr(
		image.identifier, { "figure" }, {
			{ "number", figures[image.identifier] },
			{ "alt", alt or "" },
			{ "src", "book/" .. image.src },
			{ "place", nw.find(chapter, image.src) } }))
end

-- Answers are for instructors; some tables are made from code.
local function box(div)
	local is = function(class) return div.classes:includes(class) end
	if nw.setting("EDITION", "student") ~= "instructor"
			and (is "solution" or is "rubric" or is "hint") then
		return {}
	elseif is "table-of" then
		return tables.of(div, book, fault)
	end
end

local function heading(h)
	local tag = tags[h.identifier] and h.identifier
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
	Div = box, Header = heading, Inlines = bind_numbers }

local function part_heading(letter)
	local path = nw.setting("WEAVE_PARTS", "book/parts")
	for row in nw.lines_of(path) do
		local l, title, story = row:match("^(%u)\t([^\t]*)\t(.*)$")
		if l == letter then
			return pandoc.Header(1, title, pandoc.Attr("part-" .. l,
				{ "part" }, { { "letter", l }, { "story", story } }))
		end
	end
	nw.fault(path, "says nothing about part " .. letter)
	return pandoc.Null()
end

local function back_matter(blocks, title, id)
	blocks:insert(pandoc.Header(2, title,
		pandoc.Attr(id .. "-title", { "back" })))
	blocks:insert(pandoc.Div({}, pandoc.Attr(id, { "index" })))
end

local function learn_bibliography()
	local path = nw.setting("WEAVE_BIB")
	for row in path and nw.lines_of(path) or function() end do
		keys[row:match("^@%a+{%s*([^,%s]+)") or ""] = true
	end
end

function Reader()
	local only, docs = nw.setting("WEAVE_ONLY"), {}
	book = nw.load()
	learn_bibliography()
	for i, ch in ipairs(book.chapters) do
		chapter = ch
		docs[i] = pandoc.read(markdown(ch), "markdown-auto_identifiers")
		learn(docs[i])
	end
	local blocks, letter = pandoc.Blocks {}, nil
	for i, ch in ipairs(book.chapters) do
		chapter = ch
		local woven = docs[i]:walk(second_pass).blocks
		if not only or only == ch.letter or only == ch.path then
			if ch.letter ~= letter then
				letter = ch.letter
				blocks:insert(part_heading(letter))
			end
			blocks:extend(woven)
		end
	end
	if not only then
		back_matter(blocks, "Bibliography", "refs")
		back_matter(blocks, "Index of chunks", "chunks")
		back_matter(blocks, "Index of identifiers", "identifiers")
		back_matter(blocks, "Index of tags", "tags")
	end
	nw.stop_on_faults()
	return pandoc.Pandoc(blocks)
end
