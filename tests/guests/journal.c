/* SPDX-License-Identifier: GPL-2.0 */
/* Writes generation after generation, and says which one is safe. */
/* EXPECT: Guest powered off: main returned */
/*
 * The sectors of its disk all get the number of the generation. Then comes a
 * flush, and only then the number is said. With a disk there is no end to it.
 */
#include "interrupt.h"
#include <linux/virtio_blk.h>

#define SECTORS	32

static struct queue disk;
static __u32 sector[SECTORS][128];
static struct virtio_blk_outhdr header[SECTORS];
static char outcome[SECTORS];

static int ask(int n, __u32 type, __u32 len)
{
	header[n].type = type;
	header[n].sector = n;
	outcome[n] = 0x55;
	describe(&disk, 3 * n, &header[n], sizeof(header[n]), VRING_DESC_F_NEXT);
	describe(&disk, 3 * n + 1, sector[n], len, VRING_DESC_F_NEXT);
	describe(&disk, 3 * n + 2, &outcome[n], 1, VRING_DESC_F_WRITE);
	offer(&disk, 3 * n);
	return 1;
}

static int wait_for(int requests)
{
	int good = 1, i;

	kick(&disk);
	while (requests--) {
		while ((i = come_back(&disk)) < 0)
			nap();
		good &= outcome[i / 3] == VIRTIO_BLK_S_OK;
	}
	return good;
}

void main(void)
{
	struct lguest_device_desc *d = find_device(LGUEST_DEVICE_BLOCK);
	__u32 generation = 1;

	join();
	if (!d->type)
		return;
	open_queue(d, 0, &disk);
	*(__u32 *)(d->tail + sizeof(struct lguest_vqconfig) + d->feature_len) =
		1 << VIRTIO_BLK_F_FLUSH;
	set_status(d, VIRTIO_CONFIG_S_DRIVER_OK);
	for (;; generation++) {
		for (int n = 0; n < SECTORS; n++) {
			for (int i = 0; i < 128; i++)
				sector[n][i] = generation;
			ask(n, VIRTIO_BLK_T_OUT, 512);
		}
		if (!wait_for(SECTORS))
			return;
		ask(0, VIRTIO_BLK_T_FLUSH, 0);
		if (!wait_for(1))
			return;
		say_number("safe: ", generation);
	}
}
