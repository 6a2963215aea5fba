-- html.lua - the filter that turns the book's AST into pages for screens
--
-- It writes files below WEAVE_OUT and leaves pandoc nothing to do:
--
--	NAME.html	a chapter, or an index, in the frame web/page.html
--	data/NAME.js	its chunks and sections, for previews elsewhere
--	book.html	everything on one page
--	file-NAME.html	a tangled file, each line with its chunk (WEAVE_TANGLED)
--	search.js	the words of all sections
--
-- With WEAVE_FORM=epub it writes the pages of an EPUB and its lists instead.
-- With WEAVE_ONLY it writes the pages of these chapters, and nothing else.

local nw = require "nw"
local index = require "index"
local lexer = require "lexer"

local book = nw.load()
local out = nw.setting("WEAVE_OUT", "out/html")
local epub = nw.setting("WEAVE_FORM") == "epub"
local suffix = epub and ".xhtml" or ".html"
local parts, chunk_at = {}, {}

for _, chunk in ipairs(book.chunks) do
	chunk_at[chunk.id] = chunk
end
for row in nw.lines_of(nw.setting("WEAVE_PARTS", "book/parts")) do
	local letter, title, story = row:match("^(%u)\t([^\t]*)\t(.*)$")
	if letter then
		parts[#parts + 1] = { letter = letter, title = title, story = story }
		parts[letter] = parts[#parts]
	end
end

local entities = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;",
	['"'] = "&quot;" }

local function esc(text)
	return (text:gsub('[&<>"]', entities))
end

local function el(tag, class, text)
	return "<" .. tag .. ' class="' .. class .. '">' .. text .. "</" .. tag .. ">"
end

local function raw(text)
	return pandoc.RawBlock("html", text)
end

local function html(blocks)
	return pandoc.write(pandoc.Pandoc(blocks), "html5")
end

local function read(path)
	local file = assert(io.open(path))
	local text = file:read("a")
	file:close()
	return text
end

-- A file takes its old one's place only if it differs.
local function write(name, text)
	local old = io.open(out .. "/" .. name)
	local same = old and old:read("a") == text
	if old then
		old:close()
	end
	if not same then
		local file = assert(io.open(out .. "/" .. name, "w"))
		file:write(text)
		file:close()
	end
end

-- Where things are ---------------------------------------------------------

local back_pages = {}

local function page_of(id)
	local known = chunk_at[id] or book.tags[id] or book.figures[id]
	return known and known.chapter.page or back_pages[id]
		or id:find("^ref%-") and "refs"
		or book.chapters[tonumber(id:match("^chapter%-(%d+)$") or 0)].page
end

local function href(id)
	return page_of(id) .. suffix .. "#" .. id
end

local function a(class, id, text, more)
	return ('<a class="%s" href="%s"%s>%s</a>'):format(class, href(id),
		more or "", text)
end

local function tag_link(tag)
	return a("tag " .. tag:sub(1, 1), tag, tag,
		' title="' .. esc(book.tags[tag].title) .. '"')
end

local function title(chunk)
	local name = esc(chunk.name)
	return book.roots[chunk.name] and el("b", "file", name)
		or "⟨" .. el("i", "name", name) .. "⟩"
end

local function use(chunk)
	return a("use", chunk.id, title(chunk) .. " <small>" .. chunk.number
		.. "</small>")
end

-- Chunks -------------------------------------------------------------------

local spans = { comment = "c", string = "s", number = "n", keyword = "k",
	directive = "d", register = "r" }

local function dress(t, chunk, n, foreign)
	local kind, text, d = t[1], esc(t[2]), t[3]
	if kind == "use" then
		return d and use(d) or "⟨" .. text .. "⟩"
	elseif kind == "name" and d then
		if d.chunk == chunk then
			return d.line == chunk.line + n and el("b", "def", text) or text
		elseif d.kind ~= "member" and not foreign[text] then
			foreign[text] = d.chunk
			table.insert(foreign, text)
		end
		return a("id", d.chunk.id, text)
	end
	return spans[kind] and el("span", spans[kind], text) or text
end

-- Beside a chunk: what it borrows from others, and where that is.
local function borrowed(foreign)
	local list = {}
	for i, name in ipairs(foreign) do
		local chunk = foreign[name]
		list[i] = a("id", chunk.id, name .. " <small>" .. chunk.number
			.. "</small>", ' tabindex="-1"')
	end
	return #list > 0 and not epub and '<div class="borrowed" aria-hidden="true">'
		.. table.concat(list, " ") .. "</div>" or ""
end

local function neighbour(class, chunk, text)
	return chunk and a("num " .. class, chunk.id, text:format(chunk.number)) or ""
end

local function chunk_html(chunk)
	if chunk.html then
		return chunk.html
	end
	local rows, foreign, users = {}, {}, {}
	for n, row in ipairs(index.tokens(book, chunk)) do
		local line = {}
		for i, t in ipairs(row) do
			line[i] = dress(t, chunk, n, foreign)
		end
		rows[n] = table.concat(line)
	end
	for i, user in ipairs(not chunk.prev and book.used_in[chunk.name] or {}) do
		users[i] = use(user)
	end
	local v = chunk.badge
	chunk.html = ('%s<div class="chunk" id="%s"><div class="head">'
		.. '<span>%s %s≡%s</span><span class="nums">%s%s%s</span></div>'
		.. '<pre tabindex="0" class="code"><code>%s</code></pre>%s</div>'):format(
		borrowed(foreign), chunk.id, title(chunk), chunk.prev and "+" or "",
		v and " " .. el("span", "badge", esc(v)) or "",
		neighbour("prev", chunk.prev, "◂ %s"), neighbour("self", chunk, "%s"),
		neighbour("next", chunk.next, "%s ▸"), table.concat(rows, "\n"),
		#users > 0 and el("div", "foot", "Used in "
		.. table.concat(users, ", ")) or "")
	return chunk.html
end

-- Headings, references, figures, boxes ---------------------------------------

local function path_notes(tag)
	local notes = {}
	for i, stop in ipairs(nw.paths_at(book, tag)) do
		notes[i] = el("span", "path", esc(stop.path.title) .. (stop.next
			and " ▸ " .. tag_link(stop.next) or " ends here"))
	end
	return #notes > 0 and el("div", "paths", table.concat(notes, " ")) or ""
end

local function heading(h)
	local tag, n = h.attributes.tag, tonumber(h.attributes.chapter)
	local chapter = book.chapters[n]
	if h.classes:includes("part") then
		return {}
	elseif h.level == 2 and chapter then
		local map = {}
		for _, s in ipairs(book.sections) do
			map[#map + 1] = s.chapter == chapter and '<li><a href="'
				.. href(s.tag) .. '"><b>' .. s.tag .. "</b> "
				.. esc(s.title) .. "</a></li>" or nil
		end
		return { raw('<p class="kicker">' .. parts[chapter.letter].title
			.. " · Chapter " .. n .. "</p>"),
			pandoc.Header(1, h.content, pandoc.Attr("chapter-" .. n)),
			raw(#map > 0 and '<ul class="map">' .. table.concat(map)
			.. "</ul>" or "") }
	elseif tag then
		h.content:insert(1, pandoc.RawInline("html", tag_link(tag) .. " "))
		return { pandoc.Header(2, h.content, pandoc.Attr(tag)),
			raw(path_notes(tag)) }
	end
	return pandoc.Header(h.level - 1, h.content, pandoc.Attr(h.identifier))
end

local function link(l)
	local id, class = l.target:match("^#(.*)$"), l.classes[1]
	local text = id and class == "tag" and tag_link(id)
		or class == "use" and use(chunk_at[id])
		or class == "num" and a("num", id, chunk_at[id].number)
		or class == "fig" and a("fig", id, pandoc.utils.stringify(l))
	if text then
		return pandoc.RawInline("html", text)
	elseif id then
		l.target = href(id)
		return l
	end
end

local function code(c)
	local id = c.attributes.def
	local text = "<code>" .. esc(c.text) .. "</code>"
	return pandoc.RawInline("html", id and a("id", id, text) or text)
end

-- In print a figure's letters are small; a screen has room for it.
local function figure(d)
	local name = d.attributes.src:match("([%w-]+)%.tikz$")
	local width, height = 0, 0
	local file = io.open(nw.setting("WEAVE_FIGURES", "out/weave/figures")
		.. "/" .. name .. ".svg")
	if file then
		width, height = file:read(400):match('width="([%d.]+)pt" height="([%d.]+)')
		file:close()
	end
	return { raw(('<figure id="%s"><div><img src="figures/%s.svg" alt="%s" '
		.. 'width="%.0f" height="%.0f"/></div><figcaption>'):format(
		d.identifier, name, esc(d.attributes.alt), width * 1.75,
		height * 1.75)), pandoc.Plain { pandoc.RawInline("html",
		el("b", "number", "Figure " .. d.attributes.number) .. " "),
		table.unpack(d.content[1].content) }, raw("</figcaption></figure>") }
end

local function div(d)
	if d.classes:includes("figure") then
		return figure(d)
	elseif d.classes:includes("box") then
		return { raw('<aside class="box ' .. d.classes[1] .. '">'
			.. el("p", "label", esc(d.attributes.label))),
			pandoc.Div(d.content), raw("</aside>") }
	end
end

local function code_block(block)
	local n = block.classes:includes("chunk") and block.attributes.n
	return raw(n and chunk_html(book.chunks[tonumber(n)])
		or '<pre tabindex="0" class="listing"><code>' .. esc(block.text)
		.. "</code></pre>")
end

local dressing = { CodeBlock = code_block, Header = heading, Div = div,
	Link = link, Code = code }

-- Pages --------------------------------------------------------------------

local pages, frame = {}, nil

local function fill(values)
	return (frame:gsub("{{(%w+)}}", values))
end

local function navigation(page)
	local rows, letter = {}, nil
	for n, chapter in ipairs(book.chapters) do
		if chapter.letter ~= letter then
			letter = chapter.letter
			rows[#rows + 1] = ('<li class="part %s">%s</li>'):format(letter,
				el("b", "letter", letter) .. " " .. parts[letter].title)
		end
		rows[#rows + 1] = ('<li%s><a href="%s">%s</a></li>'):format(
			chapter.page == page and ' aria-current="page"' or "",
			chapter.page .. suffix, esc(chapter.title or chapter.page))
	end
	return table.concat(rows, "\n")
end

-- The page before and the page after, in the order of the book.
local function neighbours(page)
	local order, at = { table.unpack(book.chapters) }, nil
	for _, p in ipairs(pages) do
		order[#order + 1] = not p.chapter and p or nil
	end
	for i, p in ipairs(order) do
		at = p.page == page and i or at
	end
	local function to(other, class, arrow)
		return other and ('<a class="%s" href="%s">%s</a>'):format(class,
			other.page .. suffix, arrow:format(esc(other.title))) or ""
	end
	return to(order[at - 1], "prev", "◂ %s") .. to(order[at + 1], "next", "%s ▸")
end

-- Blocks, and those inside boxes, in order.
local function flat(blocks, list)
	list = list or {}
	for _, b in ipairs(blocks) do
		list[#list + 1] = b
		if b.t == "Div" and b.classes:includes("box") then
			flat(b.content, list)
		end
	end
	return list
end

-- All blocks of a page, and which page they are.
local function divide(blocks)
	local page
	for _, b in ipairs(blocks) do
		if b.t == "Header" and b.level == 2 then
			local chapter = book.chapters[tonumber(b.attributes.chapter)]
			page = { blocks = pandoc.Blocks {}, chapter = chapter,
				title = pandoc.utils.stringify(b),
				page = chapter and chapter.page
					or b.identifier:gsub("%-title$", "") }
			back_pages[page.page] = page.page
			table.insert(pages, page)
		end
		if page and not (b.t == "Header" and b.level == 1) then
			page.blocks:insert(b)
		end
	end
end

local strings = { ['"'] = '\\"', ["\\"] = "\\\\", ["\n"] = "\\n",
	["\t"] = "\\t", ["<"] = "\\u003c" }

local function quoted(text)
	return '"' .. text:gsub('["\\\n\t<]', strings) .. '"'
end

-- What others may want to show of a page without leaving theirs.
local function data(page)
	local rows, blocks = {}, flat(page.blocks)
	for i, b in ipairs(blocks) do
		local tag = b.t == "Header" and b.attributes.tag
		if b.t == "CodeBlock" and b.classes:includes("chunk") then
			local chunk = book.chunks[tonumber(b.attributes.n)]
			rows[#rows + 1] = quoted(chunk.id) .. ":"
				.. quoted(chunk_html(chunk))
		elseif tag then
			local after = blocks[i + 1]
			local text = "<h4>" .. tag .. " " .. esc(book.tags[tag].title)
				.. "</h4>" .. (after and after.t == "Para"
				and html(pandoc.Blocks { after }:walk(dressing)) or "")
			rows[#rows + 1] = quoted(tag) .. ":" .. quoted(text)
		end
	end
	return "lguest.take({\n" .. table.concat(rows, ",\n") .. "})\n"
end

local entries = {}

-- The words of each section, for the search.
local function learn_words(page)
	local entry
	for _, b in ipairs(flat(page.blocks)) do
		local tag = b.t == "Header" and b.attributes.tag
		if b.t == "Header" and (tag or b.level == 2) then
			entry = { tag = tag or "", title = pandoc.utils.stringify(b),
				href = href(tag or b.identifier), text = {}, names = {} }
			entries[#entries + 1] = entry
		elseif b.t == "CodeBlock" then
			local chunk = book.chunks[tonumber(b.attributes.n)]
			local names = chunk and nw.code(chunk):gsub("<<(.-)>>", "%1") or b.text
			for name in (chunk and chunk.name or ""):gmatch("%S+") do
				entry.names[name] = true
			end
			for name in names:gmatch("[%a_%%][%w_]+") do
				entry.names[name] = true
			end
		elseif not (b.t == "Div" and b.classes:includes("box")) then
			table.insert(entry.text, (pandoc.utils.stringify(b)))
		end
	end
end

local function search_data()
	local rows = {}
	for i, e in ipairs(entries) do
		local names = {}
		for name in pairs(e.names) do
			names[#names + 1] = name
		end
		table.sort(names)
		rows[i] = ("[%s,%s,%s,%s,%s]"):format(quoted(e.tag), quoted(e.title),
			quoted(e.href), quoted(table.concat(e.text, " ")),
			quoted(table.concat(names, " ")))
	end
	local defs = {}
	for i, e in ipairs(index.identifiers(book)) do
		defs[i] = ("[%s,%s,%s]"):format(quoted(e.name),
			quoted(href(e.defined[1].id)), quoted(e.defined[1].number))
	end
	return "lguest.search([" .. table.concat(rows, ",\n") .. "],[\n"
		.. table.concat(defs, ",\n") .. "])\n"
end

-- Files --------------------------------------------------------------------

local function file_name(path)
	return "file-" .. path:gsub("/", "-")
end

local function file_page(path, lang, tangled)
	local place = nw.lines_of(tangled .. "/map/" .. path)
	local rows, n, state, last = {}, 0, nil, nil
	for text in nw.lines_of(tangled .. "/src/" .. path) do
		local line, tokens = {}, nil
		local chunk = book.at[place() or ""]
		n = n + 1
		tokens, state = lexer.line(lang, text, state)
		for i, t in ipairs(tokens) do
			line[i] = spans[t[1]] and el("span", spans[t[1]], esc(t[2]))
				or esc(t[2])
		end
		rows[n] = (chunk and ('<a class="line num" href="%s" id="L%d"'
			.. ' data-at="%s">%d</a>'):format(href(chunk.id), n,
			chunk ~= last and chunk.number or "", n)
			or '<a class="line"></a>') .. table.concat(line)
		last = chunk
	end
	return '<h1 class="path">' .. esc(path) .. "</h1>\n<p>The whole of "
		.. (book.named[path] and use(book.named[path][1]) or "")
		.. ", tangled. The number of a line leads to the chunk that it is "
		.. 'from.</p>\n<pre tabindex="0" class="whole"><code>'
		.. table.concat(rows, "\n") .. "</code></pre>\n"
end

local function file_pages(tangled)
	local paths, items = {}, {}
	for path in pairs(book.roots) do
		paths[#paths + 1] = path
	end
	table.sort(paths)
	for i, path in ipairs(paths) do
		write(file_name(path) .. suffix, fill { title = esc(path),
			body = file_page(path, book.roots[path], tangled),
			navigation = navigation(), neighbours = "", letter = "",
			page = file_name(path) })
		items[i] = ('<li><a href="%s"><code>%s</code></a></li>'):format(
			file_name(path) .. suffix, esc(path))
	end
	write("files" .. suffix, fill { title = "The files", page = "files",
		body = "<h1>The files</h1><p>What the book tangles into, each file "
		.. 'whole, each line with the chunk that it is from.</p><ul class="files">'
		.. table.concat(items, "\n") .. "</ul>", letter = "",
		navigation = navigation(), neighbours = "" })
end

-- The page that one opens first -------------------------------------------

local function contents()
	local rows, letter = {}, nil
	for n, chapter in ipairs(book.chapters) do
		if chapter.letter ~= letter then
			letter = chapter.letter
			rows[#rows + 1] = ('<h2 class="%s" id="part-%s">%s %s</h2>'
				.. '<p class="story">%s</p>'):format(letter, letter,
				el("b", "letter", letter), parts[letter].title,
				esc(parts[letter].story))
		end
		rows[#rows + 1] = ('<h3><a href="%s">%d %s</a></h3><ul class="map %s">')
			:format(chapter.page .. suffix, n, esc(chapter.title), letter)
		for _, s in ipairs(book.sections) do
			rows[#rows + 1] = s.chapter == chapter and '<li><a href="'
				.. href(s.tag) .. '"><b>' .. s.tag .. "</b> "
				.. esc(s.title) .. "</a></li>" or nil
		end
		rows[#rows + 1] = "</ul>"
	end
	return table.concat(rows, "\n")
end

local function cover(meta)
	local s = function(key) return esc(pandoc.utils.stringify(meta[key] or "")) end
	local links = {}
	for i, page in ipairs(pages) do
		links[i] = not page.chapter and ('<li><a href="%s">%s</a></li>'):format(
			page.page .. suffix, page.title) or ""
	end
	return '<div class="cover">' .. read "weave/web/cover.svg" .. "<h1>" .. s "title"
		.. '</h1><p class="subtitle">' .. s "subtitle" .. '</p><p class="by">'
		.. s "author" .. "</p></div>\n" .. contents()
		.. '\n<h2>At the end</h2><ul class="map">' .. table.concat(links)
		.. (epub and "" or '<li><a href="files.html">The files, whole</a></li>'
		.. '<li><a href="book.html">Everything on one page</a></li>')
		.. '</ul><div class="colophon">' .. html(meta.colophon or {})
		.. "</div>"
end

-- EPUB: what is in it, and in which order ------------------------------------

local function epub_lists(meta)
	local items, spine, nav = {}, {}, {}
	for i, page in ipairs(pages) do
		items[i] = ('<item id="p%d" href="%s" media-type='
			.. '"application/xhtml+xml"/>'):format(i, page.page .. suffix)
		spine[i] = '<itemref idref="p' .. i .. '"/>'
	end
	local seen = {}
	for _, figure in pairs(book.figures) do
		seen[#seen + 1] = figure.file
	end
	table.sort(seen)
	for i, name in ipairs(seen) do
		items[#items + 1] = ('<item id="f%d" href="figures/%s.svg" media-type='
			.. '"image/svg+xml"/>'):format(i, name)
	end
	local letter
	for i, page in ipairs(pages) do
		local chapter = page.chapter
		if chapter and chapter.letter ~= letter then
			nav[#nav + 1] = (letter and "</ol></li>" or "") .. '<li><a href="'
				.. page.page .. suffix .. '">' .. chapter.letter .. " "
				.. parts[chapter.letter].title .. "</a><ol>"
			letter = chapter.letter
		elseif not chapter and letter then
			nav[#nav + 1], letter = "</ol></li>", nil
		end
		nav[#nav + 1] = ('<li><a href="%s">%s</a></li>'):format(
			page.page .. suffix, esc(page.title))
	end
	return { manifest = table.concat(items, "\n"), spine = table.concat(spine),
		nav = table.concat(nav, "\n") .. (letter and "</ol></li>" or ""),
		title = pandoc.utils.stringify(meta.title or ""),
		author = pandoc.utils.stringify(meta.author or ""),
		edition = nw.setting("EDITION", "student"),
		date = os.date("!%Y-%m-%dT%H:%M:%SZ",
			tonumber(nw.setting("SOURCE_DATE_EPOCH", "0"))) }
end

function Pandoc(doc)
	local only, tangled = nw.setting("WEAVE_ONLY"), nw.setting("WEAVE_TANGLED")
	local whole = {}
	frame = read(epub and "weave/web/page.xhtml" or "weave/web/page.html")
	divide(doc.blocks)
	for i, page in ipairs(pages) do
		local body = html(page.blocks:walk(dressing))
		whole[i] = body
		write(page.page .. suffix, fill { title = esc(page.title), body = body,
			page = page.page, letter = page.chapter and page.chapter.letter or "",
			navigation = navigation(page.page), neighbours = neighbours(page.page) })
		if page.chapter and not epub then
			write("data/" .. page.page .. ".js", data(page))
			learn_words(page)
		end
	end
	if only then
		return pandoc.Pandoc {}
	end
	local front = cover(doc.meta)
	write("index" .. suffix, fill { title = pandoc.utils.stringify(
		doc.meta.title or ""), body = front, page = "index", letter = "",
		navigation = navigation(), neighbours = "" })
	if epub then
		for _, name in ipairs { "content.opf", "nav.xhtml" } do
			frame = read("weave/web/" .. name)
			write(name, fill(epub_lists(doc.meta)))
		end
		return pandoc.Pandoc {}
	end
	write("search.js", search_data())
	write("book.html", fill { title = "The whole book", page = "book", letter = "",
		body = table.concat(whole, "\n<hr/>\n"):gsub('href="[%w-]+%.html#',
		'href="#'), navigation = navigation(), neighbours = "" })
	if tangled then
		file_pages(tangled)
	end
	return pandoc.Pandoc {}
end
