# check-chunks.awk - do the chunks of the book make one whole?
#
#	awk -f book.awk -f check-chunks.awk \
#		reading=1 tangle/roots reading=2 TABLE
#
# Refuses: a use of a chunk that is not defined; a chunk that nothing uses; a
# cycle; a root that tangle/roots does not know, and the reverse; names that
# are too long or all but equal; a variant of no chunk, and the use of one.

BEGIN { longest_name = 60 }

# ---- The manifest: a root, its language, its mode. ----

function manifest_row(place,		n, field) {
	n = split($0, field, " ")
	if (n == 0 || field[1] ~ /^#/)
		return
	if (n != 3 || field[2] !~ /^(c|asm|make|kconfig|lds|text)$/ ||
	    field[3] !~ /^[0-7][0-7][0-7]$/)
		fault(place, "a root needs a language (c, asm, make, kconfig," \
		      " lds or text) and a mode, such as: host/core.c c 644")
	if (field[1] in root_at)
		fault(place, "root " field[1] " is named twice")
	root_at[field[1]] = place
}

reading == 1 { manifest_row(FILENAME ":" FNR); next }

# ---- The book: what is defined, what is used, where. ----

kind == "def" {
	base = base_of(chunk)
	variant = variant_of(chunk)
	if (!(chunk in defined_at)) {
		defined_at[chunk] = file ":" line
		chunks[++n_chunks] = chunk
	}
	if (variant == "")
		names[base] = 1
	else if (variant !~ /^ \[(student|answer|[a-z0-9-]+: [a-z0-9 -]+)\]$/)
		fault(file ":" line, "unknown variant" variant "; there are" \
		      " [student], [answer] and [word: words]")
}

kind == "code" {
	while (match(text, /\001[^\002]*\002/)) {
		used = substr(text, RSTART + 1, RLENGTH - 2)
		text = substr(text, RSTART + RLENGTH)
		uses++
		use_name[uses] = used
		use_at[uses] = file ":" line
		use_in[uses] = chunk
		uses_of[chunk] = uses_of[chunk] " " uses
		# What only a variant uses is no part of the program.
		if (variant_of(chunk) == "" || variant_of(used) != "")
			is_used[used] = 1
	}
}

# ---- Together. ----

function check_use(i,		name) {
	name = use_name[i]
	if (variant_of(name) != "")
		fault(use_at[i], "a variant cannot be used: write <<" \
		      base_of(name) ">>")
	else if (name in names)
		return
	else if (name ~ /^[ \t]|[ \t]$|[;(){}]/)
		fault(use_at[i], "<<" name ">> reads as the use of a chunk;" \
		      " a shift is written @<< and @>>")
	else
		fault(use_at[i], "chunk <<" name ">> is not defined" \
		      nearest(name, names, "<<", ">>"))
}

function check_definition(name,		place, base, alike) {
	place = defined_at[name]
	base = base_of(name)
	if (variant_of(name) != "" && !(base in names)) {
		fault(place, "variant of chunk <<" base ">>, which is not" \
		      " defined" nearest(base, names, "<<", ">>"))
		return
	}
	if (variant_of(name) != "")
		return
	if (length(base) > longest_name)
		fault(place, "the name of chunk <<" base ">> has " \
		      length(base) " letters, over " longest_name)
	alike = tolower(base)
	gsub(/[ \t]+/, " ", alike)
	gsub(/^ | $/, "", alike)
	if (alike in like)
		fault(place, "chunk <<" base ">> differs only in capitals or" \
		      " spaces from <<" like[alike] ">> at " \
		      defined_at[like[alike]])
	else
		like[alike] = base
	if (base in root_at || base in is_used)
		return
	if (base ~ /\/|\.[a-zA-Z]+$/)
		fault(place, "root <<" base ">> is not in tangle/roots" \
		      nearest(base, root_at, "", ""))
	else
		fault(place, "chunk <<" base ">> is never used")
}

# Walk down from a chunk; path is how we came.  A chunk is walked once.
function walk(name, path,		i, n, use) {
	walking[name] = 1
	n = split(uses_of[name], use, " ")
	for (i = 1; i <= n; i++) {
		if (use_name[use[i]] in walking)
			fault(use_at[use[i]], "chunk <<" use_name[use[i]] \
			      ">> uses itself: " path " -> <<" \
			      use_name[use[i]] ">>")
		else if (!(use_name[use[i]] in walked))
			walk(use_name[use[i]],
			     path " -> <<" use_name[use[i]] ">>")
	}
	delete walking[name]
	walked[name] = 1
}

END {
	for (i = 1; i <= uses; i++)
		check_use(i)
	for (i = 1; i <= n_chunks; i++)
		check_definition(chunks[i])
	for (i = 1; i <= n_chunks; i++)
		if (!(chunks[i] in walked))
			walk(chunks[i], "<<" chunks[i] ">>")
	for (root in root_at)
		if (!(root in names))
			fault(root_at[root], "no chunk defines root <<" root \
			      ">>" nearest(root, names, "<<", ">>"))
}
