/* SPDX-License-Identifier: GPL-2.0 */
/*
 * mkelf KIND > FILE: an i386 ELF kernel of a few bytes, sound or with one
 * fault.  Two segments: code with a hypercall at 1 MiB, data behind it.
 */
#include <elf.h>
#include <stdio.h>
#include <string.h>

#define CODE	0x100000
#define DATA	0x101000

static struct {
	Elf32_Ehdr header;
	Elf32_Phdr segment[40];
	unsigned char code[32];
	unsigned char data[32];
} file;

static size_t size = sizeof(file);

static void sound(void)
{
	static const unsigned char code[] = { 0xb8, 1, 0, 0, 0, 0xcd, 0x1f };

	memcpy(file.header.e_ident, ELFMAG, SELFMAG);
	file.header.e_ident[EI_CLASS] = ELFCLASS32;
	file.header.e_ident[EI_DATA] = ELFDATA2LSB;
	file.header.e_ident[EI_VERSION] = EV_CURRENT;
	file.header.e_type = ET_EXEC;
	file.header.e_machine = EM_386;
	file.header.e_version = EV_CURRENT;
	file.header.e_entry = CODE;
	file.header.e_phoff = (char *)file.segment - (char *)&file;
	file.header.e_ehsize = sizeof(Elf32_Ehdr);
	file.header.e_phentsize = sizeof(Elf32_Phdr);
	file.header.e_phnum = 2;
	memcpy(file.code, code, sizeof(code));
	file.segment[0] = (Elf32_Phdr) {
		.p_type = PT_LOAD, .p_flags = PF_R | PF_X,
		.p_vaddr = 0xc0000000 + CODE, .p_paddr = CODE,
		.p_offset = file.code - (unsigned char *)&file,
		.p_filesz = sizeof(file.code), .p_memsz = sizeof(file.code),
	};
	file.segment[1] = (Elf32_Phdr) {
		.p_type = PT_LOAD, .p_flags = PF_R | PF_W,
		.p_vaddr = 0xc0000000 + DATA, .p_paddr = DATA,
		.p_offset = file.data - (unsigned char *)&file,
		.p_filesz = sizeof(file.data), .p_memsz = 0x10000,
	};
}

#define H file.header
#define S file.segment
#define FAULT(name, spoil) do {			\
	if (!strcmp(argv[1], name)) {		\
		found = 1;			\
		spoil;				\
	}					\
} while (0)

int main(int argc, char *argv[])
{
	int found = 0;

	if (argc < 2)
		return 2;
	sound();
	FAULT("sound", );
	FAULT("vmcall", memcpy(file.code, "\x0f\x01\xc1\x90\x90\x90\x90", 7));
	FAULT("vmmcall", memcpy(file.code, "\x0f\x01\xd9\x90\x90\x90\x90", 7));
	/* jmp to itself, then an int $0x1f that is never reached */
	FAULT("spin", memcpy(file.code, "\xeb\xfe\xcd\x1f", 4));
	FAULT("other-headers", S[2] = S[0]; S[2].p_type = PT_NOTE;
	      S[2].p_paddr = 0xffffffff; H.e_phnum = 3);
	FAULT("magic", H.e_ident[1] = 'e');
	FAULT("class", H.e_ident[EI_CLASS] = ELFCLASS64);
	FAULT("order", H.e_ident[EI_DATA] = ELFDATA2MSB);
	FAULT("machine", H.e_machine = EM_ARM);
	FAULT("type", H.e_type = ET_REL);
	FAULT("dynamic", H.e_type = ET_DYN);
	FAULT("phentsize", H.e_phentsize = 56);
	FAULT("no-segments", H.e_phnum = 0);
	FAULT("many-segments", H.e_phnum = 33);
	FAULT("65535-segments", H.e_phnum = 0xffff);
	FAULT("phoff", H.e_phoff = 0xfffffff0);
	FAULT("phoff-end", H.e_phoff = size - 32);
	FAULT("offset", S[0].p_offset = 0xfffffff0);
	FAULT("filesz", S[1].p_filesz = S[1].p_memsz + 1);
	FAULT("filesz-wraps", S[1].p_filesz = S[1].p_memsz = 0xffffffff);
	FAULT("boot-page", S[1].p_paddr = 0x1000);
	FAULT("boot-page-edge", S[1].p_paddr = 0x17ff);
	FAULT("after-boot-page", S[1].p_paddr = 0x1800);
	FAULT("three-megabytes", S[1].p_paddr = 0x2f0000);
	FAULT("four-megabytes", S[1].p_paddr = 0x2f0001);
	FAULT("virtual", S[1].p_paddr = S[1].p_vaddr);
	FAULT("wraps", S[1].p_paddr = 0xfffff000);
	FAULT("overlap", S[1].p_paddr = CODE + 31);
	FAULT("inside", S[1].p_paddr = CODE - 0x8000);
	FAULT("entry-virtual", H.e_entry = S[0].p_vaddr);
	FAULT("entry-in-data", H.e_entry = DATA);
	FAULT("entry-behind", H.e_entry = CODE + 32);
	FAULT("entry-before", H.e_entry = CODE - 1);
	FAULT("no-hypercall", memset(file.code, 0x90, 32));
	FAULT("hypercall-in-data", memcpy(file.data, file.code, 32);
	      memset(file.code, 0x90, 32));
	FAULT("no-code", S[0].p_flags = PF_R);
	FAULT("empty", size = 0);
	FAULT("three-bytes", size = 3);
	FAULT("four-bytes", size = 4);
	FAULT("cut-header", size = 51);
	FAULT("cut-segments", size = 52 + 63);
	FAULT("cut-data", size--);
	FAULT("bzimage", memset(&file, 0, sizeof(file));
	      memcpy((char *)&file + 514, "HdrS", 4));
	if (!found) {
		fprintf(stderr, "mkelf: no kind %s\n", argv[1]);
		return 2;
	}
	return fwrite(&file, 1, size, stdout) != size;
}
