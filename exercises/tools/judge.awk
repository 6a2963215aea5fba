# judge.awk - compare what was seen with what is right, test by test
#
#	awk -v stop="why the run ended early" -f judge.awk TESTS RIGHT SEEN
#
# RIGHT has lines test|what was asked|[operator]value, where the operator is
# <, <=, >, >= or = (none: =); SEEN has lines test|what was asked|value. A test
# is passed if its lines in SEEN are those of RIGHT, in that order and no
# others. Prints for each test, separated by tabs: name, points, points got,
# passed, failed or missing, what it shows, section, advice, visibility, and
# of the first difference what was asked, expected and seen.

BEGIN { FS = "|"; OFS = "\t" }

FNR == 1 { reading++ }

reading == 1 && !/^#/ && NF > 1 {
	row[++tests] = $0
	known[$1] = 1
}

# A value may itself contain the mark that separates.
function value(		v) {
	v = $0
	sub(/^[^|]*\|[^|]*\|/, "", v)
	sub(/\r$/, "", v)
	return v
}

reading == 2 && NF >= 3 {
	rights[$1]++
	asked[$1, rights[$1]] = $2
	right[$1, rights[$1]] = value()
}

reading == 3 && NF >= 3 && ($1 in known) {
	seens[$1]++
	question[$1, seens[$1]] = $2
	seen[$1, seens[$1]] = value()
}

# Hexadecimal, which awk does not read.
function number(text,	n, i, negative) {
	negative = sub(/^-/, "", text)
	if (text ~ /^0x/) {
		for (i = 3; i <= length(text); i++)
			n = n * 16 + index("123456789abcdef",
					   tolower(substr(text, i, 1)))
	} else {
		n = text + 0
	}
	return negative ? -n : n
}

function fits(saw, want,	limit) {
	if (want !~ /^[<>=]/)
		return saw == want
	if (want ~ /^=/)
		return saw == substr(want, 2)
	if (saw !~ /^-?[0-9]/)
		return 0
	limit = want
	sub(/^[<>]=?/, "", limit)
	saw = number(saw)
	limit = number(limit)
	if (want ~ /^<=/) return saw <= limit
	if (want ~ /^</) return saw < limit
	if (want ~ /^>=/) return saw >= limit
	return saw > limit
}

function in_words(want) {
	if (want ~ /^<=/) return "at most " substr(want, 3)
	if (want ~ /^>=/) return "at least " substr(want, 3)
	if (want ~ /^</) return "less than " substr(want, 2)
	if (want ~ /^>/) return "more than " substr(want, 2)
	sub(/^=/, "", want)
	return want
}

function report(test, points, got, status, about, want, saw) {
	print test, points, got, status, f[3], f[4], f[5],
	      f[6] ~ /hidden/ ? "hidden" : "visible", about, want, saw
}

function judge(test,	i, n) {
	wanted_about = wanted_value = ""
	n = rights[test]
	for (i = 1; i <= n; i++) {
		wanted_about = asked[test, i]
		wanted_value = in_words(right[test, i])
		if (i > seens[test])
			return stop ? "nothing: " stop : "nothing"
		if (question[test, i] != asked[test, i])
			return "another line: " question[test, i]
		if (!fits(seen[test, i], right[test, i]))
			return seen[test, i]
	}
	if (seens[test] > n) {
		wanted_about = question[test, n + 1]
		wanted_value = "no such line"
		return seen[test, n + 1]
	}
	return n ? "" : stop ? "nothing: " stop : "nothing was asked"
}

# Points for refusing what is bad are worth nothing to one who refuses all. So
# a test may wait for another: "after NAME" in its last field.
function waits(flags,	other) {
	if (!match(flags, /after [^ ]+/))
		return ""
	other = substr(flags, RSTART + 6, RLENGTH - 6)
	return other in passed ? "" : other
}

END {
	for (i = 1; i <= tests; i++) {
		split(row[i], f, "|")
		what = judge(f[1])
		if (what == "" && waits(f[6] "") == "") {
			passed[f[1]] = 1
			report(f[1], f[2], f[2], "passed", "", "", "")
		} else if (what == "") {
			report(f[1], f[2], 0, "waiting", "", "",
			       "counts once " waits(f[6] "") " is passed")
		} else {
			report(f[1], f[2], 0, seens[f[1]] ? "failed" : \
			       "missing", wanted_about, wanted_value, what)
		}
	}
}
