#!/bin/sh
# Linux's own tests say of it in a Guest what they say on a bare machine, but
# for what the book names. (make selftests has more of them, and prints anew
# what the book quotes.)

. tests/tap.sh

facts=book/facts/selftests.tsv
runs 0 'the selftests run in both' tests/linux/selftests
grep -a '	' "$work/seen" >"$work/both"
lacks "$work/both" "status 12[467]" "each was there, and came to its end"
is "$(grep -c . "$work/both")" "$(sed -n 's/^selftests-run	//p' "$facts")" \
	'as many as the book says'
awk -F '\t' -v OFS='\t' '$2 != $3 {
	gsub("_", "-", $1)
	print "selftest-" $1 "-bare", $2
	print "selftest-" $1 "-guest", $3
}' "$work/both" >"$work/differ"
is "$(cat "$work/differ")" "$(grep '^selftest-' "$facts")" \
	'what differs is what the book lists'

done_testing
