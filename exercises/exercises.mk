# The exercises of part M: make exercises, then make starter EX=NAME.
#
# An exercise is a folder exercises/NAME with a file "exercise" in it, and all
# that belongs to it is found there by its name; README.md says which names.

EX ?=
DIR ?=
ANSWERS ?= answers
EXERCISE_TOOL = $(Q)OUT=$(OUT) ANSWERS='$(ANSWERS)' exercises/tools

.PHONY: exercises starter grade hint handin report new-exercise
exercises: ## List the exercises: points, hours, what to read first
	$(EXERCISE_TOOL)/list

starter: ## Begin an exercise: make starter EX=NAME
	$(EXERCISE_TOOL)/starter '$(EX)'

grade: $(if $(filter-out unit,$(shell sed -n 's/^speed: *//p' \
		exercises/$(EX)/exercise 2>/dev/null)),$(IMAGE) test-guests) \
		tangle ## Try your answer: make grade EX=NAME
	$(EXERCISE_TOOL)/try '$(EX)'

hint: ## Get the next hint: make hint EX=NAME
	$(EXERCISE_TOOL)/hint '$(EX)'

report: ## Weave your answer into a PDF: make report EX=NAME
	$(EXERCISE_TOOL)/report '$(EX)'

handin: tangle ## Pack answer, log and report: make handin EX=NAME
	$(EXERCISE_TOOL)/handin '$(EX)'
