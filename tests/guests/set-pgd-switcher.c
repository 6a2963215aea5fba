/* SPDX-License-Identifier: GPL-2.0 */
/* A Guest that announces a page table over the Switcher. */
/* EXPECT: Guest died: top-level entry 102[0-9] is not the Guest's */
#include "guest.h"

static page_table top, leaf;

int main(void)
{
	join();
	map_low(top, leaf);
	use_table(top);
	hcall(LHCALL_SET_PGD, (__u32)top, -lguest_data.reserve_mem >> 22, 0, 0);
	return 0;
}
