# What the tests of the tangler share: a small book of their own to work on.
#
# shellcheck shell=sh

. tests/tap.sh
export LC_ALL=C

book=$work/book

same() {	# SEEN-FILE EXPECTED-FILE NAME
	if diff -u "$2" "$1" >"$work/diff"; then
		result 0 "$3"
	else
		result 1 "$3"
		say <"$work/diff"
		return 1
	fi
}

holds() {	# NAME COMMAND…: the command succeeds
	name=$1
	shift
	"$@" >"$work/seen" 2>&1
	result $? "$name" || say <"$work/seen"
}

# Start a book of one chapter, src.nw/H-host/NAME.nw, read from standard input,
# with those of the roots host/x.c, host/y.S and host/Kbuild that it defines.
bound() {	# NAME
	rm -rf "$book"
	mkdir -p "$book/src.nw/H-host" "$book/book" "$book/tangle"
	cat >"$book/src.nw/H-host/$1.nw"
	echo "src.nw/H-host/$1.nw" >"$book/book/order"
	for root in 'host/x.c c 644' 'host/y.S asm 644' 'host/Kbuild make 644'
	do
		grep -qF "<<${root%% *}>>=" "$book/src.nw/H-host/$1.nw" &&
			echo "$root"
	done >"$book/tangle/roots"
}

in_book() {	# COMMAND…: run it in the book's folder
	(cd "$book" && "$@")
}

tangle_book() {	# ARGUMENT…: of tangle/tangle, before its OUT
	in_book sh -c '"$0" "$@" out src.nw/*/*.nw' "$top/tangle/tangle" "$@"
}

# The files of the real book that exist.
real_book() {
	sed '/^#/d' book/order | while read -r file; do
		[ ! -f "$file" ] || echo "$file"
	done
}
