// html.js - tests of the web edition in headless Chromium, as TAP
//
//	node tests/pages/html.js out/html [FOLDER FOR PICTURES]
"use strict";

const fs = require("fs");
const path = require("path");
const { execFileSync } = require("child_process");
const { open } = require("./browser.js");

const dir = path.resolve(process.argv[2]), work = process.argv[3];
const url = (name) => "file://" + path.join(dir, name);
let tests = 0, failures = 0;

function ok(good, name, ...about) {
	console.log(`${good ? "ok" : "not ok"} ${++tests} - ${name}`);
	if (!good) {
		failures++;
		about.flat().slice(0, 12).forEach((line) => console.log("#   " + line));
	}
	return good;
}

// --- Without a browser: every link leads somewhere, and nowhere outside -----
function links() {
	const files = fs.readdirSync(dir).filter((f) => f.endsWith(".html"));
	const ids = {}, wrong = [], outside = [], twice = [];
	const texts = Object.fromEntries(files.map((f) => [f, fs.readFileSync(path.join(dir, f), "utf8")]));
	for (const [f, text] of Object.entries(texts)) {
		ids[f] = new Set();
		for (const [, id] of text.matchAll(/\sid="([^"]*)"/g)) {
			if (ids[f].has(id))
				twice.push(f + ": " + id);
			ids[f].add(id);
		}
	}
	let count = 0;
	for (const [f, text] of Object.entries(texts)) {
		for (const [all, kind, to] of text.matchAll(/\s(href|src)="([^"]*)"/g)) {
			count++;
			const [page, id] = to.split("#");
			if (/^(https?|ftp|mailto):/.test(to)) {
				if (kind === "src" || text.slice(text.indexOf(all) - 5, text.indexOf(all)) === "<link")
					outside.push(f + ": " + to);
			} else if (to.startsWith("data:")) {
				continue;
			} else if (page && !fs.existsSync(path.join(dir, page))) {
				wrong.push(f + ": " + to);
			} else if (id && !ids[page || f]?.has(id)) {
				wrong.push(f + ": " + to);
			}
		}
	}
	ok(!wrong.length, `each of ${count} links in ${files.length} pages leads somewhere`, wrong);
	ok(!twice.length, "no page has an anchor twice", twice);
	ok(!outside.length, "no page needs anything from outside", outside);
	return files;
}

// The pages of files are the files.
function whole() {
	const entities = { amp: "&", lt: "<", gt: ">", quot: '"' };
	const src = path.join(path.dirname(dir), "weave/student/tangled/src"), wrong = [];
	let count = 0, linked = 0;
	for (const name of execFileSync("find", [src, "-type", "f", "-printf", "%P\\n"], { encoding: "utf8" }).trim().split("\n")) {
		const page = fs.readFileSync(path.join(dir, `file-${name.replaceAll("/", "-")}.html`), "utf8");
		const code = page.match(/<pre [^>]*class="whole"><code>([^]*)<\/code>/)[1];
		linked += code.match(/<a class="line num"/g)?.length ?? 0;
		const text = code.replace(/<a class="line[^]*?<\/a>/g, "").replace(/<[^>]*>/g, "").replace(/&(\w+);/g, (all, e) => entities[e]);
		count += text.split("\n").length;
		if (text + "\n" !== fs.readFileSync(path.join(src, name), "utf8"))
			wrong.push(name);
	}
	ok(count > 1000 && !wrong.length, `the pages of files have all of their ${count} lines`, wrong);
	ok(linked === count, "and each line leads to its chunk", `${count - linked} do not`);
}

// --- In the page -------------------------------------------------------------
// The contrast of each piece of text with what is behind it.
function contrasts() {
	const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
	const parse = (colour) => {
		canvas.clearRect(0, 0, 1, 1);
		canvas.fillStyle = colour;
		canvas.fillRect(0, 0, 1, 1);
		const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
		return [r, g, b, a / 255];
	};
	const light = (c) => {
		const [r, g, b] = c.map((v) => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
		return 0.2126 * r + 0.7152 * g + 0.0722 * b;
	};
	const behind = (e) => {
		const layers = [];
		for (; e; e = e.parentElement) {
			const c = parse(getComputedStyle(e).backgroundColor);
			layers.push(c);
			if (c[3] === 1)
				break;
		}
		return layers.reverse().reduce((below, c) => below.map((v, i) => c[i] * c[3] + v * (1 - c[3])), [255, 255, 255]);
	};
	const bad = new Set(), seen = new Map();
	const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	let count = 0;
	while (walk.nextNode()) {
		const e = walk.currentNode.parentElement;
		if (!walk.currentNode.data.trim() || !e.checkVisibility() || e.closest("svg, script"))
			continue;
		const style = getComputedStyle(e);
		const back = behind(e), key = style.color + back;
		if (!seen.has(key)) {
			const a = light(parse(style.color)), b = light(back);
			seen.set(key, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05));
		}
		count++;
		const size = parseFloat(style.fontSize);
		const large = size >= 24 || size >= 18.66 && +style.fontWeight >= 600;
		if (seen.get(key) < (large ? 3 : 4.5))
			bad.add(`${seen.get(key).toFixed(2)} ${e.tagName}.${e.className} ${style.color} on ${back.map(Math.round)}: ${e.textContent.slice(0, 30)}`);
	}
	return { count, bad: [...bad] };
}

const middle = (what) => {
	const e = document.querySelector(what);
	e.scrollIntoView({ block: "center", behavior: "instant" });
	const box = e.getClientRects()[0];
	return [box.x + box.width / 2, box.y + box.height / 2];
};

const CHAPTER = "H-hypercalls.html";

async function reading(browser) {
	const page = await browser.page(url(CHAPTER));
	ok(await page.run(() => document.fonts.ready.then(() =>
		[...document.fonts].filter((f) => f.status === "loaded").length >= 4)), "the book's own fonts are there");
	ok(await page.run(() => [...document.images].every((i) => i.alt)), "every picture has a text");
	ok(await page.run(() => {
		const levels = [...document.querySelectorAll("h1, h2, h3, h4")].map((h) => +h.tagName[1]);
		return levels[0] === 1 && levels.every((n, i) => !i || n <= levels[i - 1] + 1);
	}), "headings are in order");
	ok(await page.run(() => [...document.querySelectorAll("button, input")].every((b) =>
		b.getAttribute("aria-label") || b.textContent.trim())), "every control has a name");

	// Previews.
	const link = await page.run(() => {
		const a = [...document.querySelectorAll("main p a.tag, main p a.id")].find((x) =>
			!x.getAttribute("href").startsWith("H-hypercalls"));
		a.id = "elsewhere";
		return a.getAttribute("href");
	});
	await page.point(...await page.run(middle, "#elsewhere"));
	ok(await page.until(() => !document.querySelector("#lg-preview").hidden),
		"pointing at a link shows what is elsewhere: " + link);
	ok(await page.run(() => document.querySelector("#lg-preview").textContent.trim().length > 20), "and it is not empty");
	ok(await page.run(() => {
		const b = document.querySelector("#lg-preview").getBoundingClientRect();
		return b.left >= 0 && b.right <= innerWidth;
	}), "and it is inside the window");
	await page.key("Escape");
	ok(await page.run(() => document.querySelector("#lg-preview").hidden), "Escape puts it away");
	await page.point(5, 5);
	await page.run(() => document.querySelector("main h2 .tag").focus());
	let reached = false;
	for (let i = 0; i < 80 && !reached; i++) {
		await page.key("Tab");
		reached = await page.run(() => document.activeElement.matches("pre .use") &&
			document.activeElement.textContent.includes("do one hypercall"));
	}
	ok(reached, "the keyboard reaches a chunk's name");
	ok(await page.until(() => !document.querySelector("#lg-preview").hidden &&
		document.querySelector("#lg-preview code")), "and sees its code");
	ok(await page.run(() => document.activeElement.getAttribute("aria-describedby") === "lg-preview"),
		"and so does who cannot see");

	// A chunk in its place.
	await page.key("Tab");
	ok(await page.run(() => document.activeElement.matches(".more-code")), "behind it is a button");
	await page.key("Enter");
	ok(await page.until(() => document.querySelector(".grown")?.textContent.includes("do_hcall")), "which opens the chunk in its place");
	ok(await page.run(() => document.activeElement.getAttribute("aria-expanded")) === "true", "and says that it is open");
	ok(await page.run(() => document.querySelector(".grown").textContent.includes("clear_hcall") &&
		document.querySelector(".grown .more-code")), "with all its pieces, which open in their turn");
	await page.key("Enter");
	ok(await page.until(() => !document.querySelector(".grown")), "and closes it again");

	// Copied code is code.
	const copied = await page.run(() => {
		const pre = [...document.querySelectorAll("pre.code")].find((p) => p.querySelector(".use") && p.textContent.includes("\t"));
		getSelection().selectAllChildren(pre.querySelector("code"));
		const data = new DataTransfer();
		pre.dispatchEvent(new ClipboardEvent("copy", { clipboardData: data, bubbles: true, cancelable: true }));
		return data.getData("text/plain");
	});
	ok(/<<[^<>⟨]+>>/.test(copied) && copied.includes("\t") && !/[⟨⟩]|>> *\d/.test(copied), "copied code is noweb's, with its tabs", copied.split("\n"));
	ok(!page.errors.length, "no error", page.errors);
	ok(page.requests.every((r) => /^(file|data|about):/.test(r)), "nothing was fetched from anywhere else", page.requests);
	await page.close();
}

async function searching(browser) {
	const page = await browser.page(url(CHAPTER));
	ok(await page.run(() => !document.querySelector('script[src="search.js"]')), "the search's data wait until they are wanted");
	await page.key("/");
	ok(await page.run(() => document.activeElement.matches("#lg-tools input")), "/ goes to the search");
	const answers = async (query) => {
		await page.run(() => { document.querySelector("#lg-tools input").value = "" });
		await page.type(query);
		await page.until((q) => !document.querySelector("#lg-found").hidden &&
			document.querySelector("#lg-tools input").value === q, query);
		return page.run(() => [...document.querySelectorAll("#lg-found a")].map((a) => a.textContent));
	};
	const text = await answers("shadow page table");
	ok(text.length > 2 && text.every((t) => t.length > 10), "words of the text are found", text);
	const tag = await answers("H:100");
	ok(tag[0]?.startsWith("H:100"), "a tag is found", tag);
	const name = await answers("do_hcall");
	ok(name[0]?.startsWith("do_hcall"), "an identifier is found", name);
	const plural = await answers("hypercalls");
	ok(plural.length > 5, "a plural is found", plural);
	const nothing = await answers("quetzalcoatl");
	ok(nothing.length === 0, "what is not there is not found", nothing);
	const ms = await page.run(() => {
		const field = document.querySelector("#lg-tools input");
		field.value = "guest page";
		const t = performance.now();
		field.oninput();
		return Promise.resolve().then(() => performance.now() - t);
	});
	ok(ms < 500, `an answer takes ${ms.toFixed(0)} ms`);
	await answers("do_hcall");
	await page.key("ArrowDown");
	ok(await page.run(() => document.activeElement.matches("#lg-found a")), "an arrow leads to the answers");
	const to = await page.run(() => document.activeElement.href);
	await page.key("Enter");
	ok(await page.until((there) => location.href === there, to), "and Enter to the place");
	ok(!page.errors.length, "no error", page.errors);
	await page.close();
}

async function looks(browser) {
	for (const dark of [false, true]) {
		for (const name of [CHAPTER, "index.html", "P-reading.html", "file-host-core.c.html", "identifiers.html", "M-failures.html"]) {
			const page = await browser.page(url(name), { dark, width: 1500 });
			const { count, bad } = await page.run(contrasts);
			ok(count > 100 && !bad.length, `${name} can be read ${dark ? "at night" : "by day"}`, bad);
			if (work)
				await page.picture(path.join(work, name.replace(".html", dark ? "-dark.png" : ".png")));
			await page.close();
		}
	}
	const page = await browser.page(url(CHAPTER));
	const paper = () => getComputedStyle(document.body).backgroundColor;
	const before = await page.run(paper);
	await page.run(() => document.querySelector("#lg-tools button").click());
	const after = await page.run(paper);
	ok(before !== after, "a button makes it dark");
	await page.go(url("index.html"));
	ok(await page.run(paper) === after, "and it stays so on the next page");
	await page.run(() => localStorage.clear());
	await page.close();
}

async function small(browser, files) {
	const page = await browser.page(url("index.html"), { width: 360, height: 740 });
	const wide = [];
	for (const name of files.filter((f) => !/^(file-|book)/.test(f)).concat("file-host-core.c.html", "book.html")) {
		await page.go(url(name));
		const by = await page.run(() => document.documentElement.scrollWidth - innerWidth);
		if (by > 0)
			wide.push(`${name} by ${by} px`);
	}
	ok(!wide.length, "no page is wider than a small screen", wide);
	await page.go(url(CHAPTER));
	ok(await page.run(() => [...document.querySelectorAll("main p, main pre")].every((e) =>
		parseFloat(getComputedStyle(e).fontSize) >= 12)), "no letters are too small");
	ok(await page.run(() => !document.querySelector("nav").checkVisibility()), "the contents are out of the way");
	await page.click(...await page.run(middle, ".open"));
	ok(await page.until(() => document.querySelector("nav").checkVisibility()), "and one touch away");
	await page.click(...await page.run(middle, "nav li a"));
	ok(await page.until((name) => document.readyState === "complete" && !location.href.includes(name) &&
		document.querySelector("nav")?.checkVisibility() === false, CHAPTER), "and lead on");
	if (work) {
		await page.go(url(CHAPTER));
		await page.picture(path.join(work, "phone.png"));
	}
	ok(!page.errors.length, "no error", page.errors);
	await page.close();
}

// Scripts off: we cannot ask the page, but see what it was laid out to.
async function plain(browser) {
	const page = await browser.page(url(CHAPTER), { scripts: false });
	const file = path.join(work ?? "/tmp", "plain.pdf");
	await page.print(file);
	const text = execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" });
	ok(text.includes("do_hypercalls(struct lg_cpu *cpu)") && text.includes("Used in"), "without scripts the code is there");
	ok(!text.includes("press /"), "and nothing that would not work");
	ok(!/Waking up in ring 1/.test(text), "on paper the contents stay away");
	const lost = text.split("\n").filter((l) => l.includes("LGUEST_SHUTDOWN_POWEROFF"));
	ok(lost.length > 0, "on paper no line is cut off");
	await page.close();
}

(async () => {
	const files = links();
	whole();
	const browser = await open();
	try {
		await reading(browser);
		await searching(browser);
		await looks(browser);
		await small(browser, files);
		await plain(browser);
	} catch (e) {
		ok(false, "the browser does as it is told", e.stack.split("\n"));
	}
	await browser.close();
	console.log("1.." + tests);
	process.exitCode = failures ? 1 : 0;
})();
