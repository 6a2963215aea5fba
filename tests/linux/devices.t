#!/bin/sh
# Linux's own drivers on the Launcher's devices: a disk with ext4, random
# numbers, and modules.

. tests/tap.sh
. tests/boot/lab.sh
. tests/linux/lib.sh

e2fsck=$(lab/linux program e2fsck-static sbin/e2fsck.static) || exit
truncate -s 12M "$work/disk"
mke2fs -q -t ext4 "$work/disk"

guest_script "$work/initrd" <<'SCRIPT'
try() {
	if eval "$2"; then echo "pass: $1"; else echo "fail: $1"; fi
}
mkdir -p /mnt /loop
if [ -n "$read" ]; then
	mount -t ext4 -o ro /dev/vda /mnt
	try 'a disk that is only read has all of it' \
		'seq 3 40000 | cmp - /mnt/file3'
	try 'and cannot be mounted to be written' \
		'! mount -o remount,rw /mnt 2>/dev/null'
	exit
fi
try 'Linux mounts ext4 from its disk' 'mount -t ext4 /dev/vda /mnt'
try 'it is empty' '[ "$(ls /mnt)" = lost+found ]'
for i in 1 2 3 4; do
	seq $i 40000 >/mnt/file$i
done
mkdir -p /mnt/a/b && ln /mnt/file1 /mnt/a/b/link && rm /mnt/file2
umount /mnt
echo 3 >/proc/sys/vm/drop_caches
mount -t ext4 /dev/vda /mnt
try 'what was written comes back from the disk' \
	'seq 3 40000 | cmp - /mnt/file3 && cmp /mnt/file1 /mnt/a/b/link'
try 'the same disk cannot be mounted where there is none' \
	'! mount -t ext4 /dev/vdb /loop 2>/dev/null'

head -c 64 /dev/hwrng >/tmp/one
head -c 64 /dev/hwrng >/tmp/two
try 'the Host gives random numbers' \
	'[ $(wc -c </tmp/one) = 64 ] && ! cmp -s /tmp/one /tmp/two'
try 'by its own driver' \
	'grep -q virtio /sys/class/misc/hw_random/rng_current'

try 'a module is loaded' 'insmod /lib/loop.ko && grep -q "^loop " /proc/modules'
truncate -s 2M /mnt/image
try 'it makes a disk of a file' \
	'losetup /dev/loop0 /mnt/image && mke2fs /dev/loop0 >/dev/null &&
	 mount -t ext4 /dev/loop0 /loop && seq 5000 >/loop/file &&
	 seq 5000 | cmp - /loop/file'
try 'a module in use stays' '! rmmod loop 2>/dev/null'
umount /loop
losetup -d /dev/loop0
try 'one that nobody uses goes' 'rmmod loop && [ ! -s /proc/modules ]'
umount /mnt
SCRIPT

lab 0 'a Guest with a disk and random numbers' -m -t 120 \
	-f "$linux/vmlinux" -f "$work/initrd" -f "$work/disk" \
	-f "$e2fsck:/bin/e2fsck" -s '
	lguest --block=/disk --rng --initrd=/initrd 64 /vmlinux quiet run=script &&
	e2fsck -fn /disk 2>&1 && echo "pass: the file system is sound" &&
	lguest --block=/disk:ro --initrd=/initrd 64 /vmlinux quiet run=script \
		read=only'
count_results "$work/seen"
is "$(grep -c '^pass' "$work/results")" 13 'nothing was left out'

done_testing
