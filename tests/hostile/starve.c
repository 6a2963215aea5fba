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
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "lguest.h"
#include "lguest_launcher.h"

typedef uint32_t u32;
typedef uint8_t u8;

#define PAGE	4096
#define PAGES	1024
#define SIZE	(PAGES * PAGE)

static u8 *memory;
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

/*
 * What is where in the Guest's memory: lguest_data crosses from one page into
 * the next, and the leaf table serves for all 4 MiB that the Guest looks at.
 */
enum {
	PLACE = 0x1000, CODE = 0x2000, LIST = 0x3000, STACK = 0x5000,
	DATA = 0x6e00, DMA = 0x8000, TOP = 0x9000, LEAF = 0xa000,
	WORDS = 0xb000,
};

extern const u8 guest_code[], guest_code_end[];

/* It goes through the list, five words for a call; 0x100 is a look. */
asm(
"	.pushsection .rodata\n"
"guest_code:\n"
"	movl 0x1000, %ebp\n"
"	addl $20, 0x1000\n"
"	movl (%ebp), %eax\n"
"	movl 4(%ebp), %ebx\n"
"	movl 8(%ebp), %ecx\n"
"	movl 12(%ebp), %edx\n"
"	movl 16(%ebp), %esi\n"
"	cmpl $0x100, %eax\n"
"	je 1f\n"
"	int $0x1f\n"
"	jmp guest_code\n"
"1:	movl (%ebx), %ecx\n"
"	jmp guest_code\n"
"guest_code_end:\n"
"	.popsection\n");

static void prepare(void)
{
	static const u32 list[][5] = {
		{ LHCALL_LGUEST_INIT, DATA },
		{ LHCALL_NEW_PGTABLE, TOP },
		{ 0x100, 0x400000 }, { 0x100, 0x800000 }, { 0x100, 0xc0000000 },
		{ LHCALL_LOAD_TLS, WORDS },
		{ LHCALL_SET_STACK, GUEST_KERNEL_DS, STACK + PAGE, 2 },
		{ LHCALL_BIND_DMA, WORDS, DMA, 1 | 1 << 8 },
		{ LHCALL_NOTIFY, WORDS },
		{ LHCALL_SEND_DMA, WORDS + 8, DMA },
		{ LHCALL_SET_CLOCKEVENT, 1 },
		{ LHCALL_FLUSH_TLB, 1 },
		{ 0x100, 0x400000 + 0x20000 },
		{ LHCALL_SHUTDOWN, WORDS + 16, LGUEST_SHUTDOWN_POWEROFF },
	};
	struct lguest_data *data = (void *)(memory + DATA);
	u32 *top = (u32 *)(memory + TOP), *leaf = (u32 *)(memory + LEAF);

	must(!madvise(memory, SIZE, MADV_DONTNEED), "madvise");
	memcpy(memory + CODE, guest_code, guest_code_end - guest_code);
	memcpy(memory + LIST, list, sizeof(list));
	*(u32 *)(memory + PLACE) = LIST;
	memset(data->hcall_status, 0xff, sizeof(data->hcall_status));
	data->kernel_address = 0xc0000000;
	data->syscall_vec = 0x80;
	top[0] = top[1] = top[2] = top[0x300] = LEAF | 3;
	for (u32 i = 0; i < 1024; i++)
		leaf[i] = i * PAGE | 3;
	strcpy((char *)memory + WORDS + 16, "it is well");
}

/* Run it until it dies, and say what it died of, without its numbers. */
static void run(int device)
{
	char why[80];
	u32 words[2], at;
	ssize_t got;

	do
		got = read(device, words, sizeof(words));
	while (got > 0);
	if (errno != ENOENT) {
		note_result("run", got);
		return;
	}
	got = read(device, why, sizeof(why) - 1);
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
	const u32 make[] = { LHREQ_INITIALIZE, (u32)memory, PAGES, CODE };
	const u32 attach[] = { LHREQ_EVENTFD, WORDS, event };
	int device = open("/dev/lguest", O_RDWR | O_CLOEXEC);
	ssize_t got;

	if (device < 0) {
		note_result("open", device);
		return;
	}
	got = write(device, make, sizeof(make));
	note_result("make", got);
	if (got == 12) {
		note_result("eventfd", write(device, attach, sizeof(attach)));
		run(device);
	}
	close(device);
}

static void life(void)
{
	int event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	u32 nth = 0;
	int failed;

	must(event >= 0, "eventfd");
	memory = mmap(NULL, SIZE, PROT_READ | PROT_WRITE | PROT_EXEC,
		      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	must(memory != MAP_FAILED, "mmap");
	munlock(memory, SIZE);
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
