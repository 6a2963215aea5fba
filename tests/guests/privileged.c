/* SPDX-License-Identifier: GPL-2.0 */
/* A Guest that does what only ring 0 may. */
/* EXPECT: Guest died: unhandled trap 13 at */
#include "guest.h"

int main(void)
{
	join();
	asm volatile("mov %0, %%cr3" : : "r" (0));
	return 0;
}
