/* SPDX-License-Identifier: GPL-2.0 */
/* A Guest whose page tables lie past its memory. */
/* EXPECT: Guest died: bad top level at 0x40000000 */
#include "guest.h"

int main(void)
{
	join();
	hcall(LHCALL_NEW_PGTABLE, 0x40000000, 0, 0, 0);
	return 0;
}
