// SPDX-License-Identifier: GPL-2.0
#include "unit.h"

enum { TASK_RUNNING, TASK_INTERRUPTIBLE };

struct lg_cpu {
	bool break_out;
	int injected_trap;
};

/* The played kernel: at its moment number strike, something comes. */
static struct lg_cpu cpu;
static bool interrupt;
static int state, cause;
static u32 moment, strike, slept, lost;

static void arrive(void)
{
	if (cause == 0)
		interrupt = true;
	else if (cause == 1)
		cpu.break_out = true;
	else
		cpu.injected_trap = 3;
	state = TASK_RUNNING;		/* wake_up_process() */
}

static void tick(void)
{
	if (moment++ == strike)
		arrive();
}

static void __unused_here set_current_state(int new)
{
	tick();
	state = new;
	tick();
}

#define __set_current_state(new)	set_current_state(new)

static bool __unused_here interrupt_waits(struct lg_cpu *cpu)
{
	bool waits;

	(void)cpu;
	tick();
	waits = interrupt;
	tick();
	return waits;
}

#undef READ_ONCE
#define READ_ONCE(x)					\
({							\
	tick();						\
	__typeof__(x) once_ = (x);			\
	tick();						\
	once_;						\
})

/* Asleep, one is woken by what comes; what has come does not come again. */
static void __unused_here schedule(void)
{
	tick();
	if (state == TASK_RUNNING)
		return;
	slept++;
	if (moment > strike)
		lost++;
	moment = strike + 1;
	arrive();
}

#ifndef ORACLE
#include "answer.c"
#endif

static void __unused_here play(int what, u32 when)
{
	cause = what;
	strike = when;
	moment = slept = lost = 0;
	interrupt = false;
	cpu = (struct lg_cpu){ .injected_trap = -1 };
	state = TASK_RUNNING;
	tick();
	ANSWER(sleep_until_interrupt(&cpu);)
}

static void run(void)
{
	static const char * const name[] = { "the timer rings",
		"the Launcher wants us back", "a trap is sent" };

	ANSWER(play(0, 1000);)
	SEE("sleeps", slept, 1, "times asleep with nothing to do");
	SEE("running", state, TASK_RUNNING, "state after that");
	for (u32 when = 0; when < 16; when++)
		for (int what = 0; what < 3; what++) {
			const char *test = what ? "causes" : "lost";

			ANSWER(play(what, when);)
			SEE(test, lost, 0, "slept through: %s at moment %u",
			    name[what], when);
			SEE("running", state, TASK_RUNNING, "state after %s"
			    " at moment %u", name[what], when);
			if (!when)
				SEE(test, slept, 0, "asleep although before "
				    "that %s", name[what]);
		}
}
