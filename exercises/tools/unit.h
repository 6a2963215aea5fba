/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the unit tests of the exercises have in common.
 *
 * A test never says that something is right. It says what it has seen. The
 * file is compiled twice: once with the answer, and then SEE() shows what the
 * answer gives; and once with -DORACLE and without the answer, and then SEE()
 * shows what is right. Somebody else compares the two. So the program that
 * holds the answer does not know what would be right, and "all tests passed"
 * is only one more thing that was not asked.
 *
 * Both are given the same seed. any() must be called equally often by both,
 * thus never within SEE() or ANSWER().
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <ucontext.h>
#include <unistd.h>

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;

/* What is of the kernel's, and small enough to be had here. */
#define PAGE_SIZE	4096u
#define PAGE_SHIFT	12
#define PAGE_MASK	(~(PAGE_SIZE - 1))
#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))
#define READ_ONCE(x)	(*(const volatile __typeof__(x) *)&(x))
#define WRITE_ONCE(x, v) (*(volatile __typeof__(x) *)&(x) = (v))
#define barrier()	__asm__ volatile("" : : : "memory")
#define likely(x)	__builtin_expect(!!(x), 1)
#define unlikely(x)	__builtin_expect(!!(x), 0)
#define min(a, b)	((a) < (b) ? (a) : (b))
#define max(a, b)	((a) > (b) ? (a) : (b))
#define check_add_overflow(a, b, d)	__builtin_add_overflow(a, b, d)
#define check_sub_overflow(a, b, d)	__builtin_sub_overflow(a, b, d)
#define check_mul_overflow(a, b, d)	__builtin_mul_overflow(a, b, d)
#define noinline	__attribute__((noinline))
#define __unused_here	__attribute__((unused))

static u32 random_state = 1;

static inline u32 any(void)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 17;
	return random_state ^= random_state << 5;
}

static inline u32 any_below(u32 end)
{
	return any() % end;
}

/* One line: test|what was asked|value; an operator may stand before it. */
static const char *show_operator = "";
static inline void __attribute__((format(printf, 3, 4)))
show(const char *test, long long value, const char *asked, ...)
{
	char line[400];
	va_list args;
	int n;

	n = snprintf(line, sizeof(line), "%s|", test);
	va_start(args, asked);
	n += vsnprintf(line + n, sizeof(line) - 64 - n, asked, args);
	va_end(args);
	n += snprintf(line + n, sizeof(line) - n,
		      value < 10 ? "|%s%lld\n" : "|%s%#llx\n",
		      show_operator, value);
	show_operator = "";
	if (write(1, line, n) != n)
		_exit(3);
}

#ifdef ORACLE
#define SEE(test, got, want, ...)	show(test, want, __VA_ARGS__)
#define SEE_MORE(test, got, limit, ...)				\
	do {							\
		show_operator = ">";				\
		show(test, limit, __VA_ARGS__);			\
	} while (0)
#define ANSWER(...)
#else
#define SEE(test, got, want, ...)	show(test, got, __VA_ARGS__)
#define SEE_MORE(test, got, limit, ...)	show(test, got, __VA_ARGS__)
#define ANSWER(...)			__VA_ARGS__
#endif

/* What stops the answer, and where: the grader finds the line. */
static void stopped(int sig, siginfo_t *info, void *context)
{
	ucontext_t *at = context;
	char line[100];
	int n;

	n = snprintf(line, sizeof(line), "!%s %#llx %p\n",
		     sig == SIGVTALRM ? "hang" : "fault",
		     (unsigned long long)at->uc_mcontext.gregs[REG_RIP],
		     info->si_addr);
	if (write(2, line, n) != n)
		_exit(3);
	_exit(4);
}

static void run(void);

int main(int argc, char **argv)
{
	static char stack[1 << 16];
	stack_t other = { .ss_sp = stack, .ss_size = sizeof(stack) };
	struct sigaction act = { .sa_sigaction = stopped,
				 .sa_flags = SA_SIGINFO | SA_ONSTACK };
	struct itimerval time = { .it_value.tv_sec = 1 };

	if (argc > 1)
		random_state = strtoul(argv[1], NULL, 10) | 1;
	if (argc > 2)
		time.it_value.tv_sec = atoi(argv[2]);
	sigaltstack(&other, NULL);
	sigaction(SIGSEGV, &act, NULL);
	sigaction(SIGBUS, &act, NULL);
	sigaction(SIGFPE, &act, NULL);
	sigaction(SIGILL, &act, NULL);
	sigaction(SIGVTALRM, &act, NULL);
	setitimer(ITIMER_VIRTUAL, &time, NULL);
	run();
	return 0;
}
