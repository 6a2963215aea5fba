#!/bin/sh
# Each reason for a Guest's death that the Host's source can give is one that
# some test provokes.

. tests/tap.sh

# What the tests expect, as text: the little Guests', the attacks', and that
# of a Launcher with a hole in its Guest's memory, and a Host's without any.
{
	sed -n 's,^/\* EXPECT: Guest died: \(.*\) \*/$,\1,p' tests/guests/*.c
	i686-linux-gnu-gcc -ffreestanding -Iout/src/include -DLIST -E \
		tests/hostile/attacks.c |
		sed -n 's/" *"//g;s/.*ATTACK_IS "\(.*\)" END.*/\1/p' |
		cut -d'|' -f2
	sed -n 's/.*strcmp(why, "\([^"]*\)").*/\1/p' tests/hostile/fuzz.c
	sed -n "s/^dies_of '\(.*\)'/\1/p" tests/hostile/starve.t
} | tr -d '\\' >"$work/provoked"

cat out/src/host/*.c | tr '\n\t' '  ' | grep -o 'kill_guest(cpu, *"[^"]*"' |
	sed 's/.*"\(.*\)"/\1/' | sort -u >"$work/reasons"
[ "$(wc -l <"$work/reasons")" -ge 20 ]
result $? "the Host has reasons: $(wc -l <"$work/reasons") of them"

while IFS= read -r reason; do
	matches "$work/provoked" \
		"^$(echo "$reason" | sed 's/%[#a-z]*/.*/g')" "$reason"
done <"$work/reasons"

done_testing
