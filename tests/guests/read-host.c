/* SPDX-License-Identifier: GPL-2.0 */
/* A Guest that looks for the Host at the address where it lives. */
/* EXPECT: Guest died: unhandled trap 14 at 0x[0-9a-f]+ \(0xc1000000\) */
#include "guest.h"

static page_table top, leaf;

int main(void)
{
	join();
	map_low(top, leaf);
	use_table(top);
	return *(volatile int *)0xc1000000;
}
