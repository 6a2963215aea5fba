include tangle/tangle.mk
