/* SPDX-License-Identifier: GPL-2.0 */
/* A Guest that sets a task gate. */
/* EXPECT: Guest died: bad gate type 5 for vector 3 */
#include "guest.h"

int main(void)
{
	join();
	hcall(LHCALL_LOAD_IDT_ENTRY, 3, 16 << 19, 0x8500, 0);
	return 0;
}
