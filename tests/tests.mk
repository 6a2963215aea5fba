# The tests, all in TAP and run by prove. Those in tests/boot/ boot the Host
# machine; the others need seconds.
#
#	make check TESTS='tests/boot/pup.t'	only these

BOOT_TESTS := $(sort $(wildcard tests/boot/*.t))
FAST_TESTS := $(filter-out $(BOOT_TESTS),$(sort $(wildcard tests/*/*.t)))
TESTS := $(FAST_TESTS) $(BOOT_TESTS)
PROVE := prove --timer $(if $(V),--verbose)

.PHONY: check check-fast tools-for-tests
tools-for-tests:
	$(Q)lab/doctor --install build test book

check: $(IMAGE) $(TEST_GUESTS) | tools-for-tests ## Run all the tests
	$(Q)$(PROVE) $(TESTS)

check-fast: tangle | tools-for-tests ## Run the tests that do not boot a machine
	$(Q)$(PROVE) -j$(JOBS) $(FAST_TESTS)
