#!/bin/sh
# What the Launcher's devices cost, in instructions, and that nothing is lost:
# neither frames nor what a Guest was told is on the disk. One tick of the
# time-stamp counter is one instruction in this machine.

. tests/tap.sh
. tests/boot/lab.sh

in_host "the Host has nothing to say" -m -b 600 -q "-icount shift=0" \
	-f out/tests/guests/flood -f out/tests/guests/lines <<'EOT'
value() {	# NAME: the number behind it, in what was seen
	sed -n "s/^$1: \([0-9]*\).*/\1/p" "$work/seen"
}

runs 0 'lines on the console, into a file' lguest 16 /lines
cost=$(value 'lines: 64 KiB: thousands of ticks')
[ "${cost:-99999}" -le 30000 ]
result $? '64 KiB in lines of 64 bytes: under 30 million instructions'
echo "$cost thousand; 4 KiB at once:" \
	"$(value 'lines: 4 KiB: ticks') instructions" | say

mkdir /net
timeout 100 lguest --net=/net 16 /flood send >"$work/sender" 2>&1 &
sender=$!
until ls /net | grep -q .; do	# it hears only once that somebody is ready
	usleep 10000
done
runs 0 '8192 frames of 1514 bytes' timeout 100 lguest --net=/net 16 /flood
matches "$work/seen" '^flood: lost frames: 0$' '... and none is lost'
wait $sender
is $? 0 '... and the sender is thanked'
cp "$work/sender" "$work/seen"
cost=$(value 'flood: thousands of ticks')
# 12,402,688 bytes at 15 MiB a second, with 1,000 million instructions in it
[ "${cost:-9999999}" -le 788544 ]
result $? '... at more than 15 MiB in 1000 million instructions'
echo "$((12402688 / 1048576 * 1000000 / ${cost:-1})) MiB, rounded down" | say
EOT

in_host "the Host has nothing to say of killed Launchers" -m \
	-f out/tests/guests/journal <<'EOT'
# A sector's words must all be of one generation, not older than the last that
# was said to be safe, and at most one newer: that is what is being written.
check() {	# IMAGE SAFE
	od -A n -v -t u4 "$1" | awk -v safe="$2" '
		{
			sector = int((NR - 1) / 32)	# of 32 lines
			for (i = 1; i <= 4; i++) {
				if (!(sector in first))
					first[sector] = $i
				torn += $i != first[sector]
			}
		}
		END {
			for (s in first)
				bad += first[s] < safe || first[s] > safe + 1
			exit torn || bad
		}'
}

head -c 16384 /dev/zero >/image
rounds=0 sound=0 moved=0 before=0
while [ $rounds -lt 20 ]; do
	rounds=$((rounds + 1))
	: >"$work/said"
	lguest --block=/image 16 /journal >"$work/said" 2>/dev/null &
	tries=0
	until grep -q '^safe: 3$' "$work/said" || [ $tries -gt 1200 ]; do
		usleep 50000
		tries=$((tries + 1))
	done
	usleep $((rounds * 7919 % 40000))
	kill -9 $!
	wait $! 2>/dev/null
	while pidof lguest >/dev/null; do	# its life goes with it
		usleep 10000
	done
	safe=$(sed -n 's/^safe: \([0-9]*\)$/\1/p' "$work/said" | tail -n 1)
	check /image "${safe:-0}" && sound=$((sound + 1))
	[ "${safe:-0}" -lt 3 ] || moved=$((moved + 1))
done
is $moved 20 '20 Launchers are killed in the middle of writing'
is $sound 20 '... and all that the Guest had flushed is in the image'
head -c 8192 /dev/zero >/half
dd if=/half of=/image conv=notrunc 2>/dev/null
check /image "$safe"
is $? 1 'an image that has lost half of it would be seen'
EOT

done_testing
