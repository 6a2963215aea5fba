/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A Launcher of a few lines, for tests that speak to /dev/lguest themselves.
 *
 * Its Guests have 1 MiB and do what a list in their memory says, step by
 * step; each step leaves its result there. So a test says in C what a Guest
 * shall do, lets it run, and sees what has come of it.
 *
 * A test reports by ok() and is(), a line each, which reported_by() of
 * tests/tap.sh counts.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lguest.h"
#include "lguest_launcher.h"

typedef uint32_t u32;
typedef uint16_t u16;
typedef uint8_t u8;

#define PAGE	4096
#define PAGES	256
#define SIZE	(PAGES * PAGE)

/* What is where in a Guest's memory. */
enum {
	CODE = 0x1000, NEXT = 0x3000, TRAPPED = 0x3010, STACK = 0x5000,
	DATA = 0x6e00, /* and across into the next page */
	TRAP_STACK = 0xa000, LIST = 0x10000, LIST_END = 0x40000,
	TOP = 0x40000, LEAF = 0x41000, RING1 = 0x70000, USER = 0x80000,
	FREE = 0x90000,	/* from USER on, ring 3 may go as well */
};

/* Steps that are no hypercalls. */
enum {
	STORE = 0x100,	/* ecx at ebx */
	LOAD,		/* what is at ebx */
	SPIN,		/* for ever, with %ebx as it is here */
	CALL,		/* what is at ebx, in ring 1, with ecx in %eax */
	GO_USER,	/* to ebx in ring 3, its stack at ecx; a trap ends it */
	LOAD_DS,	/* %ds, with ebx */
};

struct step {
	u32 eax, ebx, ecx, edx, esi;
	u32 result;
};

struct guest {
	u8 *memory;
	int fd;
	struct step *next;
};

static inline void ok(int good, const char *format, ...)
{
	va_list list;

	fputs(good ? "ok - " : "not ok - ", stdout);
	va_start(list, format);
	vprintf(format, list);
	va_end(list);
	putchar('\n');
}

static inline void is(long seen, long wanted, const char *name)
{
	ok(seen == wanted, "%s", name);
	if (seen != wanted)
		printf("# seen %ld (%#lx), wanted %ld (%#lx)\n", seen, seen,
		       wanted, wanted);
}

static inline void give_up(const char *what)
{
	perror(what);
	exit(2);
}

/* --- what the Guest is ------------------------------------------------------ */

extern const u8 guest_code[], guest_code_end[], guest_doors[], guest_spin[];

asm(
"	.pushsection .rodata\n"
"	.balign 16\n"
"guest_code:\n"
"next:	movl $0x5000, %esp\n"
"	movl $0x69, %eax\n"
"	movl %eax, %ds\n"
"	movl %eax, %es\n"
"	movl %eax, %ss\n"
"	cld\n"
"	movl 0x3000, %ebp\n"		/* the place in the list */
"	addl $24, 0x3000\n"
"	movl (%ebp), %eax\n"
"	movl 4(%ebp), %ebx\n"
"	movl 8(%ebp), %ecx\n"
"	movl 12(%ebp), %edx\n"
"	movl 16(%ebp), %esi\n"
"	cmpl $0x100, %eax\n"
"	je 1f\n"
"	cmpl $0x101, %eax\n"
"	je 2f\n"
"	cmpl $0x102, %eax\n"
"	je guest_spin\n"
"	cmpl $0x103, %eax\n"
"	je 3f\n"
"	cmpl $0x104, %eax\n"
"	je 4f\n"
"	cmpl $0x105, %eax\n"
"	je 5f\n"
"	int $0x1f\n"
"0:	movl %eax, 20(%ebp)\n"
"	jmp next\n"
"1:	movl %ecx, (%ebx)\n"
"	jmp 0b\n"
"2:	movl (%ebx), %eax\n"
"	jmp 0b\n"
"3:	movl %ecx, %eax\n"
"	pushl %ebp\n"
"	call *%ebx\n"
"	popl %ebp\n"
"	jmp 0b\n"
"4:	movl $0x7b, %eax\n"		/* what of ring 1 is left is taken away */
"	movl %eax, %ds\n"
"	movl %eax, %es\n"
"	pushl %eax\n"
"	pushl %ecx\n"
"	pushl $0x202\n"
"	pushl $0x73\n"
"	pushl %ebx\n"
"	iret\n"
"5:	movl %ebx, %ds\n"
"	jmp 0b\n"
"guest_spin:\n"
"	jmp guest_spin\n"
"	.balign 16\n"
"guest_doors:\n"
"	.set vector, 0\n"
"	.rept 256\n"
"	.balign 16\n"
"	pushl $vector\n"
"	jmp 6f\n"
"	.set vector, vector + 1\n"
"	.endr\n"
/* Keep the frame and how often we were here, and go on with the list. */
"6:	movl %esp, %esi\n"
"	movl $0x69, %eax\n"
"	movl %eax, %ds\n"
"	movl %eax, %es\n"
"	movl $0x3014, %edi\n"
"	movl $7, %ecx\n"
"	cld\n"
"	rep movsl\n"
"	incl 0x3010\n"
"	jmp next\n"
"guest_code_end:\n"
"	.popsection\n");

#define SPIN_AT		(CODE + (guest_spin - guest_code))
#define DOOR(n)		(CODE + (u32)(guest_doors - guest_code) + (n) * 16)

/* What was on the stack at the last trap, from the vector up, and a count. */
struct trapped {
	u32 count, vector, frame[6];
};

static inline struct trapped *trapped(struct guest *g)
{
	return (void *)(g->memory + TRAPPED);
}

static inline struct lguest_data *data_of(struct guest *g)
{
	return (void *)(g->memory + DATA);
}

/* --- how a test has it do something ------------------------------------------ */

static inline struct step *step(struct guest *g, u32 eax, u32 ebx, u32 ecx,
				u32 edx)
{
	*g->next = (struct step) { eax, ebx, ecx, edx, 0, 0xdeadbeef };
	return g->next++;
}

static inline void set_gate(struct guest *g, u32 n, u32 type)
{
	step(g, LHCALL_LOAD_IDT_ENTRY, n,
	     GUEST_KERNEL_CS << 16 | (DOOR(n) & 0xffff),
	     (DOOR(n) & 0xffff0000) | type << 8);
}

/* Its memory, before it has done anything. */
static inline void lay_out(struct guest *g)
{
	memcpy(g->memory + CODE, guest_code, guest_code_end - guest_code);
	*(u32 *)(g->memory + NEXT) = LIST;
	memset(data_of(g)->hcall_status, 0xff, LHCALL_RING_SIZE);
	data_of(g)->kernel_address = 0xc0000000;
	data_of(g)->syscall_vec = 0x80;
	g->next = (struct step *)(g->memory + LIST);
}

/* A Guest that has not introduced itself yet. */
static inline void new_memory(struct guest *g)
{
	g->memory = mmap(NULL, SIZE, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (g->memory == MAP_FAILED)
		give_up("mmap");
	lay_out(g);
}

static inline int open_device(void)
{
	int fd = open("/dev/lguest", O_RDWR);

	if (fd < 0)
		give_up("/dev/lguest");
	return fd;
}

static inline ssize_t initialize(struct guest *g)
{
	const u32 words[] = { LHREQ_INITIALIZE, (u32)g->memory, PAGES, CODE };

	return write(g->fd, words, sizeof(words));
}

/* Gates for all exceptions and for the 32 interrupts; all may call int3. */
static inline void set_gates(struct guest *g)
{
	for (u32 n = 0; n < 64; n++)
		set_gate(g, n, n == 3 ? 0xef : n < 32 ? 0x8f : 0x8e);
}

/* One that has, with gates and page tables, and is to do what steps say. */
static inline void new_guest(struct guest *g)
{
	new_memory(g);
	g->fd = open_device();
	if (initialize(g) != 12)
		give_up("LHREQ_INITIALIZE");
	step(g, LHCALL_LGUEST_INIT, DATA, 0, 0);
	set_gates(g);
}

static inline void map_pages(struct guest *g)
{
	u32 *top = (u32 *)(g->memory + TOP), *leaf = (u32 *)(g->memory + LEAF);

	for (u32 i = 0; i < PAGES; i++)
		leaf[i] = i * PAGE | (i >= USER / PAGE ? 7 : 3);
	top[0] = LEAF | 7;
	step(g, LHCALL_NEW_PGTABLE, TOP, 0, 0);
}

#define MARK	0x4d41524bu	/* the address that says "the list is done" */

/*
 * Let it go on to the end of its list; returns 0 if it came there, or else
 * what read() returned, with errno.
 */
static inline ssize_t run(struct guest *g)
{
	u32 words[2] = { 0, 0 };
	ssize_t got;

	step(g, LHCALL_NOTIFY, MARK, 0, 0);
	got = read(g->fd, words, sizeof(words));
	return got == 4 && words[0] == MARK ? 0 : got;
}

static inline void end_guest(struct guest *g)
{
	close(g->fd);
	munmap(g->memory, SIZE);
}

static inline void must_run(struct guest *g)
{
	char why[200] = "";
	ssize_t got = run(g);

	if (!got)
		return;
	if (got < 0 && read(g->fd, why, sizeof(why) - 1) > 0)
		ok(0, "the Guest died: %s", why);
	else
		ok(0, "the Guest did not come to its end: %zd, %s", got,
		       strerror(errno));
	exit(1);
}

/* One request of up to three words; -errno if it is refused. */
static inline long ask(int fd, u32 a, u32 b, u32 c)
{
	const u32 words[] = { a, b, c, 0 };
	ssize_t got = pwrite(fd, words, sizeof(words), 0);

	return got < 0 ? -errno : got;
}
