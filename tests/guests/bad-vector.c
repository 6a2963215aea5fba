/* SPDX-License-Identifier: GPL-2.0 */
/* A Guest that sets a gate past the end of its IDT. */
/* EXPECT: Guest died: bad IDT vector 256 */
#include "guest.h"

int main(void)
{
	join();
	hcall(LHCALL_LOAD_IDT_ENTRY, 256, GUEST_KERNEL_CS << 16, 0x8e00, 0);
	return 0;
}
