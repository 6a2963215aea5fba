/* SPDX-License-Identifier: GPL-2.0 */
/* A Guest whose page tables put a page of its own over the Switcher. */
/* EXPECT: Guest died: unhandled trap 14 at 0x[0-9a-f]+ \(0xff */
#include "guest.h"

static page_table top, leaf, over;

int main(void)
{
	__u32 reserved, at;

	join();
	reserved = -lguest_data.reserve_mem;
	map_low(top, leaf);
	for (int i = 0; i < PAGE_SIZE / 4; i++)
		over[i] = (__u32)leaf | PAGE_RIGHTS;
	for (at = reserved >> 22; at < PAGE_SIZE / 4; at++)
		top[at] = (__u32)over | PAGE_RIGHTS;
	use_table(top);
	for (at = reserved; at; at += PAGE_SIZE)
		*(volatile int *)at = 0;
	return 0;
}
