lguest 16 /guest lesson=effect nonce=$NONCE 2>&1 || exit 0
exits() {
	lguest --stats 16 /guest lesson=$1 >/tmp/stats 2>&1
	sed -n 's/^.*exit_31[ \t]*//p' /tmp/stats
}
with=$(exits fork)
without=$(exits nothing)
echo "see|half|exits for a fork of 512 pages|$((with - without))"
echo "see|cheap|exits for a fork of 512 pages|$((with - without))"
