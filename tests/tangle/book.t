#!/bin/sh
# The real book is whole, and covers its program.

. tests/tangle/lib.sh

runs 0 'the checker finds no fault' tangle/check "$work/out"
tangle/tangle "$work/out" $(real_book) >/dev/null
result $? 'the book tangles'
runs 0 'book and program are the same, and within their budget' \
	tangle/coverage -q "$work/out"

done_testing
