# where.awk - rewrite FILE:LINE of the tangled program to FILE:LINE of the book
#
#	awk -v out=out -f where.awk
#
# A tool that knows no #line, such as make or the linker's script reader, says
# out/build/host/Kbuild:5.  We say src.nw/H-host/module.nw:123.  Every path that
# lies below out/ and ends in the name of a root is taken for that root, so
# copies of the tree are understood too.  Line numbers in out/src/ count lines
# as people read them, all others count the #line directives with them.

BEGIN {
	while ((getline root < (out "/tangle/made")) > 0)
		is_root[root] = 1
}

# The root a path means, or "".
function root_of(path,		at, slash) {
	at = index("/" path, "/" out "/")
	if (at == 0)
		return ""
	path = substr(path, at + length(out) + 1)
	plain = path ~ /^src\//
	while (!(path in is_root) && (slash = index(path, "/")))
		path = substr(path, slash + 1)
	return path in is_root ? path : ""
}

# Learn the places of a root's lines, in both ways of counting.
function learn(root,		place, text, map, build, n, m) {
	map = out "/map/" root
	build = out "/build/" root
	while ((getline text < build) > 0) {
		m++
		if (text !~ /^#line [0-9]+ "/) {
			getline place < map
			sub(/ .*/, "", place)
			of_plain[root, ++n] = place
		}
		of_build[root, m] = place
	}
	close(build)
	close(map)
	learnt[root] = 1
}

function place_of(path, line,		root) {
	root = root_of(path)
	if (root == "")
		return ""
	if (!(root in learnt))
		learn(root)
	return plain ? of_plain[root, line] : of_build[root, line]
}

{
	seen = ""
	rest = $0
	# "PATH:N", and as some shells have it "PATH: line N" and "PATH: N"
	while (match(rest, /[^][ \t:"'`(),;]+:( line )? ?[0-9]+/)) {
		spot = substr(rest, RSTART, RLENGTH)
		path = line = spot
		sub(/:.*/, "", path)
		sub(/.*[: ]/, "", line)
		place = place_of(path, line + 0)
		seen = seen substr(rest, 1, RSTART - 1) \
		       (place == "" ? spot : place)
		rest = substr(rest, RSTART + RLENGTH)
	}
	print seen rest
	fflush()
}
