#!/bin/sh
# The kernel's style checker reads all tangled C and assembly. What it may find
# is in the list beside this file, each with its reason; anything else is a
# fault, and so is a line of the list that it does not find any more.

. tests/tap.sh
allowed=tests/static/checkpatch-allowed
scripts=$(lab/linux scripts) || exit 1

check() {	# FILE…: one line for each finding, "file type message"
	perl "$scripts/checkpatch.pl" --no-tree --terse --show-types --file "$@" |
		sed -n 's/^\([^:]*\):\([0-9]*\): [A-Z]*:\([A-Z_0-9]*\): /\1 \3 line \2: /p'
}

mkdir -p "$work/host"
printf '%s\n' '// SPDX-License-Identifier: GPL-2.0' \
	'int f( int a ) {' '  return(a);' '}' >"$work/host/fault.c"
check "$work/host/fault.c" >"$work/found"
for type in SPACING OPEN_BRACE RETURN_PARENTHESES; do
	matches "$work/found" "^[^ ]* $type " "it finds a fault of type $type"
done

find out/src -name '*.[chS]' | LC_ALL=C sort >"$work/files"
runs 0 "all files were there" test "$(wc -l <"$work/files")" -gt 30
# shellcheck disable=SC2046
check $(cat "$work/files") | sed 's#^out/src/##' >"$work/found"
grep -v -e '^#' -e '^$' "$allowed" | awk -v found="$work/found" '
	{
		file[++n] = $1
		type[n] = $2
	}
	END {
		while ((getline line <found) > 0) {
			split(line, f, " ")
			known = 0
			for (i = 1; i <= n; i++)
				if (index(f[1], file[i]) == 1 && type[i] == f[2])
					known = used[i] = 1
			if (!known)
				print "new: " line
		}
		for (i = 1; i <= n; i++)
			if (!used[i])
				print "no more: " file[i] " " type[i]
	}' >"$work/faults"
lacks "$work/faults" '^new: ' "nothing is found that the list does not allow"
lacks "$work/faults" '^no more: ' "all that the list allows is found"
done_testing
