#!/bin/sh
# How long things may take on a quiet machine with two cores. Another may be
# slower, or busy: the limits grow by as much as a fixed piece of work takes
# longer than it should, and where even that is not enough because others
# had the processor, the processor time spent decides: on a quiet machine the
# work would not have taken longer than that.

. tests/tap.sh

mkdir "$work/tree"
git ls-files | cpio -pdm --quiet "$work/tree" 2>/dev/null
cd "$work/tree" || exit 1
unset MAKEFLAGS MAKELEVEL MFLAGS OUT LGUEST_OUT

now() {
	echo $(($(date +%s%N) / 1000000))
}

# Processor time of all that was run until now, in ms. The shell asks for it
# itself: a subshell has a time of its own.
spent() {
	times >"$work/times"
	cpu=$(awk 'NR == 2 {
		split($1 "m" $2, t, /[ms]+/)
		printf "%d\n", (t[1] * 60 + t[2] + t[3] * 60 + t[4]) * 1000
	}' "$work/times")
}

load() {	# the load factor, in hundredths, 100 at least
	start=$(now)
	awk 'BEGIN { for (i = 0; i < 8000000; i++) s += i }'
	factor=$((($(now) - start) / 6))
	[ $factor -ge 100 ] || factor=100
	echo $factor
}

within() {	# MILLISECONDS NAME COMMAND…
	limit=$1 what=$2
	shift 2
	before=$(load)
	spent
	cpu_before=$cpu
	start=$(now)
	runs 0 "$what" "$@"
	took=$(($(now) - start))
	spent
	cpu=$((cpu - cpu_before))
	after=$(load)
	[ "$after" -gt "$before" ] || after=$before
	allowed=$((limit * after / 100))
	[ $took -le $allowed ] || [ $cpu -le $allowed ]
	result $? "... in under $((limit / 1000)) s"
	echo "$took ms, $cpu ms of processor time; allowed on this machine" \
		"and now: $allowed ms" | say
}

make tangle >"$work/seen" 2>&1
rm -rf out/src out/build out/.tangled
within 1000 "make tangle of everything" make tangle
rm -rf out
within 90000 "make from a clean checkout" make
within 1000 "make with nothing changed, before the boot" make image
within 20000 "the boot of Host and pup" make boot

done_testing
