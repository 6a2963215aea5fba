// SPDX-License-Identifier: GPL-2.0
/* A Guest whose kernel touches pages of its programs, as all kernels do. */
#include "see.h"

#define USERS	0x800000
#define KERNELS	0x801000

static page_table top, leaf, other;
void caught(void);

asm(".globl caught\n"
    "caught:\n\t"
    "popl error\n\t"
    "movl $0x69, %eax\n\tmovl %eax, %ds\n\tmovl %eax, %es\n\t"
    "movl stack, %esp\n\tjmp *resume\n\t"
    ".lcomm error, 4\n\t.lcomm stack, 4\n\t.lcomm resume, 4");

extern __u32 error;

/* Read the kernel's page in ring 3; the error code, or 99 if it could. */
static __u32 user_reads(void)
{
	__u32 code;

	asm volatile("movl $99, error\n\t"
		     "pushl %%ebp\n\tpushl %%ebx\n\t"
		     "movl %%esp, stack\n\t"
		     "movl $8f, resume\n\t"
		     "pushl $0x7b\n\tpushl $0x8007f0\n\tpushl $0x202\n\t"
		     "pushl $0x73\n\tpushl $0x800100\n\t"
		     "movl $0x7b, %%eax\n\tmovl %%eax, %%ds\n\t"
		     "movl %%eax, %%es\n\tiret\n"
		     "8:\tpopl %%ebx\n\tpopl %%ebp\n\tmovl error, %0"
		     : "=a" (code) : : "ecx", "edx", "esi", "edi", "memory");
	return code;
}

static void set_gate(int vector, __u32 rights)
{
	__u32 at = (__u32)caught;

	hcall(LHCALL_LOAD_IDT_ENTRY, vector,
	      GUEST_KERNEL_CS << 16 | (at & 0xffff),
	      (at & 0xffff0000) | rights, 0);
}

int main(void)
{
	static const unsigned char code[] = { 0xa1, 0x00, 0x10, 0x80, 0x00,
					      0xcd, 0x80 };
	volatile __u32 *users = (__u32 *)USERS;
	static __u32 trap_stack[1024] __attribute__((aligned(4096)));
	__u32 n = nonce(), sum = 0;

	join();
	map_low(top, leaf);
	for (int i = 0; i < 1024; i++) {
		leaf[i] &= ~4;		/* a kernel's, for there is SMEP too */
		other[i] = (0x800000 + i * PAGE_SIZE) | PAGE_RIGHTS;
	}
	other[1] &= ~4;
	top[2] = (__u32)other | PAGE_RIGHTS;
	use_table(top);
	hcall(LHCALL_LOAD_GDT_ENTRY, GDT_ENTRY_DEFAULT_USER_CS, 0xffff,
	      0xcffb00, 0);
	hcall(LHCALL_LOAD_GDT_ENTRY, GDT_ENTRY_DEFAULT_USER_DS, 0xffff,
	      0xcff300, 0);
	hcall(LHCALL_SET_STACK, GUEST_KERNEL_DS, (__u32)&trap_stack[1024], 1, 0);
	set_gate(14, 0x8e00);
	set_gate(13, 0x8e00);
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
	for (unsigned int i = 0; i < sizeof(code); i++)
		((unsigned char *)USERS)[0x100 + i] = code[i];
	see("users", "error code of a program that reads its kernel's page",
	    user_reads());
	return 0;
}
