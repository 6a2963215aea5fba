#!/bin/sh
# The whole book is printed: it builds without a fault, and has all of the
# program and all tags. (Takes minutes.)

. tests/weave/lib.sh

make_quietly() {
	make lguest.pdf
}
runs 0 'the book builds, and its pages have no fault' make_quietly
pdf=out/lguest.pdf

pages=$(pdfinfo $pdf | sed -n 's/^Pages: *//p')
[ "$pages" -ge 250 ] && [ "$pages" -le 450 ]
result $? "$pages pages, from 250 to 450"

pdftotext -raw $pdf "$work/text"
figures=$(grep -o "^Figure [0-9]*\.[0-9]* [A-Z]" "$work/text" | sort -u | wc -l)
[ "$figures" -ge 40 ]
result $? "$figures figures, at least 40"
sed 's/[ 	]//g' "$work/text" | sort -u >"$work/lines"

# Each line of code, but those with a chunk use in them.
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
		if (code && !skip && line ~ /[^ \t]/)
			print line
		line = ""
		skip = 0
	}' out/weave/stream out/weave/stream | sort -u >"$work/with-blanks"
sed 's/[ 	]//g' "$work/with-blanks" | sort -u >"$work/code"
# A note in the margin may be on the same line, and a long line be folded.
sed 's/[ 	]//g; s/^,→//; s/^↪//' "$work/text" | tr -d '\n' >"$work/flat"
comm -23 "$work/code" "$work/lines" | while read -r line; do
	grep -qF -e "$line" "$work/lines" "$work/flat" || printf '%s\n' "$line"
done >"$work/missing"
is "$(wc -l <"$work/missing")" 0 \
	"all $(wc -l <"$work/code") lines of code can be read in it"
head -n 20 "$work/missing" | say

# And with them: where each letter of code has its own width, the blanks between
# two words are as many as in the program. Few lines are folded, or have a long
# note beside them that is in the way.
expand "$work/with-blanks" | sed 's/^ *//; s/ *$//' | grep ' ' | sort -u >"$work/code"
pdftotext -fixed 4.219 $pdf - | tr -d '\f' | sed 's/^ *//; s/ *$//' | sort -u >"$work/lines"
comm -23 "$work/code" "$work/lines" | while read -r line; do
	grep -qF -e "$line" "$work/lines" || printf '%s\n' "$line"
done >"$work/missing"
[ "$(wc -l <"$work/missing")" -le 15 ]
result $? "all but $(wc -l <"$work/missing") of $(wc -l <"$work/code") can be copied with their blanks"
head -n 20 "$work/missing" | say

# Code begins at one place on right pages, and at one on left; what is indented
# begins as many blanks after it.
expand "$work/with-blanks" >"$work/code"
pdftotext -fixed 4.219 $pdf - | tr -d '\f' | sed 's/ *$//' | awk '
	function bare(text) { sub(/^ */, "", text); return text }
	{ text = bare($0); blanks = length($0) - length(text) }
	NR == FNR {
		if (text in indent && indent[text] != blanks)
			twice[text] = 1
		indent[text] = blanks
		next
	}
	length(text) > 20 && text in indent && !(text in twice) {
		all++
		if (++at[blanks - indent[text]] == 1)
			place[++places] = blanks - indent[text]
	}
	END {
		for (i = 1; i <= places; i++) {
			n = at[place[i]]
			if (n > first) { second = first; first = n }
			else if (n > second) second = n
		}
		print all, all - first - second
	}' "$work/code" - >"$work/places"
read -r all elsewhere <"$work/places"
[ "$all" -gt 1000 ] && [ $((elsewhere * 100)) -le "$all" ]
result $? "of $all lines all but $elsewhere are indented as in the program"

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
