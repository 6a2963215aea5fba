# check-tags.awk - do the sections carry their tags, in the prose and the code?
#
#	awk -f book.awk -f check-tags.awk reading=1 TABLE reading=2 TABLE
#
# A section begins "## The way in {#H:030}": letter of the part, three digits.
# One of its chunks, the one that is most its subject, begins with the comment
# "/*H:030 The way in*/", or "# H:030 The way in", so that the program can be
# read along with the book.  Refuses: tags that are repeated, out of order or of
# another part; a section without a tag; one with chunks of which none begins
# with tag and title; a tag anywhere else in the code.

function refuse(message) { fault(file ":" line, message) }

function is_heading() { return kind == "doc" && text ~ /^##? / }

function title_of(text) {
	sub(/^#+ */, "", text)
	sub(/ *[{]#[^}]*[}] *$/, "", text)
	gsub(/[\003\004`*]/, "", text)
	return text
}

# ---- First reading: where each tag is first. ----

reading == 1 {
	if (is_heading() && tag_of(text) != "" && !(tag_of(text) in first_at))
		first_at[tag_of(text)] = file ":" line
	next
}

# ---- Second reading: headings. ----

file != last_file {
	close_section()
	last_file = file
	tag = part = ""
	if (match(file, /src\.nw\/[A-Z]/))
		part = substr(file, RSTART + RLENGTH - 1, 1)
	else if (file ~ /(^|\/)exercises\//)
		part = "M"
}

function check_tag(		letter) {
	letter = substr(tag, 1, 1)
	if (tag !~ /:[0-9][0-9][0-9]$/)
		refuse("tag " tag " must have three digits")
	else if (part != "" && letter != part)
		refuse("tag " tag " stands in part " part)
	else if (first_at[tag] != file ":" line)
		refuse("tag " tag " is taken: " first_at[tag])
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

# ---- Second reading: code. ----

function close_section() {
	if (awaiting && first_chunk != "")
		fault(first_chunk, "no chunk of section " tag " begins with" \
		      " /*" tag " " title "*/")
	awaiting = 0
	first_chunk = ""
}

kind == "def" && variant_of(chunk) == "" {
	at_start = 1
	if (first_chunk == "")
		first_chunk = file ":" line
}

kind != "code" { next }

# Licence and interpreter must be the first line of a file.
at_start && (/SPDX-License-Identifier:/ || text ~ /^#!/) { next }

at_start && awaiting &&
(text == "/*" tag " " title "*/" || text == "# " tag " " title) {
	awaiting = at_start = 0
	next
}

text ~ /^[ \t]*(\/\*|# )[A-Z]:[0-9][0-9][0-9] / {
	refuse("this is not the tag and title of the section, or not where" \
	       " they stand: once, as a chunk begins")
}

{ at_start = 0 }

END { close_section() }
