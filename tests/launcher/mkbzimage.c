/* SPDX-License-Identifier: GPL-2.0 */
/*
 * mkbzimage KIND < PAYLOAD > FILE: a bzImage of two sectors of nothing, a
 * hundred bytes of nothing and a packed payload, sound or with one fault.
 */
#include <stdio.h>
#include <string.h>

static unsigned char file[1 << 20];

static void word(unsigned int place, unsigned int value)
{
	for (int i = 0; i < 4; i++, value >>= 8)
		file[place + i] = value;
}

#define FAULT(name, spoil) do {			\
	if (!strcmp(argv[1], name)) {		\
		found = 1;			\
		spoil;				\
	}					\
} while (0)

int main(int argc, char *argv[])
{
	size_t len, start = 2 * 512 + 100, size;
	int found = 0;

	if (argc < 2)
		return 2;
	len = fread(file + start, 1, sizeof(file) - start - 100, stdin);
	size = start + len + 100;
	file[0x1f1] = 1;			/* setup_sects */
	word(0x206, 0x20f);			/* version */
	memcpy(file + 0x202, "HdrS", 4);
	word(0x248, 100);			/* payload_offset */
	word(0x24c, len);			/* payload_length */

	FAULT("bz-sound", );
	FAULT("bz-old", word(0x206, 0x207));
	FAULT("bz-packer", memcpy(file + start, "\xfd" "7zXZ", 6));
	FAULT("bz-offset", word(0x248, 0xfffffff0));
	FAULT("bz-length", word(0x24c, 0xffffffff));
	FAULT("bz-behind", word(0x24c, len + 101));
	FAULT("bz-sectors", file[0x1f1] = 0xff);
	FAULT("bz-sum", file[start + len - 6] ^= 1);
	FAULT("bz-damaged", memset(file + start + 20, 0x55, 20));
	FAULT("bz-short", size = start + len / 2; word(0x24c, len / 2));
	FAULT("bz-header", size = 0x1f1 + 60);
	FAULT("bz-empty", word(0x24c, 0); size = start);
	if (!found) {
		fprintf(stderr, "mkbzimage: no kind %s\n", argv[1]);
		return 2;
	}
	return fwrite(file, 1, size, stdout) != size;
}
