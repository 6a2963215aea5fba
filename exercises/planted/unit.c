// SPDX-License-Identifier: GPL-2.0
#include "unit.h"
#include <sys/uio.h>
#include <linux/virtio_ring.h>

#define QUEUE_SIZE	8
#define LOOK_ONCE(x)	(*(const volatile __typeof__(x) *)&(x))

struct chain {
	u16 head;
};

struct virtqueue {
	struct vring ring;
	u32 irq;
	u16 returned;
	bool owes_irq;
};

static u16 avail[3 + QUEUE_SIZE];
static struct {
	u16 flags, idx;
	struct vring_used_elem ring[QUEUE_SIZE];
} used;
static struct virtqueue queue = { .irq = 5, .ring = {
	.num = QUEUE_SIZE, .avail = (void *)avail, .used = (void *)&used } };
static u32 raised;

static void __unused_here raise_irq(u32 irq)
{
	raised += irq == queue.irq;
}

#ifndef ORACLE
#include "answer.c"
#endif

static u32 checksum(const u8 *p, size_t len)
{
	u32 sum = 1;

	while (len--)
		sum = sum * 31 + *p++;
	return sum & 0x7fffffff;
}

static u8 from[512], to[512];

static void see_split(u32 parts)
{
	u32 len = 100 + any_below(300), cut = any_below(50), left;
	struct iovec b[3] = { { from, len }, { from, 0 }, { from, 0 } };

	if (parts > 1) {
		b[0].iov_len = cut;
		b[1] = (struct iovec){ from + cut, parts == 2 ? len - cut : 50 };
		b[2] = (struct iovec){ from + cut + b[1].iov_len,
				       len - cut - b[1].iov_len };
	}
	for (u32 i = 0; i < sizeof(from); i++)
		from[i] = any();
	memset(to, 0, sizeof(to));
	left = any_below(40);
	SEE("split", take_bytes(b, 3, to, len - left), 1,
	    "%u bytes of %u in %u buffers", len - left, len, parts);
	SEE("split", checksum(to, sizeof(to)),
	    (memcpy(to, from, len - left), checksum(to, sizeof(to))),
	    "checksum of what was taken");
	SEE("split", (long long)count_bytes(b, 3), left, "bytes left");
	SEE("split", take_bytes(b, 3, NULL, left + 1), 0, "one more than that");
}

static void see_silence(void)
{
	for (u32 i = 1; i <= 70000; i++) {
		struct chain chain __unused_here = { .head = i * 7 % QUEUE_SIZE };

		ANSWER(return_chain(&queue, &chain, i);)
		if (i > 20 && i % 1000 && i != 65536)
			continue;
		SEE("silence", used.idx, (u16)i, "the count after %u chains", i);
		SEE("silence", used.ring[(i - 1) % QUEUE_SIZE].id,
		    i * 7 % QUEUE_SIZE, "the chain in the last entry");
		SEE("silence", used.ring[(i - 1) % QUEUE_SIZE].len, i,
		    "and its length");
	}
}

static void __unused_here give(u16 flags)
{
	struct chain chain = { 1 };

	avail[0] = flags;
	ANSWER(return_chain(&queue, &chain, 1);)
	(void)chain;
	ANSWER(interrupt_driver(&queue);)
}

static void see_spared(void)
{
	ANSWER(interrupt_driver(&queue);)
	raised = 0;
	ANSWER(give(0);)
	SEE("spared", raised, 1, "interrupts for one chain");
	ANSWER(interrupt_driver(&queue);)
	SEE("spared", raised, 1, "and when there is no more");
	ANSWER(give(VRING_AVAIL_F_NO_INTERRUPT);)
	SEE("spared", raised, 1, "when it wants none");
	avail[0] = 0;
	ANSWER(interrupt_driver(&queue);)
	SEE("spared", raised, 1, "when it wants them again, for the old chain");
	ANSWER(give(0);)
	SEE("spared", raised, 2, "and for a new one");
}

static void run(void)
{
	for (u32 i = 0; i < 30; i++)
		see_split(1 + i % 3);
	see_silence();
	see_spared();
}
