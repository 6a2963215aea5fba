// page.js - the machines in the pages, as readers have them, in headless Chromium
//
//	node tests/live/page.js OUT/live [FOLDER FOR PICTURES]
//
// Prints TAP. The machines run in real time, and so the limits are generous;
// what is promised of a quiet machine is printed beside them.
"use strict";

const fs = require("fs");
const http = require("http");
const os = require("os");
const path = require("path");
const { open } = require("../pages/browser.js");

const live = path.resolve(process.argv[2]), web = path.join(live, "web");
const pictures = process.argv[3];
const LIMIT = 180;		// seconds
let tests = 0, failures = 0, served;

function ok(good, name, about) {
	console.log(`${good ? "ok" : "not ok"} ${++tests} - ${name}`);
	if (!good) {
		failures++;
		console.log("#   " + JSON.stringify(about));
	}
	return good;
}

async function wait(page, seconds, what, ...values) {
	const start = Date.now();
	while (Date.now() - start < seconds * 1000) {
		if (await page.run(what, ...values))
			return Date.now() - start || 1;
		await new Promise((done) => setTimeout(done, 50));
	}
	return 0;
}

const clean = (page) => ok(!page.errors.length, "the console has nothing to complain of", page.errors);
const shoot = async (page, name) => pictures && page.picture(path.join(pictures, `live-${name}.png`));

// What is done and asked in the page; n is which of its blocks.
const show = (n) => document.querySelectorAll("aside.run")[n].scrollIntoView({ block: "center" });
const press = (page, box, label) => page.run((n, text) => {
	const block = document.querySelectorAll("aside.run")[n];
	block.scrollIntoView({ block: "center" });
	[...block.querySelectorAll("button")].find((one) => one.textContent === text).click();
}, box, label);
const seen = (n, text) => document.querySelectorAll("aside.run")[n]
	.querySelector(".xterm-rows")?.textContent.replaceAll("\u00a0", " ").includes(text);
// Since Run or Reset was pressed for the last time, a line has said TEXT.
const answered = (text) => {
	const marks = performance.getEntriesByType("mark");
	const run = marks.filter((m) => m.name === "live-run").pop().startTime;
	return marks.some((m) => m.startTime > run && (m.detail ?? "").includes(text));
};
const says = (n, text) => document.querySelectorAll("aside.run")[n]
	.querySelector(".live-status").textContent.includes(text);
const inTerminal = () => !!document.activeElement.closest(".live-screen");
const place = (text) => {
	const button = [...document.querySelectorAll("aside.run button")].find((one) => one.textContent === text);
	const { left, top, width, height } = button.getBoundingClientRect();
	return [left + width / 2, top + height / 2];
};
// From the last time that Run or Reset was pressed to a line that says TEXT.
const time = (text) => {
	const marks = performance.getEntriesByType("mark");
	const run = marks.filter((m) => m.name === "live-run").pop().startTime;
	const after = (name, detail) => Math.round((marks.find((m) => m.startTime >= run &&
		m.name === name && (m.detail ?? "").includes(detail))?.startTime ?? NaN) - run);
	return `machine ready after ${after("live-started", "")} ms, "${text}" after ${after("live-line", text)} ms`;
};

async function type(page, text) {
	for (const letter of text)
		await page.key(letter);
	await page.key("Enter");
}

async function oneBlock(browser) {
	const page = await browser.page(served("G-hypercalls.html"));
	ok(!page.requests.some((r) => r.includes("/live/")), "nothing is loaded before Run is pressed", page.requests);
	ok(await page.run(() => document.querySelector("aside.run pre").innerText.startsWith("host# ")),
		"the transcript is there to be read");
	ok(await page.run(says, 0, "loads 4."), "beside the button stands what it loads");
	await page.run(show, 0);
	await shoot(page, "before");
	await press(page, 0, "Run");
	ok(await wait(page, LIMIT, seen, 0, "hello from ring 1"), "a Guest speaks from ring 1");
	console.log(`# loading all: ${await page.run(time, "hello")}`);
	ok(await wait(page, LIMIT, seen, 0, "bad hypercall 9999"), "the second command follows");
	ok(page.requests.filter((r) => r.includes("/live/")).map((r) => path.basename(r)).sort().join(" ") ===
		"host.js parts.js", "loaded was what had to be", page.requests);
	await press(page, 0, "Reset");
	await wait(page, LIMIT, answered, "hello from ring 1");
	console.log(`# all loaded: ${await page.run(time, "hello")} (600 on a quiet machine)`);
	ok(await wait(page, LIMIT, answered, "bad hypercall 9999"), "it is reset, and runs again");
	await type(page, "echo $((6 * 7)) ring");
	ok(await wait(page, LIMIT, seen, 0, "42 ring"), "what is typed reaches the Host's shell");
	await shoot(page, "block");
	await rest(page);
	await keyboard(page);
	await fullScreen(page);
	await crash(page);
	await press(page, 0, "Close");
	ok(await page.run(() => !document.querySelector("aside.run pre").hidden &&
		document.activeElement.textContent === "Run"), "closed, the transcript is back");
	clean(page);
	await page.close();
}

// How much of its time the page's thread is busy: at rest in the shell, and out
// of sight, where the machine is stopped.
async function rest(page) {
	const idle = await page.busy(3000);
	console.log(`# at rest the machine takes ${(100 * idle).toFixed(1)} % of a processor`);
	ok(idle < 0.2, "a machine with nothing to do takes little of the processor", idle);
	await page.run(() => window.scrollTo(0, 0));
	ok(await wait(page, 20, says, 0, "out of sight"), "out of sight it is stopped");
	const done = () => lguestLive.boxes[0].machine.get_instruction_counter();
	const before = await page.run(done);
	await new Promise((ready) => setTimeout(ready, 1000));
	ok(await page.run(done) === before, "... and does not do one instruction");
	await page.run(show, 0);
	ok(await wait(page, 20, says, 0, "running"), "and goes on when it is seen again");
}

async function keyboard(page) {
	await page.run(() => document.querySelector(".xterm-helper-textarea").focus());
	await page.key("Tab");
	ok(await page.run(inTerminal), "Tab is the shell's");
	await page.key("Tab", "Shift");
	ok(await page.run(() => document.activeElement.textContent === "Close"), "Shift-Tab leaves, backwards",
		await page.run(() => document.activeElement.outerHTML));
	await page.key("Tab");
	ok(await page.run(inTerminal), "Tab comes back");
	await page.key("Escape");
	await page.key("Tab");
	ok(!await page.run(inTerminal), "Escape and Tab leave, forwards");
	ok(await page.run(() => document.querySelector(".live-screen").getAttribute("role") === "region" &&
		document.querySelector(".xterm-helper-textarea").getAttribute("aria-label").includes("Escape") &&
		document.querySelector(".live-status").getAttribute("role") === "status"), "a screen reader is told what is what");
	ok(await page.run(() => document.querySelector(".xterm-accessibility-tree")
		.textContent.replaceAll("\u00a0", " ").includes("42 ring")), "... and what is on the screen");
}

async function fullScreen(page) {
	const size = () => Number.parseFloat(getComputedStyle(document.querySelector(".xterm-rows")).fontSize);
	const before = await page.run(size);
	await page.click(...await page.run(place, "Full screen"));
	ok(await page.until(() => document.fullscreenElement?.className === "live-screen"), "it fills the screen");
	ok(await page.until((small) => Number.parseFloat(getComputedStyle(
		document.querySelector(".xterm-rows")).fontSize) > small, before), "... in larger letters");
	await shoot(page, "full");
	await page.run(() => document.exitFullscreen());
	ok(await page.until((small) => Number.parseFloat(getComputedStyle(
		document.querySelector(".xterm-rows")).fontSize) === small, before), "... and no longer",
		[before, await page.run(size)]);
}

// A prompt with nothing behind it. A shell that waits for what may follow an
// Escape takes all that comes within 50 ms of its time, so it is asked again.
async function fresh(page) {
	const prompts = () => document.querySelector(".xterm-rows").innerText.split("host#").length;
	const more = (before) => document.querySelector(".xterm-rows").innerText.split("host#").length > before;
	const before = await page.run(prompts);
	for (let i = 0; i < 10; i++) {
		await page.key("Enter");
		if (await wait(page, 3, more, before))
			return;
	}
}

// What v86 cannot do ends the machine, but not the page.
async function crash(page) {
	await page.run(() => document.querySelector(".xterm-helper-textarea").focus());
	await fresh(page);	// what has been typed is not meant
	await type(page, "lguest 16 /guests/attacks attack=return_to_ring0");
	ok(await wait(page, LIMIT, says, 0, "The machine is gone"), "a machine that is gone is said to be",
		await page.run(() => document.querySelector("aside.run").innerText));
	await press(page, 0, "Reset");
	ok(await wait(page, LIMIT, answered, "bad hypercall 9999"), "... and can be had again");
}

async function linux(browser) {
	const page = await browser.page(served("G-linux-build.html"), { dark: true });
	await press(page, 0, "Run");
	ok(await wait(page, LIMIT, seen, 0, "guest# "), "a Linux Guest's shell");
	ok(await wait(page, LIMIT, seen, 0, "Linux 6.1."), "... does what it is told");
	console.log(`# loading all: ${await page.run(time, "Linux 6.1.")} (3000 on a quiet machine)`);
	await wait(page, LIMIT, (n) => /guest# *$/.test(document.querySelectorAll("aside.run")[n]
		.querySelector(".xterm-rows").textContent.replaceAll("\u00a0", " ").trim()), 0);
	await type(page, "echo $((6 * 7)) in ring $((1 + 2)) >/tmp/said; cat /tmp/said");
	ok(await wait(page, LIMIT, seen, 0, "42 in ring 3"), "what is typed reaches it, and it answers");
	await shoot(page, "linux-dark");
	clean(page);
	await page.close();
}

async function twoBlocks(browser) {
	const page = await browser.page(served("M-failures.html"));
	const boxes = await page.run(() => document.querySelectorAll("aside.run").length);
	ok(boxes >= 2, `on one page there are ${boxes}`);
	await press(page, 0, "Run");
	ok(await wait(page, LIMIT, seen, 0, "a page of the Host is there"), "in one of them a failure is seen");
	await press(page, 1, "Run");
	ok(await wait(page, LIMIT, seen, 1, "instead of"), "beside it, another");
	await page.run(show, 0);
	ok(await page.run(seen, 0, "a page of the Host is there"), "the first is as it was left");
	clean(page);
	await page.close();
}

async function smallScreen(browser) {
	const page = await browser.page(served("G-hypercalls.html"), { width: 390, height: 800 });
	await press(page, 0, "Run");
	ok(await wait(page, LIMIT, seen, 0, "hello from ring 1"), "it runs on a small screen");
	ok(await page.run(() => document.documentElement.scrollWidth <= window.innerWidth),
		"and the page is no wider than that");
	ok(await page.run(() => Number.parseFloat(getComputedStyle(document.querySelector(".xterm-rows")).fontSize) >= 11),
		"and its letters can be read");
	await wait(page, LIMIT, seen, 0, "9999");
	await shoot(page, "small");
	await page.close();
}

async function withoutScripts(browser) {
	const page = await browser.page(served("G-hypercalls.html"), { scripts: false });
	await shoot(page, "no-scripts");
	await page.close();
	const text = fs.readFileSync(path.join(web, "G-hypercalls.html"), "utf8");
	ok(/<aside class="box run">[^]*hello from ring 1/.test(text), "without scripts the transcript is there");
}

// Alone in a folder, and opened from there.
async function oneFile(browser) {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), "book-"));
	fs.copyFileSync(path.join(live, "lguest.html"), path.join(folder, "lguest.html"));
	const page = await browser.page("file://" + path.join(folder, "lguest.html"));
	const n = await page.run(() => [...document.querySelectorAll("aside.run")]
		.findIndex((box) => box.textContent.includes("bad-data-segment")));
	await page.run((box) => document.querySelectorAll("aside.run")[box].querySelector("button").focus(), n);
	await page.key("Enter");
	ok(await wait(page, LIMIT, seen, n, "trap 13 in the Switcher"), "the one file runs a Guest, which dies");
	console.log(`# from one file: ${await page.run(time, "trap 13")}`);
	await shoot(page, "one-file");
	const others = page.requests.filter((r) => !r.startsWith("data:") && !r.startsWith("blob:") && !r.endsWith("/lguest.html"));
	ok(!others.length, "it asks for nothing outside", others);
	ok(await page.run(() => [...document.querySelectorAll("nav a, footer a, main a")].every((a) =>
		a.getAttribute("href").startsWith("#") || /^https?:/.test(a.href))), "and leads nowhere outside",
		await page.run(() => [...document.querySelectorAll("nav a, footer a, main a")].map((a) => a.getAttribute("href"))
			.filter((h) => !h.startsWith("#")).slice(0, 5)));
	clean(page);
	await page.close();
	fs.rmSync(folder, { recursive: true });
}

async function answer(browser) {
	const [name] = fs.readdirSync(web).filter((file) => /^answer-.*\.html$/.test(file));
	const page = await browser.page(served(name));
	await press(page, 0, "Run");
	ok(await wait(page, LIMIT, seen, 0, "see|"), `a student's own answer runs in ${name}`);
	await shoot(page, "answer");
	clean(page);
	await page.close();
}

// What it costs to have it in a page, and to press it.
function sizes() {
	const size = (name) => fs.statSync(path.join(web, name)).size;
	const kept = size("live.js") + size("live.css") + size("G-hypercalls.html") -
		fs.statSync(path.join(live, "../html/G-hypercalls.html")).size;
	ok(kept <= 20000, `a page with a block that nobody presses is ${kept} bytes larger`);
	const all = ["parts.js", "host.js"].map((f) => size("live/" + f))
		.reduce((a, b) => a + b);
	ok(all < 5e6, `the first run loads ${all} bytes`);
	console.log(`# a Linux Guest in place of the Host: ${size("live/guest.js")} bytes`);
	console.log(`# all in one file: ${fs.statSync(path.join(live, "lguest.html")).size} bytes`);
}

// A web server that knows nothing: any one will do.
async function serve() {
	const kinds = { html: "text/html", js: "text/javascript", css: "text/css",
		svg: "image/svg+xml", woff2: "font/woff2" };
	const server = http.createServer((request, response) => {
		const file = path.join(web, path.normalize(decodeURI(request.url.split("?")[0])));
		response.setHeader("content-type", kinds[file.split(".").pop()] ?? "text/plain");
		fs.createReadStream(file).on("error", () => response.writeHead(404).end()).pipe(response);
	});
	await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
	served = (name) => `http://127.0.0.1:${server.address().port}/${name}`;
	return server;
}

(async () => {
	sizes();
	const server = await serve();
	const browser = await open();
	for (const part of [oneBlock, linux, twoBlocks, smallScreen, withoutScripts, oneFile, answer])
		await part(browser).catch((error) => ok(false, part.name, error.message));
	await browser.close();
	server.close();
	server.closeAllConnections();
	console.log(`1..${tests}`);
	process.exit(failures ? 1 : 0);
})();
