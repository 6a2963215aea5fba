#!/bin/sh
# A network in a folder: who is there, who gets what, and what is refused.

. tests/tap.sh
. tests/launcher/build.sh

sound=$(elf sound)
NET=$work/net
export NET

plays() {	# PLAY
	rm -rf "$NET"
	mkdir "$NET"
	runs 0 "$1" "$bin/played" --net="$NET" 4 "$sound" "$1"
}

breaks() {	# PLAY WORDS
	rm -rf "$NET"
	mkdir "$NET"
	runs 1 "$1" "$bin/played" --net="$NET" 4 "$sound" "$1"
	matches "$work/seen" "the rules of its network $2" "... is told: $2"
}

plays net
plays net_send
is "$(find "$NET" -type s | wc -l)" 3 'those who are killed leave their names'
runs 0 'another one joins' "$bin/played" --net="$NET" 4 "$sound" net
is "$(find "$NET" -type s | wc -l)" 1 '... and takes the names away'
plays net_deaf
plays net_receive

breaks net_short 'send queue: 23 bytes are not a frame'
breaks net_long 'send queue: 1529 bytes are not a frame'
breaks net_huge 'send queue: 2097212 bytes are not a frame'
breaks net_writable 'send queue: 60 bytes are not a frame'
breaks net_readable 'receive queue: the network only writes it'

runs 1 'a folder that is not there' "$bin/played" --net="$work/none" 4 \
	"$sound" poweroff
matches "$work/seen" 'none: cannot join the network: No such file' '... is said'
runs 1 'a folder with a long name' "$bin/played" \
	--net="$work/$(printf '%090d' 1)" 4 "$sound" poweroff
matches "$work/seen" 'too long a name for a network' '... is said'

# A name that somebody left who had our number is taken over.
rm -rf "$NET"
mkdir "$NET"
runs 0 'two lives on one network' "$bin/played" --net="$NET" 4 "$sound" restart
is "$(find "$NET" -type s | wc -l)" 1 '... keep their name'

done_testing
