/* SPDX-License-Identifier: GPL-2.0 */
/* A Guest that maps a page it does not have. */
/* EXPECT: Guest died: bad page table entry: page 0x40000 */
#include "guest.h"

static page_table top, leaf, bad;

int main(void)
{
	join();
	map_low(top, leaf);
	bad[0] = 0x40000000 | PAGE_RIGHTS;
	top[512] = (__u32)bad | PAGE_RIGHTS;
	use_table(top);
	return *(volatile int *)0x80000000;
}
