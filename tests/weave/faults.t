#!/bin/sh
# A fault in the prose stops the weave, with file and line.

. tests/weave/lib.sh

mkdir "$work/G-bad"
bad=$work/G-bad/bad.nw

refuses() {	# NAME LINE MESSAGE, the chapter's third line on stdin
	{ printf '# Bad\n\n'; cat; } >"$bad"
	woven student "$bad" -t native >"$work/seen" 2>"$work/said"
	is $? 1 "$1: stops"
	matches "$work/said" "^$bad:$2: error: $3" "$1: says where and what"
}

refuses 'a missing fact' 5 'there is no fact sample-lost in ' <<'END'
A line.

It costs @fact:sample-lost instructions.
END
refuses 'an unknown section' 3 'there is no section G:999' <<'END'
See @G:999.
END
refuses 'an unknown figure' 3 'there is no figure fig:lost' <<'END'
See @fig:lost.
END
refuses 'an unknown chunk' 4 'there is no chunk <<do the impossible>>' <<'END'
Look:
[[<<do the impossible>>]] does it.
END
refuses 'an unknown book' 3 'there is no nobody1999 in the bibliography' <<'END'
As @nobody1999 found.
END
refuses 'a figure for those who see' 3 'a figure needs alternative text' <<'END'
![A caption.](figures/x.tikz){#fig:x}
END
refuses 'a tag used twice' 3 'tag G:010 is used twice' <<'END'
## One {#G:010}

## Two {#G:010}
END
refuses 'a table of nothing' 3 'chunk <<x>> has no line to make a table of' <<'END'
::: {.table-of chunk="x"}
:::
END

refuses 'an aside about no line' 6 'the chunk before has no line with gone' <<'END'
<<guest/sample.c>>=
int x;
@
::: {.aside at="gone"}
:::
END

printf '# Bad\n\nSee @G:998 and @G:999.\n' >"$bad"
woven student "$bad" -t native >"$work/seen" 2>"$work/said"
is "$(grep -c error: "$work/said")" 2 'all faults are said at once'
WEAVE_DRAFT=1 woven student "$bad" -t native >"$work/seen" 2>"$work/said"
is $? 0 'a draft goes on'

done_testing
