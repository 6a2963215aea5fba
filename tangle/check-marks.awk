# check-marks.awk - are the marks of noweb whole?
#
#	awk -f check-marks.awk FILE.nw...
#
# Reads the book as it was written, since noweb takes a mark that is damaged
# for code or for prose.  Refuses << and >> that look as if they were meant for
# a chunk but are none.

function refuse(message) { print FILENAME ":" FNR ": error: " message }

# A definition that noweb overlooks: not alone on its line, or with part of a
# mark lost.
function was_meant_as_definition(text) {
	sub(/[ \t]+$/, "", text)
	return text ~ /^[ \t]+<<[^<>]+>>=/ ||
	       text ~ /^<<[^<>]+>>([ \t]+=|=.)/ ||
	       text ~ /^<[^<>]+>>=$/ || text ~ /^<<[^<>]+>?=$/ ||
	       text ~ /^[A-Za-z][^<>]*[^ <>]>>=$/
}

# A use with part of a mark lost.  Shift operators have spaces on both sides,
# the marks of a chunk touch its name.
function was_meant_as_use(text) {
	gsub(/@<<|@>>|<<[^<>]*>>/, "", text)
	return text ~ /(^|[ \t(,])<<[A-Za-z]/ ||
	       text ~ /[A-Za-z]>>([ \t;,)]|$)/ ||
	       text ~ /(^|[ \t])<[a-z]+ [^<>]*>>/
}

FNR == 1 { in_code = 0 }

/^<<[^<>]*>>=[ \t]*$/ { in_code = 1; next }
/^@([ \t]|$)/         { in_code = 0; next }

was_meant_as_definition($0) {
	refuse("this is no definition: <<name>>= stands alone on its line," \
	       " from the first column on")
	next
}

in_code && was_meant_as_use($0) {
	refuse("a << or >> is damaged: a use is <<name>>, a shift has spaces" \
	       " around it")
}
