#!/bin/sh
# The Makefile: what its targets are, what a second make does, and how little
# an edit rebuilds. All this in a copy of the tree.

. tests/tap.sh

mkdir "$work/tree"
{ git ls-files 2>/dev/null || find . -name out -prune -o -type f -print; } |
	cpio -pdm --quiet "$work/tree" 2>/dev/null
cd "$work/tree" || exit 1
unset MAKEFLAGS MAKELEVEL MFLAGS OUT LGUEST_OUT

runs 0 "make help" make help
make -pq help >"$work/database" 2>/dev/null
for target in boot tangle lab lguest.pdf check check-fast doctor deps help \
	      clean; do
	matches "$work/seen" "^  $target " "... lists $target"
done
for target in Preparation Guest Drivers Launcher Host Switcher Mastery Beer \
	      Puppy; do
	matches "$work/seen" "[ ,]$target\\b" "... lists $target"
	matches "$work/database" "^$target:" "... and there is a rule for it"
done

runs 0 "make doctor" make doctor
matches "$work/seen" '^(ok|MISSING) +qemu-system-i386 +[^ ]+.*is the Host machine' \
	"... says what each tool is for"
mkdir "$work/bin"
for tool in sh sed grep sort tr id; do
	ln -s "$(command -v $tool)" "$work/bin/$tool"
done
printf '#!/bin/sh\nexit 1\n' >"$work/bin/apt-get"
printf '#!/bin/sh\necho 1000\n' >"$work/bin/fake-id"
printf '#!/bin/sh\nexit 1\n' >"$work/bin/sudo"
chmod +x "$work/bin/apt-get" "$work/bin/fake-id" "$work/bin/sudo"
ln -sf "$work/bin/fake-id" "$work/bin/id"
for tool in cat mktemp tail rm dirname; do
	ln -s "$(command -v $tool)" "$work/bin/$tool"
done
runs 1 "without tools, root and sudo, deps stops" \
	env PATH="$work/bin" lab/doctor --install build
matches "$work/seen" '^    apt-get install --no-install-recommends .*qemu-system-x86' \
	"... with the line to type"
mv "$work/bin/sudo" "$work/bin/no-sudo"
printf '#!/bin/sh\necho sudo "$@" >>"%s"\n' "$work/asked" >"$work/bin/sudo"
chmod +x "$work/bin/sudo"
env PATH="$work/bin" lab/doctor --install build >/dev/null 2>&1
matches "$work/asked" '^sudo .*apt-get .*install .*gcc-i686-linux-gnu' \
	"with sudo, it installs them itself"

runs 0 "a first build" make image
matches "$work/seen" '^  KBUILD ' "... makes the module"
lacks "$work/seen" 'warning' "... without a warning"

# The second make, and its time against that of a fixed piece of work.
now() {
	date +%s%N
}
start=$(now)
awk 'BEGIN { for (i = 0; i < 8000000; i++) s += i }'
reference=$((($(now) - start) / 1000000))
start=$(now)
runs 0 "a second build" make image
again=$((($(now) - start) / 1000000))
lacks "$work/seen" '^  [A-Z]+ ' "... makes nothing"
[ "$again" -lt 1000 ] || [ "$again" -lt "$reference" ]
result $? "... in less than a second"
echo "$again ms (a fixed piece of work: $reference ms)" | say

# One chunk is edited: a comment at the end of a line of launcher/report.c.
line=$(grep -n '^#include "launcher.h"' out/src/launcher/report.c | cut -d: -f1)
place=$(tangle/where "out/src/launcher/report.c:$line")
sed -i "${place#*:}s|\$| /* edited */|" "${place%%:*}"
runs 0 "a build after the edit of one chunk" make image
grep -oE '^  [A-Z]+ +.*' "$work/seen" | sed 's/^  //;s/  */ /' >"$work/made"
printf '%s\n' 'TANGLE 1' 'CC out/obj/launcher/report.o' 'LD out/lguest' \
	'IMAGE out/lab/686/initramfs' >"$work/expected"
is "$(sed 's/^TANGLE .* \([0-9]*\) changed.*/TANGLE \1/' "$work/made")" \
	"$(cat "$work/expected")" "... remakes what it feeds, and no more"

# A mistake is reported at its line of the book.
sed -i "${place#*:}s|\$| mistake|" "${place%%:*}"
sed -i "${place#*:}s|/\* edited \*/ mistake|\n#error a mistake|" "${place%%:*}"
runs 2 "a mistake stops the build" make image
matches "$work/seen" "^${place%%:*}:$((${place#*:} + 1)):.*error: #error a mistake" \
	"... and is reported at its line of the book"

runs 0 "make clean" make clean
[ ! -e out ]
result $? "... leaves nothing behind"

done_testing
