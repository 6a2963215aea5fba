#!/bin/sh
# The book in the terminal: plain text, or colours if it is one.

. tests/weave/lib.sh

woven student $sample -L weave/terminal.lua --citeproc --columns=78 \
	-t plain >"$work/text"
result $? 'the sample becomes text'
weave/read "$work/text" >"$work/plain"
matches "$work/plain" '^  G  Guest$' 'a banner for the part'
matches "$work/plain" '^G:010  Where it begins$' 'a tagged section'
matches "$work/plain" '^    ⟨number the samples⟩ \+≡  *1\.3$' 'a chunk with its number'
matches "$work/plain" '^            ⟨add what was given⟩$' 'a use, tab expanded'
matches "$work/plain" '^    #define SAMPLE_TWO      2       /\* left: the second' \
	'code with its columns'
matches "$work/plain" 'SAMPLE_ONE.* ①$' 'a sign at a line'
matches "$work/plain" '^    used in guest/sample.c 1\.1$' 'by whom it is used'
matches "$work/plain" 'answer is 42 samples' 'a fact'
matches "$work/plain" 'Figure 1\.1' 'a figure by its caption'
matches "$work/plain" 'A box of the sample\.' 'and by its text'
is "$(LC_ALL=C grep -c "$(printf '\315[\243-\251]')" "$work/plain")" 0 \
	'no mark is left'
is "$(LC_ALL=C grep -c "$(printf '\033')" "$work/plain")" 0 'and no colour'
is "$(LC_ALL=C.UTF-8 awk 'length($0) > 80' "$work/plain" | wc -l)" 0 \
	'no line is longer than 80 columns'
if command -v script >/dev/null; then
	PAGER=cat script -qec "weave/read $work/text" /dev/null >"$work/coloured"
	matches "$work/coloured" "$(printf '\033')\[1mint" 'keywords stand out on a terminal'
else
	skip 'keywords stand out on a terminal' 'no script(1)'
fi

weave/puppy >"$work/dog"
matches "$work/dog" 'Woof\.' 'the puppy barks'
lacks "$work/dog" "$(printf '\033')" 'and sits still for a file'

done_testing
