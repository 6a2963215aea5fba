#!/bin/sh
# Many Guests, one after another and at once, and Launchers killed at any
# moment: nothing leaks, and nothing is said in the Host's log.

. tests/tap.sh
. tests/boot/lab.sh

in_host "the module unloads, and the Host's log is clean" -m -p 2 -t 1200 \
	-a '^sh \([0-9]+\): drop_caches: 3$' \
	-f out/tests/guests/endless:/endless <<'EOT'
# Memory in use, in kB, without what the kernel would give back, and once it
# has given back all it will: three readings in a row that do not fall. Each CPU
# keeps some hundreds of free pages at hand; those are free, too.
used() {
	least=999999999 same=0
	while [ $same -lt 3 ]; do
		echo 3 >/proc/sys/vm/drop_caches
		sleep 1
		kb=$(awk '$1 == "count:" { percpu += 4 * $2 }
			{ kb[$1] = $2 }
			END { print kb["MemTotal:"] - kb["MemFree:"] \
				- kb["Buffers:"] - kb["Cached:"] \
				- kb["SReclaimable:"] - percpu
		}' /proc/meminfo /proc/zoneinfo)
		if [ "$kb" -lt $least ]; then
			least=$kb same=0
		else
			same=$((same + 1))
		fi
	done
	echo $least
}

unused() {	# NAME: does nobody hold the module or run a Guest?
	is "$(awk '$1 == "lg" { print $3 }' /proc/modules)" 0 \
		"$1: nobody holds the module"
	is "$(pidof lguest)" '' "$1: no Launcher is left"
}

# A page lost by each of 100 Guests would be 400 kB. What a Guest loses it loses
# each time, while a cache of the kernel's grows only once: so it is enough if
# the memory comes back in one of three rounds.
no_leak() {	# NAME COMMAND
	lost=300 rounds=0
	: >"$work/memory"
	while [ $lost -ge 300 ] && [ $rounds -lt 3 ]; do
		rounds=$((rounds + 1))
		before=$(used)
		$2
		after=$(used)
		lost=$((after - before))
		echo "memory in use: $before kB before, $after kB after" \
			>>"$work/memory"
	done
	[ $lost -lt 300 ]
	result $? "$1: no memory is lost"
	say <"$work/memory"
	unused "$1"
}

guest() {	# NUMBER: run the pup, and see that it did what it should
	timeout -s KILL 600 lguest 16 /pup >"$work/out.$1" \
		2>"$work/err.$1" </dev/null
	status=$?
	plan=$(sed -n 's/^1\.\.\([0-9]*\).*/\1/p' "$work/out.$1" | tr -d '\r')
	[ $status -eq 0 ] && [ "$(grep -c '^ok ' "$work/out.$1")" = "$plan" ] &&
		return 0
	echo "Guest $1 ended with status $status:" | say
	say <"$work/out.$1"
	say <"$work/err.$1"
	return 1
}

eight() {	# eight Guests at once; count the good ones
	for n in 1 2 3 4 5 6 7 8; do
		{ guest $n && : >"$work/good.$n"; } &
	done
	wait
	wanted=$((wanted + 8))
	good=$((good + $(ls "$work" | grep -c '^good')))
	rm -f "$work"/good.*
}

kill_at_random() {	# KERNEL: how many were running when they were killed?
	killed=0
	while read -r moment; do
		lguest 16 "$1" >/dev/null 2>&1 </dev/null &
		usleep "$moment"
		kill -9 $! 2>/dev/null
		wait $! 2>/dev/null
		[ $? -ne 137 ] || killed=$((killed + 1))
		while pidof lguest >/dev/null; do	# its life goes with it
			usleep 10000
		done
	done <"$work/moments"
	echo $killed
}

hundred() {
	n=0
	while [ $n -lt 100 ]; do
		n=$((n + 1))
		guest one || bad=$((bad + 1))
	done
}

twelve_eights() {
	round=0
	while [ $round -lt 12 ]; do
		round=$((round + 1))
		eight
	done
}

kill_hundred() {
	pups=$((pups + $(kill_at_random /pup)))
	[ "$(kill_at_random /endless)" = 50 ] || early=yes
}

now() {
	awk '{ print int($1 * 1000) }' /proc/uptime
}

guest warm
result $? "a Guest runs"
eight
eight
each=999999
for round in 1 2 3; do
	start=$(now)
	guest warm
	took=$(($(now) - start))
	[ $took -ge $each ] || each=$took
done
echo "one Guest takes $each ms" | say
bad=0
no_leak "100 Guests" hundred
is $bad 0 "100 Guests, one after another"

good=0 wanted=0
no_leak "8 at a time" twelve_eights
is $good $wanted "8 Guests at a time, 12 times"

seed=$(awk '{ print int($1 * 100) }' /proc/uptime)
awk -v seed="$seed" -v each="$each" 'BEGIN {
	srand(seed)
	for (n = 0; n < 50; n++)
		printf "%d\n", rand() * each * 1000
}' >"$work/moments"
echo "the seed of the 50 moments is $seed" | say
pups=0 early=no
no_leak "100 killed" kill_hundred
[ "$pups" -ge 10 ]
result $? "50 Launchers of the pup killed with kill -9 at random moments"
echo "$pups of them were still running" | say
is $early no "50 Launchers of an endless Guest killed"

guest last
result $? "and a Guest still runs"
EOT

done_testing
