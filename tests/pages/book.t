#!/bin/sh
# The whole book is printed: it builds without a fault, and has all of the
# program and all tags. (Takes minutes.)

. tests/weave/lib.sh

make_quietly() {
	make lguest.pdf
}
runs 0 'the book builds, and its pages have no fault' make_quietly
pdf=out/lguest.pdf

pdftotext -raw $pdf "$work/text"
sed 's/[ 	]//g' "$work/text" | sort -u >"$work/lines"

# Each line of code, but those with a chunk use in them, without its blanks.
# A student sees a hole in place of the answer, the failures, no other variant.
awk '
	NR == FNR {
		if (/^@defn .* \[student\]$/)
			hole[substr($0, 7, length($0) - 16)] = 1
		next
	}
	/^@begin code/ { code = 1 }
	/^@end code/ { code = 0 }
	/^@defn / {
		name = substr($0, 7)
		if (name in hole || name ~ /\[(answer|(.*: )?(mutant|solution).*)\]$/)
			code = 0
	}
	/^@text / { line = line substr($0, 7) }
	/^@(use|defn)/ { skip = 1 }
	/^@nl/ {
		gsub(/[ \t]/, "", line)
		if (code && !skip && line != "")
			print line
		line = ""
		skip = 0
	}' out/weave/stream out/weave/stream | sort -u >"$work/code"
# A note in the margin may be on the same line, and a long line be folded.
sed 's/[ 	]//g; s/^,→//; s/^↪//' "$work/text" | tr -d '\n' >"$work/flat"
comm -23 "$work/code" "$work/lines" | while read -r line; do
	grep -qF -e "$line" "$work/lines" "$work/flat" || printf '%s\n' "$line"
done >"$work/missing"
is "$(wc -l <"$work/missing")" 0 \
	"all $(wc -l <"$work/code") lines of code can be read in it"
head -n 20 "$work/missing" | say

pdftohtml -xml -i -stdout $pdf >"$work/xml"
grep -ho '^## .*{#[A-Z]:[0-9]*}' $(sed '/^#/d' book/order) |
	sed 's/.*{#\(.*\)}/\1/' | sort >"$work/tags"
sed -n 's/.*<item page="[0-9]*">\([A-Z]:[0-9]*\) .*/\1/p' "$work/xml" |
	sort >"$work/bookmarks"
runs 0 "each of $(wc -l <"$work/tags") tags is a bookmark" \
	diff "$work/tags" "$work/bookmarks"

runs 0 'the sample becomes pages' pages "$work/once" $sample
runs 0 'the sample becomes pages again' pages "$work/again" $sample
cmp -s "$work/once/lguest.pdf" "$work/again/lguest.pdf"
result $? 'the same pages, to the byte'

done_testing
