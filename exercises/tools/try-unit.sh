# The quick way to try an answer: its chunks, compiled for this machine with
# the compiler's checkers, in a program that may do nothing but compute. Sourced
# by grade.
#
# shellcheck shell=sh disable=SC2154

# The oracle is ours alone: it is compiled from the tests without an answer.
make_oracle() {
	oracle=$work/$name/oracle
	if [ -z "$(find "$oracle" -newer "$here/unit.c" -newer "$tools/unit.h" \
			2>/dev/null)" ]; then
		gcc -std=gnu11 -O1 -w -DORACLE -I"$tools" \
			-I"$out/build/include" -o "$oracle.$$" \
			"$here/unit.c" || complain "$here/unit.c does not" \
			"compile by itself"
		mv "$oracle.$$" "$oracle"
	fi
	"$oracle" "$seed" >"$slot/right"
}

tangle_answer() {
	# The answer is answer.c, its first chunk alone answer-1.c, and so on.
	field "$name" chunk >"$slot/chunks"
	awk '
		{ all = all "<<" $0 ">>\n" }
		{ print "<<answer-" NR ".c>>=\n<<" $0 ">>\n@\n" }
		END { print "<<answer.c>>=\n" all "@" }' \
		"$slot/chunks" >"$slot/root.nw"
	awk '{ print "answer-" NR ".c c 644" }
		END { print "answer.c c 644" }' "$slot/chunks" >"$slot/roots"
	within 20 tangle/tangle -v "$variant" -r "$slot/roots" "$slot" \
		$book $answer "$slot/root.nw" >"$slot/said" 2>&1 && return
	sed "s,$slot/,,g" "$slot/said" | grep -v '^contain' | detail
	advise "Every chunk that you use must be defined, in your file or in" \
		"the book, and none may lead back to itself."
	unreached "does not tangle" "$(sed "s,$slot/,,g" "$slot/said" |
		grep -o -m 1 'answer\.nw:[0-9]*')"
}

place_in_answer() {	# the first line of the answer that FILE names
	grep -ao -m 1 'answer\.nw:[0-9]*' "$1" | head -n 1
}

compile_worker() {
	within 20 gcc -std=gnu11 -O1 -g -Wall -Wno-unused \
		-Werror=implicit-function-declaration -Werror=return-type \
		-fsanitize=address,undefined -fno-sanitize-recover=all \
		-fno-omit-frame-pointer -fmax-errors=5 -pipe -no-pie \
		-I"$slot/build" -I"$tools" -I"$out/build/include" \
		-o "$slot/worker" "$here/unit.c" >"$slot/said" 2>&1 && return
	sed -i "s,$slot/,,g" "$slot/said"
	case $(ended) in
	time | large | signal)
		advise "The compiler did not come to an end of it. Does a" \
			"macro expand without bound, or an array have" \
			"billions of elements?" ;;
	*)
		grep -aE 'error|warning|^ ' "$slot/said" | detail 14
		advise "The line is one of your own file." ;;
	esac
	unreached "does not compile" "$(grep -aE 'error' "$slot/said" |
		grep -ao -m 1 'answer\.nw:[0-9]*')"
}

# An address in the program, as a line of the answer or of the tests.
line_of() {	# ADDRESS
	addr2line -e "$slot/worker" "$1" 2>/dev/null | sed 's,.*/,,;s/ .*//' |
		grep -v '^??'
}

run_worker() {
	limit=$((2 * tenths / 10))
	ASAN_OPTIONS=detect_leaks=0:symbolize=0:handle_segv=0:handle_sigbus=0:handle_sigfpe=0:handle_sigill=0:use_sigaltstack=0 \
	UBSAN_OPTIONS=symbolize=0:print_stacktrace=0 \
		"$work/bin/contain" -s -t $((limit * 5)) -c $((limit + 1)) \
		-f 4 -o "$slot/how" -r /usr -r /lib -r /lib64 -r /proc \
		-r /etc/ld.so.cache -r "$slot/worker" \
		"$slot/worker" "$seed" "$limit" \
		</dev/null >"$slot/seen" 2>"$slot/said"
}

# Why did the program end early, if it did?
explain_run() {
	ended=$(ended)
	case $ended in
	forbidden)
		verdict "out of bounds"
		advise "Your code asked the system for something: a process," \
			"the network, a signal. It may only compute. It was" \
			"stopped at that, and nothing else was harmed."
		judge "it was stopped"
		return ;;
	large)
		verdict "too much output"
		advise "Your code printed megabytes. It need not print at all."
		judge "it was stopped"
		return ;;
	esac
	if grep -aq '^!hang' "$slot/said" || [ "$ended" = time ]; then
		at=$(sed -n 's/^!hang \([^ ]*\).*/\1/p' "$slot/said")
		verdict "hang" "$(line_of "$at")"
		advise "After $limit seconds it was still there. Which loop" \
			"has no end, for which input?"
		judge "it hung"
	elif grep -aq '^!fault' "$slot/said"; then
		at=$(sed -n 's/^!fault \([^ ]*\).*/\1/p' "$slot/said")
		verdict "crash" "$(line_of "$at")"
		echo "a bad address, $(sed -n 's/^!fault [^ ]* //p' \
			"$slot/said"), or a division by zero" | detail
		advise "Which pointer is used there before it is known to be" \
			"good?"
		judge "it crashed"
	elif grep -aq 'runtime error' "$slot/said"; then
		verdict "undefined behaviour" "$(place_in_answer "$slot/said")"
		sed -n 's/.*runtime error: //p' "$slot/said" | detail 1
		advise "C does not say what this does, so the compiler may" \
			"do as it likes."
		judge "it was stopped"
	elif grep -aq 'AddressSanitizer' "$slot/said"; then
		at=$(sed -n 's/.*#[0-9]* .*worker+\(0x[0-9a-f]*\)).*/\1/p' \
			"$slot/said" | while read -r a; do line_of "$a"; done |
			grep -m 1 answer.nw)
		verdict "memory error" "$at"
		sed -n 's/^==[0-9]*==ERROR: AddressSanitizer: \([^ ]*\).*/\1/p' \
			"$slot/said" | detail 1
		advise "It reads or writes beside an array or a structure."
		judge "it was stopped"
	else
		judge "it ended early"
		[ "$(cat "$slot/how")" = "exit 0" ] && judge
		conclude
	fi
}

# The run came to its end; were the answers right?
conclude() {
	if awk -F'\t' '$3 < $2 { exit 1 }' "$result/table"; then
		verdict "pass"
	elif grep -q 'passed' "$result/table"; then
		verdict "wrong answer"
	else
		verdict "wrong answer"
		advise "No test is passed yet."
	fi
}

try_unit() {
	make_oracle
	tangle_answer
	# lines.awk gives names as from the top of the tree.
	sed -i "s,\"$slot/answer.nw\",\"answer.nw\"," "$slot"/build/answer*.c
	compile_worker
	run_worker
	explain_run
}
