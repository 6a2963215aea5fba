/* SPDX-License-Identifier: GPL-2.0 */
/* A Guest that wants its stack in ring 0. */
/* EXPECT: Guest died: bad stack segment 0x68 */
#include "guest.h"

int main(void)
{
	join();
	hcall(LHCALL_SET_STACK, GUEST_KERNEL_DS & ~3, 0x200000, 1, 0);
	return 0;
}
