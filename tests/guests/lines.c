/* SPDX-License-Identifier: GPL-2.0 */
/* 64 KiB of console output in lines, and what they cost. */
/* EXPECT: Guest powered off: main returned */
/* Each line is waited for, as Linux does it; then 4 KiB come at once. */
#include "interrupt.h"

static struct queue out;
static char text[4096];

static void print(__u32 len)
{
	describe(&out, 0, text, len, 0);
	offer(&out, 0);
	kick(&out);
	while (come_back(&out) < 0)
		;
}

void main(void)
{
	struct lguest_device_desc *d = find_device(LGUEST_DEVICE_CONSOLE);
	__u64 start;

	join();
	open_queue(d, 1, &out);
	set_status(d, VIRTIO_CONFIG_S_DRIVER_OK);
	out.ring.avail->flags = VRING_AVAIL_F_NO_INTERRUPT;
	for (int i = 0; i < 4096; i++)
		text[i] = i % 64 == 63 ? '\n' : '.';
	print(64);
	start = ticks();
	for (int i = 0; i < 1024; i++)
		print(64);
	say_number("lines: 64 KiB: thousands of ticks: ",
		   (ticks() - start) >> 10);
	start = ticks();
	print(4096);
	say_number("lines: 4 KiB: ticks: ", ticks() - start);
}
