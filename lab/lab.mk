# From tangled code to a running Host: the module, the Launcher, the pup, and
# the machine they run in.

CROSS := i686-linux-gnu-
JOBS := $(shell nproc 2>/dev/null || echo 1)
LAB := $(OUT)/lab/$(HOST)

# A compiler's messages name lines of the book by #line; where other tools name
# a tangled file, this filter puts the place in the book.
WHERE := $(if $(wildcard tangle/where),OUT=$(OUT) tangle/where --)

# --- tools -----------------------------------------------------------------
# Before anything is built, see that the tools for it are there.
TOOLS := $(OUT)/.tools
$(TOOLS): lab/doctor lab/tools
	$(Q)lab/doctor --install build
	$(Q)mkdir -p $(@D) && touch $@

$(OUT)/.tangled: | $(TOOLS)

# --- the Host's kernel -----------------------------------------------------
KERNEL := $(LAB)/kernel
# A file beside it says which it is: what is built for it follows when that
# changes.
HOST_LISTS := $(wildcard lab/hosts/$(HOST) lab/hosts/common)
$(KERNEL): lab/fetch lab/apt lab/host $(HOST_LISTS) | $(TOOLS)
	$(Q)JOBS=$(JOBS) lab/fetch >/dev/null
	$(Q)mkdir -p $(@D) && ln -sfn "$$(lab/fetch)" $@ && touch "$$(lab/fetch)"

$(KERNEL).is: $(KERNEL)
	$(Q)cd $(KERNEL) && { cat complete; [ ! -f key ] || cat key; } >$(CURDIR)/$@.new
	$(Q)cmp -s $@.new $@ && rm $@.new || mv $@.new $@

# --- the module ------------------------------------------------------------
# Built out of tree, and in a folder of its own for each Host's kernel. The
# folder has links to the tangled files, laid out as they are.
HOST_FILES := $(filter host/%,$(ROOTS))
HOST_HEADERS := $(filter include/%,$(ROOTS))
MODULE := $(LAB)/module/host/lg.ko

$(MODULE): $(addprefix $(OUT)/build/,$(HOST_FILES) $(HOST_HEADERS)) \
	   $(KERNEL).is lab/lab.mk | $(KERNEL)
	$(Q)mkdir -p $(@D)
	$(Q)find $(LAB)/module -type l -exec rm {} +
	$(Q)ln -sfn $(CURDIR)/$(OUT)/build/include $(LAB)/module/include
	$(Q)for f in $(HOST_FILES); do \
		mkdir -p "$(LAB)/module/$${f%/*}" && \
		ln -s "$(CURDIR)/$(OUT)/build/$$f" "$(LAB)/module/$$f"; done
	$(call quiet,KBUILD,$@)$(WHERE) $(MAKE) $(if $(V),,-s) \
		$(if $(findstring j,$(filter-out --%,$(MAKEFLAGS))),,-j$(JOBS)) \
		-C "$(KERNEL)/usr/src/linux-headers-$$(cat $(KERNEL)/complete)" \
		M=$(CURDIR)/$(@D) CROSS_COMPILE=$(CROSS) CC=$(CROSS)gcc \
		KCFLAGS=-Werror modules
	$(Q)touch $@

# --- the Launcher ----------------------------------------------------------
# It unpacks compressed kernels with zlib, linked into it.
ZLIB := $(OUT)/zlib
$(ZLIB): lab/zlib lab/apt | $(TOOLS)
	$(Q)lab/zlib >/dev/null
	$(Q)mkdir -p $(@D) && ln -sfn "$$(lab/zlib)" $@

LAUNCHER_SRC := $(filter launcher/%.c,$(ROOTS))
LAUNCHER_OBJ := $(LAUNCHER_SRC:%.c=$(OUT)/obj/%.o)
LAUNCHER := $(OUT)/lguest
LAUNCHER_CFLAGS := -O2 -gdwarf-4 -Wall -Wextra -Werror -I$(OUT)/build/include \
	-isystem $(ZLIB)/usr/include

$(OUT)/obj/launcher/%.o: $(OUT)/build/launcher/%.c lab/lab.mk | $(TOOLS) $(ZLIB)
	$(Q)mkdir -p $(@D)
	$(call quiet,CC,$@)$(WHERE) $(CROSS)gcc $(LAUNCHER_CFLAGS) -MMD -MP -c -o $@ $<

$(LAUNCHER): $(LAUNCHER_OBJ)
	$(call quiet,LD,$@)$(WHERE) $(CROSS)gcc -static -o $@ $(LAUNCHER_OBJ) \
		-L$(ZLIB)/usr/lib/i386-linux-gnu -lz -lpthread

# --- the pup ---------------------------------------------------------------
PUP_SRC := $(filter guest/head_32.S guest/pup/%.c guest/pup/%.S,$(ROOTS))
PUP_LDS := $(filter guest/pup/%.lds,$(ROOTS))
PUP_OBJ := $(patsubst %,$(OUT)/obj/%.o,$(PUP_SRC))
PUP := $(OUT)/pup
PUP_CFLAGS := -m32 -march=i686 -O2 -gdwarf-4 -Wall -Wextra -Werror \
	-ffreestanding -fno-pic -fno-pie -fno-stack-protector \
	-fno-asynchronous-unwind-tables -fcf-protection=none \
	-mgeneral-regs-only -I$(OUT)/build/include -I$(OUT)/build/guest/pup

$(OUT)/obj/guest/%.c.o: $(OUT)/build/guest/%.c lab/lab.mk | $(TOOLS)
	$(Q)mkdir -p $(@D)
	$(call quiet,CC,$@)$(WHERE) $(CROSS)gcc $(PUP_CFLAGS) -MMD -MP -c -o $@ $<

$(OUT)/obj/guest/%.S.o: $(OUT)/build/guest/%.S lab/lab.mk | $(TOOLS)
	$(Q)mkdir -p $(@D)
	$(call quiet,AS,$@)$(WHERE) $(CROSS)gcc -D__ASSEMBLY__ $(PUP_CFLAGS) -MMD -MP -c -o $@ $<

LINK_PUP := $(CROSS)gcc -m32 -nostdlib -static -no-pie \
	-Wl,--build-id=none,-z,noexecstack,--no-warn-rwx-segments \
	$(PUP_LDS:%=-T $(OUT)/build/%)

$(PUP): $(PUP_OBJ) $(PUP_LDS:%=$(OUT)/build/%)
	$(call quiet,LD,$@)$(WHERE) $(LINK_PUP) -o $@ $(PUP_OBJ)

-include $(LAUNCHER_OBJ:.o=.d) $(PUP_OBJ:.o=.d)

# --- the machine -----------------------------------------------------------
# Each part is there once the book has its files.
INMATES := $(if $(filter host/Kbuild,$(ROOTS)),$(MODULE)=/lib/lg.ko) \
	   $(if $(LAUNCHER_SRC),$(LAUNCHER)=/bin/lguest) \
	   $(if $(PUP_LDS),$(PUP)=/pup)
IMAGE := $(LAB)/initramfs

$(IMAGE): $(foreach i,$(INMATES),$(firstword $(subst =, ,$i))) \
	  lab/image lab/init lab/lab.mk | $(KERNEL)
	$(call quiet,IMAGE,$@)HOST=$(HOST) lab/image $@ $(INMATES)

export HOST

.PHONY: image boot lab update
image: $(IMAGE)

boot: $(IMAGE) ## Build everything and boot the pup (what make alone does)
	$(call quiet,BOOT,the Host machine in QEMU and in it the pup)$(if \
		$(WHERE),OUT=$(OUT) tangle/where -e $(PUP) --) \
		lab/run -m -s 'lguest 16 /pup'
	@printf '  DONE     %s\n' "the Guest powered off, and the Host's log is clean"

lab: $(IMAGE) test-guests ## Get a shell on the Host machine (exit leaves it)
	$(Q)lab/run -m $(foreach g,$(LITTLE_GUESTS),-f $(g):/guests/$(notdir $(g))) -i

update: | $(TOOLS) ## Look for a newer kernel for the Host machine
	$(Q)lab/fetch --update >/dev/null

# The same machine with a kernel that watches itself: make check HOST=debug.
.PHONY: lab-debug
lab-debug: ## Build the checking kernel, and boot the pup on it
	$(Q)$(MAKE) HOST=debug boot

# The Host with one deliberate mistake in it: see lab/failures.mk.
failure: $(IMAGE) $(OUT)/tests/hostile/attacks
	$(call quiet,BOOT,a Host that fails: $(FAILURE))LGUEST_OUT=$(OUT) \
		lab/failure $(FAILURE)
