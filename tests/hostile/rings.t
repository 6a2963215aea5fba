#!/bin/sh
# A Guest that does anything to its rings, from inputs that have led to new
# places before, and for half a minute from others. To keep what a longer hunt
# has found:
#
#	out/tests/hostile/rings -merge=1 tests/hostile/rings FOLDER-WITH-MORE

. tests/tap.sh
. tests/launcher/build.sh

kept=$top/tests/hostile/rings
if ! command -v clang >/dev/null; then
	skip 'a Guest that does anything to its rings' 'this takes clang'
	done_testing
fi
mkdir -p out/tests/hostile
rings=$top/out/tests/hostile/rings
if [ ! -e "$rings" ] || [ -n "$(find "$src" "$top/tests/hostile/rings.c" \
		-newer "$rings" -print)" ]; then
	clang -std=gnu11 -O1 -g -Wall -Wextra -Werror -pthread \
		-fsanitize=fuzzer,address,undefined \
		-fno-sanitize-recover=all -Wl,--wrap=add_queue \
		-I"$top/out/build/include" -I"$src" -o "$rings" \
		tests/hostile/rings.c "$src/memory.c" "$src/device.c" \
		"$src/virtqueue.c" "$src/disk.c" "$src/random.c" \
		>"$work/seen" 2>&1
	result $? 'the Launcher compiles for it' || say <"$work/seen"
fi
number=$(find "$kept" -type f | wc -l)
[ "$number" -ge 100 ]
result $? "$number inputs are kept"
runs 0 '... and none is a fault' "$rings" -runs=0 -timeout=20 \
	-artifact_prefix="$work/" "$kept"
mkdir "$work/new"
runs 0 'nor is what half a minute finds' "$rings" -max_total_time=30 \
	-max_len=1024 -timeout=20 -artifact_prefix="$work/" "$work/new" "$kept"
[ $? -eq 0 ] || for fault in "$work"/crash-* "$work"/timeout-* "$work"/oom-*; do
	[ ! -e "$fault" ] || {
		echo "its input, in base64: $(base64 -w 0 "$fault")" | say
	}
done
grep '^Done [0-9]* runs' "$work/seen" | say
matches "$work/seen" '^Done [0-9]{4,} runs' '... in thousands of runs'

# It would find what is not checked: the same without a check of addresses.
sed 's/if (len > limit || addr > limit - len)/if (0)/' "$src/memory.c" \
	>"$work/memory.c"
runs 0 'a Launcher that believes addresses' clang -std=gnu11 -O1 -pthread \
	-fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all \
	-Wl,--wrap=add_queue -I"$top/out/build/include" -I"$src" \
	-o "$work/believer" tests/hostile/rings.c "$work/memory.c" \
	"$src/device.c" "$src/virtqueue.c" "$src/disk.c" "$src/random.c"
"$work/believer" -max_total_time=60 -max_len=512 -seed=1 \
	-artifact_prefix="$work/" "$work/new" "$kept" >"$work/seen" 2>&1
[ $? -ne 0 ]
result $? "... is found out at once"

done_testing
