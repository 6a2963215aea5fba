# What the tests that boot the Host machine have in common.
#
# shellcheck shell=sh

cat >"$work/script" <<'SCRIPT'
echo "two: $(sed -n 's/^echo "\(two\):.*/\1/p' '/there/it is')"
echo 'expected 42' >/dev/kmsg
SCRIPT

lab() {		# EXPECTED-STATUS NAME lab/run's arguments…
	status=$1
	name=$2
	shift 2
	runs "$status" "$name" lab/run "$@"
}
