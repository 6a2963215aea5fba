-- latex.lua - the filter that turns the book's AST into pages for LuaLaTeX
--
-- Chunks, tags, references, boxes and figures become the macros of lguest.sty;
-- everything else is pandoc's own LaTeX.

local nw = require "nw"
local index = require "index"

local book = nw.load()

local specials = { ["\\"] = "\\textbackslash{}", ["{"] = "\\{", ["}"] = "\\}",
	["$"] = "\\$", ["&"] = "\\&", ["#"] = "\\#", ["_"] = "\\_",
	["%"] = "\\%", ["^"] = "\\textasciicircum{}",
	["~"] = "\\textasciitilde{}", ["'"] = "\\textquotesingle{}",
	["`"] = "\\textasciigrave{}", ["\""] = "\\textquotedbl{}",
	["<"] = "\\textless{}", [">"] = "\\textgreater{}" }

local function tex(text)
	return (text:gsub("[\\{}$&#_%%^~'`\"<>]", specials))
end

local function inlines(list)
	local text = pandoc.write(pandoc.Pandoc { pandoc.Plain(list) }, "latex")
	return (text:gsub("%s+$", ""))
end

local function raw(text)
	return pandoc.RawBlock("latex", text)
end

-- Code may break behind an underscore, a slash or a comma.
local function breakable(text)
	return (text:gsub("\\_", "\\_\\may{}"):gsub("(%w)([/,])", "%1%2\\may{}"))
end

-- Chunks -------------------------------------------------------------------

local macros = { comment = "\\cm", string = "\\st", number = "\\nm",
	keyword = "\\kw", directive = "\\pp", register = "\\rg" }

-- The name of a chunk, as its reader sees it: files look like files.
local function title(name)
	if book.roots[name] then
		return "\\filename{" .. tex(name) .. "}"
	end
	return "\\chunkname{" .. tex(name):gsub("\\textquotesingle{}", "'") .. "}"
end

local function spaced(text)
	return (tex(text):gsub(" ", "\\ "))
end

-- A line that the page is too narrow for (kernel style keeps a message in one
-- piece) is folded at a blank; a hook says that it is one line.
local WIDEST = 82

local function fold(text, column, indent)
	local at = text:sub(1, WIDEST - column):match("^.*() ")
	if not at or column + utf8.len(text) <= WIDEST then
		return { text }, column + utf8.len(text)
	end
	local rest, last = fold(text:sub(at + 1), indent, indent)
	table.insert(rest, 1, text:sub(1, at))
	return rest, last
end

local function dress(t, text, chunk, n, foreign)
	local kind, d = t[1], t[3]
	if kind == "name" and d and d.chunk == chunk then
		return d.line == chunk.line + n and "\\df{" .. text .. "}" or text
	elseif kind == "name" and d then
		if d.kind ~= "member" and not foreign[t[2]] then
			foreign[t[2]] = true
			foreign[#foreign + 1] = d.chunk.id .. "=" .. t[2]
		end
		return ("\\idlink{%s}{%s}"):format(d.chunk.id, text)
	end
	return macros[kind] and macros[kind] .. "{" .. text .. "}" or text
end

-- Words of no kind, and the blanks between them, are one text, so that it can
-- be folded between any two.
local function joined(row)
	local out = {}
	for _, t in ipairs(row) do
		local last = out[#out]
		if last and t[1] ~= "use" and not macros[t[1]] and not t[3] and
		   last[1] ~= "use" and not macros[last[1]] and not last[3] then
			out[#out] = { last[1], last[2] .. t[2] }
		else
			out[#out + 1] = t
		end
	end
	return out
end

-- The lines on the page for line n of a chunk, one as a rule; what it borrows
-- from other chunks is noted in foreign.
local function code_line(chunk, n, row, foreign)
	local out, column, indent = { "" }, 0, 16
	for _, t in ipairs(joined((index.columns(row)))) do
		if t[1] == "use" then
			out[#out] = out[#out] .. ("\\use{%s}{%s}"):format(
				title(t[2]), t[3] and t[3].id or "")
		else
			local text = t[2]
			if column == 0 and text:find("^ +$") then
				indent = #text + 8
			end
			local pieces
			pieces, column = fold(text, column, indent)
			for i, piece in ipairs(pieces) do
				if i > 1 then
					out[#out + 1] = "\\hook{" ..
						spaced((" "):rep(indent)) .. "}"
				end
				out[#out] = out[#out] .. dress(t, spaced(piece),
					chunk, n, foreign)
			end
		end
	end
	return out
end

local function users(chunk)
	local list = {}
	for _, user in ipairs(not chunk.prev and book.used_in[chunk.name] or {}) do
		list[#list + 1] = "\\useref{" .. title(user.name) .. "}{"
			.. user.id .. "}"
	end
	return table.concat(list, ", ")
end

local function listing(block)
	local lines, out = {}, {}
	for line in (block.text .. "\n"):gmatch("([^\n]*)\n") do
		lines[#lines + 1] = spaced(index.columns { { "", line } }[1][2])
	end
	for i, line in ipairs(lines) do
		local kept = i <= 2 or i >= #lines - 1
		out[i] = ("\\listed{%s}{%s}"):format(
			kept and "\\nobreak" or "\\penalty150", line)
	end
	return raw("\\begin{listing}\n" .. table.concat(out, "\n")
		.. "\n\\end{listing}")
end

local function chunk_block(block)
	if not block.classes:includes("chunk") then
		return listing(block)
	end
	local chunk = book.chunks[tonumber(block.attributes.n)]
	local rows, foreign = {}, {}
	for i, row in ipairs(index.tokens(book, chunk)) do
		for _, line in ipairs(code_line(chunk, i, row, foreign)) do
			rows[#rows + 1] = { (chunk.changed[i] and "\\changed " or "")
				.. line, chunk.line + i }
		end
		local sign = chunk.signs and chunk.signs[i]
		if sign then
			rows[#rows][1] = rows[#rows][1] .. "\\sign{" .. sign .. "}"
		end
	end
	local out = {}
	local function say(...)
		out[#out + 1] = string.format(...)
	end
	say("%% %s:%d", chunk.path, chunk.line)
	say("\\chunkhead{%s}{%s}{%s}{%s}{%s}{%d}{%s}", chunk.id,
		title(chunk.name) .. (chunk.badge and "\\badge{"
			.. tex(chunk.badge) .. "}" or ""), chunk.prev and "+" or "",
		chunk.prev and chunk.prev.id or "",
		chunk.next and chunk.next.id or "", #rows,
		table.concat(foreign, ","))
	for i, row in ipairs(rows) do
		local kept = #rows <= 9 or i <= 4 or i >= #rows - 2
		say("%% %s:%d", chunk.path, row[2])
		say("\\%s{%s}", kept and "kept" or row[1] == "" and "gap"
			or "codeline", row[1])
	end
	say("\\chunkfoot{%s}", users(chunk))
	return raw(table.concat(out, "\n"))
end

-- Headings -----------------------------------------------------------------

-- What a long chapter holds, for its beginning.
local function chapter_map(chapter)
	local list = {}
	for _, s in ipairs(book.sections) do
		list[#list + 1] = s.chapter == chapter and "\\mapentry{" .. s.tag
			.. "}{" .. tex(s.title) .. "}" or nil
	end
	return #list > 3 and table.concat(list) or ""
end

-- Which ways to read lead through a section, and where they go from there.
local function stops(tag)
	local list = {}
	for i, stop in ipairs(nw.paths_at(book, tag)) do
		list[i] = "\\pathstop{" .. tex(stop.path.title) .. "}{"
			.. (stop.next or "") .. "}"
	end
	return table.concat(list)
end

local plain_headings = { [3] = "\\addsec", [4] = "\\subsection*" }

local function heading(h)
	local a, text = h.attributes, inlines(h.content)
	if h.classes:includes("part") then
		return raw(("\\bookpart{%s}{%s}{%s}"):format(a.letter, text,
			tex(a.story)))
	elseif h.classes:includes("back") then
		return raw("\\backchapter{" .. text .. "}")
	end
	local what
	if h.level == 2 then
		local chapter = book.chapters[tonumber(a.chapter)]
		what = chapter.path:find("^exercises/.*/") and "\\shortchapter{" .. text .. "}"
			or "\\chapter{" .. text .. "}\\chaptermap{" .. chapter_map(chapter) .. "}"
	elseif a.tag then
		what = ("\\tagged{%s}{%s}{%s}"):format(a.tag, text, stops(a.tag))
	else
		what = (plain_headings[h.level] or "\\subsubsection*")
			.. "{" .. text .. "}"
	end
	return raw("% " .. a.place .. "\n" .. what)
end

-- References and words -----------------------------------------------------

local function inline_code(code)
	local text = breakable(tex(code.text):gsub(" ", "\\ "))
	text = "\\code{" .. text .. "}"
	if code.attributes.def then
		text = "\\idlink{" .. code.attributes.def .. "}{" .. text .. "}"
	end
	return pandoc.RawInline("latex", text)
end

local function link(l)
	local id, text = l.target:sub(2), nil
	if l.classes:includes("tag") then
		text = "\\tagref{" .. id .. "}"
	elseif l.classes:includes("fig") then
		text = "\\idlink{" .. id .. "}{" .. inlines(l.content) .. "}"
	elseif l.classes:includes("use") then
		text = "\\useref{" .. title(pandoc.utils.stringify(l)) .. "}{"
			.. id .. "}"
	elseif l.classes:includes("num") then
		text = "\\num{" .. id .. "}"
	end
	return text and pandoc.RawInline("latex", text)
end

-- Boxes, figures, indexes --------------------------------------------------

local function entry(head, places)
	local tie = function(text) return { pandoc.RawInline("latex", text) } end
	return pandoc.Plain(pandoc.List(tie "\\entry{") .. head .. tie "}{"
		.. places .. tie "}")
end

local function div(d)
	local a = d.attributes
	if d.classes:includes("figure") then
		return raw(("%% %s\n\\bookfigure{%s}{%s}{%s}{%s}"):format(a.place,
			a.src, d.identifier, a.number,
			inlines(d.content[1].content)))
	elseif d.classes:includes("entry") then
		return entry(d.content[1].content, d.content[2].content)
	elseif d.classes:includes("index") and d.identifier ~= "refs" then
		return { raw("\\begin{bookindex}"), d, raw("\\end{bookindex}") }
	elseif d.classes:includes("box") then
		return { raw("\\begin{bookbox}{" .. d.classes[1] .. "}{"
			.. a.label .. "}"), d, raw("\\end{bookbox}") }
	end
end

local dressing = { CodeBlock = chunk_block, Header = heading, Div = div,
	Link = link, Code = inline_code }

-- Slides -------------------------------------------------------------------

-- On a slide a chunk or a figure that is alone in its paragraph is shown, large
-- if it has the slide to itself.
local room

local function shown(para)
	local l = #para.content == 1 and para.content[1]
	local chunk = l and l.t == "Link" and l.classes:includes("use")
		and book.named[pandoc.utils.stringify(l)]
	local figure = l and l.t == "Link" and book.figures[l.target:sub(2)]
	if figure then
		return raw("\\slidefigure{" .. room .. "}{book/figures/" .. figure.file .. ".tikz}")
	elseif chunk then
		local rows = {}
		for i, row in ipairs(index.tokens(book, chunk[1])) do
			for _, line in ipairs(code_line(chunk[1], i, row, {})) do
				rows[#rows + 1] = "\\codeline{" .. line .. "}"
			end
		end
		return raw("\\slidecode{" .. room .. "}{" .. title(chunk[1].name) .. "}{%\n"
			.. table.concat(rows, "%\n") .. "}")
	end
end

local function slides(doc)
	local blocks, tag = pandoc.Blocks {}, ""
	for _, b in ipairs(doc.blocks) do
		local a = b.attributes
		if b.t == "Header" and b.classes:includes("part") then
			blocks:insert(raw(("\\deck{%s}{%s}{%s}"):format(a.letter,
				inlines(b.content), tex(a.story))))
		elseif b.t == "Header" then
			tag = a.tag or tag
		elseif b.t == "Div" and b.classes:includes("slide") then
			blocks:insert(raw(("%% %s\n\\begin{frame}{%s}{%s}"):format(
				a.place, tex(a.title or ""), tag)))
			local list = b.content:find_if(function(x)
				return x.t == "BulletList"
			end)
			room = not list and ".68" or #list.content > 2 and ".34" or ".45"
			blocks:extend(pandoc.Blocks(b.content):walk { Para = shown,
				Plain = shown }:walk(dressing))
			blocks:insert(raw("\\end{frame}"))
		end
	end
	return pandoc.Pandoc(blocks)
end

function Pandoc(doc)
	if nw.setting("WEAVE_SLIDES") then
		return slides(doc)
	end
	nw.signs(book, doc)
	return doc:walk(dressing)
end
