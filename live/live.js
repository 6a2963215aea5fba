// live.js - the machine in the page: a terminal for each `::: run` of the book
//
// A block of that kind holds a transcript, in which "host# " stands before what
// is typed. Here it gets a button, and only when that is pressed are the emulator, the terminal and the
// Host's state fetched, by script elements, so that it works from file:// too:
// each part is a file live/NAME.js that calls lguestLive.take(NAME, BASE64).
// The state was saved at the Host's shell with the module loaded. From there
// on all is real: each command is typed when the shell asks for it, and a Guest
// runs in ring 1.
//
// A machine that is out of sight is stopped and goes on when it is seen again.
"use strict";

const lguestLive = (() => {
	const MEMORY = 96 << 20;	// that of live/live.mk, of which the state is
	const TERMINAL_LINE = 1;	// the serial line where init put the shell

	const PROMPT = /^(host|guest)# /;

	const make = (name, properties) => Object.assign(document.createElement(name), properties);
	const parts = {};		// name -> bytes
	const loading = {};		// source -> promise

	function load(source) {
		return loading[source] ||= new Promise((done, failed) => {
			const inside = document.querySelector(`script[data-live="${source}"]`);
			if (inside) {
				document.head.append(make("script", { text: inside.text }));
				return done();
			}
			const why = new Error(`live/${source} is not there`);
			document.head.append(make("script", {
				src: `live/${source}`, onload: done,
				onerror: () => { delete loading[source]; failed(why); },
			}));
		});
	}

	function take(name, base64) {
		parts[name] = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
	}

	const unpack = (name) => new Response(new Blob([parts[name]]).stream()
		.pipeThrough(new DecompressionStream("gzip")));

	// Emulator and terminal, once for all blocks of a page.
	let prepared;

	async function prepare() {
		await load("parts.js");
		for (const name of ["xterm", "v86"])
			document.head.append(make("script", { text: await unpack(name).text() }));
		document.head.append(make("style", { textContent: await unpack("style").text() }));
		parts.program = await WebAssembly.compile(await unpack("wasm").arrayBuffer());
	}

	const program = async (imports) =>
		(await WebAssembly.instantiate(parts.program, imports)).exports;

	class Live {
		constructor(box) {
			this.box = box;
			this.transcript = box.querySelector("pre");
			this.commands = this.transcript.textContent.split("\n")
				.filter((line) => PROMPT.test(line))
				.map((line) => line.replace(PROMPT, ""));
			this.state = /^guest#/m.test(this.transcript.textContent) ? "linux" : "host";
			this.status = make("span", { className: "live-status" });
			this.status.setAttribute("role", "status");
			this.button = this.add("Run", () => this.run());
			this.button.setAttribute("aria-label", `Run ${this.commands[0]} here`);
			this.bar = make("div", { className: "live-bar" });
			this.bar.append(this.button, this.status);
			this.transcript.before(this.bar);
		}

		add(label, action) {
			const button = make("button", { type: "button", textContent: label });
			button.addEventListener("click", action);
			this.bar?.insertBefore(button, this.status);
			return button;
		}

		say(text) { this.status.textContent = text; }

		async run() {
			this.button.disabled = true;
			this.say("loading…");
			try {
				await Promise.all([prepared ??= prepare(), load(`${this.state}.js`)]);
				this.open();
				await this.start();
			} catch (error) {
				prepared = undefined;
				this.say(`It does not run: ${error.message}.`);
				this.button.disabled = false;
			}
		}

		// The first time: a terminal takes the place of the transcript.
		open() {
			if (this.terminal)
				return;
			this.screen = make("div", { className: "live-screen" });
			this.screen.setAttribute("role", "region");
			this.screen.setAttribute("aria-label", "Terminal of the Host");
			this.transcript.after(this.screen);
			this.transcript.hidden = true;
			this.terminal = new Terminal({
				cols: 80, rows: 24, scrollback: 2000,
				fontSize: this.letters(), screenReaderMode: true,
			});
			this.terminal.open(this.screen);
			this.terminal.onData((text) => this.type(text));
			this.button.remove();
			this.add("Run again", () => this.again());
			this.add("Full screen", () => this.screen.requestFullscreen());
			this.add("Close", () => this.close());
			new IntersectionObserver(([entry]) => {
				this.visible = entry.isIntersecting;
				this.rest();
			}).observe(this.screen);
			document.addEventListener("visibilitychange", () => this.rest());
		}

		// Eighty columns fit, on a phone too.
		letters() {
			const width = this.box.clientWidth - 24;
			return Math.max(6, Math.min(14, Math.floor(width / 80 / 0.602)));
		}

		async start() {
			const machine = new V86({
				wasm_fn: program,
				initial_state: { buffer: parts[this.state].buffer },
				memory_size: MEMORY, vga_memory_size: 1 << 20,
				net_device: { type: "none" },
				disable_keyboard: true, disable_mouse: true,
				disable_speaker: true, uart1: true, uart2: true,
			});
			this.machine = machine;
			this.terminal.reset();
			machine.add_listener(`serial${TERMINAL_LINE}-output-byte`,
				(byte) => this.hear(byte));
			await new Promise((ready) => machine.add_listener("emulator-loaded", ready));
			if (machine !== this.machine)
				return;
			this.ready = this.running = this.visible = true;
			machine.run();
			this.say("running");
			this.waiting = [...this.commands];
			this.line = "";
			for (const letter of this.state === "host" ? "host# " : "guest# ")
				this.hear(letter.charCodeAt(0));
			this.terminal.focus();
		}

		// The shell asks: type the next command.
		hear(byte) {
			this.terminal.write(Uint8Array.of(byte));
			this.line = byte === 10 ? "" : this.line + String.fromCharCode(byte);
			if (PROMPT.test(this.line) && this.waiting.length) {
				this.line = "";
				this.type(`${this.waiting.shift()}\n`);
			}
		}

		type(text) {
			this.machine?.serial_send_bytes(TERMINAL_LINE, new TextEncoder().encode(text));
		}

		rest() {
			const wanted = this.visible && !document.hidden;
			if (!this.ready || this.gone || wanted === this.running)
				return;
			this.running = wanted;
			if (wanted)
				this.machine.run();
			else
				this.machine.stop();
			this.say(wanted ? "running" : "stopped while out of sight");
		}

		// A machine that has crashed may never say that it is destroyed.
		drop() {
			const machine = this.machine;
			this.machine = null;
			this.ready = this.gone = false;
			machine?.stop().then(() => machine.destroy()).catch(() => {});
		}

		again() {
			this.drop();
			this.start();
		}

		close() {
			this.drop();
			this.screen.remove();
			this.terminal.dispose();
			this.terminal = null;
			this.transcript.hidden = false;
			this.bar.replaceChildren(this.button, this.status);
			this.button.disabled = false;
			this.say("");
			this.button.focus();
		}

		// What v86 cannot emulate is an exception, and the machine's end.
		crash(why) {
			this.gone = true;
			this.say(`The machine is gone (${why}): run it again.`);
		}
	}

	const boxes = [];

	function crashed(event) {
		const error = event.error ?? event.reason;
		const running = boxes.filter((box) => box.machine && box.running && !box.gone);
		if (!running.length || !/libv86|wasm/.test(error?.stack ?? ""))
			return;
		running.forEach((box) => box.crash(error instanceof RangeError
			? "a triple fault" : "something v86 does not know"));
		event.preventDefault();
	}

	function begin() {
		document.querySelectorAll("aside.run").forEach((box) => boxes.push(new Live(box)));
		window.addEventListener("error", crashed);
		window.addEventListener("unhandledrejection", crashed);
	}

	if (document.readyState === "loading")
		document.addEventListener("DOMContentLoaded", begin);
	else
		begin();
	return { take };
})();
