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

$(LIVE)/host.cpio: live-image
	$(Q)mkdir -p $(@D)
	$(Q)live/image $@ $(OUT)/lab/live/initramfs \
		$(foreach g,$(LITTLE_GUESTS),$(g)=/guests/$(notdir $(g)))

# The second state is that of a Guest's shell: Linux, with a prompt.
$(LIVE)/linux.cpio: live-image $(VMLINUX) $(LINUX_INITRD)
	$(Q)live/image -s 'lguest --initrd=/initrd 32 /vmlinux quiet run=shell' \
		$@ $(OUT)/lab/live/initramfs $(VMLINUX)=/vmlinux \
		$(LINUX_INITRD)=/initrd

$(LIVE)/%.state.zst: $(LIVE)/%.cpio live/machine.mjs $(LIVE_MODULES)
	$(call quiet,STATE,$@)node live/machine.mjs --modules $(LIVE) \
		--memory $(LIVE_MEMORY) --append '$(LIVE_APPEND)' \
		--kernel $(OUT)/lab/live/kernel/boot/vmlinuz-* --initrd $< \
		--serial $(LIVE)/$*.log --serial - --serial /dev/null \
		--when '$(if $(filter host,$*),host,guest)# ' \
		--save $(LIVE)/$*.state >$(LIVE)/$*.said
	$(Q)[ -f $(LIVE)/$*.state ] || { cat $(LIVE)/$*.log $(LIVE)/$*.said; exit 1; }
	$(Q)zstd -19 -q --rm -f $(LIVE)/$*.state -o $@

.SECONDARY: $(LIVE)/host.state.zst $(LIVE)/linux.state.zst

# --- the page --------------------------------------------------------------
# What it loads when its reader presses Run: emulator, terminal and state, as
# calls of lguestLive.take().
LIVE_WEB := $(LIVE)/web
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

# The pages are those of make html; where something can be run there is one
# script more.
$(LIVE_WEB)/.woven: $(HTML)/.woven live/live.js live/live.css live/live.mk
	$(Q)mkdir -p $(@D)
	$(Q)cp -R $(HTML)/. $(LIVE_WEB)/
	$(Q)cp live/live.js live/live.css $(LIVE_WEB)/
	$(Q)for page in $$(grep -l 'class="box run"' $(HTML)/*.html); do \
		sed 's,</head>,<link rel="stylesheet" href="live.css">\n<script src="live.js" defer></script>\n&,' \
			"$$page" >"$(LIVE_WEB)/$${page##*/}"; \
	done
	$(Q)touch $@

LIVE_PARTS := $(LIVE_WEB)/.woven $(LIVE_WEB)/live/parts.js $(LIVE_WEB)/live/host.js
live: $(LIVE_PARTS) ## Weave the pages with a Host that runs in them: out/live/web/index.html
	@printf '  %-8s %s\n' LIVE '$(LIVE_WEB)/index.html'

LIVE_TESTS := $(wildcard tests/live/*.t)

tools-for-tests: $(if $(LIVE_TESTS),$(LIVE_MODULES))

# What make check runs on the second machine: what needs neither a second
# processor, nor another kind of processor, nor a count of instructions.
ifeq ($(MACHINE),v86)
boot lab failure: | $(LIVE_MODULES)
check: TESTS := $(LIVE_TESTS) tests/boot/pup.t tests/hostile/attacks.t \
	tests/hostile/fuzz.t
endif
