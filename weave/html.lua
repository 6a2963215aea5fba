-- html.lua - the book's AST as HTML, for the filters site.lua and epub.lua
--
--	html.suffix, .shift, .margin	of pages; of headings; notes beside chunks?
--	html.pages(doc)		{ page, title, kicker, chapter or nil, blocks }...
--	html.called(heading, name)	the page that begins there has another name
--	html.dressed(doc)	its blocks, with all that only our book has as HTML
--	html.body(blocks)	blocks, and all that only our book has, as HTML
--	html.chunk(chunk)	a chunk with its head and foot
--	html.sections(chapter)	a list of links
--	html.contents(part, chapter)	what they say of each, one after the other
--	html.fill(frame, values)	the file web/FRAME with {{these}} in it
--	html.write(path, text)	writes below WEAVE_OUT what is not there yet
--
-- All links are written PAGE.html#anchor; whoever wants others changes that.

local nw = require "nw"
local index = require "index"

local html = { suffix = ".html", shift = 1, margin = true }
local book = nw.load()
html.book = book
local chunk_at = {}

for _, chunk in ipairs(book.chunks) do
	chunk_at[chunk.id] = chunk
end

local entities = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;",
	['"'] = "&quot;" }

function html.esc(text)
	return (text:gsub('[&<>"]', entities))
end

local esc = html.esc

local function el(tag, class, text)
	return "<" .. tag .. ' class="' .. class .. '">' .. text .. "</" .. tag .. ">"
end
html.el = el

local function raw(text)
	return pandoc.RawBlock("html", text)
end

local function read(path)
	local file = assert(io.open(path))
	local text = file:read("a")
	file:close()
	return text
end
html.read = read

-- A file takes its old one's place only if it differs.
function html.write(path, text)
	path = nw.setting("WEAVE_OUT", "out/html") .. "/" .. path
	local old = io.open(path)
	local same = old and old:read("a") == text
	if old then
		old:close()
	end
	if not same then
		local file = assert(io.open(path, "w"))
		file:write(text)
		file:close()
	end
end

function html.fill(frame, values)
	return (read("weave/web/" .. frame):gsub("{{(%w+)}}", values))
end

-- Where things are ---------------------------------------------------------

local refs = { page = "refs" }

local function page_of(id)
	local known = chunk_at[id] or book.tags[id] or book.figures[id]
	return (known and known.chapter or id:find("^ref%-") and refs
		or book.chapters[tonumber(id:match("^chapter%-(%d+)$") or 0)]).page
end

function html.called(heading, name)
	local chapter = book.chapters[tonumber(heading.attributes.chapter)]
		or heading.identifier == "refs-title" and refs
	if chapter then
		chapter.page = name
	end
end

local function href(id)
	return page_of(id) .. html.suffix .. "#" .. id
end
html.href = href

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
html.use = use

-- A list of links to the sections of a chapter.
function html.sections(chapter)
	local rows = {}
	for _, s in ipairs(book.sections) do
		rows[#rows + 1] = s.chapter == chapter and '<li><a href="'
			.. href(s.tag) .. '"><b>' .. s.tag .. "</b> "
			.. esc(s.title) .. "</a></li>" or nil
	end
	return #rows > 0 and '<ul class="map ' .. chapter.letter .. '">'
		.. table.concat(rows, "\n") .. "</ul>" or ""
end

function html.contents(part, chapter)
	local rows, letter = {}, nil
	for n, c in ipairs(book.chapters) do
		if c.letter ~= letter then
			letter = c.letter
			rows[#rows + 1] = part(letter, book.parts[letter])
		end
		rows[#rows + 1] = chapter(n, c)
	end
	return table.concat(rows, "\n")
end

-- Chunks -------------------------------------------------------------------

local spans = { comment = "c", string = "s", number = "n", keyword = "k",
	directive = "d", register = "r" }

-- A word of code that leads nowhere.
function html.word(t)
	local class = spans[t[1]]
	return class and el("span", class, esc(t[2])) or esc(t[2])
end

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
	return html.word(t)
end

-- Beside a chunk: what it borrows from others, and where that is.
local function borrowed(foreign)
	local list = {}
	for i, name in ipairs(foreign) do
		local chunk = foreign[name]
		list[i] = a("id", chunk.id, name .. " <small>" .. chunk.number
			.. "</small>", ' tabindex="-1"')
	end
	return #list > 0 and html.margin and '<div class="borrowed" aria-hidden="true">'
		.. table.concat(list, " ") .. "</div>" or ""
end

local function neighbour(class, chunk, text)
	return chunk and a("num " .. class, chunk.id, text:format(chunk.number)) or ""
end

function html.chunk(chunk)
	if chunk.html then
		return chunk.html
	end
	local rows, foreign, users = {}, {}, {}
	for n, row in ipairs(index.tokens(book, chunk)) do
		local line = {}
		for i, t in ipairs(row) do
			line[i] = dress(t, chunk, n, foreign)
		end
		local sign = chunk.signs and chunk.signs[n]
		rows[n] = table.concat(line) .. (sign and el("sup", "sign", sign) or "")
		if chunk.changed[n] then
			rows[n] = el("mark", "changed", rows[n])
		end
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
		return { h, pandoc.Para(pandoc.Emph(h.attributes.story)) }
	elseif h.level == 2 and chapter then
		return { pandoc.Header(2 - html.shift, h.content, pandoc.Attr(
			"chapter-" .. n)), raw(html.sections(chapter)) }
	elseif tag then
		h.content:insert(1, pandoc.RawInline("html", (html.shift == 1
			and tag_link(tag) or el("span", "tag", tag)) .. " "))
		return { pandoc.Header(3 - html.shift, h.content, pandoc.Attr(tag)),
			raw(path_notes(tag)) }
	end
	return pandoc.Header(h.level - html.shift, h.content, pandoc.Attr(h.identifier))
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

-- In what can be run, what one types is set apart from what is seen.
local function typed(block)
	return raw((block.text:gsub("([>\n])(%l+# [^\n<]*)", "%1<b>%2</b>")))
end

local function div(d)
	if d.classes:includes("figure") then
		return figure(d)
	elseif d.classes:includes("box") then
		if d.classes:includes("run") then
			d.content = d.content:walk { RawBlock = typed }
		end
		return { raw('<aside class="box ' .. d.classes[1] .. '">'
			.. el("p", "label", esc(d.attributes.label))),
			pandoc.Div(d.content), raw("</aside>") }
	end
end

local function code_block(block)
	local n = block.classes:includes("chunk") and block.attributes.n
	return raw(n and html.chunk(book.chunks[tonumber(n)])
		or '<pre tabindex="0" class="listing"><code>' .. esc(block.text)
		.. "</code></pre>")
end

local dressing = { CodeBlock = code_block, Header = heading, Div = div,
	Link = link, Code = code }

function html.dressed(doc)
	nw.signs(book, doc)
	return doc.blocks:walk(dressing)
end

function html.body(blocks)
	return pandoc.write(pandoc.Pandoc(blocks:walk(dressing)), "html5")
end

-- The chapters and the indexes, each with its blocks.
function html.pages(doc)
	local pages, page = {}, nil
	nw.signs(book, doc)
	for _, b in ipairs(doc.blocks) do
		if b.t == "Header" and b.level == 2 then
			local chapter = book.chapters[tonumber(b.attributes.chapter)]
			page = { blocks = pandoc.Blocks {}, chapter = chapter,
				title = pandoc.utils.stringify(b), page = chapter
				and chapter.page or b.identifier:gsub("%-title$", "") }
			table.insert(pages, page)
			page.kicker = chapter and el("p", "kicker", book.parts[
				chapter.letter].title .. " · Chapter " .. chapter.number) or ""
		end
		if page and not (b.t == "Header" and b.level == 1) then
			page.blocks:insert(b)
		end
	end
	return pages
end

-- What stands in front of the book.
function html.cover(meta)
	local s = function(key) return esc(pandoc.utils.stringify(meta[key] or "")) end
	return '<div class="cover">' .. read "weave/web/cover.svg" .. "<h1>"
		.. s "title" .. "</h1>" .. el("p", "subtitle", s "subtitle")
		.. el("p", "by", s "author") .. el("p", "edition", s "edition")
		.. "</div>\n"
		.. html.contents(function(letter, part)
			return ('<h2 class="%s" id="part-%s">%s %s</h2>'):format(letter,
				letter, el("b", "letter", letter), part.title)
				.. el("p", "story", esc(part.story))
		end, function(n, c)
			return ('<h3><a href="%s">%d %s</a></h3>'):format(c.page
				.. html.suffix, n, esc(c.title)) .. html.sections(c)
		end)
end

function html.colophon(meta)
	return el("div", "colophon", html.body(pandoc.Blocks(meta.colophon or {})))
end

return html
