// SPDX-License-Identifier: GPL-2.0
/*
 * A Host that runs out of memory, at each place in turn.
 *
 *	starve load MODULE	load and remove the module
 *	starve life		a Guest's life: make it, give it an eventfd, run
 *				it until it dies, close
 *
 * Each is done again and again. The first time the first allocation fails that
 * it leads to, the next time the second, and so on until it gets by with fewer.
 * The kernel does the counting, of allocations and of copies from and to user
 * memory, if it was built for it (/proc/self/fail-nth).
 */
#include "../abi/small.h"

static struct guest g;
static int fail_nth;

static void must(int good, const char *what)
{
	if (good)
		return;
	perror(what);
	exit(2);
}

/* --- which allocation fails ------------------------------------------------ */

static void let_fail(u32 nth)
{
	char number[16];

	sprintf(number, "%u", nth);
	must(write(fail_nth, number, strlen(number)) > 0, "fail-nth");
}

/*
 * Has it failed? From here on, none does. Asking counts, too: if that is what
 * fails, then nothing did before.
 */
static int has_failed(void)
{
	char number[16] = "";
	ssize_t got = pread(fail_nth, number, sizeof(number) - 1, 0);
	ssize_t put = write(fail_nth, "0", 1);

	must(got > 0 || errno == EFAULT, "fail-nth");
	must(put > 0 || errno == EFAULT, "fail-nth");
	return got > 0 && strtoul(number, NULL, 10) == 0;
}

/* --- what became of it ----------------------------------------------------- */

static struct outcome {
	char what[80];
	u32 times;
} outcomes[40];

static void note(const char *what, const char *how)
{
	struct outcome *o = outcomes;
	char text[80];

	snprintf(text, sizeof(text), "%s: %s", what, how);
	while (o->times && strcmp(o->what, text))
		o++;
	must(o < outcomes + 39, "too many outcomes");
	strcpy(o->what, text);
	o->times++;
}

static void note_result(const char *what, long result)
{
	note(what, result < 0 ? strerrorname_np(errno) : "done");
}

static void print_outcomes(void)
{
	for (struct outcome *o = outcomes; o->times; o++)
		printf("%s (%u)\n", o->what, o->times);
}

/* --- loading --------------------------------------------------------------- */

static void load(const char *path)
{
	int failed, fd = open(path, O_RDONLY | O_CLOEXEC);
	u32 nth = 0;
	long got;

	must(fd >= 0, path);
	do {
		let_fail(++nth);
		got = syscall(SYS_finit_module, fd, "", 0);
		failed = has_failed();
		note_result("load", got);
		if (!got)
			must(!syscall(SYS_delete_module, "lg", 0), "rmmod");
	} while (failed);
	printf("%u places\n", nth - 1);
}

/* --- a life ---------------------------------------------------------------- */

/* The leaf table serves for all 4 MiB that the Guest looks at. */
enum { DMA = FREE, WORDS = FREE + PAGE };

static void prepare(void)
{
	u32 *top, *leaf;

	must(!madvise(g.memory, SIZE, MADV_DONTNEED), "madvise");
	lay_out(&g);
	step(&g, LHCALL_LGUEST_INIT, DATA, 0, 0);
	step(&g, LHCALL_NEW_PGTABLE, TOP, 0, 0);
	step(&g, LOAD, 0x400000, 0, 0);
	step(&g, LOAD, 0x800000, 0, 0);
	step(&g, LOAD, 0xc0000000, 0, 0);
	step(&g, LHCALL_LOAD_TLS, WORDS, 0, 0);
	step(&g, LHCALL_SET_STACK, GUEST_KERNEL_DS, TRAP_STACK, 2);
	step(&g, LHCALL_BIND_DMA, WORDS, DMA, 1 | 1 << 8);
	step(&g, LHCALL_NOTIFY, WORDS, 0, 0);
	step(&g, LHCALL_SEND_DMA, WORDS + 8, DMA, 0);
	step(&g, LHCALL_SET_CLOCKEVENT, 1, 0, 0);
	step(&g, LHCALL_FLUSH_TLB, 1, 0, 0);
	step(&g, LOAD, 0x400000 + LIST_END - PAGE, 0, 0);
	step(&g, LHCALL_SHUTDOWN, WORDS + 16, LGUEST_SHUTDOWN_POWEROFF, 0);
	top = (u32 *)(g.memory + TOP);
	leaf = (u32 *)(g.memory + LEAF);
	top[0] = top[1] = top[2] = top[0x300] = LEAF | 3;
	for (u32 i = 0; i < 1024; i++)
		leaf[i] = i * PAGE | 3;
	strcpy((char *)g.memory + WORDS + 16, "it is well");
}

/* Run it until it dies, and say what it died of, without its numbers. */
static void run_until_dead(void)
{
	char why[80];
	u32 words[2], at;
	ssize_t got;

	do
		got = read(g.fd, words, sizeof(words));
	while (got > 0);
	if (errno != ENOENT) {
		note_result("run", got);
		return;
	}
	got = read(g.fd, why, sizeof(why) - 1);
	if (got < 0) {
		note_result("last words", got);
		return;
	}
	why[got] = '\0';
	at = strcspn(why, "0123456789");
	why[at] = '\0';
	note("died", why);
}

static void live(int event)
{
	ssize_t got;

	g.fd = open("/dev/lguest", O_RDWR | O_CLOEXEC);
	if (g.fd < 0) {
		note_result("open", g.fd);
		return;
	}
	got = initialize(&g);
	note_result("make", got);
	if (got == 12) {
		note_result("eventfd",
			    ask(g.fd, LHREQ_EVENTFD, WORDS, event));
		run_until_dead();
	}
	close(g.fd);
}

static void life(void)
{
	int event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	u32 nth = 0;
	int failed;

	must(event >= 0, "eventfd");
	new_memory(&g);
	do {
		prepare();
		let_fail(++nth);
		live(event);
		failed = has_failed();
	} while (failed);
	printf("%u places\n", nth - 1);
}

int main(int argc, char *argv[])
{
	/* None of our own pages may be missing when memory is. */
	must(!mlockall(MCL_CURRENT), "mlockall");
	fail_nth = open("/proc/self/fail-nth", O_RDWR | O_CLOEXEC);
	must(fail_nth >= 0, "/proc/self/fail-nth");
	if (argc == 3 && !strcmp(argv[1], "load")) {
		load(argv[2]);
	} else if (argc == 2 && !strcmp(argv[1], "life")) {
		life();
	} else {
		fprintf(stderr, "usage: starve load MODULE | life\n");
		return 2;
	}
	print_outcomes();
	return 0;
}
