#!/bin/sh
# An error in the book is reported at its line of the book, in any language.

. tests/tangle/lib.sh

cc="i686-linux-gnu-gcc -ffreestanding"
command -v i686-linux-gnu-gcc >/dev/null || cc="gcc -ffreestanding"

# The line of the only chapter that holds a word.
line_of() {	# WORD
	grep -n "$1" "$book"/src.nw/*/*.nw | sed 's/:.*//; q'
}

# ---- Faults planted in three languages, found by the real tools. ----

bound faults <<'END'
# Three faults

A function has one in the middle of a chunk, after another chunk.

<<host/x.c>>=
struct cpu { int halted; };

int run_guest(struct cpu *cpu)
{
	if (!cpu->halted) {
		<<say why>>
		cpu->haltd = 1;	/* fault-in-c */
	}
	<<leave if the Guest is dead>>
	return 0;
}
@

This chunk is used in the depth of a function.

<<say why>>=
int why = 0;

why++;
@

And this one has a fault of its own.

<<leave if the Guest is dead>>=
if (cpu->halted)
	return fault_in_chunk;
@

Assembly has two as well.

<<host/y.S>>=
.text
lguest_entry:
	<<make a hypercall>>
	movl %eax, %foo	/* fault-in-asm */
	ret
@

Only one instruction calls the Host.

<<make a hypercall>>=
/* Number 10 is
   halting. */
movl $10, %eax
intt $0x1f	/* fault-in-asm-chunk */
@

What make reads has no line directives.

<<host/Kbuild>>=
obj-m := x.o
<<list the parts>>
@

One part is lost.

<<list the parts>>=
x-y := x.o
this is a fault in make
@
END
tangle_book >/dev/null

chapter=src.nw/H-host/faults.nw
in_book $cc -c -o x.o out/build/host/x.c >"$work/seen" 2>&1
matches "$work/seen" "^$chapter:$(line_of fault-in-c):[0-9]*: error: .*haltd" \
	'the compiler names the line of a fault after a chunk'
matches "$work/seen" \
	"^$chapter:$(line_of fault_in_chunk):[0-9]*: error: .*fault_in_chunk" \
	'and of a fault inside one'

in_book $cc -c -o y.o out/build/host/y.S >"$work/seen" 2>&1
matches "$work/seen" "^$chapter:$(line_of fault-in-asm): Error: " \
	'the assembler names the line of a fault after a chunk'
matches "$work/seen" "^$chapter:$(line_of fault-in-asm-chunk): Error: " \
	'and of a fault inside one'

place="$chapter:$(line_of 'fault in make')"
in_book "$top/tangle/where" -- make -f out/build/host/Kbuild \
	>"$work/seen" 2>&1
is $? 2 'a command run by where ends as it ended'
matches "$work/seen" "^$place: \*\*\* missing separator" \
	'make names the line of a fault, with where'
(cd "$book/out/build/host" && make -f "$PWD/Kbuild") >"$work/absolute" 2>&1
in_book "$top/tangle/where" <"$work/absolute" >"$work/seen"
matches "$work/seen" "^$place: \*\*\* missing separator" \
	'and with an absolute path, through a pipe'
mkdir -p "$book/out/lab/686/module"
cp -r "$book/out/build/host" "$book/out/lab/686/module/"
in_book "$top/tangle/where" -- make -f out/lab/686/module/host/Kbuild \
	>"$work/seen" 2>&1
matches "$work/seen" "^$place: \*\*\* missing separator" \
	'and in a copy below out/'

# ---- where, asked for one place. ----

is "$(in_book "$top/tangle/where" out/src/host/Kbuild:3)" "$place" \
	'where leads from the readable tree to the book'
numbered=$(grep -n 'haltd' "$book/out/build/host/x.c" | sed 's/:.*//')
is "$(in_book "$top/tangle/where" "out/build/host/x.c:$numbered")" \
	"$chapter:$(line_of fault-in-c)" \
	'and from the compiled one, where #line counts too'
runs 1 'and says when it cannot' in_book "$top/tangle/where" out/src/none.c:3
printf '%s\n' 'nothing: 5 here' 'src/host/Kbuild:3' \
	'/usr/share/Kbuild:3: x' >"$work/foreign"
in_book "$top/tangle/where" <"$work/foreign" >"$work/seen"
same "$work/seen" "$work/foreign" 'and leaves foreign places alone'

# ---- where, asked about addresses. ----

bound oops <<'END'
# A crash

This function jumps to nowhere.

<<host/x.c>>=
void jump(void)
{
	<<leave the world>>
}
void _start(void)
{
	jump();	/* linked */
}
@

It never comes back.

<<leave the world>>=
asm volatile("hlt");
@
END
tangle_book >/dev/null
in_book $cc -gdwarf-4 -O0 -fcf-protection=none -c -o x.o out/build/host/x.c
in_book $cc -nostdlib -static -no-pie -o x x.o 2>/dev/null
offset=0x$(objdump -d "$book/x.o" | sed -n 's/^ *\([0-9a-f]*\):.*hlt.*/\1/p')
echo "EIP: jump+$offset/0x20 [lg], other+0x3/0x5, 0x00000001" |
	in_book "$top/tangle/where" -e x.o >"$work/seen"
is "$(cat "$work/seen")" "EIP: jump+$offset/0x20 [src.nw/H-host/oops.nw:$(
	line_of hlt)] [lg], other+0x3/0x5, 0x00000001" \
	'where knows the line of an oops in a module'
start=0x$(nm "$book/x" | sed -n 's/ T _start//p')
echo "killed at $start" | in_book "$top/tangle/where" -e x >"$work/seen"
matches "$work/seen" "^killed at $start .src.nw/H-host/oops.nw:11.$" \
	'and of an address in a program'

# ---- Where no #line may stand, there is none. ----

bound quiet <<'END'
# Places without line directives

Macros, their arguments and comments; the checker would refuse them, and yet
nothing may break.

<<host/x.c>>=
#define SUM(a, b) ((a) + (b))
#define LONG(x) \
	<<continued>> \
	+ (x)
/* A comment with
   <<continued>>
   in it. */
static const char *const text = "( /* (";
int g(int c);
int f(int x)
{
	int y = SUM(
		<<continued>>
		,
		x);
	return y + LONG(<<continued>>)
		+ g(')');	/* ( */
}
int line_after = __LINE__;
@

It takes two lines.

<<continued>>=
1 + \
1
@

The assembler has macros of its own.

<<host/y.S>>=
.macro twice
	<<do nothing>>
	<<do nothing>>
.endm
	twice
	.long __LINE__
@

It does that well.

<<do nothing>>=
nop
@
END
tangle_book >/dev/null
holds 'C compiles' in_book $cc -Wall -Wextra -Werror -pedantic \
	-Wno-overlength-strings -c -o x.o out/build/host/x.c
holds 'assembly assembles' in_book $cc -Wa,--fatal-warnings -c -o y.o \
	out/build/host/y.S
is "$(in_book $cc -E -P out/build/host/x.c | sed -n 's/.*line_after = //p')" \
	"$(line_of line_after);" 'the count of lines is right again after it'
is "$(in_book $cc -E -P out/build/host/y.S | sed -n 's/.*\.long //p')" \
	"$(line_of '\.long')" 'in assembly too'
is "$(grep -c '^#line' "$book/out/build/host/y.S")" 1 \
	'and no directive is wasted'

# ---- In a loop of the assembler, each round is told. ----

bound loop <<'END'
# A loop

The assembler repeats what is between.

<<host/y.S>>=
	.rept 3
	<<step>>
	nop
	.endr
	wrong_after
@

A step is two instructions.

<<step>>=
nop
wrong_inside
@
END
tangle_book >/dev/null
in_book $cc -c -o y.o out/build/host/y.S 2>&1 |
	sed -n 's/^src.nw.*:\([0-9]*\): Error: .*`\(.*\)./\1 \2/p' >"$work/seen"
for round in 1 2 3; do
	echo "$(line_of wrong_inside) wrong_inside"
done >"$work/expected"
echo "$(line_of wrong_after) wrong_after" >>"$work/expected"
same "$work/seen" "$work/expected" 'errors in a loop and behind it'

# ---- Lines that noweb lets one write, and few do. ----

bound odd <<'END'
# Odd lines

Two uses in a line, a definition that follows code, marks for an index.

<<host/x.c>>=
int a;
@@ at
  <<b>> and <<b>>, <<nothing>>;
	<<b>>
@ %def a

Text may begin behind the mark.
<<b>>=
b1

b2
@ It does so here.
<<nothing>>=
@
END
tangle_book >/dev/null
sed 's/src.nw.H-host.odd.nw//g' "$book/out/map/host/x.c" >"$work/seen"
printf '%s\n' :6 :7 :14 :15 ':16 :8 :14' :15 ':16 :8 :8' :14 :15 :16 \
	>"$work/expected"
same "$work/seen" "$work/expected" 'the line map of odd lines'
(cd "$book" && notangle -t8 -Rhost/x.c src.nw/*/*.nw) >"$work/stock"
same "$book/out/src/host/x.c" "$work/stock" 'which are what notangle makes'
printf 'group\thost\thost/\n' >"$book/tangle/budget"
holds 'and are all from the book' in_book "$top/tangle/coverage"

# ---- In the real book, each line of C and assembly is told its place. ----

tangle/tangle "$work/out" $(real_book) >/dev/null
awk -v out="$work/out" '
	$2 == "c" || $2 == "asm" {
		build = out "/build/" $1
		map = out "/map/" $1
		place = ""
		while ((getline text < build) > 0) {
			if (text ~ /^#line [0-9]+ "/) {
				split(text, part, " ")
				gsub(/"/, "", part[3])
				file = part[3]
				line = part[2]
				continue
			}
			getline place < map
			sub(/ .*/, "", place)
			if (place != file ":" line++)
				print $1 ": " place ": " text
			lines++
		}
	}
	END { if (!lines) print "no lines seen" }' tangle/roots >"$work/seen"
same "$work/seen" /dev/null 'every line of the real program has its place'

done_testing
