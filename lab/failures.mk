# Failures worth seeing: the Host with one deliberate mistake in it, from the
# chapter of that name.
#
#	make failures			lists them
#	make FAILURE=smap		builds that one, boots it, and says whether
#					it fails as the book shows it
#
# They are built in out/failures, one after the other, so that each costs the
# few files that it changes; out/ keeps the program that is right.

FAILURE ?=
FAILURES_CHAPTER := src.nw/M-mastery/failures.nw
FAILURES := $(shell sed -n 's/.*\[failure: \([a-z0-9-]*\)\]>>=.*/\1/p' \
	$(FAILURES_CHAPTER))

ifneq ($(FAILURE),)
ifeq ($(filter $(FAILURE),$(FAILURES)),)
$(error there is no failure $(FAILURE); there are: $(FAILURES))
endif
OUT := out/failures
VARIANT := failure: $(FAILURE)
.DEFAULT_GOAL := failure
ifeq ($(FAILURE),pge)
MACHINE := v86
endif
endif

.PHONY: failures failure
failures: ## List the failures worth seeing
	@awk -f lab/failures.awk $(FAILURES_CHAPTER)
