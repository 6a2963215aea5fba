#!/bin/sh
# The exercises of unit speed: what their graders say of reference, starter and
# mutants.

. tests/tap.sh

[ -e out/.tangled ] || make -s tangle >/dev/null
for file in exercises/*/exercise; do
	grep -q '^speed: unit' "$file" || continue
	name=${file%/exercise}
	name=${name#exercises/}
	reported_by exercises/tools/self-test "$name"
	grep -q '^ok' "$work/reported"
	result $? "$name: was tested"
done

done_testing
