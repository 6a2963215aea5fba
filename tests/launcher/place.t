#!/bin/sh
# --console: a file, a socket or a pseudo-terminal in place of ours.

. tests/tap.sh
. tests/launcher/build.sh
compile caller "$top/tests/launcher/caller.c"

sound=$(elf sound)

echo 'an old line' >"$work/file"
"$bin/played" --console="$work/file" 4 "$sound" hello >"$work/out" \
	2>"$work/seen" </dev/null
is $? 0 'a console in a file'
is "$(cat "$work/file")" "$(printf 'an old line\nHello, world')" \
	'... has the lines behind the old ones'
is "$(cat "$work/out")" '' '... and nothing is printed here'
rm "$work/file"
runs 0 'a restart' "$bin/played" --console="$work/file" 4 "$sound" restart
is "$(cat "$work/file")" "$(printf 'first life\nsecond life')" \
	'... has both lives in it'
echo 'not for the Guest' |
	"$bin/played" --console="$work/file" 4 "$sound" input >"$work/seen" 2>&1
is $? 1 'standard input is not its keyboard'
runs 1 'a file that cannot be' "$bin/played" --console="$work/no/file" 4 \
	"$sound" hello
matches "$work/seen" 'no/file: no console there: No such file' '... is said'

"$bin/played" --console=socket:"$work/socket" 4 "$sound" cat \
	>"$work/out" 2>"$work/err" </dev/null &
played=$!
runs 0 'somebody at a socket' "$bin/caller" "$work/socket" 'said from afar'
is "$(cat "$work/seen")" 'said from afar' '... gets an answer'
wait $played
is $? 0 '... and the Guest ends'
[ ! -e "$work/socket" ]
result $? '... and the name is gone'
"$bin/played" --console=socket:"$work/socket" 4 "$sound" restart \
	>"$work/out" 2>&1 </dev/null &
played=$!
runs 0 'somebody at a socket hears' "$bin/caller" "$work/socket" ''
is "$(cat "$work/seen")" "$(printf 'first life\nsecond life')" '... both lives'
wait $played
is "$(grep -c 'waiting for somebody' "$work/out")" 1 '... and calls once'
: >"$work/socket"
runs 1 'a name that is taken' "$bin/played" --console=socket:"$work/socket" 4 \
	"$sound" hello
matches "$work/seen" 'no socket for the console: Address already in use' \
	'... is said'
runs 2 'a long name' "$bin/played" \
	--console=socket:"$work/$(printf '%0100d' 1)" 4 "$sound" hello
matches "$work/seen" 'too long a name for a socket' '... is said'

on_pty() {	# PLAY KEYS: the status is the Launcher's
	: >"$work/seen"
	"$bin/played" --console=pty 4 "$sound" "$1" >"$work/out" \
		2>"$work/seen" </dev/null &
	played=$!
	tries=0
	until grep -q '^lguest: the console is' "$work/seen"; do
		tries=$((tries + 1))
		[ $tries -lt 100 ] || break
		sleep 0.1
	done
	pty=$(sed -n 's/^lguest: the console is //p' "$work/seen")
	[ "$pty" ] || { kill $played; return 1; }
	cat "$pty" >"$work/copy" 2>/dev/null &
	sleep 0.5
	# shellcheck disable=SC2059
	printf "$2" >"$pty"
	wait $played
}

on_pty cat 'typed at the other end\n'
is $? 0 'a pseudo-terminal'
matches "$work/copy" '^typed at the other end' '... is read and written'
on_pty sleep '\003\003\003'
is $? 130 'three ^C typed there'
matches "$work/seen" 'ended by three \^C' '... end the Launcher'

done_testing
