#!/bin/sh
# The Host's networks: a tap of one's own and a bridge.

. tests/tap.sh
. tests/boot/lab.sh

i686-linux-gnu-gcc -O2 -Wall -static -o "$work/mktap" tests/boot/mktap.c
result $? "the maker of taps compiles"
home=$(lab/fetch)
net=$home/lib/modules/$(cat "$home/complete")/kernel
set --
for module in net/llc/llc net/802/stp net/bridge/bridge drivers/net/tun; do
	set -- "$@" -f "$net/$module.ko:/lib/${module##*/}.ko"
done

in_host "the Host has nothing to say" -m "$@" -f "$work/mktap" -f out/tests/guests/network \
	-a 'Bridge firewalling|tun: Universal|bridge: filtering|device tap[0-9]+ |br0: port [0-9]\(tap[0-9]+\) entered|IPv6: ADDRCONF' <<'EOT'
runs 1 'a tap without the module' lguest --net=tap:tap0 16 /network
matches "$work/seen" '^lguest: no taps here: /dev/net/tun: No such file' '... is said'
for module in llc stp bridge tun; do
	insmod /lib/$module.ko
done
brctl addbr br0
ip link set br0 up

runs 1 'a bridge that is not there' lguest --net=bridge:br1 16 /network
matches "$work/seen" '^lguest: br1: cannot join this bridge: No such device' \
	'... is said'
runs 2 'a name that is too long' lguest --net=tap:a-name-that-is-too-long \
	16 /network
matches "$work/seen" 'too long a name for a network card' '... is said'

two() {	# NAME COMMAND FOR THE FIRST -- COMMAND FOR THE SECOND
	name=$1 first=$2
	shift 3
	sh -c "timeout 100 $first" >"$work/first" 2>&1 &
	other=$!
	runs 0 "$name" timeout 100 sh -c "$*"
	matches "$work/seen" '^network: all have come$' '... the second hears the first'
	wait $other
	is $? 0 '... and both end'
	matches "$work/first" '^network: all have come$' \
		'... the first heard the second'
}

two 'two Guests on a bridge' 'lguest --net=bridge:br0 16 /network' -- \
	lguest -v --net=bridge:br0 16 /network
matches "$work/seen" '^Network card tap[01] in br0$' '... whose cards are named'
is "$(ls /sys/class/net/br0/brif | wc -l)" 0 '... and leave with them'

# A tap that root has made is for its user, who has no other right.
chmod 666 /dev/lguest /dev/net/tun
/mktap tap5 1000
brctl addif br0 tap5
ip link set tap5 up
two "a user with a tap, and a Guest on the bridge, both locked in" \
	"su student -c 'lguest --net=tap:tap5 16 /network'" -- \
	lguest --username=student --chroot=/tmp --net=bridge:br0 16 /network
runs 1 'a tap that is in use' sh -c 'lguest --net=tap:tap5 16 /network &
	until [ "$(cat /sys/class/net/tap5/carrier)" = 1 ]; do usleep 50000; done
	timeout 100 lguest --net=tap:tap5 16 /network; status=$?; kill $!; exit $status'
matches "$work/seen" 'tap5: cannot have this tap: Device or resource busy' \
	'... is said'
ip link set br0 down
brctl delbr br0
EOT

done_testing
