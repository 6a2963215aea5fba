/* SPDX-License-Identifier: GPL-2.0 */
/* A driver for networks that says hello to all and waits for an answer. */
/* EXPECT: Guest powered off: main returned */
#include "guest.h"
#include "lguest_launcher.h"
#include <linux/virtio_config.h>
#include <linux/virtio_ring.h>

#define FRAMES	200

#define NUMBER	24	/* where in a frame it says which one it is, */
#define HAPPY	25	/* and whether any is missing */

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

/*
 * Say to all which frame this is and whether we miss any, until we miss none
 * and have heard that the other does not either.
 */
void main(void)
{
	static char sent[10 + 64], got[FRAMES];
	struct lguest_device_desc *d = find_network();
	struct lguest_vqconfig *config = (void *)d->tail;
	int next = 0, missing = FRAMES, happy = 0;

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
	while (missing || !happy) {
		if (served(1)) {
			sent[NUMBER] = next++ % FRAMES;
			sent[HAPPY] = !missing;
			offer(1, sent, sizeof(sent), 0);
		}
		if (!served(0))
			continue;
		missing -= !got[(__u8)frame[NUMBER] % FRAMES];
		got[(__u8)frame[NUMBER] % FRAMES] = 1;
		happy |= frame[HAPPY];
		offer(0, frame, sizeof(frame), VRING_DESC_F_WRITE);
	}
	/* The other may not have heard yet that we are. */
	for (int i = 0; i < FRAMES; i++) {
		while (!served(1))
			;
		sent[HAPPY] = 1;
		offer(1, sent, sizeof(sent), 0);
	}
	say("network: all have come\n");
}
