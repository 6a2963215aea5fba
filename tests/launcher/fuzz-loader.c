/* SPDX-License-Identifier: GPL-2.0 */
/*
 * fuzz-loader FILE COUNT [SEED]: load COUNT copies of FILE, each with a few
 * bytes changed, each in a process of its own.  It may load or be refused.
 */
#include "launcher.h"
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>

static u32 seed = 1;

static u32 any(u32 below)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % below;
}

int main(int argc, char *argv[])
{
	static unsigned char good[4096], bad[4096];
	int loaded = 0, refused = 0, status;
	ssize_t size;
	char path[32];
	int fd;

	if (argc < 3)
		return 2;
	if (argc > 3)
		seed = atoi(argv[3]);
	fd = open(argv[1], O_RDONLY);
	size = read(fd, good, sizeof(good));
	if (size <= 0)
		return 2;
	fd = memfd_create("kernel", 0);
	sprintf(path, "/proc/self/fd/%d", fd);
	map_guest_memory(4 << 20);
	for (int i = 0; i < atoi(argv[2]); i++) {
		u32 start = seed;

		memcpy(bad, good, size);
		/* mostly in the headers in use, where it matters */
		for (u32 n = 1 + any(4); n; n--)
			bad[any(any(4) ? 116 : size)] =
				any(2) ? any(256) : 0xff * any(2);
		if (ftruncate(fd, any(8) ? size : any(size)) ||
		    pwrite(fd, bad, size - any(2), 0) < 0)
			return 2;
		if (!fork()) {
			close(2);
			load_kernel(path);
			leave(0);
		}
		wait(&status);
		if (status == 0) {
			loaded++;
		} else if (WIFEXITED(status) && WEXITSTATUS(status) == 1) {
			refused++;
		} else {
			printf("seed %u: status %#x\n", start, status);
			return 1;
		}
	}
	printf("%d loaded, %d refused\n", loaded, refused);
	return 0;
}
