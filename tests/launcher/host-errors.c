/* SPDX-License-Identifier: GPL-2.0 */
/*
 * host-errors CALL ERRNO: what launcher/host.c says when /dev/lguest answers
 * with that error.  The system calls it makes are replaced by ours.
 */
#include "launcher.h"
#include <fcntl.h>
#include <stdio.h>

static const char *bad_call;
static int bad_errno;

static int answer(const char *call, int good)
{
	if (strcmp(call, bad_call))
		return good;
	errno = bad_errno;
	return -1;
}

static u32 asked[4];		/* the words of the last request */

static int fake_write(const void *words, size_t len)
{
	memcpy(asked, words, len < sizeof(asked) ? len : sizeof(asked));
	return answer("write", asked[0] == LHREQ_INITIALIZE ? 12 : 0);
}

#define open(path, flags) answer(path, (flags) == (O_RDWR | O_CLOEXEC) ? 5 : -1)
#define write(fd, words, len) fake_write(words, (fd) == 5 ? len : 0)
#define read(fd, to, len) ((void)(to), answer("read", (fd) == 5 ? len : 0))
#include "host.c"
#undef read
#undef write

int main(int argc, char *argv[])
{
	u32 addr;
	int why;

	if (argc < 3)
		return 2;
	bad_call = argv[1];
	bad_errno = atoi(argv[2]);
	map_guest_memory(2 << 20);
	open_host();
	create_guest(0x100000);
	printf("%u %d %#x %#x\n", asked[0],
	       asked[1] == (u32)(uintptr_t)from_guest_phys(0, 0),
	       asked[2], asked[3]);
	raise_irq(7);
	printf("%u %u\n", asked[0], asked[1]);
	attach_eventfd(0x201000, 9);
	printf("%u %#x %u\n", asked[0], asked[1], asked[2]);
	why = enter_guest(&addr);
	printf("%d\n", why);
	return 0;
}
