// SPDX-License-Identifier: GPL-2.0
#include "unit.h"

#define _PAGE_PRESENT	1u
#define _PAGE_RW	2u
#define _PAGE_USER	4u
#define _PAGE_PSE	0x80u
#define X86_PF_PROT	1u
#define X86_PF_WRITE	2u
#define X86_PF_USER	4u
#define X86_PF_INSTR	16u
#define GUEST_SLOT_SHIFT 22
#define GUEST_SLOT_SIZE	(1u << 22)
#define PAGES		64	/* of a small Guest */

struct guest_walk {
	u32 gpde, gpte, gpde_addr, gpte_addr, rights;
};

struct pgdir {
	u32 gpgdir;
};

struct lg_cpu {
	struct pgdir *pgdir;
	bool dead;
	u32 looks;		/* at the Guest's memory */
};

#define kill_guest(cpu, ...)	((cpu)->dead = true)

static u32 memory[PAGES * 1024];

static u32 __unused_here lgread_u32(struct lg_cpu *cpu, u32 addr)
{
	cpu->looks++;
	if (addr >= sizeof(memory) || addr % 4) {
		cpu->dead = true;
		return 0;
	}
	return memory[addr / 4];
}

static u32 __unused_here pte_number(u32 vaddr)
{
	return (vaddr >> PAGE_SHIFT) % 1024;
}

#ifndef ORACLE
#include "answer-3.c"

static void walk_guest(struct lg_cpu *cpu, u32 vaddr, struct guest_walk *w)
{
	memset(w, 0, sizeof(*w));
#include "answer-1.c"
#include "answer-2.c"
	w->rights = w->gpde & w->gpte & (_PAGE_RW | _PAGE_USER);
}
#endif

static struct pgdir dir;
static struct lg_cpu cpu;
static struct guest_walk w;

static void __unused_here walk(u32 vaddr)
{
	cpu = (struct lg_cpu){ .pgdir = &dir };
	ANSWER(walk_guest(&cpu, vaddr, &w));
}

/* Map an address at random, with these bits in the two entries. */
static u32 map(u32 *top, u32 *leaf, u32 high, u32 low)
{
	u32 vaddr = any() & 0xbfffffff, table = 1 + any_below(PAGES - 2);

	memset(memory, 0, sizeof(memory));
	dir.gpgdir = (PAGES - 1) * PAGE_SIZE;
	*top = dir.gpgdir + (vaddr >> 22) * 4;
	*leaf = table * PAGE_SIZE + (vaddr >> 12) % 1024 * 4;
	memory[*top / 4] = table * PAGE_SIZE | high;
	memory[*leaf / 4] = (any() & PAGE_MASK) | low;
	return vaddr;
}

static bool right_access(u32 rights, u32 access)
{
	if (access & X86_PF_WRITE && !(rights & _PAGE_RW))
		return false;
	if (access & X86_PF_USER)
		return rights & _PAGE_USER;
	return !(access & X86_PF_INSTR && rights & _PAGE_USER);
}

static void see_walks(void)
{
	u32 top, leaf, rest = any() & 0xe60, vaddr;

	vaddr = map(&top, &leaf, rest | 7, rest | 7);
	ANSWER(walk(vaddr);)
	SEE("walk", w.gpte, memory[leaf / 4], "entry for %#x", vaddr);
	SEE("walk", cpu.dead, 0, "killed");
	SEE("places", w.gpde_addr, top, "where the upper entry of %#x is", vaddr);
	SEE("places", w.gpte_addr, leaf, "where the lower entry is");
	vaddr = map(&top, &leaf, rest | 6, rest | 7);
	ANSWER(walk(vaddr);)
	SEE("top", w.gpte & 1, 0, "is %#x mapped, without an upper entry",
	    vaddr);
	SEE("top", cpu.looks, 1, "looks at the Guest's memory");
	vaddr = map(&top, &leaf, rest | 6 | _PAGE_PSE, rest | 7);
	ANSWER(walk(vaddr);)
	SEE("top", cpu.dead, 0, "killed for a large page that is not present");
	vaddr = map(&top, &leaf, rest | 7, rest | 6);
	ANSWER(walk(vaddr);)
	SEE("leaf", access_ok_by(&w, 0), 0,
	    "may %#x be looked at, without a lower entry", vaddr);
	vaddr = map(&top, &leaf, rest | 7 | _PAGE_PSE, rest | 7);
	ANSWER(walk(vaddr);)
	SEE("big", cpu.dead, 1, "killed for a large page at %#x", vaddr);
	SEE("big", w.gpte & 1, 0, "is it mapped");
}

static void see_rights(u32 i)
{
	u32 high = i & 6, low = i >> 2 & 6, access = i >> 5 & 0x16;
	u32 top, leaf, vaddr;

	vaddr = map(&top, &leaf, high | 1, low | 1);
	ANSWER(walk(vaddr);)
	SEE("rights", access_ok_by(&w, access),
	    right_access(high & low, access),
	    "access %#x with rights %#x above and %#x below", access, high, low);
}

static void run(void)
{
	for (u32 i = 0; i < 20; i++)
		see_walks();
	for (u32 i = 0; i < 1024; i += 2)
		see_rights(i);
}
