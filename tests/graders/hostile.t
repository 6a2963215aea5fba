#!/bin/sh
# Answers that are no answers, and answers that attack the grader: each has its
# own verdict, and nothing of what they try comes about.

. tests/tap.sh

[ -e out/.tangled ] || make -s tangle >/dev/null
name=address-check
mkdir -p "$work/r"

answer() {	# C on standard input, in the place of the function
	echo '# An answer'
	echo
	echo "<<decide whether an address is the Guest's [$name: answer]>>="
	cat
	echo '@'
} >"$work/answer.nw"

verdict() {	# VERDICT NAME: of $work/answer.nw; no points but if it passes
	(ulimit -f 409600
	exercises/tools/grade -n hostile -d "$work/r" $name \
		"$work/answer.nw") >"$work/seen" 2>&1 </dev/null
	is "$(sed -n 's/^verdict: //p' "$work/r/verdict")" "$1" "$2"
	[ "$1" = pass ] ||
		is "$(awk -F'\t' '{ n += $3 } END { print n }' \
			"$work/r/table")" 0 '... and no points'
}

at_line() {	# LINE
	is "$(sed -n 's/^place: //p' "$work/r/verdict")" "answer.nw:$1" \
		"... at line $1 of the answer"
}

good='bool lguest_address_ok(const struct lguest *lg, u32 addr, u32 len)
{
	u32 end = lg->pfn_limit * PAGE_SIZE;

	return len <= end && addr <= end - len;
}'
bad() {		# STATEMENTS: the function does these, and says no
	printf '%s\n' \
		'bool lguest_address_ok(const struct lguest *lg, u32 addr, u32 len)' \
		'{' "$1" '	return false;' '}'
}

echo "$good" | answer
verdict pass 'a good answer passes'
matches "$work/seen" '^ *sum +10/10' '... with all points'

bad '	return lg->pfn;' | answer
verdict 'does not compile' 'a mistake in C'
at_line 6

echo "$good" | answer
sed -i 's/: answer\]/: answr]/' "$work/answer.nw"
verdict 'does not tangle' 'a chunk of another name'
echo "$good" | answer
printf '\n<<host/core.c>>=\nint x;\n@\n' >>"$work/answer.nw"
verdict 'does not tangle' 'a chunk that is the book'\''s'
at_line 12

bad '	while (addr | 1)
		barrier();' | answer
verdict hang 'an endless loop'
matches "$work/r/verdict" '^place: answer.nw:[67]$' '... at its line'

bad '	*(volatile u32 *)8 = 0;' | answer
verdict crash 'a bad pointer'
at_line 6

bad '	static int a[4];
	a[len % 4096 + 4] = 1;
	if (a[addr % 7]) return true;' | answer
verdict 'undefined behaviour' 'an index beyond an array'
at_line 7

bad '	while (fork() >= 0)
		;' | answer
verdict 'out of bounds' 'a fork bomb'
lacks "$work/seen" 'Resource temporarily' '... of which nothing went off'

bad '	kill(getppid(), 9);' | answer
verdict 'out of bounds' 'one that kills the grader'

bad '	printf("all tests passed\\n");
	printf("inside|1|1\\n");
	fflush(stdout);
	_exit(0);' | answer
verdict 'wrong answer' 'one that says that all is well'
matches "$work/seen" 'sum +0/10' '... is not believed'

{ echo '__attribute__((constructor)) static void early(void)
{
	printf("ok\\n");
	exit(0);
}'; bad ''; } | answer
verdict 'wrong answer' 'one that ends before the tests begin'

bad '	FILE *f = fopen("exercises/address-check/solution.nw", "r");
	char line[200];
	if (!f)
		f = fopen("/etc/passwd", "r");
	while (f && fgets(line, sizeof(line), f))
		fputs(line, stderr);' | answer
verdict 'wrong answer' 'one that reads the solution'
lacks "$work/r/results.txt" 'mutant|rubric|root:' '... does not see it'
lacks out/exercises/$name/slot-hostile/said 'mutant|rubric|root:' \
	'... nor anything else'

{ echo '#include "exercises/address-check/solution.nw"'; bad ''; } | answer
verdict 'does not compile' 'one that has the compiler read it'
lacks "$work/r/results.txt" 'rubric|adds without' '... does not see it'
{ bad ''; echo "__asm__(\".incbin \\\"$PWD/exercises/$name/solution.nw\\\"\");"
} | answer
verdict 'does not compile' 'nor the assembler'

bad '	for (;;)
		write(2, memset(malloc(1 << 16), 65, 1 << 16), 1 << 16);' | answer
verdict 'too much output' 'one that fills the disk'

{ echo '#define A(x) x x x x x x x x x x'
echo '#define B(x) A(A(A(A(A(A(A(A(A(x)))))))))'
bad '	B(B(;))'; } | answer
verdict 'does not compile' 'one that keeps the compiler busy'

echo "$good" | answer
head -c 100000000 /dev/zero | tr '\0' 'x' >>"$work/answer.nw"
verdict 'too large' '100 MB'
: >"$work/answer.nw"
verdict empty 'an empty file'
cp /bin/true "$work/answer.nw"
verdict 'not text' 'a program'

for form in txt json xml csv; do
	[ -s "$work/r/results.$form" ]
	result $? "there is always a results.$form"
done
if command -v jq >/dev/null; then
	runs 0 'the JSON is JSON' jq . "$work/r/results.json"
fi

done_testing
