// SPDX-License-Identifier: GPL-2.0
/*
 * Each request that /dev/lguest takes, each of its errors, and the ways in
 * which a read can end.
 */
#include "small.h"

static struct guest g;

#define BAD_POINTER	((void *)0x1000)	/* nothing is there */

static long ask_nowhere(u32 request)
{
	u32 *page = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	u32 *last = page + PAGE / 4 - 1;
	ssize_t got;

	/* The request is the last word there is; its arguments are nowhere. */
	munmap(page + PAGE / 4, PAGE);
	*last = request;
	got = pwrite(g.fd, last, 16, 0);
	got = got < 0 ? -errno : got;
	munmap(page, PAGE);
	return got;
}

static long get_reg(u32 offset)
{
	u32 value;

	if (ask(g.fd, LHREQ_GETREG, offset, 0) != 8)
		return -1;
	return read(g.fd, &value, sizeof(value)) == 4 ? (long)value : -2;
}

/* Where ptrace keeps them, in words: see <asm/ptrace-abi.h>. */
static const char * const reg_names[] = {
	"bx", "cx", "dx", "si", "di", "bp", "ax", "ds", "es", "fs", "gs",
	"orig_ax", "ip", "cs", "flags", "sp", "ss",
};
#define REG(n)	((n) * 4)
enum { BX, CX, DX, SI, DI, BP, AX, DS, ES, FS, GS, ORIG_AX, IP, CS, FLAGS,
	SP, SS };

static void on_alarm(int unused)
{
	(void)unused;
}

static void alarm_in(u32 ms)
{
	const struct itimerval soon = {
		.it_value = { ms / 1000, ms % 1000 * 1000 },
	};

	setitimer(ITIMER_REAL, &soon, NULL);
}

/* --- before there is a Guest ------------------------------------------------ */

static void test_uninitialised(void)
{
	u32 word = 0, bad = 0;

	g.fd = open_device();
	for (u32 request = 1; request < 10; request++)
		bad += ask(g.fd, request, 1, 1) != -EINVAL;
	is(bad, 0, "no Guest: every request but INITIALIZE is EINVAL");
	is(read(g.fd, &word, 4) < 0 ? errno : 0, EINVAL,
	   "no Guest: read is EINVAL");
	is(write(g.fd, &word, 3) < 0 ? errno : 0, EINVAL,
	   "a write shorter than a word: EINVAL");
	is(write(g.fd, BAD_POINTER, 4) < 0 ? errno : 0, EFAULT,
	   "a write from nowhere: EFAULT");
	is(close(g.fd), 0, "close without a Guest");
}

static long try_layout(u32 base, u32 pages)
{
	const u32 words[] = { LHREQ_INITIALIZE, base, pages, CODE };
	ssize_t got = write(g.fd, words, sizeof(words));

	return got < 0 ? -errno : got;
}

static void test_initialize(void)
{
	u32 base;

	new_memory(&g);
	base = (u32)g.memory;
	g.fd = open_device();
	is(ask_nowhere(LHREQ_INITIALIZE), -EFAULT,
	   "INITIALIZE: EFAULT for a bad pointer");
	is(try_layout(base + 1, 1), -EINVAL,
	   "INITIALIZE: EINVAL for a base that is no page");
	is(try_layout(base, 0), -EINVAL, "INITIALIZE: EINVAL for no pages");
	is(try_layout(0xc0000000, 1), -EINVAL,
	   "INITIALIZE: EINVAL for a base in the Host");
	is(try_layout(base, 0x100000), -EINVAL,
	   "INITIALIZE: EINVAL for pages that end in the Host");
	is(try_layout(base, 0xffffffff), -EINVAL,
	   "INITIALIZE: EINVAL for pages that wrap around");
	is(initialize(&g), 12, "INITIALIZE: returns 12");
	is(initialize(&g) < 0 ? errno : 0, EBUSY, "INITIALIZE: EBUSY twice");
	is(close(g.fd), 0, "close of a Guest that never ran");
	munmap(g.memory, SIZE);
}

/*
 * The Host keeps a word for each page of a Guest: three megabytes for this one,
 * and we are to be where that is more than we may have.
 */
static void test_no_room(void)
{
	new_memory(&g);
	g.fd = open_device();
	is(try_layout(PAGE, 0xc0000000 / PAGE - 1), -ENOMEM,
	   "INITIALIZE: ENOMEM when the Host has no room");
	is(initialize(&g), 12, "INITIALIZE: but for a smaller Guest it has");
	end_guest(&g);
}

/* --- requests ---------------------------------------------------------------- */

static void test_refusals(void)
{
	const u32 irq[] = { LHREQ_IRQ, 1 };
	u32 word, bad = 0;

	new_guest(&g);
	is(ask(g.fd, 8, 0, 0), -EINVAL, "an unknown request: EINVAL");
	is(ask(g.fd, 0xffffffff, 0, 0), -EINVAL,
	   "an unknown request, 0xffffffff: EINVAL");
	is(pwrite(g.fd, irq, 8, 1) < 0 ? errno : 0, EINVAL,
	   "a virtual CPU that is not there: EINVAL");
	is(pread(g.fd, &word, 4, 1) < 0 ? errno : 0, EINVAL,
	   "reading a virtual CPU that is not there: EINVAL");
	for (u32 request = 1; request < 8; request++)
		bad += ask_nowhere(request) != -EFAULT;
	is(bad, 0, "arguments that are nowhere: EFAULT for each request");
	is(read(g.fd, &word, 3) < 0 ? errno : 0, EINVAL,
	   "a read of less than a word: EINVAL");
	end_guest(&g);
}

static void test_irq(void)
{
	u32 bad = 0;

	new_guest(&g);
	step(&g, STORE, DATA + 4, 0, 0);	/* none is blocked */
	step(&g, STORE, DATA, LGUEST_IF, 0);
	must_run(&g);
	for (u32 n = 1; n < 32; n++) {
		if (ask(g.fd, LHREQ_IRQ, n, 0))
			bad++;
		step(&g, LHCALL_SEND_INTERRUPTS, 0, 0, 0);
		step(&g, STORE, DATA, LGUEST_IF, 0);
		must_run(&g);
		bad += trapped(&g)->vector != 32 + n;
	}
	is(bad, 0, "IRQ: 0, and irq n arrives at vector 32 + n");
	is(trapped(&g)->count, 31, "... each of them once");
	is(ask(g.fd, LHREQ_IRQ, 32, 0), -EINVAL, "IRQ: EINVAL for irq 32");
	is(ask(g.fd, LHREQ_IRQ, 0xffffffff, 0), -EINVAL,
	   "IRQ: EINVAL for irq 0xffffffff");
	end_guest(&g);
}

static long break_said;

static void *break_on(void *unused)
{
	break_said = ask(g.fd, LHREQ_BREAK, 1, 0);
	return unused;
}

static void test_break(void)
{
	pthread_t thread;
	u32 words[2];

	new_guest(&g);
	must_run(&g);
	break_said = 77;
	pthread_create(&thread, NULL, break_on, NULL);
	do
		usleep(10000);
	while (read(g.fd, words, 8) == 4);
	is(errno, EAGAIN, "BREAK: read ends with EAGAIN");
	is(break_said, 77, "BREAK: 1 blocks");
	is(ask(g.fd, LHREQ_BREAK, 0, 0), 0, "BREAK: 0 releases");
	pthread_join(thread, NULL);
	is(break_said, 0, "BREAK: and 1 returns 0");
	must_run(&g);
	ok(1, "BREAK: the Guest goes on");
	end_guest(&g);
}

static void test_break_while_running(void)
{
	pthread_t thread;
	u32 words[2];

	new_guest(&g);
	must_run(&g);
	step(&g, SPIN, 0, 0, 0);
	pthread_create(&thread, NULL, break_on, NULL);
	is(read(g.fd, words, 8) < 0 ? errno : 0, EAGAIN,
	   "BREAK: stops a Guest that spins");
	ask(g.fd, LHREQ_BREAK, 0, 0);
	pthread_join(thread, NULL);
	end_guest(&g);
}

/* The Guest dies under who holds it, at one moment or another. */
static void test_break_of_the_dead(void)
{
	u32 bad = 0, words[2];
	pthread_t thread;

	for (int i = 0; i < 200; i++) {
		new_guest(&g);
		must_run(&g);
		for (int n = i; n; n--)
			step(&g, LHCALL_FLUSH_ASYNC, 0, 0, 0);
		step(&g, LHCALL_SHUTDOWN, DATA, LGUEST_SHUTDOWN_POWEROFF, 0);
		break_said = 77;
		pthread_create(&thread, NULL, break_on, NULL);
		while (read(g.fd, words, 8) == 4)
			;
		if (errno == EAGAIN) {	/* it was held alive */
			ask(g.fd, LHREQ_BREAK, 0, 0);
			read(g.fd, words, 8);
		}
		alarm(20);
		pthread_join(thread, NULL);
		alarm(0);
		bad += break_said != 0 && break_said != -ENOENT;
		end_guest(&g);
	}
	is(bad, 0, "BREAK: who holds a Guest that dies is let go");
}

static void test_eventfd(void)
{
	int event = eventfd(0, EFD_NONBLOCK), other[2];
	struct step *clock;
	uint64_t count = 0;
	u32 words[2], n;
	long last = 0;

	if (pipe(other))
		give_up("pipe");
	new_guest(&g);
	is(ask(g.fd, LHREQ_EVENTFD, 0, event), -EINVAL,
	   "EVENTFD: EINVAL for address 0");
	is(ask(g.fd, LHREQ_EVENTFD, 0x1234, 1000), -EBADF,
	   "EVENTFD: EBADF for what is no descriptor");
	is(ask(g.fd, LHREQ_EVENTFD, 0x1234, other[0]), -EINVAL,
	   "EVENTFD: EINVAL for a pipe");
	is(ask(g.fd, LHREQ_EVENTFD, 0x1234, event), 0, "EVENTFD: returns 0");
	step(&g, LHCALL_NOTIFY, 0x1234, 0, 0);
	step(&g, LHCALL_NOTIFY, 0x1234, 0, 0);
	must_run(&g);
	is(read(event, &count, 8) == 8 ? (long)count : -1, 2,
	   "EVENTFD: two NOTIFYs count two and end no read");
	step(&g, LHCALL_NOTIFY, 0x1230, 0, 0);
	is(read(g.fd, words, 8) == 4 ? words[0] : 0, 0x1230,
	   "EVENTFD: a NOTIFY of another address ends the read");

	/* One in the ring, taken by the eventfd, before a call that answers. */
	data_of(&g)->hcalls[0] = (struct hcall_args) {
		LHCALL_NOTIFY, 0x1234, 0, 0, 0 };
	data_of(&g)->hcall_status[0] = 0;
	clock = step(&g, LHCALL_GET_WALLCLOCK, 0, 0, 0);
	must_run(&g);
	is(read(event, &count, 8) == 8 ? (long)count : -1, 1,
	   "EVENTFD: a NOTIFY in the ring counts one");
	ok(clock->result - (u32)time(NULL) + 2 < 4,
	   "... and the call behind the ring is done before the Guest goes on");

	for (n = 0; n < 2000 && !last; n++)
		last = ask(g.fd, LHREQ_EVENTFD, 0x2000 + n, event);
	is(last, -ENOMEM, "EVENTFD: ENOMEM when there are too many");
	ok(n > 60, "EVENTFD: sixty are not too many");
	close(event);
	step(&g, LHCALL_NOTIFY, 0x1234, 0, 0);
	must_run(&g);
	ok(1, "EVENTFD: closed by the Launcher, it is still there for the Guest");
	end_guest(&g);
}

static void test_getreg(void)
{
	u32 bad = 0, value = 0;

	new_guest(&g);
	step(&g, SPIN, 0x11223344, 0x55667788, 0x99aabbcc);
	alarm_in(300);
	is(read(g.fd, &value, 4) < 0 ? errno : 0, EINTR,
	   "a signal ends the read: EINTR");
	is(ask(g.fd, LHREQ_GETREG, REG(BX), 0), 8, "GETREG: returns 8");
	is(read(g.fd, &value, 4), 4, "... and the next read gives four bytes");
	is(value, 0x11223344, "... the register");
	is(get_reg(REG(CX)), 0x55667788, "GETREG: cx");
	is((u32)get_reg(REG(DX)), 0x99aabbcc, "GETREG: dx");
	is(get_reg(REG(AX)), SPIN, "GETREG: ax");
	is(get_reg(REG(SI)), 0, "GETREG: si");
	is(get_reg(REG(IP)), SPIN_AT, "GETREG: ip");
	is(get_reg(REG(SP)), STACK, "GETREG: sp");
	is(get_reg(REG(CS)), GUEST_KERNEL_CS, "GETREG: cs");
	is(get_reg(REG(DS)), GUEST_KERNEL_DS, "GETREG: ds");
	is(get_reg(REG(SS)), GUEST_KERNEL_DS, "GETREG: ss");
	is(get_reg(REG(FLAGS)) & 0x202, 0x202, "GETREG: flags");
	for (u32 n = 0; n < 17; n++)
		if (n != ORIG_AX && ask(g.fd, LHREQ_GETREG, REG(n), 0) != 8) {
			printf("# %s\n", reg_names[n]);
			bad++;
		}
	is(bad, 0, "GETREG: each register of the ptrace layout but orig_ax");
	for (u32 offset = 0; offset < 200; offset++)
		if (offset % 4 || offset == REG(ORIG_AX) || offset > REG(SS))
			bad += ask(g.fd, LHREQ_GETREG, offset, 0) != -ENOENT;
	bad += ask(g.fd, LHREQ_GETREG, 0xffffffff, 0) != -ENOENT;
	is(bad, 0, "GETREG: ENOENT for every other offset");
	end_guest(&g);
}

/* Before the first read, a Guest has the registers of its first day. */
static void test_first_registers(void)
{
	u32 bad = 0;

	new_memory(&g);
	g.fd = open_device();
	initialize(&g);
	for (u32 n = 0; n < ORIG_AX; n++)
		if (n != DS && n != ES)
			bad += get_reg(REG(n)) != 0;
	bad += get_reg(REG(SP)) != 0;
	is(bad, 0, "the first registers: all that are not named below are 0");
	is(get_reg(REG(IP)), CODE, "the first registers: eip is start");
	is(get_reg(REG(CS)), GUEST_KERNEL_CS, "the first registers: cs");
	for (u32 n = 0; n < 3; n++)
		bad += get_reg(REG(n == 0 ? DS : n == 1 ? ES : SS)) !=
		       GUEST_KERNEL_DS;
	is(bad, 0, "the first registers: ds, es and ss are flat, of ring 1");
	is(get_reg(REG(FLAGS)), 0x202, "the first registers: eflags 0x202");
	step(&g, LHCALL_LGUEST_INIT, DATA, 0, 0);
	must_run(&g);
	ok(1, "before NEW_PGTABLE, each address is that of memory");
	end_guest(&g);
}

static void test_setreg(void)
{
	static const u8 may[] = { BX, CX, DX, SI, DI, BP, AX, IP, SP };
	u32 bad = 0, word;

	new_guest(&g);
	step(&g, SPIN, 0, 0, 0);
	alarm_in(300);
	read(g.fd, &word, 4);
	is(ask(g.fd, LHREQ_SETREG, REG(BX), 1), 12, "SETREG: returns 12");
	for (u32 n = 0; n < sizeof(may); n++) {
		u32 value = may[n] == IP ? (u32)SPIN_AT : 0x1000 + n;

		bad += ask(g.fd, LHREQ_SETREG, REG(may[n]), value) != 12;
		bad += get_reg(REG(may[n])) != (long)value;
	}
	is(bad, 0, "SETREG: bx cx dx si di bp ax ip sp may be set");
	for (u32 n = 0; n < 17; n++)
		if (!memchr(may, n, sizeof(may)))
			bad += ask(g.fd, LHREQ_SETREG, REG(n), 0x68) != -ENOENT;
	is(bad, 0, "SETREG: ENOENT for segments and flags");
	ask(g.fd, LHREQ_SETREG, REG(IP), CODE);
	must_run(&g);
	ok(1, "SETREG: the Guest goes on where ip says");
	end_guest(&g);
}

static volatile int over;

static void *ask_for_nonsense(void *unused)
{
	while (!over)
		ask(g.fd, LHREQ_GETREG, 0xfff, 0);
	return unused;
}

/* A register that one thread asks for, while another asks for none. */
static void test_getreg_race(void)
{
	pthread_t thread;
	u32 word;

	new_guest(&g);
	must_run(&g);
	over = 0;
	pthread_create(&thread, NULL, ask_for_nonsense, NULL);
	for (int i = 0; i < 20000; i++) {
		ask(g.fd, LHREQ_GETREG, REG(BX), 0);
		step(&g, LHCALL_NOTIFY, MARK, 0, 0);
		if ((u8 *)g.next > g.memory + LIST_END - 100) {
			*(u32 *)(g.memory + NEXT) = LIST;
			g.next = (struct step *)(g.memory + LIST);
			step(&g, LHCALL_NOTIFY, MARK, 0, 0);
		}
		read(g.fd, &word, 4);
	}
	over = 1;
	pthread_join(thread, NULL);
	ok(1, "GETREG: of two threads at once, 20,000 times");
	end_guest(&g);
}

static void *trap_later(void *unused)
{
	usleep(300000);
	ask(g.fd, LHREQ_TRAP, 6, 0);
	return unused;
}

static void test_trap(void)
{
	pthread_t thread;

	new_guest(&g);
	is(ask(g.fd, LHREQ_TRAP, 3, 0), -EINVAL,
	   "TRAP: EINVAL if the Guest has no handler");
	must_run(&g);
	is(ask(g.fd, LHREQ_TRAP, 3, 0), 0, "TRAP: returns 0");
	must_run(&g);
	is(trapped(&g)->vector, 3, "... and the Guest takes it");
	is(trapped(&g)->count, 1, "... once");
	is(ask(g.fd, LHREQ_TRAP, 14, 0), 0, "TRAP: one with an error code");
	must_run(&g);
	is(trapped(&g)->vector, 14, "... is taken");
	is(trapped(&g)->frame[2], GUEST_KERNEL_CS, "... with its error code");
	is(ask(g.fd, LHREQ_TRAP, 2, 0), -EINVAL, "TRAP: EINVAL for the Host's 2");
	is(ask(g.fd, LHREQ_TRAP, 31, 0), -EINVAL, "TRAP: EINVAL for 31");
	is(ask(g.fd, LHREQ_TRAP, 32, 0), -EINVAL, "TRAP: EINVAL for 32");
	is(ask(g.fd, LHREQ_TRAP, 0xffffffff, 0), -EINVAL,
	   "TRAP: EINVAL for 0xffffffff");
	step(&g, LHCALL_HALT, 0, 0, 0);
	pthread_create(&thread, NULL, trap_later, NULL);
	must_run(&g);
	pthread_join(thread, NULL);
	is(trapped(&g)->vector, 6, "TRAP: wakes a Guest that halts");
	end_guest(&g);
}

/* --- the ways in which a read ends -------------------------------------------- */

static long stranger_said;

static void *read_as_stranger(void *unused)
{
	u32 word;

	stranger_said = read(g.fd, &word, 4) < 0 ? errno : 0;
	return unused;
}

static void test_strangers(void)
{
	pthread_t thread;
	int status;

	new_guest(&g);
	pthread_create(&thread, NULL, read_as_stranger, NULL);
	pthread_join(thread, NULL);
	is(stranger_said, EPERM, "read: EPERM for another thread");
	if (fork() == 0) {
		read_as_stranger(NULL);
		_exit(stranger_said);
	}
	wait(&status);
	is(WEXITSTATUS(status), EPERM, "read: EPERM for a child");
	must_run(&g);
	ok(1, "read: and the Guest's own task may still run it");
	end_guest(&g);
}

static void test_notify(void)
{
	u32 words[2] = { 0, 0 };

	new_guest(&g);
	step(&g, LHCALL_NOTIFY, 0xfedcba98, 0, 0);
	is(read(g.fd, words, 8), 4, "NOTIFY: read gives four bytes");
	is(words[0], 0xfedcba98, "... the address, whatever it is");
	step(&g, LHCALL_NOTIFY, 0x1000, 0, 0);
	is(read(g.fd, BAD_POINTER, 4) < 0 ? errno : 0, EFAULT,
	   "read to nowhere: EFAULT");
	must_run(&g);
	ok(1, "... and the Guest goes on");
	end_guest(&g);
}

static const char last_words[] = "the last words";

static void die(u32 code)
{
	new_guest(&g);
	strcpy((char *)g.memory + FREE, last_words);
	step(&g, LHCALL_SHUTDOWN, FREE, code, 0);
}

static void test_death(void)
{
	char why[200];
	u32 bad = 0;

	die(LGUEST_SHUTDOWN_POWEROFF);
	is(run(&g) < 0 ? errno : 0, ENOENT, "death: read is ENOENT");
	memset(why, '#', sizeof(why));
	is(read(g.fd, why, sizeof(why)), strlen(last_words),
	   "death: the next read gives the reason, for a power-off without 0");
	ok(!memcmp(why, last_words, strlen(last_words)), "... as it was");
	is(read(g.fd, why, 5), 5, "death: at most the size of the buffer");
	is(read(g.fd, BAD_POINTER, 50) < 0 ? errno : 0, EFAULT,
	   "death: EFAULT for a reason to nowhere");
	for (u32 request = 1; request < 9; request++)
		bad += ask(g.fd, request, 1, 1) != -ENOENT;
	is(bad, 0, "death: every request but INITIALIZE is ENOENT");
	is(initialize(&g) < 0 ? errno : 0, EBUSY, "death: INITIALIZE is EBUSY");
	end_guest(&g);

	die(LGUEST_SHUTDOWN_CRASH);
	run(&g);
	is(read(g.fd, why, sizeof(why)), strlen("CRASH: ") + strlen(last_words)
	   + 1, "death: a crash has its reason with a 0");
	end_guest(&g);

	die(LGUEST_SHUTDOWN_RESTART);
	is(run(&g) < 0 ? errno : 0, 85, "restart: read is ERESTART");
	is(read(g.fd, why, sizeof(why)) < 0 ? errno : 0, 85,
	   "restart: and stays so");
	end_guest(&g);
}

/* --- close, in every state ----------------------------------------------------- */

static void *read_on(void *unused)
{
	u32 word;

	read(g.fd, &word, 4);
	return unused;
}

static void test_close(void)
{
	pthread_t thread;
	int status;

	new_guest(&g);
	step(&g, LHCALL_SET_CLOCKEVENT, 1000000, 0, 0);
	must_run(&g);
	is(close(g.fd), 0, "close with the timer running");
	usleep(5000);
	munmap(g.memory, SIZE);

	new_guest(&g);
	step(&g, LHCALL_BIND_DMA, FREE, FREE, 1 << 8 | 1);
	must_run(&g);
	is(close(g.fd), 0, "close with a key bound");
	munmap(g.memory, SIZE);

	new_guest(&g);
	pthread_create(&thread, NULL, break_on, NULL);
	usleep(20000);
	close(g.fd);	/* the thread is inside; the file lives on with it */
	pthread_kill(thread, SIGALRM);
	pthread_join(thread, NULL);
	is(break_said, -EINTR, "close while a thread holds the Guest");
	munmap(g.memory, SIZE);

	if (fork() == 0) {
		new_guest(&g);
		step(&g, LHCALL_HALT, 0, 0, 0);
		alarm(1);
		signal(SIGALRM, SIG_DFL);
		read_on(NULL);
		_exit(0);
	}
	wait(&status);
	is(WIFSIGNALED(status), 1, "close by a signal, with the Guest halted");

	if (fork() == 0) {
		new_guest(&g);
		must_run(&g);
		if (fork() == 0) {
			usleep(300000);	/* its parent is gone by now */
			ask(g.fd, LHREQ_IRQ, 1, 0);
			_exit(0);
		}
		_exit(0);
	}
	wait(&status);
	usleep(600000);
	ok(1, "close by a child, after the Launcher has gone");
}

static int files_of_mine(void)
{
	char command[100];
	FILE *in;
	int n = -1;

	snprintf(command, sizeof(command),
		 "ls /sys/kernel/debug/lguest | grep -c ^%d", getpid());
	in = popen(command, "r");
	if (!in || fscanf(in, "%d", &n) != 1)
		n = -1;
	pclose(in);
	return n;
}

/* One task may have several Guests; each has its counters. */
static void test_two_guests(void)
{
	struct guest other;

	new_guest(&g);
	new_guest(&other);
	must_run(&g);
	must_run(&other);
	is(files_of_mine(), 2, "two Guests of one task: two files of counters");
	end_guest(&g);
	is(files_of_mine(), 1, "... and one when one has gone");
	must_run(&other);
	end_guest(&other);
	is(files_of_mine(), 0, "... and none");
}

int main(int argc, char *argv[])
{
	const struct sigaction on = { .sa_handler = on_alarm };

	sigaction(SIGALRM, &on, NULL);
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (argc == 2 && !strcmp(argv[1], "room")) {
		test_no_room();
		return 0;
	}
	if (argc == 2 && !strcmp(argv[1], "race")) {
		test_getreg_race();
		return 0;
	}
	test_uninitialised();
	test_initialize();
	test_refusals();
	test_irq();
	test_break();
	test_break_while_running();
	test_break_of_the_dead();
	test_eventfd();
	test_getreg();
	test_first_registers();
	test_setreg();
	test_trap();
	test_strangers();
	test_notify();
	test_death();
	test_close();
	test_two_guests();
	return 0;
}
