/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A queue for little Guests that sleep until they are interrupted. A handler
 * has nothing to do: who was asleep looks for itself.
 */
#include "guest.h"
#include "lguest_launcher.h"
#include <linux/virtio_config.h>
#include <linux/virtio_ring.h>

struct queue {
	struct vring ring;
	__u32 at;
	__u16 seen;		/* used entries we have looked at */
};

asm("just_return: iret");
void just_return(void);

static inline struct lguest_device_desc *find_device(int type)
{
	struct lguest_device_desc *d = (void *)MEMORY;

	while (d->type && d->type != type)
		d = (void *)d->tail + d->num_vq * sizeof(struct lguest_vqconfig)
			+ 2 * d->feature_len + d->config_len;
	return d;
}

static inline void open_queue(struct lguest_device_desc *d, int n,
			      struct queue *q)
{
	struct lguest_vqconfig *config = (void *)d->tail;
	__u32 at = (__u32)just_return;

	config += n;
	q->at = config->pfn * PAGE_SIZE;
	vring_init(&q->ring, config->num, (void *)q->at, LGUEST_VRING_ALIGN);
	hcall(LHCALL_LOAD_IDT_ENTRY, LGUEST_IRQ_BASE + config->irq,
	      GUEST_KERNEL_CS << 16 | (at & 0xffff),
	      (at & 0xffff0000) | 0x8e00, 0);
}

static inline void set_status(struct lguest_device_desc *d, __u8 status)
{
	d->status = status;
	hcall(LHCALL_NOTIFY, (__u32)d, 0, 0, 0);
}

static inline void describe(struct queue *q, int i, const void *addr,
			    __u32 len, int flags)
{
	q->ring.desc[i] = (struct vring_desc) {
		.addr = (__u32)addr, .len = len, .flags = flags, .next = i + 1,
	};
}

static inline void offer(struct queue *q, int head)
{
	q->ring.avail->ring[q->ring.avail->idx % q->ring.num] = head;
	__atomic_store_n(&q->ring.avail->idx, q->ring.avail->idx + 1,
			 __ATOMIC_RELEASE);
}

static inline void kick(struct queue *q)
{
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	if (!(*(volatile __u16 *)&q->ring.used->flags & VRING_USED_F_NO_NOTIFY))
		hcall(LHCALL_NOTIFY, q->at, 0, 0, 0);
}

/* The head of the next chain that has come back, or -1. */
static inline int come_back(struct queue *q)
{
	if (__atomic_load_n(&q->ring.used->idx, __ATOMIC_ACQUIRE) == q->seen)
		return -1;
	return q->ring.used->ring[q->seen++ % q->ring.num].id;
}

static inline void nap(void)
{
	hcall(LHCALL_HALT, 0, 0, 0, 0);
}

static inline __u64 ticks(void)
{
	return __builtin_ia32_rdtsc();
}

static inline void say_number(const char *text, __u64 number)
{
	static char line[80];
	__u32 n = number;	/* no division of 64 bits here */
	char *at = line + sizeof(line) - 2;
	int len = 0;

	*at = '\n';
	do
		*--at = '0' + n % 10;
	while (n /= 10);
	while (text[len])
		len++;
	while (len)
		*--at = text[--len];
	say(at);
}
