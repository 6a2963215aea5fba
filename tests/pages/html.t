#!/bin/sh
# The pages for a browser, as readers see them in Chromium.

. tests/tap.sh

make_quietly() {
	make html
}
runs 0 'the pages are woven' make_quietly
if ! command -v chromium >/dev/null || ! command -v node >/dev/null; then
	skip 'in Chromium' 'chromium or node is not installed'
	done_testing
fi
node tests/pages/html.js out/html "$work" >"$work/tap"
result $? 'all is well in Chromium'
# Its tests are numbered on from ours.
sed "s/^\(not \)*ok [0-9]*/&+/" "$work/tap" | awk -v n=$tests '
	/^1\.\./ { next }
	/^(not )?ok/ { sub(/ok [0-9]*\+/, "ok " ++n) }
	{ print }
	END { print "1.." n }'
[ "$failures" -eq 0 ]
