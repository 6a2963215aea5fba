#!/bin/sh
# Sparse, the kernel's checker for C, reads the module: pointers to user memory
# used as if they were the kernel's, locks taken and not released, RCU pointers
# read without rcu_dereference, and more that no compiler sees.

. tests/tap.sh
kernel=$(lab/fetch) || exit 1
headers=$kernel/usr/src/linux-headers-$(cat "$kernel/complete")

# A folder laid out as the tree is, with the module's files in it.
mkdir -p "$work/tree/host"
cp -R out/build/include "$work/tree/"
cp out/build/host/* "$work/tree/host/"
check() {
	make -C "$headers" M="$work/tree/host" CROSS_COMPILE=i686-linux-gnu- \
		CC=i686-linux-gnu-gcc C=2 CF=-D__CHECK_ENDIAN__ modules
}

runs 0 "the module is built and checked" check
is "$(grep -c '^  CHECK ' "$work/seen")" \
	"$(ls "$work/tree/host"/*.c | grep -vc '/offsets.c\|\.mod\.c')" \
	"... each of its files"
lacks "$work/seen" ': (warning|error):' "... and nothing is found"

cat >>"$work/tree/host/segments.c" <<'FAULT'
int fault(int __user *p);
int fault(int __user *p)
{
	return *p;
}
FAULT
runs 0 "the same with a fault in it" check
matches "$work/seen" 'warning: dereference of noderef expression' \
	"... and it is found"
done_testing
