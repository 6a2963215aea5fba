# lines.awk - say in the program where in the book each line stands
#
#	awk -v places=PLACES -f lexer.awk -f lines.awk PLAIN
#
# PLAIN and PLACES are two bundles of the same shape, the program and its line
# map.  Wherever the next line of the program is not the next line of the book
# we put a #line in front of it, so that compiler, assembler, debugger and the
# kernel's own warnings speak of the book.  notangle -L would do the same and
# lose the indentation.
#
# Only c and asm know #line, and not everywhere.  In a macro that is continued
# on the next line, among the arguments of a macro, inside a comment or between
# .macro and .endm it would be wrong, so there we wait for the next place where
# it is right.

function start(		header) {
	split($0, header)
	language = header[3]
	has_lines = language == "c" || language == "asm"
	start_file()
	book_file = ""
	depth = continued = in_macro = 0
}

# Follow the program to where a directive may stand.  We count parentheses,
# not which of them belong to macros: a directive among the arguments of a
# function would do no harm, but nor does its absence.
function follow(text,		code) {
	code = code_of(text, language)
	if (!continued && code !~ /^[ \t]*#/)
		depth += gsub(/\(/, "(", code) - gsub(/\)/, ")", code)
	if (depth < 0 || code ~ /^}/)
		depth = 0
	if (code ~ /^[ \t]*\.(macro|rept|irpc?)([ \t]|$)/)
		in_macro++
	if (code ~ /^[ \t]*\.end(m|r)([ \t]|$)/)
		in_macro--
	continued = text ~ /\\$/
}

function may_stand_here() {
	return !continued && !in_comment && depth == 0 && in_macro <= 0
}

{
	if ((getline place < places) <= 0) {
		print "lines.awk: the line map ends early" >"/dev/stderr"
		exit 1
	}
}

/^\001/ { start(); print; next }

!has_lines { print; next }

{
	sub(/^ */, "", place)
	sub(/ .*/, "", place)
	colon = index(place, ":")
	file = substr(place, 1, colon - 1)
	line = substr(place, colon + 1)
	if ((file != book_file || line != book_line) && may_stand_here()) {
		print "#line " line " \"" file "\""
		book_file = file
		book_line = line
	}
	print
	book_line++
	follow($0)
}
