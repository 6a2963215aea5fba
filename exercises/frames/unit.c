// SPDX-License-Identifier: GPL-2.0
#include "unit.h"
#include <errno.h>
#include <setjmp.h>
#include <unistd.h>
#include <sys/uio.h>
#include <linux/virtio_net.h>

#define LEAST_FRAME	14u
#define MOST_FRAME	1518u
#define NAME_LEN	17
#define HEADER		sizeof(struct virtio_net_hdr)

struct chain {
	u16 head;
	unsigned int out, in;
	struct iovec buffer[8];
};

struct network {
	u8 mac[6];
	int out;
};

struct device { void *own; };
struct virtqueue { struct device *device; };

static jmp_buf refusal;
static bool known;
static void __unused_here *folder = &known;	/* the network is a folder */
static u32 to_one, to_all, sent_len, sent_sum, header_sum;
static char sent_to[NAME_LEN + 1];

#define refuse_chain(queue, ...)	longjmp(refusal, 1)
#define verbose(...)			((void)0)

static u32 checksum(const void *p, size_t len)
{
	const u8 *byte = p;
	u32 sum = 1;

	while (len--)
		sum = sum * 31 + *byte++;
	return sum & 0x7fffffff;
}

static void note(const void *frame, size_t len)
{
	sent_len = len;
	header_sum = 0;
	for (size_t i = 0; i < HEADER && i < len; i++)
		header_sum += ((const u8 *)frame)[i];
	if (len > HEADER)
		sent_sum = checksum((const u8 *)frame + HEADER, len - HEADER);
}

static void __unused_here name_card(char name[NAME_LEN + 1], const u8 mac[6])
{
	sprintf(name, "%02x:%02x:%02x:%02x:%02x:%02x",
		mac[0], mac[1], mac[2], mac[3], mac[4], mac[5]);
}

static bool __unused_here send_to(const struct network *net, const char *name,
				  const void *frame, size_t len)
{
	(void)net;
	to_one++;
	snprintf(sent_to, sizeof(sent_to), "%s", name);
	if (known)
		note(frame, len);
	return known;
}

static void __unused_here send_to_all(const struct network *net,
				      const void *frame, size_t len)
{
	(void)net;
	to_all++;
	note(frame, len);
}

static u64 __unused_here count_bytes(const struct iovec *b, unsigned int n)
{
	u64 len = 0;

	while (n--)
		len += b++->iov_len;
	return len;
}

static bool __unused_here take_bytes(struct iovec *b, unsigned int n, void *to,
				     size_t len)
{
	for (; len && n; n--, b++) {
		size_t k = len < b->iov_len ? len : b->iov_len;

		memcpy(to, b->iov_base, k);
		to = (char *)to + k;
		len -= k;
	}
	return !len;
}

#ifndef ORACLE
#include "answer.c"
#endif

static u8 frame[4096];
static struct network net;
static struct device device = { &net };
static struct virtqueue queue = { &device };

/* Offer a frame in three pieces; 1: served, 2: refused. */
static int __unused_here serve(u32 len, u32 cut, u32 in)
{
	struct chain chain = { .out = 3, .in = in, .buffer = {
		{ frame, cut }, { frame + cut, 0 },
		{ frame + cut, HEADER + len - cut } } };

	to_one = to_all = sent_len = sent_sum = header_sum = 0;
	memset(sent_to, 0, sizeof(sent_to));
	if (setjmp(refusal))
		return 2;
	ANSWER(serve_sender(&queue, &chain);)
	return 1;
}

static void fill(u32 first)
{
	for (u32 i = 0; i < sizeof(frame); i++)
		frame[i] = any();
	frame[HEADER] = first;
}

static void see_good(const char *test, u32 first, bool there)
{
	u32 len = 14 + any_below(1505), cut = any_below(len);
	char name[NAME_LEN + 1];

	fill(first);
	known = there;
	name_card(name, frame + HEADER);
	SEE(test, serve(len, cut, 0), 1, "%u bytes to %s, %sknown", len, name,
	    there ? "" : "un");
	SEE(test, to_all, !there || first & 1, "times sent to all");
	if (!(first & 1))
		SEE(test, to_one && checksum(sent_to, 17) == checksum(name, 17),
		    1, "sent to that name");
	SEE(test, sent_len, HEADER + len, "how long, with the header");
	SEE(test, sent_sum, checksum(frame + HEADER, len),
	    "checksum of what was sent");
	SEE("header", header_sum, 0, "sum of the header's bytes");
}

static void run(void)
{
	static const u32 bad[] = { 0, 1, 13, 1519, 1600, 4000 };

	for (u32 i = 0; i < 20; i++) {
		see_good("direct", any() & 0xfe, true);
		see_good("all", (any() & 0xfe) | 1, true);
		see_good("unknown", any() & 0xfe, false);
	}
	see_good("all", 0xff, false);
	for (u32 i = 0; i < ARRAY_SIZE(bad); i++) {
		fill(2);
		SEE("size", serve(bad[i], bad[i] / 2, 0), 2,
		    "%u bytes (2: refused)", bad[i]);
		SEE("size", to_one + to_all, 0, "sent");
	}
	SEE("size", serve(14, 3, 0), 1, "14 bytes");
	SEE("size", serve(1518, 700, 0), 1, "1518 bytes");
	SEE("inward", serve(100, 50, 1), 2, "a chain to write into");
}
