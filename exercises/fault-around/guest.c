// SPDX-License-Identifier: GPL-2.0
/* A Guest that walks through a megabyte, with a clean shadow. */
#include "see.h"

#define HERE	0x800000
#define ACCESSED 0x20
#define DIRTY	0x40
#define PAGES	256
#define ENTRY(n)	(*(volatile __u32 *)&other[n])

static page_table top, leaf, other;
__u32 faults;
void caught(void);

asm(".globl caught\n"
    "caught:\n\t"
    "addl $4, %esp\n\t"
    "incl faults\n\t"
    "popl %eax\n\taddl $8, %esp\n\t"
    "jmp 8f\n\t.text\n8:\tmovl stack, %esp\n\tjmp *resume\n\t"
    ".lcomm stack, 4\n\t.lcomm resume, 4");

static volatile __u32 *page(__u32 n)
{
	return (__u32 *)(HERE + n * PAGE_SIZE);
}

/* All present; used and written, unless they say otherwise. */
static void fill_table(void)
{
	for (__u32 i = 0; i < 1024; i++)
		other[i] = (HERE + i * PAGE_SIZE) | PAGE_RIGHTS | ACCESSED |
			   DIRTY;
	top[2] = (__u32)other | PAGE_RIGHTS | ACCESSED;
}

static void forget(void)
{
	hcall(LHCALL_FLUSH_TLB, 1, 0, 0, 0);
}

static void see_right(__u32 n)
{
	__u32 wrong = 0;

	for (__u32 i = 0; i < PAGES; i++)
		*page(i) = n + i;
	forget();
	for (__u32 i = 0; i < PAGES; i += 3)
		wrong += *page(i) != n + i;
	for (__u32 i = PAGES; i-- > 0;)
		wrong += *page(i) != n + i;
	see("right", "pages with something else in them", wrong);
	/* Exchange two pages, tell the Host of both, and look. */
	other[7] = (HERE + 9 * PAGE_SIZE) | PAGE_RIGHTS | ACCESSED | DIRTY;
	hcall(LHCALL_SET_PTE, (__u32)top, (__u32)page(7), other[7], 0);
	see("right", "a page that is another now", *page(7) - n);
	forget();
	*page(6);
	see("right", "and after a flush", *page(7) - n);
	fill_table();
	forget();
}

static void see_bits(void)
{
	other[20] &= ~ACCESSED;
	other[30] &= ~DIRTY;
	other[40] = 0;
	forget();
	for (__u32 i = 0; i < PAGES; i++)
		if (i != 20 && i != 40)
			*page(i);
	see("accessed", "bit of a page never used", !!(ENTRY(20) & ACCESSED));
	*page(20);
	see("accessed", "and when it is used", !!(ENTRY(20) & ACCESSED));
	see("dirty", "bit of a page that was read", !!(ENTRY(30) & DIRTY));
	*page(30) = 1;
	see("dirty", "and when it is written", !!(ENTRY(30) & DIRTY));
	asm volatile("movl %%esp, stack\n\tmovl $9f, resume\n\t"
		     "movl %0, %%eax\n9:"
		     : : "m" (*page(40)) : "eax", "memory");
	see("missing", "faults of a page that is not there", faults);
	fill_table();
	forget();
}

int main(void)
{
	__u32 n = nonce(), at = (__u32)caught;

	join();
	map_low(top, leaf);
	fill_table();
	use_table(top);
	hcall(LHCALL_LOAD_IDT_ENTRY, 14, GUEST_KERNEL_CS << 16 | (at & 0xffff),
	      (at & 0xffff0000) | 0x8e00, 0);
	if (asked_for("count")) {
		forget();
		if (asked_for("walk"))
			for (__u32 i = 0; i < PAGES; i++)
				*page(i);
		return 0;
	}
	see_right(n);
	see_bits();
	return 0;
}
