/* SPDX-License-Identifier: GPL-2.0 */
/* The assembly that all Guest kernels share, without its entry. */
#define __ASSEMBLY__
	.set	initial_page_table, 0
	.set	initial_stack, 0
	.set	lguest_init, 0
#include "guest/head_32.S"

	.section .note.GNU-stack, "", @progbits
