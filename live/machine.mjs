// live/machine.mjs: the second machine, v86, in place of QEMU.
//
//	node live/machine.mjs --modules=DIR
//		(--kernel=FILE --initrd=FILE --append=ARGS | --state=FILE)
//		[--memory=MB] [--serial=FILE]... [--input]
//		[--when=TEXT [--save=FILE]]
//
// DIR/node_modules has v86. Each --serial is one serial line and says where
// its output goes, "-" being standard output; with --input what is typed goes
// to the line that "-" stands for. The program ends when the machine is off,
// and, as QEMU does with -no-reboot, when it would start again: v86 cannot be
// reset by a kernel, so give the kernel panic=0 and it stops where it is.
//
// With --when the program ends as soon as one of the lines says TEXT; with
// --save it lets the machine come to rest before, and writes its state to a
// file. From there, packed by zstd or not, --state goes on. A state is the same
// bytes whenever it is made (see ownTime).
//
// What v86 cannot emulate, it says by an exception of JavaScript. That too is
// the machine's end, and the message goes to standard error.

import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

const { values: options } = parseArgs({
	options: {
		modules: { type: "string" },
		kernel: { type: "string" },
		initrd: { type: "string" },
		append: { type: "string" },
		memory: { type: "string", default: "256" },
		serial: { type: "string", multiple: true, default: [] },
		input: { type: "boolean", default: false },
		state: { type: "string" },
		save: { type: "string" },
		when: { type: "string" },
	},
});

// A machine whose state is kept has a clock of its own, which goes on with the
// instructions that it does, a hundred million a second, and with its sleep; it
// has dice that always fall in the same way; and no compiler, which would be
// done a little sooner or later. So what it does depends on nothing outside.
let clock = 0;
let restAt = Infinity;
let machine;

function ownTime() {
	const MILLISECOND = 1e5, LOOK = 1e-4;
	let counted = 0;
	const firstDay = Date.UTC(2007, 9, 9);
	let die = 1;

	performance.now = () => {
		const count = machine?.get_instruction_counter() ?? 0;
		clock += ((count - counted) >>> 0) / MILLISECOND + LOOK;
		counted = count;
		return clock;
	};
	Date.now = () => firstDay + Math.floor(clock);
	Object.defineProperty(globalThis, "crypto", { value: {
		getRandomValues: (words) =>
			words.fill(die = Math.imul(die, 1664525) + 1013904223 | 0),
	} });
	globalThis.setTimeout = (wake, sleep, ...tick) => {
		clock += sleep;
		if (clock > restAt)
			save();
		else
			setImmediate(wake, ...tick);
	};
}

const realTimeout = setTimeout;
if (options.save)
	ownTime();

const v86 = path.resolve(options.modules, "node_modules/v86/build");
const { V86 } = await import(pathToFileURL(path.join(v86, "libv86.mjs")));

function read(file) {
	const bytes = new Uint8Array(fs.readFileSync(file));
	return { buffer: bytes.buffer };
}

// The machine is off: what a line still holds is written by then, since every
// byte is written as soon as its line ends or the machine pauses.
function end(why) {
	lines.forEach((line) => line.flush());
	if (why)
		process.stderr.write(`v86: ${why}\n`);
	process.exit(0);
}

process.on("uncaughtException", (error) => end(error.message ?? error));
process.on("unhandledRejection", (error) => end(error?.message ?? error));

class SerialLine {
	constructor(place) {
		this.fd = place === "-" ? 1 : fs.openSync(place, "w");
		this.waiting = [];
		this.text = "";
	}

	put(byte) {
		if (!this.waiting.length)
			realTimeout(() => this.flush(), 20);
		this.waiting.push(byte);
		this.text = this.text.slice(-200) + String.fromCharCode(byte);
		if (options.save && this.text.endsWith(options.when))
			restAt = clock + 1000;
		if (byte === 10)
			this.flush();
	}

	flush() {
		const bytes = Uint8Array.from(this.waiting);
		this.waiting = [];
		for (let at = 0; at < bytes.length; )
			at += fs.writeSync(this.fd, bytes, at);
		if (this.text.includes("---[ end Kernel panic"))
			end("the kernel panicked");
		if (options.when && !options.save && this.text.includes(options.when))
			realTimeout(() => end(), 1000);
	}
}

async function save() {
	fs.writeFileSync(options.save, new Uint8Array(await machine.save_state()));
	end();
}

const lines = options.serial.map((place) => new SerialLine(place));
const beginning = options.state ? { initial_state: read(options.state) } : {
	bios: read("/usr/share/seabios/bios.bin"),
	vga_bios: read("/usr/share/seabios/vgabios-stdvga.bin"),
	bzimage: read(options.kernel),
	initrd: read(options.initrd),
	cmdline: options.append,
};
machine = new V86({
	...beginning,
	wasm_path: path.join(v86, "v86.wasm"),
	memory_size: Number(options.memory) << 20,
	vga_memory_size: 1 << 20,
	net_device: { type: "none" },
	disable_keyboard: true,
	disable_mouse: true,
	disable_speaker: true,
	uart1: true,
	uart2: true,
	disable_jit: Boolean(options.save),
	autostart: true,
});

lines.forEach((line, i) =>
	machine.add_listener(`serial${i}-output-byte`, (byte) => line.put(byte)));
machine.add_listener("cpu-event-halt", () => end());

if (options.input) {
	const line = options.serial.indexOf("-");
	if (process.stdin.isTTY)
		process.stdin.setRawMode(true);
	const typed = (bytes) =>
		machine.serial_send_bytes(line, new Uint8Array(bytes));
	machine.add_listener("emulator-started", () => process.stdin.on("data", typed));
}
