#!/bin/sh
# What the Launcher gives up before its Guest runs, and its keeper. Here the
# real rights.c is at work, and no checkers of the compiler's, which would want
# more than the list has.

. tests/tap.sh
. tests/launcher/build.sh

CHECKED='-std=gnu11 -O1 -g -Wall -Wextra -Werror -pthread
	-DSTATS="out/tests/launcher/counted"'
# shellcheck disable=SC2046
compile locked $(everything_but host.c) "$top/tests/launcher/fake-host.c" -lz

sound=$(elf sound)
head -c 65536 /dev/zero >"$work/disk"
mkdir "$work/net" "$work/empty"

# A Host without seccomp is passed over; here it must be there.
"$bin/locked" -v 4 "$sound" poweroff >"$work/seen" 2>&1 </dev/null
matches "$work/seen" '^Locked in: [0-9]+ steps$' 'the list is in force'

runs 0 'what is not on the list is refused' "$bin/locked" 4 "$sound" locked
for play in poweroff hello wrap reset kicks boot disk_write disk_full_ring \
		rng; do
	case $play in
	disk*) set -- --block="$work/disk" ;;
	rng) set -- --rng ;;
	*) set -- ;;
	esac
	runs 0 "the list suffices for $play" "$bin/locked" "$@" 4 "$sound" $play
done
runs 1 'and for a death' "$bin/locked" 4 "$sound" crash
matches "$work/seen" '^lguest: Guest died: CRASH: fire in the hall$' '... told'
runs 1 'and for a broken driver' "$bin/locked" 4 "$sound" loop
matches "$work/seen" 'the chain at 0 is a loop$' '... told'
runs 0 'a locked Guest can restart' "$bin/locked" 4 "$sound" restart
matches "$work/seen" '^second life$' '... and does'
awk 'BEGIN { for (i = 0; i < 3000; i++) print i }' >"$work/numbers"
"$bin/locked" 4 "$sound" cat <"$work/numbers" >"$work/copy" 2>"$work/seen"
cmp "$work/numbers" "$work/copy" >"$work/seen"
result $? 'fourteen kilobytes come and go'

asleep() {	# ARGUMENT…: $keeper, $life; all that it says is in $work/seen
	: >"$work/said"
	"$bin/locked" "$@" 4 "$sound" sleep </dev/null >"$work/said" 2>&1 &
	keeper=$!
	tries=0
	until grep -q '^asleep$' "$work/said"; do
		tries=$((tries + 1))
		[ $tries -lt 200 ] || break
		sleep 0.1
	done
	life=$(sed 's/ .*//' "/proc/$keeper/task/$keeper/children")
}

status() {	# FIELD: what the life's threads have there, each once
	sed -n "s/^$1:[ \t]*//p" /proc/"$life"/task/*/status | sort -u
}

gone() {	# PROCESS: after ten seconds at most
	tries=0
	while [ -e "/proc/$1" ] && [ $tries -lt 100 ]; do
		sleep 0.1
		tries=$((tries + 1))
	done
	[ ! -e "/proc/$1" ]
}

asleep --block="$work/disk" --rng --net="$work/net"
is "$(find "/proc/$life/task" -mindepth 1 -maxdepth 1 | wc -l)" 6 'six threads'
is "$(status Seccomp)" 2 '... have the list'
is "$(status NoNewPrivs)" 1 '... and can win no rights'
is "$(sed -n 's/^Seccomp:[ \t]*//p' "/proc/$keeper/status")" \
	"$(sed -n 's/^Seccomp:[ \t]*//p' /proc/self/status)" \
	'... and their keeper has not'
kill -9 $keeper
wait $keeper
is $? 137 'a keeper is killed'
gone "$life"
result $? '... and takes the life with it'

asleep
kill -9 "$life"
wait $keeper
is $? 137 'a life is killed, and its keeper ends as if it had been'
asleep
kill $keeper
wait $keeper
is $? 143 'a signal to the keeper'
gone "$life"
result $? '... is one to the life'
asleep
kill -STOP "$life"
kill -CONT "$life"
kill -USR1 $keeper
wait $keeper
is $? 138 'a stop in between is none'

runs 1 'a user who is not there' "$bin/locked" --username=nosuchuser 4 \
	"$sound" poweroff
matches "$work/seen" 'nosuchuser: no such user in /etc/passwd' '... is said'
runs 1 'a root that is not there' "$bin/locked" --chroot="$work/none" 4 \
	"$sound" poweroff
matches "$work/seen" 'none: cannot be our root: (No such file|Operation not)' \
	'... is said'
if [ "$(id -u)" -eq 0 ]; then
	asleep --username=nobody --chroot="$work/empty" --block="$work/disk"
	is "$(status Uid | tr '\t' ' ')" "$(id -u nobody | sed 's/.*/& & & &/')" \
		'all threads are nobody'
	is "$(status Gid | tr '\t' ' ')" "$(id -g nobody | sed 's/.*/& & & &/')" \
		'... also by their group'
	is "$(status Groups)" '' '... and by all groups'
	is "$(status CapEff)" 0000000000000000 '... and may nothing'
	is "$(readlink "/proc/$life/root")" "$work/empty" \
		'... and see an empty folder'
	kill -9 $keeper
	wait $keeper
	gone "$life"
	result $? '... and go with their keeper'
	runs 0 'nobody can restart' "$bin/locked" --username=nobody \
		--chroot="$work/empty" --block="$work/disk" 4 "$sound" restart
	matches "$work/seen" '^second life$' '... and does'
else
	skip 'another user in another root' 'this takes root'
fi

done_testing
