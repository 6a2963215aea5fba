/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What things cost in a Linux, in ticks of the time-stamp counter: the same
 * program in the same kernel on a bare machine and in a Guest.
 *
 *	bench			print name and ticks for one, a line each
 *	bench count		do each thing some hundred times between two
 *				lines on the console, and wait for an answer to
 *				both, so that somebody outside can count exits
 *	bench NAME		only this one
 *	bench ticks		print the counter
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>
#include <sys/mman.h>
#include <sys/wait.h>

#define PAGE	4096
#define PAGES	256
#define ROUNDS	7
#define OTHERS	8
#define LINE	64

static uint64_t ticks(void)
{
	uint32_t low, high;

	asm volatile("rdtsc" : "=a" (low), "=d" (high) : : "memory");
	return (uint64_t)high << 32 | low;
}

static void give_up(const char *what)
{
	perror(what);
	_exit(1);
}

static int check(int result, const char *what)
{
	if (result < 0)
		give_up(what);
	return result;
}

static volatile char *pages(void)
{
	void *p = mmap(NULL, PAGES * PAGE, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED)
		give_up("mmap");
	return p;
}

static void touch(volatile char *p)
{
	int i;

	for (i = 0; i < PAGES; i++)
		p[i * PAGE] = 1;
}

/* --- one function for each: the ticks for so many of them --- */

static uint64_t loop(unsigned int n)
{
	uint64_t start = ticks();

	asm volatile("1: nop; nop; dec %0; jnz 1b" : "+r" (n));
	return ticks() - start;
}

static uint64_t system_call(unsigned int n)
{
	uint64_t start = ticks();
	int result;

	while (n--)
		asm volatile("int $0x80"	/* getppid */
			     : "=a" (result) : "0" (64) : "memory");
	return ticks() - start;
}

static void on_signal(int number)
{
	(void)number;
}

static uint64_t signal_to_self(unsigned int n)
{
	pid_t self = getpid();
	uint64_t start;

	signal(SIGUSR1, on_signal);
	for (start = ticks(); n--; )
		kill(self, SIGUSR1);
	return ticks() - start;
}

static uint64_t map_and_unmap(unsigned int n)
{
	uint64_t start = ticks();
	void *p;

	while (n--) {
		p = mmap(NULL, PAGE, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		munmap(p, PAGE);
	}
	return ticks() - start;
}

static uint64_t page_fault(unsigned int n)
{
	volatile char *p;
	uint64_t start, all = 0;

	for (; n; n -= PAGES) {
		p = pages();
		start = ticks();
		touch(p);
		all += ticks() - start;
		munmap((void *)p, PAGES * PAGE);
	}
	return all;
}

static uint64_t copy_on_write(unsigned int n)
{
	volatile char *p = pages();
	uint64_t start, all = 0, one;
	int fd[2];

	touch(p);
	check(pipe(fd), "pipe");
	for (; n; n -= PAGES) {
		if (!check(fork(), "fork")) {
			start = ticks();
			touch(p);
			one = ticks() - start;
			check(write(fd[1], &one, sizeof(one)), "write");
			_exit(0);
		}
		check(read(fd[0], &one, sizeof(one)), "read");
		wait(NULL);
		all += one;
	}
	return all;
}

static volatile char *guarded;

static void on_fault(int number)
{
	(void)number;
	mprotect((void *)guarded, PAGE, PROT_READ | PROT_WRITE);
}

static uint64_t protection_fault(unsigned int n)
{
	uint64_t start;

	guarded = pages();
	touch(guarded);
	signal(SIGSEGV, on_fault);
	for (start = ticks(); n--; ) {
		mprotect((void *)guarded, PAGE, PROT_READ);
		*guarded = 2;
	}
	return ticks() - start;
}

/* Other processes, each of which answers to a byte with a byte. */
struct other {
	int to, from;
};

static struct other start_other(void)
{
	int in[2], out[2];
	char byte;

	check(pipe(in), "pipe");
	check(pipe(out), "pipe");
	if (!check(fork(), "fork")) {
		close(in[1]);
		while (read(in[0], &byte, 1) == 1)
			check(write(out[1], &byte, 1), "write");
		_exit(0);
	}
	close(in[0]);
	close(out[1]);
	return (struct other){ .to = in[1], .from = out[0] };
}

static void ask(const struct other *other)
{
	char byte = 0;

	check(write(other->to, &byte, 1), "write");
	check(read(other->from, &byte, 1), "read");
}

static uint64_t read_again(unsigned int n)
{
	struct other others[OTHERS];
	volatile char *p = pages();
	uint64_t start, all = 0;
	int i;

	touch(p);
	for (i = 0; i < OTHERS; i++)
		others[i] = start_other();
	for (; n; n -= PAGES) {
		for (i = 0; i < OTHERS; i++)
			ask(&others[i]);
		start = ticks();
		for (i = 0; i < PAGES; i++)
			(void)p[i * PAGE];
		all += ticks() - start;
	}
	return all;
}

static uint64_t pipe_round_trip(unsigned int n)
{
	struct other other = start_other();
	uint64_t start;

	ask(&other);
	for (start = ticks(); n--; )
		ask(&other);
	return ticks() - start;
}

static uint64_t forks(unsigned int n, volatile char *dirty)
{
	uint64_t start, all = 0;

	while (n--) {
		if (dirty)
			touch(dirty);
		start = ticks();
		if (!check(fork(), "fork"))
			_exit(0);
		wait(NULL);
		all += ticks() - start;
	}
	return all;
}

static uint64_t fork_and_exit(unsigned int n)
{
	return forks(n, NULL);
}

static uint64_t fork_with_a_megabyte(unsigned int n)
{
	return forks(n, pages());
}

static uint64_t runs(unsigned int n, char *const command[])
{
	uint64_t start = ticks();

	while (n--) {
		if (!check(fork(), "fork")) {
			execv(command[0], command);
			give_up(command[0]);
		}
		wait(NULL);
	}
	return ticks() - start;
}

static uint64_t fork_and_exec(unsigned int n)
{
	static char *const nothing[] = { "/bin/nothing", NULL };

	return runs(n, nothing);
}

static uint64_t shell(unsigned int n)
{
	static char *const shell[] = { "/bin/sh", "-c", "true", NULL };

	return runs(n, shell);
}

static uint64_t block_read(unsigned int n)
{
	const char *disk = getenv("DISK");
	int fd = check(open(disk ? disk : "/dev/vda", O_RDONLY | O_DIRECT),
		       "disk");
	volatile char *p = pages();
	uint64_t start;

	touch(p);
	for (start = ticks(); n--; )
		check(read(fd, (void *)p, PAGE), "read");
	return ticks() - start;
}

static uint64_t console_line(unsigned int n)
{
	char line[LINE];
	uint64_t start;

	memset(line, '~', sizeof(line));
	line[LINE - 1] = '\n';
	tcdrain(1);
	for (start = ticks(); n--; )
		check(write(1, line, LINE), "write");
	tcdrain(1);
	return ticks() - start;
}

static uint64_t memory_copy(unsigned int n)
{
	static char from[1 << 20], to[1 << 20];
	uint64_t start;

	memset(from, 1, sizeof(from));
	memset(to, 2, sizeof(to));
	for (start = ticks(); n--; ) {
		void *source = from, *target = to;
		unsigned int words = sizeof(from) / 4;

		asm volatile("rep movsl" : "+c" (words), "+S" (source),
			     "+D" (target) : : "memory");
	}
	return ticks() - start;
}

static const struct test {
	const char *name;
	uint64_t (*ticks)(unsigned int n);
	unsigned int n;			/* so many in a round */
	const char *what;
} tests[] = {
	{ "loop", loop, 1000, "four instructions of a program" },
	{ "syscall", system_call, 1000, "system call" },
	{ "signal", signal_to_self, 200, "signal" },
	{ "mmap", map_and_unmap, 200, "mmap and munmap" },
	{ "fault", page_fault, PAGES, "page fault" },
	{ "cow", copy_on_write, PAGES, "copy on write" },
	{ "protfault", protection_fault, 100, "protection fault with handler" },
	{ "refault", read_again, PAGES, "page read after eight processes" },
	{ "fork", fork_and_exit, 20, "fork, exit, wait" },
	{ "forkbig", fork_with_a_megabyte, 10, "the same with a dirty megabyte" },
	{ "forkexec", fork_and_exec, 20, "fork, exec, wait" },
	{ "shell", shell, 5, "sh -c true" },
	{ "pipe", pipe_round_trip, 100, "pipe round trip" },
	{ "block", block_read, 100, "4 KiB block read" },
	{ "console", console_line, 100, "64-byte console line" },
	{ "memcpy", memory_copy, 4, "a megabyte copied" },
};

#define TESTS	(sizeof(tests) / sizeof(tests[0]))

/* Each round in a process of its own, small and fresh. */
static uint64_t one_round(const struct test *test, unsigned int n)
{
	uint64_t took = 0;
	int fd[2];

	check(pipe(fd), "pipe");
	if (!check(fork(), "fork")) {
		setpgid(0, 0);
		took = test->ticks(n);
		check(write(fd[1], &took, sizeof(took)), "write");
		signal(SIGTERM, SIG_IGN);
		_exit(0);
	}
	close(fd[1]);
	if (read(fd[0], &took, sizeof(took)) != sizeof(took))
		took = 0;
	close(fd[0]);
	wait(NULL);
	return took;
}

static int by_value(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static void measure(const struct test *test)
{
	uint64_t took[ROUNDS];
	int i;

	for (i = 0; i < ROUNDS; i++)
		took[i] = one_round(test, test->n);
	qsort(took, ROUNDS, sizeof(took[0]), by_value);
	printf("\ncost %s %.1f %s\n", test->name,
	       (double)took[ROUNDS / 2] / test->n, test->what);
	fflush(stdout);
}

static void pause_for(const char *what, const char *name, unsigned int n)
{
	char answer[80];

	printf("\n%s %s %u\n", what, name, n);
	fflush(stdout);
	if (!fgets(answer, sizeof(answer), stdin))
		exit(1);
}

int main(int argc, char *argv[])
{
	const char *how = argc > 1 ? argv[1] : "";
	unsigned int i, n;

	if (!strcmp(how, "ticks")) {
		printf("ticks %llu\n", (unsigned long long)ticks());
		return 0;
	}
	for (i = 0; i < TESTS; i++) {
		if (*how && strcmp(how, "count") && strcmp(how, tests[i].name))
			continue;
		if (strcmp(how, "count")) {
			measure(&tests[i]);
			continue;
		}
		one_round(&tests[i], 3 * tests[i].n);
		for (n = tests[i].n; n <= 3 * tests[i].n; n += 2 * tests[i].n) {
			pause_for("from", tests[i].name, n);
			one_round(&tests[i], n);
			pause_for("to", tests[i].name, n);
		}
	}
	printf("\nall measured\n");
	return 0;
}
