# form.awk - lines that are too long, and figures for those who see only
#
#	awk -f tangle/lexer.awk -f tangle/book.awk -f form.awk \
#		reading=1 MAP reading=2 TABLE reading=3 TABLE
#
# MAP is the bundle of line maps, by which the language of each chunk is known.
# Refuses: a line of C, assembly or make over 80 columns, if it can be broken;
# prose over 600 bytes on a line, which no diff shows well; a figure without
# alternative text, or with one too short to be of use.

BEGIN { columns = 80; bytes = 600; alternative = 60 }

function refuse(message) { fault(file ":" line, message) }

reading == 1 && /^\001/ { split($0, header, " "); language = header[3]; next }

reading == 1 {
	n = split($0, place, " ")
	for (i = 1; i <= n; i++)
		language_at[place[i]] = language
	next
}

reading == 2 {
	if (kind == "code" && (file ":" line) in language_at)
		language_of[chunk] = language_at[file ":" line]
	next
}

# How wide a line of code is with its tabs, and each use as it is printed.
function width(text,	n, i, field, w) {
	gsub(/\001|\002/, "<", text)
	n = split(text, field, "\t")
	for (i = 1; i <= n; i++) {
		w += length(field[i])
		if (i < n)
			w += 8 - w % 8
	}
	return w
}

# A string stands on one line, so that it can be looked for.
kind == "code" && language_of[chunk] ~ /^(c|asm|make)$/ && text !~ /["']/ &&
width(text) > columns {
	refuse("the line has " width(text) " columns, over " columns)
}

kind == "doc" && text !~ /^(!\[|\|)/ && length(text) > bytes {
	refuse("the line has " length(text) " bytes, over " bytes)
}

kind == "doc" && text ~ /^!\[/ {
	if (!match(text, /alt="[^"]*"/))
		refuse("a figure needs alternative text: alt=\"...\"")
	else if (RLENGTH - 6 < alternative)
		refuse("alternative text of " RLENGTH - 6 " letters tells" \
		       " nobody what the figure shows")
}
