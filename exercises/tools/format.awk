# format.awk - print a result as text, JSON, JUnit XML or CSV
#
#	awk -v as=text -f format.awk VERDICT TABLE
#
# VERDICT has lines "key: value" (exercise, title, verdict, place, detail,
# advice, seed, seconds, who; detail may be repeated), TABLE is what judge.awk
# prints. -v all=1 shows hidden tests, too. The JSON is that of Gradescope.

BEGIN { FS = "\t" }

FNR == 1 { reading++ }

reading == 1 {
	key = $0
	sub(/:.*/, "", key)
	text = $0
	sub(/^[^:]*: ?/, "", text)
	v[key] = key in v ? v[key] "\n" text : text
	next
}

NF >= 8 {
	n++
	for (i = 1; i <= 11; i++)
		t[n, i] = $i
	sum += $2
	got += $3
}

function is_hidden(i) { return t[i, 8] == "hidden" && !all }

# What a student should know of a missed test, in lines.
function story(i,	s) {
	if (t[i, 4] ~ /passed|waiting/ || t[i, 11] ~ /not run|nothing was asked/)
		return ""
	s = t[i, 9] != "" ? "asked:    " t[i, 9] "\n" : ""
	if (t[i, 10] != "")
		s = s "expected: " t[i, 10] "\n"
	s = s "seen:     " t[i, 11] "\n"
	if (t[i, 7] != "")
		s = s t[i, 7] "\n"
	if (t[i, 6] != "")
		s = s "Read again: " t[i, 6] "\n"
	return s
}

# Each line behind that, and none wider than a terminal if it can be broken.
function indent(text, by,	k, m, line, s, at) {
	m = split(text, line, "\n")
	for (k = 1; k <= m; k++)
		if (line[k] != "") {
			for (; (at = break_at(line[k], 78 - length(by))); \
			     line[k] = substr(line[k], at + 1))
				s = s by substr(line[k], 1, at - 1) "\n"
			s = s by line[k] "\n"
		}
	return s
}

# Where to break a line of prose; 0 if it is short, or is code.
function break_at(text, most,	at) {
	if (length(text) <= most || text ~ /^ |  |^[^ ]*:[0-9]/)
		return 0
	for (at = most + 1; at > 1 && substr(text, at, 1) != " "; at--)
		;
	return at > 1 ? at : 0
}

function mark(i) {
	return t[i, 4] == "passed" ? "ok" : t[i, 4] == "failed" ? "MISSED" : \
	       t[i, 4] == "waiting" ? "waits" : \
	       "-"
}

function headline(	s) {
	s = v["verdict"]
	if (v["place"] != "")
		s = s ", at " v["place"]
	return s
}

function as_text(	i) {
	printf "\n%s (%s)\n\n", v["title"], v["exercise"]
	for (i = 1; i <= n; i++) {
		if (is_hidden(i))
			printf "  %-7s %3d/%-3d a hidden test\n", mark(i),
				t[i, 3], t[i, 2]
		else
			printf "  %-7s %3d/%-3d %s: %s\n", mark(i), t[i, 3],
				t[i, 2], t[i, 1], t[i, 5]
	}
	printf "  %-7s %3d/%d\n\n", "sum", got, sum
	printf "Verdict: %s.\n", headline()
	printf "%s", indent(v["detail"], "  | ")
	printf "%s", indent(v["advice"], "")
	for (i = 1; i <= n; i++) {
		if (is_hidden(i) || story(i) == "" || ++told > 3)
			continue
		printf "\n%s\n%s", t[i, 1] ": " t[i, 5], indent(story(i), "  ")
	}
	printf "\n(seed %s: SEED=%s asks the same questions again)\n",
		v["seed"], v["seed"]
}

function quoted(text) {
	gsub(/\\/, "\\\\", text)
	gsub(/"/, "\\\"", text)
	gsub(/\n/, "\\n", text)
	gsub(/\t/, "\\t", text)
	gsub(/\r/, "", text)
	gsub(/[\001-\010\013\014\016-\037]/, "?", text)
	return "\"" text "\""
}

function as_json(	i) {
	print "{"
	printf "  \"score\": %d,\n", got
	printf "  \"output\": %s,\n", quoted(v["title"] "\nVerdict: " \
		headline() ".\n" v["detail"] (v["detail"] != "" ? "\n" : "") \
		v["advice"])
	printf "  \"execution_time\": %d,\n", v["seconds"]
	printf "  \"stdout_visibility\": \"hidden\",\n"
	printf "  \"extra_data\": { \"exercise\": %s, \"verdict\": %s," \
	       " \"seed\": %s, \"max_score\": %d },\n", quoted(v["exercise"]),
		quoted(v["verdict"]), quoted(v["seed"]), sum
	print "  \"tests\": ["
	for (i = 1; i <= n; i++)
		printf "    { \"number\": \"%d\", \"name\": %s, \"score\": %d," \
		       " \"max_score\": %d, \"status\": \"%s\"," \
		       " \"visibility\": \"%s\", \"output\": %s }%s\n", i,
		       quoted(t[i, 1] ": " t[i, 5]), t[i, 3], t[i, 2],
		       t[i, 4] == "passed" ? "passed" : "failed", t[i, 8],
		       quoted(story(i)), i < n ? "," : ""
	print "  ]"
	print "}"
}

function xml(text) {
	gsub(/&/, "\\&amp;", text)
	gsub(/</, "\\&lt;", text)
	gsub(/>/, "\\&gt;", text)
	gsub(/"/, "\\&quot;", text)
	gsub(/[\001-\010\013\014\016-\037]/, "?", text)
	return text
}

function as_junit(	i, failures) {
	for (i = 1; i <= n; i++)
		failures += t[i, 4] != "passed"
	print "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
	printf "<testsuite name=\"%s\" tests=\"%d\" failures=\"%d\"" \
	       " time=\"%d\">\n", xml(v["exercise"]), n, failures, v["seconds"]
	for (i = 1; i <= n; i++) {
		printf "  <testcase classname=\"%s\" name=\"%s\"",
			xml(v["exercise"]), xml(t[i, 1])
		if (t[i, 4] == "passed")
			print "/>"
		else
			printf ">\n    <failure message=\"%s\">%s</failure>\n" \
			       "  </testcase>\n", xml(v["verdict"]),
			       xml(story(i))
	}
	printf "  <system-out>%s</system-out>\n", xml(headline() "\n" \
		v["detail"])
	print "</testsuite>"
}

function cell(text) {
	gsub(/"/, "\"\"", text)
	gsub(/\n/, " ", text)
	return "\"" text "\""
}

function as_csv(	i) {
	print "exercise,who,verdict,test,points,of,status,asked,expected,seen"
	for (i = 1; i <= n; i++)
		print cell(v["exercise"]) "," cell(v["who"]) "," \
		      cell(v["verdict"]) "," cell(t[i, 1]) "," t[i, 3] "," \
		      t[i, 2] "," t[i, 4] "," cell(t[i, 9]) "," \
		      cell(t[i, 10]) "," cell(t[i, 11])
}

END {
	if (as == "json") as_json()
	else if (as == "junit") as_junit()
	else if (as == "csv") as_csv()
	else as_text()
}
