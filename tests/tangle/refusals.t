#!/bin/sh
# Every fault is refused at its line, and nothing else is.
#
# A case is refusals/NAME.nw with the complaints that are expected in
# refusals/NAME.says. NAME.roots and NAME.order, where they exist, replace the
# manifest and the reading order.

. tests/tangle/lib.sh

cases=tests/tangle/refusals

for case in "$cases"/*.nw; do
	name=$(basename "$case" .nw)
	bound "$name" <"$case"
	[ ! -f "$cases/$name.roots" ] ||
		cp "$cases/$name.roots" "$book/tangle/roots"
	[ ! -f "$cases/$name.order" ] ||
		cp "$cases/$name.order" "$book/book/order"

	in_book "$top/tangle/check" >"$work/said"
	status=$?
	grep -v '^  CHECK ' "$work/said" >"$work/faults"
	same "$work/faults" "$cases/$name.says" "$name"
	[ -s "$cases/$name.says" ] && wanted=1 || wanted=0
	is "$status" "$wanted" "$name: exit status"
done

done_testing
