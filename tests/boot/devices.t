#!/bin/sh
# The Launcher's other devices on a real Host, their kicks by eventfds.

. tests/tap.sh
. tests/boot/lab.sh

in_host "the Host has nothing to say" -m -f out/tests/guests/disk <<'EOT'
{ echo 'first sector'; head -c 1011 /dev/zero; } >/image
runs 0 'a disk and random numbers' lguest --block=/image --rng 16 /disk
matches "$work/seen" '^first sector$' '... a sector is read'
is "$(grep -c '^disk: done$' "$work/seen")" 3 '... so are a write and a flush'
matches "$work/seen" '^rng: random$' '... and chance is random'
is "$(head -c 532 /image | tail -c 20)" 'written by the Guest' \
	'... what was written is in the file'
EOT

done_testing
