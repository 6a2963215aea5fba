#!/bin/sh
# Linux as a Guest, and the same kernel on a bare machine: what works on the
# one works on the other.

. tests/tap.sh
. tests/boot/lab.sh

linux=${OUT:-out}/linux
guest='lguest --initrd=/initrd 64 /vmlinux quiet'

in_lab() {	# EXPECTED-STATUS NAME COMMANDS lab/run's arguments…
	want=$1 name=$2 commands=$3
	shift 3
	lab "$want" "$name" -m -f "$linux/vmlinux" -f "$linux/initrd" \
		-t 240 "$@" -s "$commands"
}

results() {	# the checks and how they went
	tr -d '\r' | grep -E '^(not )?ok [0-9]|^1\.\.'
}

in_lab 0 'a Linux Guest checks itself' "$guest run=check"
results <"$work/seen" >"$work/guest"
lacks "$work/guest" '^not ok' 'nothing failed'
matches "$work/guest" '^1\.\.[0-9]+' 'it came to its end'
matches "$work/seen" '^lguest: Guest powered off: Power down' \
	'it switched itself off'

in_lab 0 'one on a Host with two CPUs, SMEP, SMAP and UMIP does the same' \
	"$guest run=check" -c max -p 2
results <"$work/seen" >"$work/max"
is "$(cat "$work/max")" "$(cat "$work/guest")" '... with the same results'

runs 0 'the same kernel boots on a bare machine' timeout 400 \
	qemu-system-i386 -accel tcg -m 64 -nodefaults -display none \
	-no-reboot -serial stdio -kernel "$linux/bzImage" \
	-initrd "$linux/initrd" \
	-append 'console=ttyS0 quiet panic=-1 run=check end=reboot'
results <"$work/seen" >"$work/bare"
is "$(cat "$work/bare")" "$(cat "$work/guest")" '... with the same results'

in_lab 1 'a Linux Guest that panics' "$guest run=panic"
matches "$work/seen" '^lguest: Guest died: CRASH: sysrq triggered crash' \
	'... is reported with its last words'

in_lab 0 'a Linux Guest that restarts' \
	"timeout 60 $guest end=reboot >/tmp/out 2>&1
	 grep -c 'Guest restarts' /tmp/out"
is "$(sed -n '/^[0-9]*$/p' "$work/seen" | awk '$1 > 1 { print "again" }')" \
	again '... is started again, and again'

done_testing
