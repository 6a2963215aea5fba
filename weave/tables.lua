-- tables.lua - tables of the book that are made from its code
--
--	::: {.table-of chunk="number the hypercalls" sort=value
--	    columns="value Nr|name Call|left Arguments|right What it does"}
--	A caption.
--	:::
--
-- Each line of the chunk (and of the chunks it uses) that is a #define, an
-- enumerator or a field, and ends in a comment, is a row.  A column is one of
-- name, value (or type), note (the comment), left and right (what stands
-- before and after its first colon), followed by its heading.  With
-- facts="death/" for the chunk, each fact "death/NAME" is a row, and its value
-- the note.

local tables = {}

local patterns = {
	{ "^%s*#%s*define%s+([%w_]+)%s+(.-)%s*/%*%s*(.*)$", 1, 2 },
	{ "^%s*([%w_]+)%s*=%s*([^,]-),%s*/%*%s*(.*)$", 1, 2 },
	{ "^%s+([%a_][%w_%s]-%s[*]*)([*%w_%[%], ]+);%s*/%*%s*(.*)$", 2, 1 },
}

local function row_of(line)
	for _, p in ipairs(patterns) do
		local f = { line:match(p[1]) }
		if f[1] then
			local note = f[3]:gsub("%s*%*/.*$", "")
			local left, right = note:match("^([^:]*):%s+(.*)$")
			return { name = f[p[2]], value = f[p[3]],
				type = f[p[3]], note = note, left = left or "",
				right = right or note }
		end
	end
end

local function rows_of(name, book, rows)
	for _, chunk in ipairs(book.named[name] or {}) do
		for _, line in ipairs(chunk.lines) do
			local text = ""
			for _, piece in ipairs(line) do
				if piece.use then
					rows_of(piece.use, book, rows)
				else
					text = text .. piece.text
				end
			end
			rows[#rows + 1] = row_of(text)
		end
	end
	return rows
end

local function cell(kind, text)
	if text == "" then
		return { pandoc.Plain {} }
	elseif kind == "name" or kind == "value" or kind == "type" then
		return { pandoc.Plain { pandoc.Code(text) } }
	end
	return { pandoc.Plain(pandoc.utils.blocks_to_inlines(
		pandoc.read(text, "markdown-smart").blocks)) }
end

-- Narrow tables take what they need; in wide ones the last column is broken.
local function widths_of(cells, kinds)
	local widest, sum = {}, 0
	for j, kind in ipairs(kinds) do
		widest[j] = 4
		for _, row in ipairs(cells) do
			local text = pandoc.utils.stringify(row[j])
			widest[j] = math.max(widest[j], utf8.len(text) + 2)
		end
		sum = sum + widest[j]
	end
	local widths, left = {}, 1
	for j = 1, #kinds do
		local share = j == #kinds and left or widest[j] / 76
		widths[j] = sum > 70 and share or 0
		left = left - share
	end
	return widths
end

-- Facts whose names begin alike make rows, too: the rest of the name, the value.
local function rows_of_facts(prefix, book)
	local rows = {}
	for name, value in pairs(book.facts) do
		if name:sub(1, #prefix) == prefix then
			rows[#rows + 1] = { name = name:sub(#prefix + 1),
				note = value,
				left = value:match("^(.-): ") or "",
				right = value:match("^.-: +(.*)$") or value }
		end
	end
	return rows
end

function tables.of(div, book, fault)
	local name = div.attributes.chunk or ""
	local prefix = div.attributes.facts
	local rows = prefix and rows_of_facts(prefix, book)
		or rows_of(name, book, {})
	if #rows == 0 then
		fault(prefix and "no fact begins with " .. prefix
			or "chunk <<" .. name .. ">> has no line to make a table of",
			prefix or name)
		return div
	end
	local key = div.attributes.sort
	if key then
		local function rank(row)	-- of two that are alike the name decides
			local n = tonumber(row[key])
			return (n and ("%016.4f"):format(n) or row[key]) .. "\t" .. row.name
		end
		table.sort(rows, function(a, b) return rank(a) < rank(b) end)
	end
	local kinds, heads, aligns = {}, {}, {}
	local columns = div.attributes.columns or "name Name|value Value|note Meaning"
	for column in columns:gmatch("[^|]+") do
		local kind, head = column:match("^%s*(%S+)%s+(.-)%s*$")
		kinds[#kinds + 1] = kind
		heads[#heads + 1] = { pandoc.Plain { pandoc.Str(head) } }
		aligns[#aligns + 1] = kind == "value" and "AlignRight"
			or "AlignLeft"
	end
	local cells = {}
	for i, row in ipairs(rows) do
		cells[i] = {}
		for j, kind in ipairs(kinds) do
			cells[i][j] = cell(kind, row[kind])
		end
	end
	local caption = pandoc.utils.blocks_to_inlines(div.content)
	return pandoc.Div({ pandoc.utils.from_simple_table(pandoc.SimpleTable(
		caption, aligns, widths_of(cells, kinds), heads, cells)) },
		pandoc.Attr(div.identifier, { "table-of" }))
end

return tables
