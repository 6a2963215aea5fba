#!/bin/sh
# The proof fails where book and program differ, and the figures are right.

. tests/tangle/lib.sh

bound figures <<'END'
# Four words of title

One line of prose, with [[x]] in it.

<<host/x.c>>=
/* SPDX-License-Identifier: GPL-2.0 */

/*
 * A comment of three lines.
 */
int x;	/* counted */ // once
const char *s = "/* no comment */";
<<count>>
<<count>>
if (<<hold>>) {}
@

It is used twice.

<<count>>=
	x++;
@

A use in a line.

<<hold>>=
x > 0
@

A variant is not counted.

<<hold [student]>>=
0
@

Code of make.

<<host/Kbuild>>=
# a comment

obj-m := x.o # and another
@
END
printf 'group\thost\thost/\nlimit\t7\thost\n' >"$book/tangle/budget"

cover() {
	tangle_book >/dev/null
	in_book "$top/tangle/coverage" "$@"
}

runs 0 'a whole book is covered' cover
matches "$work/seen" '^  host/x.c +10 +10 100.0 %$' 'every line of a file'
matches "$work/seen" '^  the whole program +13 +13 100.0 %$' 'of all files'
matches "$work/seen" '^  H +1 +4 +13 +12 +1 +0 +[0-9]+$' 'and of a part'
matches "$work/seen" '^  <<count>> goes into the program 2 times$' \
	'a chunk that is used twice is named'
matches "$work/seen" '^  host +6$' 'comments and blank lines are not code'
matches "$work/seen" '^  host: 6 of 7 lines$' 'the budget holds'

fact() { sed -n "s/^$1	//p" "$book/out/facts/tangle.tsv"; }
is "$(fact coverage) $(fact chunks-H) $(fact chapters-H) $(fact lines-host)" \
	'100 4 1 6' 'the facts say the same'
is "$(fact words-H)" "$(sed '/^<</,/^@/d' "$book"/src.nw/*/*.nw | tr ' ' '\n' |
	grep -c '[A-Za-z0-9]')" 'and count the words of the prose'
touch -d 2001-01-01 "$book/out/facts/tangle.tsv"
cover -q >"$work/seen"
is "$(cat "$work/seen")" '' 'with -q it is silent'
is "$(find "$book/out/facts" -type f -newermt 2002-01-01)" '' \
	'and facts that do not change keep their date'

# ---- Four gaps. ----

echo 'limit 5 host' >>"$book/tangle/budget"
runs 1 'a budget that is exceeded fails' in_book "$top/tangle/coverage"
matches "$work/seen" \
	'^tangle/budget:3: error: the budget is exceeded by 1 lines$' 'by name'
sed -i '$d' "$book/tangle/budget"

sed -i 's/^	x++;$/	x--;/' "$book/out/tangle/src"
runs 1 'a line that differs fails' in_book "$top/tangle/coverage"
matches "$work/seen" '^out/src/host/x.c:9: error: this line is not from the' \
	'by name'

cover >/dev/null
sed -i 's/^int x;.*/&\nint y;/' "$book/out/tangle/src"
runs 1 'a line too many fails' in_book "$top/tangle/coverage"
matches "$work/seen" '^out/src/host/x.c:7: error: this line is not from the' \
	'by name'

cat >>"$book/src.nw/H-host/figures.nw" <<'END'

Nothing uses this.

<<forget>>=
int forgotten;
@
END
runs 1 'a chunk that goes nowhere fails' cover
matches "$work/seen" '^src.nw/H-host/figures.nw:47: error: this line of chunk' \
	'by file and line'
matches "$work/seen" '^  H +1 +5 +14 +12 +1 +1 ' 'and is in the table'
is "$(fact coverage)" '92.9' 'and in the facts'

done_testing
