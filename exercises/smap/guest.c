// SPDX-License-Identifier: GPL-2.0
/* A Guest whose kernel touches pages of its programs, as all kernels do. */
#include "programs.h"

int main(void)
{
	/* movl 0x801000, %eax, which is the kernel's; int $0x80 */
	static const unsigned char read[] = { 0xa1, 0x00, 0x10, 0x80, 0x00,
					      0xcd, 0x80 };
	volatile __u32 *users = (__u32 *)PROGRAMS;
	__u32 n = nonce(), sum = 0;

	join();
	make_tables();
	for (int i = 0; i < 1024; i++)
		leaf[i] &= ~4;		/* a kernel's, for there is SMEP too */
	programs[1] &= ~4;
	let_programs_run();
	see("read", "what is in a fresh page of a program", users[1000]);
	users[3] = n;
	see("write", "what the kernel has put there", users[3]);
	asm volatile("rep stosl" : : "D" (users + 8), "c" (8), "a" (n + 1)
		     : "memory");
	see("write", "and by a string instruction", users[15]);
	for (int i = 0; i < 1000; i++) {
		hcall(LHCALL_FLUSH_ASYNC, 0, 0, 0, 0);
		sum += users[3] == n;
	}
	see("again", "times it was still there", sum);
	for (unsigned int i = 0; i < sizeof(read); i++)
		CODE[i] = read[i];
	run_program();
	see("users", "error code of a program that reads its kernel's page",
	    error);
	return 0;
}
