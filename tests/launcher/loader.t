#!/bin/sh
# What the Launcher says to kernel files of every kind.

. tests/tap.sh
. tests/launcher/build.sh

refuses() {	# KIND WORDS
	runs 1 "$1 is refused" "$bin/played" 4 "$(elf "$1")" poweroff
	matches "$work/seen" "^lguest: .*$2" "... because: $2"
	lacks "$work/seen" 'early words' '... and nothing ran'
}

loads() {	# KIND MEMORY
	runs 0 "$1 is loaded into $2 MB" \
		"$bin/played" "$2" "$(elf "$1")" poweroff
	matches "$work/seen" '^early words$' '... and runs'
}

loads sound 2
loads sound 1024
loads vmcall 4
loads vmmcall 4
loads other-headers 4
loads after-boot-page 4
loads three-megabytes 3

refuses magic 'not an ELF file'
refuses empty 'not an ELF file'
refuses three-bytes 'not an ELF file'
refuses four-bytes 'truncated: the ELF header'
refuses cut-header 'truncated: the ELF header: 52 bytes wanted, 51 there'
refuses class 'not for the i386'
refuses order 'not for the i386'
refuses machine 'not for the i386'
refuses type 'not an executable'
refuses dynamic 'not an executable'
refuses phentsize 'damaged: 2 program headers of 56 bytes'
refuses no-segments 'damaged: 0 program headers'
refuses many-segments 'damaged: 33 program headers'
refuses 65535-segments 'damaged: 65535 program headers'
refuses phoff 'truncated: the program headers'
refuses phoff-end 'truncated: the program headers'
refuses cut-segments 'truncated: the program headers'
refuses offset 'truncated: the contents'
refuses cut-data 'truncated: the contents'
refuses filesz 'damaged: segment 1 has 65537 bytes for 65536'
refuses filesz-wraps 'segment 1 belongs at 0x101000, which no Guest has'
refuses boot-page 'segment 1 is at 0x1000, but the boot page'
refuses boot-page-edge 'segment 1 is at 0x17ff, but the boot page'
refuses virtual 'segment 1 belongs at 0xc0101000, which no Guest has'
refuses wraps 'segment 1 belongs at 0xfffff000, which no Guest has'
refuses overlap 'segments 0 and 1 overlap'
refuses inside 'segments 0 and 1 overlap'
refuses entry-virtual 'no code at its entry point 0xc0100000'
refuses entry-in-data 'no code at its entry point'
refuses entry-behind 'no code at its entry point'
refuses entry-before 'no code at its entry point'
refuses no-code 'no code at its entry point'
refuses no-hypercall 'without a single hypercall'
refuses hypercall-in-data 'without a single hypercall'

runs 1 'a kernel just too large' "$bin/played" 3 "$(elf four-megabytes)" poweroff
matches "$work/seen" 'for segment 1 the Guest needs 4 MB at least' \
	'... with the memory that would do'

# Packed kernels: what is in the envelope is refused as if it had none.
packed() {	# KIND WORDS [PAYLOAD]
	runs 1 "$1 is refused" "$bin/played" 4 "$(bzimage "$1" "${3-}")" poweroff
	matches "$work/seen" "^lguest: .*$1: $2" "... because: $2"
	lacks "$work/seen" "early words" "... and nothing ran"
}
runs 0 "a packed kernel is loaded" "$bin/played" -v 4 "$(bzimage bz-sound)" \
	poweroff
matches "$work/seen" "^early words$" "... and runs"
matches "$work/seen" "^Unpacked: [0-9]+ bytes$" "... unpacked"
packed bz-old "a bzImage from before 2.6.26"
packed bz-packer "a bzImage not packed by gzip"
packed bz-offset "truncated: 429496[0-9]* bytes wanted, [0-9]* there"
packed bz-length "truncated: 429496[0-9]* bytes wanted, [0-9]* there"
packed bz-behind "truncated: [0-9]* bytes wanted, [0-9]* there"
packed bz-sectors "truncated: 13[0-9]* bytes wanted"
packed bz-sum "damaged: the payload does not unpack"
packed bz-damaged "damaged: the payload does not unpack"
packed bz-short "damaged: the payload does not unpack"
packed bz-header "truncated: the boot header"
packed bz-empty "truncated: the payload"
head -c 5000000 /dev/zero >"$work/zeroes"
packed bz-sound "unpacks to more than the Guest.s memory" "$work/zeroes"
packed bz-sound "not an ELF file" /dev/null
packed bz-sound "not an ELF file" tests/tap.sh
packed bz-sound "not for the i386" "$(elf machine)"
packed bz-sound "without a single hypercall" "$(elf no-hypercall)"
packed bz-sound "not an ELF file" "$(bzimage bz-old)"

runs 1 'a kernel that is not there' "$bin/played" 4 "$work/nowhere"
matches "$work/seen" 'nowhere: cannot open the kernel: No such file' '... is said'
runs 1 'a folder' "$bin/played" 4 "$work"
matches "$work/seen" 'not even an ordinary file' '... is said'
runs 1 'a program of this machine' "$bin/played" 4 /bin/sh
matches "$work/seen" 'not for the i386' '... is said'

# A thousand sound files with a few bytes changed: 0 or 1, and nothing else.
compile fuzz-loader "$src/loader.c" "$src/memory.c" "$src/report.c" \
	"$top/tests/launcher/fuzz-loader.c" \
	"$top/tests/launcher/terminal.c" -lz
runs 0 'a thousand damaged files' "$bin/fuzz-loader" "$(elf sound)" 1000
matches "$work/seen" '^[1-9][0-9]* loaded, [1-9][0-9]* refused$' '... load or not'
runs 0 "three hundred damaged packed ones" "$bin/fuzz-loader" \
	"$(bzimage bz-sound)" 300
matches "$work/seen" "^[1-9][0-9]* loaded, [1-9][0-9]* refused$" "... load or not"

done_testing
