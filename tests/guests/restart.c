/* SPDX-License-Identifier: GPL-2.0 */
/* A Guest that asks to be started again, each time. */
/* EXPECT: no end */
#include "guest.h"

int main(void)
{
	join();
	say("and again\n");
	hcall(LHCALL_SHUTDOWN, (__u32)"again", LGUEST_SHUTDOWN_RESTART, 0, 0);
	return 0;
}
