# For the tests of the weave: weave a sample instead of the book.
#
# shellcheck shell=sh

. tests/tap.sh

printf 'guest/sample.c\tc\t644\n' >"$work/roots"
printf 'sample-answer\t42 samples\n' >"$work/facts"
printf '@book{sample2007,\n  author = {Ample, S.},\n  title = {Samples},\n  year = {2007}\n}\n' \
	>"$work/lit.bib"
grep -n -e 'SAMPLE_[A-Z]*	' -e '^int sample' tests/weave/G-sample/sample.nw |
	awk -F '[:	 (]' '{ print $3 "\tmacro\ttests/weave/G-sample/sample.nw\t" $1 }' \
	>"$work/defs"

woven() {	# EDITION FILE PANDOC-ARGUMENT…
	/usr/lib/noweb/markup -t "$2" >"$work/stream"
	edition=$1
	shift 2
	env LUA_PATH='weave/?.lua;;' WEAVE_STREAM="$work/stream" \
		WEAVE_ROOTS="$work/roots" WEAVE_FACTS="$work/facts" \
		WEAVE_DEFS="$work/defs" WEAVE_BIB="$work/lit.bib" EDITION="$edition" \
		pandoc -f weave/reader.lua --bibliography "$work/lit.bib" "$@" \
		"$work/stream"
}

sample=tests/weave/G-sample/sample.nw

typeset() {	# FILE.tex
	env TEXINPUTS="$top/weave:$work:$top:" max_print_line=10000 \
		TEXMFVAR="${LGUEST_CACHE:-$HOME/.cache/lguest}/texmf" \
		SOURCE_DATE_EPOCH=86400 FORCE_SOURCE_DATE=1 weave/typeset "$1"
}

pages() {	# DIR FILE PANDOC-ARGUMENT…: typeset FILE in DIR
	mkdir -p "$1" "$work/book/figures"
	echo '\draw (0,0);' | sed 's/.*/\\tikz&/' >"$work/book/figures/box.tikz"
	to=$1
	shift
	woven student "$@" -L weave/latex.lua -t latex --citeproc \
		--template weave/lguest.latex --metadata-file book/title.yaml \
		-o "$to/lguest.tex" &&
	typeset "$to/lguest.tex"
}
