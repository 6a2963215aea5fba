/* SPDX-License-Identifier: GPL-2.0 */
/*
 * caller SOCKET TEXT: call at a socket that may not be there yet, say TEXT,
 * and print what comes until the other side hangs up.
 */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0), tries = 0;
	char text[4096];
	ssize_t n;

	if (argc != 3)
		return 2;
	strncpy(at.sun_path, argv[1], sizeof(at.sun_path) - 1);
	while (connect(fd, (void *)&at, sizeof(at))) {
		if (++tries == 500)
			return 1;
		usleep(10000);
	}
	if (write(fd, argv[2], strlen(argv[2])) < 0)
		return 1;
	while ((n = read(fd, text, sizeof(text))) > 0)
		fwrite(text, 1, n, stdout);
	return 0;
}
