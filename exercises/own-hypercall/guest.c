// SPDX-License-Identifier: GPL-2.0
/* A Guest that asks how often it has asked. */
#include "see.h"

#define LHCALL_COUNT	40

static __u32 count_of(__u32 nr)
{
	return hcall(LHCALL_COUNT, nr, 0, 0, 0);
}

int main(void)
{
	__u32 n = nonce(), many = n % 50 + 3;

	join();
	if (asked_for("unknown"))
		hcall(41, 0, 0, 0, 0);
	for (__u32 i = 0; i < many; i++)
		hcall(LHCALL_TS, 0, 0, 0, 0);
	see("count", "calls of TS", count_of(LHCALL_TS));
	hcall(LHCALL_TS, 0, 0, 0, 0);
	see("count", "and one more", count_of(LHCALL_TS));
	see("count", "introductions", count_of(LHCALL_HALT) +
	    count_of(LHCALL_SET_CLOCKEVENT));
	see("itself", "calls of BIND_DMA", count_of(LHCALL_BIND_DMA));
	see("bound", "calls number 21", count_of(21));
	see("bound", "calls number 2147483648", count_of(0x80000000));
	see("bound", "calls number 4294967295", count_of(0xffffffff));
	see("bound", "calls number 1000000", count_of(1000000));
	see("others", "FLUSH_ASYNC gives back", hcall(LHCALL_FLUSH_ASYNC, 0, 0, 0, 0));
	see("others", "SEND_INTERRUPTS gives back",
	    hcall(LHCALL_SEND_INTERRUPTS, 0, 0, 0, 0));
	return 0;
}
