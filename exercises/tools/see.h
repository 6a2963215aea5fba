/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the little Guests of the exercises have in common. They say what they
 * see, in lines "see|test|what was asked|value"; the grader knows what is right.
 */
#include "guest.h"	/* the one of tests/guests */

/* It is in the boot parameters, at an address of which gcc need not think. */
static inline const char *command_line(void)
{
	const char **boot;

	asm("" : "=r" (boot) : "0" (0x228));
	return *boot;
}

static char text_[160];
static unsigned int used_;

static inline void put_text(const char *s)
{
	while (*s && used_ < sizeof(text_) - 2)
		text_[used_++] = *s++;
}

static inline void put_number(__u32 n)
{
	if (n > 9)
		put_number(n / 10);
	text_[used_++] = '0' + n % 10;
}

static inline void see(const char *test, const char *asked, __u32 value)
{
	used_ = 0;
	put_text("see|");
	put_text(test);
	put_text("|");
	put_text(asked);
	put_text("|");
	put_number(value);
	text_[used_++] = '\n';
	text_[used_] = '\0';
	say(text_);
}

/* The first number on the Guest's command line. */
static inline __u32 nonce(void)
{
	const char *c = command_line();
	__u32 n = 0;

	while (*c && (*c < '0' || *c > '9'))
		c++;
	for (; *c >= '0' && *c <= '9'; c++)
		n = n * 10 + *c - '0';
	return n;
}

/* Is this word on the command line? */
static inline int asked_for(const char *word)
{
	const char *c = command_line();

	for (; *c; c++) {
		int i = 0;

		while (word[i] && word[i] == c[i])
			i++;
		if (!word[i])
			return 1;
	}
	return 0;
}
