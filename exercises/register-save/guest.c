// SPDX-License-Identifier: GPL-2.0
/* A Guest with something in every register. */
#include "see.h"

#define DIRECTION	0x400

__u32 after[8];
static __u32 flags;

/* Make call number nr, which changes nothing, with all registers filled. */
static void fill_and_call(__u32 n, __u32 nr)
{
	asm volatile("pushl %%ebp\n\t"
		     "pushl %%ebx\n\t"
		     "movl %%ecx, %%eax\n\t"
		     "leal 0x1020304(%%edx), %%ebx\n\t"
		     "leal 0x2030405(%%edx), %%ecx\n\t"
		     "leal 0x3040506(%%edx), %%esi\n\t"
		     "leal 0x4050607(%%edx), %%edi\n\t"
		     "leal 0x5060708(%%edx), %%ebp\n\t"
		     "int $0x1f\n\t"
		     "movl %%eax, after\n\t"
		     "movl %%ebx, after + 4\n\t"
		     "movl %%ecx, after + 8\n\t"
		     "movl %%edx, after + 12\n\t"
		     "movl %%esi, after + 16\n\t"
		     "movl %%edi, after + 20\n\t"
		     "movl %%ebp, after + 24\n\t"
		     "popl %%ebx\n\t"
		     "popl %%ebp"
		     : "+d" (n), "+c" (nr)
		     : : "eax", "esi", "edi", "memory", "cc");
}

static void see_general(__u32 n)
{
	fill_and_call(n, LHCALL_FLUSH_ASYNC);
	see("general", "ebx after a call", after[1]);
	see("general", "ecx", after[2]);
	see("general", "edx", after[3]);
	see("general", "esi", after[4]);
	see("general", "edi", after[5]);
	see("general", "ebp", after[6]);
	fill_and_call(n, LHCALL_GET_WALLCLOCK);
	see("result", "a time in eax", after[0] > 1500000000);
	see("result", "ebx", after[1]);
	see("result", "ebp", after[6]);
}

static void see_segments(void)
{
	__u16 fs = GUEST_USER_DS, gs = GUEST_USER_DS, es = GUEST_USER_DS;

	asm volatile("movw %0, %%fs\n\t"
		     "movw %1, %%gs\n\t"
		     "movw %2, %%es\n\t"
		     "xorl %%eax, %%eax\n\t"
		     "int $0x1f\n\t"
		     "movw %%fs, %0\n\t"
		     "movw %%gs, %1\n\t"
		     "movw %%es, %2\n\t"
		     "pushl %%ds\n\t"
		     "popl %%es"
		     : "+r" (fs), "+r" (gs), "+r" (es) : : "eax", "memory");
	see("segments", "fs after a call", fs);
	see("segments", "gs", gs);
	see("segments", "es", es);
	asm volatile("movw %%ds, %0" : "=r" (fs));
	see("segments", "ds", fs);
}

/* The call changes a gate, so the Host copies a table on its way back. */
static void see_direction(void)
{
	asm volatile("std\n\t"
		     "int $0x1f\n\t"
		     "pushfl\n\t"
		     "popl %0\n\t"
		     "cld"
		     : "=m" (flags)
		     : "a" (LHCALL_LOAD_GDT_ENTRY), "b" (20), "c" (0xffff),
		       "d" (0xcf9300) : "memory", "cc");
	see("direction", "the flag after a call", flags & DIRECTION);
	see("direction", "and we are alive", 1);
}

int main(void)
{
	__u32 n = nonce();

	join();
	hcall(LHCALL_LOAD_GDT_ENTRY, GDT_ENTRY_DEFAULT_USER_DS, 0xffff,
	      0xcff300, 0);
	see_general(n);
	see_segments();
	see_direction();
	return 0;
}
