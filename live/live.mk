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

# --- the machine in the page -----------------------------------------------
# What a page loads when its reader presses Run: emulator and terminal as they
# come, and the rest as calls of lguestLive.take().
LIVE_WEB := $(OUT)/html/live
taken = { printf 'lguestLive.take("%s", "' $(1); base64 -w 0; echo '");'; }

$(LIVE_WEB)/libv86.js: $(LIVE_MODULES)
	$(Q)mkdir -p $(@D)
	$(Q)cp $(LIVE)/node_modules/v86/build/libv86.js $@

$(LIVE_WEB)/xterm.js: $(LIVE_MODULES)
	$(Q)mkdir -p $(@D)
	$(Q)cp $(LIVE)/node_modules/@xterm/xterm/lib/xterm.js $@

$(LIVE_WEB)/parts.js: $(LIVE_MODULES) live/live.mk
	$(Q)mkdir -p $(@D)
	$(Q)gzip -9nc $(LIVE)/node_modules/v86/build/v86.wasm | \
		$(call taken,wasm) >$@.new
	$(Q)$(call taken,style) \
		<$(LIVE)/node_modules/@xterm/xterm/css/xterm.css >>$@.new
	$(Q)mv $@.new $@

$(LIVE_WEB)/%.js: $(LIVE)/%.state.zst
	$(Q)mkdir -p $(@D)
	$(Q)$(call taken,$*) <$< >$@

LIVE_TESTS := $(wildcard tests/live/*.t)

tools-for-tests: $(if $(LIVE_TESTS),$(LIVE_MODULES))

# What make check runs on the second machine: what needs neither a second
# processor, nor another kind of processor, nor a count of instructions.
ifeq ($(MACHINE),v86)
boot lab: | $(LIVE_MODULES)
check: TESTS := $(LIVE_TESTS) tests/boot/pup.t tests/hostile/attacks.t \
	tests/hostile/fuzz.t
endif
