/* SPDX-License-Identifier: GPL-2.0 */
/* A Guest whose top level does not begin with a page. */
/* EXPECT: Guest died: bad top level at 0x[0-9a-f]+4$ */
#include "guest.h"

static page_table top, leaf;

int main(void)
{
	join();
	map_low(top, leaf);
	hcall(LHCALL_NEW_PGTABLE, (__u32)top + 4, 0, 0, 0);
	return 0;
}
