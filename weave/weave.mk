# The book becomes pages: make lguest.pdf, and reading in the terminal.
#
#	make lguest.pdf EDITION=instructor	with answers: out/lguest-instructor.pdf
#	make lguest.pdf PAPER=a4 MEDIUM=screen	larger, and with one kind of page only
#	make lguest.pdf DRAFT=1			go on in spite of missing facts
#	make preview PART=H			one part by itself: out/preview-H.pdf
#	make preview PART=H-segments		or one chapter
#
# All begins with the stream that noweb makes of the chapters; pandoc reads it
# with weave/reader.lua, and a filter for each edition sets what only a book
# about a program has: chunks, tags, identifiers.

EDITION ?= student
DRAFT ?=
WEAVE := $(OUT)/weave
PAPER ?= book
MEDIUM ?= print
KIND := $(if $(filter instructor,$(EDITION)),-instructor)
SHAPE := $(if $(filter a4,$(PAPER)),-a4)$(if $(filter screen,$(MEDIUM)),-screen)
EDITED := $(WEAVE)/$(EDITION)
TYPESET := $(EDITED)$(SHAPE)
# Solutions and the guide are in the instructor's edition, and in no other.
ifeq ($(EDITION),instructor)
NW_WOVEN := $(foreach f,$(NW_FILES),$f $(if $(filter exercises/%/text.nw,$f),\
	$(wildcard $(dir $f)solution.nw)) $(if $(filter %/exercises.nw,$f),\
	$(wildcard exercises/guide.nw)))
STREAM := $(WEAVE)/stream-instructor
else
NW_WOVEN := $(NW_FILES)
STREAM := $(WEAVE)/stream
endif
FACTS := $(OUT)/facts/tangle.tsv $(OUT)/facts/reasons.tsv $(OUT)/facts/exercises.tsv \
	 $(wildcard book/facts/*.tsv)
FIGURES := $(wildcard book/figures/*.tikz)
WEAVER := $(wildcard weave/*.lua)
BOOK := $(OUT)/lguest$(KIND)$(SHAPE).pdf

# What pandoc's Lua and LaTeX must know; dates come from the last commit, so
# that the same source gives the same bytes.
WEAVE_ENV = LUA_PATH='weave/?.lua;;' WEAVE_STREAM=$(STREAM) \
	WEAVE_DEFS=$(OUT)/defs.tsv WEAVE_FACTS='$(FACTS)' \
	WEAVE_BIB=book/bibliography.bib WEAVE_PATHS=$(wildcard book/paths) \
	WEAVE_CONCEPTS=$(wildcard book/concepts) \
	WEAVE_DRAFT=$(DRAFT) EDITION=$(EDITION)
PANDOC := pandoc -f weave/reader.lua --metadata-file=book/title.yaml \
	--bibliography=book/bibliography.bib --citeproc $(if $(KIND),-M \
	edition='For instructors: with solutions and rubrics')
DATE_ENV = SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct 2>/dev/null || echo 315532800)
TEX_ENV = TEXINPUTS=$(CURDIR)/weave:$(CURDIR): max_print_line=10000 \
	TEXMFVAR=$${LGUEST_CACHE:-$$HOME/.cache/lguest}/texmf \
	$(DATE_ENV) FORCE_SOURCE_DATE=1

.PHONY: lguest.pdf preview
lguest.pdf: $(BOOK) ## Weave the book: out/lguest.pdf

# TeX is needed by those who want pages, and by nobody else.
TEX_TOOLS := $(OUT)/.tools-book
$(TEX_TOOLS): lab/doctor lab/tools
	$(Q)lab/doctor --install build read book
	$(Q)mkdir -p $(@D) && touch $@

$(STREAM): $(NW_WOVEN) book/order | $(TOOLS)
	$(Q)mkdir -p $(@D)
	$(Q)/usr/lib/noweb/markup -t $(NW_WOVEN) >$@.new && mv $@.new $@

$(OUT)/facts/tangle.tsv: $(OUT)/.tangled
	$(Q)tangle/coverage -q $(OUT)

$(OUT)/facts/exercises.tsv: exercises/tools/list exercises/tools/lib.sh \
		$(wildcard exercises/*/exercise exercises/*/tests)
	$(Q)mkdir -p $(@D)
	$(Q)$< -f >$@.new && mv $@.new $@

$(OUT)/facts/reasons.tsv: $(addprefix $(OUT)/src/,$(filter host/%.c include/%,$(ROOTS))) \
		tests/guests/reasons $(wildcard tests/guests/*.c) tests/hostile/attacks.c tests/hostile/fuzz.c
	$(Q)mkdir -p $(@D)
	$(Q)tests/guests/reasons >$@.new && mv $@.new $@

WOVEN := $(STREAM) $(OUT)/defs.tsv $(FACTS) $(WEAVER) tangle/roots \
	 $(wildcard book/paths book/concepts) book/parts book/title.yaml book/bibliography.bib

# WEAVE_ONLY keeps a preview to its part.
PANDOC_LATEX = $(WEAVE_ENV) $(PANDOC) -L weave/latex.lua -t latex \
	--template=weave/lguest.latex --top-level-division=part

$(TYPESET)/lguest.tex: $(WOVEN) weave/lguest.latex | $(TEX_TOOLS)
	$(Q)mkdir -p $(@D)
	$(call quiet,PANDOC,$@)$(PANDOC_LATEX) \
		$(if $(filter a4,$(PAPER)),-M a4) $(if $(filter screen,$(MEDIUM)),-M screen) \
		-o $@ $(STREAM)

$(BOOK): $(TYPESET)/lguest.tex $(wildcard weave/*.sty) weave/pages.lua $(FIGURES) \
	 weave/lint.awk
	$(call quiet,LATEX,$@ (some minutes the first time))
	$(Q)$(TEX_ENV) weave/typeset $< '$(V)'
	$(Q)cmp -s $(TYPESET)/lguest.pdf $@ || cp $(TYPESET)/lguest.pdf $@

DECKS := $(patsubst %,$(OUT)/slides/%.pdf,P G D L H S M)
.PHONY: slides book
slides: $(DECKS) ## A deck of slides for each part: out/slides/H.pdf

$(DECKS): $(OUT)/slides/%.pdf: $(WOVEN) weave/slides.latex weave/slides.sty \
		weave/lguest-type.sty $(FIGURES) | $(TEX_TOOLS)
	$(Q)mkdir -p $(WEAVE)/slides $(@D)
	$(call quiet,SLIDES,$@)WEAVE_SLIDES=1 WEAVE_ONLY=$* $(PANDOC_LATEX) \
		--template=weave/slides.latex -o $(WEAVE)/slides/$*.tex $(STREAM)
	$(Q)$(TEX_ENV) weave/typeset $(WEAVE)/slides/$*.tex '$(V)' >$(WEAVE)/slides/$*.said
	$(Q)cmp -s $(WEAVE)/slides/$*.pdf $@ || cp $(WEAVE)/slides/$*.pdf $@

book: lguest.pdf html epub slides ## All editions of the book

# One run, with the numbers that the whole book had when it was last printed.
preview: $(WOVEN) weave/lguest.latex | $(TEX_TOOLS) ## Set one part or chapter: make preview PART=H
	$(Q)mkdir -p $(WEAVE)/preview
	$(call quiet,PREVIEW,$(OUT)/preview-$(PART).pdf)WEAVE_ONLY=$(PART) \
		$(PANDOC_LATEX) -M preview -o $(WEAVE)/preview/$(PART).tex $(STREAM)
	$(Q)grep -e '^.chunkat' -e '^.tagat' $(EDITED)/lguest.aux 2>/dev/null \
		>$(WEAVE)/preview/$(PART).aux || :
	$(Q)$(TEX_ENV) weave/typeset -1 $(WEAVE)/preview/$(PART).tex '$(V)'
	$(Q)cp $(WEAVE)/preview/$(PART).pdf $(OUT)/preview-$(PART).pdf

# --- on screens ------------------------------------------------------------
# A change in a chapter first makes its own page, and then the rest.
HTML := $(OUT)/html$(KIND)
WEB := $(wildcard weave/web/*)
FONTS := $(addprefix /usr/share/fonts/opentype/linux-libertine/,$(addsuffix .otf,\
		LinLibertine_R LinLibertine_RI LinLibertine_RZ LinLibertine_DR \
		LinBiolinum_R LinBiolinum_RB)) \
	$(addprefix /usr/share/fonts/truetype/jetbrains-mono/JetBrainsMono-,\
		Regular.ttf SemiBold.ttf Italic.ttf)
WEB_TOOLS := $(OUT)/.tools-web
$(WEB_TOOLS): lab/doctor lab/tools
	$(Q)lab/doctor --install build read book web
	$(Q)mkdir -p $(@D) && touch $@

$(FONTS): | $(WEB_TOOLS)

$(WEAVE)/figures/.drawn: $(FIGURES) weave/figures weave/lguest-type.sty | $(WEB_TOOLS)
	$(call quiet,FIGURES,$(@D))$(TEX_ENV) weave/figures $(@D) \
		$(if $(filter weave/%,$?),$(FIGURES),$?)
	$(Q)touch $@

$(WEAVE)/fonts/.made: weave/fonts | $(FONTS)
	$(call quiet,FONTS,$(@D))weave/fonts $(@D) $(FONTS)
	$(Q)touch $@

# What a student tangles has holes, if there are any.
PANDOC_HTML = $(WEAVE_ENV) WEAVE_OUT=$(1) WEAVE_FIGURES=$(WEAVE)/figures \
	WEAVE_TANGLED=$(EDITED)/tangled $(PANDOC) \
	-L weave/$(or $(2),site).lua -t plain -o /dev/null $(STREAM)

# make check sees the pages in a browser.
check: | $(OUT)/.tools-webtest
$(OUT)/.tools-webtest: lab/doctor lab/tools
	$(Q)lab/doctor --install build read book web webtest
	$(Q)mkdir -p $(@D) && touch $@

.PHONY: html
html: $(HTML)/.woven ## Weave the pages for a browser: out/html/index.html
	@:

$(HTML)/.woven: $(WOVEN) $(NW_FILES) $(WEB) $(WEAVE)/figures/.drawn \
		$(WEAVE)/fonts/.made | $(WEB_TOOLS)
	$(Q)mkdir -p $(EDITED) $(addprefix $(HTML)/,data figures fonts)
	$(Q)cp weave/web/lguest.css weave/web/lguest.js $(HTML)
	$(Q)cp $(WEAVE)/figures/*.svg $(HTML)/figures
	$(Q)cp $(WEAVE)/fonts/*.woff2 $(HTML)/fonts
	$(if $(and $(wildcard $@),$(filter 1 2 3,$(words $(filter %.nw,$?)))),$(call quiet,HTML,$(filter \
		%.nw,$?))WEAVE_ONLY='$(filter %.nw,$?)' $(call PANDOC_HTML,$(HTML)))
	$(Q)tangle/tangle $(if $(filter student,$(EDITION)),-v student) \
		$(EDITED)/tangled $(NW_FILES) >$(EDITED)/tangled.log
	$(call quiet,HTML,$(HTML)/index.html)$(call PANDOC_HTML,$(HTML))
	$(Q)touch $@

EPUB := $(OUT)/lguest$(KIND).epub
.PHONY: epub
epub: $(EPUB) ## Weave the book for a reading machine: out/lguest.epub
	@:

# The packer that pandoc has gives each file the time of day.
$(EPUB): $(WOVEN) $(WEB) $(WEAVE)/figures/.drawn | $(WEB_TOOLS)
	$(call quiet,EPUB,$@)$(DATE_ENV) $(WEAVE_ENV) WEAVE_FIGURES=$(WEAVE)/figures \
		$(PANDOC) -L weave/epub.lua -t epub3 --epub-chapter-level=2 --toc-depth=3 \
		-M identifier=urn:x-lguest:the-teaching-edition:$(EDITION) --mathml \
		--resource-path=$(WEAVE) --css=weave/web/epub.css \
		--epub-cover-image=weave/web/cover.svg -o $(WEAVE)/epub.zip $(STREAM)
	$(Q)rm -rf $(WEAVE)/epub $(WEAVE)/again.zip
	$(Q)unzip -qd $(WEAVE)/epub $(WEAVE)/epub.zip
	$(Q)export TZ=UTC0 $(DATE_ENV) && cd $(WEAVE)/epub && \
		find . -exec touch -d @$$SOURCE_DATE_EPOCH {} + && \
		zip -qX0 ../again.zip mimetype && \
		find * -type f ! -name mimetype | LC_ALL=C sort | zip -qX9@ ../again.zip
	$(Q)mv $(WEAVE)/again.zip $@

# --- in the terminal -------------------------------------------------------
# The names are those of the first lguest: make Preparation, ... Beer, Puppy.
PARTS := Preparation Guest Drivers Launcher Host Switcher Mastery
READER := $(OUT)/.tools-read
$(READER): lab/doctor lab/tools
	$(Q)lab/doctor --install build read
	$(Q)mkdir -p $(@D) && touch $@

LETTER_Preparation := P
LETTER_Guest := G
LETTER_Drivers := D
LETTER_Launcher := L
LETTER_Host := H
LETTER_Switcher := S
LETTER_Mastery := M

$(WEAVE)/text/%.txt: $(WOVEN) | $(READER)
	$(Q)mkdir -p $(@D)
	$(Q)$(WEAVE_ENV) WEAVE_ONLY=$(LETTER_$*) $(PANDOC) \
		-L weave/terminal.lua --columns=78 -t plain -o $@ $(STREAM)

.PHONY: $(PARTS) Preparation! Beer Puppy
Preparation Guest Drivers Launcher Host Switcher Mastery: %: $(WEAVE)/text/%.txt ## Read that part here
	$(Q)weave/read $<

Preparation!: Preparation

Beer: $(WEAVE)/text/Beer.txt ## Read the whole book here
	$(Q)weave/read $<

Puppy: ## Say hello
	$(Q)weave/puppy
