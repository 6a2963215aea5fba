// SPDX-License-Identifier: GPL-2.0
#include "unit.h"
#include <errno.h>

#define __rcu
#define __user
#define GFP_KERNEL_ACCOUNT	0
#define GFP_KERNEL		0
#define LGUEST_MAX_EVENTFDS	128
#define mutex_lock(lock)	((void)0)
#define mutex_unlock(lock)	((void)0)
#define lockdep_is_held(lock)	true
#define struct_size(p, member, n)	\
	(sizeof(*(p)) + (n) * sizeof((p)->member[0]))

struct eventfd_ctx;

struct lg_eventfd {
	u32 addr;
	struct eventfd_ctx *event;
};

struct lg_eventfd_map {
	unsigned int num;
	struct lg_eventfd map[];
};

struct lguest {
	struct lg_eventfd_map *eventfds;
};

static struct lguest lg;

/*
 * The played readers. At every moment one looks at the list as it is; one of
 * them, who came just before the list was published, stays until the grace
 * period ends. What is freed is only marked, so that we can see who holds it.
 */
static u32 expected, broken, too_early, lists, failing;
static struct lg_eventfd_map *held, *freed[256];
static u32 frees;

static void look(void)
{
	struct lg_eventfd_map *list = lg.eventfds;

	if (!list)
		return;
	for (u32 i = 0; i < frees; i++)
		if (freed[i] == list) {
			too_early++;
			return;
		}
	if (list->num > expected + 1 || list->num < expected) {
		broken++;
		return;
	}
	for (u32 i = 0; i < list->num; i++)
		if (list->map[i].addr != (i + 1) * 64 ||
		    list->map[i].event != (void *)(long)(i + 1))
			broken++;
}

static void __unused_here *kmalloc(size_t size, int flags)
{
	char *p;

	(void)flags;
	look();
	if (failing)
		return NULL;
	p = malloc(size);
	memset(p, 0xa5, size);
	lists++;
	return p;
}

static void __unused_here kfree(const void *p)
{
	look();
	if (!p)
		return;
	for (u32 i = 0; i < frees; i++)
		if (freed[i] == p)
			too_early++;
	if (held == p)
		too_early++;
	freed[frees++ % 256] = (void *)p;
	lists--;
	look();
}

/* Whoever reads has taken the pointer at the last possible moment. */
static void publish(struct lg_eventfd_map *new)
{
	look();
	held = lg.eventfds;
	lg.eventfds = new;
	look();
}

static void __unused_here synchronize_rcu(void)
{
	look();
	held = NULL;
}

#define rcu_assign_pointer(p, v)		publish(v)
#define rcu_dereference_protected(p, held_)	({ look(); (p); })
#define kmemdup(from, size, flags)		\
	({ void *p_ = kmalloc(size, flags); if (p_) memcpy(p_, from, size); p_; })

#ifndef ORACLE
#include "answer.c"
#endif

static int __unused_here add(u32 number)
{
	int err = 0;

	ANSWER(err = add_eventfd(&lg, number * 64, (void *)(long)number);)
	look();
	return err;
}

static void run(void)
{
	for (u32 i = 1; i <= 40; i++) {
		SEE("grows", add(i), 0, "result of adding number %u", i);
		expected = i;
		SEE("grows", lg.eventfds ? lg.eventfds->num : 0, i, "in the list");
		SEE("whole", broken, 0, "half-made lists seen while adding %u", i);
		SEE("alive", too_early, 0, "freed too early or twice");
		SEE("freed", lists, 1, "lists that exist then");
		if (any_below(4) == 0) {
			failing = 1;
			SEE("memory", add(i + 1), -ENOMEM, "without memory");
			SEE("memory", lg.eventfds ? lg.eventfds->num : 0, i,
			    "still in the list");
			failing = 0;
		}
	}
	failing = 1;
	SEE("memory", add(41), -ENOMEM, "without memory");
}
