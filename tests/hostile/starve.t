#!/bin/sh
# A Host whose memory runs out, at each allocation of the module in turn: an
# error or a reason, nothing lost, and no splat. Only a kernel that was built to
# fail on demand can be such a Host.

. tests/tap.sh
. tests/boot/lab.sh

if [ "${HOST:-686}" != debug ]; then
	skip "a Host without memory" "make check HOST=debug has one"
	done_testing
fi

cat >"$work/prepare" <<'EOT'
debug=/sys/kernel/debug
for cause in failslab fail_page_alloc fail_usercopy; do
	echo -1 >$debug/$cause/times
	echo 0 >$debug/$cause/verbose
	for deaf in ignore-gfp-wait ignore-gfp-highmem; do
		[ ! -f $debug/$cause/$deaf ] || echo N >$debug/$cause/$deaf
	done
done
echo 0 >$debug/fail_page_alloc/min-order

# Of the pages that the module asks for by itself, in the name of the Launcher,
# see when they come and go. Nobody else's have these flags and stay longer than
# the task.
trace=/sys/kernel/tracing
watch_pages() {
	echo 16384 >$trace/buffer_size_kb
	for event in mm_page_alloc mm_page_free mm_page_free_batched; do
		echo 1 >$trace/events/kmem/$event/enable
	done
}

pages() {	# how many came, how many are still there, is all known
	echo 0 >$trace/tracing_on
	awk '/entries-written:/ { split($3, n, "/"); all = n[1] == n[2] }
		{ pfn = 0 }
		match($0, /pfn=0x[0-9a-f]+/) { pfn = substr($0, RSTART, RLENGTH) }
		/starve-.*mm_page_alloc: .*gfp_flags=GFP_KERNEL_ACCOUNT/ {
			came++; here[pfn] = 1
		}
		/mm_page_free/ { delete here[pfn] }
		END { for (pfn in here) still++
			print came + 0, still + 0, all }' $trace/trace
}

# What the kernel says of itself when it misses memory is no fault of ours, nor
# that it warns when it cannot describe a tracepoint.
splats() {
	dmesg | grep -E 'BUG|WARNING|Oops|INFO:|=====' |
		grep -v 'WARNING: .* at kernel/trace/trace_events.c:'
}

pins() {
	awk '$1 == "nr_foll_pin_acquired" { n += $2 }
		$1 == "nr_foll_pin_released" { n -= $2 }
		END { print n + 0 }' /proc/vmstat
}

# An object counts as lost only when it is some seconds old.
lost() {
	sleep 6
	echo scan >$debug/kmemleak
	echo scan >$debug/kmemleak
	cat $debug/kmemleak
}

nothing_lost() {
	lost >"$work/lost"
	is "$(grep -c '^unreferenced' "$work/lost")" 0 "no object is lost" ||
		say <"$work/lost"
}
lost >/dev/null
echo clear >$debug/kmemleak
EOT
set -- -t 900 -M 384 -f "$work/prepare:/prepare" \
	-f out/tests/hostile/starve:/starve

in_host "the Host survives" "$@" -a '^' <<'EOT'
. /prepare
runs 0 "the module loads" insmod /lib/lg.ko
watch_pages
runs 0 "a Guest lives while memory fails" /starve life
say <"$work/seen"
matches "$work/seen" '^make: ENOMEM \(([5-9]|[0-9]{2,})\)$' \
	"... some are not made"
matches "$work/seen" '^eventfd: ENOMEM \([1-9]' "... some have no eventfd"
dies_of() {
	matches "$work/seen" "^died: $1" "... some die of: $1"
}
dies_of 'no room to map lguest_data'
dies_of 'out of memory for page tables'
dies_of 'no memory behind page '
matches "$work/seen" '^last words: ENOMEM \([1-9]' \
	"... some have no room for last words"
matches "$work/seen" '^died: it is well \([1-9]' "... some live on without"
pages >"$work/pages"
read -r came still all <"$work/pages"
[ "$came" -ge 1000 ] && [ "$all" = 1 ]
result $? "the module asked for $came pages"
is "$still" 0 "... and no page is lost"
is "$(pins)" 0 "no page is held"
runs 0 "the module unloads" rmmod lg
nothing_lost
splats >"$work/splats"
is "$(cat "$work/splats")" '' "no splat"
EOT

# The same for loading, which asks the kernel for much before it comes to us.
in_host "the Host survives" "$@" -a '^' <<'EOT'
. /prepare
runs 0 "the module is loaded while memory fails" /starve load /lib/lg.ko
say <"$work/seen"
matches "$work/seen" '^load: ENOMEM \([0-9]{2,}\)$' "... it says so"
matches "$work/seen" '^load: done \([1-9]' "... or does without"
is "$(grep '^load:' "$work/seen" | grep -cvE ' (done|ENOMEM|EFAULT) ')" 0 \
	"... and nothing else happens"
nothing_lost
runs 0 "the module loads once more" insmod /lib/lg.ko
runs 0 "... and the pup runs" lguest 16 /pup
runs 0 "... and the module unloads" rmmod lg
splats >"$work/splats"
is "$(cat "$work/splats")" '' "no splat"
EOT

done_testing
