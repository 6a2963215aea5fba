lguest 16 /guest $NONCE 2>&1
lguest 16 /guest unknown 2>&1 | tee /tmp/said
echo "see|unknown|number 41 is refused|$(grep -c 'died: bad hypercall 41' /tmp/said)"
