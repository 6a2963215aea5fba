-- terminal.lua - the filter that turns the book's AST into text to read in a
-- terminal, for pandoc's plain writer
--
-- Emphasis is written as combining characters that nobody uses and that take
-- no room on the line; weave/read makes colours of them, or nothing at all.

local nw = require "nw"
local index = require "index"

local book = nw.load()

local OFF = "\u{0369}"
local marks = { bold = "\u{0363}", italic = "\u{0364}", keyword = "\u{0363}",
	comment = "\u{0365}", chunk = "\u{0366}", tag = "\u{0367}",
	code = "\u{0368}" }

local function mark(kind, text)
	return marks[kind] and marks[kind] .. text .. OFF or text
end

local function wrap_marks(kind, list)
	local out = pandoc.Inlines { pandoc.Str(marks[kind]) }
	out:extend(list)
	out:insert(pandoc.Str(OFF))
	return out
end

local function raw(text)
	return pandoc.RawBlock("plain", text)
end

local function title(name)
	return book.roots[name] and mark("chunk", name)
		or mark("chunk", "⟨" .. name .. "⟩")
end

-- One line of code as it looks, and how long it is.
local function code_line(row)
	local tokens, width = index.columns(row)
	for i, t in ipairs(tokens) do
		tokens[i] = t[1] == "use" and title(t[2]) or mark(t[1], t[2])
	end
	return table.concat(tokens), width
end

local function chunk_block(block)
	if not block.classes:includes("chunk") then
		return nil
	end
	local chunk = book.chunks[tonumber(block.attributes.n)]
	local rows, longest = {}, 0
	for i, row in ipairs(index.tokens(book, chunk)) do
		local len
		rows[i], len = code_line(row)
		local sign = chunk.signs and chunk.signs[i]
		rows[i] = rows[i] .. (sign and " " .. mark("tag", sign) or "")
		longest = math.max(longest, len)
	end
	local indent = (" "):rep(longest <= 76 and 4 or longest <= 78 and 2 or 0)
	local name = chunk.name .. (chunk.variant and " [" .. chunk.variant
		.. "]" or "")
	local head = title(name) .. (chunk.prev and " +≡" or " ≡")
	local gap = 78 - #indent - utf8.len(name) - (chunk.prev and 3 or 2)
		- (book.roots[name] and 0 or 2) - #chunk.number
	local out = { indent .. head .. (" "):rep(math.max(gap, 1))
		.. mark("comment", chunk.number) }
	for _, row in ipairs(rows) do
		out[#out + 1] = row == "" and "" or indent .. row
	end
	local users = {}
	for i, user in ipairs(not chunk.prev and book.used_in[chunk.name] or {}) do
		users[i] = user.name .. " " .. user.number
	end
	if #users > 0 then
		out[#out + 1] = indent .. mark("comment", "used in "
			.. table.concat(users, ", "))
	end
	return raw(table.concat(out, "\n") .. "\n")
end

local function heading(h)
	local text = pandoc.utils.stringify(h.content)
	local line = function(char) return char:rep(78) end
	if h.classes:includes("part") then
		local banner = h.attributes.letter .. "  " .. text
		return raw("\n" .. mark("tag", line "━") .. "\n  "
			.. mark("bold", banner) .. "\n  "
			.. mark("italic", h.attributes.story) .. "\n"
			.. mark("tag", line "━") .. "\n")
	elseif h.level == 2 then
		return raw("\n" .. mark("bold", (h.attributes.chapter or "")
			.. "  " .. text) .. "\n"
			.. mark("tag", line "─") .. "\n")
	elseif h.attributes.tag then
		return raw("\n" .. mark("tag", h.attributes.tag) .. "  "
			.. mark("bold", text) .. "\n")
	end
	return raw(mark("bold", text) .. "\n")
end

local function link(l)
	local text = pandoc.utils.stringify(l.content)
	if l.classes:includes("use") then
		return pandoc.Str(title(text))
	elseif l.classes:includes("tag") then
		return pandoc.Str(mark("tag", text))
	end
	return l.content
end

local function words(text)
	local out = pandoc.Inlines {}
	for word in text:gmatch("%S+") do
		out:insert(pandoc.Str(word))
		out:insert(pandoc.Space())
	end
	return out
end

local function div(d)
	local a = d.attributes
	if d.classes:includes("figure") then
		local caption = pandoc.Inlines { pandoc.Str(mark("bold",
			"Figure " .. a.number)), pandoc.Space() }
		caption:extend(d.content[1].content)
		return pandoc.BlockQuote { pandoc.Para(caption),
			pandoc.Para(words("[" .. a.alt .. "]")) }
	elseif d.classes:includes("index") and d.identifier ~= "refs" then
		return {}
	elseif d.classes:includes("box") then
		return pandoc.BlockQuote { pandoc.Para { pandoc.Str(
			mark("bold", a.label)) }, table.unpack(d.content) }
	end
end

-- The indexes are for editions with pages.
local function without_indexes(blocks)
	for i = #blocks, 1, -1 do
		local b = blocks[i]
		if b.t == "Header" and b.classes:includes("back")
				and b.identifier ~= "refs-title" then
			blocks:remove(i)
		end
	end
	return blocks
end

function Pandoc(doc)
	doc.blocks = without_indexes(doc.blocks)
	nw.signs(book, doc)
	return doc:walk { CodeBlock = chunk_block, Header = heading, Div = div,
		Link = link,
		Code = function(c) return pandoc.Str(mark("code", c.text)) end,
		Emph = function(e) return wrap_marks("italic", e.content) end,
		Strong = function(s) return wrap_marks("bold", s.content) end }
end
