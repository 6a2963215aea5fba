# flatten.awk - the stream as a table, one row for each line of the book
#
#	awk -f flatten.awk stream
#
# Columns, separated by tabs: what the line is (doc, def, code or index), file,
# line, chunk (for doc and index empty or the chunk they stand in), and the
# text, which may hold tabs itself.  noweb has removed its escapes, so
#
#	\001 name \002	is a use of a chunk		<<name>>
#	\003 text \004	is code quoted in prose		[[text]]
#
# (without the blanks), and a bare << in the text is a bare <<.

function flush() {
	print kind "\t" file "\t" line++ "\t" chunk "\t" text
	text = ""
	kind = base
}

/^@file /        { file = substr($0, 7); line = 1 }
/^@begin docs /  { kind = base = "doc"; chunk = "" }
/^@begin code /  { kind = base = "code" }
/^@defn /        { chunk = text = substr($0, 7); kind = "def" }
/^@text /        { text = text substr($0, 7) }
/^@use /         { text = text "\001" substr($0, 6) "\002" }
/^@quote$/       { text = text "\003" }
/^@endquote$/    { text = text "\004" }
/^@index /       { kind = "index" }
/^@nl$/          { flush() }
/^@index nl$/    { flush() }
