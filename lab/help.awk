# Print the targets of the makefiles given that have a "## comment".
BEGIN { print "make TARGET, where TARGET is one of" }
/^[A-Za-z][-A-Za-z0-9_.% ]*:.*## / {
	target = substr($0, 1, index($0, ":") - 1)
	text = substr($0, index($0, "## ") + 3)
	printf "  %-14s %s\n", target, text
}
END {
	print "Settings: V=1 shows the commands, HOST=686-pae picks another kernel,"
	print "LGUEST_CACHE=DIR says where downloads are kept (~/.cache/lguest)."
}
