/* SPDX-License-Identifier: GPL-2.0 */
/* A Guest that introduces itself twice. */
/* EXPECT: Guest died: already have lguest_data */
#include "guest.h"

int main(void)
{
	join();
	join();
	return 0;
}
