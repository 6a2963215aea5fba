# similar.awk - which answers are like each other, or like the reference?
#
#	awk -f similar.awk LIST
#
# LIST has lines of a name and a file, separated by a tab. Of each file only
# the code counts, without comments, and all names that are no words of C or
# of the kernel's count alike, so that other names and other spaces do not help.
# Two answers are compared by the runs of five tokens that they share; a short
# exercise has few ways of being right, so look at who is above the class.

BEGIN {
	FS = "\t"
	run = 5
	k = split("if else for while do switch case break continue return " \
		  "goto default struct static const unsigned int char bool " \
		  "u8 u16 u32 u64 void sizeof true false NULL inline", word, " ")
	for (i = 1; i <= k; i++)
		keyword[word[i]] = 1
}

function tokens(text, who,	n, t, kind, list, i, j, s) {
	gsub(/"([^"\\]|\\.)*"/, "\"", text)
	while (match(text, /[A-Za-z_][A-Za-z_0-9]*|[0-9][0-9A-Za-z]*|[^ \t\n]/)) {
		t = substr(text, RSTART, RLENGTH)
		text = substr(text, RSTART + RLENGTH)
		kind = t
		if (t ~ /^[A-Za-z_]/ && !(t in keyword))
			kind = "n"
		list[++n] = kind
	}
	for (i = 1; i + run - 1 <= n; i++) {
		s = ""
		for (j = 0; j < run; j++)
			s = s " " list[i + j]
		if (!((who, s) in has)) {
			has[who, s] = 1
			count[who]++
			mine[who] = mine[who] s "\n"
		}
	}
}

{
	name[++people] = $1
	code = ""
	inside = 0
	while ((getline line < $2) > 0) {
		if (line ~ /^<<.*>>=[ \t]*$/) { inside = 1; continue }
		if (line ~ /^@( |$)/) { inside = 0; continue }
		if (inside)
			code = code line "\n"
	}
	close($2)
	gsub(/\/\*([^*]|\*+[^*\/])*\*+\//, " ", code)
	gsub(/\/\/[^\n]*/, " ", code)
	if (length(code) < 100000)
		tokens(code, people)
}

# How much of what two have is had by both, in percent.
function likeness(a, b,	m, s, i, both) {
	m = split(mine[a], s, "\n") - 1
	for (i = 1; i <= m; i++)
		both += (b, s[i]) in has
	return int(100 * both / (count[a] + count[b] - both))
}

# Who has just the same as another is named with that one, in one line.
function gather(	a, b, n) {
	for (a = 1; a <= people; a++) {
		if (!count[a] || a in same)
			continue
		first[++groups] = a
		members[groups] = name[a]
		n = 1
		for (b = a + 1; b <= people; b++)
			if (count[b] == count[a] && likeness(a, b) == 100) {
				same[b] = a
				n++
				members[groups] = members[groups] ", " name[b]
			}
		if (n > 1)
			row[++rows] = sprintf("%4d%% %s", 100,
						members[groups])
	}
}

function called(g,	who) {
	who = members[g]
	return sub(/,.*/, "", who) ? who " and those like it" : who
}

END {
	gather()
	for (g = 1; g <= groups; g++)
		for (h = g + 1; h <= groups; h++) {
			alike = likeness(first[g], first[h])
			many[alike]++
			pairs++
			if (alike >= 60)
				row[++rows] = sprintf("%4d%% %s | %s",
					alike, called(g), called(h))
		}
	for (middle = 0; middle < 100; middle++)
		if ((sum += many[middle]) * 2 >= pairs)
			break
	printf "%-5s %s\n", "ALIKE", "WHO AND WHOM (by runs of five tokens)"
	for (alike = 100; alike >= 60; alike--)
		for (i = 1; i <= rows; i++)
			if (row[i] + 0 == alike && ++shown <= 30)
				print row[i]
	if (shown > 30)
		printf "and %d more of 60%% and above\n", shown - 30
	if (pairs)
		printf "Half of all pairs that differ have %d%% or less.\n",
			middle
}
