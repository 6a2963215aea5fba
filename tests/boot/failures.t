#!/bin/sh
# The failures worth seeing: each fails as its section shows it, and the
# program that is right does not. FAILURES='smap pge' tries only these.

. tests/tap.sh

names=${FAILURES:-$(make -s failures | awk '{ print $1 }')}
[ -n "$names" ]
result $? "there are failures to be seen"

runs 2 "one that does not exist is refused" make -s FAILURE=lost
matches "$work/seen" 'there is no failure lost; there are: .*smap' "... by name"

for name in $names; do
	runs 0 "$name fails as the book shows it" make -s FAILURE="$name"
done

# The same in the right Host, once for all those that do the same.
for name in $names; do
	script=lab/failures/$name
	[ -f "$script" ] || script=lab/failures/pup
	key=$work/$(cksum <"$script" | tr -d " ")
	if [ ! -f "$key" ]; then
		LGUEST_OUT=out lab/failure "$name" "$key" \
			>/dev/null 2>&1
	fi
	! LC_ALL=C awk -v failure="$name" -f lab/failures.awk \
		src.nw/M-mastery/failures.nw "$key" >/dev/null
	result $? "$name does not in the Host that is right" ||
		say <"$key"
done

done_testing
