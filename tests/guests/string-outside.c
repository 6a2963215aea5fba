/* SPDX-License-Identifier: GPL-2.0 */
/* A Guest whose last words lie past its memory. */
/* EXPECT: Guest died: bad read address 0xfffffff0 */
#include "guest.h"

int main(void)
{
	join();
	hcall(LHCALL_SHUTDOWN, 0xfffffff0, LGUEST_SHUTDOWN_POWEROFF, 0, 0);
	return 0;
}
