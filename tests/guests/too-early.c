/* SPDX-License-Identifier: GPL-2.0 */
/* A Guest that calls before it has introduced itself. */
/* EXPECT: Guest died: hypercall 17 before INIT */
#include "guest.h"

int main(void)
{
	say("can anybody hear me?\n");
	return 0;
}
