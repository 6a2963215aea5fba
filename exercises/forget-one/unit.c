// SPDX-License-Identifier: GPL-2.0
#include "unit.h"

#define NO_GPGDIR	(~0u)
#define PLACES		8

/* As much of the kernel's lists as is wanted here. */
struct list_head {
	struct list_head *next, *prev;
};

#define container_of(p, type, member)	\
	((type *)((char *)(p) - offsetof(type, member)))
#define list_last_entry(head, type, member)	\
	container_of((head)->prev, type, member)
#define list_first_entry(head, type, member)	\
	container_of((head)->next, type, member)
#define list_for_each_entry(at, head, member)				\
	for (at = container_of((head)->next, __typeof__(*at), member);	\
	     &at->member != (head);					\
	     at = container_of(at->member.next, __typeof__(*at), member))

struct pgdir {
	u32 gpgdir;
	unsigned int generation;
	struct list_head lru;
};

struct lguest {
	struct list_head dirs;		/* the one used last is the first */
	struct pgdir dir_array[PLACES];
	unsigned int nr_dirs;
};

struct lg_cpu {
	struct lguest *lg;
	struct { unsigned long evictions; } stats;
};

static struct lguest lg;
static struct lg_cpu cpu = { .lg = &lg };
static u32 cleaned, arrived, dice = 1;
static bool random_eviction;

static u32 __unused_here get_random_u32(void)
{
	return dice = dice * 1103515245 + 12345;
}

static void __unused_here clean_dir(struct lguest *lg, struct pgdir *dir)
{
	(void)lg, (void)dir;
	cleaned++;
}

#ifndef ORACLE
#include "answer.c"
#endif

static void to_head(struct list_head *entry, struct list_head *head)
{
	if (entry->next) {
		entry->prev->next = entry->next;
		entry->next->prev = entry->prev;
	}
	entry->next = head->next;
	entry->prev = head;
	head->next->prev = entry;
	head->next = entry;
}

static void __unused_here begin(void)
{
	memset(&lg, 0, sizeof(lg));
	lg.dirs.next = lg.dirs.prev = &lg.dirs;
	lg.nr_dirs = PLACES;
	for (int i = 0; i < PLACES; i++) {
		lg.dir_array[i].gpgdir = NO_GPGDIR;
		to_head(&lg.dir_array[i].lru, &lg.dirs);
	}
	cpu.stats.evictions = cleaned = arrived = 0;
	random_eviction = false;
}

/* Switch to an address space, as the Host does; was it remembered? */
static bool __unused_here switch_to(u32 gpgdir)
{
	struct pgdir *dir = NULL;
	bool found = false;

	ANSWER(
	dir = find_dir(&lg, gpgdir);
	found = dir;
	if (!dir) {
		arrived++;
		dir = new_dir(&cpu, gpgdir);
	}
	)
	if (dir)
		to_head(&dir->lru, &lg.dirs);
	return found;
}

/* What is right, the slow way: when was each last used? */
static struct { u32 who, when; } model[PLACES];
static u32 now;

static bool right(u32 who)
{
	int oldest = 0;

	now++;
	for (int i = 0; i < PLACES; i++) {
		if (model[i].when && model[i].who == who) {
			model[i].when = now;
			return true;
		}
		if (model[i].when < model[oldest].when)
			oldest = i;
	}
	model[oldest].who = who;
	model[oldest].when = now;
	return false;
}

/* And what the dice would do. */
static bool thrown(u32 who)
{
	static u32 place[PLACES], state = 7;

	for (int i = 0; i < PLACES; i++)
		if (place[i] == who)
			return true;
	state = state * 1664525 + 1013904223;
	place[(state >> 16) % PLACES] = who;
	return false;
}

static u32 space(u32 n)
{
	return (n + 1) * PAGE_SIZE;
}

static void run(void)
{
	u32 lucky __unused_here = 0, hits = 0, want = 0;

	ANSWER(begin();)
	for (u32 i = 0; i < PLACES; i++) {
		right(space(i));
		SEE("fresh", switch_to(space(i)), 0, "space %u found", i);
	}
	SEE("fresh", (long long)cpu.stats.evictions, 0, "forgotten so far");
	for (u32 i = 0; i < 16; i++) {
		u32 who = any_below(PLACES);

		right(space(who));
		SEE("find", switch_to(space(who)), 1, "space %u found", who);
	}
	for (u32 i = 0; i < 400; i++) {
		u32 who = any_below(PLACES + 4);
		bool known = right(space(who));

		SEE("oldest", switch_to(space(who)), known,
		    "space %u found, in step %u", who, i);
	}
	SEE("count", (long long)cpu.stats.evictions - (arrived - PLACES), 0,
	    "forgotten, less those for whom there was no place");
	SEE("count", cleaned - arrived, 0, "cleaned, less those who came");
	for (u32 i = 0; i < 3000; i++) {
		/* Two shells talk, and now and then somebody else has a turn. */
		u32 who = i % 5 ? any_below(6) : 10 + any_below(30);

		lucky += thrown(space(who));
		want += right(space(who));
		hits += switch_to(space(who));
	}
	SEE_MORE("random", hits, lucky, "hits in 3000 switches");
	SEE("random", hits, want, "exactly");
}
