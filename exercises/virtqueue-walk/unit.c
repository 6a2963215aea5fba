// SPDX-License-Identifier: GPL-2.0
#include "unit.h"
#include <setjmp.h>
#include <sys/uio.h>
#include <linux/virtio_ring.h>

#define QUEUE_SIZE	16
#define MEMORY		(64 * PAGE_SIZE)
#define LOOK_ONCE(x)	(*(const volatile __typeof__(x) *)&(x))

struct chain {
	u16 head;
	unsigned int out, in;
	struct iovec buffer[QUEUE_SIZE];
};

struct virtqueue {
	struct vring ring;
	u16 taken;
};

static jmp_buf refusal;
static char memory[MEMORY];
static struct vring_desc desc[QUEUE_SIZE];
static u16 avail[2 + QUEUE_SIZE + 1];
static struct virtqueue queue = { .ring = {
	.num = QUEUE_SIZE, .desc = desc, .avail = (void *)avail } };
static struct chain chain;
static struct vring_desc *changing;

#define refuse_chain(queue, ...)	longjmp(refusal, 1)

/* The Guest may change a descriptor just when its address is looked at. */
static void __unused_here *from_guest_phys(u64 addr, u64 len)
{
	if (changing) {
		changing->len = 0x7fffffff;
		changing->addr = 0x10;
	}
	if (addr > MEMORY || len > MEMORY - addr)
		return NULL;
	return memory + addr;
}

#ifndef ORACLE
#include "answer.c"
#endif

/* 1: taken, 0: nothing there, 2: refused. */
static int __unused_here take(void)
{
	if (setjmp(refusal))
		return 2;
	memset(&chain, 0xa5, sizeof(chain));
	return take_chain(&queue, &chain);
}

static void offer(u16 head)
{
	avail[2 + avail[1]++ % QUEUE_SIZE] = head;
}

static void again(u16 taken)
{
	queue.taken = avail[1] = taken;
}

/* A chain of n descriptors from first on, the last m of them to write. */
static void link_up(u32 first, u32 n, u32 m)
{
	for (u32 i = 0; i < n; i++)
		desc[(first + i) % QUEUE_SIZE] = (struct vring_desc){
			.addr = any_below(MEMORY - 256), .len = 1 + any_below(255),
			.flags = (i + 1 < n ? VRING_DESC_F_NEXT : 0) |
				 (i + m >= n ? VRING_DESC_F_WRITE : 0),
			.next = (first + i + 1) % QUEUE_SIZE };
}

static void see_chain(const char *test, u32 n, u32 m)
{
	u32 first = any_below(QUEUE_SIZE), last = (first + n - 1) % QUEUE_SIZE;

	link_up(first, n, m);
	offer(first);
	SEE(test, take(), 1, "a chain of %u, %u of them to write", n, m);
	SEE(test, chain.head, first, "its head");
	SEE(test, chain.out, n - m, "buffers to read");
	SEE(test, chain.in, m, "buffers to write");
	SEE(test, (char *)chain.buffer[n - 1].iov_base - memory,
	    (long long)desc[last].addr, "where the last one is");
	SEE(test, (long long)chain.buffer[n - 1].iov_len, desc[last].len,
	    "its length");
}

static void see_bad(const char *test, const char *what)
{
	SEE(test, take(), 2, "%s (2: refused)", what);
	again(0);
}

static void see_bad_links(void)
{
	u32 far = QUEUE_SIZE + any_below(60000);

	offer(far);
	see_bad("range", "a head beyond the table");
	offer(QUEUE_SIZE);
	see_bad("range", "a head just beyond the table");
	link_up(0, 3, 1);
	desc[1].next = far;
	offer(0);
	see_bad("range", "a link beyond the table");
	link_up(0, 3, 0);
	desc[2].flags |= VRING_DESC_F_NEXT;
	desc[2].next = 1;
	offer(0);
	see_bad("loop", "a circle of two behind the head");
	link_up(4, 1, 0);
	desc[4].flags |= VRING_DESC_F_NEXT;
	desc[4].next = 4;
	offer(4);
	see_bad("loop", "a descriptor that leads to itself");
}

static void see_bad_buffers(void)
{
	link_up(0, 2, 0);
	desc[1].addr = MEMORY - 1;
	desc[1].len = 2;
	offer(0);
	see_bad("memory", "a buffer that ends outside");
	link_up(0, 2, 0);
	desc[0].addr = ~0ULL;
	offer(0);
	see_bad("memory", "a buffer that wraps");
	link_up(0, 3, 2);
	desc[2].flags = 0;
	offer(0);
	see_bad("order", "to read, to write, to read");
}

static void run(void)
{
	for (u32 i = 0; i < 20; i++)
		see_chain("chain", 1 + i % QUEUE_SIZE,
			  any_below(2 + i % QUEUE_SIZE));
	again(65530);
	for (u32 i = 0; i < 20; i++)
		see_chain("wrap", 2, 1);
	again(any());
	SEE("empty", take(), 0, "nothing offered");
	avail[1] += QUEUE_SIZE + 1;
	see_bad("jump", "17 offered in a ring of 16");
	avail[1] = -1;
	see_bad("jump", "an index that went back");
	see_bad_links();
	see_bad_buffers();
	link_up(0, 1, 1);
	desc[0].len = 77;
	desc[0].addr = 0x100;
	offer(0);
	changing = &desc[0];
	SEE("once", take(), 1, "a descriptor that grows while we look");
	SEE("once", (long long)chain.buffer[0].iov_len, 77, "its length");
	SEE("once", (char *)chain.buffer[0].iov_base - memory, 0x100,
	    "where it is");
}
