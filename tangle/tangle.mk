# The book becomes the program: make tangle
#
# out/src/ is the plain flavour, for reading; out/build/ is what is compiled.
# Other rules depend on the stamp out/.tangled, or on a file below out/src/ or
# out/build/, whose date changes only with its text.

OUT ?= out
Q ?= $(if $(V),,@)

BOOK_FILES := $(shell sed '/^\#/d; /^$$/d' book/order)
NW_FILES := $(wildcard $(BOOK_FILES)) $(EXTRA)
ROOTS := $(shell sed '/^\#/d; /^$$/d; s/[ \t].*//' tangle/roots)
TANGLE_TOOLS := $(wildcard tangle/*.awk) tangle/tangle

.PHONY: tangle
tangle: $(OUT)/.tangled

$(OUT)/.tangled: $(NW_FILES) book/order tangle/roots $(TANGLE_TOOLS)
	$(Q)tangle/tangle $(OUT) $(NW_FILES)
	$(Q)touch $@

$(ROOTS:%=$(OUT)/src/%) $(ROOTS:%=$(OUT)/build/%): $(OUT)/.tangled ;
