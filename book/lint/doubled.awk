# doubled.awk - a word that stands twice, side by side
#
#	awk -f doubled.awk PROSE
#
# PROSE is what prose.awk writes.  Two words count as side by side across the
# end of a line, and not across a mark, a code or the end of a paragraph.  The
# few that English does double are let pass.

BEGIN {
	FS = "\t"
	split("that had", word, " ")
	for (i in word)
		allowed[word[i]] = 1
}

$3 == "blank" { last = ""; next }

{
	n = split($4, word, /[ ]+/)
	for (i = 1; i <= n; i++) {
		if (word[i] == "")
			continue
		this = tolower(word[i])
		bare = this
		gsub(/[^a-z']/, "", bare)
		if (bare != "" && this ~ /^[a-z']/ && bare == last &&
		    !(bare in allowed))
			print $1 ":" $2 ": error: \"" bare " " bare \
			      "\": a word stands twice"
		last = this ~ /^["(]?[a-z']+$/ ? bare : ""
	}
}
