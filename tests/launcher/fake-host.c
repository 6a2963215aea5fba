/* SPDX-License-Identifier: GPL-2.0 */
/*
 * In place of launcher/host.c: a Host without a Host, and in it a Guest
 * without a CPU.
 *
 * The Guest's command line names a play.  Each time the Launcher lets the
 * Guest run, the play's function is called; it does what a Guest would do to
 * its memory, and returns what the read from /dev/lguest would have: 0 and an
 * address for a NOTIFY, or an error number.  Interrupts are counted.
 */
#include "device.h"
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/un.h>
#include <linux/virtio_blk.h>
#include <linux/virtio_config.h>
#include <linux/virtio_net.h>

static char words[256];		/* the last words, as the Host gives them */
static size_t words_len;
static int irqs[32];		/* how often each was raised */
static u16 offered[8];		/* the count of each available ring */

/* --- what a Guest finds ------------------------------------------------- */

static struct lguest_device_desc *desc(void)
{
	return from_guest_phys(guest_memory_size(), sizeof(*desc()) + 16);
}

static u8 *features(struct lguest_device_desc *d)
{
	return d->tail + d->num_vq * sizeof(struct lguest_vqconfig);
}

static u8 *configuration(struct lguest_device_desc *d)
{
	return features(d) + 2 * d->feature_len;
}

static struct lguest_device_desc *after(struct lguest_device_desc *d)
{
	return (void *)(configuration(d) + d->config_len);
}

/* Queues are counted through all devices: 0 and 1 are the console's. */
static struct lguest_vqconfig *config(unsigned int queue)
{
	struct lguest_device_desc *d = desc();

	for (; queue > 1 && queue >= d->num_vq; d = after(d))
		queue -= d->num_vq;
	return (struct lguest_vqconfig *)d->tail + queue;
}

static struct vring ring(unsigned int queue)
{
	struct vring r;

	vring_init(&r, config(queue)->num, from_guest_phys(
		   (u64)config(queue)->pfn * 4096, 3 * 4096), 4096);
	return r;
}

enum { IN, OUT, DISK, RNG = DISK, RECEIVE = DISK, SEND };

/* Scratch memory of the Guest, away from everything. */
#define SCRATCH 0x80000

static char *scratch(void)
{
	return from_guest_phys(SCRATCH, 0x10000);
}

/* --- what a Guest does -------------------------------------------------- */

static void describe(unsigned int q, unsigned int i, u64 addr, u32 len,
		     u16 flags, u16 next)
{
	ring(q).desc[i] = (struct vring_desc) {
		.addr = addr, .len = len, .flags = flags, .next = next,
	};
}

static void offer(unsigned int q, u16 head)
{
	struct vring r = ring(q);

	r.avail->ring[offered[q]++ % r.num] = head;
	__atomic_store_n(&r.avail->idx, offered[q], __ATOMIC_RELEASE);
}

static int kick(unsigned int q, u32 *addr)
{
	*addr = config(q)->pfn * 4096;
	return 0;
}

static int early(const char *text, u32 *addr)
{
	strcpy(scratch() + 0x8000, text);
	*addr = SCRATCH + 0x8000;
	return 0;
}

static int end(const char *reason, bool well)
{
	words_len = strlen(reason) + !well;
	memcpy(words, reason, words_len);
	return ENOENT;
}

static int power_off(void)
{
	return end("Goodnight", true);
}

/* The first CHECK that fails names itself as the Guest's reason to die. */
#define STR2(x) #x
#define STR(x) STR2(x)
#define CHECK(x) do {						\
	if (!(x))						\
		return end("line " STR(__LINE__) ": " #x, false);	\
} while (0)

/* --- the plays: endings -------------------------------------------------- */

static int play_poweroff(int turn, u32 *addr)
{
	return turn ? power_off() : early("early words\n", addr);
}

static int play_crash(int turn, u32 *addr)
{
	(void)turn, (void)addr;
	return end("CRASH: fire in the hall", false);
}

static int play_killed(int turn, u32 *addr)
{
	(void)turn, (void)addr;
	return end("unhandled trap 14 at 0x100000 (0x0)", false);
}

static int play_colours(int turn, u32 *addr)
{
	(void)turn, (void)addr;
	return end("\033[31mred\nlguest: Guest powered off\a", false);
}

static int play_speechless(int turn, u32 *addr)
{
	(void)turn, (void)addr;
	words_len = -1;
	return ENOENT;
}

static int play_poweroff_speechless(int turn, u32 *addr)
{
	(void)turn, (void)addr;
	return end("", true);
}

static int play_wordy(int turn, u32 *addr)
{
	(void)turn, (void)addr;
	memset(words, 'w', sizeof(words));
	words_len = sizeof(words);
	return ENOENT;
}

/* What outlasts a life, for the plays with two: the memory of the keeper. */
static int *lives;

static void __attribute__((constructor)) count_lives(void)
{
	lives = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
}

static int play_restart(int turn, u32 *addr)
{
	if (turn == 0)
		return early(*lives ? "second life\n" : "first life\n", addr);
	return (*lives)++ ? power_off() : ERESTART;
}

/* The first life does not hear that it is to end, and begins again. */
static int play_unheard(int turn, u32 *addr)
{
	(void)turn, (void)addr;
	if ((*lives)++) {
		sleep(10);
		return power_off();
	}
	signal(SIGTERM, SIG_IGN);
	kill(getppid(), SIGTERM);
	usleep(300000);
	return ERESTART;
}

static int play_interrupted(int turn, u32 *addr)
{
	(void)addr;
	switch (turn) {
	case 0: return EINTR;
	case 1: return EAGAIN;
	default: return power_off();
	}
}

static int play_einval(int turn, u32 *addr)
{
	(void)turn, (void)addr;
	return EINVAL;
}

/* What a Guest would do that had taken over its Launcher. */
static int play_locked(int turn, u32 *addr)
{
	(void)turn, (void)addr;
#define REFUSED(call) CHECK((errno = 0, (long)(call) == -1 && errno == EPERM))
	REFUSED(open("/dev/null", O_RDONLY));
	REFUSED(open("/etc/passwd", O_RDONLY));
	REFUSED(socket(AF_INET, SOCK_STREAM, 0));
	REFUSED(socket(AF_UNIX, SOCK_DGRAM, 0));
	REFUSED(execl("/bin/true", "true", NULL));
	REFUSED(fork());
	REFUSED(kill(getppid(), 9));
	REFUSED(mmap(NULL, 4096, PROT_READ | PROT_EXEC,
		     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
	REFUSED(mprotect(from_guest_phys(0, 0), 4096, PROT_EXEC));
	REFUSED(ioctl(0, TIOCSTI, "x"));
	REFUSED(setuid(0));
	REFUSED(chroot("/"));
	REFUSED(prctl(PR_SET_DUMPABLE, 1));
	REFUSED(ptrace(PTRACE_TRACEME, 0, 0, 0));
	REFUSED(dup(0));
	return power_off();
}

/* Started with its standard files closed, the Launcher has others there. */
static int play_closed(int turn, u32 *addr)
{
	char name[64] = "";

	(void)turn, (void)addr;
	for (int fd = 0; fd < 3; fd++) {
		char path[32];

		sprintf(path, "/proc/self/fd/%d", fd);
		memset(name, 0, sizeof(name));
		CHECK(readlink(path, name, sizeof(name) - 1) > 0);
		CHECK(!strcmp(name, "/dev/null"));
	}
	return power_off();
}

static int play_sleep(int turn, u32 *addr)
{
	if (turn == 0)
		return early("asleep\n", addr);
	poll(NULL, 0, 30000);
	return EINTR;
}

/* The Host's counters, which are there as soon as there is a Guest. */
static FILE *counters;

static void make_counters(void)
{
	char path[64];

	sprintf(path, STATS "/%d", getpid());
	if (strstr(from_guest_phys(0x1000, 0x800), "counted"))
		counters = fopen(path, "w");
}

static int play_counted(int turn, u32 *addr)
{
	(void)turn, (void)addr;
	CHECK(counters);
	for (int i = 0; i < 500; i++)
		fprintf(counters, "counter_%d %d\n", i, *lives + 1);
	fflush(counters);
	return (*lives)++ ? power_off() : ERESTART;
}

/* --- the plays: boot ------------------------------------------------------ */

/* All that abi.md says of Guest-physical 0, and nothing else there. */
static int play_boot(int turn, u32 *addr)
{
	unsigned char *page = from_guest_phys(0, 0x1800);
	u32 known = 0;

	if (turn)
		return power_off();
	CHECK(page[0x1e8] == 1);			/* e820 entries */
	CHECK(*(u64 *)(page + 0x2d0) == 0);
	CHECK(*(u64 *)(page + 0x2d8) == guest_memory_size());
	CHECK(*(u32 *)(page + 0x2e0) == 1);
	CHECK(*(u16 *)(page + 0x1fe) == 0xaa55);
	CHECK(!memcmp(page + 0x202, "HdrS", 4));
	CHECK(*(u16 *)(page + 0x206) >= 0x207);
	CHECK(page[0x210] == 0xff);			/* type_of_loader */
	CHECK(page[0x211] == 0x41);			/* loadflags */
	CHECK(*(u32 *)(page + 0x228) == 0x1000);	/* cmd_line_ptr */
	CHECK(*(u32 *)(page + 0x23c) == 1);		/* hardware_subarch */
	for (int i = 0; i < 0x1000; i++)
		known += page[i] != 0;
	CHECK(known == 1 + 1 + 1 + 2 + 4 + 2 + 1 + 1 + 1 + 1);
	return early((char *)page + 0x1000, addr);
}

/* --- the plays: the descriptor page and NOTIFY ---------------------------- */

static int play_descriptor(int turn, u32 *addr)
{
	struct lguest_device_desc *d = desc();

	(void)turn, (void)addr;
	CHECK(d->type == LGUEST_DEVICE_CONSOLE);
	CHECK(d->num_vq == 2 && d->feature_len == 0 && d->config_len == 0);
	CHECK(config(0)->num == 256 && config(1)->num == 256);
	CHECK(config(0)->irq == 1 && config(1)->irq == 2);
	CHECK(config(0)->pfn * 4096u == guest_memory_size() + 4096);
	CHECK(config(1)->pfn == config(0)->pfn + 3);
	CHECK(guest_limit() == guest_memory_size() + 7 * 4096);
	CHECK(*((u8 *)(d + 1) + 16) == LGUEST_DEVICE_END);
	return power_off();
}

static int play_early_long(int turn, u32 *addr)
{
	if (turn)
		return power_off();
	memset(scratch(), 'x', 4095);
	scratch()[4095] = 0;
	*addr = SCRATCH;
	return 0;
}

static int play_early_endless(int turn, u32 *addr)
{
	if (turn)
		return power_off();
	memset(scratch(), 'x', 0x10000);
	*addr = SCRATCH;
	return 0;
}

static int play_early_at_the_end(int turn, u32 *addr)
{
	if (turn)
		return power_off();
	memset(from_guest_phys(guest_memory_size() - 8, 8), 'x', 8);
	*addr = guest_memory_size() - 8;
	return 0;
}

static int play_notify_nothing(int turn, u32 *addr)
{
	if (turn)
		return power_off();
	*addr = config(1)->pfn * 4096 + 1;
	return 0;
}

static int play_notify_high(int turn, u32 *addr)
{
	if (turn)
		return power_off();
	*addr = 0xfffffffc;
	return 0;
}

static int play_failed(int turn, u32 *addr)
{
	if (turn)
		return power_off();
	desc()->status = VIRTIO_CONFIG_S_FAILED;
	*addr = to_guest_phys(desc());
	return 0;
}

/* --- the plays: friendly output ------------------------------------------- */

static int play_hello(int turn, u32 *addr)
{
	if (turn == 0) {
		strcpy(scratch(), "Hello, world\n");
		describe(OUT, 7, SCRATCH, 13, 0, 0);
		offer(OUT, 7);
		return kick(OUT, addr);
	}
	CHECK(ring(OUT).used->idx == 1);
	CHECK(ring(OUT).used->ring[0].id == 7);
	CHECK(ring(OUT).used->ring[0].len == 0);
	CHECK(irqs[2] == 1 && irqs[1] == 0);
	return power_off();
}

static int play_chain(int turn, u32 *addr)
{
	if (turn == 0) {
		strcpy(scratch(), "one two three\n");
		describe(OUT, 255, SCRATCH, 4, VRING_DESC_F_NEXT, 3);
		describe(OUT, 3, SCRATCH + 4, 0, VRING_DESC_F_NEXT, 100);
		describe(OUT, 100, SCRATCH + 4, 10, 0, 0);
		offer(OUT, 255);
		offer(OUT, 100);
		return kick(OUT, addr);
	}
	CHECK(ring(OUT).used->idx == 2);
	CHECK(ring(OUT).used->ring[0].id == 255);
	CHECK(ring(OUT).used->ring[1].id == 100);
	CHECK(irqs[2] == 1);
	return power_off();
}

static int play_longest_chain(int turn, u32 *addr)
{
	if (turn)
		return power_off();
	memset(scratch(), '.', 256);
	for (int i = 0; i < 256; i++)
		describe(OUT, i, SCRATCH + i, 1,
			 i < 255 ? VRING_DESC_F_NEXT : 0, i + 1);
	offer(OUT, 0);
	return kick(OUT, addr);
}

/* More chains than a 16-bit count can tell apart, a full ring each time. */
static int play_wrap(int turn, u32 *addr)
{
	CHECK(ring(OUT).used->idx == (u16)(turn * 256));
	CHECK(irqs[2] == turn);
	if (turn == 300)
		return power_off();
	scratch()[0] = turn == 299 ? '!' : '.';
	for (int i = 0; i < 256; i++) {
		describe(OUT, i, SCRATCH, i == 255, 0, 0);
		offer(OUT, i);
	}
	return kick(OUT, addr);
}

static int play_quiet(int turn, u32 *addr)
{
	if (turn < 2) {
		ring(OUT).avail->flags = turn == 0 ?
			VRING_AVAIL_F_NO_INTERRUPT : 0;
		describe(OUT, 0, SCRATCH, 0, 0, 0);
		if (turn == 0)
			offer(OUT, 0);	/* nothing new in the second kick */
		return kick(OUT, addr);
	}
	CHECK(ring(OUT).used->idx == 1);
	CHECK(irqs[2] == 0);
	return power_off();
}

static int play_reset(int turn, u32 *addr)
{
	struct vring r = ring(OUT);

	describe(OUT, 0, SCRATCH, 2, 0, 0);
	strcpy(scratch(), "r\n");
	switch (turn) {
	case 0:
	case 1:
		offer(OUT, 0);
		return kick(OUT, addr);
	case 2:
		CHECK(r.used->idx == 2);
		desc()->status = VIRTIO_CONFIG_S_DRIVER_OK;
		*addr = to_guest_phys(desc());
		return 0;
	case 3:
		CHECK(r.used->idx == 2);
		desc()->status = 0;
		*addr = to_guest_phys(desc());
		return 0;
	case 4:
		for (u32 i = 0; i < vring_size(256, 4096); i++)
			CHECK(((char *)r.desc)[i] == 0 || i < 16);
		offered[OUT] = 0;
		offer(OUT, 0);
		return kick(OUT, addr);
	default:
		CHECK(r.used->idx == 1);
		return power_off();
	}
}

/* --- the plays: hostile output -------------------------------------------- */

#define HOSTILE(name, prepare)						\
static int play_##name(int turn, u32 *addr)				\
{									\
	struct vring r = ring(OUT);					\
									\
	if (turn)							\
		return power_off();					\
	(void)r;							\
	strcpy(scratch(), "this must not be seen\n");			\
	describe(OUT, 0, SCRATCH, 22, 0, 0);				\
	prepare;							\
	return kick(OUT, addr);						\
}

#define END guest_limit()
#define NEXT VRING_DESC_F_NEXT
#define WRITE VRING_DESC_F_WRITE

HOSTILE(bad_head, offer(OUT, 256))
HOSTILE(bad_head_far, offer(OUT, 0xffff))
HOSTILE(bad_link, describe(OUT, 0, SCRATCH, 1, NEXT, 256); offer(OUT, 0))
HOSTILE(loop_self, describe(OUT, 0, SCRATCH, 0, NEXT, 0); offer(OUT, 0))
HOSTILE(loop, describe(OUT, 0, SCRATCH, 0, NEXT, 9);
	describe(OUT, 9, SCRATCH, 0, NEXT, 0); offer(OUT, 0))
HOSTILE(jump, r.avail->idx = 257)
HOSTILE(jump_back, r.avail->idx = 0xffff)
HOSTILE(past_end, describe(OUT, 0, END - 4, 5, 0, 0); offer(OUT, 0))
HOSTILE(beyond, describe(OUT, 0, END, 1, 0, 0); offer(OUT, 0))
HOSTILE(all_of_it, describe(OUT, 0, SCRATCH, 0xffffffff, 0, 0); offer(OUT, 0))
HOSTILE(wrap32, describe(OUT, 0, 0xfffffff0, 0x20, 0, 0); offer(OUT, 0))
HOSTILE(high, describe(OUT, 0, 0x100000000ull + SCRATCH, 4, 0, 0);
	offer(OUT, 0))
HOSTILE(wrap64, describe(OUT, 0, 0xfffffffffffffff0ull, 0x20, 0, 0);
	offer(OUT, 0))
HOSTILE(below, describe(OUT, 0, -4096ull, 16, 0, 0); offer(OUT, 0))
HOSTILE(writable, describe(OUT, 0, SCRATCH, 22, WRITE, 0); offer(OUT, 0))
HOSTILE(order, describe(OUT, 0, SCRATCH, 1, WRITE | NEXT, 1);
	describe(OUT, 1, SCRATCH, 22, 0, 0); offer(OUT, 0))
HOSTILE(indirect, describe(OUT, 0, SCRATCH, 16, VRING_DESC_F_INDIRECT, 0);
	offer(OUT, 0))

/* Rewriting the page of descriptors must move nothing. */
static int play_rewrite(int turn, u32 *addr)
{
	struct vring r = ring(OUT);
	static u32 out;

	if (turn == 0) {
		out = config(OUT)->pfn * 4096;
		strcpy(scratch(), "as it was\n");
		describe(OUT, 0, SCRATCH, 10, 0, 0);
		offer(OUT, 0);
		memset(desc()->tail, 0xff, 64);
		desc()->num_vq = 255;
		*addr = out;
		return 0;
	}
	CHECK(r.num == 0xffff);		/* our own words are what they are */
	return power_off();
}

/* --- the plays: input ----------------------------------------------------- */

/* Wait until a queue has given back so many, or two seconds. */
static bool gave_back(unsigned int q, u16 want)
{
	struct vring r = ring(q);

	for (int i = 0; i < 2000; i++) {
		if (__atomic_load_n(&r.used->idx, __ATOMIC_ACQUIRE) == want)
			return true;
		poll(NULL, 0, 1);
	}
	return false;
}

static bool given_back(u16 want)
{
	return gave_back(IN, want);
}

static int play_input(int turn, u32 *addr)
{
	struct vring r = ring(IN);
	u32 len;

	if (turn == 0) {
		describe(IN, 5, SCRATCH, 3, NEXT | WRITE, 6);
		describe(IN, 6, SCRATCH + 3, 100, WRITE, 0);
		offer(IN, 5);
		return kick(IN, addr);
	}
	if (turn == 1) {
		CHECK(given_back(1));
		CHECK(r.used->ring[0].id == 5);
		len = r.used->ring[0].len;
		CHECK(len > 3 && len < 103);
		for (int i = 0; i < 1000 && !__atomic_load_n(&irqs[1],
				__ATOMIC_ACQUIRE); i++)
			poll(NULL, 0, 1);
		CHECK(irqs[1] == 1 && irqs[2] == 0);
		scratch()[len] = 0;
		*addr = SCRATCH;
		return 0;
	}
	return power_off();
}

/* Copy standard input to standard output, ten bytes at a time. */
static int play_cat(int turn, u32 *addr)
{
	struct vring r = ring(IN);
	int n = turn / 2;

	if (turn % 2 == 0) {
		memset(scratch(), 0, 12);
		describe(IN, n % 256, SCRATCH, 10, WRITE, 0);
		offer(IN, n % 256);
		return kick(IN, addr);
	}
	if (!given_back(n + 1))
		return end("no more input", true);
	CHECK(r.used->ring[n % 256].len <= 10);
	*addr = SCRATCH;
	return 0;
}

/* Nothing to read: the Guest has its buffer and goes on regardless. */
static int play_eof(int turn, u32 *addr)
{
	if (turn == 0) {
		describe(IN, 0, SCRATCH, 10, WRITE, 0);
		offer(IN, 0);
		return kick(IN, addr);
	}
	poll(NULL, 0, 100);
	CHECK(ring(IN).used->idx == 0);
	return power_off();
}

static int play_input_readable(int turn, u32 *addr)
{
	if (turn == 0) {
		describe(IN, 0, SCRATCH, 10, 0, 0);
		offer(IN, 0);
		return kick(IN, addr);
	}
	poll(NULL, 0, 5000);
	return power_off();
}

/* A million kicks with nothing in the ring. */
static int play_kicks(int turn, u32 *addr)
{
	return turn == 1000000 ? power_off() : kick(turn % 2, addr);
}

/*
 * A second CPU writes into both rings while they are served.  Whatever it
 * writes, the Launcher may end the Guest or go on, and nothing else.
 */
static void *scribble(void *arg)
{
	u32 seed = strtoul(getenv("SEED") ? getenv("SEED") : "1", NULL, 0);
	struct vring r[2] = { ring(0), ring(1) };

	(void)arg;
	for (;;) {
		struct vring *v;

		seed = seed * 1664525 + 1013904223;
		v = &r[seed >> 31];
		switch (seed >> 16 & 7) {
		case 0:
			v->desc[seed >> 8 & 255].len = seed;
			break;
		case 1:
			v->desc[seed >> 8 & 255].addr = (u64)seed << (seed & 31);
			break;
		case 2:
			v->desc[seed >> 8 & 255].next = seed >> 20;
			break;
		default:
			v->desc[seed >> 8 & 255] = (struct vring_desc) {
				.addr = SCRATCH + (seed >> 20), .len = 1,
				.flags = seed >> 24 & 1 ? NEXT : 0,
				.next = seed >> 8 & 255,
			};
		}
	}
	return NULL;
}

static int play_scribble(int turn, u32 *addr)
{
	pthread_t thread;

	if (turn == 0)
		pthread_create(&thread, NULL, scribble, NULL);
	if (turn == 20000)
		return power_off();
	offer(turn & 1, turn & 255);
	return kick(turn & 1, addr);
}

/* --- the plays: a disk ----------------------------------------------------- */

static int syncs;		/* how often the Launcher called fdatasync() */
static pthread_t syncer;	/* and on which of its threads */

/* A clock of our own, that only a slow fdatasync() moves. */
static bool own_clock, slow;
static u64 our_time;

int clock_gettime(clockid_t id, struct timespec *t)
{
	u64 now = __atomic_load_n(&our_time, __ATOMIC_ACQUIRE);

	if (!own_clock)
		return syscall(SYS_clock_gettime, id, t);
	t->tv_sec = now / 1000000000;
	t->tv_nsec = now % 1000000000;
	return 0;
}

int fdatasync(int fd)
{
	syncer = pthread_self();
	if (slow)
		__atomic_fetch_add(&our_time, 2000000, __ATOMIC_RELEASE);
	__atomic_fetch_add(&syncs, 1, __ATOMIC_RELEASE);
	if (getenv("SYNC_FAILS")) {
		errno = EIO;
		return -1;
	}
	return syscall(SYS_fdatasync, fd);
}

/* Wait until an interrupt has come so often: the queue has been served. */
static bool interrupted(int irq, int want)
{
	for (int i = 0; i < 2000; i++) {
		if (__atomic_load_n(&irqs[irq], __ATOMIC_ACQUIRE) == want)
			return true;
		poll(NULL, 0, 1);
	}
	return false;
}

static void accept_features(u32 features_wanted)
{
	memcpy(features(after(desc())) + 4, &features_wanted, 4);
	after(desc())->status = VIRTIO_CONFIG_S_DRIVER_OK;
}

static int status_changed(u32 *addr)
{
	*addr = to_guest_phys(after(desc()));
	return 0;
}

#define HEADER	(SCRATCH + 0x4000)
#define OUTCOME	(SCRATCH + 0x4010)

static u8 outcome(void)
{
	return scratch()[0x4010];
}

/* Offer a request whose parts lie in three descriptors, from 3 * slot up. */
static int request(unsigned int slot, u32 type, u64 sector, u32 len, u32 *addr)
{
	struct virtio_blk_outhdr header = { .type = type, .sector = sector };
	u16 i = slot * 3;

	memcpy(scratch() + 0x4000, &header, sizeof(header));
	scratch()[0x4010] = 0x55;
	describe(DISK, i, HEADER, sizeof(header), VRING_DESC_F_NEXT, i + 1);
	describe(DISK, i + 1, SCRATCH, len, VRING_DESC_F_NEXT |
		 (type ? 0 : VRING_DESC_F_WRITE), i + 2);
	describe(DISK, i + 2, OUTCOME, 1, VRING_DESC_F_WRITE, 0);
	offer(DISK, i);
	return kick(DISK, addr);
}

static int play_disk(int turn, u32 *addr)
{
	struct lguest_device_desc *d = after(desc());
	struct virtio_blk_config c = { };
	u32 bits;

	(void)turn, (void)addr;
	CHECK(d->type == LGUEST_DEVICE_BLOCK && d->num_vq == 1);
	CHECK(config(DISK)->num == 256 && config(DISK)->irq == 3);
	CHECK(config(DISK)->pfn == config(OUT)->pfn + 3);
	CHECK(d->feature_len == 4 && d->config_len == 24);
	memcpy(&bits, features(d), 4);
	CHECK(bits == (1 << VIRTIO_BLK_F_FLUSH | 1 << VIRTIO_BLK_F_SEG_MAX));
	memcpy(&bits, features(d) + 4, 4);
	CHECK(bits == 0);
	memcpy(&c, configuration(d), d->config_len);
	CHECK(c.capacity == 16 && c.seg_max == 126 && c.blk_size == 0);
	CHECK(after(d)->type == LGUEST_DEVICE_END);
	return power_off();
}

static int play_disk_read(int turn, u32 *addr)
{
	if (turn == 0)
		return request(0, VIRTIO_BLK_T_IN, 14, 1024, addr);
	CHECK(gave_back(DISK, 1) && interrupted(3, 1));
	CHECK(outcome() == VIRTIO_BLK_S_OK);
	CHECK(ring(DISK).used->ring[0].id == 0);
	CHECK(ring(DISK).used->ring[0].len == 1025);
	CHECK(!memcmp(scratch(), "sector 14 ", 10));
	CHECK(!memcmp(scratch() + 512, "sector 15 ", 10));
	CHECK(scratch()[1024] == 0);
	return power_off();
}

/* Cut where no driver cuts: the header in three, the outcome behind data. */
static int play_disk_pieces(int turn, u32 *addr)
{
	struct virtio_blk_outhdr header = { .sector = 2 };

	if (turn == 0) {
		memcpy(scratch() + 0x4000, &header, 16);
		describe(DISK, 0, HEADER, 1, NEXT, 1);
		describe(DISK, 1, HEADER + 1, 8, NEXT, 2);
		describe(DISK, 2, HEADER + 9, 0, NEXT, 3);
		describe(DISK, 3, HEADER + 9, 7, NEXT, 4);
		describe(DISK, 4, SCRATCH, 300, NEXT | WRITE, 5);
		describe(DISK, 5, SCRATCH + 300, 213, NEXT | WRITE, 6);
		describe(DISK, 6, SCRATCH, 0, WRITE, 0);
		scratch()[512] = 0x55;
		offer(DISK, 0);
		return kick(DISK, addr);
	}
	CHECK(gave_back(DISK, 1));
	CHECK(ring(DISK).used->ring[0].len == 513);
	CHECK(!memcmp(scratch(), "sector 2 ", 9) && scratch()[511] == '.');
	CHECK(scratch()[512] == VIRTIO_BLK_S_OK);
	return power_off();
}

static int play_disk_write(int turn, u32 *addr)
{
	switch (turn) {
	case 0:
		accept_features(1 << VIRTIO_BLK_F_FLUSH);
		return status_changed(addr);
	case 1:
		memset(scratch(), 'w', 1024);
		return request(0, VIRTIO_BLK_T_OUT, 3, 1024, addr);
	case 2:
		CHECK(gave_back(DISK, 1) && outcome() == VIRTIO_BLK_S_OK);
		CHECK(ring(DISK).used->ring[0].len == 1);
		CHECK(syncs == 0);
		return request(1, VIRTIO_BLK_T_FLUSH, 0, 0, addr);
	default:
		CHECK(gave_back(DISK, 2) && outcome() == VIRTIO_BLK_S_OK);
		CHECK(syncs == 1);
		return power_off();
	}
}

/* A driver that does not know of flushes; then one that accepts too much. */
static int play_disk_old_driver(int turn, u32 *addr)
{
	switch (turn) {
	case 0:
		return request(0, VIRTIO_BLK_T_OUT, 3, 512, addr);
	case 1:
		CHECK(gave_back(DISK, 1) && outcome() == VIRTIO_BLK_S_OK);
		CHECK(syncs == 1);
		accept_features(~(1u << VIRTIO_BLK_F_FLUSH));
		return status_changed(addr);
	case 2:
		return request(1, VIRTIO_BLK_T_OUT, 3, 512, addr);
	default:
		CHECK(gave_back(DISK, 2) && outcome() == VIRTIO_BLK_S_OK);
		CHECK(syncs == 2);
		return power_off();
	}
}

static int play_disk_reset(int turn, u32 *addr)
{
	u32 bits;

	switch (turn) {
	case 0:
		accept_features(1 << VIRTIO_BLK_F_FLUSH);
		return status_changed(addr);
	case 1:
		return request(0, VIRTIO_BLK_T_OUT, 3, 512, addr);
	case 2:
		CHECK(gave_back(DISK, 1) && syncs == 0);
		after(desc())->status = 0;
		return status_changed(addr);
	case 3:
		memcpy(&bits, features(after(desc())) + 4, 4);
		CHECK(bits == 0 && ring(DISK).used->idx == 0);
		offered[DISK] = 0;
		return request(0, VIRTIO_BLK_T_OUT, 3, 512, addr);
	default:
		CHECK(gave_back(DISK, 1) && syncs == 1);
		return power_off();
	}
}

static int play_disk_sync_fails(int turn, u32 *addr)
{
	if (turn < 2)
		return request(turn, VIRTIO_BLK_T_FLUSH, 0, 0, addr);
	CHECK(gave_back(DISK, 2) && syncs == 2);
	CHECK(outcome() == VIRTIO_BLK_S_IOERR);
	return power_off();
}

/* Who kept the Guest waiting is left to the thread for a hundred kicks. */
static int play_disk_slow(int turn, u32 *addr)
{
	bool here;

	own_clock = true;
	if (turn) {
		CHECK(gave_back(DISK, turn));
		here = pthread_equal(syncer, pthread_self());
		CHECK(turn > 2 || here);
		CHECK(turn <= 2 || turn > 102 || !here);
		CHECK(turn < 1000);
		if (turn > 102 && here)
			return power_off();
	}
	slow = turn == 1;
	return request(0, VIRTIO_BLK_T_FLUSH, 0, 0, addr);
}

/* Questions to which the answer is no, and nothing else happens. */
static int play_disk_errors(int turn, u32 *addr)
{
	static const struct {
		u32 type;
		u64 sector;
		u32 len;
		u8 outcome;
	} ask[] = {
		{ VIRTIO_BLK_T_IN, 16, 512, VIRTIO_BLK_S_IOERR },
		{ VIRTIO_BLK_T_IN, 15, 1024, VIRTIO_BLK_S_IOERR },
		{ VIRTIO_BLK_T_IN, 0, 511, VIRTIO_BLK_S_IOERR },
		{ VIRTIO_BLK_T_IN, 1ull << 55, 512, VIRTIO_BLK_S_IOERR },
		{ VIRTIO_BLK_T_IN, -1ull, 512, VIRTIO_BLK_S_IOERR },
		{ VIRTIO_BLK_T_IN, -1ull, 1024, VIRTIO_BLK_S_IOERR },
		{ VIRTIO_BLK_T_IN, 17, 0, VIRTIO_BLK_S_IOERR },
		{ VIRTIO_BLK_T_IN, 16, 0, VIRTIO_BLK_S_OK },
		{ VIRTIO_BLK_T_OUT, 16, 512, VIRTIO_BLK_S_IOERR },
		{ VIRTIO_BLK_T_OUT, 0x7fffffffffffffull, 512,
			VIRTIO_BLK_S_IOERR },
		{ VIRTIO_BLK_T_OUT, 0, 1, VIRTIO_BLK_S_IOERR },
		{ VIRTIO_BLK_T_OUT | VIRTIO_BLK_T_IN | 0x80000000, 0, 512,
			VIRTIO_BLK_S_UNSUPP },
		{ VIRTIO_BLK_T_GET_ID, 0, 20, VIRTIO_BLK_S_UNSUPP },
		{ 77, 0, 512, VIRTIO_BLK_S_UNSUPP },
	};
	int asked = sizeof(ask) / sizeof(*ask);

	if (turn) {
		CHECK(gave_back(DISK, turn));
		CHECK(ring(DISK).used->ring[turn - 1].len == 1);
		CHECK(outcome() == ask[turn - 1].outcome);
		CHECK(scratch()[0] == 0);
	}
	if (turn == asked)
		return power_off();
	return request(turn, ask[turn].type, ask[turn].sector, ask[turn].len,
		       addr);
}

static int play_disk_read_only(int turn, u32 *addr)
{
	u32 bits;

	memcpy(&bits, features(after(desc())), 4);
	CHECK(bits & 1 << VIRTIO_BLK_F_RO);
	switch (turn) {
	case 0:
		return request(0, VIRTIO_BLK_T_OUT, 0, 512, addr);
	case 1:
		CHECK(gave_back(DISK, 1) && outcome() == VIRTIO_BLK_S_IOERR);
		return request(1, VIRTIO_BLK_T_FLUSH, 0, 0, addr);
	case 2:
		CHECK(gave_back(DISK, 2) && outcome() == VIRTIO_BLK_S_OK);
		return request(2, VIRTIO_BLK_T_IN, 0, 512, addr);
	default:
		CHECK(gave_back(DISK, 3) && outcome() == VIRTIO_BLK_S_OK);
		CHECK(!memcmp(scratch(), "sector 0 ", 9));
		return power_off();
	}
}

/* The file has shrunk under the Guest's feet. */
static int play_disk_shrunk(int turn, u32 *addr)
{
	if (turn == 0 && truncate(getenv("DISK"), 700))
		return end("cannot shrink the disk", false);
	if (turn == 0)
		return request(0, VIRTIO_BLK_T_IN, 0, 1024, addr);
	CHECK(gave_back(DISK, 1) && outcome() == VIRTIO_BLK_S_IOERR);
	return power_off();
}

/* 85 requests at once, all of which are served with few interrupts. */
static int play_disk_full_ring(int turn, u32 *addr)
{
	if (turn == 0) {
		for (int i = 0; i < 85; i++)
			request(i, VIRTIO_BLK_T_IN, i % 16, 512, addr);
		return kick(DISK, addr);
	}
	CHECK(gave_back(DISK, 85));
	CHECK(irqs[3] <= 2);
	return power_off();
}

/* Hostile requests: the Launcher ends while the Guest waits for an answer. */
#define HOSTILE_TO(queue, name, prepare)				\
static int play_##name(int turn, u32 *addr)				\
{									\
	if (turn) {							\
		poll(NULL, 0, 5000);					\
		return power_off();					\
	}								\
	prepare;							\
	return kick(queue, addr);					\
}

HOSTILE_TO(DISK, disk_no_header, describe(DISK, 0, OUTCOME, 1, WRITE, 0);
	   offer(DISK, 0))
HOSTILE_TO(DISK, disk_short_header,
	   describe(DISK, 0, HEADER, 15, NEXT, 1);
	   describe(DISK, 1, OUTCOME, 1, WRITE, 0); offer(DISK, 0))
HOSTILE_TO(DISK, disk_no_outcome, describe(DISK, 0, HEADER, 16, 0, 0);
	   offer(DISK, 0))
HOSTILE_TO(DISK, disk_empty_outcome,
	   describe(DISK, 0, HEADER, 16, NEXT, 1);
	   describe(DISK, 1, OUTCOME, 0, WRITE, 0); offer(DISK, 0))
HOSTILE_TO(DISK, disk_beyond, describe(DISK, 0, HEADER, 16, NEXT, 1);
	   describe(DISK, 1, END - 511, 512, WRITE | NEXT, 2);
	   describe(DISK, 2, OUTCOME, 1, WRITE, 0); offer(DISK, 0))

/* --- the plays: random numbers --------------------------------------------- */

static int play_rng(int turn, u32 *addr)
{
	int zeroes = 0;

	if (turn == 0) {
		CHECK(after(desc())->type == LGUEST_DEVICE_RNG);
		describe(RNG, 0, SCRATCH, 4096, WRITE, 0);
		describe(RNG, 1, SCRATCH + 4096, 7, WRITE, 0);
		describe(RNG, 2, SCRATCH + 4096, 0, WRITE, 0);
		for (int i = 0; i < 3; i++)
			offer(RNG, i);
		return kick(RNG, addr);
	}
	CHECK(gave_back(RNG, 3) && interrupted(3, 1));
	CHECK(ring(RNG).used->ring[0].len == 256);
	CHECK(ring(RNG).used->ring[1].len == 7);
	CHECK(ring(RNG).used->ring[2].len == 0);
	for (int i = 0; i < 256; i++)
		zeroes += !scratch()[i];
	CHECK(zeroes < 16);
	CHECK(scratch()[256] == 0 && scratch()[4096 + 7] == 0);
	return power_off();
}

HOSTILE_TO(RNG, rng_readable, describe(RNG, 0, SCRATCH, 16, 0, 0);
	   offer(RNG, 0))
HOSTILE_TO(RNG, rng_loop, describe(RNG, 0, SCRATCH, 16, WRITE | NEXT, 0);
	   offer(RNG, 0))

/* --- the plays: a network -------------------------------------------------- */

#define OTHER	"02:00:00:00:00:01"
#define THIRD	"02:00:00:00:00:03"

/* Somebody else in the folder; read and write at most half a second. */
static int neighbour(const char *name)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	struct timeval half = { .tv_usec = 500000 };
	int fd = socket(AF_UNIX, SOCK_DGRAM, 0);

	sprintf(at.sun_path, "%s/%s", getenv("NET"), name);
	unlink(at.sun_path);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &half, sizeof(half));
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &half, sizeof(half));
	return bind(fd, (void *)&at, sizeof(at)) ? -1 : fd;
}

static const u8 *card(void)
{
	return configuration(after(desc()));
}

static struct sockaddr_un our_place(void)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	const u8 *m = card();

	sprintf(at.sun_path, "%s/%02x:%02x:%02x:%02x:%02x:%02x", getenv("NET"),
		m[0], m[1], m[2], m[3], m[4], m[5]);
	return at;
}

/* Send a frame of so many bytes, its header full of rubbish and cut. */
static int send_to(u8 last, u8 first, u32 len, u32 *addr)
{
	u8 *frame = (u8 *)scratch();
	u16 i = offered[SEND] % 85 * 3;

	memset(frame, 0xaa, 10);
	memset(frame + 10, 'f', len);
	memcpy(frame + 10, (u8 [6]) { first, 0, 0, 0, 0, last }, 6);
	describe(SEND, i, SCRATCH, 4, NEXT, i + 1);
	describe(SEND, i + 1, SCRATCH + 4, 10, NEXT, i + 2);
	describe(SEND, i + 2, SCRATCH + 14, len - 4, 0, 0);
	offer(SEND, i);
	return kick(SEND, addr);
}

static bool got_frame(int fd, u32 len)
{
	u8 seen[2000] = { };

	return recv(fd, seen, sizeof(seen), 0) == len + 10 &&
		!memcmp(seen, (u8 [10]) { }, 10) &&
		!memcmp(seen + 10, scratch() + 10, len);
}

static int play_net(int turn, u32 *addr)
{
	struct lguest_device_desc *d = after(desc());
	u32 bits;

	(void)turn, (void)addr;
	CHECK(d->type == LGUEST_DEVICE_NET && d->num_vq == 2);
	CHECK(d->feature_len == 4 && d->config_len == 6);
	memcpy(&bits, features(d), 4);
	CHECK(bits == 1 << VIRTIO_NET_F_MAC);
	CHECK(card()[0] == 2 && card()[5] == (getppid() & 0xff));
	CHECK(access(our_place().sun_path, F_OK) == 0);
	return power_off();
}

static int play_net_send(int turn, u32 *addr)
{
	static int other, third;

	switch (turn) {
	case 0:
		other = neighbour(OTHER);
		third = neighbour(THIRD);
		CHECK(other >= 0 && third >= 0);
		return send_to(1, 2, 60, addr);
	case 1:
		CHECK(got_frame(other, 60));
		CHECK(recv(third, scratch(), 1, MSG_DONTWAIT) < 0);
		CHECK(gave_back(SEND, 1) && ring(SEND).used->ring[0].len == 0);
		return send_to(0xff, 0xff, 1518, addr);	/* to all */
	case 2:
		CHECK(got_frame(other, 1518) && got_frame(third, 1518));
		return send_to(9, 2, 14, addr);		/* to nobody known */
	case 3:
		CHECK(got_frame(other, 14) && got_frame(third, 14));
		close(third);
		return send_to(3, 2, 60, addr);		/* to one who has left */
	default:
		CHECK(got_frame(other, 60));
		CHECK(gave_back(SEND, 4));
		return power_off();
	}
}

/* A neighbour that does not read costs its frames, and nothing else. */
static int play_net_deaf(int turn, u32 *addr)
{
	static int other;

	if (turn == 0)
		other = neighbour(OTHER);
	CHECK(other >= 0);
	if (turn < 85)
		return send_to(1, 2, 60, addr);
	CHECK(gave_back(SEND, 85));
	return power_off();
}

static int play_net_receive(int turn, u32 *addr)
{
	struct sockaddr_un us = our_place();
	static int other;
	char frame[70] = { };

	if (turn == 0) {
		other = neighbour(OTHER);
		strcpy(frame + 10, "a frame from outside\n");
		CHECK(sendto(other, frame, 70, 0, (void *)&us, sizeof(us)) == 70);
		describe(RECEIVE, 0, SCRATCH, 5, NEXT | WRITE, 1);
		describe(RECEIVE, 1, SCRATCH + 5, 1600, WRITE, 0);
		describe(RECEIVE, 2, SCRATCH + 0x1000, 69, WRITE, 0);
		describe(RECEIVE, 3, SCRATCH + 0x2000, 70, WRITE, 0);
		offer(RECEIVE, 0);
		return kick(RECEIVE, addr);
	}
	CHECK(gave_back(RECEIVE, turn) && interrupted(3, turn));
	if (turn == 1) {
		CHECK(ring(RECEIVE).used->ring[0].len == 70);
		CHECK(!strcmp(scratch() + 10, "a frame from outside\n"));
		offer(RECEIVE, 2);
		CHECK(sendto(other, frame, 0, 0, (void *)&us, sizeof(us)) == 0);
		CHECK(sendto(other, frame, 70, 0, (void *)&us, sizeof(us)) == 70);
		CHECK(sendto(other, frame, 69, 0, (void *)&us, sizeof(us)) == 69);
		return kick(RECEIVE, addr);
	}
	CHECK(ring(RECEIVE).used->ring[1].id == 2);
	CHECK(ring(RECEIVE).used->ring[1].len == 69);
	return power_off();
}

HOSTILE_TO(SEND, net_short, describe(SEND, 0, SCRATCH, 23, 0, 0);
	   offer(SEND, 0))
HOSTILE_TO(SEND, net_long, describe(SEND, 0, SCRATCH, 1529, 0, 0);
	   offer(SEND, 0))
HOSTILE_TO(SEND, net_huge, describe(SEND, 0, SCRATCH, 0x200000, NEXT, 1);
	   describe(SEND, 1, SCRATCH, 60, 0, 0); offer(SEND, 0))
HOSTILE_TO(SEND, net_writable, describe(SEND, 0, SCRATCH, 60, NEXT, 1);
	   describe(SEND, 1, SCRATCH, 60, WRITE, 0); offer(SEND, 0))
HOSTILE_TO(RECEIVE, net_readable, describe(RECEIVE, 0, SCRATCH, 60, 0, 0);
	   offer(RECEIVE, 0))

/* --- the Host's half ------------------------------------------------------ */

#define PLAY(name) { #name, play_##name }
static const struct {
	const char *name;
	int (*act)(int turn, u32 *addr);
} plays[] = {
	PLAY(poweroff), PLAY(crash), PLAY(killed), PLAY(colours),
	PLAY(speechless), PLAY(poweroff_speechless), PLAY(wordy),
	PLAY(restart), PLAY(unheard), PLAY(interrupted), PLAY(einval),
	PLAY(sleep), PLAY(locked), PLAY(closed),
	PLAY(boot), PLAY(descriptor), PLAY(early_long), PLAY(early_endless),
	PLAY(early_at_the_end), PLAY(notify_nothing), PLAY(notify_high),
	PLAY(failed), PLAY(hello), PLAY(chain), PLAY(longest_chain),
	PLAY(wrap), PLAY(quiet), PLAY(reset), PLAY(bad_head),
	PLAY(bad_head_far), PLAY(bad_link), PLAY(loop_self), PLAY(loop),
	PLAY(jump), PLAY(jump_back), PLAY(past_end), PLAY(beyond),
	PLAY(all_of_it), PLAY(wrap32), PLAY(high), PLAY(wrap64),
	PLAY(below), PLAY(writable), PLAY(order), PLAY(indirect),
	PLAY(rewrite), PLAY(input), PLAY(cat), PLAY(eof),
	PLAY(input_readable), PLAY(kicks), PLAY(scribble), PLAY(disk),
	PLAY(disk_read), PLAY(disk_pieces), PLAY(disk_write),
	PLAY(disk_old_driver), PLAY(disk_reset), PLAY(disk_sync_fails),
	PLAY(disk_errors), PLAY(disk_read_only), PLAY(disk_shrunk),
	PLAY(disk_slow),
	PLAY(disk_full_ring), PLAY(disk_no_header), PLAY(disk_short_header),
	PLAY(disk_no_outcome), PLAY(disk_empty_outcome), PLAY(disk_beyond),
	PLAY(net), PLAY(net_send), PLAY(net_deaf), PLAY(net_receive),
	PLAY(net_short), PLAY(net_long), PLAY(net_huge), PLAY(net_writable),
	PLAY(net_readable), PLAY(counted), PLAY(rng), PLAY(rng_readable), PLAY(rng_loop),
};

void open_host(void)
{
}

void create_guest(u32 start)
{
	make_counters();
	verbose("Guest starts at %#x\n", start);
}

void raise_irq(u32 irq)
{
	__atomic_fetch_add(&irqs[irq % 32], 1, __ATOMIC_RELEASE);
}

static struct { u32 addr; int fd; } tied[32];
static int ties;

void attach_eventfd(u32 addr, int fd)
{
	tied[ties].addr = addr;
	tied[ties++].fd = fd;
}

static bool kicks_a_thread(u32 addr)
{
	for (int i = 0; i < ties; i++)
		if (tied[i].addr == addr)
			return eventfd_write(tied[i].fd, 1) == 0;
	return false;
}

static int act(u32 *addr)
{
	const char *line = from_guest_phys(0x1000, 0x800);
	size_t len = strcspn(line, " ");
	static int turn;

	for (size_t i = 0; i < sizeof(plays) / sizeof(*plays); i++)
		if (strlen(plays[i].name) == len &&
		    !memcmp(plays[i].name, line, len))
			return plays[i].act(turn++, addr);
	return end("there is no such play", false);
}

/* A NOTIFY to which an eventfd is tied is none of the Launcher's business. */
int enter_guest(u32 *addr)
{
	int why;

	do
		why = act(addr);
	while (!why && kicks_a_thread(*addr));
	return why;
}

ssize_t read_reason(char *reason, size_t size)
{
	if (words_len == (size_t)-1) {
		errno = ENOMEM;
		return -1;
	}
	if (words_len < size)
		size = words_len;
	memcpy(reason, words, size);
	return size;
}
