#!/bin/sh
# The second machine, v86: the pup says on it what it says in QEMU, and what
# goes wrong in the machine is told. make check MACHINE=v86 does more on it.

. tests/tap.sh
. tests/boot/lab.sh

results() {	# the pup's checks, and how it ended
	tr -d '\r' <"$work/seen" | grep -E '^(not )?ok|^1\.\.|^lguest:'
}

lab 0 "QEMU: the pup powers off" -m -s 'lguest 16 /pup 2>&1'
results >"$work/qemu"
matches "$work/qemu" '^1\.\.[0-9]+' "... and came to its plan"

MACHINE=v86
export MACHINE
lab 0 "v86: the pup powers off" -m -s 'lguest 16 /pup 2>&1'
results >"$work/v86"
is "$(cat "$work/v86")" "$(cat "$work/qemu")" "... with the same results"

lab 205 "v86: a Host that panics" -s 'echo c >/proc/sysrq-trigger'
matches "$work/seen" '^lab: the Host panicked: .*sysrq triggered crash' \
	"... is reported as in QEMU"
lab 208 "v86: two processors" -p 2 -s true
matches "$work/seen" 'v86 has one CPU' "... cannot be had"
lab 7 "v86: a script's status" -s 'exit 7'

grep '^v86|attack|' live/differences | cut -d'|' -f3 | while read -r name; do
	grep -q "\`$name\`" src.nw/M-mastery/two-machines.nw || echo "$name"
done >"$work/untold"
is "$(cat "$work/untold")" '' "the book tells of each attack that v86 cannot do"

env -u MAKEFLAGS -u MAKELEVEL -u TESTS make -n check >"$work/plan" 2>/dev/null
matches "$work/plan" 'prove .*tests/abi/interface\.t' \
	"make check MACHINE=v86 tries the whole interface"
matches "$work/plan" 'prove .*tests/hostile/fuzz\.t' \
	"... and runs the hostile suite"
lacks "$work/plan" 'prove .*tests/(boot/costs|linux/)' "... but not what v86 cannot do"

done_testing
