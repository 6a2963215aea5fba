# lexer.awk - see the code in a line: a library for the other tools
#
# code_of(text, language) is the line without its comments, with "" in place
# of each string and 0 in place of each character constant.  A comment may run
# over many lines: call it for every line of a file in turn, and start_file()
# before the first.

function start_file() { in_comment = 0 }

# The languages of the manifest that have C's comments and strings, the last
# of them because linker scripts go through the C preprocessor too.
function is_c_like(language) { return language ~ /^(c|asm|lds)$/ }

function code_of(text, language,	code, token) {
	if (!is_c_like(language)) {
		sub(/(^|[ \t])#.*/, "", text)
		return text
	}
	while (text != "") {
		if (in_comment) {
			if (!match(text, /\*\//))
				return code
			in_comment = 0
			text = substr(text, RSTART + 2)
			code = code " "
			continue
		}
		if (!match(text, /"([^"\\]|\\.)*"|'([^'\\]|\\.)+'|\/\*|\/\//))
			return code text
		token = substr(text, RSTART, 1)
		code = code substr(text, 1, RSTART - 1)
		if (token == "\"")
			code = code "\"\""
		else if (token == "'")
			code = code "0"
		else if (substr(text, RSTART, 2) == "//")
			return code
		else
			in_comment = 1
		text = substr(text, RSTART + RLENGTH)
	}
	return code
}
