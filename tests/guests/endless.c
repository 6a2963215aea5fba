/* SPDX-License-Identifier: GPL-2.0 */
/* A Guest that never lets go, with interrupts off. */
/* EXPECT: no end */
#include "guest.h"

int main(void)
{
	join();
	for (;;)
		;
}
