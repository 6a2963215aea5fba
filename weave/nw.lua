-- nw.lua - the book as noweb sees it: chapters, prose, chunks, who uses whom
--
-- Everything that weaves begins with nw.load(): it reads the stream that
-- noweb's markup made of all chapters, in order, and answers with one table:
--
--   book.chapters[i]  path, letter, page, parts[] (prose or chunk), lines[]
--   book.chunks[i]    n, id, name, variant, badge, path, line, lines[], lang,
--                     prev, next, first, uses{}, chapter, number
--   book.named[name]  the chunks of that name, in order
--   book.at[file:line] the chunk that stands there
--   book.used_in[name] the chunks that use the name, in order
--   book.tags[tag]    tag, title, chapter; book.sections[i] the same in order
--   book.figures[id]  chapter, number, file
--   book.parts[letter] title, story
--   book.paths[i]     name, title, story, tags[]: a way to read
--
-- Settings come by environment, since reader and filters run apart:
-- WEAVE_STREAM, WEAVE_ROOTS, WEAVE_DEFS, WEAVE_FACTS, WEAVE_PATHS,
-- WEAVE_CONCEPTS, WEAVE_DRAFT (faults are
-- said, but do not stop us), EDITION.

local nw = {}

local errors = {}

function nw.fault(where, text)
	errors[#errors + 1] = where .. ": error: " .. text
end

-- Say all that is wrong at once, then leave without a product.
function nw.stop_on_faults()
	if #errors == 0 then
		return
	end
	io.stderr:write(table.concat(errors, "\n"), "\n")
	if not nw.setting("WEAVE_DRAFT") then
		os.exit(1)
	end
	errors = {}
end

local function setting(name, default)
	local value = os.getenv(name)
	return value ~= "" and value or default
end
nw.setting = setting

local function lines_of(path)
	local file, why = io.open(path)
	if not file then
		nw.fault(path, why)
		nw.stop_on_faults()
	end
	local all = file:read("a")
	file:close()
	return all:gmatch("([^\n]*)\n")
end
nw.lines_of = lines_of

-- "close the door [student]" is the variant "student" of "close the door".
local function split_name(full)
	local name, variant = full:match("^(.-) %[([^%]]*)%]$")
	return name or full, variant
end

-- A code span that no text can end by accident.
local function code_span(text)
	local fence = "`"
	while text:find(fence, 1, true) do
		fence = fence .. "`"
	end
	local pad = text:find("^`") or text:find("`$")
	pad = pad and " " or ""
	return fence .. pad .. text .. pad .. fence .. "{.ours}"
end

local function is_blank(row)
	for _, piece in ipairs(row) do
		if piece.use or piece.text:find("%S") then
			return false
		end
	end
	return true
end

-- The stream, word for word, as chapters of prose and chunks.
local function parse(path)
	local book = { chapters = {}, chunks = {} }
	local chapter, part, quote, line
	local function add(text)
		if quote then
			quote = quote .. text
		elseif part.chunk then
			local row = part.chunk.lines
			row = row[#row]
			row[#row + 1] = { text = text }
		else
			part.text = part.text .. text
		end
		chapter.lines[line] = (chapter.lines[line] or "") .. text
	end
	local on = {}
	function on.file(arg)
		line = 1
		chapter = { path = arg, parts = {}, lines = {},
			page = arg:gsub("^exercises/(.*)/text", "M-%1")
				:gsub("^exercises/(.*)/solution", "M-%1-solution")
				:gsub("^.*/(%u)%-[^/]*/", "%1-")
				:gsub("^.*/", ""):gsub("%.nw$", ""),
			letter = arg:match("([A-Z])%-[^/]*/[^/]*$") or
				arg:match("([A-Z])%-[^/]*$") or
				arg:match("^exercises/") and "M" or "P" }
		table.insert(book.chapters, chapter)
	end
	function on.begin(arg)
		part = arg:find("^code") and { chunk = { lines = {} } } or
			{ text = "", line = line }
	end
	on["end"] = function(arg)
		local c = part.chunk
		if c then
			c.last = line
		end
		-- Blank lines at the end part chunks in the program, not on the page.
		while c and #c.lines > 0 and is_blank(c.lines[#c.lines]) do
			table.remove(c.lines)
		end
		table.insert(chapter.parts, part)
	end
	function on.defn(arg)
		local c = part.chunk
		c.path, c.line, c.chapter = chapter.path, line, chapter
		c.name, c.variant = split_name(arg)
		c.badge = c.variant and (c.variant == "student"
			or c.variant:find(": hole$")) and "Your code" or c.variant
		chapter.lines[line] = "<<" .. arg .. ">>="
	end
	on.text = add
	function on.quote()
		quote = ""
	end
	function on.endquote()
		local text = quote
		quote = nil
		part.text = part.text .. code_span(text)
	end
	function on.use(arg)
		if quote or part.text then
			add("<<" .. arg .. ">>")
		else
			local row = part.chunk.lines
			row = row[#row]
			row[#row + 1] = { use = arg }
			chapter.lines[line] = (chapter.lines[line] or "")
				.. "<<" .. arg .. ">>"
		end
	end
	function on.nl()
		if quote then
			quote = quote .. " "
		elseif part.chunk then
			table.insert(part.chunk.lines, {})
		else
			part.text = part.text .. "\n"
		end
		line = line + 1
		chapter.count = line
	end
	function on.fatal()
		os.exit(1)
	end
	for row in lines_of(path) do
		local word, arg = row:match("^@(%S+) ?(.*)$")
		if on[word] then
			on[word](arg)
		end
	end
	return book
end

-- A student sees the hole instead of the answer, and no wrong answers; the
-- failures worth seeing are for everybody; an instructor sees all there is.
local function choose_edition(book)
	local instructor = setting("EDITION", "student") == "instructor"
	local has_hole = {}
	for pass = 1, instructor and 0 or 2 do
		for _, chapter in ipairs(book.chapters) do
			local kept = {}
			for _, part in ipairs(chapter.parts) do
				local c = part.chunk
				local v = c and c.variant
				if pass == 1 and v == "student" then
					has_hole[c.name] = true
				end
				if not c or pass == 1 or v == "student"
						or v and (v:find("^failure: ") or v:find(": hole$"))
						or not v and not has_hole[c.name] then
					table.insert(kept, part)
				end
			end
			chapter.parts = kept
		end
	end
end

-- A name as an anchor that stays when other chunks come and go.
local function anchor(chunk, part)
	local id = (chunk.name .. " " .. (chunk.variant or "")):lower()
		:gsub("[^%w]+", "-"):gsub("^-", ""):gsub("-$", "")
	return part > 1 and id .. "-" .. part or id
end

-- Which lines of a failure does the chunk that it replaces not have?
local function note_changes(book, chunk)
	local right = {}
	local function text(row)
		local list = {}
		for i, piece in ipairs(row) do
			list[i] = piece.use or piece.text
		end
		return table.concat(list, "\0")
	end
	for _, c in ipairs(book.named[chunk.name]) do
		for _, row in ipairs(c.variant and {} or c.lines) do
			right[text(row)] = true
		end
	end
	for i, row in ipairs(chunk.lines) do
		chunk.changed[i] = not right[text(row)]
	end
end

-- Number the chunks, and say of each who continues and who uses it.
local function cross_reference(book)
	book.named, book.used_in = {}, {}
	for number, chapter in ipairs(book.chapters) do
		local count = 0
		chapter.number = number
		for _, part in ipairs(chapter.parts) do
			local c = part.chunk
			if c then
				count = count + 1
				table.insert(book.chunks, c)
				c.n, c.number = #book.chunks, number .. "." .. count
				local same = book.named[c.name] or {}
				book.named[c.name] = same
				local last = same[#same]
				if last and last.variant == c.variant then
					c.prev, last.next = last, c
				end
				c.part = c.prev and c.prev.part + 1 or 1
				c.id = anchor(c, c.part)
				table.insert(same, c)
			end
		end
	end
	for _, c in ipairs(book.chunks) do
		c.changed = {}
		if (c.variant or ""):find("^failure: ") then
			note_changes(book, c)
		end
		local seen = {}
		for _, row in ipairs(c.lines) do
			for _, piece in ipairs(row) do
				if piece.use and not seen[piece.use] then
					seen[piece.use] = true
					local list = book.used_in[piece.use] or {}
					book.used_in[piece.use] = list
					table.insert(list, c)
				end
			end
		end
		c.uses = seen
	end
end

-- A chunk is written in the language of the file it ends up in.
local function find_languages(book)
	book.roots = {}
	local roots = setting("WEAVE_ROOTS", "tangle/roots")
	local function spread(name, lang, root)
		for _, c in ipairs(book.named[name] or {}) do
			if not c.lang then
				c.lang, c.root = lang, root
				for used in pairs(c.uses) do
					spread(used, lang, root)
				end
			end
		end
	end
	for row in lines_of(roots) do
		local path, lang = row:match("^([^#%s]%S*)%s+(%S+)")
		if path then
			book.roots[path] = lang
			spread(path, lang, path)
		end
	end
end

-- Where identifiers are defined (tangle/tags): name, kind, file, line.
local function find_definitions(book)
	book.defined = {}
	local path = setting("WEAVE_DEFS")
	book.at = {}
	for _, c in ipairs(book.chunks) do
		for line = c.line, c.last do
			book.at[c.path .. ":" .. line] = c
		end
	end
	for row in path and lines_of(path) or function() end do
		local name, kind, file, line = row:match(
			"^([^\t]+)\t([^\t]+)\t([^\t]+)\t(%d+)")
		local c = name and book.at[file .. ":" .. line]
		local text = c and c.lines[line - c.line]
		local indented = text and text[1] and text[1].text
			and text[1].text:find("^%s")
		-- What ctags calls a variable deep in a line is a function's own.
		if c and not (kind == "variable" and indented) then
			book.defined[name] = book.defined[name] or {}
			table.insert(book.defined[name], { name = name,
				kind = kind, chunk = c, line = tonumber(line) })
		end
	end
end

-- The definition that a name means in a chunk (or in a chapter's prose): one
-- in the same file, else in the same program, else in what all include.
-- What stands behind a dot or an arrow is a member, and nothing else is.
function nw.definition(book, name, chunk, chapter, member)
	local best, rank = nil, 0
	local root = chunk and chunk.root or ""
	local program = root:match("^[^/]*/")
	for _, d in ipairs(book.defined[name] or {}) do
		local its = d.chunk.root or ""
		local r = its == root and 4 or its:match("^[^/]*/") == program
			and 3 or its:find("^include/") and 2
			or chapter and (d.chunk.chapter == chapter and 5
				or d.chunk.chapter.letter == chapter.letter and 4
				or 1) or 0
		if chapter and d.kind == "member" then
			r = r - 0.5
		elseif not chapter and (d.kind == "member") ~= (member or false) then
			r = 0
		end
		if r > rank then
			best, rank = d, r
		end
	end
	return best
end

-- What prose may refer to, read off its lines so that a preview need not parse
-- the whole book: titles of chapters, tagged sections, figures.
local function find_sections(book)
	book.tags, book.sections, book.figures = {}, {}, {}
	local chapter, figures, fenced
	local function section(tag, title)
		if book.tags[tag] then
			nw.fault(nw.find(chapter, "#" .. tag),
				"tag " .. tag .. " is used twice")
		end
		book.tags[tag] = { tag = tag, title = title, chapter = chapter }
		table.insert(book.sections, book.tags[tag])
	end
	local function see(line)
		fenced = fenced ~= (line:find("^%s*```") ~= nil)
		local plain = line:gsub("(`+)(.-)%1{%.ours}", "%2"):gsub("[`*]", "")
		local title, tag = plain:match("^## (.-)%s*{#(%u:%d%d%d)[ }]")
		if fenced then
			return
		elseif tag then
			section(tag, title)
		end
		chapter.title = chapter.title or plain:match("^# (.*)")
		for id in line:gmatch("%]%([^)]*%){#(fig:[^ }]*)") do
			figures = figures + 1
			book.figures[id] = { chapter = chapter,
				number = chapter.number .. "." .. figures,
				file = line:match("figures/([%w-]+)%.tikz") }
		end
	end
	for _, ch in ipairs(book.chapters) do
		chapter, figures, fenced = ch, 0, false
		for _, part in ipairs(ch.parts) do
			for line in (part.text or ""):gmatch("[^\n]+") do
				see(line)
			end
		end
	end
end

-- The parts: letter, title, and what its title page says.
local function find_parts(book)
	book.parts = {}
	local path = setting("WEAVE_PARTS", "book/parts")
	for row in lines_of(path) do
		local letter, title, story = row:match("^(%u)\t([^\t]*)\t(.*)$")
		if letter then
			book.parts[letter] = { title = title, story = story }
		end
	end
	for _, chapter in ipairs(book.chapters) do
		if not book.parts[chapter.letter] then
			nw.fault(path, "says nothing about part " .. chapter.letter)
			book.parts[chapter.letter] = { title = "?", story = "" }
		end
	end
end

-- The ways to read: name, title and what for, then lines of tags.
local function find_paths(book)
	book.paths = {}
	local file, path = setting("WEAVE_PATHS"), nil
	for row in file and lines_of(file) or function() end do
		local name, title, story = row:match("^(%w+)\t([^\t]*)\t(.*)$")
		if name then
			path = { name = name, title = title, story = story, tags = {} }
			table.insert(book.paths, path)
		end
		for tag in (row:match("^\t(.*)") or ""):gmatch("%S+") do
			if not book.tags[tag] then
				nw.fault(file, "there is no section " .. tag)
			end
			local last = path.tags[#path.tags]
			path.tags[#path.tags + 1], path[last or ""] = tag, tag
		end
	end
end

-- The paths that lead through a section, each with its next stop.
function nw.paths_at(book, tag)
	local found = {}
	for _, path in ipairs(book.paths) do
		if path[tag] or path.tags[#path.tags] == tag then
			table.insert(found, { path = path, next = path[tag] })
		end
	end
	return found
end

-- The numbers that the build provides, for @fact:name.
local function read_facts(book)
	book.facts = {}
	for path in setting("WEAVE_FACTS", ""):gmatch("%S+") do
		for row in lines_of(path) do
			local name, value = row:match("^([^#\t][^\t]*)\t(.*)$")
			if name then
				book.facts[name] = value
			end
		end
	end
end

function nw.load()
	local book = parse(setting("WEAVE_STREAM", "out/weave/stream"))
	choose_edition(book)
	cross_reference(book)
	find_languages(book)
	find_definitions(book)
	find_sections(book)
	find_paths(book)
	find_parts(book)
	read_facts(book)
	return book
end

-- A chunk's code as plain text, uses in noweb's brackets.
function nw.code(chunk)
	local rows = {}
	for i, row in ipairs(chunk.lines) do
		local text = {}
		for _, piece in ipairs(row) do
			text[#text + 1] = piece.text or "<<" .. piece.use .. ">>"
		end
		rows[i] = table.concat(text)
	end
	return table.concat(rows, "\n")
end

-- Which line of a chunk has some text in it.
function nw.line_of(chunk, text)
	local n = 0
	for row in (nw.code(chunk) .. "\n"):gmatch("([^\n]*)\n") do
		n = n + 1
		if row:find(text, 1, true) then
			return n
		end
	end
end

-- The signs of asides that are tied to lines, for the filter that sets chunks.
function nw.signs(book, doc)
	doc:walk { Div = function(d)
		local a = d.attributes
		if a.chunk and a.line then
			local chunk = book.chunks[tonumber(a.chunk)]
			chunk.signs = chunk.signs or {}
			local n = tonumber(a.line)
			chunk.signs[n] = (chunk.signs[n] or "") .. a.label
		end
	end }
end

-- Where in a chapter some text stands, for a message about it.
function nw.find(chapter, text, from)
	for line = from or 1, chapter.count or 0 do
		if (chapter.lines[line] or ""):find(text, 1, true) then
			return chapter.path .. ":" .. line
		end
	end
	return chapter.path .. ":1"
end

return nw
