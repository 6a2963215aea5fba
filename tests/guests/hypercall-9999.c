/* SPDX-License-Identifier: GPL-2.0 */
/* A Guest that makes a hypercall that there is not. */
/* EXPECT: Guest died: bad hypercall 9999 */
#include "guest.h"

int main(void)
{
	join();
	hcall(9999, 0, 0, 0, 0);
	return 0;
}
