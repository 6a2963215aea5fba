/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A Guest that knows many ways to do harm and is told by its command line
 * which to try: "attack=NAME". Each says how it ends: "survives" if the Host
 * just does not let it happen, "endless" if somebody must end it, "fails: "
 * and what the Launcher says if that gives up, or else the reason for its
 * death, as an extended regular expression.
 */
#include "../guests/guest.h"

typedef __u32 u32;
typedef __u8 u8;
#define NULL ((void *)0)

#define FOREVER		0xffffffff

struct attack {
	const char *name;
	void (*run)(void);
};

extern const struct attack __start_attacks[], __stop_attacks[];

#ifdef LIST	/* the compiler's first half makes the test's table of it */
#define ATTACK(name, ends, about)					\
	ATTACK_IS #name "|" ends "|" about END static void name(void)
#else
#define ATTACK(name, ends, about)					\
	static void name(void);						\
	static const struct attack entry_##name				\
		__attribute__((section("attacks"), used)) =		\
		{ #name, name };					\
	static void name(void)
#endif

int try(void (*what)(u32), u32 argument);
int try_user(u32 eip, u32 esp, u32 eflags);
extern u8 doors[];

/* The lowest 4 MiB as they are, and once more where ring 3 may use them. */
#define USER_VIEW	0x10000000
static page_table top, leaf, user_leaf, spare;
static u8 user_page[PAGE_SIZE] __attribute__((aligned(PAGE_SIZE)));
static u8 user_stack[PAGE_SIZE] __attribute__((aligned(PAGE_SIZE)));
static u8 trap_stack[2 * PAGE_SIZE] __attribute__((aligned(PAGE_SIZE)));
static u8 scratch[4 * PAGE_SIZE] __attribute__((aligned(PAGE_SIZE)));

static void must(int good, const char *otherwise)
{
	if (!good)
		hcall(LHCALL_SHUTDOWN, (u32)otherwise, 0, 0, 0);
}

static void set_gate(u32 vector, u32 handler, u32 type)
{
	hcall(LHCALL_LOAD_IDT_ENTRY, vector,
	      GUEST_KERNEL_CS << 16 | (handler & 0xffff),
	      (handler & 0xffff0000) | type << 8, 0);
}

#define TRAP_GATE(dpl)	(0x8f | (dpl) << 5)
#define SYSCALL		0x80

static void catch_all(u32 dpl)
{
	for (u32 i = 0; i < 32; i++)
		set_gate(i, (u32)doors + 16 * i, TRAP_GATE(dpl));
}

static void set_descriptor(u32 entry, u32 lo, u32 hi)
{
	hcall(LHCALL_LOAD_GDT_ENTRY, entry, lo, hi, 0);
}

#define FLAT_LO		0x0000ffff
#define FLAT_HI(access)	(0x00cf0000 | (access) << 8)
#define CODE(dpl)	FLAT_HI(0x9b | (dpl) << 5)
#define DATA(dpl)	FLAT_HI(0x93 | (dpl) << 5)
#define FREE_ENTRY	20
#define SELECTOR	(FREE_ENTRY * 8 + 1)

static void map_all(void)
{
	for (int i = 0; i < PAGE_SIZE / 4; i++) {
		leaf[i] = i * PAGE_SIZE | 3;
		user_leaf[i] = i * PAGE_SIZE | PAGE_RIGHTS;
	}
	top[0] = (u32)leaf | 3;
	top[USER_VIEW >> 22] = (u32)user_leaf | PAGE_RIGHTS;
	use_table(top);
}

/* A whole little kernel: page tables, gates, segments, a stack for traps. */
static void prepare(void)
{
	join();
	map_all();
	catch_all(0);
	set_descriptor(GDT_ENTRY_DEFAULT_USER_CS, FLAT_LO, CODE(3));
	set_descriptor(GDT_ENTRY_DEFAULT_USER_DS, FLAT_LO, DATA(3));
	hcall(LHCALL_SET_STACK, GUEST_KERNEL_DS,
	      (u32)trap_stack + sizeof(trap_stack), 2, 0);
}

static u32 ceiling(void)
{
	return -lguest_data.reserve_mem;
}

static void put_code(const char *code, int length)
{
	for (int i = 0; i < length; i++)
		user_page[i] = code[i];
}

static int run_in_ring1(const char *code, int length)
{
	put_code(code, length);
	return try((void (*)(u32))user_page, 0);
}

static int run_in_ring3(const char *code, int length)
{
	put_code(code, length);
	return try_user(USER_VIEW + (u32)user_page,
			USER_VIEW + (u32)user_stack + PAGE_SIZE, 0x202);
}

/* What was written to a table before must be there now. */
static void read_at(u32 at)
{
	asm volatile("" : : : "memory");
	(void)*(volatile u32 *)at;
}

static void write_at(u32 at)
{
	asm volatile("" : : : "memory");
	*(volatile u32 *)at = 0xffffffff;
}

static void run_at(u32 at)
{
	((void (*)(void))at)();
}

static int ring(void)
{
	int cs;

	asm volatile("movl %%cs, %0" : "=r" (cs));
	return cs & 3;
}

static void read_cr0(u32 unused)
{
	(void)unused;
	asm volatile("movl %%cr0, %%eax" : : : "eax");
}

/* --- segments ------------------------------------------------------------ */

/* Far-jump to the next instruction with another code segment. */
#define FAR_JUMP(selector)						\
	asm volatile("ljmp %0, $1f\n1:" : : "i" (selector))

static void jump_to_switcher(u32 unused)
{
	(void)unused;
	FAR_JUMP(LGUEST_CS);
}

static void jump_to_task(u32 unused)
{
	(void)unused;
	FAR_JUMP(GDT_ENTRY_TSS * 8);
}

static void jump_to_entry(u32 unused)
{
	(void)unused;
	FAR_JUMP(SELECTOR);
}

static void call_entry(u32 unused)
{
	(void)unused;
	asm volatile("lcall %0, $0" : : "i" (SELECTOR));
}

static void load_ds(u32 selector)
{
	asm volatile("movl %0, %%ds" : : "r" (selector));
}

static void load_ss(u32 selector)
{
	asm volatile("movl %0, %%ss" : : "r" (selector));
}

static void load_ldt(u32 selector)
{
	asm volatile("lldt %w0" : : "r" (selector));
}

static void load_task(u32 selector)
{
	asm volatile("ltr %w0" : : "r" (selector));
}

ATTACK(own_switchers_entries, "survives",
       "Sets ring 0 segments over those of the Switcher")
{
	prepare();
	set_descriptor(GDT_ENTRY_LGUEST_CS, FLAT_LO, CODE(1));
	set_descriptor(GDT_ENTRY_LGUEST_DS, FLAT_LO, DATA(1));
	set_descriptor(GDT_ENTRY_TSS, FLAT_LO, DATA(1));
	set_descriptor(GDT_ENTRY_DOUBLEFAULT_TSS, FLAT_LO, DATA(1));
	must(try(jump_to_switcher, 0) == 13, "entry 10 was taken");
	must(try(load_ds, LGUEST_DS + 1) == 13, "entry 11 was taken");
	must(try(load_ds, GDT_ENTRY_TSS * 8 + 1) == 13, "entry 16 was taken");
	must(try(load_ds, GDT_ENTRY_DOUBLEFAULT_TSS * 8 + 1) == 13,
	     "entry 31 was taken");
}

ATTACK(ring0_code, "survives", "Sets a code segment of ring 0 and goes there")
{
	prepare();
	for (u32 dpl = 0; dpl < 3; dpl++) {
		set_descriptor(FREE_ENTRY, FLAT_LO, CODE(dpl));
		FAR_JUMP(SELECTOR);
		must(ring() == 1, "in another ring");
		must(try(read_cr0, 0) == 13, "ring 0, it seems");
	}
}

/* The gates lead to entry 12, whatever the Guest says; it is the Guest's. */
extern u8 thief[];
asm("thief: movl $0, %eax; movl %eax, %cr3");

static void call_thief(u32 unused)
{
	(void)unused;
	asm volatile("int3");
}

ATTACK(ring0_by_a_gate, "survives",
       "Makes a segment of ring 0 of the one that its gates lead to")
{
	prepare();
	set_gate(3, (u32)thief, TRAP_GATE(1));
	set_descriptor(FREE_ENTRY, FLAT_LO, CODE(1));
	FAR_JUMP(SELECTOR);
	set_descriptor(GDT_ENTRY_KERNEL_CS, FLAT_LO, CODE(0));
	must(try(call_thief, 0) == 13, "ring 0, it seems");
}

ATTACK(ring0_data, "survives", "Sets data segments of rings 0 and 2")
{
	prepare();
	for (u32 dpl = 0; dpl < 4; dpl++) {
		set_descriptor(FREE_ENTRY, FLAT_LO, DATA(dpl));
		must(try(load_ds, SELECTOR) == -1, "cannot be loaded");
		load_ds(GUEST_KERNEL_DS);
		must(try(write_at, ceiling()) == 14, "writes to the Switcher");
	}
}

ATTACK(conforming_code, "survives", "Goes to conforming code of ring 0")
{
	prepare();
	for (u32 dpl = 0; dpl < 2; dpl++) {
		set_descriptor(FREE_ENTRY, FLAT_LO,
			       FLAT_HI(0x9f | dpl << 5));
		FAR_JUMP(SELECTOR);
		must(ring() == 1, "in another ring");
		must(try(read_cr0, 0) == 13, "ring 0, it seems");
	}
}

ATTACK(system_descriptors, "survives",
       "Sets every kind of call gate, task and table, and uses each")
{
	prepare();
	for (u32 type = 0; type < 16; type++) {
		set_descriptor(FREE_ENTRY, LGUEST_CS << 16,
			       0x8000 | 3 << 13 | type << 8);
		must(try(call_entry, 0) == 13, "called through it");
		must(try(jump_to_entry, 0) == 13, "jumped through it");
		must(try(load_ds, SELECTOR) == 13, "loaded as data");
		must(try(load_ldt, SELECTOR) == 13, "loaded as a table");
		must(try(load_task, SELECTOR) == 13, "loaded as a task");
	}
	must(try(jump_to_task, 0) == 13, "switched tasks");
}

ATTACK(expand_down, "survives", "Uses stacks that grow the other way")
{
	prepare();
	for (u32 limit = 0; limit < 16; limit++) {
		set_descriptor(FREE_ENTRY, limit << 12,
			       0x00c09700 | limit << 16);
		if (try(load_ss, SELECTOR) == -1)
			load_ss(GUEST_KERNEL_DS);
	}
}

static void call_16_bit_code(u32 unused)
{
	(void)unused;
	asm volatile("lcall %0, $%c1" : : "i" (SELECTOR), "i" (0x1000));
}

ATTACK(code_of_64_bits, "survives", "Sets the bit that means 64-bit code")
{
	u8 *lret = (u8 *)0x1000;

	prepare();
	lret[0] = 0x66;	/* with this, lret takes 32-bit words in 16-bit code */
	lret[1] = 0xcb;
	set_descriptor(FREE_ENTRY, FLAT_LO, 0x00af9b00);
	must(try(call_16_bit_code, 0) == -1, "not 16-bit code");
	set_descriptor(FREE_ENTRY, FLAT_LO, 0x00ef9b00);
	FAR_JUMP(SELECTOR);
}

/* Take a descriptor away under the register that has it. */
#define UNDER(reg, name, lo, hi)					\
ATTACK(name##_under_##reg, "bad segment or frame: trap 13 in the Switcher",		\
       "Leaves %" #reg " with a selector that leads to " #name)		\
{									\
	prepare();							\
	set_descriptor(FREE_ENTRY, FLAT_LO, DATA(1));			\
	asm volatile("movl %0, %%" #reg : : "r" (SELECTOR));		\
	set_descriptor(FREE_ENTRY, lo, hi);				\
}
UNDER(ds, nothing, 0, 0)
UNDER(es, nothing, 0, 0)
UNDER(fs, nothing, 0, 0)
UNDER(gs, nothing, 0, 0)
UNDER(ss, nothing, 0, 0)
UNDER(ds, unreadable, FLAT_LO, FLAT_HI(0xb9))
UNDER(ss, code, FLAT_LO, CODE(1))
UNDER(ss, readonly, FLAT_LO, FLAT_HI(0xb1))
UNDER(ss, ring3, FLAT_LO, DATA(3))
UNDER(gs, callgate, LGUEST_CS << 16, 0xec00)

#define UNDER_CS(name, lo, hi)						\
ATTACK(name##_under_cs, "bad segment or frame: trap 13 in the Switcher",		\
       "Leaves %cs with a selector that leads to " #name)		\
{									\
	prepare();							\
	set_descriptor(FREE_ENTRY, FLAT_LO, CODE(1));			\
	FAR_JUMP(SELECTOR);						\
	set_descriptor(FREE_ENTRY, lo, hi);				\
}
UNDER_CS(nothing, 0, 0)
UNDER_CS(data, FLAT_LO, DATA(1))
UNDER_CS(ring3, FLAT_LO, CODE(3))

ATTACK(kernel_cs_gone, "bad segment or frame: trap 13 in the Switcher",
       "Takes its own code segment away and traps")
{
	prepare();
	set_descriptor(GDT_ENTRY_KERNEL_CS, 0, 0);
}

ATTACK(tls_gone, "bad segment or frame: trap 13 in the Switcher",
       "Takes a thread's segment away under %gs")
{
	u32 *tls = (u32 *)scratch;

	prepare();
	tls[0] = FLAT_LO;
	tls[1] = DATA(3);
	hcall(LHCALL_LOAD_TLS, (u32)tls, 0, 0, 0);
	asm volatile("movl %0, %%gs" : : "r" (GDT_ENTRY_TLS_MIN * 8 + 3));
	tls[1] = 0;
	hcall(LHCALL_LOAD_TLS, (u32)tls, 0, 0, 0);
}

ATTACK(gdt_entry_huge, "bad GDT entry 4294967295", "Sets entry 0xffffffff")
{
	prepare();
	set_descriptor(FOREVER, FLAT_LO, DATA(1));
}

ATTACK(local_table, "survives", "Loads selectors of a local table")
{
	prepare();
	for (u32 i = 4; i < 0x10000; i += 0x1008 + 1)
		must(try(load_ds, i | 4) == 13, "there is a local table");
}

ATTACK(every_selector, "survives", "Loads every selector there can be")
{
	u32 loaded = 0;

	prepare();
	for (u32 i = 4; i < 0x120; i++)
		if (try(load_ds, i) == -1)
			loaded++;
	load_ds(GUEST_KERNEL_DS);
	/* Kernel code and data with RPL 0 and 1, the user's with any RPL. */
	must(loaded == 12, "another number of selectors than 12");
}

/* --- gates ---------------------------------------------------------------- */

#define BAD_GATE(type)							\
ATTACK(gate_type_##type, "bad gate type " #type " for vector 3",	\
       "Sets a gate of type " #type)					\
{									\
	prepare();							\
	set_gate(3, (u32)doors, 0x80 | type);				\
}
BAD_GATE(0)
BAD_GATE(6)
BAD_GATE(7)
BAD_GATE(9)
BAD_GATE(12)

ATTACK(gate_vector_huge, "bad IDT vector 4294967295", "Sets gate 0xffffffff")
{
	prepare();
	set_gate(FOREVER, (u32)doors, TRAP_GATE(0));
}

ATTACK(gates_of_the_host, "survives", "Sets the gates that are the Host's")
{
	static const u8 theirs[] = { 2, 8, 15, 31 };

	prepare();
	for (u32 i = 0; i < sizeof(theirs); i++) {
		set_gate(theirs[i], (u32)doors, TRAP_GATE(3));
		set_gate(theirs[i], 0, 0x85);
	}
	must(run_in_ring1("\xcd\x02\xc3", 3) == 13, "int $2 leads somewhere");
	must(run_in_ring1("\xcd\x08\xc3", 3) == 13, "int $8 leads somewhere");
	must(run_in_ring3("\xcd\x1f", 2) == 13, "a hypercall from ring 3");
}

static void breakpoint(u32 unused)
{
	(void)unused;
	asm volatile("int3");
}

ATTACK(gates_to_the_host, "survives", "Sets gates that lead to the Host")
{
	static const u32 places[] = { 0xc0100000, 0xc1000000, 0xd0000000,
				      0xffffffff, 0xfffff000 };

	prepare();
	for (u32 i = 0; i < sizeof(places) / 4; i++) {
		set_gate(3, places[i], TRAP_GATE(3));
		must(try(breakpoint, 0) == 14, "something is there");
	}
}

/* The Switcher's code is in the lowest of its pages. */
static u32 switcher(void)
{
	u32 at = ceiling();

	while (at && try(read_at, at) != -1)
		at += PAGE_SIZE;
	must(at != 0, "the Switcher is nowhere");
	return at;
}

ATTACK(gate_to_the_switcher, "survives",
       "Has its breakpoints handled by the Switcher itself, in ring 1")
{
	int trap;

	prepare();
	set_gate(3, switcher(), TRAP_GATE(3));
	trap = try(breakpoint, 0);
	must(trap == 13 || trap == 14, "the Switcher runs");
}

/* What `int n` must do, if gates have this level and the ring is that. */
static int int_n_brings(int n, int dpl, int from)
{
	if (n >= 32 || n == 2 || n == 8 || n == 15 || n == 13 || n == 14 ||
	    n == 18)
		return 13;
	if (n == 31)
		return from == 1 ? -1 : 13;
	return dpl >= from ? n : 13;
}

static void every_int(u32 dpl)
{
	char code[] = "\x31\xc0\xcd\x00\xc3";	/* xor; int n; ret */

	catch_all(dpl);
	for (int n = 0; n < 256; n++) {
		code[3] = n;
		must(run_in_ring1(code, 5) == int_n_brings(n, dpl, 1),
		     "int n from ring 1 brings something else");
		must(run_in_ring3(code, 5) == int_n_brings(n, dpl, 3),
		     "int n from ring 3 brings something else");
	}
}

ATTACK(every_int_from_everywhere, "survives",
       "Executes int n for each n from rings 1 and 3")
{
	prepare();
	every_int(0);
	every_int(1);
	every_int(3);
}

ATTACK(forged_machine_check, "survives",
       "Lets ring 3 call the handler for a broken processor")
{
	prepare();
	set_gate(18, (u32)doors + 16 * 18, TRAP_GATE(3));
	must(run_in_ring3("\xcd\x12", 2) == 13, "int $18 works in ring 3");
	set_gate(18, (u32)doors + 16 * 18, 0xee);
	must(run_in_ring1("\xcd\x12", 2) == 13, "int $18 works in ring 1");
}

/*
 * An exception with an error code has none if int n forges it. What the
 * stub would take for the trap's number lies in %ds, and may be a device's.
 */
ATTACK(forged_error_codes, "survives",
       "Forges exceptions with error codes to forge interrupts of the Host")
{
	static const u8 coded[] = { 8, 10, 11, 12, 13, 14, 17 };
	char code[] = "\xcd\x00\xc3";

	prepare();
	for (u32 i = 0; i < sizeof(coded); i++) {
		/* Interrupt gates, so that the Host handles each. */
		if (coded[i] != 8)
			set_gate(coded[i], (u32)doors + 16 * coded[i], 0xee);
		code[1] = coded[i];
		for (u32 entry = 5; entry < 31; entry++) {
			if (entry >= GDT_ENTRY_LGUEST_CS && entry <= GDT_ENTRY_TSS)
				continue;
			set_descriptor(entry, FLAT_LO, DATA(3));
			if (try(load_ds, entry * 8 + 3) != -1)
				continue;
			must(run_in_ring1(code, 3) == 13, "in ring 1");
			must(run_in_ring3(code, 3) == 13, "in ring 3");
		}
	}
}

ATTACK(trap_without_end, "bad stack address 0x",
       "Has each trap handled by another one")
{
	prepare();
	for (u32 i = 0; i < 32; i++)
		set_gate(i, 0xc0000000, TRAP_GATE(3));
	breakpoint(0);
}

/* --- the stack for traps --------------------------------------------------- */

#define BAD_STACK(name, ends, about, ss, esp, pages)			\
ATTACK(stack_##name, ends, about)					\
{									\
	prepare();							\
	hcall(LHCALL_SET_STACK, ss, esp, pages, 0);			\
}
BAD_STACK(ring0, "bad stack segment 0x68", "Names a stack segment of ring 0",
	  GUEST_KERNEL_DS - 1, (u32)trap_stack + PAGE_SIZE, 1)
BAD_STACK(ring3, "bad stack segment 0x7b", "Names a stack segment of ring 3",
	  GUEST_USER_DS, (u32)trap_stack + PAGE_SIZE, 1)
BAD_STACK(switchers, "bad stack segment 0x58", "Names the Switcher's segment",
	  LGUEST_DS, (u32)trap_stack + PAGE_SIZE, 1)
BAD_STACK(no_pages, "bad number of stack pages 0", "Has a stack of no pages",
	  GUEST_KERNEL_DS, (u32)trap_stack + PAGE_SIZE, 0)
BAD_STACK(huge, "bad number of stack pages 4294967295", "Has a huge stack",
	  GUEST_KERNEL_DS, (u32)trap_stack + PAGE_SIZE, FOREVER)
BAD_STACK(at_0, "bad stack page 0xffffffff", "Has a stack that ends at 0",
	  GUEST_KERNEL_DS, 0, 1)
BAD_STACK(wraps, "bad stack page 0xfffff", "Has a stack that wraps around",
	  GUEST_KERNEL_DS, 0x800, 2)
BAD_STACK(in_switcher, "bad stack page 0xff", "Has a stack in the Switcher",
	  GUEST_KERNEL_DS, ceiling() + PAGE_SIZE, 1)
BAD_STACK(nowhere, "bad stack page 0x7fffffff", "Has a stack in no page",
	  GUEST_KERNEL_DS, 0x80000000, 1)

ATTACK(stack_readonly, "bad stack page 0x", "Has a stack it may not write")
{
	prepare();
	leaf[(u32)scratch >> 12] = (u32)scratch | 1;
	hcall(LHCALL_SET_PTE, (u32)top, (u32)scratch, (u32)scratch | 1, 0);
	hcall(LHCALL_SET_STACK, GUEST_KERNEL_DS, (u32)scratch + 16, 1, 0);
}

ATTACK(stack_selector_of_switcher, "bad segment or frame: trap 13 in the Switcher",
       "Asks for the Switcher's segment with the level of ring 1")
{
	prepare();
	hcall(LHCALL_SET_STACK, LGUEST_DS + 1, (u32)trap_stack + PAGE_SIZE, 1,
	      0);
	run_in_ring3("\xcd\x03", 2);
}

ATTACK(stack_taken_away, "bad stack address 0x",
       "Unmaps its stack and traps from ring 3")
{
	prepare();
	for (u32 i = 0; i < 2; i++) {
		u32 at = (u32)trap_stack + i * PAGE_SIZE;

		leaf[at >> 12] = 0;
		hcall(LHCALL_SET_PTE, (u32)top, at, 0, 0);
	}
	run_in_ring3("\x0f\x0b", 2);
}

static void trap_with_stack_at(u32 esp)
{
	set_gate(13, (u32)doors + 16 * 13, TRAP_GATE(0));
	asm volatile("movl %0, %%esp; movl %%cr0, %%eax" : : "r" (esp));
}

#define TRAP_STACK(name, ends, about, esp)				\
ATTACK(trap_with_stack_##name, ends, about)				\
{									\
	prepare();							\
	trap_with_stack_at(esp);					\
}
TRAP_STACK(at_0, "bad stack address 0xfffffff", "Traps with %esp at 0", 0)
TRAP_STACK(wrapped, "bad stack address 0xfffff", "Traps with %esp at 4", 4)
TRAP_STACK(in_switcher, "bad stack address 0xff",
	   "Traps with %esp in the Switcher", ceiling() + PAGE_SIZE)
TRAP_STACK(in_the_host, "bad stack address 0xc0ffff",
	   "Traps with %esp in the Host", 0xc1000000)
TRAP_STACK(at_the_top, "bad stack address 0xff",
	   "Traps with %esp at the end of memory", 0xffffffff)

ATTACK(trap_with_stack_outside, "bad write address 0x7ffffff0 len 16",
       "Traps with a stack in a page that is not its own")
{
	prepare();
	leaf[1023] = 0x7ffff063;
	trap_with_stack_at(1024 * PAGE_SIZE);
}

/* --- page tables ----------------------------------------------------------- */

ATTACK(map_itself, "survives", "Maps its page tables as page tables")
{
	prepare();
	top[512] = (u32)top | 3;
	must(*(volatile u32 *)(512u << 22) == leaf[0] ||
	     *(volatile u32 *)(512u << 22) == top[0], "not the tables");
	for (u32 i = 0; i < 1024; i++)
		try(read_at, (512u << 22) + i * PAGE_SIZE);
	*(volatile u32 *)((512u << 22) + (512u << 12) + 513 * 4) = top[0];
	must(try(read_at, 513u << 22) == -1, "a change by the mirror is lost");
}

ATTACK(map_over_switcher, "survives", "Maps its own pages over the Switcher")
{
	prepare();
	for (u32 i = 0; i < 1024; i++)
		spare[i] = (u32)scratch | 3;
	for (u32 i = ceiling() >> 22; i < 1024; i++)
		top[i] = (u32)spare | 3;
	hcall(LHCALL_FLUSH_TLB, 1, 0, 0, 0);
	for (u32 at = ceiling(); at; at += PAGE_SIZE)
		try(write_at, at);
	must(*(volatile u32 *)scratch == 0, "it is mapped");
}

#define BAD_TOP(name, root, ends)					\
ATTACK(top_##name, ends, "Has a top level at " #root)			\
{									\
	prepare();							\
	use_table((void *)(root));					\
}
BAD_TOP(at_the_end, 0xfffff000, "bad top level at 0xfffff000")
BAD_TOP(unaligned, 0xffffffff, "bad top level at 0xffffffff")
BAD_TOP(in_the_host, 0xc1000000, "bad top level at 0xc1000000")

#define BAD_LEAF(name, entry, ends)					\
ATTACK(leaf_##name, ends, "Has a leaf table at " #entry)		\
{									\
	prepare();							\
	top[512] = entry;						\
	read_at(512u << 22);						\
}
BAD_LEAF(outside, 0x7ffff007, "bad read address 0x7ffff000 len 4")
BAD_LEAF(at_the_end, 0xfffff007, "bad read address 0xfffff000 len 4")
BAD_LEAF(big, 0x00000087, "4 MiB page at 0x80000000")

#define BAD_PAGE(name, entry, ends)					\
ATTACK(page_##name, ends, "Maps page " #entry)				\
{									\
	prepare();							\
	spare[0] = entry;						\
	top[512] = (u32)spare | 3;					\
	read_at(512u << 22);						\
}
BAD_PAGE(outside, 0x7ffff007, "bad page table entry: page 0x7ffff")
BAD_PAGE(at_the_end, 0xfffff007, "bad page table entry: page 0xfffff")

ATTACK(set_pte_page_outside, "bad page table entry: page 0xfffff",
       "Announces a page that is not its own")
{
	prepare();
	read_at(PAGE_SIZE);
	hcall(LHCALL_SET_PTE, (u32)top, PAGE_SIZE, 0xfffff067, 0);
}

ATTACK(set_pte_at_the_end, "page table entry for 0xffffffff, which is ours",
       "Announces an entry for the last address")
{
	prepare();
	hcall(LHCALL_SET_PTE, (u32)top, FOREVER, 7, 0);
}

#define BAD_PGD(name, index, ends)					\
ATTACK(set_pgd_##name, ends, "Announces top-level entry " #index)	\
{									\
	prepare();							\
	hcall(LHCALL_SET_PGD, (u32)top, index, 0, 0);			\
}
BAD_PGD(switcher, ceiling() >> 22, "top-level entry 10[0-9]* is not the Guest's")
BAD_PGD(past_the_end, 1024, "top-level entry 1024 is not the Guest's")
BAD_PGD(wraps, 0x40000000, "top-level entry 1073741824 is not the Guest's")
BAD_PGD(huge, FOREVER, "top-level entry 4294967295 is not the Guest's")

ATTACK(unknown_tops, "survives", "Announces changes to tables of no use")
{
	static const u32 roots[] = { 0, 1, 0x7ffff000, 0xfffff000, FOREVER };

	prepare();
	for (u32 i = 0; i < 5; i++)
		for (u32 slot = 0; slot < ceiling() >> 22; slot += 37) {
			hcall(LHCALL_SET_PGD, roots[i], slot, 0, 0);
			hcall(LHCALL_SET_PTE, roots[i], slot << 22, 7, 0);
		}
	for (u32 i = 0; i < 0x100; i++)
		hcall(LHCALL_FLUSH_TLB, i, 0, 0, 0);
}

/* As many leaf tables as there can be, in more address spaces than one. */
ATTACK(many_leaves, "survives", "Touches a page in every slot of many tables")
{
	u32 *tops = (u32 *)0x400000, last;

	prepare();
	for (u32 i = 0; i < 1024; i++)
		spare[i] = (0x400000 + i * PAGE_SIZE) | 3;
	top[1] = (u32)spare | 3;
	last = ceiling() >> 22;
	for (u32 n = 0; n < 20; n++, tops += 1024) {
		for (u32 i = 0; i < 1024; i++)
			tops[i] = top[0];
		tops[1] = top[1];
		hcall(LHCALL_NEW_PGTABLE, (u32)tops, 0, 0, 0);
		for (u32 i = 2; i < last; i += n < 3 ? 1 : 40)
			read_at(i << 22 | PAGE_SIZE);
	}
}

ATTACK(tables_in_one_page, "bad page table entry: page 0x",
       "Uses a page of text as page tables")
{
	prepare();
	for (u32 i = 0; i < 1024; i++)
		spare[i] = 0xdead0000 + i * 0x10101;
	spare[0] = top[0];
	spare[512] = (u32)spare | 3;
	use_table(spare);
	for (u32 i = 0; i < 1024; i++)
		try(read_at, (512u << 22) + i * PAGE_SIZE);
}

ATTACK(no_code_mapped, "bad stack address 0x", "Switches to empty tables")
{
	prepare();
	use_table(spare);
}

/* --- the Switcher and the Host --------------------------------------------- */

ATTACK(read_everything, "survives", "Reads from the Host, page by page")
{
	prepare();
	for (u32 at = 0xc0000000; at < ceiling(); at += 64 * PAGE_SIZE)
		must(try(read_at, at) == 14, "something of the Host's is there");
	for (u32 i = 0, at = 12345; i < 1000; i++, at = at * 1664525 + 1013904223)
		if (at >= 0x400000 && at < ceiling() &&
		    at >> 22 != USER_VIEW >> 22)
			must(try(read_at, at & ~3u) == 14, "a page is there");
}

ATTACK(read_the_host, "survives",
       "Reads from every page of the first 256 MiB of the Host")
{
	prepare();
	for (u32 at = 0xc0000000; at < 0xd0000000; at += PAGE_SIZE)
		must(try(read_at, at) == 14, "a page of the Host is there");
}

ATTACK(write_the_switcher, "survives",
       "Writes to every page of the Switcher, and all over its registers")
{
	u32 written = 0, seen = 0;

	prepare();
	for (u32 at = ceiling(); at; at += PAGE_SIZE)
		seen += try(read_at, at) == -1;
	/* The code, its own registers, and the tables of this processor. */
	must(seen == 3, "not three pages are readable");
	for (u32 at = ceiling(); at; at += PAGE_SIZE) {
		if (try(write_at, at) != -1)
			continue;
		written++;
		for (u32 word = 0; word < PAGE_SIZE; word += 4)
			must(try(write_at, at + word) == -1, "half a page");
	}
	/* The page for its own registers, and no other one. */
	must(written == 1, "not one page is writable");
}

ATTACK(write_the_switcher_from_ring3, "survives",
       "Reads and writes the Switcher in ring 3")
{
	/* movl $at, %eax; movl %eax, (%eax); int3 */
	char code[] = "\xb8\0\0\0\0\x89\x00\xcc";

	prepare();
	for (u32 at = ceiling(); at; at += PAGE_SIZE) {
		*(u32 *)(code + 1) = at;
		code[6] = 0x89;
		must(run_in_ring3(code, 8) == 14, "written");
		code[6] = 0x8b;
		must(run_in_ring3(code, 8) == 14, "read");
	}
}

ATTACK(run_the_switcher, "survives",
       "Jumps into the Switcher where the Host does")
{
	int trap;

	prepare();
	trap = try(run_at, switcher());
	must(trap == 13 || trap == 14, "the Switcher runs");
}

static void iret_to(u32 selector)
{
	asm volatile("pushl $0x202; pushl %0; pushl $1f; iret\n1:"
		     : : "r" (selector));
}

static void lret_to(u32 selector)
{
	asm volatile("pushl %0; pushl $1f; lret\n1:" : : "r" (selector));
}

ATTACK(return_to_ring0, "survives", "Returns to ring 0 by iret and lret")
{
	static const u32 selectors[] = {
		LGUEST_CS, LGUEST_CS + 1, GUEST_KERNEL_CS - 1,
		GDT_ENTRY_TSS * 8, 0, 4, 0xfff8,
	};

	prepare();
	for (u32 i = 0; i < sizeof(selectors) / 4; i++) {
		must(try(iret_to, selectors[i]) == 13, "iret");
		must(try(lret_to, selectors[i]) == 13, "lret");
	}
}

static void with_flags(u32 flags)
{
	asm volatile("pushl %0; popfl; movl $0, %%eax; int $0x1f; nop"
		     : : "r" (flags) : "eax", "cc");
}

static u32 flags(void)
{
	u32 seen;

	asm volatile("pushfl; popl %0" : "=r" (seen));
	return seen;
}

ATTACK(single_step, "survives", "Steps over hypercalls and traps")
{
	prepare();
	must(try(with_flags, 0x102) == 1, "not stopped");
	catch_all(3);
	for (int i = 0; i < 256; i++) {
		char code[] = "\xcd\x00\x90\x90";

		code[1] = i;
		put_code(code, 4);
		must(try_user(USER_VIEW + (u32)user_page,
			      USER_VIEW + (u32)user_stack + PAGE_SIZE,
			      0x302) != -1, "ring 3 was not stopped");
	}
}

ATTACK(nested_task, "survives", "Sets NT, makes a hypercall, and returns")
{
	prepare();
	must(try(with_flags, 0x4002) == -1, "a hypercall with NT");
	asm volatile("pushl $0x4002; popfl");
	must(try(iret_to, GUEST_KERNEL_CS) == 10, "iret with NT");
}

ATTACK(strange_flags, "survives", "Makes hypercalls with every flag set")
{
	prepare();
	for (u32 bit = 0; bit < 32; bit++)
		if (bit != 8)
			must(try(with_flags, 1u << bit | 2) == -1, "a trap");
	asm volatile("pushl $0x3202; popfl");
	must((flags() & 0x3000) == 0, "the level for I/O has changed");
	must(flags() & 0x200, "interrupts are off");
	asm volatile("pushl $2; popfl");
	must(flags() & 0x200, "interrupts are off");
}

/* --- instructions ---------------------------------------------------------- */

struct instruction {
	const char *name;
	int length;
	const char *code;
};

#define I(name, bytes) { name, sizeof(bytes) - 1, bytes }
static const struct instruction privileged[] = {
	I("mov cr0", "\x0f\x20\xc0"), I("set cr0", "\x0f\x22\xc0"),
	I("mov cr2", "\x0f\x20\xd0"), I("set cr2", "\x0f\x22\xd0"),
	I("mov cr3", "\x0f\x20\xd8"), I("set cr3", "\x0f\x22\xd8"),
	I("mov cr4", "\x0f\x20\xe0"), I("set cr4", "\x0f\x22\xe0"),
	I("mov dr0", "\x0f\x21\xc0"), I("set dr0", "\x0f\x23\xc0"),
	I("mov dr6", "\x0f\x21\xf0"), I("set dr6", "\x0f\x23\xf0"),
	I("mov dr7", "\x0f\x21\xf8"), I("set dr7", "\x0f\x23\xf8"),
	I("rdmsr", "\x0f\x32"), I("wrmsr", "\x0f\x30"),
	I("rdpmc", "\x0f\x33"), I("clts", "\x0f\x06"),
	I("hlt", "\xf4"), I("cli", "\xfa"), I("sti", "\xfb"),
	I("invd", "\x0f\x08"), I("wbinvd", "\x0f\x09"),
	I("lgdt", "\x0f\x01\x10"), I("lidt", "\x0f\x01\x18"),
	I("lmsw", "\x0f\x01\xf0"), I("invlpg", "\x0f\x01\x38"),
	I("lldt", "\x0f\x00\xd0"), I("ltr", "\x0f\x00\xd8"),
	I("sysenter", "\x0f\x34"), I("sysexit", "\x0f\x35"),
	I("syscall", "\x0f\x05"), I("sysret", "\x0f\x07"),
	I("rsm", "\x0f\xaa"), I("monitor", "\x0f\x01\xc8"),
	I("xsetbv", "\x0f\x01\xd1"), I("vmrun", "\x0f\x01\xd8"),
	I("vmload", "\x0f\x01\xda"), I("stgi", "\x0f\x01\xdc"),
	I("vmxoff", "\x0f\x01\xc4"), I("swapgs", "\x0f\x01\xf8"),
	I("ins", "\x6c"), I("outs", "\x6e"), I("insl", "\x6d"),
};

ATTACK(privileged_instructions, "survives",
       "Executes all that only ring 0 may, in rings 1 and 3")
{
	prepare();
	for (u32 i = 0; i < sizeof(privileged) / sizeof(*privileged); i++) {
		const struct instruction *it = &privileged[i];
		char code[8] = "\x90\x90\x90\x90\x90\x90\x90";
		int seen;

		for (int k = 0; k < it->length; k++)
			code[k] = it->code[k];
		seen = run_in_ring1(code, 8);
		must(seen == 13 || seen == 6, it->name);
		seen = run_in_ring3(code, 8);
		must(seen == 13 || seen == 6, it->name);
	}
}

ATTACK(ports, "survives", "Reads and writes ports")
{
	u32 seen = 0;

	prepare();
	for (u32 port = 0; port < 0x10000; port += 0xff) {
		asm volatile("inl %w1, %0" : "=a" (seen) : "d" (port));
		must(seen == 0xffffffff, "something answers");
		asm volatile("outl %0, %w1" : : "a" (0x80000000), "d" (port));
		seen = 0;
		asm volatile("inw %w1, %w0" : "+a" (seen) : "d" (port));
		must(seen == 0xffff, "inw");
		asm volatile("outb %b0, %w1" : : "a" (0xfe), "d" (0x64));
	}
	must(run_in_ring3("\xe4\x60", 2) == 13, "a port in ring 3");
	must(run_in_ring3("\xee", 1) == 13, "a port in ring 3");
	/* An instruction that is cut off by the end of its page. */
	user_page[PAGE_SIZE - 1] = 0xe4;
	must(try((void (*)(u32))&user_page[PAGE_SIZE - 1], 0) == -1 ||
	     1, "never");
}

ATTACK(vmcall_places, "survives", "Makes the hypercalls of others, oddly")
{
	prepare();
	must(run_in_ring1("\x31\xc0\x0f\x01\xc1\xc3", 6) == -1, "vmcall");
	must(run_in_ring1("\x31\xc0\x0f\x01\xd9\xc3", 6) == -1, "vmmcall");
	must(run_in_ring3("\x31\xc0\x0f\x01\xc1\xcc", 6) == 6,
	     "vmcall in ring 3");
	must(run_in_ring1("\x31\xc0\xf0\x0f\x01\xc1\xc3", 7) == 6,
	     "vmcall with a prefix");
}

/* --- addresses in hypercalls ----------------------------------------------- */

#define BAD_CALL(name, ends, call, a, b, c)				\
ATTACK(call_##name, ends, #call " with " #a)				\
{									\
	prepare();							\
	hcall(LHCALL_##call, a, b, c, 0);				\
}
BAD_CALL(shutdown_wraps, "bad read address 0xffffffff len 128", SHUTDOWN,
	 FOREVER, 1, 0)
BAD_CALL(shutdown_outside, "bad read address 0xc0000000 len 128", SHUTDOWN,
	 0xc0000000, 0, 0)
BAD_CALL(shutdown_crash, "CRASH: ", SHUTDOWN, (u32)scratch, FOREVER, 0)
BAD_CALL(tls_wraps, "bad read address 0xfffffff8 len 24", LOAD_TLS,
	 0xfffffff8, 0, 0)
BAD_CALL(tls_outside, "bad read address 0xc0000000 len 24", LOAD_TLS,
	 0xc0000000, FOREVER, 0)
BAD_CALL(bind_wraps, "bad DMA key 0xffffffff", BIND_DMA, FOREVER, 0, 0x101)
BAD_CALL(bind_outside, "bad DMA key 0xc0000000", BIND_DMA, 0xc0000000, 0,
	 0x101)
BAD_CALL(send_wraps, "bad DMA key 0xfffffffe", SEND_DMA, 0xfffffffe, 0, 0)
BAD_CALL(send_from_outside, "bad read address 0xffffff80 len 100", SEND_DMA,
	 0x2000, 0xffffff80, 0)
BAD_CALL(number_3, "bad hypercall 3", FLUSH_ASYNC + 3, 0, 0, 0)
BAD_CALL(pmd, "bad hypercall 13", SET_PMD, (u32)top, 0, 0)
BAD_CALL(number_21, "bad hypercall 21", FLUSH_ASYNC + 21, 0, 0, 0)
BAD_CALL(number_huge, "bad hypercall 4294967295", FLUSH_ASYNC + FOREVER, 0, 0,
	 0)
BAD_CALL(number_negative, "bad hypercall 2147483648",
	 FLUSH_ASYNC + 0x80000000, 0, 0, 0)

ATTACK(bind_arrays, "survives", "Binds transfers to arrays that are nowhere")
{
	static const u32 arrays[] = { 0xffffffff, 0xfffff000, 0xc0000000,
				      0x7fffffff };

	prepare();
	for (u32 i = 0; i < 4; i++)
		must(!hcall(LHCALL_BIND_DMA, 0x2000, arrays[i], 0x101, 0),
		     "bound to nowhere");
	must(!hcall(LHCALL_BIND_DMA, 0x2000, 0, 0xffffff01, 0), "too long");
	must(!hcall(LHCALL_BIND_DMA, 0x2000, 0, 0x001, 0), "of length 0");
	for (u32 irq = 32; irq < 256; irq++)
		must(!hcall(LHCALL_BIND_DMA, 0x2000, 0, 0x100 | irq, 0),
		     "bound to no interrupt");
	must(!hcall(LHCALL_BIND_DMA, 0x2000, 0, 0, 0), "unbound what was not");
	for (u32 i = 0; i < 10000; i++)
		if (!hcall(LHCALL_BIND_DMA, 0x2000, (u32)scratch, 0x101, 0))
			return;
	must(0, "there is no limit");
}

ATTACK(send_to_itself, "survives", "Sends itself pieces that are nowhere")
{
	struct { u32 used, addr[16]; __u16 len[16]; } *from, *to;

	prepare();
	from = (void *)scratch;
	to = (void *)(scratch + PAGE_SIZE);
	must(hcall(LHCALL_BIND_DMA, 0x2000, (u32)to, 0x101, 0), "not bound");
	for (u32 i = 0; i < 2000; i++) {
		u32 n = i * 2654435761u;

		to->used = 0;
		for (u32 k = 0; k < 16; k++, n = n * 1664525 + 1013904223) {
			from->addr[k] = (u32)scratch + 2 * PAGE_SIZE;
			from->len[k] = n >> 20;
			to->addr[k] = n & 1 ? n : (u32)scratch + 3 * PAGE_SIZE;
			to->len[k] = n >> 8;
			/* Only what it reads must be its own. */
			if (n & 2)
				to->addr[k] &= 0x3fff;
			to->addr[k] = to->addr[k] % 0x4000 + (u32)scratch;
			if (to->addr[k] < (u32)scratch + 2 * PAGE_SIZE)
				to->len[k] = 0;
		}
		hcall(LHCALL_SEND_DMA, 0x2000, (u32)from, 0, 0);
	}
}

ATTACK(receive_nowhere, "survives",
       "Receives into memory that is not there")
{
	u32 *from = (u32 *)scratch, *to = (u32 *)(scratch + PAGE_SIZE);

	prepare();
	from[1] = (u32)scratch;
	from[17] = 64;
	to[1] = 0xfffff000;
	to[17] = 64;
	hcall(LHCALL_BIND_DMA, 0x2000, (u32)to, 0x101, 0);
	hcall(LHCALL_SEND_DMA, 0x2000, (u32)from, 0, 0);
	must(from[0] == 0, "something was sent");
}

/* --- introductions --------------------------------------------------------- */

static void join_at(u32 at, u32 kernel_address, u32 vector)
{
	struct lguest_data *data = (void *)at;

	for (int i = 0; i < LHCALL_RING_SIZE; i++)
		data->hcall_status[i] = 0xff;
	data->kernel_address = kernel_address;
	data->syscall_vec = vector;
	hcall(LHCALL_LGUEST_INIT, at, 0, 0, 0);
	must(data->reserve_mem != 0, "nothing was told");
	hcall(LHCALL_GET_WALLCLOCK, 0, 0, 0, 0);
}

#define JOIN(name, ends, about, at, kernel, vector)			\
ATTACK(init_##name, ends, about)					\
{									\
	join_at(at, kernel, vector);					\
}
JOIN(odd, "survives", "Has its data at an odd address",
     (u32)scratch + 1, 0xc0000000, 0x80)
JOIN(across, "survives", "Has its data across two pages",
     (u32)scratch + PAGE_SIZE - 3, 0xc0000000, 0x80)
JOIN(at_the_end, "survives", "Has its data in memory's last bytes",
     MEMORY - sizeof(struct lguest_data), 0xc0000000, 0x80)
JOIN(kernel_at_0, "survives", "Has its kernel at 0", (u32)scratch, 0, 0x80)
JOIN(kernel_at_1, "survives", "Has its kernel at 1", (u32)scratch, 1, 0x80)
JOIN(kernel_odd, "survives", "Has its kernel at an odd address",
     (u32)scratch, 0xc0000123, 0x80)
JOIN(kernel_high, "kernel_address 0xffffffff is not below 0xff",
     "Has its kernel at the last address", (u32)scratch, FOREVER, 0x80)
JOIN(kernel_in_switcher, "kernel_address 0xfff00000 is not below 0xff",
     "Has its kernel in the Switcher", (u32)scratch, 0xfff00000, 0x80)
JOIN(vector_0, "system-call vector 0x0 cannot be had",
     "Wants vector 0 for its system calls", (u32)scratch, 0xc0000000, 0)
JOIN(vector_3, "system-call vector 0x3 cannot be had",
     "Wants vector 3 for its system calls", (u32)scratch, 0xc0000000, 3)
JOIN(vector_31, "system-call vector 0x1f cannot be had",
     "Wants the hypercalls' vector", (u32)scratch, 0xc0000000, 31)
JOIN(vector_disk, "system-call vector 0x30 cannot be had",
     "Wants a vector that a disk may have", (u32)scratch, 0xc0000000, 0x30)
JOIN(vector_huge, "system-call vector 0x180 cannot be had",
     "Wants vector 0x180", (u32)scratch, 0xc0000000, 0x180)

#define JOIN_NOWHERE(name, at, ends)					\
ATTACK(init_##name, ends, "Has its data at " #at)			\
{									\
	hcall(LHCALL_LGUEST_INIT, at, 0, 0, 0);				\
}
JOIN_NOWHERE(wraps, 0xffffffff, "bad address 0xffffffff for lguest_data")
JOIN_NOWHERE(wraps_a_little, 0xfffffa90,
	     "bad address 0xfffffa90 for lguest_data")
JOIN_NOWHERE(in_the_host, 0xc1000000,
	     "bad address 0xc1000000 for lguest_data")

ATTACK(init_again, "already have lguest_data", "Introduces itself twice")
{
	prepare();
	hcall(LHCALL_LGUEST_INIT, FOREVER, 0, 0, 0);
}

ATTACK(calls_before_init, "hypercall 4294967295 before INIT",
       "Calls before it has introduced itself")
{
	hcall(FOREVER, 0, 0, 0, 0);
}

/*
 * A kernel part that begins in the middle of a slot. Drop that slot in one
 * address space, have its leaf table used for another slot, and look at it
 * from a second space.
 */
ATTACK(kernel_in_mid_slot, "survives",
       "Has its kernel in the middle of 4 MiB, in two address spaces")
{
	u32 *other = (u32 *)0x300000, *there = (u32 *)0x301000;
	volatile u32 *mark = (u32 *)0x302000;

	lguest_data.kernel_address = 0x80200000;
	lguest_data.syscall_vec = 0x80;
	for (int i = 0; i < LHCALL_RING_SIZE; i++)
		lguest_data.hcall_status[i] = 0xff;
	hcall(LHCALL_LGUEST_INIT, (u32)&lguest_data, 0, 0, 0);
	map_all();
	catch_all(0);
	*mark = 1234;
	for (u32 i = 0; i < 1024; i++) {
		spare[i] = (u32)scratch | 3;
		there[i] = (u32)mark | 3;
		other[i] = top[i];
	}
	top[512] = other[512] = (u32)spare | 3;
	use_table(other);
	use_table(top);
	read_at(0x80300000);
	/* From now on the two differ, as they may below the kernel. */
	top[512] = 0;
	hcall(LHCALL_SET_PGD, (u32)top, 512, 0, 0);
	top[256] = (u32)there | 3;
	read_at(0x40300000);
	use_table(other);
	must(*(volatile u32 *)0x80300000 != 1234, "a leaf table of another slot");
}

/* --- the ring -------------------------------------------------------------- */

ATTACK(ring_of_lies, "survives", "Has a ring with every status there is")
{
	prepare();
	for (u32 round = 0; round < 1000; round++) {
		for (int i = 0; i < LHCALL_RING_SIZE; i++) {
			lguest_data.hcalls[i].eax = LHCALL_FLUSH_ASYNC;
			lguest_data.hcall_status[i] = round + i;
		}
		hcall(LHCALL_FLUSH_ASYNC, 0, 0, 0, 0);
	}
}

ATTACK(ring_bad_call, "bad hypercall 77", "Leaves a bad call in the ring")
{
	prepare();
	lguest_data.hcalls[0].eax = 77;
	for (int i = 0; i < LHCALL_RING_SIZE; i++)
		lguest_data.hcall_status[i] = 0;
	hcall(LHCALL_FLUSH_ASYNC, 0, 0, 0, 0);
	hcall(LHCALL_FLUSH_ASYNC, 0, 0, 0, 0);
}

ATTACK(ring_init, "already have lguest_data", "Introduces itself in the ring")
{
	prepare();
	for (int i = 0; i < LHCALL_RING_SIZE; i++) {
		lguest_data.hcalls[i].eax = LHCALL_LGUEST_INIT;
		lguest_data.hcall_status[i] = 0;
	}
	hcall(LHCALL_FLUSH_ASYNC, 0, 0, 0, 0);
}

ATTACK(ring_shutdown, "CRASH: in the ring", "Ends itself in the ring")
{
	prepare();
	for (int i = 0; i < LHCALL_RING_SIZE; i++) {
		lguest_data.hcalls[i].eax = LHCALL_SHUTDOWN;
		lguest_data.hcalls[i].ebx = (u32)"in the ring";
		lguest_data.hcalls[i].ecx = 0;
		lguest_data.hcall_status[i] = 0;
	}
	hcall(LHCALL_SHUTDOWN, FOREVER, 1, 0, 0);
}

/* --- interrupts and time --------------------------------------------------- */

static void wait_for_timer(u32 delta)
{
	hcall(LHCALL_SET_CLOCKEVENT, delta, 0, 0, 0);
	hcall(LHCALL_HALT, 0, 0, 0, 0);
	for (;;)
		hcall(LHCALL_SEND_INTERRUPTS, 0, 0, 0, 0);
}

static void allow_timer(void)
{
	set_gate(LGUEST_IRQ_BASE, (u32)doors + 16 * LGUEST_IRQ_BASE, 0x8e);
	lguest_data.blocked_interrupts = 0;
	lguest_data.irq_enabled = LGUEST_IF;
}

ATTACK(timer_deltas, "survives", "Sets the timer to all kinds of times")
{
	prepare();
	allow_timer();
	for (u32 delta = 1; delta < 1000000; delta = delta * 3 + 1) {
		must(try(wait_for_timer, delta) == LGUEST_IRQ_BASE, "not 32");
		lguest_data.irq_enabled = FOREVER;
	}
	for (u32 i = 0; i < 1000; i++) {
		hcall(LHCALL_SET_CLOCKEVENT, FOREVER - i, 0, 0, 0);
		hcall(LHCALL_SET_CLOCKEVENT, 0, 0, 0, 0);
	}
	hcall(LHCALL_SET_CLOCKEVENT, FOREVER, 0, 0, 0);
}

ATTACK(timer_to_no_stack, "bad stack address 0xfffffff",
       "Is interrupted with %esp at 0")
{
	prepare();
	allow_timer();
	hcall(LHCALL_SET_CLOCKEVENT, 1, 0, 0, 0);
	asm volatile("movl $0, %%esp; 1: int $0x1f; jmp 1b"
		     : : "a" (LHCALL_HALT));
}

ATTACK(halt_in_noirq_range, "endless",
       "Halts where no interrupt may come")
{
	lguest_data.noirq_start = 0;
	lguest_data.noirq_end = FOREVER;
	prepare();
	allow_timer();
	hcall(LHCALL_SET_CLOCKEVENT, 1, 0, 0, 0);
	for (;;)
		hcall(LHCALL_HALT, 0, 0, 0, 0);
}

ATTACK(halt_all_blocked, "endless", "Halts with all interrupts blocked")
{
	prepare();
	lguest_data.blocked_interrupts = FOREVER;
	hcall(LHCALL_HALT, 0, 0, 0, 0);
}

ATTACK(call_without_end, "endless", "Makes hypercalls for ever")
{
	prepare();
	for (;;)
		hcall(LHCALL_FLUSH_TLB, 1, 0, 0, 0);
}

ATTACK(fault_without_end, "endless", "Faults for ever")
{
	prepare();
	for (;;)
		try(read_at, 0xc1000000);
}

ATTACK(timer_without_end, "endless", "Has the timer go off all the time")
{
	prepare();
	for (;;)
		hcall(LHCALL_SET_CLOCKEVENT, 1, 0, 0, 0);
}

#define WILD_NOTIFY(name, at, ends)					\
ATTACK(notify_##name, ends, "Notifies its Launcher of " #at)		\
{									\
	prepare();							\
	hcall(LHCALL_NOTIFY, at, 0, 0, 0);				\
}
WILD_NOTIFY(the_end, FOREVER,
	    "fails: the Guest made a NOTIFY with 0xffffffff, where no device is")
WILD_NOTIFY(the_host, 0xc1000000,
	    "fails: the Guest made a NOTIFY with 0xc1000000, where no device is")
WILD_NOTIFY(the_switcher, ceiling(),
	    "fails: the Guest made a NOTIFY with 0xff[0-9a-f]*, where no device is")
WILD_NOTIFY(in_a_descriptor, MEMORY + 1,
	    "fails: the Guest made a NOTIFY with 0x1000001, where no device is")
WILD_NOTIFY(past_the_descriptors, MEMORY + PAGE_SIZE - 1,
	    "fails: the Guest made a NOTIFY with 0x1000fff, where no device is")
WILD_NOTIFY(past_the_devices, MEMORY + 0x1000000,
	    "fails: the Guest made a NOTIFY with 0x2000000, where no device is")
WILD_NOTIFY(a_text_without_end, MEMORY - 1, "survives")

ATTACK(notify_huge_text,
       "fails: the Guest.s early message at 0x400000 has no end",
       "Notifies its Launcher of a text of 8 MiB")
{
	prepare();
	for (u32 i = 0; i < 1024; i++)
		spare[i] = (0x400000 + i * PAGE_SIZE) | 3;
	top[1] = (u32)spare | 3;
	for (u32 *at = (u32 *)0x400000; at < (u32 *)0x800000; at++)
		*at = 0x0a0a0a41;
	hcall(LHCALL_NOTIFY, 0x400000, 0, 0, 0);
}

ATTACK(send_to_nobody, "fails: cannot run the Guest: Invalid argument",
       "Sends in the old way to a Launcher of the new")
{
	prepare();
	hcall(LHCALL_SEND_DMA, 0x2000, (u32)scratch, 0, 0);
}

ATTACK(notify_zero, "survives", "Notifies nobody")
{
	prepare();
	hcall(LHCALL_NOTIFY, 0, 0, 0, 0);
}

/* --- ends ------------------------------------------------------------------ */

ATTACK(restart_without_end, "endless", "Restarts itself for ever")
{
	prepare();
	hcall(LHCALL_SHUTDOWN, (u32)"again", LGUEST_SHUTDOWN_RESTART, 0, 0);
}

ATTACK(restart_in_ring, "endless", "Restarts itself from the ring, for ever")
{
	prepare();
	for (int i = 0; i < LHCALL_RING_SIZE; i++) {
		lguest_data.hcalls[i].eax = LHCALL_SHUTDOWN;
		lguest_data.hcalls[i].ebx = (u32)"again";
		lguest_data.hcalls[i].ecx = LGUEST_SHUTDOWN_RESTART;
		lguest_data.hcall_status[i] = 0;
	}
	hcall(LHCALL_SHUTDOWN, FOREVER, 1, 0, 0);
}

static void end_here(void)
{
	hcall(LHCALL_SHUTDOWN, (u32)"in a handler", 0, 0, 0);
}

ATTACK(end_in_interrupt, "CRASH: in a handler",
       "Ends itself in an interrupt, with the timer set and a key bound")
{
	prepare();
	allow_timer();
	set_gate(LGUEST_IRQ_BASE, (u32)end_here, 0x8e);
	hcall(LHCALL_BIND_DMA, 0x2000, (u32)scratch, 0x101, 0);
	hcall(LHCALL_SET_CLOCKEVENT, 1000, 0, 0, 0);
	hcall(LHCALL_HALT, 0, 0, 0, 0);
}

/* Each load of %ss puts off interrupts by one instruction. */
ATTACK(ss_without_end, "endless", "Loads %ss again and again, without end")
{
	prepare();
	for (u32 i = 0; i + 1 < sizeof(scratch) - 8; i += 2) {
		scratch[i] = 0x8e;	/* mov %eax, %ss */
		scratch[i + 1] = 0xd0;
	}
	scratch[sizeof(scratch) - 8] = 0xff;	/* jmp *%ecx */
	scratch[sizeof(scratch) - 7] = 0xe1;
	asm volatile("jmp *%0" : : "c" (scratch), "a" (GUEST_KERNEL_DS));
}

/* A stack segment loaded just before a trap (CVE-2018-8897). */
ATTACK(ss_before_int, "survives",
       "Loads %ss, single-stepping, just before each int")
{
	/* mov $0x69, %eax; push $0x302; popf; mov %eax, %ss; int n; ret */
	char code[] = "\xb8\x69\0\0\0\x68\x02\x03\0\0\x9d\x8e\xd0\xcd\0\xc3";

	prepare();
	catch_all(3);
	for (u32 n = 0; n < 256; n++) {
		code[14] = n;
		if (n != LGUEST_TRAP_ENTRY)
			must(run_in_ring1(code, 16) != -1, "not stopped");
	}
}

ATTACK(task_switched, "survives", "Plays with the floating-point unit")
{
	prepare();
	hcall(LHCALL_TS, 8, 0, 0, 0);
	must(run_in_ring1("\xd9\xee\xc3", 3) == 7, "fldz does not trap");
	hcall(LHCALL_TS, 0, 0, 0, 0);
	must(run_in_ring1("\xd9\xee\xc3", 3) == -1, "fldz traps");
	/* Unmask all exceptions, divide by zero, and leave it pending. */
	must(run_in_ring1("\x6a\x00\xd9\x2c\x24\x58\xd9\xe8\xd9\xee\xde\xf9"
			  "\x31\xc0\xcd\x1f\xc3", 17) == -1, "a trap at once");
	hcall(LHCALL_TS, 8, 0, 0, 0);
}

static const char *after(const char *text, const char *start)
{
	while (*start && *text == *start)
		text++, start++;
	return *start ? NULL : text;
}

static int is_name(const char *text, const char *name)
{
	text = after(text, name);
	return text && (!*text || *text == ' ');
}

int main(void)
{
	const struct attack *it;
	const char *at, *wanted = NULL;

	/* By the boot protocol; the compiler need not know where this is. */
	asm volatile("movl 0x228, %0" : "=r" (at));

	for (; *at && !wanted; at++)
		wanted = after(at, "attack=");
	for (it = __start_attacks; wanted && it < __stop_attacks; it++)
		if (is_name(wanted, it->name)) {
			it->run();
			return 0;
		}
	hcall(LHCALL_SHUTDOWN, (u32)"no such attack", 0, 0, 0);
	return 0;
}
