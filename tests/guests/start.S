/* SPDX-License-Identifier: GPL-2.0 */
/* How each of the little Guests begins, and ends if main() returns. */
#define __ASSEMBLY__
#include "lguest.h"

	.section .text.start, "ax"
	.globl _start
_start:
	movl $stack_end, %esp
	call main
	movl $LHCALL_SHUTDOWN, %eax
	movl $survived, %ebx
	movl $LGUEST_SHUTDOWN_POWEROFF, %ecx
	int $LGUEST_TRAP_ENTRY
1:	jmp 1b

	.section .rodata
survived:
	.asciz "main returned"

	.bss
	.balign 4096
	.skip 4096
stack_end:

	.section .note.GNU-stack, "", @progbits
