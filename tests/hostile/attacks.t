#!/bin/sh
# The known attacks, one Guest for each: each ends as its table says, and the
# Host does not notice. They are in attacks.c. Some names on the command line
# or in ATTACKS try only these.

. tests/tap.sh
. tests/boot/lab.sh

names=${*:-${ATTACKS:-}}
list=out/tests/hostile/attacks.list
partly=$names
if [ -n "$names" ]; then
	for name in $names; do
		grep "^$name|" $list
	done >"$work/list"
else
	cp $list "$work/list"
fi

# What the second machine's emulator cannot do, no Guest can try on it.
if [ "${MACHINE:-qemu}" != qemu ]; then
	sed -n "s/^$MACHINE|attack|//p" live/differences >"$work/cannot"
	while IFS='|' read -r name why; do
		skip "$name" "$why"
		sed -i "/^$name|/d" "$work/list"
	done <"$work/cannot"
fi

attack_host() {	# NAME lab/run's arguments: all of them on one machine
	machine_has "$@" || return
	in_host "$@" -m -t 400 -f out/tests/hostile/attacks:/attacks \
		-f "$work/list:/attacks.list" <<'EOT'
pup() {
	lguest 16 /pup >"$work/pup" 2>&1 </dev/null
	plan=$(sed -n 's/^1\.\.\([0-9]*\).*/\1/p' "$work/pup" | tr -d '\r')
	[ "$(grep -c '^ok ' "$work/pup")" = "$plan" ]
}

while IFS="|" read -r name ends about; do
	limit=100
	case $ends in
	survives) want=0 ends="Guest powered off: main returned" ;;
	endless) want=137 ends= limit=2 ;;
	fails:*) want=1 ends=${ends#fails: } ;;
	*) want=1 ends="Guest died: $ends" ;;
	esac
	timeout -s KILL $limit lguest 16 /attacks "attack=$name" \
		>"$work/seen" 2>&1 </dev/null
	status=$?
	[ $status -eq $want ] &&
		{ [ -z "$ends" ] || grep -qaE "^lguest: $ends" "$work/seen"; }
	result $? "$name: $about" || {
		echo "expected: status $want, $ends"
		echo "seen:     status $status"
		cat "$work/seen"
	} | say
done </attacks.list

pup
result $? "and the pup passes its lessons"
EOT
}

attack_host "the module unloads, and the Host's log is clean"
attack_host "... and with two processors of the newest kind" -c max -p 2

done_testing
