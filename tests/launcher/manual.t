#!/bin/sh
# The page of manual: it is sound, and says what --help says.

. tests/tap.sh
. tests/launcher/build.sh

page=out/src/launcher/lguest.1

"$bin/played" --help | grep -oE -- '--[a-z]+' | sort -u >"$work/help"
grep -oE '(^\.It| ,|^)[ ]?Fl -[a-z]+' "$page" | sed 's/.*Fl -/--/' |
	sort -u >"$work/manual"
is "$(wc -l <"$work/help")" 12 'there are a dozen options'
diff "$work/help" "$work/manual" >"$work/seen"
result $? '... and the manual has the same ones' || say <"$work/seen"
for status in 0 1 2 130; do
	"$bin/played" --help | grep -qE "(^|[ ;])$status " &&
		grep -q "^\.It $status\$" "$page"
	result $? "both say what status $status means"
done
is "$(grep '^\.Sh' "$page" | cut -c5- | tr '\n' '|')" \
	'NAME|SYNOPSIS|DESCRIPTION|OPTIONS|EXIT STATUS|FILES|EXAMPLES|SEE ALSO|' \
	'its sections have the usual order'
lacks "$page" '.{81}' '... and its lines fit a terminal'
if command -v groff >/dev/null; then
	groff -ww -mandoc -Tascii "$page" >"$work/seen" 2>"$work/errors"
	is "$(cat "$work/errors")" '' 'groff has nothing to say against it'
	matches "$work/seen" 'run a kernel as a Guest' '... and prints it'
else
	skip 'groff has nothing to say against it' 'there is no groff'
fi

done_testing
