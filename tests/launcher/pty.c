/* SPDX-License-Identifier: GPL-2.0 */
/*
 * pty [-s SIGNAL] [KEYS] -- COMMAND...: run COMMAND on a terminal of its own,
 * wait for its first output, then send it a signal or type KEYS, in which
 * \N is the byte N and \w a wait of 600 ms.  Prints what came out, and at
 * the end whether the terminal is as it was.  The status is the command's, or
 * 128 + the number of the signal that ended it.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

static int copy(int terminal, int wait)
{
	struct pollfd p = { .fd = terminal, .events = POLLIN };
	char text[4096];
	ssize_t n;

	if (poll(&p, 1, wait) <= 0)
		return 0;
	n = read(terminal, text, sizeof(text));
	if (n > 0)
		fwrite(text, 1, n, stdout);
	return n > 0;
}

static void type(int terminal, const char *keys)
{
	char c;

	for (; *keys; keys++) {
		c = *keys;
		if (c == '\\' && keys[1] == 'w') {
			keys++;
			usleep(600000);
			continue;
		}
		if (c == '\\')
			c = *++keys - '0';
		if (write(terminal, &c, 1) != 1)
			perror("pty: write");
	}
}

int main(int argc, char *argv[])
{
	static struct termios before, after;	/* static: no garbage between */
	const char *keys = "";
	int terminal, slave, status, send = 0;
	pid_t pid;

	for (argc--, argv++; argc && strcmp(*argv, "--"); argc--, argv++) {
		if (!strcmp(*argv, "-s"))
			argc--, send = atoi(*++argv);
		else
			keys = *argv;
	}
	if (openpty(&terminal, &slave, NULL, NULL, NULL) ||
	    tcgetattr(slave, &before))
		return perror("pty"), 2;
	pid = fork();
	if (!pid) {
		/* What runs in the background may ignore some of these. */
		for (int sig = 1; sig < 32; sig++)
			signal(sig, SIG_DFL);
		setsid();
		dup2(slave, 0);
		dup2(slave, 1);
		dup2(slave, 2);
		close(terminal);
		close(slave);
		execvp(argv[1], argv + 1);
		_exit(127);
	}
	if (!copy(terminal, 20000))
		puts("pty: no output");
	if (!tcgetattr(slave, &after))
		printf("<%s>", after.c_lflag & (ICANON | ECHO | ISIG) ?
		       "cooked" : "raw");
	if (send)
		kill(pid, send);
	type(terminal, keys);
	for (int i = 0; i < 2000 && waitpid(pid, &status, WNOHANG) == 0; i++)
		copy(terminal, 10);
	if (waitpid(pid, &status, WNOHANG) == 0) {
		puts("pty: it does not end");
		kill(pid, SIGKILL);
		waitpid(pid, &status, 0);
	}
	while (copy(terminal, 0))
		;
	tcgetattr(slave, &after);
	printf("<terminal %s>\n", memcmp(&before, &after, sizeof(before)) ?
	       "left raw" : "restored");
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) :
		WEXITSTATUS(status);
}
