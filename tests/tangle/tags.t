#!/bin/sh
# Every definition is found in the book, at its line.

. tests/tangle/lib.sh

bound tags <<'END'
# Definitions

In C there are many kinds.

<<host/x.c>>=
#define LIMIT 12
<<describe a Guest>>

int run_guest(struct lguest *lg)
{
	int not_this = 0;
	<<define late>>
}
int last;
@

It has a state.

<<describe a Guest>>=
enum state { AWAKE, HALTED };
struct lguest {
	enum state state;
};
typedef struct lguest guest_t;
@

A macro may come late.

<<define late>>=
#define LATE 1
@

Assembly has labels.

<<host/y.S>>=
lguest_entry:
.Llocal:
	nop
1:	jmp 1b
@
END
printf '%s\n' 'host/x.c c 644' 'host/y.S asm 644' >"$book/tangle/roots"
tangle_book >/dev/null
runs 0 'tags' in_book "$top/tangle/tags"

awk -F '\t' '{ print $1, $2, $4 }' "$book/out/defs.tsv" >"$work/seen"
cat >"$work/expected" <<'END'
AWAKE enumerator 20
HALTED enumerator 20
LATE macro 30
LIMIT macro 6
guest_t typedef 24
last variable 14
lguest struct 21
lguest_entry label 36
run_guest function 9
state enum 20
state member 22
END
same "$work/seen" "$work/expected" 'defs.tsv has each definition and its line'
is "$(cut -f 3 "$book/out/defs.tsv" | sort -u)" 'src.nw/H-host/tags.nw' \
	'and its file'
is "$(sed -n 's/^run_guest	//p' "$book/out/tags")" \
	'../src.nw/H-host/tags.nw	9;"	function' 'tags has the same for editors'
grep -v '^!' "$book/out/tags" >"$work/seen"
sort "$work/seen" >"$work/expected"
same "$work/seen" "$work/expected" 'in the order that they expect'

# ---- The real book: what stands there is what is defined. ----

tangle/tangle "$work/out" $(real_book) >/dev/null
tangle/tags "$work/out"
result $? 'tags of the real book'
awk -F '\t' '
	{
		if ($3 != file) {
			close(file)
			file = $3
			read = 0
		}
		while (read < $4 && (getline line < file) > 0)
			text[file, ++read] = line
		if (index(text[file, $4], $1) == 0)
			print $3 ":" $4 ": no " $1
	}
	END { if (NR < 100) print "only " NR " definitions" }
	' "$work/out/defs.tsv" >"$work/seen"
same "$work/seen" /dev/null 'every definition stands where it is said to'

done_testing
