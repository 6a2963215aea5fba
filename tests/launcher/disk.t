#!/bin/sh
# A disk that is a file, a source of random numbers, and the threads behind.

. tests/tap.sh
. tests/launcher/build.sh

sound=$(elf sound)

image() {	# sixteen sectors that know their numbers, and a bit more
	awk 'BEGIN {
		for (i = 0; i < 16; i++) {
			s = "sector " i " "
			while (length(s) < 512)
				s = s "."
			printf "%s", s
		}
		printf "too short to be a sector"
	}' >"$work/disk"
}

plays() {	# PLAY [SUFFIX]
	image
	runs 0 "$1" "$bin/played" --block="$work/disk${2-}" 4 "$sound" "$1"
}

breaks() {	# PLAY WORDS
	image
	runs 1 "$1" "$bin/played" --block="$work/disk" 4 "$sound" "$1"
	matches "$work/seen" "the rules of its disk queue: $2" "... is told: $2"
}

sector() {	# N: what is in the file there
	dd if="$work/disk" bs=512 skip="$1" count=1 2>/dev/null
}

plays disk
plays disk_read
plays disk_pieces
plays disk_write
is "$(sector 3)" "$(printf '%512s' '' | tr ' ' w)" '... its sector is in the file'
is "$(sector 2 | cut -c1-9)" 'sector 2 ' '... the one before is as it was'
is "$(sector 5 | cut -c1-9)" 'sector 5 ' '... and the one behind'
plays disk_old_driver
plays disk_reset
plays disk_full_ring
plays disk_slow
plays disk_errors
cp "$work/disk" "$work/after"
image
cmp "$work/disk" "$work/after" >/dev/null
result $? '... and wrote nothing'
plays disk_read_only :ro
cp "$work/disk" "$work/after"
image
cmp "$work/disk" "$work/after" >/dev/null
result $? '... and wrote nothing'

SYNC_FAILS=1 plays disk_sync_fails
is "$(grep -c 'Input/output error; the Guest is told' "$work/seen")" 1 \
	'... and the user, once'
DISK=$work/disk plays disk_shrunk
matches "$work/seen" 'disk: No data available; the Guest is told' \
	'... is said'

words='a request without header or outcome'
breaks disk_no_header "$words"
breaks disk_short_header "$words"
breaks disk_no_outcome "$words"
breaks disk_empty_outcome "$words"
breaks disk_beyond '512 bytes at 0x409e01 are not in its memory'

refused() {	# WORDS ARGUMENT…
	words=$1
	shift
	runs 1 "$*" "$bin/played" "$@" 4 "$sound" poweroff
	matches "$work/seen" "^lguest: .*$words" "... $words"
}

image
refused 'nodisk: cannot open the disk: No such file' --block="$work/nodisk"
refused 'a disk is a file or a block device' --block=/dev/null
refused 'a disk is a file or a block device' --block="$work:ro"
refused 'another Guest has this disk' --block="$work/disk" --block="$work/disk"
refused 'another Guest has this disk' --block="$work/disk" \
	--block="$work/disk:ro"
runs 0 'two may read it' "$bin/played" --block="$work/disk:ro" \
	--block="$work/disk:ro" 4 "$sound" poweroff
head -c 511 /dev/zero >"$work/tiny"
refused 'tiny: a disk has 512 bytes at least' --block="$work/tiny"
set --
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do
	set -- "$@" --block="$work/disk:ro"
done
runs 0 'sixteen disks' "$bin/played" "$@" 4 "$sound" poweroff
runs 2 'seventeen' "$bin/played" "$@" --block="$work/disk:ro" 4 "$sound"
matches "$work/seen" 'more than 16 disks' '... are too many'

runs 0 rng "$bin/played" --rng 4 "$sound" rng
runs 1 rng_readable "$bin/played" --rng 4 "$sound" rng_readable
matches "$work/seen" 'its random numbers queue: the die only writes' '... is told'
runs 1 rng_loop "$bin/played" --rng 4 "$sound" rng_loop
matches "$work/seen" 'the chain at 0 is a loop' '... is told'

done_testing
