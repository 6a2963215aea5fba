#!/bin/sh
# What a call of the Host may cost, in instructions, and that the book says so.

. tests/tap.sh

# The book speaks of the standard Host; another kernel has other costs.
if [ "${HOST:-686}" != 686 ]; then
	skip "the costs" "they are those of the Host 686"
	done_testing
fi
runs 0 "the costs can be measured" tests/bench/costs
cp "$work/seen" "$work/costs"

at_most() {	# NAME LIMIT WHAT
	cost=$(awk -v name="$1" '$1 == name { print $2 }' "$work/costs")
	[ "${cost:-999999}" -le "$2" ]
	result $? "$3: at most $2 instructions"
	echo "$cost instructions" | say
}

at_most hypercall 300 "an empty hypercall and back"
at_most flush-one 350 "the flush of one page"
at_most flush-all 3000 "the flush of everything"

while read -r name cost; do
	said=$(awk -v name="$name-instructions" '$1 == name { print $2 }' \
		book/facts/measured.tsv)
	[ $((cost * 100)) -le $((${said:-0} * 105)) ] &&
		[ $((cost * 100)) -ge $((${said:-0} * 95)) ]
	result $? "the book's figure for $name is right within a twentieth"
	echo "measured $cost, printed $said; make bench prints anew" | say
done <"$work/costs"

done_testing
