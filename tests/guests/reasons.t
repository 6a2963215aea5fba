#!/bin/sh
# Each reason for a Guest's death that the Host's source can give is one that
# some test provokes. The list is made by tests/guests/reasons; the book
# prints it.

. tests/tap.sh

runs 0 "the reasons can be listed" tests/guests/reasons
cp "$work/seen" "$work/reasons"
[ "$(wc -l <"$work/reasons")" -ge 25 ]
result $? "the Host has reasons: $(wc -l <"$work/reasons") of them"

tab=$(printf '\t')
while IFS="$tab" read -r reason provoked; do
	[ -n "$provoked" ]
	result $? "${reason#death/}"
	echo "$provoked" | say
done <"$work/reasons"

# One that the source has got since must not pass.
mkdir -p "$work/out/src/host" "$work/out/src/include"
cp out/src/include/*.h "$work/out/src/include"
cp -r tests "$work"
echo 'kill_guest(cpu, "a reason that is new");' >"$work/out/src/host/new.c"
(cd "$work" && tests/guests/reasons) >"$work/new"
is "$(cat "$work/new")" "death/a reason that is new$tab" \
	"a reason that nobody provokes is seen"

done_testing
