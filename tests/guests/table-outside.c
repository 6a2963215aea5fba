/* SPDX-License-Identifier: GPL-2.0 */
/* A Guest whose second-level table lies past its memory. */
/* EXPECT: Guest died: bad read address 0x40000000 */
#include "guest.h"

static page_table top, leaf;

int main(void)
{
	join();
	map_low(top, leaf);
	top[512] = 0x40000000 | PAGE_RIGHTS;
	use_table(top);
	return *(volatile int *)0x80000000;
}
