# lguest, the teaching edition. `make help` lists what can be made.

OUT := out
HOST ?= 686
V ?=
Q := $(if $(V),,@)
quiet = $(if $(V),,@printf '  %-8s %s\n' '$(1)' '$(2)';)

MAKEFLAGS += --no-print-directory --no-builtin-rules
SHELL := /bin/sh
.DELETE_ON_ERROR:
.SUFFIXES:
.DEFAULT_GOAL := boot

include lab/failures.mk
include tangle/tangle.mk
include book/book.mk
include lab/lab.mk
include lab/linux.mk
-include weave/weave.mk
-include tests/tests.mk
include live/live.mk
-include exercises/exercises.mk

.PHONY: help clean doctor deps

doctor: ## Say what is installed, what is missing and why it is needed
	$(Q)lab/doctor || :

deps: ## Install all packages that are missing (root or sudo needed)
	$(Q)lab/doctor --install all

help: ## Print this list
	$(Q)awk -f lab/help.awk $(MAKEFILE_LIST)

clean: ## Remove everything made; what was downloaded stays in the cache
	$(call quiet,CLEAN,$(OUT))rm -rf $(OUT)
