// SPDX-License-Identifier: GPL-2.0
/*
 * What a processor holds beside its registers: does the Launcher find it
 * unchanged after its Guest, and the Guest after its Launcher, after other
 * programs, and on another processor?
 *
 *	state		all that can be seen from here
 *	state spin N	let a Guest spin for N seconds; then see that its
 *			registers are as they were
 */
#include "small.h"
#include <asm/ldt.h>
#include <sched.h>
#include <stddef.h>
#include <sys/auxv.h>
#include <sys/ptrace.h>
#include <sys/user.h>

static struct guest g;

static long counter(const char *name)
{
	char path[60], line[100];
	size_t len = strlen(name);
	long value = 0;
	FILE *in;

	snprintf(path, sizeof(path), "/sys/kernel/debug/lguest/%d", getpid());
	in = fopen(path, "r");
	while (in && fgets(line, sizeof(line), in))
		if (!strncmp(line, name, len) && line[len] == ' ')
			value = atol(line + len);
	if (in)
		fclose(in);
	return value;
}

/* --- of the Launcher ---------------------------------------------------------- */

static void run_a_lot(void)
{
	for (int i = 0; i < 500; i++)
		step(&g, LHCALL_FLUSH_ASYNC, 0, 0, 0);
	must_run(&g);
}

static void test_ldt(void)
{
	static u32 there = 0x1d7;
	struct user_desc desc = {
		.entry_number = 3, .base_addr = (u32)&there, .limit = 0xfff,
		.seg_32bit = 1, .limit_in_pages = 1, .useable = 1,
	};
	u32 seen, fs;

	if (syscall(SYS_modify_ldt, 1, &desc, sizeof(desc)))
		give_up("modify_ldt");
	asm volatile("movl %0, %%fs" : : "r" (3 * 8 + 7));
	new_guest(&g);
	run_a_lot();
	asm volatile("movl %%fs, %0; movl %%fs:0, %1"
		     : "=&r" (fs), "=r" (seen));
	is(fs, 3 * 8 + 7, "the Launcher's %fs is as it was");
	is(seen, 0x1d7, "and leads into its local descriptor table");
	asm volatile("movl %0, %%fs" : : "r" (0));
	end_guest(&g);
}

/* A selector of the Launcher's local table is none in the Guest. */
static void test_no_ldt_in_guest(void)
{
	new_guest(&g);
	memcpy(g.memory + RING1, "\x8e\xe0\xc3", 3);	/* mov %eax, %fs */
	step(&g, CALL, RING1, 3 * 8 + 7, 0);
	must_run(&g);
	is(trapped(&g)->vector, 13,
	   "a Guest cannot load from the Launcher's local table");
	end_guest(&g);
}

static void test_sysenter(void)
{
	unsigned long at = getauxval(AT_SYSINFO);
	long pid;

	new_guest(&g);
	run_a_lot();
	asm volatile("call *%1" : "=a" (pid) : "m" (at), "a" (SYS_getpid));
	is(pid, getpid(), "the Launcher's system calls go where they went");
	end_guest(&g);
}

static void __attribute__((noinline)) watched(void)
{
	asm volatile("");
}

static void poke_dr(pid_t pid, int n, unsigned long value)
{
	if (ptrace(PTRACE_POKEUSER, pid, offsetof(struct user, u_debugreg)
		   + n * sizeof(long), value))
		give_up("PTRACE_POKEUSER");
}

/* A breakpoint in hardware, where the Guest goes and where we go. */
static void test_breakpoints(void)
{
	int status, stops = 0;
	unsigned long at = 0;
	struct user_regs_struct regs;
	pid_t child = fork();

	if (!child) {
		ptrace(PTRACE_TRACEME, 0, NULL, NULL);
		new_guest(&g);
		raise(SIGSTOP);
		run_a_lot();
		watched();
		_exit(0);
	}
	waitpid(child, &status, 0);
	poke_dr(child, 0, CODE);		/* the Guest's every step */
	poke_dr(child, 1, (unsigned long)watched);
	poke_dr(child, 7, 0x5);
	for (;;) {
		ptrace(PTRACE_CONT, child, NULL, NULL);
		waitpid(child, &status, 0);
		if (!WIFSTOPPED(status))
			break;
		ptrace(PTRACE_GETREGS, child, NULL, &regs);
		at = regs.eip;
		stops++;
		if (stops == 1)
			poke_dr(child, 7, 0x1);
	}
	is(stops, 1, "a breakpoint of the Launcher's stops no Guest");
	is(at, (unsigned long)watched, "but still the Launcher, after the Guest");
}

/* --- of the Guest -------------------------------------------------------------- */

static volatile int over;

/* Move the Guest from one processor to the other and back. */
static void *move_about(void *arg)
{
	pid_t launcher = (pid_t)(long)arg;
	double sum = 0;

	for (int n = 0; !over; n++) {
		cpu_set_t set;

		CPU_ZERO(&set);
		CPU_SET(n % 2, &set);
		sched_setaffinity(launcher, sizeof(set), &set);
		for (int i = 0; i < 20000; i++)
			sum += 1.0 / (i + 1);
		usleep(500);
	}
	return sum > 0 ? NULL : arg;
}

static void on_alarm(int unused)
{
	(void)unused;
}

static const char spin_code[] =
	"\x0f\x10\x05\x00\x00\x0a\x00"	/* movups 0xa0000, %xmm0 */
	"\x0f\x10\x3d\x10\x00\x0a\x00"	/* movups 0xa0010, %xmm7 */
	"\xd9\xeb\xd9\xea\xd9\xed"	/* fldpi; fldl2e; fldln2 */
	"\xb9\x00\x00\x00\x0c"		/* mov $0xc000000, %ecx */
	"\xba\x44\x33\x22\x11"		/* mov $0x11223344, %edx */
	"\x49\x75\xfd"			/* 1: dec %ecx; jnz 1b */
	"\x89\x15\x40\x00\x0a\x00"	/* mov %edx, 0xa0040 */
	"\x0f\x11\x05\x20\x00\x0a\x00"	/* movups %xmm0, 0xa0020 */
	"\x0f\x11\x3d\x30\x00\x0a\x00"	/* movups %xmm7, 0xa0030 */
	"\xdd\x1d\x48\x00\x0a\x00"	/* fstpl 0xa0048, and twice more */
	"\xdd\x1d\x50\x00\x0a\x00"
	"\xdd\x1d\x58\x00\x0a\x00"
	"\xc3";

static void test_moves(void)
{
	static const double wanted[] = {
		0.69314718055994530942, 1.44269504088896340736,
		3.14159265358979323846,
	};
	pthread_t mover;
	u32 word;

	new_guest(&g);
	memcpy(g.memory + RING1, spin_code, sizeof(spin_code));
	for (u32 i = 0; i < 32; i++)
		g.memory[0xa0000 + i] = 0x80 + i * 3;
	step(&g, CALL, RING1, 0, 0);
	step(&g, LHCALL_NOTIFY, MARK, 0, 0);
	over = 0;
	pthread_create(&mover, NULL, move_about, (void *)(long)getpid());
	while (read(g.fd, &word, 4) != 4)
		;
	over = 1;
	pthread_join(mover, NULL);
	ok(counter("moves") >= 20, "a Guest is moved between two processors");
	printf("# %ld moves\n", counter("moves"));
	is(*(u32 *)(g.memory + 0xa0040), 0x11223344, "its registers come along");
	ok(!memcmp(g.memory + 0xa0000, g.memory + 0xa0020, 32),
	   "so do those of SSE, past other programs that calculate");
	ok(!memcmp(g.memory + 0xa0048, wanted, sizeof(wanted)),
	   "and the old floating-point stack");
	end_guest(&g);
}

static void spin(u32 seconds)
{
	static const u32 want[] = { 0x12345678, 0x9abcdef0, 0x0fedcba9 };
	const struct itimerval soon = { .it_value = { seconds, 0 } };
	u32 value, bad = 0;

	new_guest(&g);
	step(&g, SPIN, want[0], want[1], want[2]);
	printf("# spinning\n");
	setitimer(ITIMER_REAL, &soon, NULL);
	read(g.fd, &value, 4);
	for (u32 n = 0; n < 3; n++) {
		ask(g.fd, LHREQ_GETREG, n * 4, 0);
		bad += read(g.fd, &value, 4) != 4 || value != want[n];
	}
	is(bad, 0, "the Guest's registers are as they were");
	ask(g.fd, LHREQ_GETREG, 12 * 4, 0);
	read(g.fd, &value, 4);
	is(value, SPIN_AT, "and so is the place where it spins");
	printf("# %ld NMIs hit the Guest\n", counter("exit_2"));
	ok(counter("exit_2") > 0, "NMIs have hit the Guest");
	end_guest(&g);
}

int main(int argc, char *argv[])
{
	const struct sigaction on = { .sa_handler = on_alarm };

	sigaction(SIGALRM, &on, NULL);
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (argc == 3) {
		spin(atoi(argv[2]));
		return 0;
	}
	test_ldt();
	test_no_ldt_in_guest();
	test_sysenter();
	test_breakpoints();
	test_moves();
	return 0;
}
