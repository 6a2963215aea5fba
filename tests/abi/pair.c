// SPDX-License-Identifier: GPL-2.0
/*
 * The Launcher, with a main() of its own: a page of a file is in its Guest's
 * memory, and in that of any other Guest with the same file.
 *
 *	pair FILE KERNEL [ARGS...]
 */
#include "launcher.h"
#include <fcntl.h>
#include <sys/mman.h>

#define SHARED	0xa0000

static void share(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	if (fd < 0 || ftruncate(fd, GUEST_PAGE))
		fail("%s: %s", path, strerror(errno));
	if (mmap(from_guest_phys(SHARED, GUEST_PAGE), GUEST_PAGE,
		 PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, 0)
	    == MAP_FAILED)
		fail("cannot share %s: %s", path, strerror(errno));
	close(fd);
}

int main(int argc, char *argv[])
{
	u32 start;

	if (argc < 3)
		misuse("pair FILE KERNEL [ARGS...]");
	map_guest_memory(16 << 20);
	share(argv[1]);
	start = load_kernel(argv[2]);
	write_boot_page(argv + 3);
	open_host();
	create_guest(start);
	leave(run_guest());
}
