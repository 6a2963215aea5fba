/* SPDX-License-Identifier: GPL-2.0 */
/* A Guest whose stack is nowhere when a trap comes. */
/* EXPECT: Guest died: bad stack address 0xdeadbe */
#include "guest.h"

static void handler(void)
{
}

int main(void)
{
	join();
	set_handler(13, handler);
	asm volatile("movl $0xdeadbef0, %esp\n\t"
		     "movl $0, %eax\n\t"
		     "mov %eax, %cr3");
	return 0;
}
