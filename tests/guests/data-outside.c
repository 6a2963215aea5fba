/* SPDX-License-Identifier: GPL-2.0 */
/* A Guest whose lguest_data lies past its memory. */
/* EXPECT: Guest died: bad address 0x40000000 for lguest_data */
#include "guest.h"

int main(void)
{
	hcall(LHCALL_LGUEST_INIT, 0x40000000, 0, 0, 0);
	return 0;
}
