#!/bin/sh
# The three trees agree with stock notangle, with each other and with the book.

. tests/tangle/lib.sh

# ---- The real book. ----

chapters=$(real_book)
tangle/tangle "$work/out" $chapters >"$work/said"
matches "$work/said" '^  TANGLE   [0-9]+ files, [0-9]+ changed$' \
	'says how many files it made'

for root in $(cd "$work/out/map" && find . -type f | sed 's,^\./,,' | sort)
do
	notangle -t8 -R"$root" $chapters >"$work/stock"
	cmp "$work/stock" "$work/out/src/$root" &&
	grep -v '^#line [0-9]* "' "$work/out/build/$root" |
		cmp - "$work/out/src/$root"
	result $? "$root is what notangle makes, with and without #line"
done

# ---- Only what differs is touched. ----

bound touched <<'END'
# Two files

Both say one word.

<<host/x.c>>=
int x;
@

The other is not for a compiler.

<<host/Kbuild>>=
obj-m := x.o
@
END
echo 'host/x.c c 755' >"$book/tangle/roots"
echo 'host/Kbuild make 644' >>"$book/tangle/roots"
tangle_book >"$work/said"
is "$(cat "$work/said")" '  TANGLE   2 files, 2 changed' 'makes two files'
is "$(cd "$book/out" && stat -c '%a' src/host/x.c build/host/x.c \
	src/host/Kbuild | tr '\n' ' ')" '755 755 644 ' 'with their modes'

find "$book/out/src" "$book/out/build" -type f \
	-exec touch -d '2001-01-01' {} +
tangle_book >"$work/said"
is "$(cat "$work/said")" '  TANGLE   2 files, 0 changed' 'makes nothing anew'
is "$(find "$book/out/src" "$book/out/build" -type f -newermt 2002-01-01)" '' \
	'and leaves every date alone'

sed -i 's/^int x;/int x, y;/' "$book"/src.nw/*/*.nw
tangle_book >"$work/said"
is "$(cat "$work/said")" '  TANGLE   2 files, 1 changed' 'makes one file anew'
is "$(cd "$book/out" && find src build -type f -newermt 2002-01-01 | sort)" \
	"build/host/x.c
src/host/x.c" 'in both trees, and no other'

sed -i '/Kbuild/d' "$book/tangle/roots"
mkdir -p "$book/out/build/host"
echo ELF >"$book/out/build/host/x.o"
tangle_book >"$work/said"
is "$(cd "$book/out" && find src build map -type f | sort | tr '\n' ' ')" \
	'build/host/x.c build/host/x.o map/host/x.c src/host/x.c ' \
	'a root that is gone goes, what others made stays'

# ---- What does not tangle. ----

sed -i 's/^int x, y;/<<leave>>/' "$book"/src.nw/*/*.nw
runs 1 'refuses a book that does not tangle' tangle_book
matches "$work/seen" \
	'^src.nw/H-host/touched.nw:6: error: chunk <<leave>> is not defined' \
	'names file and line'
is "$(cat "$book/out/src/host/x.c")" 'int x, y;' 'keeps what it had made'

# ---- Speed: the book as it will be, in less than a second. ----

bound large <<'END'
# A large book
END
: >"$book/tangle/roots"
awk 'BEGIN {
	for (root = 1; root <= 60; root++) {
		print "host/f" root ".c c 644" >"/dev/stderr"
		print "\nA file.\n\n<<host/f" root ".c>>="
		for (i = 1; i <= 20; i++)
			print "\t<<do number " i " of " root ">>"
		print "@"
		for (i = 1; i <= 20; i++) {
			print "\nHere is a chunk, and a word or two about it."
			print "It takes two lines.\n"
			print "<<do number " i " of " root ">>="
			for (j = 1; j <= 8; j++)
				print "\tcall(" j ", \"a string\"); /* why */"
			print "@"
		}
	}
}' >>"$book/src.nw/H-host/large.nw" 2>"$book/tangle/roots"
lines=$(wc -l <"$book/src.nw/H-host/large.nw")
[ "$lines" -ge 16000 ]
result $? "a book of $lines lines"

# Processor time, so that a busy machine does not matter.
seconds() {	# COMMAND…
	"$@" >/dev/null
	times >"$work/times"
	awk 'NR == 2 {
		gsub(/s/, "")
		split($1, user, "m")
		split($2, sys, "m")
		print user[1] * 60 + user[2] + sys[1] * 60 + sys[2]
	}' "$work/times"
}
tangle_book >/dev/null
spent=$(seconds tangle_book)
echo "# tangled again in $spent s"
awk -v spent="$spent" 'BEGIN { exit !(spent > 0 && spent < 1) }'
result $? 'tangles again in under a second'

done_testing
