# tags.awk - lead the answers of ctags(1) from the program to the book
#
#	cd out/src && ctags ... | awk -v out=out -f tags.awk
#
# Prints identifier, kind, file of the book and line, separated by tabs.  Left
# out are what has no name but one that ctags gave it, and labels that begin
# with a dot, which are the assembler's own.

BEGIN { FS = OFS = "\t" }

# Read the program and its line map on until a line is known.  Answers come in
# any order, so what was read is kept.
function read_until(file, line,		place, text) {
	while (read[file] < line &&
	       (getline place < (out "/map/" file)) > 0) {
		getline text < (out "/src/" file)
		sub(/ .*/, "", place)
		read[file]++
		place_of[file, read[file]] = place
		is_dotted[file, read[file]] = text ~ /^[ \t]*\./
	}
}

$1 ~ /^[A-Za-z_]/ && $1 !~ /^__anon/ {
	kind = $4
	line = $5
	sub(/.*:/, "", kind)
	sub(/.*:/, "", line)
	line += 0
	read_until($2, line)
	if (kind == "label" && is_dotted[$2, line])
		next
	place = place_of[$2, line]
	colon = index(place, ":")
	print $1, kind, substr(place, 1, colon - 1), substr(place, colon + 1)
}
