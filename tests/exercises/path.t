#!/bin/sh
# The way of a student through an exercise, and of a teacher who makes one.

. tests/tap.sh

export ANSWERS="$work/answers"
which=address-check
there=$ANSWERS/$which
ex() { tool=$1; shift; runs 0 "$tool $*" exercises/tools/"$tool" "$@"; }

[ -e out/.tangled ] || make -s tangle >/dev/null
ex list
matches "$work/seen" "^$which +H:032 +10 +1 " 'the list has tag, points and hours'
matches "$work/seen" 'read first: L:020' '... and what to read first'

ex starter $which
[ -f "$there/answer.nw" ] && [ -f "$there/tests/unit.c" ]
result $? 'the folder has the answer and the tests'
lacks "$there/answer.nw" 'hole' 'the hole has become the answer'
[ ! -e "$there/solution.nw" ] && ! grep -rq 'check_add_overflow' "$there/answer.nw"
result $? 'and there is no solution in it'
runs 2 'a second starter keeps what is there' exercises/tools/starter $which
grep -qF 'Who adds without thinking' exercises/$which/solution.nw &&
	! grep -rqF 'Who adds without thinking' "$there"
result $? 'the mistakes are not given away'

runs 1 'an untouched starter is no pass' exercises/tools/try $which
matches "$work/seen" '^ *sum +0/10' '... and makes no points'
matches "$work/seen" 'Read again: H:032 One checked path' '... it says where to read'
matches "$work/seen" 'expected: 1' '... what was expected'

ex hint $which
matches "$work/seen" '^Hint 1 of 3' 'the first hint'
ex hint $which
matches "$work/seen" '^Hint 2 of 3' 'and then the second'

sed -i 's/	return false;/	u32 end = lg->pfn_limit * PAGE_SIZE;\n\n	return len <= end \&\& addr <= end - len;/' \
	"$there/answer.nw"
ex try $which
matches "$work/seen" '^ *sum +10/10' 'the right answer makes all points'
echo '/* mine */' >>"$there/tests/unit.c"
ex try $which
matches "$work/seen" 'Your copy of tests/unit.c differs' \
	'a changed test is noticed, and not used'

ex handin $which
pack=$(find "$ANSWERS" -name '*.tar.gz')
tar -tzf "$pack" >"$work/list"
for file in answer.nw log result/results.json; do
	matches "$work/list" "/$file\$" "$file is handed in"
done
matches "$there/log" 'hint 2$' 'the log knows the hints'
matches "$there/log" 'grade pass: 10/10$' 'and the tries'

if command -v parallel >/dev/null; then
	mkdir "$work/class"
	cp "$there/answer.nw" "$work/class/ann.nw"
	cp "$pack" "$work/class/bob.tar.gz"
	exercises/tools/starter gate >/dev/null
	: >"$work/class/cy.nw"
	ex grade-all $which "$work/class" 2
	matches "$work/seen" '^ann +10/10 +pass' 'a class has a table'
	matches "$work/seen" '^bob +10/10 +pass' '... with what was packed'
	matches "$work/seen" '^cy +0/10 +empty' '... and with what was not'
	matches "$work/seen" '^ *100% ann, bob' '... and says who is like whom'
	matches "$work/class/grades-$which/histogram.svg" '<rect' \
		'... and a histogram'
	ex grade-all $which "$work/class" 2
	matches "$work/seen" 'GRADE +0 of 3' 'what is graded is not graded again'
else
	skip 'a class' 'GNU parallel is not there'
fi

# A new exercise, in a copy of what it needs.
mkdir "$work/tree"
cp -r exercises tangle book src.nw "$work/tree/"
mkdir "$work/tree/out"
cp -r out/.tangled out/build out/src out/tangle "$work/tree/out/"
cd "$work/tree" || exit
ex new-exercise first-steps
ex list
matches "$work/seen" '^first-steps ' 'a new exercise is listed'
ex self-test first-steps
runs 0 'and the book is whole with it' tangle/check
cd "$top" || exit

done_testing
