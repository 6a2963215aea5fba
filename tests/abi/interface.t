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
EOT
}

interface "the module unloads, and the Host's log is clean" -p 2
interface "... and with a processor of the newest kind, with much memory" -c max -M 1024

done_testing
