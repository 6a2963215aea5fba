#!/bin/sh
# What is for instructors is in no edition for students.

. tests/weave/lib.sh

for to in native latex plain; do
	case $to in
	latex) filter='-L weave/latex.lua' ;;
	plain) filter='-L weave/terminal.lua' ;;
	*) filter= ;;
	esac
	# shellcheck disable=SC2086
	woven student $sample $filter --citeproc -t $to >"$work/student"
	# shellcheck disable=SC2086
	woven instructor $sample $filter --citeproc -t $to >"$work/instructor"
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

done_testing
