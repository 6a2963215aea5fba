#!/bin/sh
# The command line, the endings and their status, and the answers of the Host.

. tests/tap.sh
. tests/launcher/build.sh
compile host-errors "$src/memory.c" "$src/report.c" \
	"$top/tests/launcher/host-errors.c" "$top/tests/launcher/terminal.c"

sound=$(elf sound)
lguest=$bin/played

misused() {	# WORDS ARGUMENT…
	words=$1
	shift
	runs 2 "lguest $*" "$lguest" "$@"
	matches "$work/seen" "$words" "... $words"
	matches "$work/seen" 'Try "lguest --help"' '... and where to find help'
}

misused 'two words are needed: MEMORY and KERNEL'
misused 'two words are needed: MEMORY and KERNEL' 64
misused "unrecognized option '--memory'" --memory 64 "$sound"
misused 'a number, like 64, 64M or 65536K, not "64x"' 64x "$sound"
misused 'MEMORY is a number' '' "$sound"
misused 'MEMORY is a number' -- -1 "$sound"
misused 'from 2 to 2900 MB of memory, not 0' 0 "$sound"
misused 'from 2 to 2900 MB of memory, not 1' 1 "$sound"
misused 'from 2 to 2900' 2901 "$sound"
misused 'from 2 to 2900' 99999999999999999999999 "$sound"
misused "MEMORY is a number" 64mb "$sound"
misused "from 2 to 2900" 3G "$sound"
misused "from 2 to 2900" 2969601 "$sound"
misused "from 2 to 2900" 18446744073709551615K "$sound"
misused "from 2 to 2900" 4097K "$sound"
misused "two words are needed" --mem=64
misused 'the word is missing' --mem= "$sound"
misused '^lguest: --block=: the word is missing' --block= 4 "$sound"
for memory in 4 4M 4m 4096K 4096k; do
	"$lguest" -v "$memory" "$sound" boot kernel >"$work/seen" 2>&1
	matches "$work/seen" "^Guest memory: 4096 KB" "$memory is 4 MB"
	"$lguest" -v --mem="$memory" "$sound" boot "$memory" >"$work/seen" 2>&1
	matches "$work/seen" "^Guest memory: 4096 KB" "... and so it is with --mem"
done
runs 0 "a gigabyte" "$lguest" -v 1G "$sound" poweroff
matches "$work/seen" "^Guest memory: 1048576 KB" "... is one"
misused 'longer than 2047 bytes' 4 "$sound" "$(printf '%2047d' 1)" x
runs 0 'a command line of 2047 bytes' "$lguest" 4 "$sound" poweroff \
	"$(printf '%2038d' 1)"

runs 0 --help "$lguest" --help
matches "$work/seen" '^usage: lguest' '... is the usage'
matches "$work/seen" '^Exit status: 0' '... with the exit codes'
is "$("$lguest" -h 2>/dev/null)" "$(cat "$work/seen")" '... on standard output'
runs 0 --version "$lguest" --version
matches "$work/seen" '^lguest [0-9]' '... has a number'

"$lguest" 4 "$sound" poweroff >"$work/out" 2>"$work/err" </dev/null
is $? 0 'a power-off'
is "$(cat "$work/out")" 'early words' '... nothing but the Guest on stdout'
is "$(cat "$work/err")" 'lguest: Guest powered off: Goodnight' '... one quiet line'
"$lguest" --verbose 4 "$sound" poweroff >"$work/out" 2>"$work/err" </dev/null
is "$(cat "$work/out")" 'early words' '--verbose does not speak there'
matches "$work/err" '^Segment 1: 65536 bytes at 0x101000' '... but of segments'
matches "$work/err" '^Guest starts at 0x100000' '... and of more'

dies() {	# PLAY WORDS
	runs 1 "$1" "$lguest" 4 "$sound" "$1"
	matches "$work/seen" "^lguest: $2\$" "... $2"
}
dies crash 'Guest died: CRASH: fire in the hall'
dies killed 'Guest died: unhandled trap 14 at 0x100000 \(0x0\)'
dies colours 'Guest died:  \[31mred lguest: Guest powered off '
dies speechless 'the Guest died, and the Host does not know why'
dies wordy 'Guest died: w{255}'
dies einval 'cannot run the Guest: Invalid argument'
runs 0 'a power-off without words' "$lguest" 4 "$sound" poweroff_speechless
runs 0 'signals and breaks are passed over' "$lguest" 4 "$sound" interrupted
runs 0 'a restart' "$lguest" -v 4 "$sound" restart
is "$(grep -c ' life$' "$work/seen")" 2 '... begins a second life'
matches "$work/seen" '^lguest: Guest restarts$' '... and says so'
runs 143 'a signal that a life did not hear' "$lguest" 4 "$sound" unheard

answers() {	# STATUS CALL ERRNO WORDS
	runs "$1" "$2 answers with error $3" "$bin/host-errors" "$2" "$3"
	matches "$work/seen" "$4" "... $4"
}
answers 0 none 0 '^0 1 0x200 0x100000$'
matches "$work/seen" '^2 7$' '... an interrupt is two words'
matches "$work/seen" '^4 0x201000 9$' '... an eventfd is three'
answers 1 /dev/lguest 2 'there is no /dev/lguest: load the module'
answers 1 /dev/lguest 19 'there is no /dev/lguest: load the module'
answers 1 /dev/lguest 13 'not yours to open'
answers 1 /dev/lguest 1 'not yours to open'
answers 1 /dev/lguest 24 'Too many open files'
answers 1 write 12 'not enough memory'
answers 1 write 16 'has a Guest already'
answers 1 write 22 'are module and Launcher of one build'
answers 0 read 85 '^85$'

done_testing
