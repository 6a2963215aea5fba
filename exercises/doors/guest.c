// SPDX-License-Identifier: GPL-2.0
/* A Guest that traps in some ways and looks at its frames. */
#include "see.h"

static page_table top, leaf;
__u32 frame[4], where;
void caught(void);

/* Four words of the frame, then on behind the instruction that trapped. */
asm(".globl caught\n"
    "caught:\n\t"
    "popl frame\n\tpopl frame + 4\n\tpopl frame + 8\n\tpopl frame + 12\n\t"
    "movl resume_stack, %esp\n\t"
    "jmp *resume\n\t"
    ".lcomm resume, 4\n\t.lcomm resume_stack, 4");

#define TRAP(before, instruction)					\
	asm volatile("movl %%esp, resume_stack\n\t"			\
		     "movl $8f, resume\n\t"				\
		     "movl $7f, where\n"				\
		     before "\n"						\
		     "7:\t" instruction "\n"				\
		     "8:" : : : "eax", "ecx", "edx", "memory", "cc")

/* An interrupt gate, so that the way leads through Switcher and Host. */
static void set_gate(int vector)
{
	__u32 at = (__u32)caught;

	hcall(LHCALL_LOAD_IDT_ENTRY, vector,
	      GUEST_KERNEL_CS << 16 | (at & 0xffff),
	      (at & 0xffff0000) | 0x8e00, 0);
}

static void see_frame(const char *test, const char *what, int code)
{
	see(test, what, code ? frame[0] : 0);
	see(test, "is the address that of the instruction",
	    frame[code] == where);
	see(test, "is the segment ours", frame[code + 1] == GUEST_KERNEL_CS);
}

int main(void)
{
	__u32 n = nonce() % 1000 * 8 + 256;

	join();
	see("calls", "a call came back", 1);
	hcall(LHCALL_FLUSH_ASYNC, 0, 0, 0, 0);
	see("calls", "and another", 2);
	set_gate(0);
	set_gate(6);
	set_gate(11);
	set_gate(13);
	set_gate(14);
	TRAP("", "ud2");
	see_frame("plain", "an undefined instruction", 0);
	TRAP("xorl %%ecx, %%ecx\n\txorl %%edx, %%edx\n\tmovl $1, %%eax",
	     "divl %%ecx");
	see_frame("plain", "a division by zero", 0);
	asm volatile("" : : : "memory");
	frame[0] = n;
	TRAP("movl frame, %%eax", "movw %%ax, %%fs");
	see_frame("code", "error code of a selector that leads nowhere", 1);
	TRAP("movl $0xfff8, %%eax", "movw %%ax, %%gs");
	see_frame("code", "error code of another", 1);
	map_low(top, leaf);
	use_table(top);
	TRAP("", "movl %%eax, 0x800000");
	see_frame("fault", "error code of a write to nowhere", 1);
	return 0;
}
