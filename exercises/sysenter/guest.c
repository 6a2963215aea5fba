// SPDX-License-Identifier: GPL-2.0
/* A Guest that tries the fast system call, in ring 1 and in ring 3. */
#include "see.h"

#define USERS	0x800000

static page_table top, leaf, other;
void caught(void);

asm(".globl caught\n"
    "caught:\n\t"
    "popl error\n\tpopl where\n\t"
    "movl $0x69, %eax\n\tmovl %eax, %ds\n\tmovl %eax, %es\n\t"
    "movl stack, %esp\n\tjmp *resume\n\t"
    ".globl error, where\n\t"
    ".lcomm error, 4\n\t.lcomm where, 4\n\t"
    ".lcomm stack, 4\n\t.lcomm resume, 4");

extern __u32 error, where;

static void in_ring_1(void)
{
	asm volatile("movl $99, error\n\t"
		     "pushl %%ebp\n\tpushl %%ebx\n\t"
		     "movl %%esp, stack\n\t"
		     "movl $8f, resume\n\t"
		     "sysenter\n"
		     "8:\tpopl %%ebx\n\tpopl %%ebp"
		     : : : "eax", "ecx", "edx", "esi", "edi", "memory");
}

static void in_ring_3(void)
{
	asm volatile("movl $99, error\n\t"
		     "pushl %%ebp\n\tpushl %%ebx\n\t"
		     "movl %%esp, stack\n\t"
		     "movl $8f, resume\n\t"
		     "pushl $0x7b\n\tpushl $0x8007f0\n\tpushl $0x202\n\t"
		     "pushl $0x73\n\tpushl $0x800100\n\t"
		     "movl $0x7b, %%eax\n\tmovl %%eax, %%ds\n\t"
		     "movl %%eax, %%es\n\tiret\n"
		     "8:\tpopl %%ebx\n\tpopl %%ebp"
		     : : : "eax", "ecx", "edx", "esi", "edi", "memory");
}

int main(void)
{
	static __u32 trap_stack[1024] __attribute__((aligned(4096)));
	volatile unsigned char *code = (unsigned char *)USERS + 0x100;
	__u32 at = (__u32)caught, spare = nonce() % 200;

	join();
	map_low(top, leaf);
	for (int i = 0; i < 1024; i++)
		other[i] = (0x800000 + i * PAGE_SIZE) | PAGE_RIGHTS;
	top[2] = (__u32)other | PAGE_RIGHTS;
	use_table(top);
	hcall(LHCALL_LOAD_GDT_ENTRY, GDT_ENTRY_DEFAULT_USER_CS, 0xffff,
	      0xcffb00, 0);
	hcall(LHCALL_LOAD_GDT_ENTRY, GDT_ENTRY_DEFAULT_USER_DS, 0xffff,
	      0xcff300, 0);
	hcall(LHCALL_SET_STACK, GUEST_KERNEL_DS, (__u32)&trap_stack[1024], 1, 0);
	hcall(LHCALL_LOAD_IDT_ENTRY, 13, GUEST_KERNEL_CS << 16 | (at & 0xffff),
	      (at & 0xffff0000) | 0x8e00, 0);
	for (__u32 i = 0; i < spare; i++)
		code[i] = 0x90;
	code[spare] = 0x0f;
	code[spare + 1] = 0x34;
	in_ring_3();
	see("fault", "error code of sysenter in ring 3", error);
	see("fault", "how far into its code", where - (USERS + 0x100));
	in_ring_1();
	see("kernel", "error code of sysenter in ring 1", error);
	return 0;
}
