# install.awk - cut a bundle into files, touching only those that differ
#
#	awk -v tree=out/src -f install.awk bundle
#
# A bundle is what bundle.awk describes.  Each file is compared with the one
# that is there and replaced only if it differs, so that make(1) sees a new
# date only where there is new text.  Prints one line: files, changed.

function same(path, wanted, n,		line, i, equal) {
	equal = 1
	i = 0
	while (equal && (getline line < path) > 0)
		equal = (++i <= n && line == wanted[i])
	close(path)
	return equal && i == n
}

function write(path, wanted, n,		i, folder) {
	folder = path
	sub(/\/[^\/]*$/, "", folder)
	system("mkdir -p '" folder "'")
	for (i = 1; i <= n; i++)
		print wanted[i] > (path ".new")
	close(path ".new")
	if (system("chmod " mode " '" path ".new' && mv '" path ".new' '" path "'"))
		exit failed = 1
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
	mode = $3
	lines = 0
	next
}

{ text[++lines] = $0 }

END {
	if (failed)
		exit 1
	finish()
	print files + 0, changed + 0
}
