#!/bin/sh
# What differs between kernels is in one header. Nothing else in the module asks
# what it is built for.

. tests/tap.sh

for file in out/src/host/*.[chS]; do
	name=${file##*/}
	guard="_LG(_$(echo "${name%.h}" | tr a-z A-Z))?_H"
	# The guards of headers, and what tracepoints want of theirs.
	grep -nE '^[[:space:]]*#[[:space:]]*(if|el|endif)|LINUX_VERSION|CONFIG_' \
		"$file" | grep -vE "#ifndef $guard\$|#endif.*$guard|#if !defined\($guard\) \|\| defined\(TRACE_HEADER_MULTI_READ\)\$" \
		>"$work/conditions"
	if [ "$name" = portable.h ]; then
		matches "$work/conditions" KERNEL_VERSION \
			"$name is for that"
	else
		is "$(cat "$work/conditions")" '' "$name has no condition"
	fi
done
done_testing
