// transcripts.mjs - do what the book says can be run, and compare
//
//	node tests/live/transcripts.mjs out/live CHAPTER.nw...
//
// Each `::: run` block is done on a machine of its own, from the saved state
// that a reader of the page has, and what is seen must be what is printed: "…"
// alone stands for any lines, and in a line for any text. Prints TAP.

import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [live, ...chapters] = process.argv.slice(2);
const v86 = path.resolve(live, "node_modules/v86/build");
const { V86 } = await import(pathToFileURL(path.join(v86, "libv86.mjs")));
const LIMIT = 120000;

function blocks(chapter) {
	const found = [];
	const lines = fs.readFileSync(chapter, "utf8").split("\n");
	lines.forEach((line, at) => {
		if (line !== "::: run")
			return;
		const begin = lines.indexOf("```", at) + 1;
		const end = lines.indexOf("```", begin);
		found.push({ place: `${chapter}:${at + 1}`, lines: lines.slice(begin, end) });
	});
	return found;
}

function pattern(lines) {
	return new RegExp("^" + lines.map((line) => line === "…" ? "(.*\n)*?"
		: line.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll("…", ".*") + "\n")
		.join("") + "$");
}

// What is seen from the first prompt to the one after the last command.
function perform({ lines }) {
	const prompt = lines[0].match(/^\w+# /)[0];
	const commands = lines.filter((line) => line.startsWith(prompt))
		.map((line) => line.slice(prompt.length));
	const state = fs.readFileSync(path.join(live, `${prompt.slice(0, -2)}.state.zst`));
	const machine = new V86({
		wasm_path: path.join(v86, "v86.wasm"),
		initial_state: { buffer: new Uint8Array(state).buffer },
		memory_size: 96 << 20, vga_memory_size: 1 << 20,
		net_device: { type: "none" }, disable_speaker: true,
		uart1: true, uart2: true, autostart: true,
	});
	let seen = prompt;

	return new Promise((done) => {
		const end = async () => {
			clearTimeout(timer);
			await machine.destroy();
			done(seen.replace(/\x1b\[[0-9;]*[a-zA-Z]/g, "").replaceAll("\r", ""));
		};
		const timer = setTimeout(end, LIMIT);
		const next = () => {
			if (!commands.length)
				return end();
			machine.serial_send_bytes(1, new TextEncoder().encode(`${commands.shift()}\n`));
		};
		machine.add_listener("emulator-started", next);
		machine.add_listener("serial1-output-byte", (byte) => {
			seen += String.fromCharCode(byte);
			if (seen.endsWith(`\n${prompt}`))
				next();
		});
	});
}

const all = chapters.flatMap(blocks);
let bad = 0;

for (const [number, block] of all.entries()) {
	const seen = await perform(block);
	const good = pattern([...block.lines, block.lines[0].match(/^\w+# /)[0].trimEnd()])
		.test(seen.trimEnd() + "\n");
	console.log(`${good ? "ok" : "not ok"} ${number + 1} - ${block.place}: ${block.lines[0]}`);
	if (!good) {
		bad++;
		console.log(seen.split("\n").map((line) => `# ${line}`).join("\n"));
	}
}
console.log(`1..${all.length}`);
process.exit(bad ? 1 : 0);
