#!/bin/sh
# Chunks, tags and references as the printed book gets them.

. tests/weave/lib.sh

woven student $sample -L weave/latex.lua -t latex >"$work/tex"
result $? 'the sample becomes LaTeX'
matches "$work/tex" '^\\bookpart\{G\}\{Guest\}' 'a part'
matches "$work/tex" '^\\chapter\{A sample' 'a chapter'
matches "$work/tex" '^\\tagged\{G:020\}\{What is asked of you\}' 'a tagged section'
matches "$work/tex" '^% tests/weave/G-sample/sample.nw:7$' \
	'a heading says where it is from'
matches "$work/tex" '^\\chunkhead\{guest-sample-c\}\{\\filename\{guest/sample.c\}\}' 'a root'
matches "$work/tex" '^\\chunkhead\{number-the-samples\}.*\{\}\{\}\{number-the-samples-2\}\{2\}' \
	'a chunk that is continued'
matches "$work/tex" '^\\chunkhead\{number-the-samples-2\}.*\{\+\}\{number-the-samples\}\{\}' \
	'its continuation'
matches "$work/tex" '^\\chunkfoot\{\\useref\{\\filename\{guest/sample.c\}\}\{guest-sample-c\}\}' \
	'by whom it is used'
matches "$work/tex" '\\use\{\\chunkname\{add what was given\}\}\{add-what-was-given-student\}' 'a use'
matches "$work/tex" '\\kept\{\\ \\ \\ \\ \\ \\ \\ \\ \\use' 'a tab is eight columns'
matches "$work/tex" '\\df\{SAMPLE\\_TWO\}.*\\cm\{/\*\\ left' 'a definition'
matches "$work/tex" 'add-what-was-given-student\}\{\\chunkname\{add what was given\}\\badge' \
	'a hole has a badge'
matches "$work/tex" '\\tagref\{G:010\}' 'a reference by tag'
matches "$work/tex" '\\idlink\{fig:box\}' 'a reference to a figure'
matches "$work/tex" '\\bookfigure\{book/figures/box.tikz\}\{fig:box\}\{1.1\}\{A box' \
	'a figure'
matches "$work/tex" 'SAMPLE\\_ONE.*\\sign\{①\}\}$' 'a sign at a line'
matches "$work/tex" '\\begin\{bookbox\}\{aside\}\{①\}' 'and at its aside'
matches "$work/tex" '\\begin\{bookbox\}\{history\}\{History\}' 'a box'
matches "$work/tex" '\\entry\{\\code\{sample\\_\\may\{\}limit\}\}\{\\textbf\{\\num\{number-the-samples-2\}' \
	'the index of identifiers'
matches "$work/tex" '\\entry\{\\tagref\{G:010\}\}\{Where it begins\}' 'the index of tags'

done_testing
