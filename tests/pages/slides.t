#!/bin/sh
# A deck of slides for each part.

. tests/tap.sh

make_quietly() {
	make slides
}
runs 0 'the decks are woven, and nothing is too large for a slide' make_quietly
for part in P G D L H S M; do
	pdftotext "out/slides/$part.pdf" "$work/$part" 2>/dev/null
	pages=$(tr -cd '\f' <"$work/$part" | wc -c)
	[ "$pages" -ge 2 ]
	result $? "part $part has a title and slides, $pages pages"
	matches "$work/$part" "^$part:[0-9][0-9][0-9]$" 'each slide names its section'
done

done_testing
