# What the tests that boot the Host machine have in common.
#
# shellcheck shell=sh

# On the second machine, some of it is skipped.
[ "${MACHINE:-qemu}" = qemu ] || partly=yes

# The second machine has one plain processor: what asks for another is skipped.
machine_has() {	# NAME lab/run's arguments…
	[ "${MACHINE:-qemu}" = v86 ] || return 0
	name=$1
	shift
	case " $* " in
	*" -c "* | *" -p "* | *" -q "*)
		skip "$name" "v86 has one plain processor"
		return 1
		;;
	esac
}

lab() {		# EXPECTED-STATUS NAME lab/run's arguments…
	status=$1
	name=$2
	shift 2
	runs "$status" "$name" lab/run -t 300 "$@"
}

# Run the test script on standard input inside the Host, with tests/tap.sh
# loaded. Its results count as ours; one more is that of the machine: the
# script came to its end, and the Host's log is clean.
in_host() {	# NAME lab/run's arguments…
	name=$1
	shift
	{
		echo ". /tests/tap.sh"
		echo "tests=$tests"
		cat
		echo 'echo "# done: $tests tests, $failures failures"'
	} >"$work/script"
	{
		lab/run -t 300 -f tests/tap.sh:/tests/tap.sh "$@" "$work/script" \
			2>"$work/said"
		echo $? >"$work/status"
	} | tee "$work/seen"
	grep -v "# SKIP" "$work/seen" | sed -n "s/^ok [0-9]* - //p" >>"$work/passed"
	end=$(sed -n 's/^# done: \([0-9]*\) tests, \([0-9]*\) failures$/\1 \2/p' \
		"$work/seen")
	[ -z "$end" ] || {
		tests=${end% *}
		failures=$((failures + ${end#* }))
	}
	# What it said of its failures went by among the results.
	stream=2
	awk '/^(not )?ok /{ f = /^not/ } f' "$work/seen" | say
	[ "$(cat "$work/status")" = 0 ] && [ -n "$end" ]
	result $? "$name" || say <"$work/said"
}
