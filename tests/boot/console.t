#!/bin/sh
# The Launcher's console on a real Host: lines in and out of the pup, and a
# Guest that never ends, on a terminal and off it.

. tests/tap.sh
. tests/boot/lab.sh
. tests/launcher/build.sh

i686-linux-gnu-gcc -O2 -static -o "$work/pty" tests/launcher/pty.c -lutil
result $? "the terminal for the test compiles"

in_host "the Host has nothing to say" -m -f "$work/pty" -f "$(elf spin)" <<'EOT'
echo 'is anybody there?' | lguest 16 /pup lesson=console >"$work/seen" 2>&1
is $? 0 'the pup reads a line from a pipe'
matches "$work/seen" '^# console: this line came by a ring' '... it speaks'
matches "$work/seen" '^# console: you said is anybody there\?$' '... and repeats it'
runs 0 'with nothing to read it ends as well' lguest 16 /pup lesson=console
lacks "$work/seen" 'you said' '... and repeats nothing'

on_terminal() {	# STATUS NAME ARGUMENT-OF-PTY…
	want=$1
	name=$2
	shift 2
	runs "$want" "$name" /pty "$@" -- lguest --verbose 16 /spin
	matches "$work/seen" '<terminal restored>' '... gives the terminal back'
}

on_terminal 130 'three ^C end a Guest that hangs' '\w\3\3\3'
matches "$work/seen" 'lguest: ended by three \^C' '... with a word'
on_terminal 143 'so does a signal' -s 15
runs 0 'typing at the pup' /pty hello -- lguest 16 /pup lesson=console
matches "$work/seen" 'you said hello' '... it answers'
lguest 16 /spin </dev/null &
sleep 1
kill -9 $!
wait $!
is $? 137 'a Guest that hangs can be killed'
n=0
while pidof lguest >/dev/null && [ $n -lt 100 ]; do	# its life goes with it
	n=$((n + 1))
	sleep 0.1
done
is "$(awk '$1 == "lg" { print $3 }' /proc/modules)" 0 '... and nobody holds the module'
EOT

done_testing
