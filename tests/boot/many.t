#!/bin/sh
# Sixty-four Guests of 16 MB at once on one Host, and what each costs it beyond
# the memory of its Launcher.

. tests/tap.sh
. tests/boot/lab.sh

in_host "the module unloads, and the Host's log is clean" -m -M 1536 -p 2 \
	-t 1200 -f out/tests/guests/endless:/endless <<'EOT'
kb() {
	awk -v name="$1:" '$1 == name { print $2 }' /proc/meminfo
}
used() {
	echo $(($(kb MemTotal) - $(kb MemFree) - $(kb Buffers) - $(kb Cached)))
}
guests() {
	ls /sys/kernel/debug/lguest | wc -l
}

before=$(used) anon=$(kb AnonPages)
n=0
while [ $n -lt 64 ]; do
	n=$((n + 1))
	lguest 16 /endless >/dev/null 2>&1 </dev/null &
done
n=0
until [ "$(guests)" = 64 ] || [ $n -gt 300 ]; do
	n=$((n + 1))
	sleep 1
done
is "$(guests)" 64 "64 Guests of 16 MB run at once"
ran=0 n=0
until [ $ran = 64 ] || [ $n -gt 300 ]; do
	n=$((n + 1))
	sleep 1
	ran=$(grep -l '^exit_' /sys/kernel/debug/lguest/* | wc -l)
done
is $ran 64 "each of them has run"
each=$((($(used) - before) / 64))
launchers=$((($(kb AnonPages) - anon) / 64))
echo "each costs $each kB, $launchers of them its Launcher's own memory" | say
[ $((each - launchers)) -le 400 ]
result $? "a Guest costs its Host $((each - launchers)) kB beyond its Launcher's"
lguest 16 /pup >"$work/pup" 2>&1 </dev/null
is $? 0 "beside them the pup passes its lessons"
killall -9 lguest
wait
n=0	# the last reference to a file may be dropped a little later
until [ "$(guests)" = 0 ] || [ $n -gt 30 ]; do
	n=$((n + 1))
	sleep 1
done
is "$(guests)" 0 "and all of them can be ended"
EOT

done_testing
