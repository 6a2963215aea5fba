// live.js - the machine in the page: a terminal for each `::: run` of the book
//
// A block of that kind holds a transcript, in which "host# " or "guest# "
// stands before what is typed. Here it gets a button, and only when that is
// pressed are the emulator, the terminal and a machine's state fetched, by
// script elements, so that it works from file:// too: each part is a file
// live/NAME.js that calls lguestLive.take(NAME, BASE64). In the book that is
// one file, the parts lie in it as text, in elements that are named after them.
//
// The state was saved at a shell: the Host's, with the module loaded, or that
// of a Linux Guest. From there on all is real: each command is typed when the
// shell asks for it, and a Guest runs in ring 1.
//
// A machine that is out of sight is stopped and goes on when it is seen again.
"use strict";

const lguestLive = (() => {
	const TERMINAL_LINE = 1;	// the serial line where init put the shell
	const COLUMNS = 80, ROWS = 24;
	const LETTER = 0.6;		// the width of one, of its height
	const PROMPT = /^(host|guest)# /;

	const make = (name, properties) => Object.assign(document.createElement(name), properties);
	const { sizes = "{}", memory = "96" } = document.currentScript.dataset;
	const bytes = JSON.parse(sizes);	// of the parts, by name
	const parts = {};			// name -> bytes
	const loading = {};			// name -> promise

	function load(name) {
		return loading[name] ||= new Promise((done, failed) => {
			const inside = document.querySelector(`script[data-file="live/${name}.js"]`);
			if (inside) {
				document.head.append(make("script", { text: inside.text }));
				return done();
			}
			document.head.append(make("script", {
				src: `live/${name}.js`, onload: done,
				onerror: () => {
					delete loading[name];
					failed(new Error(`live/${name}.js is not there`));
				},
			}));
		});
	}

	function take(name, base64) {
		const text = atob(base64);
		const data = parts[name] = new Uint8Array(text.length);
		for (let i = 0; i < text.length; i++)
			data[i] = text.charCodeAt(i);
	}

	const unpack = (name) => new Response(new Blob([parts[name]]).stream()
		.pipeThrough(new DecompressionStream("gzip")));

	// Emulator and terminal, once for all blocks of a page.
	let prepared;

	async function prepare() {
		await load("parts");
		const compiled = WebAssembly.compileStreaming ? unpack("wasm").arrayBuffer()
			.then((code) => WebAssembly.compile(code)) : null;
		document.head.append(make("script", { text: await unpack("xterm").text() }));
		// After each millisecond v86 gives way to the page. It goes on as a
		// task of the scheduler's if its address says so, and else by a
		// message to a worker and back, for which two threads must wake up.
		new Function("location", await unpack("v86").text())({ href: "?use-scheduling-api" });
		document.head.append(make("style", { textContent: await unpack("style").text() }));
		parts.program = await compiled;
	}

	// A machine's memory is new and full of zeroes. To be filled with them once
	// more, all of it, would cost more time than everything else together.
	const program = async (imports) => ({
		...(await WebAssembly.instantiate(parts.program, imports)).exports,
		zero_memory: () => {},
	});

	class Live {
		constructor(box) {
			this.box = box;
			this.transcript = box.querySelector("pre");
			this.commands = this.transcript.textContent.split("\n")
				.filter((line) => PROMPT.test(line))
				.map((line) => line.replace(PROMPT, ""));
			this.prompt = this.transcript.textContent.match(PROMPT)[0];
			this.state = box.dataset.state ?? this.prompt.slice(0, -2);
			this.status = make("span", { className: "live-status" });
			this.status.setAttribute("role", "status");
			this.bar = make("div", { className: "live-bar" });
			this.bar.append(this.status);
			this.button = this.add("Run", "Run it in a machine in this page", () => this.run());
			this.button.className = "live-run";
			this.say(this.cost());
			this.transcript.before(this.bar);
		}

		add(label, title, action) {
			const button = make("button", { type: "button", textContent: label, title });
			button.addEventListener("click", action);
			this.bar.insertBefore(button, this.status);
			return button;
		}

		say(text) { this.status.textContent = text; }

		// What is still to be loaded, in MB.
		cost() {
			const wanted = ["parts", this.state].filter((name) => !loading[name])
				.reduce((sum, name) => sum + (bytes[name] ?? 0), 0);
			return wanted ? `loads ${(wanted / 1e6).toFixed(1)} MB` : "";
		}

		async run() {
			performance.mark("live-run");
			this.button.disabled = true;
			this.say("loading…");
			try {
				await Promise.all([prepared ??= prepare(), load(this.state),
					document.fonts.load("13px Code")]);
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
			this.screen.setAttribute("aria-label", "Terminal of a machine in this page");
			this.transcript.after(this.screen);
			this.transcript.hidden = true;
			const colour = getComputedStyle(this.screen);
			this.terminal = new Terminal({
				rows: ROWS, scrollback: 2000, screenReaderMode: true,
				fontFamily: 'Code, "JetBrains Mono", ui-monospace, monospace',
				theme: { background: colour.backgroundColor, foreground: colour.color,
					cursor: colour.borderTopColor,
					selectionBackground: "#8888" },
			});
			this.fit();
			this.terminal.open(this.screen);
			this.terminal.textarea.setAttribute("aria-label",
				"Terminal. Escape, then Tab, leaves it.");
			this.terminal.onData((text) => this.type(text));
			this.terminal.attachCustomKeyEventHandler((event) => this.mayType(event));
			this.button.remove();
			this.add("Reset", "A fresh machine, and the commands once more", () => this.again());
			this.add("Full screen", "Escape ends it", () => this.screen.requestFullscreen());
			this.add("Close", "Back to the text", () => this.close());
			this.bar.append(make("span", { className: "live-hint", textContent: "Esc, then Tab leaves" }));
			this.watch = new IntersectionObserver(([entry]) => {
				this.visible = entry.isIntersecting;
				this.rest();
			});
			this.watch.observe(this.screen);
			this.resize = new ResizeObserver(() => this.fit());
			this.resize.observe(this.screen);
		}

		// Eighty columns as large as may be, or fewer where letters would be
		// too small to be read.
		fit() {
			const whole = document.fullscreenElement === this.screen;
			const width = this.screen.clientWidth - 30, height = this.screen.clientHeight - 24;
			const size = Math.min(width / COLUMNS / LETTER, whole ? height / ROWS / 1.25 : 14);
			this.terminal.options.fontSize = Math.max(11, Math.floor(size * 4) / 4);
			this.terminal.resize(Math.min(COLUMNS, Math.max(20,
				Math.floor(width / this.terminal.options.fontSize / LETTER))), ROWS);
		}

		// Tab is the shell's, but nobody is caught: Shift-Tab goes back to the
		// buttons, and after Escape Tab goes on.
		mayType(event) {
			if (event.type !== "keydown")
				return true;
			const leaves = event.key === "Tab" && (event.shiftKey || this.escaped);
			if (event.key !== "Shift")
				this.escaped = event.key === "Escape";
			return !leaves;
		}

		async start() {
			const machine = this.machine = new V86({
				wasm_fn: program,
				initial_state: { buffer: parts[this.state].buffer },
				memory_size: Number(memory) << 20, vga_memory_size: 1 << 20,
				net_device: { type: "none" },
				disable_keyboard: true, disable_mouse: true,
				disable_speaker: true, uart1: true, uart2: true,
			});
			this.say("starting…");
			machine.add_listener(`serial${TERMINAL_LINE}-output-byte`,
				(byte) => machine === this.machine && this.hear(byte));
			await new Promise((ready) => machine.add_listener("emulator-loaded", ready));
			if (machine !== this.machine)
				return;
			this.ready = this.running = this.visible = true;
			machine.run();
			performance.mark("live-started");
			this.say("running");
			this.waiting = [...this.commands];
			this.line = "";
			this.terminal.reset();
			for (const letter of this.prompt)
				this.hear(letter.charCodeAt(0));
			this.terminal.focus();
		}

		// The shell asks: type the next command.
		hear(byte) {
			this.terminal.write(Uint8Array.of(byte));
			if (byte === 10)
				performance.mark("live-line", { detail: this.line });
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
			performance.mark("live-run");
			this.drop();
			this.start();
		}

		close() {
			this.drop();
			this.watch.disconnect();
			this.resize.disconnect();
			this.screen.remove();
			this.terminal.dispose();
			this.terminal = null;
			this.transcript.hidden = false;
			this.bar.replaceChildren(this.button, this.status);
			this.button.disabled = false;
			this.say(this.cost());
			this.button.focus();
		}

		// What v86 cannot emulate is an exception, and the machine's end.
		crash(why) {
			this.gone = true;
			this.say(`The machine is gone (${why}): reset it.`);
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
		document.addEventListener("visibilitychange", () => boxes.forEach((box) => box.rest()));
	}

	if (document.readyState === "loading")
		document.addEventListener("DOMContentLoaded", begin);
	else
		begin();
	return { take, boxes };
})();
