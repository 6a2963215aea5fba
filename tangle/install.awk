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

BEGIN { shell = "sh -e" }

function same(path, wanted, n,		line, i, equal) {
	equal = 1
	while (equal && (getline line < path) > 0)
		equal = (++i <= n && line == wanted[i])
	close(path)
	return equal && i == n
}

# All that is asked of the shell goes to one shell: starting it costs more than
# what it is asked for, and there are three times as many files as roots.
function must(command) {
	print command | shell
}

function write(path, wanted, n,		i, folder, new) {
	folder = path
	sub(/\/[^\/]*$/, "", folder)
	if (!(folder in made)) {
		made[folder] = 1
		if (system("mkdir -p '" folder "'") != 0)
			exit failed = 1
	}
	new = path ".new"
	for (i = 1; i <= n; i++)
		print wanted[i] > new
	close(new)
	must("chmod " mode " '" new "' && mv -f '" new "' '" path "'")
}

function finish() {
	if (path == "")
		return
	files++
	if (!same(path, text, lines)) {
		write(path, text, lines)
		changed++
	}
}

/^\001/ {
	finish()
	path = tree "/" $2
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
	if (close(shell) > 0)
		exit 1
	print files + 0, changed + 0
}
