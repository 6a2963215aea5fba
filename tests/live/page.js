// page.js - the machine in the page, as readers have it, in headless Chromium
//
//	node tests/live/page.js out/live/web [FOLDER FOR PICTURES]
//
// Prints TAP. The machine runs in real time, and so the limits are generous;
// what is promised of a quiet machine is printed beside them.
"use strict";

const fs = require("fs");
const path = require("path");
const { open } = require("../pages/browser.js");

const dir = path.resolve(process.argv[2]), pictures = process.argv[3];
const url = (name) => "file://" + path.join(dir, name);
let tests = 0, failures = 0;

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
		await new Promise((done) => setTimeout(done, 20));
	}
	return 0;
}

const press = (page, box, label) => page.run((n, text) => {
	const button = [...document.querySelectorAll("aside.run")[n].querySelectorAll("button")]
		.find((one) => one.textContent === text);
	button.scrollIntoView();
	button.click();
}, box, label);
const seen = (n, text) => document.querySelectorAll("aside.run")[n]
	.querySelector(".xterm-rows")?.textContent.replaceAll("\u00a0", " ").includes(text);
const unseen = (n, text) => !document.querySelectorAll("aside.run")[n]
	.querySelector(".xterm-rows").textContent.replaceAll("\u00a0", " ").includes(text);
const says = (n, text) => document.querySelectorAll("aside.run")[n]
	.querySelector(".live-status").textContent.includes(text);

async function oneBlock(browser) {
	const page = await browser.page(url("G-hypercalls.html"));
	ok(!page.requests.some((r) => r.startsWith(url("live/"))), "nothing is loaded before Run is pressed", page.requests);
	ok(await page.run(() => document.querySelector("aside.run pre").innerText.startsWith("host# ")),
		"the transcript is there to be read");
	let start = Date.now();
	await press(page, 0, "Run");
	ok(await wait(page, 60, seen, 0, "hello from ring 1"), "a Guest speaks from ring 1");
	console.log(`# loaded, and its first line: ${Date.now() - start} ms`);
	ok(await wait(page, 60, seen, 0, "bad hypercall 9999"), "the second command follows");
	start = Date.now();
	await press(page, 0, "Run again");
	await wait(page, 60, unseen, 0, "hello from ring 1");
	await wait(page, 60, seen, 0, "hello from ring 1");
	console.log(`# run again, to its first line: ${Date.now() - start} ms (600 on a quiet machine)`);
	ok(await wait(page, 60, seen, 0, "bad hypercall 9999"), "it runs again");
	for (const letter of "echo $((6 * 7)) ring")
		await page.key(letter);
	await page.key("Enter");
	ok(await wait(page, 60, seen, 0, "42 ring"), "what is typed reaches the Host's shell");
	if (pictures)
		await page.picture(path.join(pictures, "live-block.png"));

	await page.run(() => window.scrollTo(0, 0));
	await page.run(() => document.querySelector("h1, h2").scrollIntoView());
	ok(await wait(page, 20, says, 0, "out of sight"), "out of sight it is stopped");
	await page.run(() => document.querySelector("aside.run").scrollIntoView());
	ok(await wait(page, 20, says, 0, "running"), "and goes on when it is seen again");
	await press(page, 0, "Close");
	ok(await page.run(() => !document.querySelector("aside.run pre").hidden &&
		document.activeElement.textContent === "Run"), "closed, the transcript is back");
	ok(!page.errors.length, "the console has nothing to complain of", page.errors);
	await page.close();
}

async function twoBlocks(browser) {
	const page = await browser.page(url("book.html"));
	const boxes = await page.run(() => document.querySelectorAll("aside.run").length);
	ok(boxes >= 6, `on one page there are ${boxes}`);
	await page.run(() => document.querySelectorAll("aside.run")[1].scrollIntoView());
	await press(page, 1, "Run");
	ok(await wait(page, 60, seen, 1, "bad hypercall 9999"), "one of them runs");
	await page.run((n) => document.querySelectorAll("aside.run")[n].scrollIntoView(), boxes - 1);
	await press(page, boxes - 1, "Run");
	ok(await wait(page, 60, seen, boxes - 1, "trap 13 in the Switcher"), "beside it another, in which a Guest dies");
	ok(await page.run(seen, 1, "bad hypercall 9999"), "the first is as it was left");
	ok(!page.errors.length, "the console has nothing to complain of", page.errors);
	await page.close();
}

async function smallScreen(browser) {
	const page = await browser.page(url("G-hypercalls.html"), { width: 390, height: 800 });
	await press(page, 0, "Run");
	ok(await wait(page, 60, seen, 0, "hello from ring 1"), "it runs on a small screen");
	ok(await page.run(() => document.documentElement.scrollWidth <= window.innerWidth),
		"and the page is no wider than that");
	if (pictures) {
		await page.run(() => document.querySelector("aside.run").scrollIntoView());
		await page.picture(path.join(pictures, "live-small.png"));
	}
	await page.close();
}

async function byKeyboard(browser) {
	const page = await browser.page(url("G-hypercalls.html"));
	await page.run(() => document.querySelector("aside.run button").focus());
	await page.key("Enter");
	ok(await wait(page, 60, seen, 0, "hello from ring 1"), "Enter presses Run");
	await page.close();
}

async function withoutScripts(browser) {
	const page = await browser.page(url("G-hypercalls.html"), { scripts: false });
	if (pictures)
		await page.picture(path.join(pictures, "live-no-scripts.png"));
	await page.close();
	const text = fs.readFileSync(path.join(dir, "G-hypercalls.html"), "utf8");
	ok(/<aside class="box run">[^]*hello from ring 1/.test(text), "without scripts the transcript is there");
}

// What it costs to have it in a page, and to press it.
function sizes() {
	const size = (name) => fs.statSync(path.join(dir, name)).size;
	const kept = size("live.js") + size("live.css");
	ok(kept <= 20000, `a page with a block that nobody presses is ${kept} bytes larger`);
	const all = ["parts.js", "host.js"].map((f) => size("live/" + f))
		.reduce((a, b) => a + b);
	ok(all < 5e6, `the first run loads ${all} bytes`);
}

(async () => {
	sizes();
	const browser = await open();
	for (const part of [oneBlock, twoBlocks, smallScreen, byKeyboard, withoutScripts])
		await part(browser).catch((error) => ok(false, part.name, error.message));
	await browser.close();
	console.log(`1..${tests}`);
	process.exit(failures ? 1 : 0);
})();
