#!/bin/sh
# lab/run tells apart at which stage a run went wrong.

. tests/tap.sh
. tests/boot/lab.sh

cat >"$work/script" <<'SCRIPT'
echo "two: $(sed -n 's/^echo "\(two\):.*/\1/p' '/there/it is')"
echo 'expected 42' >/dev/kmsg
SCRIPT

lab 7 "the script's status is returned" -s 'echo "said by the script"; exit 7'
is "$(cat "$work/seen")" "said by the script" "... and nothing but what it said"

lab 0 "a file of commands, another file, kernel log and wall time" \
	-f "$work/script:/there/it is" -d "$work/log" -w "$work/wall" \
	-a '^expected [0-9]+$' "$work/script"
matches "$work/seen" '^two: two$' "... the file was there"
matches "$work/log" '^expected 42$' "... the log was kept"
matches "$work/wall" '^[0-9]+$' "... and the time"

dd if="$(lab/fetch)/boot/vmlinuz-$(cat "$(lab/fetch)/complete")" \
	of="$work/cut" bs=1k count=64 2>/dev/null
lab 201 "a kernel that is cut short" -b 20 -q "-kernel $work/cut" -s true
matches "$work/seen" '^lab: the kernel did not boot' "... is told as that"

lab 202 "a kernel without an init" -k 'rdinit=/nowhere' -s true
matches "$work/seen" '^lab: the kernel booted, but init did not start' \
	"... is told as that"
matches "$work/seen" 'Kernel panic - not syncing' "... with what it said"

lab 203 "a module that is none" -m -f "$work/script:/lib/lg.ko" -s true
matches "$work/seen" '^lab: the module does not load: .*invalid module format' \
	"... is told as that"

lab 204 "a script that hangs" -t 5 -s 'echo waiting; sleep 1000'
matches "$work/seen" '^lab: the script hung: not done after' \
	"... is told as that"
matches "$work/seen" '^EIP=' "... with where the processor was"
matches "$work/seen" '^waiting$' "... and what the script had said"

lab 205 "a Host that panics" -s 'echo c >/proc/sysrq-trigger'
matches "$work/seen" '^lab: the Host panicked: .*sysrq triggered crash' \
	"... is told as that"
matches "$work/seen" 'sysrq_handle_crash' "... with its call trace"

lab 205 "a Host that is reset" -s 'echo b >/proc/sysrq-trigger'
matches "$work/seen" '^lab: the Host was reset without a word' \
	"... is told as that"

lab 206 "a line in the Host's log" -s 'echo "a stray line" >/dev/kmsg'
matches "$work/seen" '^lab: the Host.s log is not clean:' "... is told as that"
matches "$work/seen" '^  \| a stray line$' "... with the line"

lab 206 "a flood that drives the mark out of the log" -t 120 \
	-s 'n=0; while [ $n -lt 9000 ]; do
		n=$((n + 1)); echo "flood flood flood flood $n" >/dev/kmsg
	done'

lab 207 "a module that stays" -m -s 'exec 5</dev/lguest
	sh -c "sleep 1000" & sleep 1'
matches "$work/seen" '^lab: the module cannot be unloaded: ' "... is told as that"

lab 208 "a machine that QEMU does not know" -q '-machine none-such' -s true
matches "$work/seen" 'unsupported machine type' "... is told in QEMU's own words"

done_testing
