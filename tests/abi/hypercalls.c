// SPDX-License-Identifier: GPL-2.0
/*
 * What each hypercall does, and each field of lguest_data, as far as one can
 * see from outside. (The pup sees it from inside.)
 */
#include "small.h"

static struct guest g;

static struct lguest_data *data;

static void begin(void)
{
	new_guest(&g);
	data = data_of(&g);
}

/* Also with tables of its own, a stack for traps, and segments for ring 3. */
static void begin_kernel(void)
{
	begin();
	map_pages(&g);
	step(&g, LHCALL_LOAD_GDT_ENTRY, GDT_ENTRY_DEFAULT_USER_CS, 0xffff,
	     0xcffb00);
	step(&g, LHCALL_LOAD_GDT_ENTRY, GDT_ENTRY_DEFAULT_USER_DS, 0xffff,
	     0xcff300);
	step(&g, LHCALL_SET_STACK, GUEST_KERNEL_DS, TRAP_STACK, 1);
	must_run(&g);
}

static u32 *entry(u32 vaddr)
{
	return (u32 *)(g.memory + LEAF) + vaddr / PAGE;
}

static u32 word_at(u32 addr)
{
	return *(u32 *)(g.memory + addr);
}

/* One step, done. */
static u32 call(u32 nr, u32 a, u32 b, u32 c)
{
	struct step *it = step(&g, nr, a, b, c);

	must_run(&g);
	/* Begin the list anew before it is full. */
	if ((u8 *)g.next > g.memory + LIST_END - 1000) {
		*(u32 *)(g.memory + NEXT) = LIST;
		g.next = (struct step *)(g.memory + LIST);
	}
	return it->result;
}

static void put_code(u32 at, const char *code, u32 length)
{
	memcpy(g.memory + at, code, length);
}
#define CODE_AT(at, bytes)	put_code(at, bytes, sizeof(bytes) - 1)

static void irq(u32 n)
{
	ask(g.fd, LHREQ_IRQ, n, 0);
}

/* --- INIT and what it settles ------------------------------------------------ */

static void test_init(void)
{
	begin();
	data->reserve_mem = data->tsc_khz = data->seconds = 77;
	must_run(&g);
	ok(data->reserve_mem >= 1 << 22 && data->reserve_mem <= 1 << 26 &&
	   data->reserve_mem % (1 << 22) == 0,
	   "LGUEST_INIT: reserve_mem is whole slots at the top");
	ok(data->tsc_khz != 77, "LGUEST_INIT: tsc_khz is a speed or 0");
	ok((u32)(time(NULL) + 1 - data->seconds) < 3 &&
	   data->nanoseconds < 1000000000,
	   "LGUEST_INIT: seconds and nanoseconds are the wall clock");
	end_guest(&g);
}

/* The four fields that the Guest gives are read once. */
static void test_read_once(void)
{
	begin();
	must_run(&g);
	data->kernel_address = 0xffffffff;
	data->syscall_vec = 3;
	data->noirq_start = 0;
	data->noirq_end = 0xffffffff;
	data->blocked_interrupts = 0;
	data->irq_enabled = LGUEST_IF;
	irq(1);
	call(LHCALL_SEND_INTERRUPTS, 0, 0, 0);
	is(trapped(&g)->vector, 33,
	   "LGUEST_INIT: noirq_start and noirq_end count only then");
	map_pages(&g);
	must_run(&g);
	ok(1, "LGUEST_INIT: so do kernel_address and syscall_vec");
	end_guest(&g);
}

static void test_vmcall(void)
{
	static const char vmcall[] = "\x0f\x01\xc1\xc3";
	static const char vmmcall[] = "\x0f\x01\xd9\xc3";
	u32 now;

	begin();
	CODE_AT(FREE, vmcall);
	CODE_AT(FREE + 16, vmmcall);
	now = time(NULL);
	ok(call(CALL, FREE, LHCALL_GET_WALLCLOCK, 0) - now < 3,
	   "vmcall: is a hypercall");
	is(word_at(FREE), 0xc3901fcd, "vmcall: becomes int $0x1f; nop");
	ok(call(CALL, FREE, LHCALL_GET_WALLCLOCK, 0) - now < 3,
	   "vmcall: and works as that");
	ok(call(CALL, FREE + 16, LHCALL_GET_WALLCLOCK, 0) - now < 3,
	   "vmmcall: is a hypercall");
	is(word_at(FREE + 16), 0xc3901fcd, "vmmcall: becomes int $0x1f; nop");
	end_guest(&g);
}

static void test_numbers(void)
{
	char why[100];
	u32 bad = 0;

	for (u32 n = 0; n < 24; n++) {
		if (n != 3 && n != LHCALL_SET_PMD && n < 21)
			continue;
		begin();
		step(&g, n, 0, 0, 0);
		memset(why, 0, sizeof(why));
		bad += run(&g) != -1 || read(g.fd, why, 99) < 1;
		bad += strncmp(why, "bad hypercall ", 14) || atoi(why + 14) != (int)n;
		end_guest(&g);
	}
	is(bad, 0, "SET_PMD and numbers that are none: death");
	begin();
	ok(call(LHCALL_FLUSH_ASYNC, 0, 0, 0) == LHCALL_FLUSH_ASYNC,
	   "FLUSH_ASYNC: leaves %%eax as it was");
	end_guest(&g);
}

/* --- the ring ------------------------------------------------------------------ */

static void put_in_ring(u32 slot, u32 eax, u32 ebx, u32 ecx, u32 edx)
{
	data->hcalls[slot] = (struct hcall_args) { eax, ebx, ecx, edx, 0 };
	data->hcall_status[slot] = 0;
}

static void test_ring(void)
{
	u32 words[2] = { }, bad = 0;

	begin();
	must_run(&g);
	put_in_ring(0, LHCALL_NOTIFY, 0x100, 0, 0);
	put_in_ring(1, LHCALL_NOTIFY, 0x101, 0, 0);
	put_in_ring(3, LHCALL_NOTIFY, 0x103, 0, 0);
	step(&g, LHCALL_NOTIFY, 0x102, 0, 0);
	for (u32 n = 0; n < 3; n++)
		bad += read(g.fd, words, 8) != 4 || words[0] != 0x100 + n;
	is(bad, 0, "ring: in order, before the call, stopping for the Launcher");
	is(data->hcall_status[0] & data->hcall_status[1], 0xff,
	   "ring: a slot that was done is 0xFF again");
	is(data->hcall_status[3], 0, "ring: and ends at a free slot");
	put_in_ring(2, LHCALL_TS, 8, 0, 0);
	is(read(g.fd, words, 8) < 0 ? errno : words[0], 0x103,
	   "ring: goes on from its own cursor");
	end_guest(&g);
}

/* --- interrupts ------------------------------------------------------------------ */

static void test_interrupts(void)
{
	begin();
	is(data->blocked_interrupts, 0, "a fresh Guest decides what it blocks");
	must_run(&g);
	data->blocked_interrupts = ~6u;

	data->irq_enabled = 0;
	is(data->irq_pending, 0, "irq_pending: 0 while nothing waits");
	irq(2);
	irq(1);
	call(LHCALL_FLUSH_ASYNC, 0, 0, 0);
	is(trapped(&g)->count, 0, "irq_enabled: 0 holds interrupts back");
	is(data->irq_pending, LGUEST_IF, "irq_pending: 512 when one is held back");
	data->irq_enabled = LGUEST_IF;
	call(LHCALL_SEND_INTERRUPTS, 0, 0, 0);
	is(trapped(&g)->vector, 33, "SEND_INTERRUPTS: the lowest comes first");
	is(data->irq_enabled, 0, "an interrupt gate clears irq_enabled");
	is(trapped(&g)->frame[2] & 0x200, 0x200,
	   "the IF bit of a pushed frame is the virtual one: on");
	is(data->irq_pending, LGUEST_IF, "irq_pending: 512 while more waits");
	data->irq_enabled = LGUEST_IF;
	call(LHCALL_SEND_INTERRUPTS, 0, 0, 0);
	is(trapped(&g)->vector, 34, "SEND_INTERRUPTS: then the next");
	is(data->irq_pending, 0, "irq_pending: 0 again when nothing is left");

	irq(5);
	call(LHCALL_SEND_INTERRUPTS, 0, 0, 0);
	is(trapped(&g)->count, 2, "blocked_interrupts: a blocked one waits");
	is(data->irq_pending, 0, "irq_pending: not set for a blocked one");
	data->blocked_interrupts = 0;
	data->irq_enabled = LGUEST_IF;
	call(LHCALL_SEND_INTERRUPTS, 0, 0, 0);
	is(trapped(&g)->vector, 37, "blocked_interrupts: and comes when it may");

	/* One that the Guest has no handler for. */
	call(LHCALL_LOAD_IDT_ENTRY, 40, 0, 0);
	data->irq_enabled = LGUEST_IF;
	irq(8);
	call(LHCALL_SEND_INTERRUPTS, 0, 0, 0);
	is(trapped(&g)->count, 3, "an interrupt without a handler is dropped");
	is(data->irq_pending, 0, "... and not announced");
	end_guest(&g);
}

static void test_noirq_range(void)
{
	begin();
	data->noirq_start = CODE;
	data->noirq_end = CODE + 0x1000;
	must_run(&g);
	data->irq_enabled = LGUEST_IF;
	irq(1);
	call(LHCALL_SEND_INTERRUPTS, 0, 0, 0);
	is(trapped(&g)->count, 0,
	   "noirq range: no interrupt while eip is inside");
	is(data->irq_pending, LGUEST_IF, "noirq range: but it is announced");
	end_guest(&g);
}

static void test_halt(void)
{
	struct trapped *seen;

	begin();
	seen = trapped(&g);
	must_run(&g);
	data->irq_enabled = 0;
	call(LHCALL_SET_CLOCKEVENT, 20000000, 0, 0);
	call(LHCALL_HALT, 0, 0, 0);
	is(seen->vector, 32, "HALT: with interrupts off, the Host turns them on");
	is(seen->frame[2] & 0x200, 0x200, "HALT: and the frame says so");
	irq(3);
	call(LHCALL_HALT, 0, 0, 0);
	is(seen->vector, 35, "HALT: does not sleep when one waits");
	end_guest(&g);
}

static void sleep_for(u32 delta, u32 at_least_ms, const char *name)
{
	struct timespec a, b;
	long ms;
	u32 before = trapped(&g)->count;

	data->irq_enabled = LGUEST_IF;
	clock_gettime(CLOCK_MONOTONIC, &a);
	step(&g, LHCALL_SET_CLOCKEVENT, delta, 0, 0);
	call(LHCALL_HALT, 0, 0, 0);
	clock_gettime(CLOCK_MONOTONIC, &b);
	ms = (b.tv_sec - a.tv_sec) * 1000 + (b.tv_nsec - a.tv_nsec) / 1000000;
	/* A very short one may ring before the Guest halts; then once more. */
	ok(trapped(&g)->vector == 32 && trapped(&g)->count == before + 1 &&
	   ms >= (long)at_least_ms, "%s", name);
	printf("# %ld ms\n", ms);
}

static void test_timer(void)
{
	begin();
	must_run(&g);
	/*
	 * Interrupts are off until the HALT, which turns them on; so not even
	 * a delta of 1 can ring too early.
	 */
	sleep_for(100000000, 100, "SET_CLOCKEVENT: 100 ms");
	sleep_for(4294967295u, 4294, "SET_CLOCKEVENT: the longest, 4.3 s");
	for (u32 delta = 1; delta <= 100000; delta *= 10) {
		char name[50];

		snprintf(name, sizeof(name), "SET_CLOCKEVENT: %u ns", delta);
		data->irq_enabled = 0;
		data->blocked_interrupts = 0;
		trapped(&g)->vector = 0;
		call(LHCALL_SET_CLOCKEVENT, delta, 0, 0);
		call(LHCALL_HALT, 0, 0, 0);
		is(trapped(&g)->vector, 32, name);
	}
	data->irq_enabled = LGUEST_IF;
	trapped(&g)->vector = 0;
	call(LHCALL_SET_CLOCKEVENT, 50000000, 0, 0);
	call(LHCALL_SET_CLOCKEVENT, 0, 0, 0);
	usleep(150000);
	call(LHCALL_SEND_INTERRUPTS, 0, 0, 0);
	is(trapped(&g)->vector, 0, "SET_CLOCKEVENT: 0 cancels");
	end_guest(&g);
}

static void test_clock(void)
{
	u32 now;

	begin();
	must_run(&g);
	sleep(2);
	now = time(NULL);
	ok(call(LHCALL_GET_WALLCLOCK, 0, 0, 0) - now < 3,
	   "GET_WALLCLOCK: the seconds since 1970");
	data->seconds = 0;
	data->irq_enabled = LGUEST_IF;
	irq(1);
	call(LHCALL_SEND_INTERRUPTS, 0, 0, 0);
	ok((u32)data->seconds - now < 3,
	   "seconds, nanoseconds: refreshed at each delivery");
	end_guest(&g);
}

/* --- gates, segments and the stack ------------------------------------------------- */

static void test_gates(void)
{
	begin_kernel();
	CODE_AT(RING1, "\xcc\xc3");	/* int3; ret */
	call(CALL, RING1, 0, 0);
	is(trapped(&g)->vector, 3, "LOAD_IDT_ENTRY: a gate for int3");
	is(trapped(&g)->frame[1], GUEST_KERNEL_CS,
	   "a gate's selector is the Guest's kernel code segment");
	for (u32 n = 0; n < 256; n++)
		if (n == 2 || n == 8 || n == 15 || n == 31)
			step(&g, LHCALL_LOAD_IDT_ENTRY, n, 0x12345678, 0xee00);
	must_run(&g);
	ok(1, "LOAD_IDT_ENTRY: 2, 8, 15 and 31 are silently ignored");
	end_guest(&g);
}

static void test_segments(void)
{
	static const char load_gs[] = "\x8e\xe8\x65\xa1\0\0\0\0\xc3";
	u32 bad = 0, *tls;

	/* mov %eax, %gs; mov %gs:0, %eax; ret */
	begin_kernel();
	CODE_AT(RING1, load_gs);
	CODE_AT(RING1 + 16, "\x8e\xe8\xc3");
	tls = (u32 *)(g.memory + FREE + PAGE);
	for (u32 n = 0; n < 3; n++) {
		u32 base = FREE + (2 + n) * PAGE;

		*(u32 *)(g.memory + base) = 0x7000 + n;
		tls[2 * n] = base << 16 | 0xfff;
		tls[2 * n + 1] = 0x40f300 | base >> 16;
	}
	call(LHCALL_LOAD_TLS, FREE + PAGE, 0, 0);
	for (u32 n = 0; n < 3; n++)
		bad += call(CALL, RING1, (6 + n) * 8 + 3, 0) != 0x7000 + n;
	is(bad, 0, "LOAD_TLS: three segments with a base of their own");
	call(LHCALL_LOAD_GDT_ENTRY, 7, tls[0], tls[1]);
	is(call(CALL, RING1, 7 * 8 + 3, 0), 0x7000,
	   "LOAD_GDT_ENTRY: one of them by itself");
	is(call(CALL, RING1, 8 * 8 + 3, 0), 0x7002,
	   "LOAD_GDT_ENTRY: and not its neighbour");
	memset(tls, 0, 24);
	call(CALL, RING1 + 16, 0, 0);
	call(LHCALL_LOAD_TLS, FREE + PAGE, 0, 0);
	call(CALL, RING1, 6 * 8 + 3, 0);
	is(trapped(&g)->vector, 13, "LOAD_TLS: three that are taken away");
	for (u32 n = 0; n < 32; n++)
		if (n == 10 || n == 11 || n == 16 || n == 31)
			step(&g, LHCALL_LOAD_GDT_ENTRY, n, 0xffff, 0xcff300);
	trapped(&g)->count = 0;
	for (u32 n = 0; n < 32; n++)
		if (n == 10 || n == 11 || n == 16 || n == 31)
			call(CALL, RING1, n * 8 + 3, 0);
	is(trapped(&g)->count, 4,
	   "LOAD_GDT_ENTRY: 10, 11, 16 and 31 are ignored");
	end_guest(&g);
}

static void test_stack(void)
{
	begin_kernel();
	CODE_AT(USER, "\xcc");
	step(&g, LHCALL_SET_STACK, GUEST_KERNEL_DS, TRAP_STACK + 8, 2);
	call(GO_USER, USER, USER + 0xf00, 0);
	is(trapped(&g)->vector, 3, "SET_STACK: a trap from ring 3");
	is(trapped(&g)->frame[1], GUEST_USER_CS, "SET_STACK: with its frame");
	is(word_at(TRAP_STACK + 4), GUEST_USER_DS,
	   "SET_STACK: is pushed where the stack ends");
	is(word_at(TRAP_STACK - 8), GUEST_USER_CS,
	   "SET_STACK: and across into its second page");
	end_guest(&g);
}

static void test_ts(void)
{
	begin_kernel();
	CODE_AT(RING1, "\xd9\xee\xc3");	/* fldz; ret */
	call(LHCALL_TS, 8, 0, 0);
	call(CALL, RING1, 0, 0);
	is(trapped(&g)->vector, 7, "TS: 8 makes floating point a trap");
	trapped(&g)->vector = 0;
	call(LHCALL_TS, 0, 0, 0);
	call(CALL, RING1, 0, 0);
	is(trapped(&g)->vector, 0, "TS: 0 does not");
	end_guest(&g);
}

/* --- page tables --------------------------------------------------------------------- */

#define MISS	0xffff

/* The error code of the fault that an access brings, or MISS. */
static u32 fault(u32 how, u32 addr, u32 user)
{
	/* mov addr, %eax or mov %eax, addr; int3 */
	char code[] = "\xa1\0\0\0\0\xcc";

	code[0] = how == STORE ? 0xa3 : 0xa1;
	memcpy(code + 1, &addr, 4);
	put_code(USER, code, 6);
	trapped(&g)->vector = 0;
	if (user)
		call(GO_USER, USER, USER + 0xf00, 0);
	else
		call(how, addr, 0x5555, 0);
	return trapped(&g)->vector == 14 ? trapped(&g)->frame[0] : MISS;
}

static void set_entry(u32 vaddr, u32 value)
{
	*entry(vaddr) = value;
	call(LHCALL_SET_PTE, TOP, vaddr, value);
}

static u32 all_faults(u32 at)
{
	u32 seen = 0;

	seen |= (fault(LOAD, at, 0) & 15) << 12;
	seen |= (fault(STORE, at, 0) & 15) << 8;
	seen |= (fault(LOAD, at, 1) & 15) << 4;
	seen |= fault(STORE, at, 1) & 15;
	return seen;
}

/*
 * Error codes, a digit each, of reading and writing in ring 1 and in ring 3;
 * f where none is expected.
 */
static void test_rights(void)
{
	const u32 at = FREE + 8 * PAGE;

	begin_kernel();
	set_entry(at, at | 7);
	is(all_faults(at), 0xffff, "rights: all for all");
	set_entry(at, at | 3);
	is(all_faults(at), 0xff57, "rights: a page of the kernel's");
	set_entry(at, at | 5);
	is(all_faults(at), 0xf3f7, "rights: a page to read");
	set_entry(at, at | 1);
	is(all_faults(at), 0xf357, "rights: the kernel's, to read");
	set_entry(at, 0);
	is(all_faults(at), 0x0246, "rights: no page");
	is(data->cr2, at, "cr2: the address of the last fault");

	/* What a shadow that was filled before has must not be told. */
	set_entry(at, at | 0x67);
	fault(STORE, at, 0);
	*entry(at) = 0;
	is(fault(LOAD, at, 0), MISS, "a silent change: the old entry still holds");
	call(LHCALL_FLUSH_TLB, 0, 0, 0);
	is(fault(LOAD, at, 0), 0, "FLUSH_TLB: 0 drops the user part");
	set_entry(at, at | 7);
	end_guest(&g);
}

/* The same with the rights of the level above. */
static void test_rights_above(void)
{
	const u32 at = 0x400000 + 5 * PAGE;
	u32 *leaf, *top;

	begin_kernel();
	top = (u32 *)(g.memory + TOP);
	leaf = (u32 *)(g.memory + FREE + PAGE);
	leaf[5] = (FREE + 2 * PAGE) | 7;
	top[1] = (FREE + PAGE) | 7;
	call(LHCALL_SET_PGD, TOP, 1, 0);
	is(all_faults(at), 0xffff, "rights of both levels: all for all");
	is(top[1] & 0x20, 0x20, "the top level's accessed bit is set");
	is(leaf[5] & 0x60, 0x60, "accessed and dirty of a page that is written");
	top[1] = (FREE + PAGE) | 5;
	call(LHCALL_SET_PGD, TOP, 1, 0);
	is(all_faults(at), 0xf3f7, "rights of both levels: to read");
	top[1] = (FREE + PAGE) | 3;
	call(LHCALL_SET_PGD, TOP, 1, 0);
	is(all_faults(at), 0xff57, "rights of both levels: the kernel's");
	top[1] = 0;
	call(LHCALL_SET_PGD, TOP, 1, 0);
	is(all_faults(at), 0x0246, "SET_PGD: an entry that is gone");
	leaf[5] = (FREE + 2 * PAGE) | 5;
	top[1] = (FREE + PAGE) | 7;
	call(LHCALL_SET_PGD, TOP, 1, 0);
	fault(LOAD, at, 0);
	is(leaf[5] & 0x60, 0x20, "accessed alone of a page that is read");
	end_guest(&g);
}

/* Above kernel_address all directories are alike. */
static void test_kernel_part(void)
{
	const u32 at = 0xc0000000 + 3 * PAGE;
	u32 *leaf, *top, *other;

	begin_kernel();
	top = (u32 *)(g.memory + TOP);
	other = (u32 *)(g.memory + FREE);
	leaf = (u32 *)(g.memory + FREE + PAGE);
	leaf[3] = (FREE + 2 * PAGE) | 3;
	*(u32 *)(g.memory + FREE + 2 * PAGE) = 222;
	*(u32 *)(g.memory + FREE + 3 * PAGE) = 333;
	top[0x300] = (FREE + PAGE) | 3;
	memcpy(other, top, PAGE);
	is(call(LOAD, at, 0, 0), 222, "NEW_PGTABLE: a kernel page in one space");
	call(LHCALL_NEW_PGTABLE, FREE, 0, 0);
	is(call(LOAD, at, 0, 0), 222, "... and in another");
	leaf[3] = (FREE + 3 * PAGE) | 3;
	call(LHCALL_SET_PTE, FREE, at, leaf[3]);
	call(LHCALL_NEW_PGTABLE, TOP, 0, 0);
	is(call(LOAD, at, 0, 0), 333, "SET_PTE: changed in one, changed in all");
	leaf[3] = (FREE + 2 * PAGE) | 3;
	call(LHCALL_FLUSH_TLB, 1, 0, 0);
	is(call(LOAD, at, 0, 0), 222, "FLUSH_TLB: 1 drops the kernel's part, too");
	call(LHCALL_NEW_PGTABLE, FREE, 0, 0);
	is(call(LOAD, at, 0, 0), 222, "... in every space");
	end_guest(&g);
}

/* A child of the Launcher's must not take the Guest's pages along. */
static void test_fork(void)
{
	int status;

	begin_kernel();
	call(STORE, FREE, 1, 0);
	if (fork() == 0) {
		usleep(200000);
		_exit(*(volatile u32 *)(g.memory + FREE) == 2);
	}
	g.memory[FREE + PAGE] = 1;
	*(volatile u32 *)(g.memory + FREE) = 2;
	is(call(LOAD, FREE, 0, 0), 2, "fork: the Guest sees what its Launcher writes");
	call(STORE, FREE, 3, 0);
	is(*(volatile u32 *)(g.memory + FREE), 3, "fork: and the other way round");
	wait(&status);
	is(WEXITSTATUS(status), 0, "fork: the child has a page of its own");
	end_guest(&g);
}

/* --- transfers of 2.6.23 --------------------------------------------------------------- */

#define KEY	0xa0000
#define THERE	0xb0000		/* descriptors, */
#define PIECES	0xc0000		/* and what they name */

static struct lguest_dma *dma(struct guest *of, u32 addr)
{
	return (void *)(of->memory + addr);
}

static void test_dma_launcher(void)
{
	struct lguest_dma *d;
	u32 words[2] = { }, bad = 0;

	begin();
	d = dma(&g, THERE);
	is(call(LHCALL_BIND_DMA, KEY, THERE, 2 << 8 | 9), 1, "BIND_DMA: answers 1");
	is(call(LHCALL_BIND_DMA, KEY, 0xfffffff0, 2 << 8 | 9), 0,
	   "BIND_DMA: answers 0 to an array that is nowhere");
	is(ask(g.fd, LHREQ_GETDMA, KEY + 4, 0), -ENOENT,
	   "GETDMA: ENOENT for a key that nobody bound");
	is(ask(g.fd, LHREQ_GETDMA, 0xfffffffc, 0), -ENOENT,
	   "GETDMA: ENOENT for a key that is nowhere");
	is(ask(g.fd, LHREQ_GETDMA, KEY, 0), THERE, "GETDMA: gives a descriptor");
	is(d[0].used_len, 9, "GETDMA: which is marked with its interrupt");
	is(ask(g.fd, LHREQ_GETDMA, KEY, 0), THERE + 100, "GETDMA: then the next");
	is(ask(g.fd, LHREQ_GETDMA, KEY, 0), -ENOENT,
	   "GETDMA: ENOENT when all are taken");
	d[1].used_len = 0;
	is(ask(g.fd, LHREQ_GETDMA, KEY, 0), THERE + 100, "GETDMA: one is free again");
	is(call(LHCALL_BIND_DMA, KEY, 0, 0), 1, "BIND_DMA: irq 0 unbinds");
	is(call(LHCALL_BIND_DMA, KEY, 0, 0), 0, "BIND_DMA: but not twice");
	is(ask(g.fd, LHREQ_GETDMA, KEY, 0), -ENOENT, "GETDMA: ENOENT once unbound");

	step(&g, LHCALL_SEND_DMA, KEY, THERE + 200, 0);
	is(read(g.fd, words, 4) < 0 ? errno : 0, EINVAL,
	   "SEND_DMA: a read with room for one word: EINVAL");
	is(read(g.fd, words, 8), 8,
	   "SEND_DMA: to nobody, the Launcher's read gives two words");
	bad = words[0] != THERE + 200 || words[1] != KEY;
	is(bad, 0, "SEND_DMA: the descriptor's address and the key");
	must_run(&g);
	end_guest(&g);
}

/* Above 2 GiB an address looks like an error to whoever takes it for an int. */
static void test_dma_high(void)
{
	const u32 size = 0x80010000, high = 0x80002000;
	const u32 make[] = { LHREQ_INITIALIZE, 0, size / PAGE, CODE };
	const u32 get[] = { LHREQ_GETDMA, KEY };
	u32 words[4];

	new_memory(&g);
	data = (void *)mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_NORESERVE |
			    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (data == MAP_FAILED ||
	    mremap(g.memory, SIZE, SIZE, MREMAP_MAYMOVE | MREMAP_FIXED, data) !=
	    data)
		give_up("2 GiB");
	g.memory = (u8 *)data;
	g.next = (struct step *)(g.memory + LIST);
	g.fd = open_device();
	memcpy(words, make, sizeof(words));
	words[1] = (u32)g.memory;
	if (write(g.fd, words, sizeof(words)) != 12)
		give_up("LHREQ_INITIALIZE");
	step(&g, LHCALL_LGUEST_INIT, DATA, 0, 0);
	*dma(&g, THERE) = (struct lguest_dma) { .addr = { PIECES }, .len = { 5 } };
	*dma(&g, high) = (struct lguest_dma) { .addr = { FREE }, .len = { 9 } };
	is(call(LHCALL_BIND_DMA, KEY, high, 1 << 8 | 9), 1, "BIND_DMA: above 2 GiB");
	call(LHCALL_SEND_DMA, KEY, THERE, 0);
	is(dma(&g, high)->used_len, 5, "SEND_DMA: to a descriptor above 2 GiB");
	dma(&g, high)->used_len = 0;
	is(write(g.fd, get, sizeof(get)), (long)high,
	   "GETDMA: gives one above 2 GiB");
	is(dma(&g, high)->used_len, 9, "GETDMA: and marks it");
	close(g.fd);
	munmap(g.memory, size);
}

static void share_page(struct guest *one, struct guest *two)
{
	int fd = memfd_create("shared", 0);

	ftruncate(fd, PAGE);
	for (int i = 0; i < 2; i++)
		if (mmap((i ? two : one)->memory + KEY, PAGE,
			 PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, 0)
		    == MAP_FAILED)
			give_up("the shared page");
	close(fd);
}

static void test_dma_guests(void)
{
	struct guest a, b;
	struct lguest_dma *from, *to;

	new_guest(&a);
	new_guest(&b);
	share_page(&a, &b);
	from = dma(&a, THERE);
	to = dma(&b, THERE);
	*from = (struct lguest_dma) {
		.addr = { PIECES, PIECES + 0x2000, PIECES + 0x3000 },
		.len = { 5, 4096, 10 },
	};
	memcpy(a.memory + PIECES, "first", 5);
	memset(a.memory + PIECES + 0x2000, 'm', 4096);
	memcpy(a.memory + PIECES + 0x3000, "last words", 10);
	for (int i = 0; i < 2; i++)
		to[i] = (struct lguest_dma) {
			.addr = { PIECES + 0x1000 + 0x4000 * i, PIECES + 0x4000 * i },
			.len = { 4096, 4096 },
		};
	step(&b, LHCALL_BIND_DMA, KEY, THERE, 2 << 8 | 7);
	must_run(&b);
	data_of(&b)->blocked_interrupts = 0;
	data_of(&b)->irq_enabled = LGUEST_IF;
	step(&a, LHCALL_SEND_DMA, KEY, THERE, 0);
	must_run(&a);
	is(from->used_len, 4111, "SEND_DMA: tells the sender how much was taken");
	is(to->used_len, 4111, "SEND_DMA: and the receiver");
	ok(!memcmp(b.memory + PIECES + 0x1000, "firstmmm", 8) &&
	   !memcmp(b.memory + PIECES + 5, "last words", 10) &&
	   b.memory[PIECES + 15] == 0, "SEND_DMA: sections to other sections");
	must_run(&b);
	is(trapped(&b)->vector, 39, "SEND_DMA: the irq is raised in the receiver");
	step(&a, LHCALL_SEND_DMA, KEY, THERE, 0);
	must_run(&a);
	is(to[1].used_len, 4111, "SEND_DMA: descriptors are used in turn");
	step(&a, LHCALL_SEND_DMA, KEY, THERE, 0);
	must_run(&a);
	is(from->used_len, 0, "SEND_DMA: with all of them full, nothing is taken");

	/* A page that the receiver has named since then, and never touched. */
	to[0].used_len = 0;
	to[0].addr[0] = 0xf0000;
	step(&a, LHCALL_SEND_DMA, KEY, THERE, 0);
	must_run(&a);
	is(from->used_len, 0, "SEND_DMA: not into a page that nobody has touched");
	to[0].used_len = 0;
	step(&b, STORE, 0xf0ff0, 1, 0);
	must_run(&b);
	step(&a, LHCALL_SEND_DMA, KEY, THERE, 0);
	must_run(&a);
	is(from->used_len, 4111, "SEND_DMA: into it once it was");

	/* When the receiver has gone, it is for the Launcher. */
	end_guest(&b);
	step(&a, LHCALL_SEND_DMA, KEY, THERE, 0);
	step(&a, LHCALL_NOTIFY, MARK, 0, 0);
	ok(read(a.fd, &(u32[2]) { }, 8) == 8,
	   "SEND_DMA: a receiver that has ended has bound nothing");
	end_guest(&a);
}

int main(void)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	test_init();
	test_read_once();
	test_vmcall();
	test_numbers();
	test_ring();
	test_interrupts();
	test_noirq_range();
	test_halt();
	test_timer();
	test_clock();
	test_gates();
	test_segments();
	test_stack();
	test_ts();
	test_rights();
	test_rights_above();
	test_kernel_part();
	test_fork();
	test_dma_launcher();
	test_dma_high();
	test_dma_guests();
	return 0;
}
