/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Try something and see which trap it brings, if any: as setjmp and longjmp,
 * with the processor for longjmp.
 */
#define __ASSEMBLY__
#include "lguest.h"

	.text
/* int try(void (*what)(u32), u32 argument): the trap's vector, or -1 */
	.globl try
try:
	pushl %ebp
	pushl %edi
	pushl %esi
	pushl %ebx
	movl %esp, recover
	pushl 24(%esp)
	call *24(%esp)
	movl $-1, %eax
again:
	movl recover, %esp
	popl %ebx
	popl %esi
	popl %edi
	popl %ebp
	ret

/*
 * int try_user(u32 eip, u32 esp, u32 eflags): the same in ring 3. The data
 * segments are ring 3's own: on its way out iret takes away those of ring 1.
 */
	.globl try_user
try_user:
	pushl %ebp
	pushl %edi
	pushl %esi
	pushl %ebx
	movl %esp, recover
	movl 20(%esp), %eax
	movl 24(%esp), %ecx
	movl 28(%esp), %edx
	movl $GUEST_USER_DS, %ebx
	movl %ebx, %ds
	movl %ebx, %es
	pushl $GUEST_USER_DS
	pushl %ecx
	pushl %edx
	pushl $GUEST_USER_CS
	pushl %eax
	iret

/* One door of 16 bytes for each of the first 256 vectors. */
	.globl doors
	.balign 16
doors:
	.set vector, 0
	.rept 256
	.balign 16
	pushl $vector
	jmp caught
	.set vector, vector + 1
	.endr

/* All registers may be anything; of the stack we trust one word. */
caught:
	popl %eax
	movl $GUEST_KERNEL_DS, %ecx
	movl %ecx, %ds
	movl %ecx, %es
	movl %ecx, %ss
	movl recover, %esp
	xorl %ecx, %ecx
	movl %ecx, %fs
	movl %ecx, %gs
	pushl $2
	popfl
	jmp again

	.bss
	.balign 4
recover:
	.skip 4

	.section .note.GNU-stack, "", @progbits
