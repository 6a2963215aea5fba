#!/bin/sh
# The compiler's own analysis of the Launcher: what may happen on each path
# through a function, such as a pointer that is used although it may be NULL.

. tests/tap.sh
analyse() {
	i686-linux-gnu-gcc -O2 -Wall -Wextra -Werror -fanalyzer \
		-Iout/build/include -Iout/build/launcher \
		-isystem out/zlib/usr/include -c -o "$work/object" "$@"
}

cat >"$work/fault.c" <<'FAULT'
#include <stdlib.h>

int *make(void);
int *make(void)
{
	int *p = malloc(sizeof(*p));

	*p = 1;
	return p;
}
FAULT
runs 1 "it finds a pointer that may be NULL" analyse "$work/fault.c"
matches "$work/seen" "possible-null-dereference" "... and says so"
files=0
for file in out/build/launcher/*.c; do
	runs 0 "${file#out/build/}" analyse "$file"
	files=$((files + 1))
done
runs 0 "all files of the Launcher were there" test "$files" -gt 10
done_testing
