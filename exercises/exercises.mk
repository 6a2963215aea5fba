# The exercises of part M: make exercises, then make starter EX=NAME.
#
# An exercise is a folder exercises/NAME with a file "exercise" in it, and all
# that belongs to it is found there by its name; README.md says which names.

EX ?=
DIR ?=
ANSWERS ?= answers
EXERCISE_TOOL = $(Q)OUT=$(OUT) ANSWERS='$(ANSWERS)' exercises/tools

# What must be there before an answer is tried.
READY = $(if $(filter-out unit,$(shell sed -n 's/^speed: *//p' \
	exercises/$(EX)/exercise 2>/dev/null)),$(IMAGE) test-guests) tangle

.PHONY: exercises starter grade hint handin report tools-for-answers
tools-for-answers:
	$(Q)lab/doctor --install build exercises

exercises: ## List the exercises: points, hours, what to read first
	$(EXERCISE_TOOL)/list

starter: ## Begin an exercise: make starter EX=NAME
	$(EXERCISE_TOOL)/starter '$(EX)'

grade: $(READY) | tools-for-answers ## Try your answer: make grade EX=NAME
	$(EXERCISE_TOOL)/try '$(EX)' || [ $$? = 1 ]

hint: ## Get the next hint: make hint EX=NAME
	$(EXERCISE_TOOL)/hint '$(EX)'

report: tangle $(OUT)/defs.tsv $(FACTS) | $(TEX_TOOLS) ## Weave your answer into a PDF: make report EX=NAME
	$(Q)$(WEAVE_ENV) $(TEX_ENV) OUT=$(OUT) ANSWERS='$(ANSWERS)' exercises/tools/report '$(EX)'

handin: tangle ## Pack answer, log and report: make handin EX=NAME
	$(EXERCISE_TOOL)/handin '$(EX)'

# --- for those who teach ---------------------------------------------------
.PHONY: new-exercise rehearse grade-all gradescope exercise-tools
exercise-tools:
	$(Q)lab/doctor --install build test

new-exercise: ## Make a folder for an exercise that builds: NAME=...
	$(EXERCISE_TOOL)/new-exercise '$(NAME)'

rehearse: ## Make up the answers of a class: make rehearse EX=NAME DIR=class NUMBER=40
	$(EXERCISE_TOOL)/rehearse '$(EX)' '$(DIR)' '$(NUMBER)'

grade-all: $(READY) | exercise-tools ## Grade a class: make grade-all EX=NAME DIR=answers JOBS=2
	$(EXERCISE_TOOL)/grade-all '$(EX)' '$(DIR)' '$(JOBS)' \
		'$(SSHLOGIN)' $(if $(TREE),'$(TREE)')

gradescope: | exercise-tools ## Build an autograder for Gradescope: EX=NAME
	$(EXERCISE_TOOL)/gradescope '$(EX)'
