#!/bin/sh
# The sample as a printed book: what its pages say, and their faults.

. tests/weave/lib.sh

runs 0 'the sample becomes pages' pages "$work/once" $sample
pdf=$work/once/lguest.pdf
pdftotext -raw "$pdf" "$work/text"
matches "$work/text" 'int sample_limit = 3;' 'its code can be read'
matches "$work/text" '42 samples' 'its prose can be read'
matches "$work/text" 'G:020' 'its tags can be read'
lacks "$work/text" 'secret' 'its secrets cannot'
pdftohtml -xml -i -stdout "$pdf" >"$work/xml"
matches "$work/xml" '<item page="[0-9]+">G:010 Where it begins</item>' \
	'a tag is a bookmark'

mkdir "$work/G-bad"
bad=$work/G-bad/bad.nw
cat >"$bad" <<'END'
# Bad

## Signs {#G:010}

A 猫 sits here.

<<guest/sample.c>>=
int sample_with_a_name_that_is_so_long_that_no_page_of_this_book_could_ever_be_wide_enough_x;
@
END
runs 1 'a page with faults stops the weave' pages "$work/bad" "$bad"
matches "$work/seen" "^$bad:8: error: what is set here is .* too wide" \
	'a line that is too wide is found'
matches "$work/seen" "^$bad:3: error: no font has the character 猫" \
	'a character that no font has is found'

draw() {
	env TEXINPUTS="$top/weave:$top:" max_print_line=10000 \
		TEXMFVAR="${LGUEST_CACHE:-$HOME/.cache/lguest}/texmf" \
		weave/figures "$work/figures" book/figures/*.tikz
}
runs 0 'every figure can be drawn' draw

runs 0 'the sample becomes larger pages for a screen' pages "$work/screen" $sample -M a4 -M screen
matches "$work/screen/lguest.tex" '^\\documentclass\[.*oneside' 'all of one kind'
pdfinfo "$work/screen/lguest.pdf" >"$work/info"
matches "$work/info" 'Page size:.*A4' 'and of that size'

done_testing
