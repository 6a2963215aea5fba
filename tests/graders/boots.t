#!/bin/sh
# The exercises that boot: what their graders say of reference, starter and
# mutants. Two at a time, since each boot keeps one processor busy.

. tests/tap.sh

graded=$work/graded
mkdir "$graded"
grep -L '^speed: unit' exercises/*/exercise | cut -d/ -f2 |
	parallel --will-cite --jobs 2 \
		"exercises/tools/self-test -n self-{%} {} >$graded/{} 2>&1 || :"
for file in "$graded"/*; do
	reported_by cat "$file"
	grep -q '^ok' "$file"
	result $? "${file##*/}: was tested"
done

done_testing
