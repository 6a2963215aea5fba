# addresses.awk - add the place in the book to addresses of a compiled program
#
#	awk -v program=lg.ko -f addresses.awk
#
# An oops says run_guest+0x1d/0x1ab, a killed Guest says 0xc0101234.  Where the
# program's debug information knows such an address, we put the line of the book
# in brackets behind it.  An address of the second kind is understood only if
# the program is linked to run where it is, as the pup is and a module is not.

BEGIN {
	number = "0x[0-9a-f]+"
	address = "[A-Za-z_][A-Za-z0-9_.]*[+]" number "(/" number ")?|" number

	# ADDRESS FLAGS SECTION \t SIZE NAME
	# The cross binutils come with the compiler; these may be missing.
	if (system("command -v i686-linux-gnu-objdump >/dev/null") == 0)
		cross = "i686-linux-gnu-"

	command = cross "objdump -t '" program "'"
	while ((command | getline line) > 0) {
		if (split(line, half, "\t") != 2)
			continue
		n = split(half[1], left, " ")
		name = half[2]
		sub(/^[^ ]* */, "", name)
		if (left[n] !~ /^\./ || name ~ /[^A-Za-z0-9_.]/)
			continue
		address_of[name] = left[1]
		section_of[name] = left[n]
	}
	close(command)
	command = cross "objdump -f '" program "'"
	while ((command | getline line) > 0)
		if (line ~ /EXEC_P/)
			is_linked = 1
	close(command)
}

function value(hex,		n, i) {
	sub(/^0x/, "", hex)
	for (i = 1; i <= length(hex); i++)
		n = n * 16 + index("123456789abcdef", substr(hex, i, 1))
	return n
}

function place_of(address, section,	command, line) {
	command = sprintf("%saddr2line -e '%s' %s 0x%x", cross,
			  program, is_linked ? "" : "-j " section,
			  address)
	if (!(command in known)) {
		command | getline line
		close(command)
		sub(/ .*/, "", line)
		known[command] = match(line, /(src\.nw\/.*|[^\/]*\.nw):[0-9]+$/) ? \
				 substr(line, RSTART) : ""
	}
	return known[command]
}

function place_in_function(text,	part) {
	split(text, part, /[+\/]/)
	if (!(part[1] in address_of))
		return ""
	return place_of(value(address_of[part[1]]) + value(part[2]),
			section_of[part[1]])
}

{
	seen = ""
	rest = $0
	while (match(rest, address)) {
		text = substr(rest, RSTART, RLENGTH)
		seen = seen substr(rest, 1, RSTART + RLENGTH - 1)
		rest = substr(rest, RSTART + RLENGTH)
		place = ""
		if (text !~ /^0x/)
			place = place_in_function(text)
		else if (is_linked)
			place = place_of(value(text))
		if (place != "")
			seen = seen " [" place "]"
	}
	print seen rest
	fflush()
}
