/* SPDX-License-Identifier: GPL-2.0 */
/* A Guest that announces a mapping over the Switcher. */
/* EXPECT: Guest died: page table entry for 0xff[0-9a-f]+, which is ours */
#include "guest.h"

static page_table top, leaf;

int main(void)
{
	join();
	map_low(top, leaf);
	use_table(top);
	hcall(LHCALL_SET_PTE, (__u32)top, -lguest_data.reserve_mem,
	      (__u32)leaf | PAGE_RIGHTS, 0);
	return 0;
}
