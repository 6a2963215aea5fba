/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A Guest that does anything to its rings, for libFuzzer: the Launcher's own
 * code for memory, queues and devices, with a Host and a world that are
 * played. An input is a row of steps of sixteen bytes.
 *
 * A Guest that is ended with a sentence is a good outcome. What the compiler's
 * checkers find is not.
 */
#include "console.c"
#include "network.c"
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/mman.h>

#define MEMORY	(2 << 20)
#define RINGS	6

static jmp_buf ended;
static struct virtqueue *queue[RINGS];
static int disk, world;
static u32 irqs;
static char page[4096];		/* of descriptors, as it was at first */

/* --- the Launcher's other half --- */

void verbose(const char *format, ...)
{
	(void)format;
}

void say(const char *format, ...)
{
	(void)format;
}

void leave(int status)
{
	longjmp(ended, status ? status : -1);
}

/* The words are formed, for that is code too, and not said. */
void fail(const char *format, ...)
{
	char words[256];
	va_list args;

	va_start(args, format);
	vsnprintf(words, sizeof(words), format, args);
	va_end(args);
	leave(1);
}

void misuse(const char *format, ...)
{
	(void)format;
	leave(2);
}

int open_tap(const char *name)
{
	(void)name;
	return -1;
}

int join_bridge(const char *name)
{
	(void)name;
	return -1;
}

void raise_irq(u32 irq)
{
	if (irq < 1 || irq > RINGS)
		abort();
	irqs++;
}

void attach_eventfd(u32 addr, int fd)
{
	(void)addr, (void)fd;
}

/* --- the machine --- */

static void find_queues(void)
{
	struct lguest_device_desc *d = from_guest_phys(MEMORY, 4096);
	int n = 0;

	for (; d->type; d = (void *)(d->tail + d->num_vq * 8 +
				     2 * d->feature_len + d->config_len))
		n += d->num_vq;
	if (n != RINGS)
		abort();
}

/* A device's queues are known to those who made it; we listen in. */
struct virtqueue *__real_add_queue(struct device *device, const char *name,
				   servant *serve);
struct virtqueue *__wrap_add_queue(struct device *device, const char *name,
				   servant *serve)
{
	static int n;
	struct virtqueue *q = __real_add_queue(device, name, serve);

	queue[n++] = q;
	return q;
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	static char name[64];
	int pair[2];

	(void)argc, (void)argv;
	map_guest_memory(MEMORY);
	disk = memfd_create("disk", 0);
	if (disk < 0 || ftruncate(disk, 64 << 10))
		return 1;
	sprintf(name, "/proc/self/fd/%d", disk);
	add_console();
	add_disk(name);
	add_network("nowhere");
	add_rng();
	find_queues();
	memcpy(page, from_guest_phys(MEMORY, 4096), 4096);
	if (socketpair(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0, pair))
		return 1;
	world = pair[0];
	struct network *net = queue[3]->device->own;
	net->in = pair[1];
	net->out = open("/dev/null", O_WRONLY);
	dup2(net->out, STDOUT_FILENO);
	return 0;
}

static void clean(void)
{
	char frame[2048];

	memset(from_guest_phys(0, 0x20000), 0, 0x20000);
	memcpy(from_guest_phys(MEMORY, 4096), page, 4096);
	for (int i = 0; i < RINGS; i++) {
		pthread_mutex_init(&queue[i]->lock, NULL);
		reset_queue(queue[i]);
	}
	typed.len = 0;
	typed.ended = false;
	while (read(((struct network *)queue[3]->device->own)->in, frame,
		    sizeof(frame)) >= 0)
		;
}

/* --- what a Guest does, and the world --- */

static void serve(struct virtqueue *q)
{
	if (q->serve) {
		serve_queue(q);
	} else if (q == queue[0]) {
		deliver_keys(q);
	} else {
		pthread_mutex_lock(&q->lock);
		want_kicks(q, !receive_frames(q));
		pthread_mutex_unlock(&q->lock);
	}
}

struct step {
	u8 what, ring;
	u16 index, flags, next;
	u32 addr, len;
} __attribute__((packed));

/* Addresses near the edges come up more often than chance would have it. */
static u64 somewhere(u32 addr)
{
	static const u64 edges[] = {
		0, MEMORY, 0xfffffffful, 1ull << 32, ~0ull, 1ull << 63,
	};

	if (addr >> 28 == 0xf)
		return edges[(addr >> 24) % 6] + (__s8)addr;
	if (addr >> 28 == 0xe)
		return guest_limit() - (addr & 0xfff);
	return addr & 0x1ffff;
}

static void act(const struct step *s)
{
	struct virtqueue *q = queue[s->ring % RINGS];
	struct vring *ring = &q->ring;
	char frame[2000] = "frame";

	switch (s->what % 12) {
	case 0: case 1: case 2:
		ring->desc[s->index % 256] = (struct vring_desc) {
			somewhere(s->addr), s->len & (s->what & 128 ? ~0u : 0x7ff),
			s->flags & 7, s->next };
		break;
	case 3: case 4:
		ring->avail->ring[ring->avail->idx++ % 256] = s->index;
		serve(q);
		break;
	case 5:
		ring->avail->idx = s->index;
		break;
	case 6:
		ring->avail->flags = s->flags;
		serve(q);
		break;
	case 7:		/* any byte on the page of descriptors or in a ring */
		((char *)from_guest_phys(MEMORY, 1))[
			s->addr % (guest_limit() - MEMORY)] = s->flags;
		break;
	case 8:
		q->device->desc->status = s->flags;
		handle_notify(to_guest_phys(q->device->desc));
		break;
	case 9:
		handle_notify(s->addr);
		break;
	case 10:
		if (s->ring & 1)
			(void)!write(world, frame, s->len % sizeof(frame));
		else if (typed.len < sizeof(typed.text))
			typed.text[typed.len++] = s->flags;
		serve(queue[s->ring & 1 ? 3 : 0]);
		break;
	case 11:	/* what a request begins with: words in memory */
		memcpy(from_guest_phys(s->addr & 0xffff, 8), &s->index, 6);
		break;
	}
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	clean();
	if (!setjmp(ended))
		for (; size >= sizeof(struct step); size -= sizeof(struct step),
		     data += sizeof(struct step))
			act((const struct step *)data);
	return 0;
}
