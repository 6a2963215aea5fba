/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A Guest that measures what it is charged: the time-stamp counter before and
 * after a hundred calls of a kind. Where the counter counts instructions (qemu
 * -icount shift=0) the result is instructions for one call and its loop.
 */
#include "../guests/guest.h"

#define TIMES	100

static page_table top, leaf, other;

static __u32 now(void)
{
	__u32 low;

	asm volatile("rdtsc" : "=a" (low) : : "edx");
	return low;
}

static void report(const char *name, __u32 spent)
{
	static char line[64];
	char digits[12], *d = digits, *l = line;

	while (*name)
		*l++ = *name++;
	*l++ = ' ';
	for (spent /= TIMES; d == digits || spent; spent /= 10)
		*d++ = '0' + spent % 10;
	while (d > digits)
		*l++ = *--d;
	*l++ = '\n';
	*l = '\0';
	say(line);
}

/* Twice, since a tick of the Host's may fall into one of them. */
#define COST(name, call)					\
	do {							\
		__u32 start_, spent_, least_ = ~0U;		\
								\
		for (int i_ = 0, end_ = TIMES; end_ <= 2 * TIMES; \
		     end_ += TIMES) {				\
			start_ = now();				\
			for (; i_ < end_; i_++)			\
				call;				\
			spent_ = now() - start_;		\
			if (spent_ < least_)			\
				least_ = spent_;		\
		}						\
		report(name, least_);				\
	} while (0)

/* --- what a kernel does ------------------------------------------------------ */

#define WHERE	0x800000	/* a slot for faults */
static page_table faulting, spaces[9];
static __u32 filled;		/* what the handler puts into a missing entry */

void lg_restore_fl(void);
void on_page_fault(void), on_timer(void);

/* Page faults end here: the entry is made, told to the Host, and used. */
asm("	.text\n"
"	.globl on_page_fault\n"
"on_page_fault:\n"
"	pushal\n"
"	call fix_fault\n"
"	popal\n"
"	addl $4, %esp\n"
"	iret\n"
"	.globl on_timer\n"
"on_timer:\n"
"	movl $0, timer_set\n"
"	iret\n");

volatile __u32 timer_set;
void fix_fault(void);
void fix_fault(void)
{
	__u32 at = lguest_data.cr2;

	faulting[at / PAGE_SIZE % 1024] = filled;
	hcall(LHCALL_SET_PTE, (__u32)top, at, filled, 0);
}

static void prepare(void)
{
	join();
	map_low(top, leaf);
	for (int i = 0; i < 1024; i++)
		other[i] = (__u32)i * PAGE_SIZE | PAGE_RIGHTS;
	top[1] = (__u32)other | PAGE_RIGHTS;
	top[WHERE >> 22] = (__u32)faulting | PAGE_RIGHTS;
	use_table(top);
	set_handler(14, on_page_fault);
	set_handler(LGUEST_IRQ_BASE, on_timer);
	for (int i = 0; i < 1024; i++)
		((volatile __u32 *)0x400000)[i * PAGE_SIZE / 4];
	/* The leaf table in question is there. */
	filled = 0x400067;
	*(volatile __u32 *)(WHERE + 1023 * PAGE_SIZE) = 1;
}

/* A page that is not there yet is written to. */
static void fresh_page(int i)
{
	*(volatile __u32 *)(WHERE + i * PAGE_SIZE) = 1;
}

/* A page is made read-only, written to, and made writable by the handler. */
static void protection_fault(int i)
{
	(void)i;
	faulting[1023] = 0x400065;
	hcall(LHCALL_SET_PTE, (__u32)top, WHERE + 1023 * PAGE_SIZE, 0x400065, 0);
	*(volatile __u32 *)(WHERE + 1023 * PAGE_SIZE) = 1;
}

/* Eight other address spaces have their turn, then a page is read again. */
static void eight_spaces(int i)
{
	(void)i;
	for (int k = 8; k >= 0; k--) {
		use_table(spaces[k]);
		*(volatile __u32 *)0x400000;
	}
}

static void prepare_spaces(void)
{
	for (int k = 0; k < 9; k++) {
		for (int i = 0; i < 1024; i++)
			spaces[k][i] = top[i];
	}
	eight_spaces(0);
}

/* Interrupts off and on again, as a kernel does it all day. */
static void irq_pair(int i)
{
	(void)i;
	asm volatile("movl lguest_data, %%eax\n\t"
		     "movl $0, lguest_data\n\t"
		     "call lg_restore_fl" : : : "eax", "memory");
}

/* The timer rings while interrupts are off: it is held back, then let in. */
static void hold_one_back(void)
{
	lguest_data.blocked_interrupts = 0;
	lguest_data.irq_enabled = 0;
	timer_set = 1;
	hcall(LHCALL_SET_CLOCKEVENT, 1000, 0, 0, 0);
	while (!lguest_data.irq_pending)
		asm volatile("" : : : "memory");
	lguest_data.irq_enabled = LGUEST_IF;
	while (timer_set)
		hcall(LHCALL_SEND_INTERRUPTS, 0, 0, 0, 0);
	lguest_data.irq_enabled = LGUEST_IF;
}

/*
 * The longest that one call can take, as far as we know: a ring full of
 * transfers of 64 KiB each.
 */
static struct { __u32 used, addr[16]; __u16 len[16]; } from, to;
#define KEY	0x2000

static void bind_key(void)
{
	for (int i = 0; i < 16; i++) {
		from.addr[i] = to.addr[i] = 0x400000 + i * PAGE_SIZE;
		from.len[i] = to.len[i] = PAGE_SIZE;
	}
	hcall(LHCALL_BIND_DMA, KEY, (__u32)&to, 0x101, 0);
}

static void full_ring(int unused)
{
	(void)unused;
	to.used = 0;
	for (int i = 0; i < LHCALL_RING_SIZE; i++) {
		lguest_data.hcalls[i].eax = LHCALL_SEND_DMA;
		lguest_data.hcalls[i].ebx = KEY;
		lguest_data.hcalls[i].ecx = (__u32)&from;
		lguest_data.hcall_status[i] = 0;
	}
	hcall(LHCALL_FLUSH_ASYNC, 0, 0, 0, 0);
}

static const struct {
	const char *name;
	void (*first)(void);
	void (*op)(int i);
} ops[] = {
	{ "fresh-page", 0, fresh_page },
	{ "protection-fault", 0, protection_fault },
	{ "eight-spaces", prepare_spaces, eight_spaces },
	{ "irq-pair", hold_one_back, irq_pair },
	{ "full-ring", bind_key, full_ring },
};

/* What follows "op=" on the command line, if anything. */
static const char *wanted(void)
{
	const char *at;

	asm volatile("movl 0x228, %0" : "=r" (at));
	for (; *at; at++)
		if (at[0] == 'o' && at[1] == 'p' && at[2] == '=')
			return at + 3;
	return 0;
}

static int is_name(const char *text, const char *name)
{
	while (*name && *text == *name)
		text++, name++;
	return !*name && (!*text || *text == ' ');
}

int main(void)
{
	static const __u32 tls[3][2];
	const char *only = wanted();

	prepare();
	for (unsigned int n = 0; n < sizeof(ops) / sizeof(*ops); n++) {
		if (only && !is_name(only, ops[n].name))
			continue;
		if (ops[n].first)
			ops[n].first();
		COST(ops[n].name, ops[n].op(i_));
	}
	if (only)
		return 0;
	use_table(top);
	COST("hypercall", hcall(LHCALL_FLUSH_ASYNC, 0, 0, 0, 0));
	COST("flush-one", hcall(LHCALL_SET_PTE, (__u32)top, 0x400000, 0, 0));
	COST("tls", hcall(LHCALL_LOAD_TLS, (__u32)tls, 0, 0, 0));
	COST("timer-off", hcall(LHCALL_SET_CLOCKEVENT, 0, 0, 0, 0));
	COST("same-table", use_table(top));
	COST("flush-all", hcall(LHCALL_FLUSH_TLB, 1, 0, 0, 0));
	return 0;
}
