#!/bin/sh
# lab/fetch finds kernel and headers of the same version by the meta packages.
#
# A stand-in for lab/apt plays package sources that are out of step: the newest
# version has no image, the next cannot be fetched, the third is whole.

. tests/tap.sh

lacks lab/fetch "[0-9][.][0-9]+[.][0-9]+-[0-9]" "no version is wired into lab/fetch"

mkdir -p "$work/lab" "$work/cache"
cp lab/fetch "$work/lab/fetch"

# deb FILE PACKAGE PATH…: a package with these empty files, some not empty.
deb() {
	file=$1 name=$2
	shift 2
	rm -rf "$work/deb"
	mkdir -p "$work/deb/DEBIAN"
	printf 'Package: %s\nVersion: 1\nArchitecture: all\n%s\n%s\n' "$name" \
		'Maintainer: nobody <nobody@localhost>' 'Description: a stand-in' \
		>"$work/deb/DEBIAN/control"
	for path; do
		mkdir -p "$work/deb/${path%/*}"
		echo 'include /usr/src/linux-headers-9.9.0-3-common/Makefile' \
			>"$work/deb/$path"
		chmod 755 "$work/deb/$path"
	done
	dpkg-deb -b "$work/deb" "$file" >/dev/null
}
deb "$work/image.deb" linux-image boot/vmlinuz-9.9.0-3-686
deb "$work/headers.deb" linux-headers usr/src/linux-headers-9.9.0-3-686/Makefile
deb "$work/busybox.deb" busybox-static bin/busybox

cat >"$work/lab/apt" <<'EOT'
#!/bin/sh
case "$*" in
update) mkdir -p "$LGUEST_CACHE/apt"; : >"$LGUEST_CACHE/apt/update.log" ;;
'madison linux-image-686:i386') printf '9.9.8-1\n9.9.10-1\n9.9.9-1\n' ;;
'madison linux-image-9.9.0-4-686:i386') echo 9.9.9-1 ;;
'madison linux-image-9.9.0-3-686:i386') echo 9.9.8-1 ;;
'madison linux-kbuild-9.9') printf '9.9.9-1\n9.9.8-1\n9.9.10-1\n' ;;
'madison busybox-static:i386') echo 1:7 ;;
'depends linux-image-686:i386=9.9.10-1') echo 'linux-image-9.9.0-5-686 (= 9.9.10-1)' ;;
'depends linux-headers-686:i386=9.9.10-1') echo 'linux-headers-9.9.0-5-686 (= 9.9.10-1)' ;;
'depends linux-image-686:i386=9.9.9-1') echo 'linux-image-9.9.0-4-686 (= 9.9.9-1)' ;;
'depends linux-headers-686:i386=9.9.9-1') echo 'linux-headers-9.9.0-4-686 (= 9.9.9-1)' ;;
'depends linux-image-686:i386=9.9.8-1') echo 'linux-image-9.9.0-3-686 (= 9.9.8-1)' ;;
'depends linux-headers-686:i386=9.9.8-1') echo 'linux-headers-9.9.0-3-686 (= 9.9.8-1)' ;;
depends\ linux-headers-9.9.0-?-686:i386=*)
	v=${2##*=}
	printf '%s\n' "linux-headers-9.9.0-${2#linux-headers-9.9.0-}" |
		sed "s/-686.*/-common (= $v)/"
	echo "linux-kbuild-9.9 (>= $v)"
	;;
get*9.9.9-1*) echo "E: hash sum mismatch"; exit 100 ;;
get*9.9.8-1*) echo "$*" >"$LGUEST_CACHE/got"; cp "$(dirname "$0")"/../*.deb "$2" ;;
*) echo "not expected: $*" >&2; exit 1 ;;
esac
EOT
chmod +x "$work/lab/apt"

fetch() {
	LGUEST_CACHE=$work/cache HOST=686 "$work/lab/fetch" "$@"
}

runs 0 "the kernel is fetched" fetch
matches "$work/seen" '^  SKIP +9.9.9-1' "... not the version that cannot be had"
lacks "$work/seen" '9.9.10-1' "... not the version whose image is missing"
is "$(cat "$work/cache/got" | sed 's/get [^ ]* //')" \
	"linux-image-9.9.0-3-686:i386=9.9.8-1 linux-headers-9.9.0-3-686:i386=9.9.8-1 linux-headers-9.9.0-3-common=9.9.8-1 linux-kbuild-9.9=9.9.8-1 busybox-static:i386=1:7" \
	"... but these, all of one version"
is "$(cat "$work/cache/host-686/complete")" 9.9.0-3-686 "... under its name"
matches "$work/cache/host-686/usr/src/linux-headers-9.9.0-3-686/Makefile" \
	'^include \$\(dir \$\(lastword \$\(MAKEFILE_LIST\)\)\)\.\./linux-headers-9\.9\.0-3-common/Makefile$' \
	"... and its headers find each other wherever they lie"

# From now on there is no network.
printf '#!/bin/sh\nexit 1\n' >"$work/lab/apt"
runs 0 "what is in the cache needs no network" fetch
is "$(cat "$work/seen")" "$work/cache/host-686" "... and is named without a word"

rm -r "$work/cache/host-686"
mkdir -p "$work/cache/apt"
echo 'E: could not connect' >"$work/cache/apt/update.log"
printf '#!/bin/sh\n[ "$1" = update ]\n' >"$work/lab/apt"
runs 1 "without package sources that have it, it stops" fetch
matches "$work/seen" 'Debian 12' "... and says what to do"
matches "$work/seen" 'could not connect' "... and what the sources said"

done_testing
