#!/bin/sh
# A Guest that wants to be started again is, from the file as it is then.

. tests/tap.sh
. tests/boot/lab.sh

in_host "the module unloads, and the Host's log is clean" -m \
	-f out/tests/guests/restart:/restart -f out/tests/guests/hello:/hello <<'EOT'
cp /restart "$work/kernel"
: >"$work/said"
lguest 16 "$work/kernel" >"$work/said" 2>&1 </dev/null &
launcher=$!
n=0
while [ $n -lt 100 ] && [ "$(grep -c '^and again' "$work/said")" -lt 3 ]; do
	n=$((n + 1))
	sleep 0.1
done
[ "$(grep -c '^and again' "$work/said")" -ge 3 ]
result $? "a Guest that asks for it is started again, and again"

cp /hello "$work/other"
mv "$work/other" "$work/kernel"
wait $launcher
is $? 0 "with another kernel in its place the next start is the last"
matches "$work/said" '^hello from ring 1' "... of that kernel"
matches "$work/said" '^lguest: Guest powered off: main returned' \
	"... and the Launcher says how it ended"
is "$(grep -c '^and again' "$work/said")" \
	"$(grep -c '^lguest: Guest restarts' "$work/said")" \
	"as it did of each start before"
EOT

done_testing
