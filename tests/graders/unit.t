#!/bin/sh
# The exercises of unit speed: what their graders say of reference, starter and
# mutants.

. tests/tap.sh

[ -e out/.tangled ] || make -s tangle >/dev/null
for file in exercises/*/exercise; do
	grep -q '^speed: unit' "$file" || continue
	name=${file%/exercise}
	name=${name#exercises/}
	exercises/tools/self-test "$name" >"$work/$name.tap" 2>&1
	while IFS= read -r line; do
		case $line in
		"ok - "*) result 0 "${line#ok - }" ;;
		"not ok - "*) result 1 "${line#not ok - }" ;;
		*) echo "$line" ;;
		esac
	done <"$work/$name.tap"
	grep -q '^ok' "$work/$name.tap"
	result $? "$name: was tested"
done

done_testing
