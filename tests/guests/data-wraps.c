/* SPDX-License-Identifier: GPL-2.0 */
/* A Guest whose lguest_data ends where memory begins. */
/* EXPECT: Guest died: bad address 0xffffff00 for lguest_data */
#include "guest.h"

int main(void)
{
	hcall(LHCALL_LGUEST_INIT, 0xffffff00, 0, 0, 0);
	return 0;
}
