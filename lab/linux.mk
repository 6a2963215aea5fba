# Linux as a Guest: from Debian's source and the book's patch to a kernel, and
# the files it begins with.

LINUX := $(OUT)/linux

# What becomes the source's folder arch/x86/lguest.
LINUX_FILES := $(filter-out %.patch %/defconfig,$(filter guest/linux/%,$(ROOTS))) \
	guest/head_32.S include/lguest.h include/lguest_hcall.h \
	include/lguest_launcher.h
LINUX_LIST := $(OUT)/src/guest/linux/defconfig
LINUX_PATCH := $(OUT)/src/guest/linux/lguest.patch

# The same source gives the same bytes, whoever builds it, and when.
export KBUILD_BUILD_USER := reader
export KBUILD_BUILD_HOST := book
export KBUILD_BUILD_VERSION := 1
export KBUILD_BUILD_TIMESTAMP := Thu Oct  9 20:31:38 UTC 2007
export JOBS

LINUX_TOOLS := $(OUT)/.tools-linux
$(LINUX_TOOLS): lab/doctor lab/tools
	$(Q)lab/doctor --install build linux
	$(Q)mkdir -p $(@D) && touch $@

# One build makes both: vmlinux is what the Launcher loads, bzImage what a
# bare machine boots.
VMLINUX := $(LINUX)/vmlinux
BZIMAGE := $(LINUX)/bzImage
$(VMLINUX): $(LINUX_LIST) $(LINUX_PATCH) $(LINUX_FILES:%=$(OUT)/build/%) \
	    lab/linux | $(LINUX_TOOLS)
	$(call quiet,LINUX,$@)$(WHERE) lab/linux kernel $(LINUX) \
		$(LINUX_LIST) $(LINUX_PATCH) $(LINUX_FILES:%=$(OUT)/build/%)
	$(Q)touch $@

$(BZIMAGE): $(VMLINUX) ;

# --- its first files -------------------------------------------------------
# A BusyBox, and a program that tries what a Linux should be able to do.
LINUX_CHECK := $(LINUX)/check
$(LINUX_CHECK): tests/linux/check.c lab/linux.mk | $(TOOLS)
	$(Q)mkdir -p $(@D)
	$(call quiet,CC,$@)$(CROSS)gcc -O2 -Wall -Wextra -Wno-clobbered \
		-static -pthread -o $@ $<

LINUX_INITRD := $(LINUX)/initrd
$(LINUX_INITRD): $(LINUX_CHECK) $(VMLINUX) lab/guest-init lab/image \
		 lab/linux.mk | $(KERNEL)
	$(call quiet,IMAGE,$@)INIT=lab/guest-init lab/image $@ \
		$(LINUX_CHECK)=/bin/check \
		$(LINUX)/modules/loop.ko=/lib/loop.ko

# --- booting it ------------------------------------------------------------
LINUX_RUN := lab/run -m -f $(VMLINUX) -f $(LINUX_INITRD)
LINUX_GUEST := lguest --initrd=/initrd 64 /vmlinux

.PHONY: linux shell
linux: $(IMAGE) $(VMLINUX) $(LINUX_INITRD) ## Build Linux, boot it as a Guest, let it check itself
	$(call quiet,BOOT,the Host machine in QEMU and in it Linux)$(LINUX_RUN) \
		-t 240 -s '$(LINUX_GUEST) run=check'

shell: $(IMAGE) $(VMLINUX) $(LINUX_INITRD) ## Get a shell in the Linux Guest (exit leaves it)
	$(Q)$(LINUX_RUN) -i -s '$(LINUX_GUEST) run=shell'

# --- measuring it ----------------------------------------------------------
LINUX_BENCH := $(LINUX)/bench $(LINUX)/nothing
$(LINUX)/bench: tests/linux/bench.c lab/linux.mk | $(TOOLS)
	$(Q)mkdir -p $(@D)
	$(call quiet,CC,$@)$(CROSS)gcc -O2 -Wall -Wextra -Werror -static -o $@ $<

$(LINUX)/nothing: tests/linux/nothing.S lab/linux.mk | $(TOOLS)
	$(Q)mkdir -p $(@D)
	$(call quiet,AS,$@)$(CROSS)gcc -nostdlib -static -o $@ $<

$(LINUX)/bench.initrd: $(LINUX_BENCH) $(VMLINUX) lab/guest-init lab/image \
		       lab/linux.mk | $(KERNEL)
	$(call quiet,IMAGE,$@)INIT=lab/guest-init lab/image $@ \
		$(foreach f,$(LINUX_BENCH),$f=/bin/$(notdir $f)) \
		$(LINUX)/modules/loop.ko=/lib/loop.ko

.PHONY: bench-linux
bench: bench-linux
bench-linux: $(IMAGE) $(VMLINUX) $(LINUX)/bench.initrd ## Measure a Linux Guest against the same kernel on a bare machine
	$(call quiet,BENCH,$(LINUX))OUT=$(OUT) tests/bench/linux \
		-j $(OUT)/bench.json -w book/facts/linux.tsv

# --- what Linux's own tests say of it ---------------------------------------
SELFTESTS := $(LINUX)/selftests
$(SELFTESTS): tests/linux/selftests.list lab/linux $(VMLINUX)
	$(Q)lab/linux selftests $@ $<
	$(Q)touch $@

.PHONY: selftests
selftests: $(IMAGE) $(LINUX_INITRD) $(SELFTESTS) ## Run Linux's own tests, in a Guest and on a bare machine
	$(Q)OUT=$(OUT) tests/linux/selftests -a
	$(Q)OUT=$(OUT) tests/linux/selftests -w book/facts/selftests.tsv >/dev/null

# --- one that watches itself -----------------------------------------------
# Linux with its own checks switched on: slow, and silent if all is well.
DEBUG_LINUX := $(OUT)/linux-debug
$(DEBUG_LINUX).list: $(LINUX_LIST) lab/linux-debug
	$(Q)cat $^ >$@

$(DEBUG_LINUX)/vmlinux: $(DEBUG_LINUX).list $(LINUX_PATCH) \
			$(LINUX_FILES:%=$(OUT)/build/%) lab/linux | $(LINUX_TOOLS)
	$(call quiet,LINUX,$@)$(WHERE) lab/linux kernel $(DEBUG_LINUX) \
		$(DEBUG_LINUX).list $(LINUX_PATCH) $(LINUX_FILES:%=$(OUT)/build/%)
	$(Q)touch $@

$(DEBUG_LINUX)/initrd: $(LINUX_CHECK) $(DEBUG_LINUX)/vmlinux lab/guest-init \
			lab/image lab/linux.mk | $(KERNEL)
	$(call quiet,IMAGE,$@)INIT=lab/guest-init lab/image $@ \
		$(LINUX_CHECK)=/bin/check \
		$(DEBUG_LINUX)/modules/loop.ko=/lib/loop.ko

.PHONY: linux-debug
linux-debug: $(IMAGE) $(DEBUG_LINUX)/vmlinux $(DEBUG_LINUX)/initrd ## Build Linux with lockdep and boot it as a Guest, to see that it says nothing
	$(Q)OUT=$(OUT) tests/linux/debug

.PHONY: gdb
gdb: $(IMAGE) $(VMLINUX) $(LINUX_INITRD) ## Watch Host, Switcher and Guest with gdb (GUEST=pup for the pup)
	$(Q)lab/doctor --install gdb
	$(Q)lab/gdb $(or $(GUEST),linux)

.PHONY: check-linux
check-linux: $(IMAGE) $(VMLINUX) $(LINUX_INITRD) $(LINUX)/bench.initrd $(SELFTESTS) | tools-for-tests ## Run the tests that boot Linux as a Guest
	$(Q)$(PROVE) $(LINUX_TESTS)

# make check builds Linux first, or finds it in the cache.
check: $(VMLINUX) $(LINUX_INITRD) $(LINUX)/bench.initrd $(SELFTESTS)
