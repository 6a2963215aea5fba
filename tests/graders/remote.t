#!/bin/sh
# A class graded on another machine: this one, behind an sshd of our own on the
# loopback, with the tree at another place.

. tests/tap.sh

[ -e out/.tangled ] || make -s tangle >/dev/null
exercise=address-check
other=$work/other
mkdir -p "$other/out"
cp -r exercises tangle book src.nw "$other/"
cp -r out/.tangled out/build out/src out/tangle "$other/out/"

# One key for the machine and one for us, and nothing of anybody's own files.
port=$((20000 + $$ % 20000))
for key in host user; do
	ssh-keygen -q -t ed25519 -N '' -f "$work/$key"
done
cat >"$work/sshd_config" <<EOT
Port $port
ListenAddress 127.0.0.1
HostKey $work/host
AuthorizedKeysFile $work/user.pub
PidFile $work/sshd.pid
StrictModes no
UsePAM no
PasswordAuthentication no
EOT
cat >"$work/ssh_config" <<EOT
Host other
	HostName 127.0.0.1
	Port $port
	IdentityFile $work/user
	IdentitiesOnly yes
	UserKnownHostsFile $work/known
	StrictHostKeyChecking accept-new
EOT
[ "$(id -u)" != 0 ] || mkdir -p /run/sshd
/usr/sbin/sshd -D -e -f "$work/sshd_config" 2>"$work/sshd.said" &
sshd=$!
trap 'kill $sshd 2>/dev/null; at_end' EXIT
export PARALLEL_SSH="ssh -F $work/ssh_config"
for _ in 1 2 3 4 5 6 7 8 9 10; do
	$PARALLEL_SSH other true 2>/dev/null && break
	sleep 0.5
done
runs 0 'the other machine is there' $PARALLEL_SSH other true || {
	say <"$work/sshd.said"
	done_testing
	exit
}

exercises/tools/rehearse $exercise "$work/class" 3 >/dev/null
runs 0 'a class is graded there' exercises/tools/grade-all $exercise "$work/class" \
	2 2/other "$other"
matches "$work/seen" '^student-01 +10/10 +pass' 'who is right passes'
matches "$work/seen" '^student-02 +5/10 +wrong answer +across wraps' \
	'and who is not does not'
matches "$work/class/grades-$exercise/student-03/result/results.json" '"score"' \
	'the results have come back'
[ -d "$other/out/exercises/$exercise/slot-all-1" ]
result $? 'it was that tree that did it'
runs 0 'and nothing is left to do' exercises/tools/grade-all $exercise \
	"$work/class" 2 2/other "$other"
matches "$work/seen" 'GRADE +0 of 3' 'nor is it done again'

mv "$other" "$work/elsewhere"
rm -rf "$work/class/grades-$exercise"
exercises/tools/grade-all $exercise "$work/class" 2 2/other "$other" \
	>"$work/seen" 2>&1
matches "$work/seen" '^student-01 +0/10 +not graded' \
	'a machine without the tree is no bad mark, but none'

done_testing
