// SPDX-License-Identifier: GPL-2.0
#include "unit.h"

#define USER_PL		3
#define GUEST_PL	1
#define DESC_ACCESSED	1
#define DESC_WRITABLE	2
#define DESC_CONFORMING	4
#define DESC_CODE	8

/* As the kernel has it. */
struct desc_struct {
	u16 limit0, base0;
	u16 base1 : 8, type : 4, s : 1, dpl : 2, p : 1;
	u16 limit1 : 4, avl : 1, l : 1, d : 1, g : 1, base2 : 8;
} __attribute__((packed, may_alias, aligned(4)));

#ifndef ORACLE
#include "answer.c"
#endif

static u32 __unused_here word(u32 lo, u32 hi, int which)
{
	u32 w[2] = { 0, 0 };

	ANSWER(
	struct desc_struct desc = harmless(lo, hi);

	memcpy(w, &desc, sizeof(w));
	)
	return w[which];
}

static u32 bits(u32 p, u32 s, u32 dpl, u32 type)
{
	return p << 15 | dpl << 13 | s << 12 | type << 8;
}

/* The upper word without what makes a segment: base and limit, d and g. */
#define PLACE	0xffcf00ffu

static void run(void)
{
	for (u32 i = 0; i < 128; i++) {
		u32 lo = any(), place = any() & PLACE;
		u32 dpl = i & 3, type = i >> 2 & 15;
		u32 hi = place | bits(1, 1, dpl, type);

		SEE("good", word(lo, hi, 0), lo, "lower word of %#x %#x", lo, hi);
		SEE("good", word(lo, hi, 1) & PLACE, place,
		    "base and limit in the upper word of %#x %#x", lo, hi);
		SEE("level", word(lo, hi, 1) >> 13 & 3, dpl == 3 ? 3 : 1,
		    "level of %#x %#x, which asks for %u", lo, hi, dpl);
		SEE("accessed", word(lo, hi, 1) >> 8 & 1, 1,
		    "accessed bit of %#x %#x", lo, hi);
		SEE("conforming", word(lo, hi, 1) >> 8 & 14,
		    type & 8 ? type & 10 : type & 14,
		    "type of %#x %#x but for the accessed bit", lo, hi);
		SEE("long", word(lo, hi | 1 << 21, 1) >> 21 & 1, 0,
		    "long bit of %#x %#x", lo, hi | 1 << 21);
		hi = place | bits(1, 0, dpl, type);
		SEE("system", word(lo, hi, 0) | word(lo, hi, 1), 0,
		    "what is left of the system descriptor %#x %#x", lo, hi);
		hi = place | bits(0, 1, dpl, type);
		SEE("system", word(lo, hi, 0) | word(lo, hi, 1), 0,
		    "what is left of %#x %#x, not present", lo, hi);
	}
}
