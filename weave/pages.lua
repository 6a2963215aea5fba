-- pages.lua - inside LuaTeX: on which page is each chunk and tag?
--
-- The .aux file of the last run calls chunk_at and tag_at in page order; the
-- macros of lguest.sty then ask for numbers.  A chunk alone on its page has the
-- page's number, the others have a letter behind it: 12a, 12b.

local lg = {}
local page_of, count, place, tag_page = {}, {}, {}, {}
local listed = {}

function lg.chunk_at(id, page)
	if not page_of[id] then
		count[page] = (count[page] or 0) + 1
		page_of[id], place[id] = page, count[page]
	end
end

function lg.tag_at(tag, page)
	tag_page[tag] = page
end

local function number(id)
	local page = page_of[id]
	if not page and lg.preview then
		return "…"
	elseif not page then
		texio.write_nl("LaTeX Warning: Reference " .. id .. " undefined")
		return "?"
	end
	if count[page] == 1 then
		return page
	end
	local n = place[id] - 1
	local first = n >= 26 and string.char(96 + n // 26) or ""
	return page .. first .. string.char(97 + n % 26)
end

function lg.number(id)
	tex.sprint(number(id))
end

local notes = {}

function lg.note_at(number, page)
	notes[tonumber(number)] = page
end

-- The page that a note came to, or may come to.
function lg.note_page(number, current)
	tex.sprint(tonumber(notes[number]) or current)
end

-- A reference within the same two pages needs no page number.
function lg.far(tag, page)
	local target = tonumber(tag_page[tag])
	if target and target // 2 ~= page // 2 then
		tex.sprint("\\farpage{" .. target .. "}")
	end
end

-- Beside a chunk: where the identifiers come from that it borrows; each once
-- on a page, and none that is defined on the same page.
function lg.margin(id, list)
	local page = page_of[id]
	listed[page or 0] = listed[page or 0] or {}
	local out = {}
	for target, name in list:gmatch("([%w-]+)=([%w_]+)") do
		if page_of[target] ~= page and not listed[page or 0][name] then
			listed[page or 0][name] = true
			out[#out + 1] = "\\foreign{" .. target .. "}{"
				.. name:gsub("_", "\\_\\may{}") .. "}"
		end
	end
	token.set_macro("borrowings", table.concat(out))
end

-- British hyphens: TeX's own British patterns come in a package of 180 MB,
-- the office suites' are the same patterns in a small one.
function lg.hyphenate(language)
	local words = {}
	for line in io.lines("/usr/share/hyphen/hyph_en_GB.dic") do
		if not line:find("^%u") then
			words[#words + 1] = line
		end
	end
	lang.new(language):patterns(table.concat(words, " "))
end

return lg
