#!/bin/sh
# Guests and Launchers that do anything at all, while the pup does its lessons
# beside them and must pass them all. The seed is new each time and printed;
# SEED=n does the same again, and LONG=n takes n times as long.

. tests/tap.sh
. tests/boot/lab.sh

# The second machine ends where some seeds lead (live/differences): there it is
# one that does not.
[ "${MACHINE:-qemu}" = qemu ] || SEED=${SEED:-1}
SEED=${SEED:-$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')}
LONG=${LONG:-1}
# What the second machine's emulator cannot do, no Guest can try on it.
cannot=$(sed -n "s/^${MACHINE:-qemu}|fuzz|\([a-z]*\)|.*/\1/p" live/differences | tr '\n' ' ')
echo "$SEED $LONG $cannot" >"$work/settings"
echo "# SEED=$SEED LONG=$LONG"

random_host() {	# NAME lab/run's arguments
	in_host "$@" -m -t $((600 * LONG)) -f out/tests/hostile/fuzz:/fuzz \
		-f "$work/settings:/settings" <<'EOT'
read -r seed long cannot </settings

pup() {
	lguest 16 /pup >"$work/pup" 2>&1 </dev/null
	plan=$(sed -n 's/^1\.\.\([0-9]*\).*/\1/p' "$work/pup" | tr -d '\r')
	[ -n "$plan" ] && [ "$(grep -c '^ok ' "$work/pup")" = "$plan" ]
}

beside_the_pup() {	# NAME MODE COUNT
	case " $cannot " in
	*" $2 "*)
		skip "$1" "see live/differences"
		return
		;;
	esac
	good=0 bad=0
	{
		/fuzz "$2" "$seed" $(($3 * long)) >"$work/fuzz" 2>&1
		echo $? >"$work/done"
	} &
	while [ $((good + bad)) -eq 0 ] || [ ! -f "$work/done" ]; do
		if pup; then
			good=$((good + 1))
		else
			bad=$((bad + 1))
			say <"$work/pup"
		fi
	done
	wait
	is "$(cat "$work/done")" 0 "$1"
	say <"$work/fuzz"
	rm "$work/done"
	is "$bad" 0 "... and the pup, $good times beside it, noticed nothing"
}

runs 0 "a page that is not there kills" \
	timeout -s KILL 60 /fuzz hole 0 0
beside_the_pup "a million random hypercalls" calls 1000000
beside_the_pup "a hundred thousand edits of tables" tables 100000
beside_the_pup "random code in rings 1 and 3" code 100
beside_the_pup "a ring and tables that change while they are read" race 100
beside_the_pup "random requests by threads, forks, closes and kills" device 20
EOT
}

two='-p 2'
[ "${MACHINE:-qemu}" = qemu ] || two=
random_host "the module unloads, and the Host's log is clean" \
	$two ${CPU:+-c "$CPU"}

done_testing
