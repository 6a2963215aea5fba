// SPDX-License-Identifier: GPL-2.0
/*
 * Guests and Launchers that do anything at all, from a seed.
 *
 *	fuzz calls SEED COUNT	COUNT random hypercalls
 *	fuzz tables SEED COUNT	COUNT random edits of page tables, of
 *				descriptors and of gates, each used afterwards
 *	fuzz code SEED COUNT	COUNT Guests that run random bytes, in rings
 *				1 and 3
 *	fuzz race SEED COUNT	COUNT Guests whose ring, tables and calls are
 *				changed by a thread of ours while they run
 *	fuzz hole 0 0		no chance: a page that the Launcher took away
 *	fuzz device SEED SECS	random requests from several threads, forks,
 *				closes and kills, for so many seconds
 *
 * It is a Launcher by itself, and so a Guest costs it a millisecond. A Guest
 * has 1 MiB and goes through a list of steps (tests/abi/small.h); a trap, whichever
 * it is, goes on with the next.
 */
#include "../abi/small.h"

/* What is where in the Guest's memory. */
enum {
	TABLES = 0x80000, BYTES = 0xc0000, BYTES_END = 0xd0000,
};
#define TOPS	8	/* top levels, each followed by two leaf tables */

static struct guest g;
static uint64_t state;
static u32 calls, edits, guests, deaths;

/* --- chance --------------------------------------------------------------- */

static u32 any(void)
{
	state = state * 6364136223846793005ull + 1442695040888963407ull;
	return (state >> 33) ^ (state >> 45 << 20);
}

static u32 below(u32 n)
{
	return any() % n;
}

#define PICK(...)							\
	({								\
		const u32 from[] = { __VA_ARGS__ };			\
		from[below(sizeof(from) / sizeof(*from))];		\
	})

static u32 wild(void)
{
	switch (below(6)) {
	case 0:
		return any();
	case 1:
		return 0u - below(200);
	case 2:
		return SIZE - 100 + below(200);
	case 3:
		return below(40);
	case 4:
		return 1u << below(32);
	default:
		return PICK(0, 1, 0x7fffffff, 0x80000000, 0xffffffff,
			    0xc0000000, 0xff800000, 0xfffff000, 0xff7fffff);
	}
}

/* --- a Guest --------------------------------------------------------------- */

#define TRAP_AT	DOOR(0)

static u8 kinds[(LIST_END - LIST) / sizeof(struct step)];	/* of each step */
enum { OTHER, COUNTED, EDIT };

/* Is there room for so many bytes, of steps and what comes at the end? */
static int room_for(u32 bytes)
{
	return (u8 *)g.next < g.memory + LIST_END - bytes;
}

static void add(u32 nr, u32 a, u32 b, u32 c, u32 d)
{
	if (!room_for(120))
		return;
	kinds[g.next - (struct step *)(g.memory + LIST)] =
		nr == STORE || nr == LHCALL_LOAD_GDT_ENTRY ? EDIT :
		nr - STORE > LOAD_DS - STORE ? COUNTED : OTHER;
	step(&g, nr, a, b, c)->esi = d;
}

static u32 *top_of(u32 n)
{
	return (u32 *)(g.memory + TABLES + n * 3 * PAGE);
}

static void begin_guest(void)
{
	if (madvise(g.memory, SIZE, MADV_DONTNEED))
		give_up("madvise");
	memset(kinds, OTHER, sizeof(kinds));
	lay_out(&g);
	data_of(&g)->kernel_address = PICK(0xc0000000, 0x80000000, 0xc0000000, 0);
	for (u32 n = 0; n < TOPS; n++) {
		u32 *top = top_of(n);
		u32 at = TABLES + n * 3 * PAGE;

		top[0] = (at + PAGE) | 7;
		top[0x200] = (at + 2 * PAGE) | 7;
		top[0x300] = (TABLES + 2 * PAGE) | 7;
		for (u32 i = 0; i < PAGES; i++)
			top[1024 + i] = i * PAGE | 3;
		for (u32 i = 0; i < 1024; i++)
			top[2048 + i] = (i % PAGES) * PAGE | 7;
	}
	step(&g, LHCALL_LGUEST_INIT, DATA, 0, 0);
	step(&g, LHCALL_NEW_PGTABLE, TABLES, 0, 0);
	for (u32 i = 0; i <= 32; i++)
		set_gate(&g, i, i < 32 ? 0xef : 0x8e);
	step(&g, LHCALL_LOAD_GDT_ENTRY, 14, 0xffff, 0xcffb00);
	step(&g, LHCALL_LOAD_GDT_ENTRY, 15, 0xffff, 0xcff300);
	step(&g, LHCALL_SET_STACK, GUEST_KERNEL_DS, TRAP_STACK, 1);
}

/* The Guest may have changed its counter, of course; then none counts. */
static void count_what_was_done(void)
{
	u32 place = *(u32 *)(g.memory + NEXT) - LIST;

	if (place > (u32)((u8 *)g.next - g.memory - LIST) + sizeof(*g.next))
		return;
	for (u32 i = 0; i < place / sizeof(*g.next) && i < sizeof(kinds); i++) {
		calls += kinds[i] == COUNTED;
		edits += kinds[i] == EDIT;
	}
}

static void on_alarm(int unused)
{
	(void)unused;
}

/* Run it until it dies, or for so long, and say why it died, if asked. */
static void run_guest(u32 ms)
{
	const struct itimerval soon = {
		.it_value = { .tv_sec = ms / 1000,
			      .tv_usec = ms % 1000 * 1000 },
		.it_interval = { .tv_usec = 20000 },
	}, never = { };
	char why[200];
	u32 words[2];
	ssize_t got;

	/* The end of the list: an orderly one. */
	step(&g, LHCALL_SHUTDOWN, DATA, LGUEST_SHUTDOWN_POWEROFF, 0);
	g.fd = open_device();
	if (initialize(&g) != 12)
		give_up("LHREQ_INITIALIZE");
	setitimer(ITIMER_REAL, &soon, NULL);
	do
		got = read(g.fd, words, sizeof(words));
	while (got > 0);
	setitimer(ITIMER_REAL, &never, NULL);
	guests++;
	if (errno == ENOENT) {
		deaths++;
		got = read(g.fd, why, sizeof(why) - 1);
		if (got > 0 && getenv("WHY"))
			printf("# %.*s\n", (int)got, why);
	} else if (errno != EINTR && errno != ERESTART) {
		give_up("read");
	}
	count_what_was_done();
	close(g.fd);
}

/* --- random hypercalls ----------------------------------------------------- */

static u32 some_top(void)
{
	return TABLES + below(TOPS) * 3 * PAGE;
}

static u32 some_address(void)
{
	return PICK(below(SIZE), 0x80000000 + below(0x400000),
		    0xc0000000 + below(0x400000), below(0xff800000));
}

static u32 some_entry(void)
{
	static const u32 rights[] = { 0, 1, 3, 5, 7, 0x21, 0x23, 0x27, 0x63,
				      0x65, 0x67, 0x1e7 };

	return below(PAGES) << 12 |
	       rights[below(sizeof(rights) / sizeof(*rights))];
}

static void add_plausible(void)
{
	u32 entry;

	switch (below(16)) {
	case 0:
		add(LHCALL_NEW_PGTABLE, some_top(), 0, 0, 0);
		break;
	case 1:
		add(LHCALL_FLUSH_TLB, below(2), 0, 0, 0);
		break;
	case 2: case 3: case 4:
		add(LHCALL_SET_PTE, PICK(some_top(), wild()), some_address(),
		    some_entry(), 0);
		break;
	case 5:
		add(LHCALL_SET_PGD, PICK(some_top(), wild()), below(1022), 0,
		    0);
		break;
	case 6:
		add(LHCALL_LOAD_IDT_ENTRY, below(256),
		    wild() << 16 | TRAP_AT,
		    PICK(0xef00, 0x8f00, 0xee00, 0x8e00, 0xce00, 0), 0);
		break;
	case 7: case 8:
		/* Not the two that it stands on. */
		entry = PICK(below(12), 14 + below(18));
		add(LHCALL_LOAD_GDT_ENTRY, entry, any(), any(), 0);
		break;
	case 9:
		add(LHCALL_LOAD_TLS, below(SIZE - 24), wild(), 0, 0);
		break;
	case 10:
		add(LHCALL_TS, wild(), 0, 0, 0);
		add(LHCALL_SET_STACK, GUEST_KERNEL_DS,
		    PICK(TRAP_STACK, TRAP_STACK - 8, TRAP_STACK - 1), 1, 0);
		break;
	case 11:
		add(LHCALL_SET_CLOCKEVENT, wild(), 0, 0, 0);
		break;
	case 12:
		add(PICK(LHCALL_GET_WALLCLOCK, LHCALL_FLUSH_ASYNC,
			 LHCALL_SEND_INTERRUPTS), wild(), wild(), wild(), 0);
		break;
	case 13:
		add(LHCALL_BIND_DMA, below(SIZE - 4), wild(), wild(), 0);
		break;
	case 14:
		add(PICK(LHCALL_SEND_DMA, LHCALL_NOTIFY),
		    below(SIZE - 100), below(SIZE - 100), 0, 0);
		break;
	default:
		add(PICK(LOAD, LOAD_DS), PICK(0x69, below(256), some_address()),
		    any(), 0, 0);
	}
}

/* Fill a slot of the ring with what the list's last entry was to be. */
static void put_in_ring(u32 slot)
{
	g.next--;
	memcpy(&data_of(&g)->hcalls[slot], g.next, sizeof(struct hcall_args));
	data_of(&g)->hcall_status[slot] = below(255);
}

static void fuzz_calls(u32 count)
{
	while (calls < count) {
		u32 n = below(8) ? 4000 : below(100);

		begin_guest();
		for (u32 i = 0; i < LHCALL_RING_SIZE && !below(4); i++) {
			add_plausible();
			put_in_ring(i);
		}
		while (n-- && room_for(300))
			add_plausible();
		/* And something that it may well die of. */
		for (n = below(20); n; n--)
			add(below(24) ? below(21) : wild(), wild(), wild(),
			    wild(), wild());
		run_guest(2000);
	}
}

/* --- random edits ---------------------------------------------------------- */

static void fuzz_tables(u32 count)
{
	while (edits < count) {
		begin_guest();
		while (room_for(500)) {
			/*
			 * Mostly where it does not stand itself: not in the
			 * first entry of a top level, nor in the pages that
			 * the list and its code are in.
			 */
			u32 at = some_top() + PICK(4 + below(1023) * 4,
						   PAGE + 0x200 + below(0x200),
						   2 * PAGE + below(1024) * 4);
			u32 entry = below(40) ? some_entry() : any();

			if (below(4) == 0)
				entry = some_top() | 7;
			add(STORE, at & ~3u, entry, 0, 0);
			if (below(3) == 0)
				add(PICK(LHCALL_FLUSH_TLB, LHCALL_FLUSH_TLB,
					 LHCALL_NEW_PGTABLE), some_top(), 0, 0,
				    0);
			add(PICK(STORE, LOAD), some_address() & ~3u, any(), 0,
			    0);
			if (below(4) == 0) {
				add(LHCALL_LOAD_GDT_ENTRY,
				    PICK(below(12), 14 + below(18)), any(),
				    any(), 0);
				add(LOAD_DS, below(256), 0, 0, 0);
			}
		}
		run_guest(3000);
	}
}

/* --- random code ----------------------------------------------------------- */

/* Run what is there, in ring 1, or in ring 3 through its view of the same. */
static void code_at(u32 at)
{
	const u32 user = 0x80000000;

	if (below(2))
		add(GO_USER, user + at, user + STACK - 0x100, any(), any());
	else
		add(CALL, at, any(), any(), any());
}

static void fuzz_code(u32 count)
{
	static const u8 likely[][4] = {
		{ 0xcd, 0x1f }, { 0xcd, 0x80 }, { 0xcd, 0x03 }, { 0xcd, 0x0e },
		{ 0x8e, 0xd8 }, { 0x8e, 0xd0 }, { 0x0f, 0x01, 0xc1 }, { 0xcf },
		{ 0x9d }, { 0xf4 }, { 0x17 }, { 0x1f }, { 0x0f, 0xa9 },
		{ 0xe4, 0x60 }, { 0xee }, { 0x0f, 0x22, 0xd8 }, { 0xcb },
		{ 0x9c }, { 0x83, 0x0c, 0x24, 0x01 }, { 0xf1 }, { 0x0f, 0x34 },
		{ 0x0f, 0xae, 0x0c, 0x24 }, { 0x0f, 0x00, 0xd8 },
	};

	while (guests < count) {
		begin_guest();
		for (u32 i = BYTES; i < BYTES_END; i++)
			g.memory[i] = any();
		for (u32 i = 0; i < 4000; i++)
			memcpy(g.memory + BYTES + below(BYTES_END - BYTES - 4),
			       likely[below(sizeof(likely) / 4)], 4);
		for (u32 i = 0; i < 2000; i++)
			code_at(BYTES + below(BYTES_END - BYTES));
		run_guest(150);
	}
}

/* --- random requests ------------------------------------------------------- */

static volatile int over;

static void random_request(int fd, u8 *mem, unsigned int *seed)
{
	u32 words[4];
	u8 answer[64];
	int r = rand_r(seed);

	words[0] = r & 0x100 ? (u32)rand_r(seed) : (r & 7);
	words[1] = r & 0x200 ? (u32)rand_r(seed) : (u32)(r >> 10) % 80;
	words[2] = r & 0x400 ? (u32)rand_r(seed) : (u32)(r >> 10) % 20;
	words[3] = rand_r(seed);
	if (words[0] == LHREQ_GETDMA && (r & 0x800))
		words[1] = words[1] % SIZE & ~3u;
	/* Nobody would ever let go of a Guest that we hold. */
	if (words[0] == LHREQ_BREAK && (r & 0x3000))
		words[1] = 0;
	switch ((r >> 16) % 8) {
	case 0:
		pread(fd, answer, (r >> 20) % 64, 0);
		break;
	case 1:
		pwrite(fd, (void *)words[1], 16, 0);
		break;
	case 2:
		pwrite(fd, words, (r >> 20) % 17, (r >> 24) % 3 - 1);
		break;
	case 3:
		mprotect(mem + (r >> 8) % PAGES * PAGE, PAGE, r & 3);
		break;
	case 4:
		madvise(mem + (r >> 8) % PAGES * PAGE, PAGE, MADV_DONTNEED);
		break;
	default:
		pwrite(fd, words, sizeof(words), 0);
	}
}

struct thread {
	pthread_t id;
	unsigned int seed;
};

static void *prod(void *arg)
{
	struct thread *it = arg;

	while (!over)
		random_request(g.fd, g.memory, &it->seed);
	return NULL;
}

/* --- memory that changes while it is read ------------------------------------ */

static u32 some_word(unsigned int *seed)
{
	u32 r = rand_r(seed);

	switch (r % 6) {
	case 0:
		return r & 0x4000 ? 0xffffffff : 0;
	case 1:
		return r >> 8;
	case 2:
		return (TABLES + (r >> 8) % 24 * PAGE) | 7;
	case 3:
		return (r >> 8) % 24;
	case 4:
		return (r >> 8) % SIZE;
	default:
		return rand_r(seed) ^ rand_r(seed) << 16;
	}
}

/* Not its counter and not its code, or it would end at once. */
static void *scribble(void *arg)
{
	struct thread *it = arg;

	while (!over) {
		u32 r = rand_r(&it->seed), at;

		/* Of calls the arguments, now and then the number. */
		if (r % 4 == 0)
			at = DATA + 88 + (r >> 4) % 64 * 20 + (r >> 12) % 4 * 4;
		else if (r % 4 == 1)
			at = LIST + (40 + (r >> 4) % 6000) * sizeof(struct step) +
			     (r >> 20) % 4 * 4;
		else
			at = TABLES + 4 + (r >> 4) % (TOPS * 3 * PAGE - 8);
		if (r % 4 < 2 && r % 4096 > 2)
			at += 4;
		/* Where it stands itself stays as it is, in each space. */
		if (at >= TABLES && ((at - TABLES) % (3 * PAGE) < 4 ||
				     (at - TABLES) / PAGE % 3 == 1))
			continue;
		if (r % 16 == 0)
			g.memory[DATA + 24 + (r >> 8) % 64] = r >> 16;
		*(volatile u32 *)(g.memory + (at & ~3u)) = some_word(&it->seed);
	}
	return NULL;
}

static void fuzz_race(u32 count)
{
	struct thread thread;

	while (guests < count) {
		begin_guest();
		for (u32 i = 0; i < LHCALL_RING_SIZE; i++) {
			add_plausible();
			put_in_ring(i);
		}
		while (room_for(500))
			add_plausible();
		over = 0;
		thread.seed = any();
		pthread_create(&thread.id, NULL, scribble, &thread);
		run_guest(1000);
		over = 1;
		pthread_join(thread.id, NULL);
	}
}

/* One Launcher: a Guest, threads that prod it, perhaps a child; then over. */
static void __attribute__((noreturn)) one_launcher(u32 seed)
{
	struct thread threads[4];
	u32 words[2], rounds;
	int fd, early;

	state = seed;
	begin_guest();
	while (room_for(500))
		add_plausible();
	add(LHCALL_HALT, 0, 0, 0, 0);
	g.fd = open_device();
	early = below(4) == 0;
	if (early)
		close(g.fd);
	for (int i = 0; i < 4; i++) {
		threads[i].seed = any();
		pthread_create(&threads[i].id, NULL, prod, &threads[i]);
	}
	if (below(4))
		initialize(&g);
	if (below(3) == 0 && fork() == 0)
		for (unsigned int s = any(); ; )
			random_request(g.fd, g.memory, &s);
	fd = eventfd(0, 0);
	for (rounds = 20 + below(200); rounds; rounds--) {
		const struct itimerval soon = { .it_value.tv_usec = 2000 };

		setitimer(ITIMER_REAL, &soon, NULL);
		pread(g.fd, words, sizeof(words), 0);
		if (below(8) == 0)
			ask(g.fd, LHREQ_EVENTFD, any(), fd);
		ask(g.fd, LHREQ_BREAK, 0, 0);
	}
	if (below(2))
		close(g.fd);
	if (below(2))
		kill(getpid(), SIGKILL);
	over = 1;
	_exit(0);
}

static void fuzz_device(u32 seed, u32 seconds)
{
	time_t until = time(NULL) + seconds;
	u32 launchers = 0, killed = 0;
	int status;

	while (time(NULL) < until) {
		pid_t child = fork();

		if (child < 0)
			give_up("fork");
		if (!child) {
			setpgid(0, 0);
			one_launcher(seed + launchers);
		}
		setpgid(child, child);
		launchers++;
		usleep(below(300000));
		/* It may be done; its own child is not, and never will be. */
		kill(-child, SIGKILL);
		waitpid(child, &status, 0);
		killed += WIFSIGNALED(status);
	}
	printf("%u Launchers, %u of them killed\n", launchers, killed);
}

/* --- a hole in the memory --------------------------------------------------- */

static void must(int good, const char *what)
{
	if (good)
		return;
	fprintf(stderr, "%s\n", what);
	exit(1);
}

/*
 * A Launcher that has taken a page of its Guest away asks for that page, and
 * gets nothing. The Guest that touches it dies.
 */
static void fall_into_hole(void)
{
	char why[100] = "";
	u32 words[2];

	begin_guest();
	add(LOAD, BYTES, 0, 0, 0);
	munmap(g.memory + BYTES, PAGE);
	g.fd = open_device();
	must(initialize(&g) == 12, "no Guest");
	must(ask(g.fd, LHREQ_GETDMA, BYTES, 0) == -ENOENT,
	     "something is bound in the hole");
	must(read(g.fd, words, sizeof(words)) < 0 && errno == ENOENT,
	     "the Guest lives");
	must(read(g.fd, why, sizeof(why) - 1) > 0, "no reason");
	printf("%s\n", why);
	must(!strcmp(why, "no memory behind page 0xc0"),
	     "A Launcher that has taken the page away");
}

/* The same with a page that it made read-only: the Guest's first table. */
static void write_in_vain(void)
{
	char why[100] = "";
	u32 words[2];

	begin_guest();
	must(!mprotect(g.memory + TABLES, PAGE, PROT_READ), "mprotect");
	g.fd = open_device();
	must(initialize(&g) == 12, "no Guest");
	must(read(g.fd, words, sizeof(words)) < 0 && errno == ENOENT,
	     "the Guest lives");
	must(read(g.fd, why, sizeof(why) - 1) > 0, "no reason");
	printf("%s\n", why);
	must(!strcmp(why, "bad write address 0x80000 len 4"),
	     "A Launcher that lets a page table only be read");
	close(g.fd);
	mprotect(g.memory + TABLES, PAGE, PROT_READ | PROT_WRITE);
}

int main(int argc, char *argv[])
{
	const struct sigaction on = { .sa_handler = on_alarm };
	u32 seed, count;

	if (argc != 4) {
		fprintf(stderr, "usage: fuzz calls|tables|code|race|hole|device SEED COUNT\n");
		return 2;
	}
	seed = strtoul(argv[2], NULL, 0);
	count = strtoul(argv[3], NULL, 0);
	state = seed;
	sigaction(SIGALRM, &on, NULL);
	setvbuf(stdout, NULL, _IOLBF, 0);
	new_memory(&g);
	printf("%s: seed %u, count %u\n", argv[1], seed, count);
	if (!strcmp(argv[1], "calls"))
		fuzz_calls(count);
	else if (!strcmp(argv[1], "tables"))
		fuzz_tables(count);
	else if (!strcmp(argv[1], "code"))
		fuzz_code(count);
	else if (!strcmp(argv[1], "race"))
		fuzz_race(count);
	else if (!strcmp(argv[1], "device"))
		fuzz_device(seed, count);
	else if (!strcmp(argv[1], "hole"))
		write_in_vain(), fall_into_hole();
	else
		return 2;
	if (guests)
		printf("%u Guests, %u of them ended by themselves\n", guests,
		       deaths);
	if (!strcmp(argv[1], "calls") || edits)
		printf("%u hypercalls, %u edits\n", calls, edits);
	return 0;
}
