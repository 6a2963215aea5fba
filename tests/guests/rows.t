#!/bin/sh
# Every row of the interface has a test that names it, by the table in
# tests/abi/rows; and the table has every row that the program's headers have.

. tests/tap.sh

sed '/^#/d' tests/abi/rows >"$work/rows"
header=out/src/include/lguest.h

# The compiler joins what a string is made of over two lines; so do we.
tab=$(printf '\t')
while IFS="$tab" read -r row file words; do
	[ -f "$work/$(echo "$file" | tr / _)" ] ||
		tr -s ' \t\n' ' ' <"$file" | sed 's/" "//g' \
			>"$work/$(echo "$file" | tr / _)"
	[ -n "$words" ] &&
		grep -qF "$words" "$work/$(echo "$file" | tr / _)"
	result $? "$row" || echo "not in $file: $words" | say
done <"$work/rows"

names() {	# KIND: the names of that kind in the table
	sed -n "s/^$1 \([0-9]* \)\{0,1\}\([A-Za-z_0-9]*\).*/\2/p" \
		"$work/rows" | sort -u
}

sed -n 's/^#define LHCALL_\([A-Z_]*\)[[:space:]].*/\1/p' $header |
	grep -v '^RING_SIZE$' | sort -u >"$work/calls"
is "$(names call | tr '\n' ' ')" "$(tr '\n' ' ' <"$work/calls")" \
	"all $(wc -l <"$work/calls") hypercalls of the header are in the table"

sed -n '/^struct lguest_data {/,/^}/p' $header |
	sed -n 's/^\t.* \([a-z_0-9]*\)\(\[.*\]\)\{0,1\};.*/\1/p' | sort -u \
	>"$work/fields"
is "$(names field | tr '\n' ' ')" "$(tr '\n' ' ' <"$work/fields")" \
	"so are its $(wc -l <"$work/fields") fields of lguest_data"

sed -n 's/^\tLHREQ_\([A-Z]*\)[[:space:]]*=.*/\1/p' \
	out/src/include/lguest_launcher.h | sort -u >"$work/requests"
is "$(names request | tr '\n' ' ')" "$(tr '\n' ' ' <"$work/requests")" \
	"and the $(wc -l <"$work/requests") requests"

done_testing
