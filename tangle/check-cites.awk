# check-cites.awk - does the prose speak of what is there?
#
#	awk -f lexer.awk -f book.awk -f check-cites.awk \
#		reading=1 PROGRAM reading=2 TABLE reading=3 TABLE
#
# PROGRAM is the bundle of the tangled program, in which code that the prose
# quotes must exist; the first reading of the table collects what can be cited.
# Refuses a citation of a chunk, a section, a figure, an exercise, a file or an
# identifier that does not exist, and a figure whose drawing is missing.
#
# Quoted code, [[...]], is checked if it is an identifier, or several joined by
# -> or dots, with or without struct, union or enum before and () behind: each
# identifier must occur in the program outside comments and strings.  A path or
# a file name must be that of a root.  Anything else, an expression for example,
# passes.

function refuse(message) { fault(file ":" line, message) }

# ---- The program: which identifiers and files there are. ----

reading == 1 && /^\001/ {
	split($0, header, " ")
	language = header[3]
	files[header[2]] = 1
	sub(/.*\//, "", header[2])
	files[header[2]] = 1
	start_file()
	next
}

reading == 1 {
	n = split(code_of($0, language), token, /[^A-Za-z0-9_]+/)
	for (i = 1; i <= n; i++)
		if (token[i] ~ /^[A-Za-z_]/)
			identifiers[token[i]] = 1
	next
}

# ---- The book: which chunks, tags and labels there are. ----

reading == 2 && kind == "def" { chunks[base_of(chunk)] = 1 }

reading == 2 && kind == "doc" {
	if (tag_of(text) != "")
		labels[tag_of(text)] = 1
	while (match(text, /[{][^}#]*#(fig|ex):[A-Za-z0-9-]+/)) {
		label = substr(text, RSTART, RLENGTH)
		text = substr(text, RSTART + RLENGTH)
		sub(/.*#/, "", label)
		if (label in labels)
			refuse("label " label " is taken")
		labels[label] = 1
	}
}

reading == 2 || kind != "doc" { next }

# ---- The citations. ----

{
	quoted = text
	while (match(quoted, /\003[^\004]*\004/)) {
		cited = substr(quoted, RSTART + 1, RLENGTH - 2)
		quoted = substr(quoted, RSTART + RLENGTH)
		if (cited ~ /^\001.*\002$/)
			check_chunk(substr(cited, 2, length(cited) - 2))
		else
			check_code(cited)
	}

	# What stands in backticks is an example.
	gsub(/`[^`]*`|\003[^\004]*\004/, "", text)
	while (match(text, /@([A-Z]:[0-9]+|(fig|ex):[A-Za-z0-9-]+)/)) {
		cited = substr(text, RSTART + 1, RLENGTH - 1)
		text = substr(text, RSTART + RLENGTH)
		if (!(cited in labels))
			refuse("the prose cites " cited ", which does not" \
			       " exist" nearest(cited, labels, "", ""))
	}
	if (match(text, /\]\(figures\/[^)]*\)/))
		check_figure("book/" substr(text, RSTART + 2, RLENGTH - 3))
}

function check_chunk(name) {
	if (!(base_of(name) in chunks))
		refuse("the prose cites chunk <<" name ">>, which is not" \
		       " defined" nearest(name, chunks, "<<", ">>"))
}

function check_figure(path,	ignored) {
	if ((getline ignored < path) < 0)
		refuse("figure " path " does not exist")
	close(path)
}

function is_path(text) {
	return text ~ /^[A-Za-z0-9_.-]+(\/[A-Za-z0-9_.-]+)+$/ ||
	       text ~ /^[A-Za-z0-9_-]+\.[chS]$/
}

function check_code(quoted,		n, i, part) {
	if (is_path(quoted)) {
		if (!(quoted in files))
			refuse("the prose cites file [[" quoted "]], which is" \
			       " not made" nearest(quoted, files, "", ""))
		return
	}
	sub(/^(struct|union|enum) /, "", quoted)
	sub(/\(\)$/, "", quoted)
	n = split(quoted, part, /->|\./)
	for (i = 1; i <= n; i++)
		if (part[i] !~ /^[A-Za-z_][A-Za-z0-9_]*$/)
			return
	for (i = 1; i <= n; i++)
		if (!(part[i] in identifiers))
			refuse("the prose cites [[" part[i] "]], which the" \
			       " program does not have" \
			       nearest(part[i], identifiers, "[[", "]]"))
}
