# Linux as a Guest: from Debian's source and the book's patch to a kernel, and
# the files it begins with.

LINUX := $(OUT)/linux
LINUX_SOURCE := $(CURDIR)/$(LINUX)/source
LINUX_BUILD := $(CURDIR)/$(LINUX)/build

# What becomes the source's folder arch/x86/lguest.
LINUX_FILES := $(filter-out %.patch %/defconfig,$(filter guest/linux/%,$(ROOTS))) \
	guest/head_32.S include/lguest.h include/lguest_hcall.h \
	include/lguest_launcher.h

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

$(LINUX)/.unpacked: | $(LINUX_TOOLS)
	$(Q)mkdir -p $(@D)
	$(Q)lab/linux unpack $(LINUX_SOURCE)
	$(Q)touch $@

$(LINUX)/.patched: $(OUT)/src/guest/linux/lguest.patch $(LINUX)/.unpacked \
		   lab/linux.mk
	$(call quiet,PATCH,$(LINUX)/source)lab/linux patch $(LINUX_SOURCE) $<
	$(Q)mkdir -p $(LINUX_SOURCE)/arch/x86/lguest
	$(Q)rm -f $(LINUX_SOURCE)/arch/x86/lguest/*
	$(Q)ln -s $(LINUX_FILES:%=$(CURDIR)/$(OUT)/build/%) \
		$(LINUX_SOURCE)/arch/x86/lguest/
	$(Q)touch $@

LINUX_LIST := $(OUT)/src/guest/linux/defconfig
$(LINUX)/.configured: $(LINUX_LIST) $(OUT)/build/guest/linux/Kconfig \
		      $(LINUX)/.patched
	$(call quiet,CONFIG,$(LINUX)/build)lab/linux configure \
		$(LINUX_SOURCE) $(LINUX_BUILD) $(CURDIR)/$(LINUX_LIST)
	$(Q)touch $@

# One build makes both: vmlinux is what the Launcher loads, bzImage what a
# bare machine boots.
VMLINUX := $(LINUX)/vmlinux
BZIMAGE := $(LINUX)/bzImage
$(VMLINUX): $(LINUX_FILES:%=$(OUT)/build/%) $(LINUX)/.patched \
	    $(LINUX)/.configured
	$(call quiet,KBUILD,$@: this takes some minutes the first time)$(WHERE) \
		lab/linux build $(LINUX_SOURCE) $(LINUX_BUILD) \
		vmlinux bzImage modules
	$(Q)cp $(LINUX_BUILD)/arch/x86/boot/bzImage $(BZIMAGE)
	$(Q)$(CROSS)objcopy -S $(LINUX_BUILD)/vmlinux $@

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
		$(LINUX_BUILD)/drivers/block/loop.ko=/lib/loop.ko

# --- booting it ------------------------------------------------------------
LINUX_RUN := lab/run -m -f $(VMLINUX) -f $(LINUX_INITRD)
LINUX_GUEST := lguest --initrd=/initrd 64 /vmlinux

.PHONY: linux shell
linux: $(IMAGE) $(VMLINUX) $(LINUX_INITRD) ## Build Linux, boot it as a Guest, let it check itself
	$(call quiet,BOOT,the Host machine in QEMU and in it Linux)$(LINUX_RUN) \
		-t 240 -s '$(LINUX_GUEST) run=check'

shell: $(IMAGE) $(VMLINUX) $(LINUX_INITRD) ## Get a shell in the Linux Guest (exit leaves it)
	$(Q)$(LINUX_RUN) -i -s '$(LINUX_GUEST) run=shell'

.PHONY: check-linux
check-linux: $(IMAGE) $(VMLINUX) $(LINUX_INITRD) | tools-for-tests ## Build Linux and run the tests that boot it as a Guest
	$(Q)$(PROVE) $(LINUX_TESTS)
