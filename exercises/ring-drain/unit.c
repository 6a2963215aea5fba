// SPDX-License-Identifier: GPL-2.0
#include "unit.h"

#define LHCALL_RING_SIZE	64

struct hcall_args {
	u32 eax, ebx, ecx, edx, esi;
};

struct lguest_data {
	u8 hcall_status[LHCALL_RING_SIZE];
	struct hcall_args hcalls[LHCALL_RING_SIZE];
};

struct lguest {
	const char *dead;
};

struct lg_cpu {
	struct lguest *lg;
	struct lguest_data *data;
	unsigned int next_hcall;
	u32 pending_notify;
	struct { unsigned long ring_calls; } stats;
};

static struct lguest lg;
static struct lguest_data data;
static struct lg_cpu cpu = { .lg = &lg, .data = &data };

/* What the played Guest does while a call of its is done. */
static u32 refills, wanted, done, sum, first, still_full;
static bool changes_args;

static bool __unused_here launcher_wanted(const struct lg_cpu *cpu)
{
	return cpu->pending_notify;
}

static void __unused_here do_hcall(struct lg_cpu *cpu, struct hcall_args *args)
{
	u32 slot = args->ecx;

	still_full += data.hcall_status[slot] != 0xff;
	if (changes_args)
		memset(&data.hcalls[slot], 0xee, sizeof(data.hcalls[slot]));
	if (done++ == 0)
		first = args->ebx;
	sum = sum * 31 + args->ebx;
	if (refills && refills--) {
		u32 next = (slot + 1) % LHCALL_RING_SIZE;

		data.hcalls[next] = (struct hcall_args){ 13, 1, next, 0, 0 };
		data.hcall_status[next] = 0;
	}
	if (args->ebx == wanted)
		cpu->pending_notify = 1;
}

#ifndef ORACLE
#include "answer.c"
#endif

static u32 filled, numbers;

/* Put some calls, numbered, at the Guest's cursor; the sum of their numbers. */
static u32 put(u32 count)
{
	u32 expected = 0;

	done = sum = first = still_full = 0;
	while (count--) {
		u32 slot = filled++ % LHCALL_RING_SIZE;

		data.hcalls[slot] = (struct hcall_args){ 13, ++numbers, slot };
		data.hcall_status[slot] = 0;
		expected = expected * 31 + numbers;
	}
	return expected;
}

static u32 left(void)
{
	u32 n = 0;

	for (int i = 0; i < LHCALL_RING_SIZE; i++)
		n += data.hcall_status[i] != 0xff;
	return n;
}

static void see_order(void)
{
	for (u32 i = 0; i < 40; i++) {
		u32 n = i < 3 ? 64 : any_below(65), expected = put(n);

		ANSWER(do_async_hcalls(&cpu);)
		SEE("order", sum, expected, "%u calls, from slot %u on", n,
		    (filled - n) % LHCALL_RING_SIZE);
		SEE("order", done, n, "done");
		SEE("free", still_full, n, "slots still full while theirs is done");
		SEE("free", left(), 0, "slots full afterwards");
		ANSWER(memset(data.hcall_status, 0xff, 64);)
		ANSWER(cpu.next_hcall = filled % LHCALL_RING_SIZE;)
#ifdef ORACLE
		memset(data.hcall_status, 0xff, 64);
#endif
	}
}

static void see_copy(void)
{
	u32 expected;

	changes_args = true;
	filled = 0;
	ANSWER(cpu.next_hcall = 0;)
	expected = put(20);
	ANSWER(do_async_hcalls(&cpu);)
	SEE("copy", sum, expected, "20 calls that change under our eyes");
	SEE("copy", left() != 0, 0, "a slot stays full");
	changes_args = false;
	memset(data.hcall_status, 0xff, 64);
	ANSWER(cpu.next_hcall = filled % LHCALL_RING_SIZE;)
}

static void see_bound(void)
{
	put(1);
	refills = 5000;
	ANSWER(do_async_hcalls(&cpu);)
	SEE("bound", done <= LHCALL_RING_SIZE, 1,
	    "at most 64 calls done of 5000 that come one by one");
	refills = 0;
	memset(data.hcall_status, 0xff, 64);
	filled = numbers = 0;
	ANSWER(cpu.next_hcall = 0;)
}

static void see_stop(void)
{
	put(30);
	wanted = 11;
	ANSWER(do_async_hcalls(&cpu);)
	SEE("stop", done, 11, "done of 30, the 11th for the Launcher");
	SEE("stop", left(), 19, "left");
	wanted = 0;
	cpu.pending_notify = 0;
	done = 0;
	ANSWER(do_async_hcalls(&cpu);)
	SEE("stop", done, 19, "done the next time");
	SEE("stop", first, 12, "the first of them");
}

static void run(void)
{
	memset(data.hcall_status, 0xff, 64);
	see_order();
	see_copy();
	see_bound();
	see_stop();
}
