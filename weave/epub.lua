-- epub.lua - the filter that turns the book's AST into what is in an EPUB
--
-- It writes the pages, the table of contents and the list of all files below
-- WEAVE_OUT; weave/pack puts them into one file.

local nw = require "nw"
local html = require "html"

html.suffix = ".xhtml"

local function write(page, title, body, letter)
	-- What is in the margin of a browser has no place here.
	body = body:gsub('<div class="borrowed".-</div>', "")
	html.write(page .. ".xhtml", html.fill("page.xhtml",
		{ title = html.esc(title), body = body, letter = letter or "" }))
end

local function item(list, id, path, kind)
	list[#list + 1] = ('<item id="%s" href="%s" media-type="%s"/>'):format(id,
		path, kind)
end

-- Part by part, and at the end what belongs to none.
local function navigation(pages)
	local function row(page)
		return ('<li><a href="%s.xhtml">%s</a></li>'):format(page.page,
			html.esc(page.title))
	end
	local first = {}
	for i = #html.book.chapters, 1, -1 do
		first[html.book.chapters[i].letter] = html.book.chapters[i].page
	end
	local rows = { (html.contents(function(letter, part)
		return ('</ol></li><li><a href="%s.xhtml">%s %s</a><ol>'):format(
			first[letter], letter, part.title)
	end, function(_, chapter)
		return row(chapter)
	end):gsub("^</ol></li>", "")), "</ol></li>" }
	for _, page in ipairs(pages) do
		rows[#rows + 1] = not page.chapter and row(page) or nil
	end
	return table.concat(rows, "\n")
end

function Pandoc(doc)
	local pages, items, spine, figures = html.pages(doc), {}, {}, {}
	for i, page in ipairs(pages) do
		write(page.page, page.title, html.body(page.blocks),
			page.chapter and page.chapter.letter)
		item(items, "p" .. i, page.page .. ".xhtml", "application/xhtml+xml")
		spine[i] = '<itemref idref="p' .. i .. '"/>'
	end
	for _, figure in pairs(html.book.figures) do
		figures[#figures + 1] = figure.file
	end
	table.sort(figures)
	for i, name in ipairs(figures) do
		item(items, "f" .. i, "figures/" .. name .. ".svg", "image/svg+xml")
	end
	local values = { manifest = table.concat(items, "\n"),
		spine = table.concat(spine, "\n"), nav = navigation(pages),
		title = pandoc.utils.stringify(doc.meta.title or ""),
		author = pandoc.utils.stringify(doc.meta.author or ""),
		edition = nw.setting("EDITION", "student"),
		date = os.date("!%Y-%m-%dT%H:%M:%SZ",
			tonumber(nw.setting("SOURCE_DATE_EPOCH", "0"))) }
	write("index", values.title, html.cover(doc.meta) .. html.colophon(doc.meta))
	for _, name in ipairs { "content.opf", "nav.xhtml" } do
		html.write(name, html.fill(name, values))
	end
	return pandoc.Pandoc {}
end
