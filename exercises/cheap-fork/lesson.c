// SPDX-License-Identifier: GPL-2.0
/* What a fork does to page tables, with calls that can wait. */
#include "pup.h"

#define TLS	GDT_ENTRY_TLS_MIN
#define PAGES	512

static u32 word[128], nonce;

static void see(const char *test, const char *asked, u32 value)
{
	say("see|%s|%s|%u\n", test, asked, value);
}

static void read_nonce(void)
{
	const char *digit = find(command_line, "nonce=");

	for (digit += 6; *digit >= '0' && *digit <= '9'; digit++)
		nonce = nonce * 10 + *digit - '0';
	nonce %= 100000000;
}

static u32 waiting(void)
{
	u32 i, n = 0;

	for (i = 0; i < LHCALL_RING_SIZE; i++)
		n += lguest_data.hcall_status[i] == 0;
	return n;
}

/* Give a segment n bases, one after the other. */
static u32 load(u32 n)
{
	u32 i;

	for (i = 0; i < n; i++) {
		word[i] = nonce + i;
		load_descriptor(TLS, (u32)&word[i], DATA | RING(USER_PL));
	}
	return waiting();
}

static u32 word_at_base(void)
{
	u32 value = TLS * 8 + USER_PL;

	asm volatile("movl %0, %%gs\n\t"
		     "movl %%gs:0, %0" : "+r" (value) : : "memory");
	return value;
}

LESSON(98, effect)
{
	u32 put, left, over;

	read_nonce();
	lazy = false;
	put = load(5);
	see("now", "calls that wait outside the lazy mode", put);
	see("now", "the word at the last base", word_at_base());
	lazy = true;
	put = load(9);
	lazy_end();
	left = waiting();
	see("effect", "calls that wait in the lazy mode", put);
	see("effect", "and after it", left);
	see("effect", "the word at the last base", word_at_base());
	lazy = true;
	put = load(64);
	over = load(65);
	lazy_end();
	see("full", "calls that wait, of 64", put);
	see("full", "of 65 more, there are left", over);
	see("full", "the word at the last base", word_at_base());
	for (u32 i = 0; i < 5; i++) {
		lazy = true;
		load(50);
		lazy_end();
	}
	see("effect", "the word at the last base, round by round",
	    word_at_base());
}

/* Take the right to write away from many pages, as a fork does. */
LESSON(99, fork)
{
	static u32 table[1024] __aligned(4096);
	u32 i;

	lazy = true;
	for (i = 0; i < PAGES; i++)
		async_hcall(LHCALL_SET_PTE, physical(table), i * PAGE,
			    i * PAGE | PRESENT);
	lazy_end();
}

LESSON(97, nothing)
{
}
