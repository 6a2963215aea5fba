# prose.awk - the words of the book, one row for each line of prose
#
#	awk -f tangle/book.awk -f prose.awk out/check/table
#
# Columns, separated by tabs: file, line, what it is (head, text, figure or
# blank), and the words.  Code, tags, references and the marks of Markdown are
# gone; a figure's caption and alternative text stay.  A paragraph ends with a
# blank row.

kind != "doc" { blank(); next }
text ~ /^[ \t]*$/ || text ~ /^:::/ { blank(); next }

{
	what = text ~ /^#/ ? "head" : text ~ /^!\[/ ? "figure" : "text"
	if (what == "head")
		blank()
	sub(/[{]#[A-Z]:[0-9]+[}]/, "", text)
	gsub(/\]\([^)]*\)[{]#[^ }]*/, " ", text)
	gsub(/alt="|"[}]/, " ", text)
	gsub(/[{][.#][^}]*[}]/, " ", text)
	gsub(/\003[^\004]*\004|`[^`]*`/, "\005", text)
	gsub(/@(fact|fig):[A-Za-z0-9-]*|@[A-Z]:[0-9]+|@[a-z]+[0-9]+/, "\005", text)
	gsub(/<https?:[^>]*>|https?:[^ )]*/, "\005", text)
	gsub(/[A-Za-z0-9]*[_0-9][A-Za-z0-9_]*/, "\005", text)
	gsub(/[*]+/, "", text)
	gsub(/[|]/, " \005 ", text)
	gsub(/[#]+|^!\[|^>|[[\]]/, " ", text)
	print file "\t" line "\t" what "\t" text
	open = 1
	if (what == "head")
		blank()
}

function blank() {
	if (open)
		print file "\t" line "\tblank\t"
	open = 0
}
