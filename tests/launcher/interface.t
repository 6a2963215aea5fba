#!/bin/sh
# The interface to the byte: every number, offset and size that the headers
# define, against the table in interface.tsv, which was typed from the
# description of the interface of Linux 3.1 to 3.19 and not from the headers.

. tests/tap.sh

[ -e "$top/out/.tangled" ] || make -s tangle >/dev/null || {
	echo 'Bail out! make tangle fails'
	exit 1
}
headers=$top/out/build/include

# From the headers' text, a program that names all they define. The values are
# read from the compiler's output, so it need not run on this machine.
cat >"$work/names.awk" <<'AWK'
function number(name) {
	printf "asm volatile(\"=%s %%c0\" : : \"i\" ((unsigned)(%s)));\n",
		name, name
}
function field(name,	where) {
	gsub(/[ \t]|\[.*/, "", name)
	where = record "." name
	printf "asm volatile(\"=%s %%c0 %%c1\" : : ", where
	printf "\"i\" (__builtin_offsetof(struct %s, %s)), ", record, name
	printf "\"i\" (sizeof(((struct %s *)0)->%s)));\n", record, name
}
{ sub(/\/\*.*/, "") }
/^#define [A-Z][A-Za-z_]*[ \t]+[^ \t]/ { number($2) }
/^\t[A-Z_]+[ \t]*= [0-9]+,/ { number($1) }
/^struct [a-z_]+ \{/ {
	record = $2
	next
}
record && /^\}/ {
	printf "asm volatile(\"=%s %%c0\" : : \"i\" (sizeof(struct %s)));\n",
		record, record
	record = ""
}
record && /;/ {
	sub(/^[ \t]*(struct )?[a-z_0-9]+[ \t]/, "")
	sub(/;.*/, "")
	sub(/tail\[\]/, "tail[0]")
	if ($0 ~ /^tail/) {	# of no size: its place is the record's length
		printf "asm volatile(\"=%s.tail %%c0 0\" : : \"i\" ", record
		printf "(__builtin_offsetof(struct %s, tail)));\n", record
		next
	}
	n = split($0, names, ",")
	for (i = 1; i <= n; i++)
		field(names[i])
}
AWK
{
	echo '#include "lguest_hcall.h"'
	echo '#include "lguest_launcher.h"'
	echo 'void names(void) {'
	awk -f "$work/names.awk" "$headers"/lguest.h \
		"$headers"/lguest_hcall.h "$headers"/lguest_launcher.h
	echo '}'
} >"$work/names.c"
runs 0 'the headers compile for i386' i686-linux-gnu-gcc -m32 -O1 -S \
	-Wall -Werror -I"$headers" -o "$work/names.s" "$work/names.c"
sed -n 's/^[ \t]*=//p' "$work/names.s" | sort >"$work/defined"
grep -v -e '^#' -e '^$' tests/launcher/interface.tsv | tr -s '\t' ' ' |
	sort >"$work/typed"
number=$(wc -l <"$work/typed")
[ "$number" -gt 100 ]
result $? "the table has $number entries"
is "$(cut -d' ' -f1 "$work/typed" | uniq -d)" '' '... each once'
diff "$work/typed" "$work/defined" >"$work/seen"
result $? 'the headers define all that, with these values, and nothing else' ||
	sed -n 's/^</typed:  /p;s/^>/defined:/p' "$work/seen" | say

# The table finds a fault: one number changed, one field moved, one name lost.
finds() {	# NAME SED-EXPRESSION
	sed "$2" "$work/typed" | sort | cmp -s - "$work/defined"
	is $? 1 "$1 would be found"
}
finds 'a wrong number' 's/^LHCALL_SET_PTE 14/LHCALL_SET_PTE 15/'
finds 'a field in a wrong place' 's/^\(lguest_data.cr2\) 8/\1 12/'
finds 'a name that is missing' '/^LHREQ_TRAP/d'

done_testing
