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
TANGLE_TOOLS := tangle/tangle $(addprefix tangle/,bundle.awk edition.awk \
	install.awk lexer.awk lines.awk number.awk)

.PHONY: tangle
tangle: $(OUT)/.tangled ## Turn the book into the program: out/src, out/build
	@:

$(OUT)/.tangled: $(NW_FILES) tangle/roots $(TANGLE_TOOLS) $(OUT)/tangle/asked
	$(Q)tangle/tangle $(if $(VARIANT),-v '$(VARIANT)') $(OUT) $(NW_FILES)
	$(Q)touch $@

$(ROOTS:%=$(OUT)/src/%) $(ROOTS:%=$(OUT)/build/%): $(OUT)/.tangled ;

# What was asked for last time, so that another wish tangles anew.
.PHONY: FORCE
$(OUT)/tangle/asked: FORCE
	$(Q)mkdir -p $(@D)
	$(Q)echo '$(VARIANT): $(NW_FILES)' >$@.new
	$(Q)cmp -s $@.new $@ || cp $@.new $@

# The book must be whole, the program must be the book, and neither too large.
# make without a target insists on it before it boots anything.
.PHONY: check-book coverage tags
boot: $(OUT)/.checked

check-book: $(OUT)/.checked ## Refuse a book with faults, naming file and line
	@:

$(OUT)/.checked: $(OUT)/.tangled book/order $(wildcard tangle/*) \
		$(wildcard src.nw/*/*.nw book/figures/*)
	$(Q)tangle/check $(OUT)
	$(Q)tangle/coverage -q $(OUT)
	$(Q)touch $@

coverage: $(OUT)/.tangled ## Prove that book and program are the same
	$(Q)tangle/coverage $(OUT)

tags: $(OUT)/defs.tsv ## Index the program for editors: out/tags

$(OUT)/defs.tsv: $(OUT)/.tangled tangle/tags
	$(Q)tangle/tags $(OUT)
	$(Q)touch $@
