# check-order.awk - does the reading order name what is there?
#
#	find src.nw -name '*.nw' | awk -f check-order.awk book/order -
#
# Refuses: a chapter that does not exist or is named twice; one whose part comes
# before the part of the chapter above it; a chapter that the order forgets.

BEGIN { parts = "PGDLHSM" }

function refuse(message) { print FILENAME ":" FNR ": error: " message }

function exists(path,		line, found) {
	found = (getline line < path) >= 0
	close(path)
	return found
}

FILENAME == ARGV[1] && (NF == 0 || /^#/) { next }

FILENAME == ARGV[1] {
	if ($1 in named)
		refuse($1 " is named twice")
	else if (!exists($1))
		refuse($1 " does not exist")
	named[$1] = 1
	part = $1 ~ /^exercises\// ? "M" : substr($1, index($1, "/") + 1, 1)
	if (index(parts, part) == 0)
		refuse($1 " is in no part: parts are " parts)
	else if (index(parts, part) < last)
		refuse("part " part " comes after part " \
		       substr(parts, last, 1))
	else
		last = index(parts, part)
	next
}

!($1 in named) { print $1 ":1: error: the file is not in book/order" }
