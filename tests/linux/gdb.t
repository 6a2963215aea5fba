#!/bin/sh
# make gdb, as the book walks through it: a page fault from the Host's side, and
# a system call from the Guest's.

. tests/tap.sh

lab/doctor --install gdb >"$work/installed" 2>&1 || {
	skip 'gdb in the lab' 'gdb is not to be had here'
	done_testing
}
runs 0 'gdb stops in the Host and in the Guest' timeout -s INT 600 \
	lab/gdb linux -batch -x tests/linux/watch.gdb
matches "$work/seen" '^#0 +demand_page .*src\.nw/H-host/page-tables\.nw:[0-9]' \
	'in the module, at a line of the book'
matches "$work/seen" '^#[1-9] .*host_' "called by the Host's own kernel"
matches "$work/seen" '^call from ring 3 in ring 1$' \
	'a system call goes from ring 3 to ring 1'
matches "$work/seen" '^the flag is 0$' 'whose first instruction clears the flag'

done_testing
