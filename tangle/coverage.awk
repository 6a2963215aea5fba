# coverage.awk - prove that the program is the book, and the book the program
#
#	awk -v facts=FACTS -f book.awk -f coverage.awk \
#		reading=1 TABLE reading=2 MAP reading=3 PROGRAM
#
# Two sentences are proved, line by line.  Every line of every file stands in
# the book, at the place that the line map names, in a chunk that is printed,
# and with the same text.  And every line of every such chunk goes into a file.
# What breaks one of them is printed as a fault, and the exit status is 1.  A
# chunk may go into the program more than once; those that do are listed.
#
# A line that only uses chunks has no text of its own and is not counted.  Nor
# are variants, which are no part of the program that the book explains.

function part_of(file) {
	if (!match(file, /src\.nw\/[A-Z]/))
		return "-"
	return substr(file, RSTART + RLENGTH - 1, 1)
}

function percent(part, all) { return all ? 100 * part / all : 100 }

# ---- The book: every line of code that it prints. ----

reading == 1 && file != last_file {
	last_file = file
	part = part_of(file)
	if (!(part in chapters)) {
		parts[++n_parts] = part
		chunks[part] = printed[part] = words[part] = 0
		once[part] = often[part] = never[part] = 0
	}
	chapters[part]++
}

reading == 1 && kind == "doc" {
	gsub(/[\001-\004]/, " ", text)
	n = split(text, word, " ")
	for (i = 1; i <= n; i++)
		if (word[i] ~ /[A-Za-z0-9]/)
			words[part]++
}

reading == 1 && kind == "def" && variant_of(chunk) == "" { chunks[part]++ }

# Each use becomes one \001.  What stands beside the uses are the line's own
# pieces; a line without any is not counted.
reading == 1 && kind == "code" && variant_of(chunk) == "" {
	gsub(/\001[^\002]*\002/, "\001", text)
	sub(/^[ \t]*/, "", text)
	first = text
	if (sub(/^[ \t\001]+/, "", first) && first == "")
		next
	sub(/[ \t]*\001.*/, "", first)
	place = file ":" line
	places[++n_places] = place
	part_at[place] = part
	chunk_at[place] = chunk
	text_at[place] = text
	first_at[place] = first
}

reading == 1 { next }

# ---- The line map, and the program side by side with it. ----

reading == 2 { map[FNR] = $0; next }

/^\001/ {
	split($0, header, " ")
	root = header[2]
	roots[++n_roots] = root
	lines[root] = covered[root] = 0
	next
}

# Is one of the pieces of this place in the line?
function stands_at(text, place,		n, piece, i) {
	if (!(place in text_at))
		return 0
	n = split(text_at[place], piece, /[ \t]*\001[ \t]*/)
	for (i = 1; i <= n; i++)
		if (piece[i] != "" && index(text, piece[i]))
			return 1
	return text_at[place] == ""
}

{
	lines[root]++
	text = $0
	sub(/^[ \t]*/, "", text)
	n = split(map[FNR], from, " ")
	found = n > 0
	for (i = 1; i <= n; i++)
		found = found && stands_at(text, from[i])
	if (n == 1 && text_at[from[1]] !~ /\001/)
		found = found && text == text_at[from[1]]
	if (!found)
		lost[++n_lost] = root ":" lines[root]
	covered[root] += found
	# A line with a use in it may end on another; it counts where it begins.
	for (i = 1; i <= n; i++)
		if ((i == 1 || from[i] != from[1]) &&
		    (first_at[from[i]] == "" || index(text, first_at[from[i]])))
			emitted[from[i]]++
}

# ---- The tables. ----

function print_files(		i, root) {
	print "  file                                    lines  of the book"
	for (i = 1; i <= n_roots; i++) {
		root = roots[i]
		printf "  %-38s %6d   %6d %5.1f %%\n", root, lines[root],
		       covered[root], percent(covered[root], lines[root])
		all_lines += lines[root]
		all_covered += covered[root]
	}
	printf "  %-38s %6d   %6d %5.1f %%\n\n", "the whole program",
	       all_lines, all_covered, percent(all_covered, all_lines)
}

function count_lines(		i, place, part) {
	for (i = 1; i <= n_places; i++) {
		place = places[i]
		part = part_at[place]
		printed[part]++
		if (!(place in emitted))
			never[part]++
		else if (emitted[place] == 1)
			once[part]++
		else {
			often[part]++
			if (!(chunk_at[place] in repeated))
				again[++n_again] = chunk_at[place]
			repeated[chunk_at[place]] = emitted[place]
		}
	}
}

function print_part(name, chapters, chunks, printed, once, often, never,
		    words) {
	printf "  %-9s %8d %6d %6d %6d %6d %6d %7d\n", name, chapters, chunks,
	       printed, once, often, never, words
	if (facts == "")
		return
	printf "words-%s\t%d\nchunks-%s\t%d\nchapters-%s\t%d\n", name, words,
	       name, chunks, name, chapters >facts
}

function print_parts(		i, part, a, b, c, d, e, f, g) {
	print "  part      chapters chunks  lines   once  again  never   words"
	for (i = 1; i <= n_parts; i++) {
		part = parts[i]
		a += chapters[part]
		b += chunks[part]
		c += printed[part]
		d += once[part]
		e += often[part]
		f += never[part]
		g += words[part]
		print_part(part, chapters[part], chunks[part], printed[part],
			   once[part], often[part], never[part], words[part])
	}
	print_part("total", a, b, c, d, e, f, g)
	if (facts != "")
		printf "files\t%d\nlines-tangled\t%d\ncoverage\t%s\n", n_roots,
		       all_lines, (n_lost + f == 0 ? "100" : \
		       sprintf("%.1f", percent(d + e, c))) >facts
}

END {
	print_files()
	count_lines()
	print_parts()
	for (i = 1; i <= n_again; i++)
		print "  <<" again[i] ">> goes into the program " \
		      repeated[again[i]] " times"
	for (i = 1; i <= n_lost; i++)
		fault("out/src/" lost[i], "this line is not from the book")
	for (i = 1; i <= n_places; i++)
		if (!(places[i] in emitted))
			fault(places[i], "this line of chunk <<" \
			      chunk_at[places[i]] ">> is in no file")
	for (i = 1; i <= n_parts; i++)
		gaps += never[parts[i]]
	exit (n_lost + gaps > 0)
}
