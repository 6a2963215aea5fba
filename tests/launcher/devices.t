#!/bin/sh
# The page of descriptors, the rings, and what a Guest may not do with them.

. tests/tap.sh
. tests/launcher/build.sh

sound=$(elf sound)

plays() {	# PLAY: it ends by a power-off, with all that it checked right
	runs 0 "$1" "$bin/played" 4 "$sound" "$1"
}

breaks() {	# PLAY WORDS: the Launcher ends it with these words
	runs 1 "$1" "$bin/played" 4 "$sound" "$1"
	matches "$work/seen" "^lguest: .*$2" "... is told: $2"
	lacks "$work/seen" 'must not be seen' '... before anything is printed'
}

runs 0 boot "$bin/played" 4 "$sound" boot 'two words' --three
matches "$work/seen" '^boot two words --threelguest: Guest powered off' \
	'... and the command line'
plays descriptor
plays early_long
plays hello
matches "$work/seen" '^Hello, world$' '... on standard output'
plays chain
is "$(grep -c 'one two three' "$work/seen")" 1 '... once'
matches "$work/seen" '^two three$' '... and its end once more'
plays longest_chain
matches "$work/seen" '^\.{256}lguest' '... in full'
plays wrap
matches "$work/seen" '^\.{299}!lguest' '... in order'
plays quiet
plays reset
is "$(grep -c '^r$' "$work/seen")" 3 '... with three lines in all'
plays kicks
plays rewrite
matches "$work/seen" '^as it was$' '... moves nothing'
plays failed
matches "$work/seen" 'given up on its console' '... is said'

output='the rules of its console output queue:'
breaks bad_head "$output there is no descriptor 256"
breaks bad_head_far "$output there is no descriptor 65535"
breaks bad_link "$output there is no descriptor 256"
breaks loop_self "$output the chain at 0 is a loop"
breaks loop "$output the chain at 0 is a loop"
breaks jump "$output its index is 257 ahead in a ring of 256"
breaks jump_back "$output its index is 65535 ahead in a ring of 256"
breaks past_end "$output 5 bytes at 0x406ffc are not in its memory"
breaks beyond "$output 1 bytes at 0x407000 are not in its memory"
breaks all_of_it "$output 4294967295 bytes at 0x80000 are not in its memory"
breaks wrap32 "$output 32 bytes at 0xfffffff0 are not in its memory"
breaks high "$output 4 bytes at 0x100080000 are not in its memory"
breaks wrap64 "$output 32 bytes at 0xfffffffffffffff0 are not in its memory"
breaks below "$output 16 bytes at 0xfffffffffffff000 are not in its memory"
breaks writable "$output the console only reads it"
breaks order "$output a buffer to read behind one to write"
breaks indirect "$output indirect descriptors are not offered"
breaks early_endless 'early message at 0x80000 has no end'
breaks early_at_the_end 'early message at 0x3ffff8 has no end'
breaks notify_nothing 'NOTIFY with 0x404001, where no device is'
breaks notify_high 'NOTIFY with 0xfffffffc, where no device is'

for seed in 1 2 3 4 5 6 7 8; do
	yes | SEED=$seed "$bin/played" 4 "$sound" scribble >"$work/seen" 2>&1
	status=$?
	[ $status -eq 0 ] || [ $status -eq 1 ]
	result $? "a second CPU scribbles (seed $seed): status $status" ||
		tail -n 20 "$work/seen" | say
done

done_testing
