-- site.lua - the filter that turns the book's AST into pages for a browser
--
-- It writes files below WEAVE_OUT and leaves pandoc nothing to do:
--
--	NAME.html	a chapter, or an index, in the frame web/page.html
--	data/NAME.js	its chunks and sections, for previews elsewhere
--	book.html	everything on one page
--	file-NAME.html	a tangled file, each line with its chunk (WEAVE_TANGLED)
--	search.js	the words of all sections
--
-- With WEAVE_ONLY it writes the pages of these chapters, and nothing else.

local nw = require "nw"
local index = require "index"
local lexer = require "lexer"
local html = require "html"

local book, esc, href = html.book, html.esc, html.href

-- Pages --------------------------------------------------------------------

local function navigation(page)
	return html.contents(function(letter, part)
		return html.el("li", "part " .. letter,
			html.el("b", "letter", letter) .. " " .. part.title)
	end, function(_, c)
		return ('<li%s><a href="%s.html">%s</a></li>'):format(c.page == page
			and ' aria-current="page"' or "", c.page, esc(c.title))
	end)
end

local function write(page, title, body, letter, footer)
	html.write(page .. ".html", html.fill("page.html", { page = page,
		title = esc(title), body = body, letter = letter or "",
		navigation = navigation(page), neighbours = footer or "" }))
end

-- Links to the page before and the page after, in the order of the book.
local function neighbours(pages, page)
	local order, at = { table.unpack(book.chapters) }, nil
	for _, p in ipairs(pages) do
		order[#order + 1] = not p.chapter and p or nil
	end
	for i, p in ipairs(order) do
		at = p.page == page and i or at
	end
	local function to(other, class, arrow)
		return other and ('<a class="%s" href="%s.html">%s</a>'):format(class,
			other.page, arrow:format(esc(other.title))) or ""
	end
	return to(order[at - 1], "prev", "◂ %s") .. to(order[at + 1], "next", "%s ▸")
end

-- Data ---------------------------------------------------------------------

local strings = { ['"'] = '\\"', ["\\"] = "\\\\", ["\n"] = "\\n",
	["\t"] = "\\t", ["<"] = "\\u003c" }

local function quoted(text)
	return '"' .. text:gsub('["\\\n\t<]', strings) .. '"'
end

local function array(...)
	local list = {}
	for i, text in ipairs { ... } do
		list[i] = quoted(text)
	end
	return "[" .. table.concat(list, ",") .. "]"
end

-- Calls each with the blocks of a page in order, those in boxes too.
local function each_block(blocks, each)
	for i, b in ipairs(blocks) do
		local box = b.t == "Div" and b.classes:includes("box")
		each(b, blocks[i + 1], box)
		if box then
			each_block(b.content, each)
		end
	end
end

local function chunk_of(b)
	return b.t == "CodeBlock" and book.chunks[tonumber(b.attributes.n)]
end

-- What others may want to show of a page without leaving theirs.
local function preview_data(page)
	local rows = {}
	each_block(page.blocks, function(b, after)
		local chunk, tag = chunk_of(b), b.t == "Header" and b.attributes.tag
		if chunk then
			rows[#rows + 1] = quoted(chunk.id) .. ":"
				.. quoted(html.chunk(chunk))
		elseif tag then
			rows[#rows + 1] = quoted(tag) .. ":" .. quoted("<h4>" .. tag
				.. " " .. esc(book.tags[tag].title) .. "</h4>" ..
				(after and after.t == "Para"
				and html.body(pandoc.Blocks { after }) or ""))
		end
	end)
	return "lguest.take({\n" .. table.concat(rows, ",\n") .. "})\n"
end

local entries = {}

-- The words of each section, and the names in its code.
local function learn_words(page)
	local entry
	each_block(page.blocks, function(b, _, box)
		local tag = b.t == "Header" and b.attributes.tag
		if b.t == "Header" and (tag or b.level == 2) then
			entry = { tag = tag or "", title = pandoc.utils.stringify(b),
				href = href(tag or b.identifier), text = {}, names = {} }
			entries[#entries + 1] = entry
		elseif b.t == "CodeBlock" then
			local chunk = chunk_of(b)
			local code = chunk and chunk.name .. " "
				.. nw.code(chunk):gsub("<<(.-)>>", "%1") or b.text
			for name in code:gmatch("[%a_%%][%w_]+") do
				entry.names[name] = true
			end
		elseif not box then
			table.insert(entry.text, (pandoc.utils.stringify(b)))
		end
	end)
end

local function search_data()
	local rows, defs = {}, {}
	for i, e in ipairs(entries) do
		local names = {}
		for name in pairs(e.names) do
			names[#names + 1] = name
		end
		table.sort(names)
		rows[i] = array(e.tag, e.title, e.href, table.concat(e.text, " "),
			table.concat(names, " "))
	end
	for i, e in ipairs(index.identifiers(book)) do
		defs[i] = array(e.name, href(e.defined[1].id), e.defined[1].number)
	end
	return "lguest.search([" .. table.concat(rows, ",\n") .. "],[\n"
		.. table.concat(defs, ",\n") .. "])\n"
end

-- Files --------------------------------------------------------------------

local function file_body(path, tangled)
	local place = nw.lines_of(tangled .. "/map/" .. path)
	local rows, state, last = {}, nil, nil
	for text in nw.lines_of(tangled .. "/src/" .. path) do
		local chunk, n, tokens = book.at[place() or ""], #rows + 1, nil
		local line = { chunk and ('<a class="line num" href="%s" id="L%d"'
			.. ' data-at="%s">%d</a>'):format(href(chunk.id), n,
			chunk ~= last and chunk.number or "", n)
			or '<a class="line"></a>' }
		tokens, state = lexer.line(book.roots[path], text, state)
		for i, t in ipairs(tokens) do
			line[i + 1] = html.word(t)
		end
		rows[n], last = table.concat(line), chunk
	end
	return '<h1 class="path">' .. esc(path) .. "</h1>\n<p>The whole of "
		.. html.use(book.named[path][1]) .. ", tangled. The number of a line "
		.. 'leads to the chunk that it is from.</p>\n<pre tabindex="0" '
		.. 'class="whole"><code>' .. table.concat(rows, "\n")
		.. "</code></pre>\n"
end

local function file_pages(tangled)
	local paths, items = {}, {}
	for path in pairs(book.roots) do
		paths[#paths + 1] = book.named[path] and path
	end
	table.sort(paths)
	for i, path in ipairs(paths) do
		local page = "file-" .. path:gsub("/", "-")
		write(page, path, file_body(path, tangled))
		items[i] = ('<li><a href="%s.html"><code>%s</code></a></li>'):format(
			page, esc(path))
	end
	write("files", "The files", "<h1>The files</h1><p>What the book tangles into,"
		.. " each file whole, each line with the chunk that it is from.</p>"
		.. '<ul class="files">' .. table.concat(items, "\n") .. "</ul>")
end

function Pandoc(doc)
	local pages, whole, links = html.pages(doc), {}, {}
	local tangled = nw.setting("WEAVE_TANGLED")
	for i, page in ipairs(pages) do
		whole[i] = page.kicker .. html.body(page.blocks)
		write(page.page, page.title, whole[i], page.chapter
			and page.chapter.letter, neighbours(pages, page.page))
		if page.chapter then
			html.write("data/" .. page.page .. ".js", preview_data(page))
			learn_words(page)
		else
			links[#links + 1] = ('<li><a href="%s.html">%s</a></li>'):format(
				page.page, esc(page.title))
		end
	end
	if nw.setting("WEAVE_ONLY") then
		return pandoc.Pandoc {}
	end
	html.write("search.js", search_data())
	write("index", pandoc.utils.stringify(doc.meta.title or ""),
		html.cover(doc.meta) .. '\n<h2>At the end</h2><ul class="map">'
		.. table.concat(links) .. '<li><a href="files.html">The files, whole</a>'
		.. '</li><li><a href="book.html">Everything on one page</a></li></ul>'
		.. html.colophon(doc.meta))
	write("book", "The whole book", (table.concat(whole, "\n<hr/>\n")
		:gsub('href="[%w-]+%.html#', 'href="#')))
	if tangled then
		file_pages(tangled)
	end
	return pandoc.Pandoc {}
end
