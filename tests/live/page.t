#!/bin/sh
# The machines in the pages: what the book says can be run is run, and in
# Chromium by its buttons. Their parts are those that everything else is made of.

. tests/tap.sh

live=${OUT:-out}/live
ANSWERS=$work/answers
export ANSWERS
runs 0 'an exercise is begun' make -s starter EX=irq-pending
chunk=$(sed -n 's/^chunk: *//p' exercises/irq-pending/exercise)
awk -v chunk="$chunk" 'index($0, "<<" chunk ">>=") == 1 {
		print "<<" chunk " [irq-pending: answer]>>="
		inside = 1
		next
	}
	inside { print }
	inside && /^@/ { inside = 0 }' src.nw/*/*.nw >"$ANSWERS/irq-pending/answer.nw"
runs 0 'the living pages are made, and one for an answer' make live EX=irq-pending

plan() {	# the tests in $work/tap, numbered on from ours
	awk -v n="$tests" '/^(not )?ok/ {
		sub(/ok [0-9]+/, "ok " ++n)
		bad = /^not/
	}
	bad { print "#", $0 >"/dev/stderr" }
	!/^1\.\./' "$work/tap"
	failures=$((failures + $(grep -c '^not ok' "$work/tap")))
	tests=$((tests + $(grep -cE '^(not )?ok' "$work/tap")))
}

sums_in() {	# STATE FILE…: what the files in the saved machine are
	state=$1
	shift
	echo "sha256sum $*; echo DO\"\"NE" |
		node live/machine.mjs --modules "$live" --memory 96 \
			--state "$live/$state.state.zst" --serial /dev/null \
			--serial - --serial /dev/null --input --when DONE |
		tr -d '\r' | grep -oE '[0-9a-f]{64}'
}

sums_of() {	# FILE…
	sha256sum "$@" | grep -oE '^[0-9a-f]{64}'
}

is "$(sums_in host /lib/lg.ko /bin/lguest /pup /guests/hello)" \
	"$(sums_of out/lab/live/module/host/lg.ko out/lguest out/pup \
		out/tests/guests/hello)" \
	'module, Launcher and Guests in the state are those that were built'
answered=$(sums_in answer-irq-pending /pup)
is "$answered" "$(sums_of "$live/answers/irq-pending/pup")" \
	"the pup in the answer's state is the answer's"
[ "$answered" != "$(sums_of out/pup)" ]
result $? "... and not the book's"

make -s live-again >/dev/null
zstd -dqc "$live/host.state.zst" | cmp - "$live/again"
result $? 'a state that is made again is the same bytes'

node tests/live/transcripts.mjs "$live" $(sed '/^#/d;/^$/d' book/order) \
	>"$work/tap" 2>&1
result $? 'the transcripts in the book are what is seen' || say <"$work/tap"
plan

if command -v chromium >/dev/null; then
	node tests/live/page.js "$live" "${PICTURES-}" >"$work/tap" 2>&1
	result $? 'all is well in Chromium' || say <"$work/tap"
	plan
else
	skip 'in Chromium' 'chromium is not installed'
fi

done_testing
