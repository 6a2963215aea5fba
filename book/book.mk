# The book's text: make lint-book
#
# What would make a book that is no book, tangle/check refuses. What would make
# a bad one to read is looked for here.

LINT := $(wildcard book/lint/*) $(wildcard book/concepts)

.PHONY: lint-book
lint-book: $(OUT)/.linted ## Proof-read the book: spelling, doubled words, terms, links, figures

$(OUT)/.linted: $(OUT)/.checked $(LINT) $(wildcard *.md */*.md)
	$(Q)lab/doctor --install build lint
	$(Q)book/lint/lint $(OUT)
	$(Q)touch $@
