# check-prose.awk - does the prose speak of what is there?
#
#	awk -f lexer.awk -f book.awk -f check-prose.awk \
#		reading=1 PROGRAM reading=2 TABLE reading=3 TABLE
#
# PROGRAM is the bundle of the tangled program, in which code quoted in prose
# must exist; the first reading of the table collects chunks and tags.
# Refuses: tags that are repeated, out of order or of another part; a section
# without a tag; a section whose code does not begin with its tag and title; a
# citation of a chunk, a tag, a file or an identifier that does not exist.
#
# Code quoted in prose, [[...]], is checked if it is an identifier, or several
# joined by -> or dots, with or without struct, union or enum before and ()
# behind: each identifier must occur in the program outside comments and
# strings.  A path or file name must be that of a root.  Anything else, such as
# an expression, passes.

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

# ---- Headings. ----

function refuse(message) { fault(file ":" line, message) }

# A fenced block is an example; nothing in it is a heading or a citation.
file reading != last { last = file reading; fenced = 0; tag = "" }
kind == "def" { fenced = 0 }
kind == "doc" && text ~ /^(```|~~~)/ { fenced = !fenced; next }
fenced { next }

# From "## The *way* in {#H:030}" its tag and its title in plain letters.
function tag_of(text) {
	if (!match(text, /[{]#[A-Z]:[0-9]+[ }]/))
		return ""
	return substr(text, RSTART + 2, RLENGTH - 3)
}

function title_of(text) {
	sub(/^#+ */, "", text)
	sub(/ *[{]#[^}]*[}] *$/, "", text)
	gsub(/[\003\004`*]/, "", text)
	return text
}

function is_heading() { return kind == "doc" && text ~ /^##? / }

reading == 2 {
	if (kind == "def")
		chunks[base_of(chunk)] = 1
	if (is_heading() && tag_of(text) != "" && !(tag_of(text) in tags))
		tags[tag_of(text)] = file ":" line
	next
}

function check_tag(		part, letter) {
	letter = substr(tag, 1, 1)
	if (match(file, /src\.nw\/[A-Z]/))
		part = substr(file, RSTART + RLENGTH - 1, 1)
	if (tag !~ /:[0-9][0-9][0-9]$/)
		refuse("tag " tag " must have three digits")
	if (part != "" && letter != part)
		refuse("tag " tag " stands in part " part)
	else if (tags[tag] != file ":" line)
		refuse("tag " tag " is taken: " tags[tag])
	else if (letter in last_tag && tag < last_tag[letter])
		refuse("tag " tag " comes after " last_tag[letter])
	else
		last_tag[letter] = tag
}

is_heading() {
	close_section()
	tag = tag_of(text)
	title = title_of(text)
	awaiting = tag != ""
	if (tag != "")
		check_tag()
	else if (text ~ /^## /)
		refuse("section \"" title "\" has no tag, such as {#H:030}")
}

# ---- The tag in the code. ----

# One chunk of a section, the one that is most its subject, begins with the tag.
function close_section() {
	if (awaiting && first_chunk != "")
		fault(first_chunk, "no chunk of section " tag \
		      " begins with /*" tag " " title "*/")
	awaiting = 0
	first_chunk = ""
}

kind == "def" && variant_of(chunk) == "" {
	at_start = 1
	if (first_chunk == "")
		first_chunk = file ":" line
}

# Licence and interpreter must be the first line of a file.
kind == "code" && at_start && !/SPDX-License-Identifier:/ && text !~ /^#!/ {
	at_start = 0
	wanted = tag " " title
	if (awaiting && (text == "/*" wanted "*/" || text == "# " wanted)) {
		awaiting = 0
		next
	}
}

kind == "code" && text ~ /^[ \t]*(\/\*|# )[A-Z]:[0-9][0-9][0-9] / {
	refuse("this is not the tag and title of the section, or not where" \
	       " they stand: once, as a chunk begins")
}

# ---- Citations. ----

kind != "doc" { next }

{
	cited = text
	while (match(cited, /\001[^\002]*\002/)) {
		check_chunk(substr(cited, RSTART + 1, RLENGTH - 2))
		cited = substr(cited, RSTART + RLENGTH)
	}
	cited = text
	while (match(cited, /\003[^\004]*\004/)) {
		check_code(substr(cited, RSTART + 1, RLENGTH - 2))
		cited = substr(cited, RSTART + RLENGTH)
	}
	# What stands in backticks is an example.
	gsub(/`[^`]*`|\003[^\004]*\004/, "", text)
	while (match(text, /@[A-Z]:[0-9]+/)) {
		check_citation(substr(text, RSTART + 1, RLENGTH - 1))
		text = substr(text, RSTART + RLENGTH)
	}
}

function check_chunk(name) {
	if (!(base_of(name) in chunks))
		refuse("the prose cites chunk <<" name ">>, which is not" \
		       " defined" nearest(name, chunks, "<<", ">>"))
}

function check_citation(tag) {
	if (!(tag in tags))
		refuse("the prose cites section " tag ", which does not" \
		       " exist" nearest(tag, tags, "", ""))
}

function check_code(quoted,		n, i, part) {
	if (quoted ~ /^[A-Za-z0-9_.\/-]*(\/[A-Za-z0-9_.-]+|[A-Za-z0-9_]\.[chS])$/) {
		if (!(quoted in files))
			refuse("the prose cites file [[" quoted "]], which is" \
			       " not made" nearest(quoted, files, "", ""))
		return
	}
	sub(/^(struct|union|enum) /, "", quoted)
	sub(/\(\)$/, "", quoted)
	if (quoted !~ /^[A-Za-z_][A-Za-z0-9_]*((->|\.)[A-Za-z_][A-Za-z0-9_]*)*$/)
		return
	n = split(quoted, part, /->|\./)
	for (i = 1; i <= n; i++)
		if (!(part[i] in identifiers))
			refuse("the prose cites [[" part[i] "]], which the" \
			       " program does not have" \
			       nearest(part[i], identifiers, "[[", "]]"))
}

END { close_section() }
