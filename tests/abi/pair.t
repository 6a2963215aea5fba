#!/bin/sh
# Two pups that share a page and talk by the transfers of 2.6.23, on one
# processor and on two.

. tests/tap.sh
. tests/boot/lab.sh

conversation() {	# NAME lab/run's arguments
	machine_has "$@" || return
	in_host "$@" -m -f out/tests/abi/pair:/bin/pair -f out/pair:/pup-pair <<'EOT'
timeout -s KILL 600 pair /shared /pup-pair answer >"$work/answers" 2>&1 &
n=0
until grep -q '^# listening' "$work/answers" || [ $n -ge 600 ]; do
	n=$((n + 1))
	sleep 0.1
done
runs 0 "a pup asks a thousand questions" \
	timeout -s KILL 600 pair /shared /pup-pair ask
wait $!
is $? 0 "... and another one answers"
for file in "$work/seen" "$work/answers"; do
	tr -d '\r' <"$file" | sed 's/^ok [0-9]* -/ok -/;s/^not ok [0-9]* -/not ok -/' \
		>"$work/results"
	reported_by grep 'ok - ' "$work/results"
done
is "$(tr -d "\0" </shared | wc -c)" 0 \
	"what they share was not written to"
EOT
}

conversation "the module unloads, and the Host's log is clean"
conversation "... and with two processors" -p 2

done_testing
