# spelling.awk - where the words stand that the dictionary does not know
#
#	awk -f spelling.awk reading=1 UNKNOWN reading=2 PROSE
#
# UNKNOWN has a word on each line, with what it may have been meant for behind a
# colon, as hunspell -a tells it.

BEGIN { FS = "\t" }

reading == 1 {
	word = $0
	sub(/:.*/, "", word)
	hint[word] = substr($0, length(word) + 2)
	unknown[word] = 1
	next
}

{
	text = $4
	while (match(text, /[A-Za-z][A-Za-z'-]*/)) {
		word = substr(text, RSTART, RLENGTH)
		text = substr(text, RSTART + RLENGTH)
		complain(word)
	}
}

# A compound is unknown by one of its parts.
function complain(word,		n, i, part) {
	sub(/('s|'+)$/, "", word)
	if (word in unknown) {
		say(word)
		return
	}
	n = split(word, part, "-")
	for (i = 1; i <= n; i++)
		if (part[i] in unknown)
			say(part[i])
}

function say(word) {
	print $1 ":" $2 ": error: \"" word "\" is not in the dictionary" \
	      (hint[word] == "" ? "" : " (did you mean " hint[word] "?)") \
	      "; if it is right, it belongs in book/lint/words"
}
