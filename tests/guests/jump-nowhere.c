/* SPDX-License-Identifier: GPL-2.0 */
/* A Guest that jumps to where nothing is. */
/* EXPECT: Guest died: unhandled trap 14 at 0xdeadbee0 */
#include "guest.h"

int main(void)
{
	join();
	((void (*)(void))0xdeadbee0)();
	return 0;
}
