#!/bin/sh
# Nothing that the book keeps for instructors is in what students get: not in the
# pages, their previews or the search, not in the EPUB, not on paper.

. tests/tap.sh

make_quietly() {
	make html epub
}
runs 0 'the students’ pages are woven' make_quietly

# The first nine plain words in a row of each paragraph that is a secret.
awk '
	function plain(text) { return text ~ /^[A-Za-z,.;'\''-]+$/ }
	FNR == 1 { secret = 0 }
	/^:::+ *(\{\.)?(solution|hint|rubric)/ { secret = 1; next }
	/^:::/ { secret = 0 }
	secret {
		run = ""
		n = 0
		for (i = 1; i <= NF; i++) {
			if (!plain($i)) {
				run = ""
				n = 0
				continue
			}
			run = run (n++ ? " " : "") $i
			if (n == 9) {
				print run
				next
			}
		}
	}' $(sed '/^#/d; /^$/d' book/order) | sort -u >"$work/secrets"
count=$(wc -l <"$work/secrets")
[ "$count" -gt 20 ]
result $? "there are $count secrets to look for"

# Whatever shows words, as words with one blank between them.
words() {
	sed 's/<[^>]*>/ /g; s/\\u003c[^>]*>/ /g; s/\\n/ /g; s/’/'"'"'/g' | tr -s ' \n' ' '
}
find out/html -type f \( -name '*.html' -o -name '*.js' \) -exec cat {} + |
	words >"$work/html"
unzip -p out/lguest.epub '*.xhtml' | words >"$work/epub"
for edition in html epub; do
	grep -oF -f "$work/secrets" "$work/$edition" | sort -u >"$work/found"
	is "$(wc -l <"$work/found")" 0 "no secret is in the students' $edition"
	head -n 5 "$work/found" | say
done
printed() {	# PDF: its words, without the hyphens at the ends of lines
	pdftotext "$1" - | tr -s ' \n' ' ' | sed "s/’/'/g; s/\([a-z]\)[-‐] \([a-z]\)/\1\2/g"
}
if [ -e out/lguest.pdf ]; then
	printed out/lguest.pdf >"$work/pdf"
	grep -oF -f "$work/secrets" "$work/pdf" | sort -u >"$work/found"
	is "$(wc -l <"$work/found")" 0 "no secret is in the students' lguest.pdf"
else
	skip "no secret is in the students' lguest.pdf" 'it has not been made'
fi

# They would be found, if they were there.
runs 0 'the instructors’ pages are woven' make html epub EDITION=instructor
cat out/html-instructor/*.html | words >"$work/html"
unzip -p out/lguest-instructor.epub '*.xhtml' | words >"$work/epub"
for edition in html epub; do
	is "$(grep -oF -f "$work/secrets" "$work/$edition" | sort -u | wc -l)" "$count" \
		"the instructors' $edition has them all"
done
runs 0 'the instructors’ book is printed, and its pages have no fault' \
	make lguest.pdf EDITION=instructor
printed out/lguest-instructor.pdf >"$work/pdf"
found=$(grep -oF -f "$work/secrets" "$work/pdf" | sort -u | wc -l)
# The end of a page, or a word with a hyphen of its own, may part a few.
[ $((found * 10)) -ge $((count * 9)) ]
result $? "and has $found of them in one piece"

done_testing
