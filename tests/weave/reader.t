#!/bin/sh
# The reader makes one AST, whatever edition it is for.

. tests/weave/lib.sh

woven student $sample -t native >"$work/ast"
result $? 'the sample is read'
tr -d '\n ' <"$work/ast" >"$work/flat"
has() {
	matches "$work/flat" "$1" "$2"
}
has 'Header1\("part-G",\["part"\],\[\("letter","G"\)' 'a part begins'
has 'Header2\("chapter-1",\[\],\[\("chapter","1"\)' 'a chapter begins'
has 'Header3\("G:010",\[\],\[.*\("tag","G:010"\)' 'a tagged section begins'
has 'CodeBlock\("",\["chunk"\],\[\("n","1"\)\]\)' 'a chunk is there'
has 'Str"42samples"' 'a fact is filled in'
has 'Link\("",\["tag"\],\[\]\)\[Str"G:010"\]\("#G:010","Whereitbegins"\)' \
	'a tag leads to its section'
has '\["use"\],\[\]\)\[Str"addwhatwasgiven"\]\("#add-what-was-given-student",""\)' \
	'a cited chunk leads to the chunk'
has '\["fig"\],\[\]\)\[Str"Figure.*1\.1"\]\("#fig:box",""\)' \
	'a reference leads to its figure'
has 'Div\("fig:box",\["figure"\],\[.*\("alt","Aboxofthesample\."\)' \
	'a figure has its text'
has 'Code\("",\["ours"\],\[\("def","number-the-samples-2"\)\]\)"sample_limit"' \
	'an identifier leads to its definition'
has 'Table.*Code.*"SAMPLE_ONE".*Str"none".*"SAMPLE_TWO".*Str"left"' \
	'a table is made of the code, sorted'
has 'Emph\[Str"first"\]' 'comments in it are prose'
has 'Note\[Para\[Str"A"' 'a footnote stays one'
lacks "$work/ast" 'RawBlock|RawInline' 'nothing is for one edition only'

done_testing
