lguest 16 /guest $NONCE 2>&1 || exit 0
faults() {
	lguest --stats 16 /guest $* >/tmp/stats 2>&1
	sed -n 's/^.*exit_14[ \t]*//p' /tmp/stats
}
n=$(($(faults count walk) - $(faults count)))
for test in half tenth best; do
	echo "see|$test|page faults in a walk through 256 pages|$n"
done
