/* SPDX-License-Identifier: GPL-2.0 */
/* A Guest that wants three pages of stack. */
/* EXPECT: Guest died: bad number of stack pages 3 */
#include "guest.h"

int main(void)
{
	join();
	hcall(LHCALL_SET_STACK, GUEST_KERNEL_DS, 0x200000, 3, 0);
	return 0;
}
