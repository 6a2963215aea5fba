-- lexer.lua - split a line of code into what the page sets differently
--
--	tokens, state = lexer.line(lang, text, state)
--
-- A token is { kind, text }; kinds: comment, string, number, keyword,
-- directive, register, name, plain.  The state carries an open comment from
-- one line to the next.  We know no grammar, and need none.

local lexer = {}

local function set(words)
	local s = {}
	for w in words:gmatch("%S+") do
		s[w] = true
	end
	return s
end

local c_words = set [[auto break case const continue default do else enum
	extern for goto if inline register return sizeof static struct switch
	typedef union volatile while asm __asm__ __attribute__ __packed
	__volatile__ _Static_assert typeof __init __exit __user __percpu
	int char long short unsigned signed void bool float double
	u8 u16 u32 u64 s8 s16 s32 s64 __u8 __u16 __u32 __u64 __s32 __s64 __le16
	__le32 size_t ssize_t loff_t uint8_t uint16_t uint32_t uint64_t]]
local sh_words = set [[if then else elif fi for do done while until case esac
	in return exit export set shift local]]
local make_words = set [[ifeq ifneq ifdef ifndef else endif include define
	endef]]

-- comment: patterns that run to the end of the line; block: a comment that
-- has an end; directive: at the start of a line; name: what a word is made of
local languages = {
	c = { words = c_words, comment = { "^//.*" }, block = true,
		directive = "^%s*#%s*%a*" },
	asm = { words = {}, comment = { "^#.*", "^//.*" }, block = true,
		directive = "^%s*#%s*%l+", dot = true, registers = true },
	lds = { words = {}, block = true, comment = {},
		directive = "^%s*#%s*%l+" },
	sh = { words = sh_words, comment = { "^#.*" } },
	make = { words = make_words, comment = { "^#.*" } },
	kconfig = { words = set [[config bool tristate depends on default help
		if endif menu endmenu select]], comment = { "^#.*" } },
	text = { words = {}, comment = {} },
}
local aliases = { h = "c", S = "asm", kbuild = "make", awk = "sh" }

local function asm_directive(lang, line)
	-- In assembly "# text" is a comment and "#define" is not.
	local d = line:match(lang.directive)
	return d and (not lang.registers
		or line:match("^%s*#%s*(%l+)") and set [[define undef include if
		ifdef ifndef else elif endif error]][line:match("%l+")]) and d
end

function lexer.line(name, line, state)
	local lang = languages[name] or languages[aliases[name]]
		or languages.text
	local tokens, at = {}, 1
	local function emit(kind, text)
		tokens[#tokens + 1] = { kind, text }
		at = at + #text
	end
	local function comment()
		local _, stop = line:find("*/", state and at or at + 2, true)
		emit("comment", line:sub(at, stop))
		state = not stop
	end
	if state then
		comment()
	elseif lang.directive then
		local d = asm_directive(lang, line)
		if d then
			emit("directive", d)
			local file = d:find("include") and line:match("^%s*<[^>]*>", at)
			if file then
				emit("string", file)
			end
		end
	end
	while at <= #line do
		local rest = line:sub(at)
		local eol
		for _, p in ipairs(lang.comment) do
			eol = eol or rest:match(p)
		end
		local word = rest:match("^[%a_$.][%w_$]*")
		if lang.block and rest:find("^/%*") then
			comment()
		elseif eol and (at == 1 or line:sub(at - 1, at - 1):find("%s")
				or rest:find("^//")) then
			emit("comment", rest)
		elseif rest:find('^"') then
			emit("string", rest:match('^"[^"\\]*"')
				or rest:match('^"[^\\"]*\\.-[^\\]"') or rest)
		elseif rest:find("^'") and name ~= "text" then
			emit("string", rest:match("^'\\?[^']*'") or rest:sub(1, 1))
		elseif lang.registers and rest:find("^%%%%?%a") then
			emit("register", rest:match("^%%%%?%w+"))
		elseif rest:find("^%d") then
			emit("number", rest:match("^%w+"))
		elseif lang.dot and rest:find("^%.%l") then
			emit("directive", rest:match("^%.[%w_]+"))
		elseif word and #word > 0 and rest:find("^[%a_]") then
			word = rest:match("^[%a_][%w_]*")
			local first = line:sub(1, at - 1):find("^%s*$")
			local mnemonic = lang.registers and first
				and rest:find("^%l[%w]*[%s]") or lang.registers
				and first and rest == word
			emit((lang.words[word] or mnemonic) and "keyword"
				or "name", word)
		else
			emit("plain", rest:match("^%s+") or rest:sub(1, 1))
		end
	end
	return tokens, state
end

return lexer
