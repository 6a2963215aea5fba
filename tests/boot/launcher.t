#!/bin/sh
# What the Launcher says when it is not given what it needs.

. tests/tap.sh
. tests/boot/lab.sh
. tests/launcher/build.sh

bzimage bz-sound out/pup >"$work/seen"

in_host "the Host is as it was" -M 512 -f "$work/bz-sound" \
	-a "^__vm_enough_memory: pid: [0-9]+, comm: lguest, (no|bytes: [0-9]+ not) enough memory" <<'EOT'
says() {	# STATUS NAME PATTERN COMMAND…
	want=$1 name=$2 pattern=$3
	shift 3
	runs "$want" "$name" "$@" && matches "$work/seen" "$pattern" "... says why"
}

# patch OFFSET BYTES: a copy of the pup with other bytes (as printf has them)
patch() {
	cp /pup "$work/patched"
	printf "$2" | dd of="$work/patched" bs=1 seek="$1" conv=notrunc 2>/dev/null
}

says 1 "no module" '^lguest: there is no /dev/lguest: load the module' \
	lguest 16 /pup
runs 0 "the module loads" insmod /lib/lg.ko
says 1 "no permission" '^lguest: /dev/lguest is not yours to open' \
	su student -c 'lguest 16 /pup'

says 0 "--help" '^usage: lguest .*MEMORY KERNEL' lguest --help
says 2 "no arguments" 'Try "lguest --help"' lguest
says 2 "an unknown option" 'Try "lguest --help"' lguest --nonsense 16 /pup
says 2 "no kernel" 'MEMORY and KERNEL' lguest 16
says 2 "memory that is no number" 'a number, like 64' lguest lots /pup
says 2 "negative memory" 'a number, like 64' lguest -- -16 /pup
says 2 "no memory" 'MB of memory, not 0' lguest 0 /pup
says 2 "more memory than there are addresses" 'MB of memory, not 4096' \
	lguest 4096 /pup

says 1 "a kernel that is not there" '/nowhere: cannot open the kernel' \
	lguest 16 /nowhere
says 1 "a folder" '/tmp: not a kernel' lguest 16 /tmp
: >"$work/empty"
says 1 "an empty file" 'not an ELF file' lguest 16 "$work/empty"
echo 'echo I am a script' >"$work/text"
says 1 "a text" 'not an ELF file' lguest 16 "$work/text"
for size in 1 100 5000 100000; do
	head -c $size /dev/urandom >"$work/random"
	says 1 "$size random bytes" 'not an ELF file' lguest 16 "$work/random"
done
for size in 4 16 51; do
	head -c $size /pup >"$work/cut"
	says 1 "the pup, cut after $size bytes" 'truncated: the ELF header' \
		lguest 16 "$work/cut"
done
head -c 60 /pup >"$work/cut"
says 1 "the pup, cut in its program headers" 'truncated: the program headers' \
	lguest 16 "$work/cut"
head -c 5000 /pup >"$work/cut"
says 1 "the pup, cut in its code" 'truncated: the contents' \
	lguest 16 "$work/cut"

# Places in an ELF file: 4 class, 16 type, 18 machine, 24 entry, 28 program
# headers; in the first of these, from 52 on: 4 offset, 12 physical address,
# 16 size in the file, 20 size in memory.
patch 4 '\002'
says 1 "a 64-bit kernel" 'not for the i386' lguest 16 "$work/patched"
patch 18 '\050'
says 1 "a kernel for another machine" 'not for the i386' lguest 16 "$work/patched"
patch 16 '\003'
says 1 "a kernel without an address" 'not an executable linked' \
	lguest 16 "$work/patched"
patch 28 '\377\377\377\377'
says 1 "program headers past the end" 'truncated: the program headers' \
	lguest 16 "$work/patched"
patch 44 '\377\377'
says 1 "65535 program headers" 'damaged: 65535 program headers' \
	lguest 16 "$work/patched"
patch 24 '\000\000\000\360'
says 1 "an entry outside of all code" 'no code at its entry point 0xf0000000' \
	lguest 16 "$work/patched"
patch 64 '\000\000\000\300'
says 1 "a segment at a virtual address" 'belongs at 0xc0000000, which no Guest' \
	lguest 16 "$work/patched"
patch 64 '\000\000\000\001'
says 1 "a segment past the Guest's memory" 'the Guest needs 17 MB at least' \
	lguest 16 "$work/patched"
patch 64 '\000\360\377\377'
says 1 "a segment that wraps around" 'belongs at 0xfffff000, which no Guest' \
	lguest 16 "$work/patched"
patch 64 '\000\000\000\000'
says 1 "a segment on the boot page" 'boot page is there' lguest 16 "$work/patched"
patch 72 '\377\377\377\377'
says 1 "a segment of 4 GB" 'which no Guest has|MB at least' \
	lguest 16 "$work/patched"
patch 72 '\001\000\000\000'
says 1 "a segment larger in the file than in memory" 'damaged: segment 0' \
	lguest 16 "$work/patched"
says 1 "the Host's own BusyBox" "^lguest: Guest died: " lguest 160 /bin/busybox
says 1 "more memory than the Host has" 'cannot have 2000 MB' lguest 2000 /pup

runs 0 "the pup, packed like a Linux" lguest 16M /bz-sound
runs 0 "after all this the pup still runs" lguest 16 /pup
runs 0 "the module unloads" rmmod lg
EOT

done_testing
