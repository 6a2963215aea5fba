#!/bin/sh
# The interface, from a Launcher's side: each request of /dev/lguest and each
# of its errors, each hypercall, each field that Guest and Host share.

. tests/tap.sh
. tests/boot/lab.sh

interface() {	# NAME lab/run's arguments: all of it on one machine
	in_host "$@" -m -t 120 -f out/tests/abi/requests:/requests \
		-f out/tests/abi/hypercalls:/hypercalls <<'EOT'
for program in requests hypercalls; do
	reported_by timeout -s KILL 600 /$program
	is $? 0 "$program came to its end"
done

# A group of tasks that may have three megabytes.
group=/sys/fs/cgroup/small
mount -t cgroup2 none /sys/fs/cgroup && echo +memory >/sys/fs/cgroup/cgroup.subtree_control &&
	mkdir $group && echo 3M >$group/memory.max
is $? 0 "there is a limit for memory"
reported_by sh -c "echo \$\$ >$group/cgroup.procs && exec /requests room"
is $? 0 "requests came to its end without memory"
is "$(sed -n 's/^oom_kill //p' $group/memory.events)" 0 \
	"... and nobody was ended for it"
rmdir $group && umount /sys/fs/cgroup
EOT
}

two='-p 2'
[ "${MACHINE:-qemu}" = qemu ] || two=
interface "the module unloads, and the Host's log is clean" $two
machine_has "a processor of the newest kind" -c max &&
	interface "... and with a processor of the newest kind" -c max

# Who reads a register looks whether one was asked for, and then takes it. There
# are three instructions between the two, and another thread's request must not
# come in between; a probe in the Host's kernel makes them some thousands.
module=out/lab/${HOST:-686}/module/host/lg.ko
i686-linux-gnu-objdump -d --no-show-raw-insn "$module" | awk '
	/^[0-9a-f]+ <.*>:$/ { name = substr($2, 2, length($2) - 3); from = $1 }
	name == "read" && /xchg .*\(/ { print "0x" from, "0x" $1 }' |
	while read -r from at; do
		echo "lg:read+$((${at%:} - from))"
	done >"$work/places"
is "$(wc -l <"$work/places")" 1 "the place where a register is taken"
machine_has "two threads" -p 2 &&
	in_host "the Host's log is clean" -m -p 2 -t 120 -f "$work/places:/places" \
		-f out/tests/abi/requests:/requests <<'EOT'
cd /sys/kernel/tracing
if [ -f kprobe_events ]; then
	echo "p:taken $(cat /places)" >kprobe_events
	echo 1 >events/kprobes/enable
fi
reported_by timeout -s KILL 600 /requests race
is $? 0 "requests came to its end"
if [ -f kprobe_events ]; then
	echo 0 >events/kprobes/enable
	hits=$(awk '{ print $2 }' kprobe_profile)
	[ "${hits:-0}" -ge 1000 ]
	result $? "registers were taken slowly, $hits times"
	echo >kprobe_events
else
	echo "# a kernel without probes: it will hardly have met the other thread"
fi
EOT

done_testing
