#!/bin/sh
# Linux Guests talk to one another by TCP, over virtio's network and a folder
# of the Host's; and when one of them is killed, the others go on. By a tap they
# talk to the Host, there and back.

. tests/tap.sh
. tests/boot/lab.sh
. tests/linux/lib.sh

guest_script "$work/initrd" <<'SCRIPT'
ifconfig lo 127.0.0.1 up
ifconfig eth0 10.0.0.$n netmask 255.255.255.0 up
head -c 8388608 /dev/urandom >/tmp/data

case $role in
receiver)
	sum=$(nc -l -p 7000 | md5sum)
	echo "received ${sum%% *}"
	;;
sender)
	until ping -c 1 -W 1 10.0.0.1 >/tmp/ping; do :; done
	grep -q ' 0% packet loss' /tmp/ping && echo 'pass: a ping is answered'
	until nc 10.0.0.1 7000 </tmp/data 2>/dev/null; do usleep 100000; done
	sum=$(md5sum </tmp/data)
	echo "sent ${sum%% *}"
	set -- $(grep eth0 /proc/net/dev)
	echo "lost $((${4} + ${5} + ${12} + ${13}))"
	;;
tap)
	# The Host takes what comes at 7000, and sends it back at 7001. A BusyBox
	# that has nothing more to read itself does not listen any more either.
	transfer() {	# NAME PORT
		until
			read -r before rest </proc/uptime
			nc 10.0.0.254 $2 2>/dev/null
		do
			usleep 100000
		done
		read -r after rest </proc/uptime
		echo "$1 $before $after" >>/tmp/times
	}
	until ping -c 1 -W 1 10.0.0.254 >/dev/null; do :; done
	# A clock of 10 ms sees half a second, and a moment in which nothing
	# moved counts as well: the quickest of three tells what it takes.
	for n in 1 2 3; do
		transfer out 7000 </tmp/data
	done
	mkfifo /tmp/open
	transfer back 7001 <>/tmp/open >/tmp/back
	cmp /tmp/data /tmp/back && echo 'pass: it comes back as it went'
	awk '{ t = $3 - $2; printf "rate %s %.1f\n", $1, (t > 0 ? 8 / t : 0) }' /tmp/times
	set -- $(grep eth0 /proc/net/dev)
	echo "lost $((${4} + ${5} + ${12} + ${13}))"
	sum=$(md5sum </tmp/data)
	echo "sent ${sum%% *}"
	;;
*)
	# Everybody shows a page to the others, and asks for theirs. Who has
	# seen another one go and come back may go home. Who is killed in the
	# midst of a talk does not hang up, so each talk has its time.
	echo "page of $n" >/tmp/page
	while :; do timeout 3 nc -l -p 80 </tmp/page; done >/dev/null 2>&1 &
	asks() {	# GUEST: perhaps while it is not listening
		for try in 1 2 3 4 5; do
			page=$(timeout 3 nc -w 1 10.0.0.$1 80 \
				</dev/null 2>/dev/null)
			[ "$page" != "page of $1" ] || return 0
			usleep 30000
		done
		return 1
	}
	seen='' gone='' back=''
	until [ -n "$back" ] && [ "$life" = 1 ]; do
		for other in 1 2 3; do
			[ $other != $n ] || continue
			if asks $other; then
				echo "has $other"
				seen="$seen $other"
				case $gone in *$other*) back=$other ;; esac
			else
				echo "misses $other"
				case $seen in *$other*) gone="$gone $other" ;; esac
			fi
		done
		usleep 100000
	done
	echo "saw $back go and come back"
	;;
esac
SCRIPT

# What a Guest says it has sent is what another, or the Host, has received.
arrives_whole() {
	tr -d '\r' <"$work/seen" >"$work/lines"
	count_results "$work/seen"
	sent=$(sed -n 's/^sent //p' "$work/lines")
	is "$(sed -n 's/^received //p' "$work/lines")" "${sent:-nothing}" \
		'they arrive as they left'
	is "$(sed -n 's/^lost //p' "$work/lines")" 0 \
		'and nothing was lost on the way'
}

lab 0 'a Guest sends eight megabytes to another' -m -t 120 \
	-f "$linux/vmlinux" -f "$work/initrd" -s '
	mkdir /net
	guest="lguest --net=/net --initrd=/initrd 64 /vmlinux quiet run=script"
	$guest n=1 role=receiver >/tmp/receiver 2>&1 &
	$guest n=2 role=sender || exit
	wait
	cat /tmp/receiver'
arrives_whole

# A second has 1000 million instructions in this machine.
home=$(lab/fetch)
lab 0 'a Guest sends eight megabytes to its Host, and has them back' -m -t 240 \
	-q '-icount shift=0' -f "$linux/vmlinux" -f "$work/initrd" \
	-f "$home/lib/modules/$(cat "$home/complete")/kernel/drivers/net/tun.ko" \
	-a 'tun: Universal|device tap0 |IPv6: ADDRCONF' -s '
	insmod /tun.ko
	echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6 2>/dev/null
	mkfifo /tmp/open
	{
		for n in 1 2 3; do nc -l -p 7000 <>/tmp/open >/tmp/got; done
		nc -l -p 7001 </tmp/got
	} &
	until ifconfig tap0 10.0.0.254 netmask 255.255.255.0 up; do
		usleep 100000
	done 2>/dev/null &
	lguest --net=tap:tap0 --initrd=/initrd 64 /vmlinux quiet run=script \
		n=1 role=tap || exit
	sum=$(md5sum </tmp/got)
	echo "received ${sum%% *}"'
arrives_whole
for way in out back; do
	rate=$(sed -n "s/^rate $way //p" "$work/lines" | sort -n | tail -n 1)
	awk "BEGIN { exit !(${rate:-0} >= 15) }"
	result $? "15 MiB or more in 1000 million instructions, $way"
	echo "${rate:-none} MiB" | say
done

cat >"$work/three" <<'SCRIPT'
mkdir /net
begin() {	# NUMBER LIFE
	lguest --net=/net --initrd=/initrd 48 /vmlinux quiet run=script n=$1 \
		life=$2 >/tmp/life$2.$1 2>&1 &
	eval "guest$1=$!"
}
until_line() {	# FILE LINE COUNT
	tries=1000
	until [ "$(grep -c "^$2" $1)" -ge $3 ]; do
		usleep 100000
		tries=$((tries - 1))
		[ $tries -gt 0 ] || {
			echo "no line '$2' in $1"
			tail -n 5 /tmp/life*
			exit 1
		}
	done
}
begin 1 1; begin 2 1; begin 3 1
for n in 1 2 3; do
	for other in 1 2 3; do
		[ $n = $other ] || until_line /tmp/life1.$n "has $other" 2
	done
done
echo 'pass: three Guests read from one another'
victim=$((1 + $(od -An -N1 -tu1 /dev/urandom) % 3))
eval "kill -KILL \$guest$victim"
for n in 1 2 3; do
	[ $n != $victim ] || continue
	until_line /tmp/life1.$n "misses $victim" 1
	other=$((6 - n - victim))
	before=$(grep -c "^has $other" /tmp/life1.$n)
	until_line /tmp/life1.$n "has $other" $((before + 2))
done
echo "pass: one is killed, and the others go on"
begin $victim 2
for n in 1 2 3; do
	[ $n = $victim ] || until_line /tmp/life1.$n \
		"saw $victim go and come back" 1
done
echo 'pass: it comes back, and they notice'
for n in 1 2 3; do
	[ $n = $victim ] || { eval "wait \$guest$n" || exit; }
done
eval "kill -KILL \$guest$victim"
wait
SCRIPT
runs 0 'three Guests on a network, one of them killed' lab/run -m -t 240 \
	-f "$linux/vmlinux" -f "$work/initrd" "$work/three"
count_results "$work/seen"
is "$(wc -l <"$work/results")" 3 'all was tried'

done_testing
