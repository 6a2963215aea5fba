#!/bin/sh
# Guests that mean harm: the Launcher gives a clear reason for each one's
# death and ends with 1, and the Host is as it was.

. tests/tap.sh
. tests/boot/lab.sh

set --
for source in tests/guests/*.c; do
	name=$(basename "$source" .c)
	set -- "$@" -f "out/$(echo "${source%.c}"):/guests/$name"
	printf '%s|%s|%s\n' "$name" \
		"$(sed -n 's,^/\* EXPECT: \(.*\) \*/$,\1,p' "$source")" \
		"$(sed -n '2s,^/\* \(.*\)\. \*/$,\1,p' "$source")"
done >"$work/expected"

in_host "the module unloads, and the Host's log is clean" -m -p 2 -t 300 \
	-f "$work/expected:/guests/expected" "$@" <<'EOT'
# One Guest after another, each followed by one that means no harm.
while IFS='|' read -r name expected what; do
	[ "$expected" != "no end" ] || continue
	want=1
	case $expected in *powered*) want=0 ;; esac
	runs $want "$name: $what" lguest 16 "/guests/$name"
	matches "$work/seen" "^lguest: $expected" "... the reason is clear"
	lguest 16 /guests/hello >"$work/hello" 2>&1 </dev/null &&
		grep -q '^hello from ring 1' "$work/hello"
	result $? "... and the next Guest runs"
done </guests/expected

runs 137 "a Guest that never lets go can be killed" \
	timeout -s KILL 3 lguest 16 /guests/endless
runs 143 "... or ended" timeout -s TERM 3 lguest 16 /guests/endless

# All of them at once, and among them one that means no harm.
ending=
while IFS='|' read -r name expected what; do
	timeout -s KILL 600 lguest 16 "/guests/$name" >"$work/$name" \
		2>&1 </dev/null &
	[ "$expected" = "no end" ] || ending="$ending $!"
done </guests/expected
good=0 n=0
while [ $n -lt 10 ]; do
	n=$((n + 1))
	lguest 16 /guests/hello 2>&1 </dev/null | grep -q 'hello from ring 1' &&
		good=$((good + 1))
done
is $good 10 "ten good Guests while all the others run"
# Each ends by itself, however slow the Host is; then those that do not.
wait $ending
killall -9 lguest
wait
bad=0
while IFS='|' read -r name expected what; do
	[ "$expected" != "no end" ] || continue
	grep -qE "^lguest: $expected" "$work/$name" && continue
	bad=$((bad + 1))
	{ echo "$name:"; cat "$work/$name"; } | say
done </guests/expected
is $bad 0 "the others, all at once, died for the same reasons"
EOT

done_testing
