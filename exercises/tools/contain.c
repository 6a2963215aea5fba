// SPDX-License-Identifier: GPL-2.0
/*
 * contain - run a command where it can do no harm, and say how it ended
 *
 *	contain [options] -o FILE COMMAND ARGUMENT...
 *
 *	-t SECONDS	of the clock, after which it and all its children die
 *	-c SECONDS	of the processor
 *	-m MB		of memory
 *	-f MB		may be written to one file
 *	-r PATH		may be read (and run); all that is not named is hidden
 *	-l PATH		may be listed, and all below it
 *	-w PATH		may be read and written
 *	-s		it may compute, and read and write what is open: no
 *			new process, no network, no signal to others
 *	-o FILE		how it ended: "exit N", "signal N", "time", "large"
 *			or "forbidden", and a second word if that has one
 *
 * Nothing of this needs root, a namespace or a daemon: the limits are those of
 * setrlimit(2), the paths Landlock's, the calls seccomp's, and all of them
 * hold for everything that the command starts.  So it works in a container,
 * where a sandbox of namespaces is refused.  A kernel without Landlock hides
 * nothing; then FILE has a line "open" more.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define READ	(LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | \
		 LANDLOCK_ACCESS_FS_READ_DIR)
#define ALL	((LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1)
#define FILES	(LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | \
		 LANDLOCK_ACCESS_FS_WRITE_FILE)

static int rules = -1;
static bool hiding;	/* some paths were named, so others are hidden */

static void quit(const char *what)
{
	fprintf(stderr, "contain: %s: %s\n", what, strerror(errno));
	exit(125);
}

static void limit(int what, rlim_t soft, rlim_t more)
{
	struct rlimit r = { soft, soft + more };

	if (setrlimit(what, &r))
		quit("setrlimit");
}

/* What is not there cannot be read, so it needs no leave. */
static void allow(const char *path, __u64 rights)
{
	struct landlock_path_beneath_attr beneath = { .allowed_access = rights };
	struct stat st;

	hiding = true;
	if (rules < 0)
		return;
	beneath.parent_fd = open(path, O_PATH | O_CLOEXEC);
	if (beneath.parent_fd < 0)
		return;
	if (fstat(beneath.parent_fd, &st))
		quit(path);
	if (!S_ISDIR(st.st_mode))
		beneath.allowed_access &= FILES;
	if (syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH,
		    &beneath, 0))
		quit(path);
	close(beneath.parent_fd);
}

/* Which system calls are enough to start a program and to compute. */
static const int computing[] = {
	SYS_read, SYS_write, SYS_writev, SYS_pread64, SYS_close, SYS_fstat,
	SYS_newfstatat, SYS_stat, SYS_lstat, SYS_lseek, SYS_open, SYS_openat,
	SYS_readlink, SYS_access, SYS_getcwd,
	SYS_mmap, SYS_munmap, SYS_mprotect, SYS_madvise, SYS_mremap, SYS_brk,
	SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_rt_sigreturn,
	SYS_sigaltstack, SYS_setitimer, SYS_getitimer, SYS_getpid, SYS_gettid,
	SYS_getuid, SYS_geteuid, SYS_getgid, SYS_getegid, SYS_getrandom,
	SYS_clock_gettime, SYS_prlimit64, SYS_getrlimit, SYS_sysinfo,
	SYS_uname, SYS_sched_getaffinity, SYS_sched_yield, SYS_futex,
	SYS_set_tid_address, SYS_set_robust_list, SYS_rseq, SYS_arch_prctl,
	SYS_prctl, SYS_ioctl, SYS_execve, SYS_exit, SYS_exit_group,
	SYS_personality,
};

/* All others kill: who tries one is told so, and not just that it failed. */
static void compute_only(void)
{
	enum { CALLS = sizeof(computing) / sizeof(*computing) };
	struct sock_filter code[CALLS + 5], *c = code;
	struct sock_fprog program = { .filter = code };

	*c++ = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			offsetof(struct seccomp_data, arch));
	*c++ = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K,
			0xc000003e /* x86-64 */, 0, CALLS + 1);
	*c++ = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			offsetof(struct seccomp_data, nr));
	for (int i = 0; i < CALLS; i++)
		*c++ = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K,
				computing[i], CALLS - i, 0);
	*c++ = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K,
					    SECCOMP_RET_KILL_PROCESS);
	*c++ = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K,
					    SECCOMP_RET_ALLOW);
	program.len = c - code;
	if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program))
		quit("seccomp");
}

static void hide_the_rest(void)
{
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		quit("prctl");
	if (hiding && rules >= 0 &&
	    syscall(SYS_landlock_restrict_self, rules, 0))
		quit("landlock");
}

/* The command and all that it has left behind become our children: kill. */
static void kill_the_family(pid_t child)
{
	kill(-child, SIGKILL);
	for (int tries = 0; tries < 1000; tries++) {
		char path[64];
		FILE *children;
		int pid;

		while (waitpid(-1, NULL, WNOHANG) > 0)
			;
		snprintf(path, sizeof(path), "/proc/self/task/%d/children",
			 getpid());
		children = fopen(path, "r");
		if (!children)
			return;
		while (fscanf(children, "%d", &pid) == 1)
			kill(pid, SIGKILL);
		fclose(children);
		if (waitpid(-1, NULL, 0) < 0 && errno == ECHILD)
			return;
	}
}

static void note(FILE *file, int status)
{
	int by = WIFSIGNALED(status) ? WTERMSIG(status) : 0;

	if (by == SIGSYS)
		fprintf(file, "forbidden\n");
	else if (by == SIGXFSZ)
		fprintf(file, "large\n");
	else if (by == SIGXCPU)
		fprintf(file, "time\n");
	else if (by)
		fprintf(file, "signal %d\n", by);
	else
		fprintf(file, "exit %d\n", WEXITSTATUS(status));
}

static volatile sig_atomic_t told;

static void remember(int sig)
{
	told = sig;
}

static int wait_for(pid_t child, FILE *report, double seconds)
{
	struct timespec step = { 0, 5000000 }, end, now;
	int status;

	clock_gettime(CLOCK_MONOTONIC, &end);
	for (;;) {
		if (waitpid(child, &status, WNOHANG) == child) {
			note(report, status);
			break;
		}
		clock_gettime(CLOCK_MONOTONIC, &now);
		if (told || (seconds && now.tv_sec - end.tv_sec +
			     (now.tv_nsec - end.tv_nsec) / 1e9 > seconds)) {
			fprintf(report, "time\n");
			status = 0x7f00;
			break;
		}
		nanosleep(&step, NULL);
	}
	kill_the_family(child);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int main(int argc, char **argv)
{
	struct landlock_ruleset_attr all = { .handled_access_fs = ALL };
	double seconds = 0;
	FILE *report = stderr;
	int option, compute = 0;
	rlim_t cpu = 0, memory = 0, size = 0;
	pid_t child;

	rules = syscall(SYS_landlock_create_ruleset, &all, sizeof(all), 0);
	while ((option = getopt(argc, argv, "+t:c:m:f:l:r:w:so:")) >= 0) {
		switch (option) {
		case 't': seconds = atof(optarg); break;
		case 'c': cpu = atol(optarg); break;
		case 'm': memory = atol(optarg); break;
		case 'f': size = atol(optarg); break;
		case 'r': allow(optarg, READ); break;
		case 'l': allow(optarg, LANDLOCK_ACCESS_FS_READ_DIR); break;
		case 'w': allow(optarg, ALL); break;
		case 's': compute = 1; break;
		case 'o':
			report = fopen(optarg, "we");
			if (!report)
				quit(optarg);
			break;
		default: return 125;
		}
	}
	if (optind == argc)
		return 125;
	if (hiding && rules < 0)
		fprintf(report, "open\n");
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	signal(SIGTERM, remember);
	signal(SIGINT, remember);
	signal(SIGHUP, remember);
	child = fork();
	if (child < 0)
		quit("fork");
	if (child)
		return wait_for(child, report, seconds);

	setpgid(0, 0);
	signal(SIGXFSZ, SIG_DFL);
	limit(RLIMIT_CORE, 0, 0);
	if (cpu)
		limit(RLIMIT_CPU, cpu, 1);
	if (memory)
		limit(RLIMIT_AS, memory << 20, 0);
	if (size)
		limit(RLIMIT_FSIZE, size << 20, 0);
	hide_the_rest();
	if (compute)
		compute_only();
	execvp(argv[optind], argv + optind);
	quit(argv[optind]);
}
