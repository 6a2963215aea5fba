# glossary.awk - does the glossary have every term, in order, with its place?
#
#	awk -f tangle/book.awk -f glossary.awk reading=1 book/concepts \
#		reading=2 TABLE
#
# A definition is a line with the term, and behind it perhaps a comma and a short
# form, then one that begins with a colon and ends with a tag.

function refuse(message) { fault(file ":" line, message) }

reading == 1 {
	if ($0 !~ /^#/)
		wanted[$1] = FILENAME ":" FNR
	next
}

kind != "doc" || file !~ /\/glossary\.nw$/ { next }

{ there = 1 }

text ~ /^:   / {
	term = before
	sub(/, [A-Z]+$/, "", term)
	defined[term] = 1
	if (text !~ /@[A-Z]:[0-9][0-9][0-9]$/)
		refuse("\"" term "\" does not say where it is explained")
	if (tolower(term) < last)
		refuse("\"" term "\" stands after \"" last "\"")
	last = tolower(term)
}

{ before = text }

END {
	for (term in wanted)
		if (there && !(term in defined))
			print wanted[term] ": error: \"" term \
			      "\" is not in the glossary"
}
