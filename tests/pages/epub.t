#!/bin/sh
# The EPUB is one by the book, and the same source gives the same bytes.

. tests/tap.sh

make_quietly() {
	make html epub
}
checked() {	# EPUB: by hand, as not every machine can start a .jar file
	java -jar "$(readlink -f "$(command -v epubcheck)")" "$1" >"$work/said" 2>&1
	matches "$work/said" '0 fatals / 0 errors / 0 warnings' "epubcheck finds nothing in $1"
}
rm -f out/lguest.epub	# it has the date of the last change
runs 0 'pages and EPUB are woven' make_quietly
epub=out/lguest.epub
if command -v epubcheck >/dev/null; then
	checked $epub
	runs 0 'the instructors’ EPUB is woven' make epub EDITION=instructor
	checked out/lguest-instructor.epub
else
	skip 'epubcheck finds nothing' 'epubcheck is not installed'
fi

unzip -Z1 $epub >"$work/list"
is "$(head -n 1 "$work/list")" mimetype 'its kind comes first'
is "$(grep -c '\.xhtml$' "$work/list")" \
	$(($(grep -c '^src\|^exercises' book/order) + $(grep -c '^[A-Z]' book/parts) + 10)) \
	'a page for each chapter and part, for six lists at the end and four things in front'

sums() {
	find out/html -type f -exec md5sum {} + | sort -k 2
	md5sum $epub
}
sums >"$work/first"
rm -rf $epub out/html
runs 0 'woven once more from nothing' make_quietly
sums >"$work/second"
runs 0 "the same $(wc -l <"$work/first") files, to the byte" cmp "$work/first" "$work/second"

done_testing
