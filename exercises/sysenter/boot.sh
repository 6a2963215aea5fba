lguest 16 /guest $NONCE 2>&1
# These are programs; each of them makes fast system calls, if it can.
n=0
for i in 1 2 3 4 5; do
	[ "$(/bin/busybox expr $NONCE + $i)" = $((NONCE + i)) ] && n=$((n + 1))
done
echo "see|host|programs of the Host that ran well afterwards|$n"
