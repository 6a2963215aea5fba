// SPDX-License-Identifier: GPL-2.0
/* A Guest that tries the fast system call, in ring 1 and in ring 3. */
#include "programs.h"

int main(void)
{
	__u32 spare = nonce() % 200;

	join();
	make_tables();
	let_programs_run();
	for (__u32 i = 0; i < spare; i++)
		CODE[i] = 0x90;		/* nop */
	CODE[spare] = 0x0f;
	CODE[spare + 1] = 0x34;		/* sysenter */
	run_program();
	see("fault", "error code of sysenter in ring 3", error);
	see("fault", "how far into its code", where - (__u32)CODE);
	TRY("sysenter");
	see("kernel", "error code of sysenter in ring 1", error);
	return 0;
}
