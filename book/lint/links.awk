# links.awk - do the links in our own pages lead anywhere?
#
#	awk -f links.awk FILE.md...
#
# Refuses [text](path) in which path is no file of the tree, seen from the
# file's folder, and a target of make in backticks that no makefile has.

function refuse(message) { print FILENAME ":" FNR ": error: " message }

function exists(path,	command) {
	command = "test -e '" path "'"
	return system(command) == 0
}

FNR == 1 { fenced = 0; folder = FILENAME; sub(/[^\/]*$/, "", folder) }
/^[ \t]*```/ { fenced = !fenced }
fenced { next }

{
	text = $0
	gsub(/`[^`]*`/, "", text)
	while (match(text, /\]\([^)#][^)]*\)/)) {
		path = substr(text, RSTART + 2, RLENGTH - 3)
		text = substr(text, RSTART + RLENGTH)
		sub(/#.*/, "", path)
		if (path !~ /^[a-z]+:/ && !exists(folder path))
			refuse("the link leads to " path ", which is not there")
	}
}
