// SPDX-License-Identifier: GPL-2.0
#include "unit.h"

#define GUEST_KERNEL_CS	0x61
#define GATE_INTERRUPT	14
#define GATE_TRAP	15

/* As the kernel has it. */
typedef struct {
	u16 offset_low, segment;
	struct {
		u16 ist : 3, zero : 5, type : 5, dpl : 2, p : 1;
	} bits;
	u16 offset_middle;
} __attribute__((packed)) gate_desc;

struct lg_cpu {
	bool dead;
	u32 stored;
	gate_desc idt[256];
};

#define kill_guest(cpu, ...)	((cpu)->dead = true)

static void __unused_here load(struct lg_cpu *cpu, u32 num, u32 lo, u32 hi)
{
	gate_desc gate;

	memcpy(&gate, &lo, 4);
	memcpy((char *)&gate + 4, &hi, 4);
#ifndef ORACLE
#include "answer.c"
#endif
	cpu->idt[num] = gate;
	cpu->stored++;
}

static u32 word(u32 type, u32 dpl, u32 present, u32 address)
{
	return (address & 0xffff0000) | present << 15 | dpl << 13 | type << 8;
}

static struct lg_cpu cpu;

static u32 __unused_here try(u32 num, u32 lo, u32 hi)
{
	u32 got[2];

	memset(&cpu, 0, sizeof(cpu));
	load(&cpu, num, lo, hi);
	memcpy(got, &cpu.idt[num], 8);
	return cpu.dead ? 0xdead : got[1];
}

static void run(void)
{
	for (int i = 0; i < 32; i++) {
		u32 address = any(), num = any_below(256), dpl = i & 3;
		u32 type = i & 4 ? GATE_TRAP : GATE_INTERRUPT;
		u32 low = GUEST_KERNEL_CS << 16 | (address & 0xffff);
		u32 hi = word(type, dpl, 1, address);
		u32 bad = any_below(32), other = any() << 16 | (low & 0xffff);

		SEE("good", try(num, low, hi), hi,
		    "upper word of gate %#x %#x", low, hi);
		SEE("good", cpu.idt[num].offset_low, address & 0xffff,
		    "lower half of its address");
		ANSWER(try(num, other, hi);)
		SEE("segment", cpu.idt[num].segment, GUEST_KERNEL_CS,
		    "selector of gate %#x %#x", other, hi);
		hi = word(any_below(32), dpl, 0, address);
		SEE("empty", try(num, other, hi), 0,
		    "upper word of gate %#x %#x", other, hi);
		SEE("empty", cpu.stored, 1, "stored");
		if (bad == GATE_INTERRUPT || bad == GATE_TRAP)
			bad = i & 1 ? 5 : 12;
		hi = word(bad, dpl, 1, address);
		SEE("kind", try(num, low, hi), 0xdead,
		    "a present gate of kind %u", bad);
		SEE("kind", cpu.stored, 0, "stored");
	}
}
