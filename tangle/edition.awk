# edition.awk - choose which variant of each chunk the program is made of
#
#	awk -v variant=student -f edition.awk stream stream
#
# Beside <<name>> the book may define <<name [student]>>, <<name [answer]>>
# and <<name [word: words]>>, such as [mutant: wraps] or, in an exercise of that
# name, [address-check: hole].  Only <<name>> is ever used.  Where the wanted
# variant of a chunk exists it takes that chunk's place; everywhere else the
# chunk itself stays, and all other variants go.  Without a variant we make the
# reference: the program that the book explains.
#
# The stream is read twice: once to see which chunks have the variant, which
# may be far behind the chunk it replaces, and once to copy.

BEGIN { suffix = " [" variant "]" }

function is_wanted(name) {
	return variant != "" && length(name) > length(suffix) &&
	       substr(name, length(name) - length(suffix) + 1) == suffix
}

function without_suffix(name) {
	return substr(name, 1, length(name) - length(suffix))
}

# First reading.
NR == FNR {
	if (/^@defn /) {
		name = substr($0, 7)
		if (is_wanted(name))
			replaced[without_suffix(name)] = 1
	}
	next
}

# Second reading.  A chunk's name comes right after its beginning, which we
# therefore hold back until we know whether the chunk stays.
/^@begin code / { beginning = $0; next }

/^@defn / {
	name = substr($0, 7)
	if (is_wanted(name))
		name = without_suffix(name)
	else
		dropped = (name in replaced) || name ~ / \[[^]]*\]$/
	if (!dropped)
		print beginning "\n@defn " name
	next
}

!dropped { print }

/^@end code / { dropped = 0 }
