#!/bin/sh
# What a call of the Host may cost, in instructions, and that the book says so.

. tests/tap.sh
. tests/boot/lab.sh

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
at_most irq-pair 18 "interrupts off and on, after one was held back"

while read -r name cost; do
	said=$(awk -v name="$name-instructions" '$1 == name { print $2 }' \
		book/facts/measured.tsv)
	[ $((cost * 100)) -le $((${said:-0} * 105)) ] &&
		[ $((cost * 100)) -ge $((${said:-0} * 95)) ]
	result $? "the book's figure for $name is right within a twentieth"
	echo "measured $cost, printed $said; make bench prints anew" | say
done <"$work/costs"

# How often each operation leaves the Guest: page faults, then hypercalls, in
# two-hundredths, beyond what the same Guest needs to begin and to end.
in_host "the Host's log is clean" -m -f out/tests/bench/costs:/costs <<'EOT'
exits() {	# OPERATION: page faults and hypercalls
	lguest --stats 16 /costs "op=$1" </dev/null 2>&1 | awk '
		$1 == "exit_14" { faults = $2 }
		$1 == "exit_31" { calls = $2 }
		END { print faults + 0, calls + 0 }'
}

set -- $(exits none)
faults=$1 calls=$2
while read -r op want_faults want_calls; do
	set -- $(exits $op)
	f=$((($1 - faults + 20) / 200)) c=$((($2 - calls + 20) / 200))
	is "$f $c" "$want_faults $want_calls" \
		"$op: page faults and hypercalls that leave the Guest"
done <<'OPS'
fresh-page 1 1
protection-fault 1 2
eight-spaces 0 9
irq-pair 0 0
OPS
EOT

done_testing
