/* SPDX-License-Identifier: GPL-2.0 */
/*
 * dialogue SECONDS COMMAND...: run COMMAND on a terminal of its own and talk
 * to it, as the lines of standard input say:
 *
 *	wait TEXT	until TEXT has come, since the last thing we did
 *	type TEXT	and the Enter key
 *	press ^C	a control character, or several
 *
 * Prints what came. The status is the command's; 124 if it took longer than
 * SECONDS, 125 if it ended before a TEXT came, and 126 if it left the terminal
 * other than it was.
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
#include <time.h>
#include <unistd.h>
#include <utmp.h>

static char seen[1 << 20];	/* since the last thing we did */
static size_t have;
static time_t end;
static pid_t child;

static void leave(int status, const char *why, const char *what)
{
	fprintf(stderr, "\ndialogue: %s: %s\n", why, what);
	kill(-child, SIGKILL);
	exit(status);
}

/* false if the other side has gone */
static int listen_to(int terminal)
{
	struct pollfd p = { .fd = terminal, .events = POLLIN };
	ssize_t n;

	if (time(NULL) > end)
		leave(124, "nothing more came", "too late");
	if (poll(&p, 1, 1000) <= 0)
		return 1;
	if (have > sizeof(seen) / 2)
		have = 0;
	n = read(terminal, seen + have, sizeof(seen) - have - 1);
	if (n <= 0)
		return 0;
	fwrite(seen + have, 1, n, stdout);
	fflush(stdout);
	have += n;
	seen[have] = '\0';
	return 1;
}

static void wait_for(int terminal, const char *text)
{
	while (!memmem(seen, have, text, strlen(text)))
		if (!listen_to(terminal))
			leave(125, "it ended before this came", text);
}

static void say(int terminal, const char *keys, size_t len)
{
	have = 0;
	if (write(terminal, keys, len) != (ssize_t)len)
		leave(125, "it does not listen", keys);
}

static void press(int terminal, const char *keys)
{
	char key;

	for (; keys[0] == '^' && keys[1]; keys += 2) {
		key = keys[1] & 0x1f;
		say(terminal, &key, 1);
	}
}

static void follow(int terminal, char *line)
{
	line[strcspn(line, "\n")] = '\0';
	if (!strncmp(line, "wait ", 5)) {
		wait_for(terminal, line + 5);
	} else if (!strncmp(line, "type ", 5)) {
		say(terminal, line + 5, strlen(line + 5));
		if (write(terminal, "\r", 1) != 1)
			leave(125, "it does not listen", line);
	} else if (!strncmp(line, "press ", 6)) {
		press(terminal, line + 6);
	}
}

int main(int argc, char *argv[])
{
	static struct termios before, after;	/* static: no garbage between */
	int terminal, slave, status;
	char line[1024];

	if (argc < 3)
		return 2;
	end = time(NULL) + atoi(argv[1]);
	if (openpty(&terminal, &slave, NULL, NULL, NULL))
		return 2;
	tcgetattr(slave, &before);
	child = fork();
	if (!child) {
		close(terminal);
		login_tty(slave);
		execvp(argv[2], argv + 2);
		_exit(127);
	}
	while (fgets(line, sizeof(line), stdin))
		follow(terminal, line);
	while (waitpid(child, &status, WNOHANG) == 0)
		listen_to(terminal);
	tcgetattr(slave, &after);
	if (memcmp(&before, &after, sizeof(before)))
		leave(126, "the terminal is not", "as it was");
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
