# book.awk - read the book's table: a library for the checkers
#
# For each row of what flatten.awk writes it sets kind, file, line, chunk and
# text before the checker's own rules see it.  Rows of other tables given
# before it are the checker's to take, with next; reading, set between the files
# on the command line, says which file it is.  fault() reports, nearest() helps
# to correct.

BEGIN { FS = "\t" }

{
	kind = $1
	file = $2
	line = $3
	chunk = $4
	text = substr($0, length($1 $2 $3 $4) + 5)
}

# A fenced block in the prose is an example and not the book's own words.
kind != "doc" || line == 1 { fenced = 0 }
kind == "doc" && text ~ /^(```|~~~)/ { fenced = !fenced; kind = "example" }
fenced { kind = "example" }

function fault(place, message) { print place ": error: " message }

# <<name [student]>>: the name without the variant, and the variant.
function base_of(name)    { sub(/ \[[^]]*\]$/, "", name); return name }
function variant_of(name) { return substr(name, length(base_of(name)) + 1) }

# The tag in a heading, "## The way in {#H:030}", or nothing.
function tag_of(text) {
	if (text !~ /^#/ || !match(text, /[{]#[A-Z]:[0-9]+[ }]/))
		return ""
	return substr(text, RSTART + 2, RLENGTH - 3)
}

# How many letters one must insert, remove or replace to make a into b; we
# stop counting at limit.
function distance(a, b, limit,	i, j, m, n, above, corner, best, cost, row) {
	m = length(a)
	n = length(b)
	if (m - n >= limit || n - m >= limit)
		return limit
	for (j = 0; j <= n; j++)
		row[j] = j
	for (i = 1; i <= m; i++) {
		corner = row[0]
		best = row[0] = i
		for (j = 1; j <= n; j++) {
			above = row[j]
			cost = corner + (substr(a, i, 1) != substr(b, j, 1))
			if (above + 1 < cost)
				cost = above + 1
			if (row[j - 1] + 1 < cost)
				cost = row[j - 1] + 1
			corner = above
			row[j] = cost
			if (cost < best)
				best = cost
		}
		if (best >= limit)
			return limit
	}
	return row[n]
}

# " (did you mean ...?)" with the name nearest to the wrong one, or nothing if a
# third of the letters differ.  Of two equally near ones we take the first of the
# alphabet, so that the message does not depend on the order of awk.
function nearest(wrong, names, before, after,		name, d, best, found) {
	best = int(length(wrong) / 3) + 1
	for (name in names) {
		d = distance(wrong, name, best + 1)
		if (d < best || d == best && found != "" && name < found) {
			best = d
			found = name
		}
	}
	return found == "" ? "" : " (did you mean " before found after "?)"
}
