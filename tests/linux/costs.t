#!/bin/sh
# What things may cost in a Linux Guest, as a multiple of what the same kernel
# takes on the bare machine, counted in instructions; and how many millions of
# them may pass from the Launcher's first to init's.

. tests/tap.sh

runs 0 'the costs are counted' tests/bench/linux -i
cp "$work/seen" "$work/ratios"
while read -r name most what; do
	ratio=$(sed -n "s/^$name	//p" "$work/ratios")
	awk -v ratio="${ratio:-none}" -v most="$most" \
		'BEGIN { exit !(ratio + 0 > 0 && ratio + 0 <= most) }'
	result $? "$what: at most $most"
	echo "${ratio:-not counted}" | say
done <<'END'
syscall		1.10	a system call
signal		1.05	a signal
mmap		1.15	mmap and munmap
fault		1.60	a page fault
cow		1.80	a copy on write
protfault	2.00	a protection fault with its handler
refault		1.50	a page read again after eight other processes
fork		2.20	fork, exit and wait
forkbig		2.20	the same with a megabyte dirty
forkexec	2.20	fork and exec
shell		2.00	a shell that does nothing
pipe		1.35	through a pipe and back
block		1.50	a block of 4 KiB read
console		3.50	a line of 64 bytes on the console, which is two pieces for Linux
memcpy		1.01	a megabyte copied (a tick of the Host in between is 1.005)
boot		300	millions of instructions from Launcher to init
END

done_testing
