#!/bin/sh
# --stats: what the Host has counted, printed when the Guest has ended.

. tests/tap.sh
. tests/launcher/build.sh

sound=$(elf sound)
counted=out/tests/launcher/counted	# as build.sh says
rm -rf "$counted"

runs 0 'a Host without debugfs' "$bin/played" --stats 4 "$sound" poweroff
matches "$work/seen" \
	"no statistics: $counted/[0-9]+: No such file" \
	'... is no reason to fail, but said'
matches "$work/seen" 'as root: mount -t debugfs' '... with the remedy'
runs 1 'a Guest that dies without debugfs' "$bin/played" --stats 4 "$sound" \
	crash
runs 0 'a Launcher that is not asked' "$bin/played" 4 "$sound" poweroff
lacks "$work/seen" statistics '... says nothing of them'

mkdir "$counted"
runs 0 'a Host that keeps none for this Guest' "$bin/played" --stats 4 \
	"$sound" poweroff
matches "$work/seen" "no statistics: $counted/[0-9]+: No such file" '... is said'
lacks "$work/seen" mount '... without a remedy that would not help'
runs 1 'a Guest that cannot be made' "$bin/played" --stats 4 /dev/null
lacks "$work/seen" statistics '... has none'

"$bin/played" --stats 4 "$sound" counted >"$work/out" 2>"$work/seen" </dev/null
is $? 0 'a Guest that was counted'
is "$(wc -c <"$work/out")" 0 '... nothing is printed among its output'
is "$(grep -c '^counter_[0-9]* 1$' "$work/seen")" 500 '... its first life'
is "$(grep -c '^counter_[0-9]* 2$' "$work/seen")" 500 '... and its second'
matches "$work/seen" '^counter_499 2$' '... to the last line'
is "$(sed -n '/powered off/=' "$work/seen")" 502 '... after its last words'
rm -rf "$counted"

done_testing
