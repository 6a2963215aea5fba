/* SPDX-License-Identifier: GPL-2.0 */
/* A Guest that means no harm. */
/* EXPECT: Guest powered off: main returned */
#include "guest.h"

int main(void)
{
	join();
	say("hello from ring 1\n");
	return 0;
}
