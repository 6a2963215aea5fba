/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a Linux should be able to do, tried one thing after the other: as a
 * Guest and on the bare machine. Prints TAP; the exit status is the number of
 * things that did not work.
 */
#define _GNU_SOURCE
#include <cpuid.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>

#define PAGE 4096
#define MS 1000000LL

static int count, failed;

static void ok(bool good, const char *name)
{
	printf("%sok %d - %s\n", good ? "" : "not ", ++count, name);
	failed += !good;
}

static void is(long long seen, long long expected, const char *name)
{
	ok(seen == expected, name);
	if (seen != expected)
		printf("# %lld, where %lld was expected\n", seen, expected);
}

static long long now(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return t.tv_sec * 1000 * MS + t.tv_nsec;
}

static int status_of(pid_t child)
{
	int status = -1;

	waitpid(child, &status, 0);
	return status;
}

static void *pages(int n)
{
	return mmap(NULL, n * PAGE, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

/* --- processes --- */

static void processes(void)
{
	int i, good = 0;
	pid_t child;

	for (i = 0; i < 100; i++) {
		child = fork();
		if (!child)
			_exit(i);
		good += WEXITSTATUS(status_of(child)) == i;
	}
	is(good, 100, "a hundred children are born and end");

	child = fork();
	if (!child) {
		execl("/proc/self/exe", "check", "exec", NULL);
		_exit(1);
	}
	is(WEXITSTATUS(status_of(child)), 42, "a child executes a program");

	child = fork();
	if (!child)
		for (;;)
			;
	usleep(20000);
	kill(child, SIGKILL);
	is(WTERMSIG(status_of(child)), SIGKILL, "a busy child can be killed");
}

static void recursion(int depth)
{
	volatile char frame[1024];

	frame[0] = frame[1023] = depth;
	if (depth)
		recursion(depth - 1);
	frame[1] = 0;
}

static void stacks(void)
{
	pid_t child = fork();

	if (!child) {
		recursion(4000);
		_exit(7);
	}
	is(WEXITSTATUS(status_of(child)), 7, "a stack grows to four megabytes");
}

/* --- memory --- */

static void copy_on_write(void)
{
	unsigned char *p = pages(256);
	int i, fd[2], seen = 0;
	pid_t child;
	char byte = 0;

	for (i = 0; i < 256; i++)
		p[i * PAGE] = i;
	if (pipe(fd))
		return;
	child = fork();
	if (!child) {
		for (i = 0; i < 256; i++)
			seen += p[i * PAGE] == i;
		for (i = 0; i < 256; i++)
			p[i * PAGE] = ~i;
		if (write(fd[1], &byte, 1) != 1)
			_exit(1);
		usleep(50000);		/* the parent writes its own */
		for (i = 0; i < 256; i++)
			seen += p[i * PAGE] == (unsigned char)~i;
		_exit(seen == 512 ? 0 : 1);
	}
	if (read(fd[0], &byte, 1) != 1)
		return;
	for (i = 0; i < 256; i++)
		seen += p[i * PAGE] == i;
	is(seen, 256, "what a child writes the parent does not see");
	for (i = 0; i < 256; i++)
		p[i * PAGE] = i / 2;
	is(WEXITSTATUS(status_of(child)), 0, "nor the child what it writes");
	for (i = seen = 0; i < 256; i++)
		seen += p[i * PAGE] == i / 2;
	is(seen, 256, "and each keeps its own");
	munmap(p, 256 * PAGE);
	close(fd[0]);
	close(fd[1]);
}

static void remapping(void)
{
	char *p = pages(4), *q;
	int fd = memfd_create("check", 0), i, good = 0;

	if (ftruncate(fd, 2 * PAGE))
		return;
	/* Two views of one file: what is written here is seen there. */
	p = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	q = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	for (i = 0; i < 100; i++) {
		p[i] = i;
		good += q[i] == i;
	}
	is(good, 100, "two mappings show the same page");
	/* The same address shows one page of the file, then the other. */
	for (i = good = 0; i < 100; i++) {
		mmap(p, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED,
		     fd, (i & 1) * PAGE);
		if (i < 2)
			*p = 'a' + i;
		good += *p == 'a' + (i & 1);
	}
	is(good, 100, "a mapping moves from page to page");
	munmap(p, PAGE);
	munmap(q, PAGE);
	/* Memory that was given back comes back empty. */
	for (i = good = 0; i < 200; i++) {
		p = pages(8);
		good += !*p && !p[7 * PAGE];
		memset(p, 1, 8 * PAGE);
		if (i & 1) {
			madvise(p, 8 * PAGE, MADV_DONTNEED);
			good -= *p;
		}
		munmap(p, 8 * PAGE);
	}
	is(good, 200, "fresh memory is empty each time");
	p = pages(2);
	*p = 5;
	q = mremap(p, 2 * PAGE, 64 * PAGE, MREMAP_MAYMOVE);
	is(*q, 5, "memory keeps its contents when it moves");
	munmap(q, 64 * PAGE);
	close(fd);
}

static sigjmp_buf jump;
static siginfo_t fault;

static void on_fault(int signal, siginfo_t *info, void *context)
{
	(void)context;
	fault = *info;
	siglongjmp(jump, signal);
}

#define TRY(action) ({						\
	int caught_ = sigsetjmp(jump, 1);			\
	if (!caught_) { action; }				\
	caught_; })

static void protection(void)
{
	struct sigaction action = { .sa_sigaction = on_fault,
				    .sa_flags = SA_SIGINFO };
	volatile char *p = pages(3);
	int i, caught = 0;

	sigaction(SIGSEGV, &action, NULL);
	sigaction(SIGFPE, &action, NULL);
	sigaction(SIGILL, &action, NULL);
	sigaction(SIGTRAP, &action, NULL);

	p[PAGE] = 1;
	mprotect((char *)p + PAGE, PAGE, PROT_READ);
	is(TRY(p[PAGE] = 2), SIGSEGV, "a page can be made read-only");
	ok(fault.si_addr == p + PAGE, "and the fault tells its address");
	is(fault.si_code, SEGV_ACCERR, "and that it was a matter of rights");
	is(p[PAGE], 1, "it can still be read");
	mprotect((char *)p + PAGE, PAGE, PROT_NONE);
	is(TRY(caught += p[PAGE]), SIGSEGV, "or made not even that");
	mprotect((char *)p + PAGE, PAGE, PROT_READ | PROT_WRITE);
	is(TRY(p[PAGE] = 3), 0, "and writable again");
	munmap((char *)p + PAGE, PAGE);
	is(TRY(p[PAGE] = 3), SIGSEGV, "a page that was given back is gone");
	is(fault.si_code, SEGV_MAPERR, "and the fault says so");
	for (i = caught = 0; i < 100; i++) {
		mprotect((char *)p, PAGE, PROT_READ);
		caught += TRY(p[0] = i) == SIGSEGV;
		mprotect((char *)p, PAGE, PROT_READ | PROT_WRITE);
		caught += TRY(p[0] = i) == 0 && p[0] == i;
	}
	is(caught, 200, "a hundred times");
	is(TRY(caught += *(volatile char *)0xC0000000), SIGSEGV,
	   "the kernel's memory is closed");
	is(TRY(asm volatile("cli")), SIGSEGV, "so are its instructions");
	is(TRY(asm volatile("ud2")), SIGILL, "an illegal one is illegal");
	is(TRY(asm volatile("int3")), SIGTRAP, "a breakpoint breaks");
	is(TRY(asm volatile("xorl %%edx, %%edx\n\tdivl %%edx"
			    : : "a" (1) : "edx")), SIGFPE,
	   "a division by zero is an error");
	is(TRY(asm volatile("mov %0, %%gs" : : "r" (0x50))), SIGSEGV,
	   "no program loads the Switcher's segments");
}

/* --- signals --- */

static volatile sig_atomic_t signals;

static void on_signal(int signal)
{
	(void)signal;
	signals++;
}

static void signal_delivery(void)
{
	sigset_t set, old;
	int i;

	signal(SIGUSR1, on_signal);
	for (i = 0; i < 1000; i++)
		raise(SIGUSR1);
	is(signals, 1000, "a thousand signals arrive");
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigprocmask(SIG_BLOCK, &set, &old);
	raise(SIGUSR1);
	is(signals, 1000, "a blocked one waits");
	sigprocmask(SIG_SETMASK, &old, NULL);
	is(signals, 1001, "until it is let in");
}

/* --- threads --- */

static __thread int mine;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static long shared;

static void *thread(void *number)
{
	int i, good = 0;

	mine = (intptr_t)number;
	for (i = 0; i < 200; i++) {
		pthread_mutex_lock(&mutex);
		shared++;
		pthread_mutex_unlock(&mutex);
		sched_yield();
		good += mine == (intptr_t)number;
	}
	return (void *)(intptr_t)(good == 200);
}

static void threads(void)
{
	pthread_t id[8];
	int i, good = 0;
	void *result;

	mine = -1;
	for (i = 0; i < 8; i++)
		if (pthread_create(&id[i], NULL, thread, (void *)(intptr_t)i))
			id[i] = 0;
	for (i = 0; i < 8; i++)
		if (id[i] && !pthread_join(id[i], &result))
			good += result != NULL;
	is(good, 8, "eight threads have variables of their own");
	is(shared, 1600, "and share one, by turns");
	is(mine, -1, "the ninth has not noticed");
}

/* --- floating point --- */

static int numbers(int seed)
{
	double x = seed, y = 1.0 / seed, sum = 0;
	int i, j;

	for (i = 0; i < 40; i++) {
		for (j = 0; j < 2000; j++)
			sum += x * y - 1.0 + j % 2;
		sched_yield();
	}
	return sum == 40000.0 ? 0 : 1;
}

static void floating_point(void)
{
	pid_t child[4];
	int i, good = 0;

	for (i = 0; i < 4; i++) {
		child[i] = fork();
		if (!child[i])
			_exit(numbers(1 << i));
	}
	for (i = 0; i < 4; i++)
		good += status_of(child[i]) == 0;
	is(good, 4, "four processes compute at once, and right");
}

/* --- tracing --- */

static void tracing(void)
{
	struct user_regs_struct regs;
	static volatile long word = 17;
	pid_t child = fork();
	int steps = 0, status;

	if (!child) {
		ptrace(PTRACE_TRACEME, 0, 0, 0);
		raise(SIGSTOP);
		for (;;)
			if (word != 17)
				_exit(word);
	}
	is(WSTOPSIG(status_of(child)), SIGSTOP, "a child can be traced");
	is(ptrace(PTRACE_PEEKDATA, child, &word, 0), 17,
	   "its memory can be read");
	ptrace(PTRACE_GETREGS, child, 0, &regs);
	is(regs.xcs & 3, 3, "it is in ring 3");
	for (steps = 0; steps < 50; steps++) {
		ptrace(PTRACE_SINGLESTEP, child, 0, 0);
		if (WSTOPSIG(status_of(child)) != SIGTRAP)
			break;
	}
	is(steps, 50, "it can be led step by step");
	ptrace(PTRACE_POKEDATA, child, &word, 23);
	ptrace(PTRACE_CONT, child, 0, 0);
	status = status_of(child);
	is(WEXITSTATUS(status), 23, "its memory can be changed");
	is(word, 17, "and ours stays as it was");
}

/* --- time --- */

static bool sleep_200(void)
{
	return usleep(200000) == 0;
}

static bool sleep_1(void)
{
	return usleep(1000) == 0;
}

static bool ring_once(void)
{
	sigset_t others, before;

	sigemptyset(&others);
	sigaddset(&others, SIGALRM);
	sigprocmask(SIG_BLOCK, &others, &before);
	signals = 0;
	alarm(1);
	sigsuspend(&before);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return signals == 1;
}

static bool tick_ten_times(void)
{
	struct itimerspec every = { .it_value.tv_nsec = 20 * MS,
				    .it_interval.tv_nsec = 20 * MS };
	int fd = timerfd_create(CLOCK_MONOTONIC, 0), i;
	long long start = now(CLOCK_MONOTONIC);
	uint64_t rings;

	timerfd_settime(fd, 0, &every, NULL);
	for (i = 0; i < 10; i += rings)
		if (read(fd, &rings, sizeof(rings)) != sizeof(rings))
			break;
	close(fd);
	return i >= 10 && now(CLOCK_MONOTONIC) - start > (i - 1) * 20 * MS;
}

/*
 * A machine may stand still for a moment, and then everything takes longer. So
 * nothing may ever be early, and once in five times it must not be late: by a
 * clock that is wrong it always would be.
 */
static bool in_time(bool (*act)(void), clockid_t clock, int least, int most)
{
	long long start, took;
	int tries = 5;

	do {
		start = now(clock);
		if (!act())
			return false;
		took = now(clock) - start;
		if (took < least * MS)
			return false;
	} while (took >= most * MS && --tries);
	return tries > 0;
}

static void times(void)
{
	struct timeval tv, last = { };
	int i, backwards = 0;

	ok(in_time(sleep_200, CLOCK_MONOTONIC, 200, 400),
	   "a sleep of 200 ms is not shorter, nor twice as long");
	ok(in_time(sleep_1, CLOCK_REALTIME, 1, 50), "a short sleep is short");
	for (i = 0; i < 10000; i++) {
		gettimeofday(&tv, NULL);
		backwards += timercmp(&tv, &last, <);
		last = tv;
	}
	is(backwards, 0, "time does not go backwards");
	ok(tv.tv_sec > 1500000000, "and it is after 2017");
	signal(SIGALRM, on_signal);
	ok(in_time(ring_once, CLOCK_MONOTONIC, 900, 1500),
	   "an alarm rings after a second");
	ok(in_time(tick_ten_times, CLOCK_MONOTONIC, 180, 300),
	   "a timer ticks every 20 ms");
}

/* --- files --- */

static bool contains(const char *path, const char *word)
{
	static char text[8192];
	int fd = open(path, O_RDONLY);
	ssize_t n = read(fd, text, sizeof(text) - 1);

	close(fd);
	text[n > 0 ? n : 0] = '\0';
	return strstr(text, word) != NULL;
}

static void files(void)
{
	char buffer[PAGE], other[PAGE];
	int i, fd, good = 0, page;
	struct iovec here, there;

	ok(contains("/proc/self/status", "check"), "/proc knows us");
	ok(contains("/proc/filesystems", "ext4"), "and ext4");
	ok(contains("/proc/self/maps", "[vdso]"), "a vdso is mapped");
	fd = open("/tmp/check", O_RDWR | O_CREAT | O_TRUNC, 0600);
	for (page = 0; page < 500; page++) {
		memset(buffer, page, PAGE);
		good += write(fd, buffer, PAGE) == PAGE;
	}
	for (page = 0; page < 500; page++) {
		memset(other, page, PAGE);
		good += pread(fd, buffer, PAGE, page * PAGE) == PAGE &&
			!memcmp(buffer, other, PAGE);
	}
	is(good, 1000, "two megabytes go into a file and come out");
	close(fd);
	unlink("/tmp/check");
	i = 0x12345678;
	page = 0;
	here.iov_base = &page;
	there.iov_base = &i;
	here.iov_len = there.iov_len = sizeof(i);
	is(process_vm_readv(getpid(), &here, 1, &there, 1, 0), 4,
	   "memory can be read by process");
	is(page, i, "and it is the right one");
}

/* --- what a program finds by itself --- */

static void processor(void)
{
	unsigned int a, b, c = 0, d;

	__get_cpuid(1, &a, &b, &c, &d);
	ok(!(c & bit_OSXSAVE) || contains("/proc/cpuinfo", " xsave"),
	   "programs find no registers that the kernel does not save");
}

int main(int argc, char *argv[])
{
	(void)argc;
	if (argv[1])
		return strcmp(argv[1], "exec") ? 1 : 42;
	setvbuf(stdout, NULL, _IOLBF, 0);
	processes();
	stacks();
	copy_on_write();
	remapping();
	protection();
	signal_delivery();
	threads();
	floating_point();
	tracing();
	times();
	files();
	processor();
	printf("1..%d\n", count);
	return failed;
}
