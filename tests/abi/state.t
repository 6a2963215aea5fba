#!/bin/sh
# Processor state beyond the registers, on two processors; and interrupts that
# cannot be masked, sent by the machine's monitor while a Guest runs.

. tests/tap.sh
. tests/boot/lab.sh

for cpu in qemu32 max; do
	in_host "the Host's log is clean ($cpu)" -m -p 2 -c $cpu -t 120 \
		-f out/tests/abi/state:/state <<'EOT'
reported_by timeout -s KILL 600 /state
is $? 0 "state came to its end"
EOT
done

mkfifo "$work/nmi.in" "$work/nmi.out"
rm -f "$work/seen"
{	# some hundred NMIs, once the machine is there, for a minute at most
	n=0
	until grep -q 'a Guest is to spin' "$work/seen" || [ $n -gt 3000 ]; do
		n=$((n + 1))
		sleep 0.1
	done
	n=0
	while [ $n -lt 300 ]; do
		n=$((n + 1))
		echo nmi
		sleep 0.2
	done
} >"$work/nmi.in" 2>/dev/null &
sender=$!
cat "$work/nmi.out" >/dev/null &
reader=$!
in_host "the Host took each for what it was" -m -t 120 \
	-a 'Uhhuh. NMI received|unknown_nmi_error: .* callbacks suppressed|Dazed and confused|strange power saving' \
	-q "-chardev pipe,id=nmi,path=$work/nmi -mon chardev=nmi" \
	-f out/tests/abi/state:/state <<'EOT'
echo "# a Guest is to spin"
reported_by timeout -s KILL 600 /state spin 20
is $? 0 "state spin came to its end"
EOT
kill $sender $reader 2>/dev/null
wait 2>/dev/null

done_testing
