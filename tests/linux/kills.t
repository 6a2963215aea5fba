#!/bin/sh
# A Launcher is killed twenty times while its Guest writes to an ext4 file
# system. Each time the file system is sound once its journal has been
# followed, and whatever the Guest had made safe is there.

. tests/tap.sh
. tests/boot/lab.sh
. tests/linux/lib.sh

kills=20
e2fsck=$(lab/linux program e2fsck-static sbin/e2fsck.static) || exit
truncate -s 24M "$work/disk"
mke2fs -q -t ext4 "$work/disk"

# The Guest looks for what the one before it had made safe, and goes on: a
# file, made safe, and said so; and others for which it does not care.
guest_script "$work/initrd" <<'SCRIPT'
mkdir -p /mnt
mount -t ext4 /dev/vda /mnt || { echo 'bad: no file system'; exit; }
i=$((safe > 20 ? safe - 20 : 1))
while [ $i -le $safe ]; do
	seq $i $((i + 3000)) | cmp -s - /mnt/safe$i || echo "bad: safe$i"
	i=$((i + 1))
done
rm -f /mnt/careless*
echo checked
while :; do
	seq $i 20000 >/mnt/careless$((i % 50)) &
	seq $i $((i + 3000)) | dd of=/mnt/safe$i conv=fsync 2>/dev/null
	echo "safe $i"
	rm -f /mnt/safe$((i - 30))
	i=$((i + 1))
done
SCRIPT

cat >"$work/killer" <<KILLER
random() {	# BELOW
	echo \$((\$(od -An -N2 -tu2 /dev/urandom) % \$1))
}
safe=0 round=0
while [ \$round -lt $kills ]; do
	round=\$((round + 1))
	wanted=\$((1 + \$(random 8)))
	: >/tmp/out
	lguest --block=/disk --initrd=/initrd 64 /vmlinux quiet \\
		run=script safe=\$safe >/tmp/out 2>&1 &
	launcher=\$!
	while [ \$(grep -c '^safe' /tmp/out) -lt \$wanted ] &&
	      kill -0 \$launcher 2>/dev/null; do
		usleep 20000
	done
	usleep \$(random 60000)
	kill -KILL \$launcher
	wait \$launcher 2>/dev/null
	while pidof lguest >/dev/null; do	# its life goes with it
		usleep 10000
	done
	tr -d '\\r' </tmp/out >/tmp/lines
	grep '^bad' /tmp/lines
	grep -q '^checked' /tmp/lines || { echo bad: no start; cat /tmp/lines; }
	last=\$(sed -n 's/^safe \\([0-9]*\\)\$/\\1/p' /tmp/lines | tail -n 1)
	safe=\${last:-\$safe}
	e2fsck -p /disk >/tmp/fsck 2>&1
	[ \$? -le 1 ] || { echo "bad: round \$round"; cat /tmp/fsck; }
	e2fsck -fn /disk >/tmp/fsck 2>&1 ||
		{ echo "bad: not sound after \$round"; cat /tmp/fsck; }
	echo "killed \$round, safe \$safe"
done
KILLER

runs 0 "a Launcher is killed $kills times" lab/run -m -t 1200 \
	-f "$linux/vmlinux" -f "$work/initrd" -f "$work/disk" \
	-f "$e2fsck:/bin/e2fsck" "$work/killer"
is "$(grep -c '^killed' "$work/seen")" "$kills" 'each time another one began'
lacks "$work/seen" '^bad' 'the disk was sound, and nothing safe was lost'
sed -n '$p' "$work/seen" | say

done_testing
