# failures.awk - the failures that a chapter tells of, and what each looks like
#
#	awk -f lab/failures.awk CHAPTER			lists name, tag and title
#	awk -v failure=smap -f lab/failures.awk CHAPTER OUTPUT
#
# compares what a failure printed with what its section shows: the first
# fenced block behind the chunk [failure: smap].  Each line of the block must
# be among the output's, in this order; … stands for anything within a line,
# and in a line of its own for any lines; what is typed is not compared.
# Numbers that nobody can foresee, of five digits and more, are compared by
# being numbers, and addresses by being addresses; how many checks the pup has
# does not count.  Ends with 1, and names the first line that is missing.

function pattern(line) {
	gsub(/[][\\.^$*+?(){}|]/, "\\\\&", line)
	gsub(/…/, ".*", line)
	gsub(/ok [0-9]+ -/, "ok [0-9]+ -", line)
	gsub(/of [0-9]+ checks/, "of [0-9]+ checks", line)
	gsub(/0x[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]+/, "0x[0-9a-f]+", line)
	gsub(/[0-9][0-9][0-9][0-9][0-9]+/, "[0-9][0-9][0-9][0-9]+", line)
	return "^" line "$"
}

FNR == NR && /^## / {
	title = $0
	sub(/^## */, "", title)
	tag = title
	sub(/.*[{]#/, "", tag)
	sub(/[}].*/, "", tag)
	sub(/ *[{]#.*/, "", title)
	here = 0
}

FNR == NR && match($0, /\[failure: [a-z0-9-]+\]>>=/) {
	name = substr($0, RSTART + 10, RLENGTH - 14)
	if (failure == "")
		printf "  %-14s %s  %s\n", name, tag, title
	here = name == failure
	next
}

FNR == NR && here && /^```/ {
	shown = !shown
	if (!shown)
		here = 0
	next
}

FNR == NR && shown && !/^ *…? *$/ && !/^host# / { expected[++n] = $0 }

FNR != NR {
	sub(/\r$/, "")
	if (met < n && $0 ~ pattern(expected[met + 1]))
		met++
}

END {
	if (failure == "")
		exit
	if (n == 0)
		print "the book does not show what " failure " looks like"
	else if (met < n)
		print "the book shows this line, which did not come: " \
			expected[met + 1]
	exit n == 0 || met < n
}
