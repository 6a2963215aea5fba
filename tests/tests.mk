# The tests, all in TAP and run by prove. Those in tests/boot/ boot the Host
# machine, those in tests/pages/ print the book, and those in tests/linux/ need
# a Linux built first; the others need seconds.
#
#	make check TESTS='tests/boot/pup.t'	only these

BOOT_FOLDERS := abi boot hostile live pages graders
BOOT_TESTS := $(sort $(wildcard $(BOOT_FOLDERS:%=tests/%/*.t)))
LINUX_TESTS := $(sort $(wildcard tests/linux/*.t))
FAST_TESTS := $(filter-out $(BOOT_TESTS) $(LINUX_TESTS),$(sort $(wildcard tests/*/*.t)))
TESTS := $(FAST_TESTS) $(BOOT_TESTS) $(LINUX_TESTS)
PROVE := prove --timer $(if $(V),--verbose)

# As many at a time as there are processors. Those that measure time, or use all
# processors by themselves, run when the others are done; those that weave share
# the weave's folder, and go one after the other beside the rest.
ALONE = $(filter $(addprefix tests/,boot/budget.t linux/selftests.t \
	graders/boots.t live/page.t),$(TESTS))
TOGETHER = $(filter-out $(ALONE),$(TESTS))
PROVE_TOGETHER := $(PROVE) -j$(JOBS) --rules='seq=tests/pages/*.t' --rules='par=**'

.PHONY: check check-fast tools-for-tests test-guests
tools-for-tests:
	$(Q)lab/doctor --install all

# In a long run, what a failed test said is far above: it comes once more.
check check-fast: export SAID_OF_FAILURES = $(abspath $(OUT))/failed-tests
tell_failures = rm -f $$SAID_OF_FAILURES; failed=; $(strip $1) \
	[ -z "$$failed" ] || { cat $$SAID_OF_FAILURES 2>/dev/null; exit 1; }

check: $(IMAGE) test-guests | tools-for-tests ## Run all the tests
	$(Q)$(call tell_failures, \
		$(if $(TOGETHER),$(PROVE_TOGETHER) $(TOGETHER) || failed=yes;) \
		$(if $(ALONE),$(PROVE) $(ALONE) || failed=yes;))

check-fast: tangle | tools-for-tests ## Run the tests that do not boot a machine
	$(Q)$(call tell_failures,$(PROVE_TOGETHER) $(FAST_TESTS) || failed=yes;)

# The little Guests, one from each tests/guests/NAME.c.
LITTLE_GUESTS := $(patsubst %.c,$(OUT)/%,$(wildcard tests/guests/*.c))
TEST_GUESTS := $(LITTLE_GUESTS) $(patsubst %.c,$(OUT)/%,$(wildcard tests/bench/*.c))
GUEST_CFLAGS := $(PUP_CFLAGS) -Wl,--build-id=none,-z,noexecstack,-z,norelro \
	-Wl,--no-warn-rwx-segments -nostdlib -static -no-pie

test-guests: $(TEST_GUESTS)
$(OUT)/tests/%: tests/%.c tests/guests/start.S \
		tests/guests/guest.h tests/guests/interrupt.h \
		tests/guests/guest.lds tests/tests.mk \
		$(addprefix $(OUT)/build/,$(filter include/%,$(ROOTS))) | $(TOOLS)
	$(Q)mkdir -p $(@D)
	$(call quiet,CC,$@)$(WHERE) $(CROSS)gcc $(GUEST_CFLAGS) \
		-T tests/guests/guest.lds -o $@ $(filter tests/%.c tests/%.S,$^)

# The one that measures uses what all Guest kernels share.
$(OUT)/tests/bench/costs: GUEST_CFLAGS += -I$(OUT)/build
$(OUT)/tests/bench/costs: tests/bench/head.S $(OUT)/build/guest/head_32.S

.PHONY: bench
bench: $(IMAGE) test-guests ## Measure what the Host charges, for the book's figures
	$(call quiet,BENCH,$(OUT)/lab)tests/bench/costs -w book/facts/measured.tsv

# The Guest that knows all attacks, with a table of them for the test.
HOSTILE := $(OUT)/tests/hostile
test-guests: $(HOSTILE)/attacks $(HOSTILE)/attacks.list
$(HOSTILE)/attacks: tests/hostile/attacks.c tests/hostile/catch.S \
		tests/guests/start.S tests/guests/guest.h \
		tests/guests/guest.lds tests/tests.mk \
		$(addprefix $(OUT)/build/,$(filter include/%,$(ROOTS))) | $(TOOLS)
	$(Q)mkdir -p $(@D)
	$(call quiet,CC,$@)$(WHERE) $(CROSS)gcc $(GUEST_CFLAGS) \
		-T tests/guests/guest.lds -o $@ $(filter tests/%.c tests/%.S,$^)

$(HOSTILE)/attacks.list: tests/hostile/attacks.c $(HOSTILE)/attacks
	$(Q)$(CROSS)gcc $(PUP_CFLAGS) -DLIST -E $< | \
		sed -n 's/" *"//g;s/.*ATTACK_IS "\(.*\)" END.*/\1/p' >$@

# The tests that are Launchers by themselves.
OWN_LAUNCHERS := $(HOSTILE)/fuzz $(HOSTILE)/starve $(patsubst %.c,$(OUT)/%,$(filter-out %/pair.c,$(wildcard tests/abi/*.c)))
test-guests: $(OWN_LAUNCHERS)
$(OWN_LAUNCHERS): $(OUT)/%: %.c tests/abi/small.h tests/tests.mk \
		$(addprefix $(OUT)/build/,$(filter include/%,$(ROOTS))) | $(TOOLS)
	$(Q)mkdir -p $(@D)
	$(call quiet,CC,$@)$(WHERE) $(CROSS)gcc $(LAUNCHER_CFLAGS) \
		-Wno-unused-result -static -o $@ $< -lpthread

# One is our Launcher with a main() of its own, and its Guest the pup with
# another pup_main().
PAIR := $(OUT)/tests/abi/pair
PAIR_OBJ := $(filter-out %/main.c.o %/lessons/%,$(PUP_OBJ)) $(OUT)/obj/guest/pair.c.o
test-guests: $(PAIR) $(OUT)/pair
$(PAIR): tests/abi/pair.c $(filter-out %/main.o,$(LAUNCHER_OBJ)) tests/tests.mk
	$(Q)mkdir -p $(@D)
	$(call quiet,CC,$@)$(WHERE) $(CROSS)gcc $(LAUNCHER_CFLAGS) -I$(OUT)/build/launcher \
		-static -o $@ $(filter %.c %.o,$^) -L$(ZLIB)/usr/lib/i386-linux-gnu -lz -lpthread

$(OUT)/pair: $(PAIR_OBJ) $(PUP_LDS:%=$(OUT)/build/%)
	$(call quiet,LD,$@)$(WHERE) $(LINK_PUP) -o $@ $(PAIR_OBJ)

-include $(OUT)/obj/guest/pair.c.d
