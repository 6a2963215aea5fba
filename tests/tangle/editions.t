#!/bin/sh
# An edition is made by choosing variants of chunks, and nothing else changes.

. tests/tangle/lib.sh

bound editions <<'END'
# An exercise

The function adds, and somebody should write it.

<<host/x.c>>=
int lguest_address_ok(unsigned int addr, unsigned int len)
{
	<<see that the sum does not wrap>>
}

int another(void)
{
	<<do something else>>
}
@

Here is the hole, before the chunk that it replaces.

<<see that the sum does not wrap [student]>>=
/* Your code here. */
return 1;
@

Two wrong answers.

<<see that the sum does not wrap [mutant: wraps]>>=
return addr + len < 1000;
@

<<see that the sum does not wrap [mutant: off-by-one]>>=
return addr <= 1000 && len <= 1000 - addr;
@

And the reference, in two pieces.

<<see that the sum does not wrap>>=
if (len > 1000)
	return 0;
@

This is the rest of it.

<<see that the sum does not wrap>>=
return addr < 1000 - len;
@

It has a hole as well.

<<do something else>>=
return 0;
@

<<do something else [student]>>=
return 1;
@
END

body() { sed -n '/^{/,/^}/p' "$book/out/src/host/x.c" | grep -v '[{}]'; }

tangle_book >/dev/null
is "$(body)" '	if (len > 1000)
		return 0;
	return addr < 1000 - len;
	return 0;' 'the reference has no variant in it'
(cd "$book" && notangle -t8 -Rhost/x.c src.nw/*/*.nw) >"$work/stock"
same "$book/out/src/host/x.c" "$work/stock" 'and is what notangle makes'

tangle_book -v student >/dev/null
is "$(body)" '	/* Your code here. */
	return 1;
	return 1;' 'students get every hole'
is "$(in_book "$top/tangle/where" out/src/host/x.c:4)" \
	'src.nw/H-host/editions.nw:21' 'at its own line'

tangle_book -v 'mutant: wraps' >/dev/null
is "$(body)" '	return addr + len < 1000;
	return 0;' 'a mutant has one mistake, and is the reference elsewhere'
tangle_book -v 'mutant: off-by-one' >/dev/null
is "$(body)" '	return addr <= 1000 && len <= 1000 - addr;
	return 0;' 'each mutant its own'

tangle_book -v answer >/dev/null
is "$(body | head -n 1)" '	if (len > 1000)' \
	'without an answer there is the reference'

mkdir "$book/answers"
cat >"$book/answers/address-ok.nw" <<'END'
My answer.

<<see that the sum does not wrap [answer]>>=
return addr + len >= addr && addr + len < limit;
@
END
in_book "$top/tangle/tangle" -v answer out src.nw/H-host/editions.nw \
	answers/address-ok.nw >/dev/null
is "$(body)" '	return addr + len >= addr && addr + len < limit;
	return 0;' 'an answer from a file of its own takes its place'
in_book gcc -c -o x.o out/build/host/x.c 2>"$work/seen"
matches "$work/seen" '^answers/address-ok.nw:4:[0-9]*: error: .*limit' \
	'and the compiler speaks of the line in that file'

# ---- make: editions side by side, and made anew on another wish. ----

mk() { in_book make -s -f tangle/tangle.mk "$@"; }
cp -r tangle/*.awk tangle/tangle tangle/tangle.mk "$book/tangle/"
runs 0 'make tangle' mk tangle
is "$(body | tail -n 1)" '	return 0;' 'makes the reference'
mk tangle VARIANT=student >/dev/null
is "$(body | tail -n 1)" '	return 1;' 'VARIANT=student makes the holes'
mk tangle VARIANT=answer EXTRA=answers/address-ok.nw OUT=out/ex >/dev/null
matches "$book/out/ex/src/host/x.c" 'addr [+] len >= addr' \
	'EXTRA adds an answer, OUT puts it elsewhere'
mk tangle >"$work/seen"
is "$(body | tail -n 1)" '	return 0;' 'and without a wish the reference is back'
mk tangle >"$work/seen"
is "$(cat "$work/seen")" '' 'and is not made twice'

done_testing
