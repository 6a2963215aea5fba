/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A Guest that measures what it is charged: the time-stamp counter before and
 * after a hundred calls of a kind. Where the counter counts instructions (qemu
 * -icount shift=0) the result is instructions for one call and its loop.
 */
#include "../guests/guest.h"

#define TIMES	100

static page_table top, leaf, other;

static __u32 now(void)
{
	__u32 low;

	asm volatile("rdtsc" : "=a" (low) : : "edx");
	return low;
}

static void report(const char *name, __u32 spent)
{
	static char line[64];
	char digits[12], *d = digits, *l = line;

	while (*name)
		*l++ = *name++;
	*l++ = ' ';
	for (spent /= TIMES; d == digits || spent; spent /= 10)
		*d++ = '0' + spent % 10;
	while (d > digits)
		*l++ = *--d;
	*l++ = '\n';
	*l = '\0';
	say(line);
}

#define COST(name, call)					\
	do {							\
		__u32 start_ = now(), spent_;			\
								\
		for (int i_ = 0; i_ < TIMES; i_++)		\
			call;					\
		spent_ = now() - start_;			\
		report(name, spent_);				\
	} while (0)

int main(void)
{
	static const __u32 tls[3][2];
	volatile __u32 *page = (__u32 *)0x400000;

	join();
	map_low(top, leaf);
	for (int i = 0; i < 1024; i++)
		other[i] = (__u32)i * PAGE_SIZE | PAGE_RIGHTS;
	top[1] = (__u32)other | PAGE_RIGHTS;
	use_table(top);
	for (int i = 0; i < 1024; i++)
		page[i * PAGE_SIZE / 4];

	COST("hypercall", hcall(LHCALL_FLUSH_ASYNC, 0, 0, 0, 0));
	COST("flush-one", hcall(LHCALL_SET_PTE, (__u32)top, 0x400000, 0, 0));
	COST("tls", hcall(LHCALL_LOAD_TLS, (__u32)tls, 0, 0, 0));
	COST("timer-off", hcall(LHCALL_SET_CLOCKEVENT, 0, 0, 0, 0));
	COST("same-table", use_table(top));
	COST("flush-all", hcall(LHCALL_FLUSH_TLB, 1, 0, 0, 0));
	return 0;
}
