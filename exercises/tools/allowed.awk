# allowed.awk - does an answer define what it may define, and all of that?
#
#	awk -v exercise=NAME -v chunks="one|another" -f allowed.awk \
#		book-stream answer-stream
#
# Both are what noweb's markup makes. An answer must define <<chunk [NAME:
# answer]>> for each chunk of its exercise. It may define chunks of its own,
# if the book has none of that name. It may define nothing else: no other
# variant, no root, no chunk of the book's, which would be changed by that.

BEGIN {
	n = split(chunks, chunk, "|")
	variant = " [" exercise ": answer]"
	for (i = 1; i <= n; i++)
		wanted[chunk[i] variant] = 1
}

/^@file / { file = substr($0, 7); line = 1; next }
/^@nl$/ || /^@index nl$/ { line++; next }

!/^@defn / { next }

{ name = substr($0, 7) }

FILENAME == ARGV[1] { book[name] = 1; next }

name in wanted { found[name] = 1; next }

name ~ / \[[^]]*\]$/ {
	print "answer.nw:" line ": <<" name ">> is no chunk of this exercise"
	next
}

name in book {
	print "answer.nw:" line ": <<" name ">> is the book's; choose" \
	      " another name"
	next
}

name ~ /[\/*]|\.[a-zA-Z]+$/ {
	print "answer.nw:" line ": <<" name ">> reads as the name of a file;" \
	      " an answer makes none"
}

END {
	for (name in wanted)
		if (!(name in found))
			print "answer.nw:1: there is no <<" name ">> in it"
}
