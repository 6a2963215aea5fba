# check-code.awk - is each chunk fit to be printed, and safe to tangle?
#
#	awk -f lexer.awk -f book.awk -f check-code.awk \
#		reading=1 MAP reading=2 TABLE reading=3 TABLE
#
# MAP is the bundle of line maps: with it the first reading of the table learns
# the language of each chunk.  Refuses: a chunk that is too long; one without a
# word of prose before it or its only neighbour above; lost tabs; code that
# reads like prose, because the @ before it was forgotten; and a use inside a
# macro or an argument list, where no #line can stand and a second line would
# break the macro.

BEGIN { longest_chunk = 40 }

# ---- The language of each chunk. ----

reading == 1 && /^\001/ {
	split($0, header, " ")
	root_language = header[3]
	next
}

reading == 1 {
	n = split($0, place, " ")
	for (i = 1; i <= n; i++)
		language_at[place[i]] = root_language
	next
}

reading == 2 {
	if (kind == "code" && (file ":" line) in language_at)
		language_of[chunk] = language_at[file ":" line]
	next
}

function refuse(message) { fault(file ":" line, message) }

# ---- Prose before each chunk. ----

# One text may introduce two chunks, a function and its declaration.  A heading
# is no text, and what stands before it does not count behind it.
file != last_file {
	last_file = file
	prose = 0
}

kind == "doc" && text ~ /[A-Za-z]/ && text !~ /^:::/ { prose = 2 }
kind == "doc" && text ~ /^#+ / { prose = 0 }

# A variant stands with the chunk that it replaces and shares its prose.
kind == "def" && variant_of(chunk) == "" {
	if (prose == 0)
		refuse("chunk <<" chunk ">> has no prose before it")
	else
		prose--
}

# ---- Length, and the state of a fresh chunk. ----

kind == "def" {
	chunk_line = line
	language = language_of[base_of(chunk)]
	lines = in_macro = continued = 0
	calls = ""
	start_file()
}

kind != "code" { next }

++lines == longest_chunk + 1 {
	fault(file ":" chunk_line, "chunk <<" chunk ">> has over " \
	      longest_chunk " lines")
}

# ---- Tabs. ----

language ~ /^(c|asm|make)$/ && text ~ /^        / {
	refuse("the line begins with eight spaces: a tab is lost")
}

# ---- A forgotten @. ----

# The code of a line alone, each use reduced to one \001.
{
	was_in_comment = in_comment
	gsub(/\001[^\002]*\002/, "\001", text)
	code = code_of(text, language)
}

# A heading with a tag and the edge of a box are prose in any language; four
# words in a row that begin with a capital are, in all but text.
text ~ /^#+ .*[{]#[A-Z]:[0-9]/ || text ~ /^:::/ ||
language != "text" && !was_in_comment && text !~ /[=;{}\\]$/ &&
text ~ /^[A-Z`*[][^ ]*( [A-Za-z'`*,-]+)( [A-Za-z'`*,-]+)( [A-Za-z'`*,-]+)/ {
	refuse("this looks like prose: is the @ before it missing?")
}

# ---- Uses inside macros and argument lists. ----

language !~ /^(c|asm)$/ { next }

code ~ /^[ \t]*\.macro([ \t]|$)/ { in_macro = 1 }

code ~ /\001/ && (in_macro || continued || text ~ /\\$/ ||
		  text ~ /^[ \t]*#[ \t]*define/) {
	refuse("a chunk is used inside a macro")
}

code ~ /^[ \t]*\.endm([ \t]|$)/ { in_macro = 0 }

{ continued = text ~ /\\$/ }

language == "asm" || code ~ /^[ \t]*#/ { next }

# Follow the parentheses: calls holds a letter for each one that is open, c if
# it opened an argument list, p if not.
{
	while (match(code, /[()\001]/)) {
		before = substr(code, 1, RSTART - 1)
		sign = substr(code, RSTART, 1)
		code = substr(code, RSTART + 1)
		if (sign == ")")
			calls = substr(calls, 1, length(calls) - 1)
		else if (sign == "(")
			calls = calls (is_call(before) ? "c" : "p")
		else if (calls ~ /c/)
			refuse("a chunk is used inside an argument list")
	}
}

function is_call(before) {
	return before ~ /[A-Za-z0-9_] *$/ &&
	       before !~ /(^|[^A-Za-z0-9_])(if|for|while|switch|return) *$/
}
