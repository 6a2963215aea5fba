// SPDX-License-Identifier: GPL-2.0
/* What the pup sees of the three functions. It says, and others judge. */
#include "pup.h"

#define TF	0x100

static u32 nonce;
void (*target)(void);

static void read_nonce(void)
{
	const char *digit = find(command_line, "nonce=");

	for (digit += 6; *digit >= '0' && *digit <= '9'; digit++)
		nonce = nonce * 10 + *digit - '0';
}

static void see(const char *test, const char *asked, u32 value)
{
	say("see|%s|%s|%u\n", test, asked, value);
}

/* Call the target with a value in every register; which bits have changed? */
static u32 changes(u32 eax)
{
	u32 a = eax, b = nonce * 3, c = nonce * 5, d = nonce * 7;
	u32 s = nonce * 11, t = nonce * 13;

	asm volatile("call *target"
		     : "+a" (a), "+b" (b), "+c" (c), "+d" (d), "+S" (s),
		       "+D" (t) : : "memory", "cc");
	return (a ^ eax) | (b ^ nonce * 3) | (c ^ nonce * 5) |
	       (d ^ nonce * 7) | (s ^ nonce * 11) | (t ^ nonce * 13);
}

static void teach_enable(void)
{
	u32 before;

	hold_interrupt();
	before = ticks;
	lg_irq_enable();
	see("enable", "interrupts after lg_irq_enable, one waiting",
	    ticks - before);
	see("enable", "the flag then", lguest_data.irq_enabled);
	before = ticks;
	irq_save();
	lg_irq_enable();
	see("enable", "interrupts after lg_irq_enable, none waiting",
	    ticks - before);
	see("enable", "the flag then", lguest_data.irq_enabled);
}

static void teach_restore(void)
{
	u32 before;

	hold_interrupt();
	before = ticks;
	lg_restore_fl(0);
	see("restore", "interrupts after restoring 0, one waiting",
	    ticks - before);
	see("restore", "the flag then", lguest_data.irq_enabled);
	lg_restore_fl(LGUEST_IF);
	see("restore", "interrupts after restoring 512, one waiting",
	    ticks - before);
	see("restore", "the flag then", lguest_data.irq_enabled);
}

static void teach_registers(void)
{
	target = lg_irq_enable;
	irq_save();
	see("registers", "changed by lg_irq_enable, none waiting",
	    changes(nonce));
	hold_interrupt();
	see("registers", "changed by lg_irq_enable, one waiting",
	    changes(nonce));
	target = (void (*)(void))lg_restore_fl;
	see("registers", "changed by lg_restore_fl, none waiting",
	    changes(LGUEST_IF));
	hold_interrupt();
	see("registers", "changed by lg_restore_fl, one waiting",
	    changes(LGUEST_IF));
}

/*
 * Step through the target. At the moment before its instruction number
 * strike, play the Host that has something to deliver: with the flag on it
 * interrupts, and that is all; with the flag off it leaves its note. Whoever
 * then leaves with the note set, without a call behind it, has overlooked it.
 */
static u32 strike, steps, noted, called;

static bool step(struct regs *regs)
{
	if ((regs->trap & 0xff) != 1)
		return false;
	if (steps++ == strike && !lguest_data.irq_enabled) {
		lguest_data.irq_pending = LGUEST_IF;
		noted = true;
	}
	if (*(unsigned char *)regs->eip == 0xcd && noted)
		called = true;
	return true;
}

static bool overlooked(u32 when)
{
	irq_save();
	lguest_data.irq_pending = 0;
	strike = when;
	steps = noted = called = 0;
	trap_hook = step;
	asm volatile("pushfl; orl %1, (%%esp); popfl\n\t"
		     "call *target\n\t"
		     "pushfl; andl %2, (%%esp); popfl"
		     : : "a" (LGUEST_IF), "i" (TF), "i" (~TF)
		     : "memory", "cc");
	trap_hook = 0;
	lguest_data.irq_pending = 0;
	return noted && !called;
}

static void teach_order(void)
{
	u32 i, lost = 0;

	target = lg_irq_enable;
	for (i = 0; i < 10; i++)
		lost += overlooked(i);
	see("order", "notes overlooked by lg_irq_enable", lost);
	see("order", "it was stepped through", steps > 2);
	target = (void (*)(void))lg_restore_fl;
	for (lost = i = 0; i < 10; i++)
		lost += overlooked(i);
	see("order", "notes overlooked by lg_restore_fl", lost);
}

LESSON(98, waits)
{
	read_nonce();
	timer_start();
	teach_enable();
	teach_restore();
	teach_registers();
	teach_order();
}

LESSON(99, quiet)
{
	u32 i;

	timer_start();
	for (i = 0; i < 1000; i++) {
		irq_save();
		lg_irq_enable();
		lg_restore_fl(LGUEST_IF);
	}
	hold_interrupt();
	for (i = 0; i < 1000; i++)
		lg_restore_fl(0);
}
