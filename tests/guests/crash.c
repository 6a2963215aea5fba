/* SPDX-License-Identifier: GPL-2.0 */
/* A Guest that reports its own crash. */
/* EXPECT: Guest died: CRASH: the sky fell */
#include "guest.h"

int main(void)
{
	join();
	hcall(LHCALL_SHUTDOWN, (__u32)"the sky fell", LGUEST_SHUTDOWN_CRASH,
	      0, 0);
	return 0;
}
