/* SPDX-License-Identifier: GPL-2.0 */
/* A driver for disks and random numbers, which looks and is not interrupted. */
/* EXPECT: Guest powered off: main returned */
#include "guest.h"
#include "lguest_launcher.h"
#include <linux/virtio_blk.h>
#include <linux/virtio_config.h>
#include <linux/virtio_ring.h>

static char sector[512], chance[64], outcome;
static struct virtio_blk_outhdr header;

static struct lguest_device_desc *find(int type)
{
	struct lguest_device_desc *d = (void *)MEMORY;

	while (d->type && d->type != type)
		d = (void *)d->tail + d->num_vq * sizeof(struct lguest_vqconfig)
			+ 2 * d->feature_len + d->config_len;
	return d;
}

static __u32 ring_of(struct lguest_device_desc *d, struct vring *ring)
{
	struct lguest_vqconfig *config = (void *)d->tail;
	__u32 at = config->pfn * PAGE_SIZE;

	vring_init(ring, config->num, (void *)at, LGUEST_VRING_ALIGN);
	return at;
}

/* Offer the chain at 0, and wait until it has come back. */
static void serve(struct lguest_device_desc *d)
{
	static __u16 offered[LGUEST_DEVICE_RNG + 1];
	struct vring ring;
	__u32 at = ring_of(d, &ring);

	ring.avail->ring[offered[d->type]++ % ring.num] = 0;
	__atomic_store_n(&ring.avail->idx, offered[d->type], __ATOMIC_RELEASE);
	hcall(LHCALL_NOTIFY, at, 0, 0, 0);
	while (__atomic_load_n(&ring.used->idx, __ATOMIC_ACQUIRE) !=
	       offered[d->type])
		;
}

static void describe(struct vring *ring, int i, void *addr, __u32 len, int flags)
{
	ring->desc[i] = (struct vring_desc) {
		.addr = (__u32)addr, .len = len, .flags = flags, .next = i + 1,
	};
}

static void ask_disk(__u32 type, __u64 number)
{
	struct lguest_device_desc *d = find(LGUEST_DEVICE_BLOCK);
	struct vring ring;

	ring_of(d, &ring);
	header.type = type;
	header.sector = number;
	outcome = 0x55;
	describe(&ring, 0, &header, sizeof(header), VRING_DESC_F_NEXT);
	describe(&ring, 1, sector, type == VIRTIO_BLK_T_FLUSH ? 0 : 512,
		 VRING_DESC_F_NEXT |
		 (type == VIRTIO_BLK_T_IN ? VRING_DESC_F_WRITE : 0));
	describe(&ring, 2, &outcome, 1, VRING_DESC_F_WRITE);
	serve(d);
	say(outcome == VIRTIO_BLK_S_OK ? "disk: done\n" : "disk: failed\n");
}

static void accept(int type, __u32 features)
{
	struct lguest_device_desc *d = find(type);

	if (d->feature_len)
		*(__u32 *)(d->tail + d->num_vq * sizeof(struct lguest_vqconfig)
			   + d->feature_len) = features;
	d->status = VIRTIO_CONFIG_S_DRIVER_OK;
	hcall(LHCALL_NOTIFY, (__u32)d, 0, 0, 0);
}

void main(void)
{
	struct vring ring;
	int zeroes = 0;

	join();
	if (!find(LGUEST_DEVICE_BLOCK)->type)
		return;
	accept(LGUEST_DEVICE_BLOCK, 1 << VIRTIO_BLK_F_FLUSH);
	ask_disk(VIRTIO_BLK_T_IN, 0);
	say(sector);
	for (int i = 0; i < 512; i++)
		sector[i] = "written by the Guest\n"[i % 21];
	ask_disk(VIRTIO_BLK_T_OUT, 1);
	ask_disk(VIRTIO_BLK_T_FLUSH, 0);

	accept(LGUEST_DEVICE_RNG, 0);
	ring_of(find(LGUEST_DEVICE_RNG), &ring);
	describe(&ring, 0, chance, sizeof(chance), VRING_DESC_F_WRITE);
	serve(find(LGUEST_DEVICE_RNG));
	for (unsigned int i = 0; i < sizeof(chance); i++)
		zeroes += !chance[i];
	say(zeroes < 8 ? "rng: random\n" : "rng: zeroes\n");
}
