# What the tools of the exercises have in common. They run at the top of the
# tree, where a folder exercises/NAME is an exercise if it has a file of that
# very name in it: exercises/NAME/exercise, lines of "key: value".
#
# shellcheck shell=sh disable=SC2034

export LC_ALL=C.UTF-8
tools=exercises/tools
out=${OUT:-out}
work=$out/exercises
: "${ANSWERS:=answers}"

complain() {	# MESSAGE…
	echo "exercises: $*" >&2
	exit 2
}

all_exercises() {
	for file in exercises/*/exercise; do
		file=${file%/exercise}
		echo "${file#exercises/}"
	done
}

need_exercise() {	# NAME
	[ -n "$1" ] || complain "which one? Say EX=NAME; 'make exercises'" \
		"lists the names"
	[ -f "exercises/$1/exercise" ] ||
		complain "there is no exercise '$1'; 'make exercises' lists" \
			"those there are"
}

field() {	# NAME KEY [DEFAULT]: all values of that key, one a line
	awk -v key="$2:" -v otherwise="${3-}" '
		index($0, key) == 1 {
			sub(/^[^:]*:[ \t]*/, "")
			print
			found = 1
		}
		END { if (!found && otherwise != "") print otherwise }' \
		"exercises/$1/exercise"
}

points_of() {	# NAME
	awk -F'|' '!/^#/ && NF { n += $2 } END { print n + 0 }' \
		"exercises/$1/tests"
}

section_title() {	# TAG: as the book has it
	sed -n "s/^##* *\(.*[^ ]\) *{#$1}.*/\1/p" src.nw/*/*.nw \
		exercises/*/text.nw | head -n 1
}

# The limits are for a machine that boots the Host in five seconds. How much
# longer this one takes is measured once, by a boot with nothing to do.
slowness() {	# in tenths
	if [ ! -s "$work/boot-ms" ] && [ -f "$out/lab/${HOST:-686}/initramfs" ]
	then
		mkdir -p "$work"
		lab/run -w "$work/boot-ms.$$" -s true >/dev/null 2>&1 || :
		mv "$work/boot-ms.$$" "$work/boot-ms" 2>/dev/null || :
	fi
	ms=$(cat "$work/boot-ms" 2>/dev/null || echo 5000)
	echo $((ms > 5000 ? ms / 500 : 10))
}

# A program of ours, made when it is first wanted.
build_tool() {	# NAME
	mkdir -p "$work/bin"
	if [ ! "$work/bin/$1" -nt "$tools/$1.c" ]; then
		gcc -O2 -Wall -Wextra -Werror -o "$work/bin/$1.$$" \
			"$tools/$1.c" || complain "cannot build $1"
		mv "$work/bin/$1.$$" "$work/bin/$1"
	fi
}
