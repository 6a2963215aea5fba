/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A little Guest that tries things as a kernel, in ring 1, and as one of its
 * programs, in ring 3, and sees which of them trap. The programs have the four
 * megabytes from PROGRAMS on; code goes to CODE and ends with int $0x80.
 */
#include "see.h"

#define PROGRAMS	0x800000
#define CODE		((volatile unsigned char *)PROGRAMS + 0x100)
#define NO_ERROR	99

static page_table top, leaf, programs;
extern __u32 error, where;	/* what the last trap said of itself */
void caught(void);

/* Where a trap leads for which nobody has waited: a crash, and not a loop. */
static void __attribute__((used)) lost(void)
{
	hcall(LHCALL_SHUTDOWN, (__u32)"a trap that nobody had waited for",
	      LGUEST_SHUTDOWN_CRASH, 0, 0);
}

static __u32 __attribute__((used)) spare_stack[256];

asm(".globl caught\n"
    "caught:\n\t"
    "popl error\n\tpopl where\n\t"
    "movl $0x69, %eax\n\tmovl %eax, %ds\n\tmovl %eax, %es\n\t"
    "movl stack, %esp\n\tjmp *resume\n\t"
    ".globl error, where\n\t"
    ".lcomm error, 4\n\t.lcomm where, 4\n\t"
    ".data\n"
    "stack:\t.long spare_stack + 1024\n"
    "resume:\t.long lost\n\t.text");

/* Do this, and go on behind it even if it traps. */
#define TRY(what)						\
	asm volatile("movl %0, error\n\t"			\
		     "pushl %%ebp\n\tpushl %%ebx\n\t"		\
		     "movl %%esp, stack\n\t"			\
		     "movl $8f, resume\n\t"			\
		     what "\n"					\
		     "8:\tmovl $lost, resume\n\t"		\
		     "popl %%ebx\n\tpopl %%ebp"			\
		     : : "i" (NO_ERROR)				\
		     : "eax", "ecx", "edx", "esi", "edi", "memory")

static inline void run_program(void)
{
	TRY("pushl $0x7b\n\tpushl $0x8007f0\n\tpushl $0x202\n\t"
	    "pushl $0x73\n\tpushl $0x800100\n\t"
	    "movl $0x7b, %%eax\n\tmovl %%eax, %%ds\n\t"
	    "movl %%eax, %%es\n\tiret");
}

static inline void catch_trap(int vector)
{
	__u32 at = (__u32)caught;

	hcall(LHCALL_LOAD_IDT_ENTRY, vector,
	      GUEST_KERNEL_CS << 16 | (at & 0xffff),
	      (at & 0xffff0000) | 0x8e00, 0);
}

/* Tables that can still be changed before they are used. */
static inline void make_tables(void)
{
	map_low(top, leaf);
	for (int i = 0; i < 1024; i++)
		programs[i] = (PROGRAMS + i * PAGE_SIZE) | PAGE_RIGHTS;
	top[2] = (__u32)programs | PAGE_RIGHTS;
}

static inline void let_programs_run(void)
{
	static __u32 trap_stack[1024] __attribute__((aligned(4096)));

	use_table(top);
	hcall(LHCALL_LOAD_GDT_ENTRY, GDT_ENTRY_DEFAULT_USER_CS, 0xffff,
	      0xcffb00, 0);
	hcall(LHCALL_LOAD_GDT_ENTRY, GDT_ENTRY_DEFAULT_USER_DS, 0xffff,
	      0xcff300, 0);
	hcall(LHCALL_SET_STACK, GUEST_KERNEL_DS, (__u32)&trap_stack[1024], 1, 0);
	catch_trap(13);
	catch_trap(14);
}
