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

# --- the Host in the page --------------------------------------------------
# Its state is saved at the shell, with the module loaded, and the little Guests
# in a folder. Booting it takes some seconds; no reader has to wait for them.
LIVE_MEMORY := 96
LIVE_APPEND := console=ttyS0 quiet tsc=nowatchdog tsc=reliable panic=0 init_on_free=1

.PHONY: live live-image
live-image:
	$(Q)$(MAKE) HOST=live image test-guests

# Modules with a deliberate mistake, for the pages that tell of them: those
# which do not take the machine with them. One after the other in one folder,
# each costs the one file that it changes.
LIVE_FAILURES := pge fpu
LIVE_FAILING := $(LIVE)/failing
$(LIVE)/failures: $(OUT)/.tangled live/live.mk | live-image
	$(Q)mkdir -p $@
	$(Q)for failure in $(LIVE_FAILURES); do \
		$(MAKE) HOST=live OUT=$(LIVE_FAILING) VARIANT="failure: $$failure" \
			$(LIVE_FAILING)/lab/live/module/host/lg.ko && \
		cp $(LIVE_FAILING)/lab/live/module/host/lg.ko $@/$$failure.ko || \
		exit; \
	done
	$(Q)touch $@

$(LIVE)/host.cpio: live-image $(LIVE)/failures
	$(Q)live/image $@ $(OUT)/lab/live/initramfs \
		$(foreach g,$(LITTLE_GUESTS) $(HOSTILE)/attacks,$(g)=/guests/$(notdir $(g))) \
		$(foreach f,$(LIVE_FAILURES),$(LIVE)/failures/$f.ko=/failures/$f.ko)

# The second state is that of a Guest's shell: Linux, with a prompt. What it
# was loaded from is not needed any more.
$(LIVE)/vmlinux: $(VMLINUX)
	$(Q)mkdir -p $(@D)
	$(Q)$(CROSS)strip -o $@ $<

$(LIVE)/guest.cpio: live-image $(LIVE)/vmlinux $(LINUX_INITRD)
	$(Q)live/image -s '(sleep 1; rm /vmlinux /initrd) & \
		exec lguest --initrd=/initrd 32 /vmlinux quiet run=shell init_on_free=1' \
		$@ $(OUT)/lab/live/initramfs $(LIVE)/vmlinux=/vmlinux \
		$(LINUX_INITRD)=/initrd

# STATE INITRAMFS: boot, and write down what the machine is at its prompt.
saved = node live/machine.mjs --modules $(LIVE) --memory $(LIVE_MEMORY) \
	--append '$(LIVE_APPEND)' --initrd $(2) \
	--kernel $(OUT)/lab/live/kernel/boot/vmlinuz-* \
	--serial $(1).log --serial - --serial /dev/null \
	--when '$(if $(filter %/guest,$(1)),guest,host)\# ' --save $(1) >$(1).said; \
	[ -f $(1) ] || { cat $(1).log $(1).said; exit 1; }

$(LIVE)/%.state.zst: $(LIVE)/%.cpio live/machine.mjs $(LIVE_MODULES)
	$(call quiet,STATE,$@)$(call saved,$(LIVE)/$*,$<)
	$(Q)zstd -19 -q --rm -f $(LIVE)/$* -o $@

# The test compares it with one that was made before.
.PHONY: live-again
live-again: $(LIVE)/host.cpio
	$(Q)$(call saved,$(LIVE)/again,$<)

LIVE_STATES := host guest
.SECONDARY: $(LIVE_STATES:%=$(LIVE)/%.state.zst)

# --- the page --------------------------------------------------------------
# What it loads when its reader presses Run: emulator, terminal and state, as
# calls of lguestLive.take().
LIVE_WEB := $(LIVE)/web
LIVE_PARTS := $(patsubst %,$(LIVE_WEB)/live/%.js,parts $(LIVE_STATES))
taken = { printf 'lguestLive.take("%s", "' $(1); base64 -w 0; echo '");'; }
packed = gzip -9nc $(LIVE)/node_modules/$(2) | $(call taken,$(1))

$(LIVE_WEB)/live/parts.js: $(LIVE_MODULES) live/live.mk
	$(Q)mkdir -p $(@D)
	$(Q){ $(call packed,v86,v86/build/libv86.js); \
	      $(call packed,wasm,v86/build/v86.wasm); \
	      $(call packed,xterm,@xterm/xterm/lib/xterm.js); \
	      $(call packed,style,@xterm/xterm/css/xterm.css); } >$@

$(LIVE_WEB)/live/%.js: $(LIVE)/%.state.zst live/live.mk
	$(Q)mkdir -p $(@D)
	$(Q)$(call taken,$*) <$< >$@

$(LIVE_WEB)/live/licences.txt: live/licences $(LIVE_MODULES) $(LIVE)/host.cpio
	$(Q)mkdir -p $(@D)
	$(Q)OUT=$(OUT) live/licences >$@

# The pages are those of make html; where something can be run there is one
# script more, which knows how large the parts are.
$(LIVE_WEB)/.woven: $(HTML)/.woven $(LIVE_PARTS) live/live.js live/live.css \
		live/pages live/live.mk
	$(Q)mkdir -p $(@D)
	$(Q)cp -R $(HTML)/. $(LIVE_WEB)/
	$(Q)cp live/live.js live/live.css $(LIVE_WEB)/
	$(Q)live/pages $(LIVE_WEB) $(LIVE_MEMORY) $$(grep -l 'class="box run"' $(HTML)/*.html)
	$(Q)touch $@

# All of it in one file.
$(LIVE)/lguest.html: $(LIVE_WEB)/.woven $(LIVE_WEB)/live/licences.txt live/one-file.mjs
	$(Q)node live/one-file.mjs $(LIVE_WEB) >$@

live: $(LIVE_WEB)/.woven $(LIVE_WEB)/live/licences.txt $(LIVE)/lguest.html ## Weave the pages with machines that run in them: out/live/web/index.html
	@printf '  %-8s %s\n' LIVE '$(LIVE_WEB)/index.html' \
		LIVE '$(LIVE)/lguest.html, all in one file'

# --- a student's answer ----------------------------------------------------
# make live EX=NAME: the exercise's page, with a Host or a Guest in it that has
# the answer in place of the book's own.
ifneq ($(EX),)
LIVE_ANSWER := $(LIVE)/answer-$(EX)
.SECONDARY: $(LIVE_ANSWER).state.zst
.PHONY: live-answer
live-answer: live-image
	$(Q)OUT=$(OUT) ANSWERS='$(ANSWERS)' live/answer $(EX) >$(LIVE_ANSWER).files

$(LIVE_ANSWER).cpio: live-answer
	$(Q)live/image $@ $(OUT)/lab/live/initramfs $$(cat $(LIVE_ANSWER).files)

$(LIVE_WEB)/answer-$(EX).html: $(LIVE_WEB)/.woven $(LIVE_WEB)/live/answer-$(EX).js live/pages
	$(Q)live/pages -a $(EX) $(LIVE_WEB) $(LIVE_MEMORY) $(HTML)/M-$(EX).html

live: live-of-answer
.PHONY: live-of-answer
live-of-answer: $(LIVE_WEB)/answer-$(EX).html
	@printf '  %-8s %s\n' LIVE '$<, with your answer in it'
endif

LIVE_TESTS := $(wildcard tests/live/*.t)

tools-for-tests: $(if $(LIVE_TESTS),$(LIVE_MODULES))

# What make check runs on the second machine: what needs neither a second
# processor, nor another kind of processor, nor a count of instructions.
ifeq ($(MACHINE),v86)
boot lab failure: | $(LIVE_MODULES)
check: TESTS := $(LIVE_TESTS) tests/boot/pup.t tests/abi/interface.t \
	tests/hostile/attacks.t tests/hostile/fuzz.t
endif
