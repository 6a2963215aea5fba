# bundle.awk - make one chunk that uses every root
#
#	awk -f bundle.awk tangle/roots stream
#
# nt(1) expands one root at a time and would have to read the whole book for
# each.  So we give it a chunk of our own, <<*everything*>>, in which every
# root is used once, below a line that names it: \001, path, language, mode.
# What nt makes of that chunk is the whole program in one piece, a bundle, and
# install.awk cuts it into files.
#
# A root of the manifest that no chapter defines (yet) is left out here;
# saying so is the checker's business.

FILENAME == ARGV[1] {
	if (NF > 0 && $1 !~ /^#/) {
		path[++roots] = $1
		language[roots] = $2
		mode[roots] = $3
	}
	next
}

/^@defn / { defined[substr($0, 7)] = 1 }

END {
	print "@begin code 0"
	print "@defn *everything*"
	print "@nl"
	for (i = 1; i <= roots; i++) {
		if (!(path[i] in defined))
			continue
		print "@text \001 " path[i] " " language[i] " " mode[i]
		print "@nl"
		print "@use " path[i]
		print "@nl"
	}
	print "@end code 0"
}
