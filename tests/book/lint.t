#!/bin/sh
# The proof-reader finds what a reader would stumble over, and no more.

. tests/tangle/lib.sh

tangle/check "$work/out" >/dev/null
runs 0 'the book can be read without stumbling' book/lint/lint "$work/out"

# A book of one chapter: a fault in it must be told with its line.
proof_read() {	# NAME <CHAPTER
	bound "$1"
	in_book "$top/tangle/check" >/dev/null
	in_book "$top/book/lint/lint" >"$work/said" 2>&1
}

told() {	# LINE TEXT NAME: that fault, in that line, and no other
	matches "$work/said" "^src.nw/H-host/$case.nw:$1: error: .*$2" "$3" &&
		is "$(grep -c ': error: ' "$work/said")" 1 'and nothing else'
}

case=sound
proof_read sound <<'E2'
# A sound chapter

A Guest that that had been told, or `misspelt`, or [[wrnog]]. It had had
enough of @H:010.

## What it says {#H:010}

Nothing.

::: aside
The end.
:::
E2
lacks "$work/said" 'a sound' 'a sound chapter has no faults that are none'

case=spelling
proof_read spelling <<'E2'
# Words

The Host behaves, and
the Launcher seperates well-meant words.
E2
told 4 '"seperates".*did you mean separates' 'a word that is none is found'

case=american
proof_read american <<'E2'
# Words

Colour or color.
E2
told 3 '"color"' 'British spelling is demanded'

case=doubled
proof_read doubled <<'E2'
# Words

Here a word stands at the
the beginning, and in `the` the right place.
E2
told 4 'the the' 'a doubled word is found across lines, and not across code'

case=figure
proof_read figure <<'E2'
# Pictures

![A picture.](figures/nothing.tikz){#fig:nothing alt="A box."}
E2
told 3 'alternative text of 6 letters' 'alternative text must say something'

case=wide
proof_read wide <<'E2'
# Code

It is long.

<<host/x.c>>=
int a_name_that_goes_on_and_on_and_on, another_name_that_does_the_same_and_even_more;
char *s = "a string may be as long as it likes, since somebody may look for it";
@
E2
told 6 'has 85 columns' 'a line of code that is too wide'

case=link
bound link <<'E2'
# Links
E2
printf 'See [this](book/order) and [that](book/nowhere).\n' >"$book/README.md"
in_book "$top/tangle/check" >/dev/null
in_book "$top/book/lint/lint" >"$work/said" 2>&1
matches "$work/said" '^README.md:1: error: .*book/nowhere' \
	'a link that leads nowhere is found'
lacks "$work/said" 'book/order' 'and one that leads somewhere is not'

# Terms: what is explained, where, and whether it was used before.
with_terms() {	# NAME ROW <CHAPTER
	bound "$1"
	printf '%s\n' "$2" >"$book/book/concepts"
	in_book "$top/tangle/check" >/dev/null
	in_book "$top/book/lint/lint" >"$work/said" 2>&1
}

case=early
with_terms early 'gate	gates	H:020' <<'E2'
# Terms

## Too early {#H:010}

Through the gates we go.

## In time {#H:020}

A *gate* is a way in. Gates are many.
E2
told 5 '"gate" is used in H:010, and explained in H:020' \
	'a term that is used before it is explained'

case=promised
with_terms promised 'gate	gates	H:020' <<'E2'
# Terms

## With a promise {#H:010}

Through the gates (@H:020) we go.

## In time {#H:020}

A *gate* is a way in.
E2
matches "$work/said" ' 0 faults' 'unless the reader is told where'

case=plain
with_terms plain 'gate	-	H:020 H:030' <<'E2'
# Terms

## In time {#H:020}

A gate is a way in.
E2
matches "$work/said" '^book/concepts:1: error: .*not in italics in H:020' \
	'a term is in italics where it is explained'
matches "$work/said" '^book/concepts:1: error: there is no section H:030' \
	'a concept leads to sections that exist'

# The glossary: all terms, in order, each with its place.
rm -rf "$book"
mkdir -p "$book/src.nw/H-host" "$book/book" "$book/tangle"
cat >"$book/src.nw/H-host/glossary.nw" <<'E2'
# Glossary

trap
:   A way into the kernel. @H:010

gate
:   Where a trap goes in.

## Words {#H:010}

A *trap*, a *gate*, a *stub*.
E2
echo src.nw/H-host/glossary.nw >"$book/book/order"
: >"$book/tangle/roots"
for term in trap gate stub; do
	printf '%s\t-\tH:010\n' "$term"
done >"$book/book/concepts"
in_book "$top/tangle/check" >/dev/null
in_book "$top/book/lint/lint" >"$work/said" 2>&1
matches "$work/said" ':7: error: "gate" does not say where' \
	'a definition without its place'
matches "$work/said" ':7: error: "gate" stands after "trap"' \
	'and one out of order'
matches "$work/said" '^book/concepts:3: error: "stub" is not in the glossary' \
	'and one that is missing'

done_testing
