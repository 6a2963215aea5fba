/* SPDX-License-Identifier: GPL-2.0 */
/* mktap NAME UID: make a tap that stays, for that user. */
#include <fcntl.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <linux/if_tun.h>

int main(int argc, char *argv[])
{
	struct ifreq tap = { .ifr_flags = IFF_TAP | IFF_NO_PI };
	int fd = open("/dev/net/tun", O_RDWR);

	if (argc != 3)
		return 2;
	strncpy(tap.ifr_name, argv[1], IFNAMSIZ - 1);
	if (fd < 0 || ioctl(fd, TUNSETIFF, &tap) ||
	    ioctl(fd, TUNSETOWNER, atoi(argv[2])) ||
	    ioctl(fd, TUNSETPERSIST, 1))
		return perror("mktap"), 1;
	return 0;
}
