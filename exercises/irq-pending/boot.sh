lguest 16 /guest lesson=waits nonce=$NONCE 2>&1 || exit 0
lguest --stats 16 /guest lesson=quiet >/tmp/stats 2>&1
grep '^lguest: ' /tmp/stats
calls=$(sed -n 's/^.*call_SEND_INTERRUPTS[ \t]*//p' /tmp/stats)
echo "see|quiet|calls made in 3000 times with nothing to let in|${calls:-0}"
