#!/bin/sh
# What the Launcher does with the file that --initrd names.

. tests/tap.sh
. tests/launcher/build.sh

initrd() {	# EXPECTED-STATUS NAME FILE
	runs "$1" "$2" "$bin/played" --verbose --initrd="$3" 4 \
		"$(elf sound)" poweroff
}

head -c 5000 /dev/zero >"$work/small"
initrd 0 'an initrd of two pages is taken' "$work/small"
matches "$work/seen" '^Initrd: 5000 bytes at 0x3fe000$' \
	'... to the top of memory, page-aligned'

head -c 4096 /dev/zero >"$work/page"
initrd 0 'an initrd of exactly one page is taken' "$work/page"
matches "$work/seen" '^Initrd: 4096 bytes at 0x3ff000$' '... to the last page'

head -c 8000000 /dev/zero >"$work/large"
initrd 1 'an initrd larger than memory is refused' "$work/large"
matches "$work/seen" 'large: the initrd has 8000000 bytes: .* 9 MB at least' \
	'... with the memory it would need'
lacks "$work/seen" 'early words' '... and nothing ran'

: >"$work/empty"
initrd 1 'an empty initrd is refused' "$work/empty"
matches "$work/seen" 'empty: not an initrd, but empty' '... as such'
initrd 1 'a folder as initrd is refused' "$work"
matches "$work/seen" 'not an initrd, but no ordinary file' '... as such'
initrd 1 'a missing initrd is refused' "$work/missing"
matches "$work/seen" 'missing: cannot open the initrd: No such file' \
	'... as such'
runs 2 '--initrd without a file is a misuse' "$bin/played" --initrd

done_testing
