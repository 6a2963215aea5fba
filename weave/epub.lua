-- epub.lua - the filter that turns the book's AST into HTML for pandoc's EPUB
--
-- Pandoc makes a file of each part and each chapter, and calls them ch001, ch002
-- and so on; it leads its own links there, but not ours.

local html = require "html"

html.suffix, html.shift, html.margin = ".xhtml", 0, false

function Pandoc(doc)
	local n = 1
	for _, b in ipairs(doc.blocks) do
		if b.t == "Header" and b.level <= 2 then
			n = n + 1
			html.called(b, ("ch%03d"):format(n))
			-- The table of contents has links of its own.
			b.content = b.content:walk { Code = function(c)
				c.attributes.def = nil
				return c
			end }
			local number = b.attributes.letter or b.attributes.chapter
			if number then
				b.content:insert(1, pandoc.Str(number .. "\u{2002}"))
			end
		end
	end
	doc.blocks = html.dressed(doc)
	doc.blocks:insert(1, pandoc.Header(1, "About this book"))
	for i, b in ipairs(doc.meta.colophon or {}) do
		doc.blocks:insert(i + 1, b)
	end
	if doc.meta.edition then
		doc.blocks:insert(2, pandoc.Para(pandoc.utils.stringify(doc.meta.edition)))
	end
	return doc
end
