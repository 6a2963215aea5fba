// SPDX-License-Identifier: GPL-2.0
#include "unit.h"

struct lguest {
	u32 pfn_limit;
};

#ifndef ORACLE
#include "answer.c"
#endif

/* The slow way: with 64 bits nothing wraps. */
static bool right(u32 limit, u32 addr, u32 len)
{
	return (u64)addr + len <= (u64)limit * PAGE_SIZE;
}

static void ask(const char *test, u32 limit, u32 addr, u32 len)
{
	struct lguest lg __unused_here = { .pfn_limit = limit };

	SEE(test, lguest_address_ok(&lg, addr, len), right(limit, addr, len),
	    "accepted: %u bytes at %#x in a Guest of %u pages", len, addr,
	    limit);
}

/* A number of pages as Launchers give them: at most 3 GiB. */
static u32 some_limit(void)
{
	return 1 + any_below(0xc0000);
}

static void run(void)
{
	for (int i = 0; i < 50; i++) {
		u32 limit = some_limit(), end = limit * PAGE_SIZE;
		u32 len = 1 + any_below(PAGE_SIZE), over = any_below(64);

		ask("inside", limit, any_below(end - len + 1), len);
		ask("inside", limit, end - len, len);
		ask("outside", limit, end + any_below(-end - len), len);
		ask("outside", limit, end, 1);
		ask("across", limit, end - any_below(len), len);
		ask("across", limit, end - len + 1, len);
		ask("wraps", limit, -len + over, len);
		ask("wraps", limit, end - len, -end + len + over);
		ask("wraps", limit, end - 1, 0xffffffff);
		ask("empty", limit, any_below(end), 0);
		ask("empty", limit, end, 0);
		ask("empty", limit, end + 1 + over, 0);
	}
}
