#!/bin/sh
# Many Guests, one after another and at once, and Launchers killed at any
# moment: nothing leaks, and nothing is said in the Host's log.

. tests/tap.sh
. tests/boot/lab.sh

in_host "the module unloads, and the Host's log is clean" -m -p 2 -t 1200 <<'EOT'
# Memory in use, in kB, without what the kernel would give back.
used() {
	sync
	echo 3 >/proc/sys/vm/drop_caches
	sleep 1
	awk '{ kb[$1] = $2 } END {
		print kb["MemTotal:"] - kb["MemFree:"] - kb["Buffers:"] \
			- kb["Cached:"] - kb["SReclaimable:"]
	}' /proc/meminfo
}

guest() {	# NUMBER: run the pup, and see that it did what it should
	lguest 16 /pup >"$work/out.$1" 2>"$work/err.$1"
	status=$?
	plan=$(sed -n 's/^1\.\.\([0-9]*\).*/\1/p' "$work/out.$1" | tr -d '\r')
	[ $status -eq 0 ] && [ "$(grep -c '^ok ' "$work/out.$1")" = "$plan" ] &&
		return 0
	echo "Guest $1 ended with status $status:" | say
	say <"$work/out.$1"
	say <"$work/err.$1"
	return 1
}

leaks() {	# NAME: does memory come back?
	after=$(used)
	[ $((after - before)) -lt 200 ]
	result $? "$1: no memory is lost"
	echo "memory in use: $before kB before, $after kB after" | say
	before=$after
}

unused() {	# NAME: does nobody hold the module or run a Guest?
	is "$(awk '$1 == "lg" { print $3 }' /proc/modules)" 0 \
		"$1: nobody holds the module"
	is "$(pidof lguest)" '' "$1: no Launcher is left"
}

now() {
	awk '{ print int($1 * 1000) }' /proc/uptime
}

for n in 1 2 3; do
	guest warm
done
result $? "a Guest runs"
start=$(now)
guest warm
each=$(($(now) - start))
echo "one Guest takes $each ms" | say
before=$(used)

bad=0 n=0
while [ $n -lt 100 ]; do
	n=$((n + 1))
	guest one || bad=$((bad + 1))
done
is $bad 0 "100 Guests, one after another"
leaks "100 Guests"
unused "100 Guests"

bad=0 round=0
while [ $round -lt 4 ]; do
	round=$((round + 1))
	for n in 1 2 3 4 5 6 7 8; do
		{ guest $n && echo good >"$work/ended.$n"; } &
	done
	wait
	for n in 1 2 3 4 5 6 7 8; do
		grep -q good "$work/ended.$n" || bad=$((bad + 1))
		rm -f "$work/ended.$n"
	done
done
is $bad 0 "8 Guests at a time, four times"
leaks "8 at a time"
unused "8 at a time"

seed=$(awk '{ print int($1 * 100) }' /proc/uptime)
awk -v seed="$seed" -v each="$each" 'BEGIN {
	srand(seed)
	for (n = 0; n < 50; n++)
		printf "%d\n", rand() * each * 1000
}' >"$work/moments"
echo "the seed of the 50 moments is $seed" | say
killed=0
while read -r moment; do
	lguest 16 /pup >/dev/null 2>&1 &
	usleep "$moment"
	kill -9 $! 2>/dev/null && killed=$((killed + 1))
	wait $! 2>/dev/null
done <"$work/moments"
echo "$killed of them were still running" | say
[ $killed -ge 25 ]
result $? "50 Launchers killed with kill -9 at random moments"
leaks "50 killed"
unused "50 killed"

guest last
result $? "and a Guest still runs"
EOT

done_testing
