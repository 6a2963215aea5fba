#!/bin/sh
# Every row of the interface has a test that looks for it when it has run, by
# the table in tests/abi/rows; and the table has every row that the program's
# headers have.

. tests/tap.sh

sed '/^#/d' tests/abi/rows >"$work/rows"
header=out/src/include/lguest.h

tab=$(printf '\t')
cut -f 2 "$work/rows" | sort -u >"$work/files"
while read -r file; do
	grep -q '^done_testing$' "$file"
	result $? "$file looks for its rows"
done <"$work/files"
is "$(grep -cv "^[^$tab]*$tab[^$tab]*${tab}[^$tab]" "$work/rows")" 0 'each row has words'

# A row that is not seen is a failed test.
mkdir -p "$work/tree/tests/abi"
printf 'one\tx.t\tseen here\ntwo\tx.t\tnot seen\n' >"$work/tree/tests/abi/rows"
cat >"$work/tree/x.t" <<EOT
. $top/tests/tap.sh
result 0 'words seen here'
result 1 'these are not seen'
done_testing
EOT
(cd "$work/tree" && sh x.t) >"$work/seen" 2>&1
matches "$work/seen" '^not ok 3 - all 2 rows' 'a row that is missing is a fault'
matches "$work/seen" '^# seen:     two: not seen$' '... by name'

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
