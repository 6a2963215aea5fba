# count.awk - measure the program and hold it to its budget
#
#	awk -v facts=FACTS -f lexer.awk -f count.awk tangle/budget PROGRAM
#
# PROGRAM is a bundle.  A line of code has something on it besides blanks and
# comments.  Exit status 1 if a sum in tangle/budget is over its limit.

FILENAME == ARGV[1] && $1 == "group" {
	groups[++n_groups] = $2
	path_of[$2] = $3
}

FILENAME == ARGV[1] && $1 == "limit" {
	limits[++n_limits] = $0
	place_of[n_limits] = FILENAME ":" FNR
}

FILENAME == ARGV[1] { next }

/^\001/ {
	language = $3
	start_file()
	group = "other"
	for (i = n_groups; i > 0; i--)
		if (index($2, path_of[groups[i]]) == 1)
			group = groups[i]
	next
}

code_of($0, language) ~ /[^ \t]/ { code[group]++ }

END {
	print "\n  group           lines of code"
	if ("other" in code)
		groups[++n_groups] = "other"
	for (i = 1; i <= n_groups; i++) {
		printf "  %-16s %12d\n", groups[i], code[groups[i]]
		if (facts != "")
			printf "lines-%s\t%d\n", groups[i],
			       code[groups[i]] >>facts
	}
	print ""
	for (i = 1; i <= n_limits; i++) {
		n = split(limits[i], field)
		sum = 0
		names = ""
		for (j = 3; j <= n; j++) {
			sum += code[field[j]]
			names = names (j > 3 ? ", " : "") field[j]
		}
		printf "  %s: %d of %d lines\n", names, sum, field[2]
		if (sum > field[2]) {
			print place_of[i] ": error: the budget is exceeded" \
			      " by " sum - field[2] " lines"
			over = 1
		}
	}
	exit over
}
