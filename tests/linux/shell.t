#!/bin/sh
# make shell, by somebody who sits at a terminal.

. tests/tap.sh

gcc -O2 -Wall -Wextra -o "$work/dialogue" tests/linux/dialogue.c -lutil ||
	exit

sits() {	# STATUS NAME DIALOGUE
	printf '%s\n' "$3" >"$work/lines"
	runs "$1" "$2" sh -c "'$work/dialogue' 900 make shell <'$work/lines'"
	tr -d '\r' <"$work/seen" >"$work/screen"
}

# What sleeps says so itself, for until it has begun ^C is for the shell, which
# thinks nothing of it, and goes to sleep.
sits 0 'a shell is there, and can be left' 'wait To leave it: exit
wait guest# 
type echo $((6 * 7)) of $(uname -r)
wait 42 of 6.1
wait guest# 
type sh -c "echo asleep $((40 + 2)); sleep 1000"
wait asleep 42
press ^C
wait guest# 
type tty; stty -a | head -n 1
wait guest# 
type exit'
matches "$work/screen" '^42 of 6\.1\.[0-9]+-lguest' 'it is that of Linux 6.1'
matches "$work/screen" '^/dev/hvc0' 'on the console of virtio'
matches "$work/screen" 'Guest powered off: Power down' \
	'to leave it switches the Guest off'

sits 0 'three ^C within a second are a way out, too' 'wait guest# 
press ^C^C^C'
lacks "$work/screen" 'powered off' 'whether the Guest likes it or not'

done_testing
