/* SPDX-License-Identifier: GPL-2.0 */
/* A Guest that takes away its own data segment. */
/* EXPECT: Guest died: bad segment or frame */
#include "guest.h"

int main(void)
{
	join();
	hcall(LHCALL_LOAD_GDT_ENTRY, GDT_ENTRY_KERNEL_DS, 0, 0, 0);
	return 0;
}
