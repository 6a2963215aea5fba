#!/bin/sh
# What the book shows of a student's way and of a teacher's: each command is
# typed in a fresh copy of the tree, and says what is printed there.

. tests/tap.sh

tree=$work/tree
mkdir "$tree"
git ls-files -z | tar -c --null -T - -f - | tar -x -C "$tree" -f -

# A listing's commands, each followed by what it is to say, as files 1.command,
# 1.expected and so on. A blank line is nothing, and a line of "..." anything.
split_up() {	# CHAPTER
	rm -rf "$work/steps"
	mkdir "$work/steps"
	awk -v dir="$work/steps" '
		/^```/ { listing = !listing; next }
		!listing { said = ""; next }
		/^\$ / { base = dir "/" sprintf("%02d", ++n)
			said = base ".command"
			printf "" >(base ".expected") }
		said == "" || /^[ \t]*$/ { next }
		{ line = $0
		  sub(/^\$ /, "", line)
		  print line >said
		  if (said ~ /command$/ && line !~ /\\$/)
			said = base ".expected" }' "$1"
}

# Are these the lines, but for what the dots leave out?
compare() {	# EXPECTED SEEN
	awk '
		function fits(line, want,	part, i, k, at) {
			k = split(want, part, /…/)
			if (index(line, part[1]) != 1)
				return 0
			at = length(part[1]) + 1
			for (i = 2; i <= k; i++) {
				if (part[i] == "" && i == k)
					return 1
				if (!(m = index(substr(line, at), part[i])))
					return 0
				at += m - 1 + length(part[i])
			}
			return at == length(line) + 1
		}
		NR == FNR { want[++wants] = $0; next }
		/^[ \t]*$/ { next }
		{ seen[++lines] = $0 }
		END {
			for (i = j = 1; i <= wants; i++) {
				if (want[i] ~ /^ *…$/) {
					open = 1
					continue
				}
				while (open && j <= lines &&
				       !fits(seen[j], want[i]))
					j++
				open = 0
				if (j > lines || !fits(seen[j], want[i])) {
					print "in the book: " want[i]
					print "said:        " (j > lines ? \
						"nothing more" : seen[j])
					exit 1
				}
				j++
			}
			if (!open && j <= lines) {
				print "not in the book: " seen[j]
				exit 1
			}
		}' "$1" "$2"
}

follow() {	# CHAPTER
	split_up "$1"
	for command in "$work"/steps/*.command; do
		step=${command%.command}
		seed=$(sed -n 's/^(seed \([0-9]*\):.*/\1/p' "$step.expected")
		(cd "$tree" && env ${seed:+SEED="$seed"} \
			sh "$command") </dev/null 2>&1 | expand |
			sed "s/-$(id -un)\\.tar/-ann.tar/;s/ *$//" >"$step.seen"
		compare "$step.expected" "$step.seen" >"$work/difference"
		result $? "$(head -n 1 "$command" | tr -d "\\\\")" || {
			say <"$work/difference"
			tail -n 12 "$step.seen" | say
		}
	done
}

follow src.nw/M-mastery/exercises.nw
follow exercises/guide.nw

done_testing
