# The book becomes the program: make tangle
#
# out/src/ is for reading, out/build/ is what is compiled, out/map/ says where
# in the book each line of out/src/ stands.  Other rules depend on the stamp
# out/.tangled, or on files below out/src/ or out/build/, whose date changes
# only with their text.
#
#	make tangle VARIANT=student		holes in place of solutions
#	make tangle VARIANT='mutant: wraps'	one known mistake
#	make tangle VARIANT=answer EXTRA=answers/address-ok.nw
#
# Give OUT=out/somewhere with these, to keep the reference in out/ as it is.

OUT ?= out
Q ?= $(if $(V),,@)

BOOK_FILES := $(shell sed '/^\#/d; /^$$/d' book/order)
NW_FILES := $(wildcard $(BOOK_FILES)) $(EXTRA)
ROOTS := $(shell sed '/^\#/d; /^$$/d; s/[ \t].*//' tangle/roots)
TANGLE_TOOLS := $(wildcard tangle/*.awk) tangle/tangle

.PHONY: tangle
tangle: $(OUT)/.tangled
	@:

$(OUT)/.tangled: $(NW_FILES) tangle/roots $(TANGLE_TOOLS) $(OUT)/tangle/asked
	$(Q)tangle/tangle $(if $(VARIANT),-v '$(VARIANT)') $(OUT) $(NW_FILES)
	$(Q)touch $@

$(ROOTS:%=$(OUT)/src/%) $(ROOTS:%=$(OUT)/build/%): $(OUT)/.tangled ;

# What was asked for last time, so that another wish tangles anew.
.PHONY: FORCE
$(OUT)/tangle/asked: FORCE
	$(Q)mkdir -p $(@D)
	$(Q)echo '$(VARIANT): $(NW_FILES)' | cmp -s - $@ || \
		echo '$(VARIANT): $(NW_FILES)' >$@
