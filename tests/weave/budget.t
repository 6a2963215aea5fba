#!/bin/sh
# The weave stays as small as it says, and every file of it is counted.

. tests/tap.sh

lines() {	# FILE…: lines of code, whatever the language's comments look like
	sed -e '/^[ 	]*\(--\|%\|#\|\/\/\|\/\*.*\*\/$\)/d' -e '/^[ 	]*$/d' "$@" | wc -l
}

sum=0
grep -v '^#' weave/budget >"$work/groups"
while read -r group limit files; do
	cd weave || exit
	# shellcheck disable=SC2086
	count=$(lines $files)
	cd ..
	[ "$count" -le "$limit" ]
	result $? "$group: $count lines of at most $limit"
	sum=$((sum + count))
	printf '%s\n' $files >>"$work/counted"
done <"$work/groups"

(cd weave && find . -type f ! -name README.md ! -name budget ! -name '*.mk' |
	sed 's|^\./||' | sort) >"$work/files"
sort -o "$work/counted" "$work/counted"
runs 0 "all $(wc -l <"$work/files") files are counted, $sum lines" \
	diff "$work/files" "$work/counted"

done_testing
