# terms.awk - is each term explained before it is used?
#
#	awk -f tangle/book.awk -f terms.awk reading=1 book/concepts \
#		reading=2 TABLE reading=3 TABLE
#
# In book/concepts the first tag of a row is that of the section where the term
# is explained, in italics.  Refuses a tag that does not exist, a term that is
# not in italics in its section (its first word will do), and one that is used in
# an earlier section, unless the reader is told there where it will be explained:
# by that tag, in that paragraph or one before it in the section.  What is let
# pass: part P, which is a map; headings, which are promises; figures; and the
# boxes of history, which have all times in them.

function refuse(place, message) { print place ": error: " message }

# ---- The concepts: term, other forms of it, tags. ----

reading == 1 {
	if ($0 ~ /^#/ || $0 == "")
		next
	n = split($0, column, "\t")
	if (n != 3) {
		refuse(FILENAME ":" FNR, "a row has three columns: term, other" \
		       " forms or -, tags")
		next
	}
	term = column[1]
	terms[++count] = term
	row_at[term] = FILENAME ":" FNR
	forms[term] = lower(term) (column[2] == "-" ? "" : "|" lower(column[2]))
	m = split(forms[term], form, "|")
	for (i = 1; i <= m; i++)
		all_forms[spread(form[i])] = 1
	m = split(column[3], tag, " ")
	for (i = 1; i <= m; i++)
		cited[term, i] = tag[i]
	cites[term] = m
	next
}

function lower(text) { return tolower(text) }

# ---- The sections, in reading order. What stands before the first one of a
# ---- chapter belongs to it.

reading == 3 && kind == "doc" && text ~ /^#/ { flush() }

kind == "doc" && text ~ /^# / {
	section = reading == 3 ? first_of[file] : ""
}

kind == "doc" && tag_of(text) != "" {
	section = tag_of(text)
	if (reading == 2) {
		order[section] = ++sections
		if (!(file in first_of)) {
			first_of[file] = section
			prose[section] = prose[""]
			prose[""] = ""
		}
		next
	}
}

reading == 2 {
	if (kind == "doc")
		prose[section] = prose[section] " " plain(text)
	next
}

function plain(text) {
	gsub(/\003[^\004]*\004|`[^`]*`/, " ", text)
	return tolower(text)
}

function first_word(text) { sub(/[ |].*/, "", text); return text }

# ---- Paragraph by paragraph. ----

FNR == 1 && !checked { checked = 1; check_rows() }

function check_rows(	i, j, term, tag, italic, n, form, found) {
	for (i = 1; i <= count; i++) {
		term = terms[i]
		for (j = 1; j <= cites[term]; j++)
			if (!(cited[term, j] in order))
				refuse(row_at[term], "there is no section " \
				       cited[term, j])
		tag = cited[term, 1]
		if (!(tag in order))
			continue
		n = split(forms[term], form, "|")
		found = index(prose[tag], "*" first_word(forms[term]))
		for (j = 1; j <= n; j++)
			if (index(prose[tag], "*" form[j]) ||
			    index(prose[tag], "*the " form[j]))
				found = 1
		if (!found)
			refuse(row_at[term], "\"" term "\" is not in italics in " \
			       tag)
	}
}

kind == "doc" && text ~ /^::: / { in_history = text ~ /history/ }
kind == "doc" && text ~ /^:::$/ { flush(); in_history = 0 }
kind == "doc" && text !~ /^([ \t]*$|#|:::|!\[)/ {
	if (paragraph == "")
		starts = file ":" line
	paragraph = paragraph " " text
	next
}
{ flush() }
END { flush() }

function flush(		i, j, n, form, term, tag, words) {
	if (paragraph == "" || section ~ /^P/ || section == "" || in_history) {
		paragraph = ""
		return
	}
	words = " " plain(paragraph) " "
	gsub(/[^a-z0-9-]+/, " ", words)
	gsub(/ /, "  ", words)
	for (i = 1; i <= count; i++) {
		term = terms[i]
		tag = cited[term, 1]
		if (index(paragraph, "@" tag))
			told[term, section] = 1
		if (!(tag in order) || order[section] >= order[tag])
			continue
		n = split(forms[term], form, "|")
		for (j = 1; j <= n; j++)
			if (has(words, form[j]) && !((term, section) in told)) {
				told[term, section] = 1
				refuse(starts, "\"" term "\" is used in " section \
				       ", and explained in " tag)
			}
	}
	paragraph = ""
}

# A longer term that has this one in it is a term of its own.
function has(words, form,	other) {
	form = spread(form)
	if (!index(words, form))
		return 0
	for (other in all_forms)
		if (other != form && index(other, form))
			words = without(words, other)
	return index(words, form)
}

function without(words, part,	at) {
	while ((at = index(words, part)))
		words = substr(words, 1, at - 1) " \005 " substr(words, at + length(part))
	return words
}

# Words are spaced so that each has blanks of its own.
function spread(text) { gsub(/ /, "  ", text); return " " text " " }
