/* SPDX-License-Identifier: GPL-2.0 */
/* Frames in a row, as many as the other side can take. */
/* EXPECT: Guest powered off: main returned */
/*
 * With "send" on its command line a Guest sends, else it receives and counts
 * what is missing.
 */
#include "interrupt.h"

#define FRAMES	8192u
#define FRAME	1514u		/* bytes, and virtio's ten in front */
#define BUFFERS	240

static struct queue in, out;
static char room[BUFFERS][10 + FRAME], frame[BUFFERS][10 + FRAME];
static const __u8 *mac;

static void reply(int i, __u32 number)
{
	for (int b = 0; b < 6; b++)
		frame[i][10 + 6 + b] = mac[b];
	*(__u32 *)(frame[i] + 10 + 14) = number;
	describe(&out, i, frame[i], sizeof(frame[i]), 0);
	offer(&out, i);
	kick(&out);
}

static int wait_for_frame(void)
{
	int i;

	while ((i = come_back(&in)) < 0)
		nap();
	return i;
}

static void give_room(int i)
{
	describe(&in, i, room[i], sizeof(room[i]), VRING_DESC_F_WRITE);
	offer(&in, i);
}

static void send(void)
{
	int i, free = BUFFERS;
	__u32 number = 0;
	__u64 start;

	i = wait_for_frame();		/* "ready", which says who is */
	start = ticks();
	for (int b = 0; b < BUFFERS; b++)
		__builtin_memcpy(frame[b] + 10, room[i] + 10 + 6, 6);
	while (number < FRAMES) {
		if (number < BUFFERS) {
			free = number;
		} else {
			out.ring.avail->flags = 0;
			while ((free = come_back(&out)) < 0)
				nap();
			out.ring.avail->flags = VRING_AVAIL_F_NO_INTERRUPT;
		}
		reply(free, number++);
	}
	i = wait_for_frame();		/* "thank you" */
	say_number("flood: thousands of ticks: ", (ticks() - start) >> 10);
}

static void receive(void)
{
	__u32 next = 0, lost = 0, number;
	int i;

	__builtin_memset(frame[0] + 10, 0xff, 6);
	reply(0, 0);
	while (next < FRAMES) {
		i = wait_for_frame();
		number = *(__u32 *)(room[i] + 10 + 14);
		lost += number - next;
		next = number + 1;
		give_room(i);
		kick(&in);
	}
	say_number("flood: lost frames: ", lost);
	while (come_back(&out) < 0)
		nap();
	reply(0, 0);
	while (come_back(&out) < 0)
		nap();
}

void main(void)
{
	struct lguest_device_desc *d = find_device(LGUEST_DEVICE_NET);

	join();
	if (!d->type)
		return;
	mac = d->tail + 2 * sizeof(struct lguest_vqconfig) + 2 * d->feature_len;
	open_queue(d, 0, &in);
	open_queue(d, 1, &out);
	set_status(d, VIRTIO_CONFIG_S_DRIVER_OK);
	for (int i = 0; i < BUFFERS; i++)
		give_room(i);
	kick(&in);
	if (*(char *)0x1000 == 's')
		send();
	else
		receive();
}
