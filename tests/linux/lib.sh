# What the tests of Linux Guests have in common, beside tests/boot/lab.sh.
#
# shellcheck shell=sh

linux=${OUT:-out}/linux

guest_script() {	# FILE: an initrd whose script is on standard input
	mkdir -p "$work/extra"
	cat >"$work/extra/script"
	(cd "$work/extra" && find . | cpio -o -H newc -R 0:0 --quiet) |
		cat "$linux/initrd" - >"$1"
}

# What a Guest has found out, in lines "pass: NAME" and "fail: NAME", counts as
# results of ours.
count_results() {	# FILE
	tr -d '\r' <"$1" | grep -aE '^(pass|fail): ' >"$work/results"
	while IFS= read -r line; do
		case $line in
		pass:*) result 0 "${line#pass: }" ;;
		*) result 1 "${line#fail: }" ;;
		esac
	done <"$work/results"
}
