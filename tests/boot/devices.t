#!/bin/sh
# The Launcher's other devices on a real Host, their kicks by eventfds, and what
# --stats shows of them.

. tests/tap.sh
. tests/boot/lab.sh

in_host "the Host has nothing to say" -m -f out/tests/guests/disk \
	-f out/tests/guests/network <<'EOT'
{ echo 'first sector'; head -c 1011 /dev/zero; } >/image
runs 0 'a disk and random numbers' lguest --block=/image --rng 16 /disk
matches "$work/seen" '^first sector$' '... a sector is read'
is "$(grep -c '^disk: done$' "$work/seen")" 3 '... so are a write and a flush'
matches "$work/seen" '^rng: random$' '... and chance is random'
is "$(head -c 532 /image | tail -c 20)" 'written by the Guest' \
	'... what was written is in the file'
runs 0 'a Guest that is counted' lguest --stats 16 /disk
matches "$work/seen" '^call_SHUTDOWN 1$' '... has its hypercalls'
matches "$work/seen" '^exit_31 [1-9]' '... and its exits printed'
matches "$work/seen" '^leaf_tables [0-9]+$' '... and its shadows'

mkdir /net
lguest --net=/net 16 /network >"$work/first" 2>&1 &
first=$!
runs 0 'two Guests on a network' timeout 60 lguest --net=/net 16 /network
matches "$work/seen" '^network: all have come$' '... the second hears the first'
wait $first
is $? 0 '... and both end'
matches "$work/first" '^network: all have come$' '... the first heard the second'

mkdir -p /jail/net
chown student /jail/net
jailed="lguest -v --username=student --chroot=/jail --net=/net"
timeout 60 $jailed 16 /network >"$work/first" 2>&1 &
first=$!
runs 0 "two Guests without rights, in a folder of their own" \
	timeout 60 $jailed --block=/image --rng 16 /network
matches "$work/seen" "^network: all have come$" "... hear each other"
matches "$work/seen" "^Locked in: [0-9]+ steps$" "... and may do no more"
wait $first
is $? 0 "... and both end"
is "$(ls -l /jail/net | awk "NF > 5 { print \$3 }" | sort -u)" student \
	"... and their names belong to the user they are"
runs 1 "a user who is not there" lguest --username=nobody 16 /disk
matches "$work/seen" "^lguest: nobody: no such user" "... is said"
runs 0 "a disk for a Guest without rights" \
	lguest --username=student --chroot=/jail --block=/image --rng --stats 16 /disk
is "$(grep -c "^disk: done$" "$work/seen")" 3 "... works"
matches "$work/seen" "^call_SHUTDOWN 1$" "... and so do its statistics"
EOT

done_testing
