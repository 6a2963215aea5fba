# number.awk - put in place of each line of code the place where it stands
#
#	awk -f number.awk stream
#
# In what comes out, a code line reads "src.nw/H-host/module.nw:123 ".  A line
# that is nothing but a chunk use stays that use, and one that mixes text and
# uses keeps the uses.  What nt(1) makes of it is therefore the program again,
# with every line replaced by the place it came from.  That is our line map:
# not a second computation of what tangling does, but tangling itself.

/^@file / { file = substr($0, 7); line = 1 }

/^@begin code / { in_code = 1; placed = 0 }
/^@end code /   { in_code = 0 }

function place() {
	if (!placed)
		print "@text " file ":" line " "
	placed = 1
}

# The name's own line is no code.
/^@defn / { placed = 1 }

in_code && /^@text / {
	if (/^@text .*[^ \t]/)
		place()
	next
}

in_code && /^@use / { print; used = 1; placed = 0; next }

/^@index / { placed = 1 }

in_code && /^@nl$/ {
	if (!used)
		place()
}

{ print }

/^@nl$/ || /^@index nl$/ { line++; placed = used = 0 }
