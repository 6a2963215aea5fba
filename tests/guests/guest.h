/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the little Guests of the tests have in common. Each shows its Host one
 * thing, most of them something a Guest must not do. They start with the boot
 * view of memory, in which each address is the Guest-physical one.
 *
 * A line "EXPECT: REGEX" in a Guest's file says how the Launcher reports its
 * end.
 */
#include "lguest_hcall.h"

#define PAGE_SIZE	4096
#define MEMORY		(16 << 20)	/* what the tests give each Guest */

/* Rights in a page-table entry: present, writable, for ring 3 as well. */
#define PAGE_RIGHTS	7
#define PAGE_BIG	0x80

typedef __u32 page_table[PAGE_SIZE / 4] __attribute__((aligned(PAGE_SIZE)));

struct lguest_data lguest_data;

/* Introduce ourselves as a Guest should. */
static inline void join(void)
{
	for (int i = 0; i < LHCALL_RING_SIZE; i++)
		lguest_data.hcall_status[i] = 0xff;
	lguest_data.kernel_address = 0xc0000000;
	lguest_data.syscall_vec = 0x80;
	hcall(LHCALL_LGUEST_INIT, (__u32)&lguest_data, 0, 0, 0);
}

static inline void say(const char *text)
{
	hcall(LHCALL_NOTIFY, (__u32)text, 0, 0, 0);
}

/* Let the first four megabytes of the address space be those of memory. */
static inline void map_low(page_table top, page_table leaf)
{
	for (int i = 0; i < PAGE_SIZE / 4; i++)
		leaf[i] = i * PAGE_SIZE | PAGE_RIGHTS;
	top[0] = (__u32)leaf | PAGE_RIGHTS;
}

static inline void use_table(page_table top)
{
	hcall(LHCALL_NEW_PGTABLE, (__u32)top, 0, 0, 0);
}

/* Let a trap go to a handler of ours. */
static inline void set_handler(int vector, void (*handler)(void))
{
	__u32 at = (__u32)handler;

	hcall(LHCALL_LOAD_IDT_ENTRY, vector,
	      GUEST_KERNEL_CS << 16 | (at & 0xffff),
	      (at & 0xffff0000) | 0x8f00, 0);
}
