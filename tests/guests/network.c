/* SPDX-License-Identifier: GPL-2.0 */
/* A driver for networks that says hello to all and waits for an answer. */
/* EXPECT: Guest powered off: main returned */
#include "guest.h"
#include "lguest_launcher.h"
#include <linux/virtio_config.h>
#include <linux/virtio_ring.h>

#define FRAMES	200

#define NUMBER	24	/* where in a frame it says which one it is, */
#define LEVEL	25	/* and how far its sender has come */

static char frame[10 + 64];
static struct vring ring[2];
static __u32 at[2];

static struct lguest_device_desc *find_network(void)
{
	struct lguest_device_desc *d = (void *)MEMORY;

	while (d->type && d->type != LGUEST_DEVICE_NET)
		d = (void *)d->tail + d->num_vq * sizeof(struct lguest_vqconfig)
			+ 2 * d->feature_len + d->config_len;
	return d;
}

static void offer(int q, void *buffer, __u32 len, int flags)
{
	ring[q].desc[0] = (struct vring_desc) {
		.addr = (__u32)buffer, .len = len, .flags = flags,
	};
	ring[q].avail->ring[ring[q].avail->idx % ring[q].num] = 0;
	__atomic_store_n(&ring[q].avail->idx, ring[q].avail->idx + 1,
			 __ATOMIC_RELEASE);
	hcall(LHCALL_NOTIFY, at[q], 0, 0, 0);
}

static int served(int q)
{
	return __atomic_load_n(&ring[q].used->idx, __ATOMIC_ACQUIRE) ==
		ring[q].avail->idx;
}

static __u32 seconds(void)
{
	return hcall(LHCALL_GET_WALLCLOCK, 0, 0, 0, 0);
}

/*
 * Frames may get lost on the way. So say in each how far we are: 1 is to miss
 * none of the other's, 2 is to have heard that the other misses none of ours.
 * Who is so far ends when the other is, too, or has been silent for long.
 */
void main(void)
{
	static char sent[10 + 64], got[FRAMES];
	struct lguest_device_desc *d = find_network();
	struct lguest_vqconfig *config = (void *)d->tail;
	int next = 0, missing = FRAMES, level = 0, other = 0;
	__u32 heard = 0;

	join();
	if (!d->type)
		return;
	for (int q = 0; q < 2; q++) {
		at[q] = config[q].pfn * PAGE_SIZE;
		vring_init(&ring[q], config[q].num, (void *)at[q],
			   LGUEST_VRING_ALIGN);
	}
	d->status = VIRTIO_CONFIG_S_DRIVER_OK;
	hcall(LHCALL_NOTIFY, (__u32)d, 0, 0, 0);
	offer(0, frame, sizeof(frame), VRING_DESC_F_WRITE);
	for (int i = 0; i < 6; i++) {	/* from us to all */
		sent[10 + i] = 0xff;
		sent[16 + i] = ((char *)(config + 2))[2 * d->feature_len + i];
	}
	while (other < 2 && (level < 2 || seconds() - heard < 10)) {
		if (served(1)) {
			sent[NUMBER] = next++ % FRAMES;
			sent[LEVEL] = level;
			offer(1, sent, sizeof(sent), 0);
		}
		if (!served(0))
			continue;
		missing -= !got[(__u8)frame[NUMBER] % FRAMES];
		got[(__u8)frame[NUMBER] % FRAMES] = 1;
		if (frame[LEVEL] > other)
			other = frame[LEVEL];
		level = missing ? 0 : other ? 2 : 1;
		heard = seconds();
		offer(0, frame, sizeof(frame), VRING_DESC_F_WRITE);
	}
	/* The other may not have heard yet that it can end. */
	for (int i = 0; i < FRAMES; i++) {
		while (!served(1))
			;
		sent[LEVEL] = 2;
		offer(1, sent, sizeof(sent), 0);
	}
	say("network: all have come\n");
}
