/* SPDX-License-Identifier: GPL-2.0 */
/* A Guest that maps four megabytes at a time. */
/* EXPECT: Guest died: 4 MiB page at 0x80000000 */
#include "guest.h"

static page_table top, leaf;

int main(void)
{
	join();
	map_low(top, leaf);
	top[512] = PAGE_RIGHTS | PAGE_BIG;
	use_table(top);
	return *(volatile int *)0x80000000;
}
