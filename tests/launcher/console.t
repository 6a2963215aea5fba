#!/bin/sh
# The console's input side, and the terminal that is borrowed for it.

. tests/tap.sh
. tests/launcher/build.sh
compile pty "$top/tests/launcher/pty.c" -lutil

sound=$(elf sound)

echo 'a line for the Guest' |
	"$bin/played" 4 "$sound" input >"$work/seen" 2>&1
is $? 0 'a line arrives'
matches "$work/seen" '^a line for the Guest$' '... in two buffers of a chain'

awk 'BEGIN { for (i = 0; i < 3000; i++) print i }' >"$work/numbers"
"$bin/played" 4 "$sound" cat <"$work/numbers" >"$work/copy" 2>"$work/seen"
is $? 0 'fourteen kilobytes arrive'
cmp "$work/numbers" "$work/copy" >/dev/null
result $? '... in order, and complete'

runs 0 'the end of standard input is harmless' "$bin/played" 4 "$sound" eof
"$bin/played" 4 "$sound" eof <&- >"$work/seen" 2>&1
is $? 0 'so is no standard input at all'
"$bin/played" 4 "$sound" closed <&- >&- 2>&-
is $? 0 'closed files are replaced by /dev/null'
printf '\003\003\003x' | "$bin/played" 4 "$sound" cat >"$work/seen" 2>&1
is $? 0 'three ^C in a pipe are characters like others'
echo x | "$bin/played" 4 "$sound" input_readable >"$work/seen" 2>&1
is $? 1 'a buffer of the wrong kind'
matches "$work/seen" 'console input queue: the console only writes it' '... is told'
"$bin/played" 4 "$sound" hello >/dev/full 2>"$work/seen"
is $? 1 'a full disk'
matches "$work/seen" "cannot write the Guest's output: No space" '... is told'

on_terminal() {	# STATUS NAME ARGUMENT-OF-PTY… -- PLAY
	want=$1
	name=$2
	shift 2
	pty=
	while [ "$1" != -- ]; do
		pty="$pty $1"
		shift
	done
	# shellcheck disable=SC2086
	runs "$want" "$name" "$bin/pty" $pty -- "$bin/played" 4 "$sound" "$2"
	matches "$work/seen" '<terminal restored>' '... gives the terminal back'
}

on_terminal 0 'a power-off' -- poweroff
on_terminal 1 'a crash' -- crash
on_terminal 1 'a broken driver' -- bad_head
on_terminal 0 'a restart' -- restart
on_terminal 130 'three ^C' '\3\3\3' -- sleep
matches "$work/seen" '<raw>' '... and was raw meanwhile'
matches "$work/seen" 'lguest: ended by three \^C' '... and says so'
on_terminal 130 'three ^C after a slow one' '\3\w\3\w\3\3' -- sleep
on_terminal 143 'two ^C, a key and one ^C do not end it' \
	'\3\3x\3\w' -s 15 -- sleep
on_terminal 143 SIGTERM -s 15 -- sleep
on_terminal 130 SIGINT -s 2 -- sleep
on_terminal 129 SIGHUP -s 1 -- sleep
on_terminal 131 SIGQUIT -s 3 -- sleep

done_testing
