# lint.awk - refuse a book whose pages have faults
#
#	awk [-v preview=1] -f lint.awk lguest.tex lguest.log
#
# Says "place: error: what", where place is a line of the book: the weave puts
# "% file:line" before whatever it sets, so that we can lead TeX's lines back.

FILENAME == ARGV[1] {
	if ($0 ~ /^% [^ ]+\.nw:[0-9]+$/)
		at = $2
	place[FNR] = at
	text[FNR] = $0
	last = FNR
	next
}

function fault(line, text) {
	line += 0
	if (line > last)
		line = last
	text = (place[line] == "" ? ARGV[1] ":" line : place[line]) \
		": error: " text
	if (!(text in seen))
		said[++faults] = text
	seen[text] = 1
}

# TeX stopped: the rest is of no interest.  In a figure, say its own line.
/^[^ ]+:[0-9]+: / || /^! [^=]/ || /^\[\\directlua\]:/ { message = $0 }
/^l\.[0-9]+/ && message != "" {
	if (match(message, /book\/figures\/[^ ]*: /))
		fatal = substr(message, RSTART)
	else {
		sub(/^[^ ]*:[0-9]+: /, "", message)
		fault(substr($1, 3), message " " $2)
		fatal = said[faults]
	}
	exit
}

/^Overfull \\[hv]box \([0-9.]+pt too/ {
	size = $3
	sub(/^\(/, "", size)
	if (size + 0 > 2) {
		line = $0
		sub(/.*lines? /, "", line)
		fault(line ~ /^[0-9]/ ? line : 0, "what is set here is " size \
			" too " ($2 ~ /hbox/ ? "wide" : "high") " for the page")
	}
}

# The log says which character, and not where; the first such one is to blame.
/^Missing character:/ {
	char = $6
	for (line = 1; line < last && !index(text[line], char); line++)
		;
	fault(line, "no font has the character " char)
}

# A preview does not know what lies elsewhere.
preview { next }

/Warning: (Reference|Citation|Hyper reference) .*undefined/ ||
/Label .* multiply defined/ ||
/Rerun to get|Label\(s\) may have changed/ {
	line = $0
	sub(/.*input line /, "", line)
	fault(line, $0)
}

END {
	if (fatal != "") {
		print fatal
		exit 1
	}
	for (i = 1; i <= faults && i <= 30; i++)
		print said[i]
	if (faults > 30)
		print ARGV[1] ": and " faults - 30 " more"
	exit faults > 0
}
