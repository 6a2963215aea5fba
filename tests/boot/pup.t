#!/bin/sh
# The pup's own transcript, on the machines the lab can be.

. tests/tap.sh
. tests/boot/lab.sh

# A transcript is good if its tests are numbered from 1 to the number planned,
# all of them ok, and nothing follows the plan.
whole() {	# FILE
	tr -d '\r' <"$1" | awk '
		/^ok / && $2 == n + 1 { n++; next }
		/^1\.\.[0-9]+$/ { plan = substr($0, 4); next }
		/^#/ { next }
		/^lguest: / { end++; next }
		{ strange = 1 }
		END { exit !(n > 0 && plan == n && end == 1 && !strange) }'
}

pup() {		# NAME lab/run's arguments…
	machine=$1
	machine_has "$@" || return
	shift
	lab 0 "$machine: the pup powers off" "$@" -s 'lguest 16 /pup 2>&1'
	matches "$work/seen" '^lguest: Guest powered off: ' "... and says so"
	whole "$work/seen"
	result $? "... all its tests are ok" || say <"$work/seen"
	n=$(grep -c '^ok ' "$work/seen")
	grep "^ok " "$work/seen" | tr -d "\r" >>"$work/passed"
	echo "$n tests" | say
	[ "${first:=$n}" = "$n" ]
	result $? "... as many as on the first machine"
}

pup "the default processor" -m

# README.md shows some of it, in its own order, with … for what it leaves out.
awk '{ sub(/\r$/, "") }
	NR == FNR && /^# pup: / { shown = 1 }
	NR == FNR && shown && $0 != "…" { line[++n] = $0 }
	NR == FNR && /^lguest: / { shown = 0 }
	NR != FNR && $0 == line[met + 1] { met++ }
	END { if (met < n) print line[met + 1]; exit !n || met < n }
' README.md "$work/seen" >"$work/missing"
result $? "... what the README shows is seen" || say <"$work/missing"

pup "a processor with SMEP, SMAP and UMIP" -m -c max
pup "two processors" -m -p 2
pup "two processors with SMEP, SMAP and UMIP" -m -c max -p 2
pup "a machine that counts instructions" -m -t 120 -q '-icount shift=0'
pup "a Host with 1 GB" -m -M 1024

lab 0 "Guests of 4, 64 and 512 MB" -m -M 1024 \
	-s 'for mb in 4 64 512; do lguest $mb /pup || exit; done'

done_testing
