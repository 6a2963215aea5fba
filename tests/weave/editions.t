#!/bin/sh
# What is for instructors is in no edition for students.

. tests/weave/lib.sh

# All that an edition is made of, in one file: pages, previews, search, lists.
edition() {	# FOR KIND
	case $2 in
	latex) woven "$1" $sample -L weave/latex.lua --citeproc -t latex ;;
	plain) woven "$1" $sample -L weave/terminal.lua --citeproc -t plain ;;
	native) woven "$1" $sample --citeproc -t native ;;
	epub) woven "$1" $sample -L weave/epub.lua --citeproc -t html ;;
	*)
		web=$work/$1-$2
		mkdir -p "$web/data"
		WEAVE_OUT=$web woven "$1" $sample --citeproc \
			-L "weave/$2.lua" -t plain
		find "$web" -type f -exec cat {} +
		;;
	esac
}

for to in native latex plain site epub; do
	edition student $to >"$work/student"
	edition instructor $to >"$work/instructor"
	lacks "$work/student" secret- "$to for students has no secret"
	matches "$work/instructor" secret-solution "$to for instructors has the solution"
	matches "$work/instructor" secret-rubric "$to for instructors has the rubric"
	[ $to = native ] && continue
	matches "$work/student" 'your.*work' "$to for students has the hole"
	matches "$work/instructor" 'secret-\{?-?answer|secret-answer' \
		"$to for instructors has the answer"
	matches "$work/instructor" 'secret-mutant' \
		"$to for instructors has the wrong answers"
done

WEAVE_SLIDES=1 woven instructor $sample -L weave/latex.lua -t latex >"$work/slides"
matches "$work/slides" 'begin\{frame\}\{One and two\}\{G:010\}' 'a slide'
matches "$work/slides" 'slidecode.*number the samples' 'with code of the book'
lacks "$work/slides" 'secret-' 'and no secret'
for file in student-site/search.js student-site/data/G-sample.js; do
	matches "$work/$file" 'sample_limit' "$file has the text"
done
lacks "$work/student-site/G-sample.html" 'One and two' 'slides are for the lecture only'

done_testing
