#!/bin/sh
# The tools are small, and do not depend on whose awk they run on.

. tests/tangle/lib.sh

for tool in tangle/*; do
	lines=$(wc -l <"$tool")
	[ "$lines" -lt 500 ]
	result $? "$tool has $lines lines, under 500"
done

everything() {	# DIR: what all tools say and make
	tangle/tangle "$1" $(real_book)
	tangle/check "$1"
	tangle/coverage "$1"
	tangle/tags "$1"
	tangle/where "$1/src/$(head -n 1 "$1/tangle/made"):1"
}

mkdir -p "$work/bin"
for awk in gawk mawk; do
	path=$(command -v $awk) || {
		skip "$awk makes the same" 'not installed'
		continue
	}
	ln -sf "$path" "$work/bin/awk"
	(
		PATH=$work/bin:$PATH
		rm -rf "$work/out"
		everything "$work/out" >"$work/said.$awk" 2>&1
		rm "$work"/out/tangle/* "$work"/out/check/*
		mv "$work/out" "$work/out.$awk"
	)
	if [ -z "${first-}" ]; then
		first=$awk
		result 0 "$awk runs the tools"
		continue
	fi
	holds "$awk makes the same" \
		diff -r "$work/out.$first" "$work/out.$awk"
	same "$work/said.$awk" "$work/said.$first" "$awk says the same"
done

done_testing
