# install.awk - cut a bundle into files, touching only those that differ
#
#	awk -v tree=out/src [-v places=1] -f install.awk BUNDLE
#
# A bundle is what bundle.awk describes.  Each file is compared with the one
# that is there and replaced only if it differs, so that make(1) sees a new
# date only where there is new text.  With places=1 the bundle is a line map,
# its lines are trimmed and its files need no mode.
#
# Prints the number of files and the number of those that changed.

# To start a program costs more than to write a file, and there are three times
# as many files as roots.  So the new ones wait in a tree of their own until
# they can be moved, a folder at a time.
BEGIN { stage = tree ".new" }

function must(command) {
	if (system(command) != 0)
		exit failed = 1
}

function folder_of(name) {
	return sub(/\/[^\/]*$/, "", name) ? "/" name : ""
}

function make_folders(		line, word, folders, folder) {
	while ((getline line < FILENAME) > 0)
		if (line ~ /^\001/) {
			split(line, word, " ")
			line = folder_of(word[2])
			folders[line]
		}
	close(FILENAME)
	line = ""
	for (folder in folders)
		line = line " '" tree folder "' '" stage folder "'"
	must("mkdir -p" line)
}

function same(path, wanted, n,		line, i, equal) {
	equal = 1
	while (equal && (getline line < path) > 0)
		equal = (++i <= n && line == wanted[i])
	close(path)
	return equal && i == n
}

function write(name, wanted, n,		i, new) {
	if (!changed++)
		make_folders()
	new = stage "/" name
	for (i = 1; i <= n; i++)
		print wanted[i] > new
	close(new)
	of_mode[mode] = of_mode[mode] " '" new "'"
	goes_to[folder_of(name)] = goes_to[folder_of(name)] " '" new "'"
}

function finish() {
	if (name == "")
		return
	files++
	if (!same(tree "/" name, text, lines))
		write(name, text, lines)
}

function move_all(		key, all) {
	for (key in of_mode)
		all = all "chmod " key of_mode[key] "\n"
	for (key in goes_to)
		all = all "mv -f" goes_to[key] " '" tree key "/'\n"
	must("set -e\n" all "rm -rf '" stage "'")
}

/^\001/ {
	finish()
	name = $2
	mode = places ? 644 : $4
	lines = 0
	next
}

places {
	sub(/^[ \t]*/, "")
	sub(/ *$/, "")
}

{ text[++lines] = $0 }

END {
	if (failed)
		exit 1
	finish()
	if (changed)
		move_all()
	print files + 0, changed + 0
}
