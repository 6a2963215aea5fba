#!/bin/sh
# The Host in the page: what the book says can be run is run, and in Chromium
# by its buttons. Its parts are those that everything else is made of.

. tests/tap.sh

live=${OUT:-out}/live
runs 0 'the living pages are made' make live

plan() {	# the tests in $work/tap, numbered on from ours
	awk -v n="$tests" '/^(not )?ok/ { sub(/ok [0-9]+/, "ok " ++n) } !/^1\.\./' \
		"$work/tap"
	failures=$((failures + $(grep -c '^not ok' "$work/tap")))
	tests=$((tests + $(grep -cE '^(not )?ok' "$work/tap")))
}

node live/machine.mjs --modules "$live" --state "$live/host.state.zst" \
	--memory 96 --serial /dev/null --serial - --serial /dev/null --input \
	--when DONE >"$work/sums" <<-'EOT'
	sha256sum /lib/lg.ko /bin/lguest /pup /guests/hello; echo DO""NE
EOT
tr -d '\r' <"$work/sums" | grep -oE '[0-9a-f]{64}' | sort >"$work/inside"
sha256sum out/lab/live/module/host/lg.ko out/lguest out/pup \
	out/tests/guests/hello | grep -oE '^[0-9a-f]{64}' | sort >"$work/outside"
is "$(cat "$work/inside")" "$(cat "$work/outside")" \
	'module, Launcher and Guests in the state are those that were built'

node tests/live/transcripts.mjs "$live" $(sed '/^#/d;/^$/d' book/order) \
	>"$work/tap" 2>&1
result $? 'the transcripts in the book are what is seen' || say <"$work/tap"
plan

if command -v chromium >/dev/null; then
	node tests/live/page.js "$live/web" "${PICTURES-}" >"$work/tap" 2>&1
	result $? 'all is well in Chromium' || say <"$work/tap"
	plan
else
	skip 'in Chromium' 'chromium is not installed'
fi

done_testing
