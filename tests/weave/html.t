#!/bin/sh
# The AST as pages for a browser.

. tests/weave/lib.sh

printf 'tour\tAn hour\tTo see.\n\tG:010 G:020\n' >"$work/paths"
printf '# terms\nsample\tsamples\tG:020 G:010\n' >"$work/concepts"
pages=$work/html
mkdir -p "$pages/data"
html() {
	WEAVE_OUT=$pages WEAVE_PATHS=$work/paths WEAVE_CONCEPTS=$work/concepts \
		woven student "$@" --citeproc -M link-citations -L weave/site.lua -t plain
}
runs 0 'the sample becomes pages' html $sample
page=$pages/G-sample.html
# Each element on a line of its own.
tr '\n' ' ' <"$page" | sed 's/<\(p\|div\|h[1-6]\|pre\|aside\|figure\|span\|a\) /\
&/g' >"$work/flat"
has() {
	matches "$work/flat" "$1" "$2"
}
has '<body class="G" data-page="G-sample">' 'a page has its part'
has '^<h2 +id="G:020">' 'a section has an anchor'
has '^<a class="tag G" href="G-sample.html#G:020"' 'a tag is a permalink'
has '^<span class="path">An hour ▸ ' 'a way to read leads on'
has '<div class="chunk" id="number-the-samples-2">' 'a chunk has an anchor from its name'
has '<a class="num prev" href="G-sample.html#number-the-samples">◂ 1.2</a>' 'it continues another'
has '<b class="def">SAMPLE_TWO</b>	$' 'code with its tabs'
has '^<a class="use" href="G-sample.html#add-what-was-given-student">⟨<i class="name">add what' \
	'a use leads to the chunk'
has '^<div class="foot">Used in $' 'by whom it is used'
has '<span class="badge">Your code</span>' 'a hole has a badge'
has '<img src="figures/box.svg" alt="A box of the sample."' 'a figure has its text'
has '<sup class="sign">①</sup>' 'a sign at a line'
has '^<p class="label">①</p>' 'and at its aside'
has '^<p class="label">History</p>' 'a box'
has '^<a href="refs.html#ref-sample2007"' 'a citation leads to the bibliography'
has '^<a href="#fn1"' 'a footnote'
matches "$pages/concepts.html" '<strong><a class="tag G" href="G-sample.html#G:020"' \
	'the index of concepts'
matches "$pages/data/G-sample.js" '^"G:010":"[^ ]*u003ch4>G:010 Where it begins' 'a section can be previewed'
matches "$pages/data/G-sample.js" '^"add-what-was-given-student":"' 'and a chunk'
matches "$pages/search.js" '"G:020","What is asked of you"' 'the search knows sections'
matches "$pages/search.js" '"sample_limit","G-sample.html#number-the-samples-2","1.3"' 'and identifiers'
matches "$pages/book.html" 'href="#add-what-was-given-student"' 'on one page links stay there'

touch -d @1 "$page" "$pages/index.html"
runs 0 'woven again' html $sample
is "$(stat -c %Y "$page")" 1 'a page that is the same is not written'
rm "$pages/refs.html"
WEAVE_ONLY=$sample runs 0 'one chapter only' html $sample
[ ! -e "$pages/refs.html" ]
result $? 'is one page only'

done_testing
