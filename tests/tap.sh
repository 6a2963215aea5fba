# Functions for tests in sh, which print TAP. A test sources this file, calls
# is, matches, lacks and runs, and ends with done_testing. It is run from the
# top of the tree, as prove does it.
#
# shellcheck shell=sh

tests=0 failures=0 stream=1
top=$(pwd)
work=$(mktemp -d)
trap at_end EXIT
trap 'exit 130' INT TERM HUP

# What failed, and what was said of it, is kept for the end of a long run; but
# not if it is a test that runs this one.
said_of_failures=${SAID_OF_FAILURES-}
unset SAID_OF_FAILURES
at_end() {
	if [ -n "$said_of_failures" ] && [ -s "$work/failures" ]; then
		{ echo "$0:"; cat "$work/failures"; } >>"$said_of_failures"
	fi
	rm -rf "$work"
}

say() {		# print lines as comments; after a failure where prove shows them
	if [ $stream = 2 ]; then
		sed 's/^/# /' | tee -a "$work/failures" >&2
	else
		sed 's/^/# /'
	fi
}

result() {	# STATUS NAME: one test
	tests=$((tests + 1)) stream=1
	if [ "$1" -eq 0 ]; then
		echo "ok $tests - $2"
		echo "$2" >>"$work/passed"
	else
		failures=$((failures + 1)) stream=2
		echo "not ok $tests - $2"
		echo "failed: $tests - $2" | say
	fi
	return "$1"
}

is() {		# SEEN EXPECTED NAME
	if [ "$1" = "$2" ]; then
		result 0 "$3"
	else
		result 1 "$3"
		printf 'expected: %s\nseen:     %s\n' "$2" "$1" | say
		return 1
	fi
}

matches() {	# FILE EXTENDED-REGEX NAME: some line of FILE matches
	if grep -qaE -e "$2" "$1"; then
		result 0 "$3"
	else
		result 1 "$3"
		echo "no line matches '$2' in:" | say
		head -n 12 "$1" | say
		return 1
	fi
}

lacks() {	# FILE EXTENDED-REGEX NAME: no line of FILE matches
	if grep -aE -e "$2" "$1" >"$work/lacks"; then
		result 1 "$3"
		head -n 30 "$work/lacks" | say
		return 1
	else
		result 0 "$3"
	fi
}

runs() {	# EXPECTED-STATUS NAME COMMAND…: output goes to $work/seen
	want=$1
	name=$2
	shift 2
	# No test may fill the disk: at most 200 MB may be written to a file.
	(ulimit -f 409600; "$@") >"$work/seen" 2>&1 </dev/null
	got=$?
	if [ "$got" -eq "$want" ]; then
		result 0 "$name"
	else
		result 1 "$name"
		echo "status $got, not $want, of: $*" | say
		tail -n 30 "$work/seen" | say
		return 1
	fi
}

reported_by() {	# COMMAND…: its lines "ok - NAME" and "not ok - NAME" are results
	"$@" >"$work/reported" 2>&1
	status=$?
	while IFS= read -r line; do
		case $line in
		"ok - "*) result 0 "${line#ok - }" ;;
		"not ok - "*) result 1 "${line#not ok - }" ;;
		*) echo "$line" ;;
		esac
	done <"$work/reported"
	return $status
}

skip() {	# NAME REASON: a test that this machine cannot do
	tests=$((tests + 1)) stream=1
	echo "ok $tests - $1 # SKIP $2"
}

# Of the rows of the interface that are ours by tests/abi/rows, none may be
# missing, unless only a part of us was to run.
rows_were_seen() {
	tab=$(printf '\t')
	grep "$tab${0#./}$tab" "$top/tests/abi/rows" >"$work/rows" || return
	while IFS="$tab" read -r row file words; do
		grep -qF -e "$words" "$work/passed" || echo "$row: $words"
	done <"$work/rows" >"$work/missing"
	is "$(cat "$work/missing")" '' \
		"all $(wc -l <"$work/rows") rows of the interface were seen"
}

done_testing() {
	[ -n "${partly-}" ] || rows_were_seen
	echo "1..$tests"
	[ "$failures" -eq 0 ]
	exit
}
