/* SPDX-License-Identifier: GPL-2.0 */
/* A Guest that sets a descriptor past the end of its GDT. */
/* EXPECT: Guest died: bad GDT entry 32 */
#include "guest.h"

int main(void)
{
	join();
	hcall(LHCALL_LOAD_GDT_ENTRY, GDT_ENTRIES, 0, 0, 0);
	return 0;
}
