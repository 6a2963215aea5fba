#!/bin/sh
# The real book is whole, and covers its program.

. tests/tangle/lib.sh

runs 0 'the checker finds no fault' tangle/check "$work/out"
tangle/tangle "$work/out" $(real_book) >/dev/null
result $? 'the book tangles'
runs 0 'book and program are the same, and within their budget' \
	tangle/coverage -q "$work/out"

land=src.nw/P-preparation/the-land.nw
sed '/^#/d; /^$/d; s/[ \t].*//; s,.*/,,' tangle/roots | sort -u >"$work/files"
grep -o '`[^`]*`' $land | tr -d '`' | sed 's,.*/,,' | sort -u >"$work/told"
comm -23 "$work/files" "$work/told" >"$work/untold"
[ -s "$work/files" ] && [ ! -s "$work/untold" ]
result $? "each file has its lines in $land"
sed 's/^/#   not there: /' "$work/untold"

done_testing
