-- index.lua - what the indexes at the end of the book say, for any edition
--
--	index.tokens(book, chunk)	its lines as tokens, names resolved
--	index.columns(tokens)		the same with tabs as blanks, and how wide
--	index.chunks(book)		{ name, defined in{}, used in{} }...
--	index.identifiers(book)		the same of identifiers
--	index.sorted(entries)		a list by name, of anything that has one
--
-- A token is { kind, text, definition or chunk }; kind "use" is a chunk use.

local nw = require "nw"
local lexer = require "lexer"

local index = {}

-- Names that a chunk of C declares for itself: parameters, variables.
local no_type = { ["return"] = true, ["goto"] = true, ["else"] = true,
	["case"] = true, ["sizeof"] = true, ["define"] = true }

local function own_names(chunk)
	local own = {}
	for _, row in ipairs(chunk.lang == "c" and chunk.lines or {}) do
		local text = row[1] and row[1].text or ""
		for kind, name in text:gmatch(
				"([%a_][%w_]*)%s+%**([%a_][%w_]*)%s*%f[%),;=%[]") do
			if not no_type[kind] and (text:find("^%s")
					or text:find("(", 1, true)) then
				own[name] = true
			end
		end
	end
	return own
end

function index.tokens(book, chunk)
	if chunk.tokens then
		return chunk.tokens
	end
	local rows, state, tokens = {}, nil, nil
	local own = own_names(chunk)
	for i, row in ipairs(chunk.lines) do
		rows[i] = {}
		for _, piece in ipairs(row) do
			if piece.use then
				local target = book.named[piece.use]
				table.insert(rows[i], { "use", piece.use,
					target and target[1] })
			else
				tokens, state = lexer.line(chunk.lang,
					piece.text, state)
				local before, last = "", ""
				for _, t in ipairs(tokens) do
					local member = last == "."
						or before .. last == "->"
					before, last = last, t[2]
					local d = t[1] == "name" and nw.definition(
						book, t[2], chunk, nil, member)
					local mine = own[t[2]] and d and
						d.chunk ~= chunk
					t[3] = not mine and d or nil
					table.insert(rows[i], t)
				end
			end
		end
	end
	chunk.tokens = rows
	return rows
end

-- Tokens with their tabs as the blanks that they stand for, and their width.
function index.columns(row)
	local out, column = {}, 0
	for i, t in ipairs(row) do
		local text = {}
		for char in t[2]:gmatch(utf8.charpattern) do
			local width = char == "\t" and 8 - column % 8 or 1
			text[#text + 1] = char == "\t" and (" "):rep(width) or char
			column = column + width
		end
		out[i] = { t[1], table.concat(text), t[3] }
		column = column + (t[1] == "use" and 2 or 0)
	end
	return out, column
end

function index.sorted(entries)
	local list = {}
	for _, e in pairs(entries) do
		list[#list + 1] = e
	end
	table.sort(list, function(a, b)
		local x, y = a.name:lower(), b.name:lower()
		if x == y then
			return a.name < b.name
		end
		return x < y
	end)
	return list
end

function index.chunks(book)
	local entries = {}
	for name, chunks in pairs(book.named) do
		entries[name] = { name = name, defined = chunks,
			used = book.used_in[name] or {} }
	end
	return index.sorted(entries)
end

function index.identifiers(book)
	local entries = {}
	for name, definitions in pairs(book.defined) do
		local e = { name = name, defined = {}, used = {} }
		local seen = {}
		for _, d in ipairs(definitions) do
			if d.kind ~= "member" and not seen[d.chunk] then
				seen[d.chunk] = true
				table.insert(e.defined, d.chunk)
				entries[name] = e
			end
		end
	end
	for _, chunk in ipairs(book.chunks) do
		local seen = {}
		for _, row in ipairs(index.tokens(book, chunk)) do
			for _, t in ipairs(row) do
				local d = t[1] == "name" and t[3]
				if d and d.kind ~= "member" and d.chunk ~= chunk and not seen[t[2]] then
					seen[t[2]] = true
					table.insert(entries[t[2]].used, chunk)
				end
			end
		end
	end
	return index.sorted(entries)
end

return index
