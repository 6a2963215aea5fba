# The second machine: v86, an emulator in WebAssembly.  MACHINE=v86 lets the
# lab use it in place of QEMU.

MACHINE ?= qemu
export MACHINE
LIVE := $(OUT)/live

# The two packages, at the versions and with the checksums of the lock file.
LIVE_MODULES := $(LIVE)/node_modules/.package-lock.json
$(LIVE_MODULES): live/package.json live/package-lock.json
	$(Q)lab/doctor --install live
	$(Q)mkdir -p $(LIVE) && cp $^ $(LIVE)/
	$(call quiet,NPM,$(LIVE)/node_modules)cd $(LIVE) && \
		npm ci --silent --no-audit --no-fund --ignore-scripts
	$(Q)touch $@

LIVE_TESTS := $(wildcard tests/live/*.t)

tools-for-tests: $(if $(LIVE_TESTS),$(LIVE_MODULES))

# What make check runs on the second machine: what needs neither a second
# processor, nor another kind of processor, nor a count of instructions.
ifeq ($(MACHINE),v86)
boot lab: | $(LIVE_MODULES)
check: TESTS := $(LIVE_TESTS) tests/boot/pup.t tests/hostile/attacks.t \
	tests/hostile/fuzz.t
endif
