#!/bin/sh
# How long things may take. The limits are those of a quiet machine with two
# cores; on one that is slower, or busy, they grow by as much as a fixed piece
# of work takes longer than it should.

. tests/tap.sh

mkdir "$work/tree"
git ls-files | cpio -pdm --quiet "$work/tree" 2>/dev/null
cd "$work/tree" || exit 1
unset MAKEFLAGS MAKELEVEL MFLAGS OUT LGUEST_OUT

now() {
	echo $(($(date +%s%N) / 1000000))
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
	start=$(now)
	runs 0 "$what" "$@"
	took=$(($(now) - start))
	after=$(load)
	[ "$after" -gt "$before" ] || after=$before
	[ $took -le $((limit * after / 100)) ]
	result $? "... in under $((limit / 1000)) s"
	echo "$took ms; load factor $((after / 100)).$((after % 100))" | say
}

within 1000 "make tangle of everything" make tangle
rm -rf out
within 90000 "make from a clean checkout" make
within 1000 "make with nothing changed, before the boot" make image
within 20000 "the boot of Host and pup" make boot

done_testing
