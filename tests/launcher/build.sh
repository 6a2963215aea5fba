# Build the Launcher for the machine the tests run on, with the compiler's
# checkers, and with a Host that is played (fake-host.c) in place of host.c.
# Sourced after tests/tap.sh; leaves everything in $bin.
#
# shellcheck shell=sh disable=SC2154

bin=$top/out/tests/launcher
src=$top/out/build/launcher
mkdir -p "$bin"
CHECKED='-std=gnu11 -O1 -g -Wall -Wextra -Werror -pthread
	-DSTATS="out/tests/launcher/counted"
	-fsanitize=address,undefined -fno-sanitize-recover=all'
export ASAN_OPTIONS=exitcode=99:detect_leaks=0 UBSAN_OPTIONS=exitcode=99

compile() {	# PROGRAM SOURCE…, only if a source is newer
	program=$bin/$1
	shift
	if [ -e "$program" ] && [ -z "$(find "$src" "$top/out/build/include" \
			"$top/tests/launcher" -newer "$program" -print)" ]
	then
		return
	fi
	# shellcheck disable=SC2086
	if ! gcc $CHECKED -I"$top/out/build/include" -I"$src" \
			-o "$program.$$" "$@"; then
		echo "Bail out! cannot compile $program"
		exit 1
	fi
	mv "$program.$$" "$program"
}

everything_but() {	# FILE…: the Launcher's sources without these
	sed -n "s/^launcher\\/\([a-z]*\.c\)[ \t].*/\\1/p" "$top/tangle/roots" |
	while read -r file; do
		case " $* " in
		*" $file "*) ;;
		*) echo "$src/$file" ;;
		esac
	done
}

[ -e "$top/out/.tangled" ] || make -s tangle >/dev/null || {
	echo 'Bail out! make tangle fails'
	exit 1
}
compile mkelf "$top/tests/launcher/mkelf.c"
compile mkbzimage "$top/tests/launcher/mkbzimage.c"
# shellcheck disable=SC2046
compile played $(everything_but host.c rights.c) \
	"$top/tests/launcher/fake-host.c" \
	"$top/tests/launcher/fake-rights.c" -lz

bzimage() {	# KIND [PAYLOAD]: the same, of a packed kernel
	{ if [ "${2-}" ]; then cat "$2"; else "$bin/mkelf" sound; fi; } |
		gzip -9n | "$bin/mkbzimage" "$1" >"$work/$1" && echo "$work/$1"
}

elf() {		# KIND: the path of such a file
	"$bin/mkelf" "$1" >"$work/$1" && echo "$work/$1"
}
