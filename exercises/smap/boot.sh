lguest 16 /guest $NONCE 2>&1
