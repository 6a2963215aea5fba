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
# it is right.  Between .rept and .endr the assembler understands it, but then
# goes on counting where the repetition began; so we tell it again behind.

function start(		header) {
	split($0, header)
	language = header[3]
	has_lines = language == "c" || language == "asm"
	start_file()
	book_file = ""
	depth = continued = in_macro = in_loop = told_in_loop = 0
}

# Follow C to where a directive may stand.  We count parentheses, not which of
# them belong to macros: a directive among the arguments of a function would do
# no harm, but nor does its absence.
function follow_c(code) {
	if (!continued && code !~ /^[ \t]*#/)
		depth += gsub(/\(/, "(", code) - gsub(/\)/, ")", code)
	if (depth < 0 || code ~ /^}/)
		depth = 0
}

function follow_asm(code) {
	if (code ~ /^[ \t]*\.macro([ \t]|$)/)
		in_macro = 1
	if (code ~ /^[ \t]*\.endm([ \t]|$)/)
		in_macro = 0
	if (code ~ /^[ \t]*\.(rept|irpc?)([ \t]|$)/)
		in_loop++
	if (code ~ /^[ \t]*\.endr([ \t]|$)/ && --in_loop == 0) {
		if (told_in_loop)
			book_file = ""
		told_in_loop = 0
	}
}

function may_stand_here() {
	return !continued && !in_comment && !in_macro && depth == 0
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
	sub(/^[ \t]*/, "", place)
	sub(/ .*/, "", place)
	colon = index(place, ":")
	file = substr(place, 1, colon - 1)
	line = substr(place, colon + 1)
	if ((file != book_file || line != book_line) && may_stand_here()) {
		print "#line " line " \"" file "\""
		book_file = file
		book_line = line
		if (in_loop)
			told_in_loop = 1
	}
	print
	book_line++
	if (language == "c")
		follow_c(code_of($0, language))
	else
		follow_asm(code_of($0, language))
	continued = /\\$/
}
