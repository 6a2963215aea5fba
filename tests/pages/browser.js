// browser.js - headless Chromium for tests, by its debugging pipe
//
//	const browser = await open();
//	const page = await browser.page("file:///…", { width: 1280 });
//	await page.run(() => document.title);
//
// The pipe carries JSON messages, a zero byte behind each.
"use strict";

const { spawn } = require("child_process");
const fs = require("fs");
const os = require("os");
const path = require("path");

const KEYS = { Tab: 9, Enter: 13, Escape: 27, ArrowUp: 38, ArrowDown: 40 };

async function open() {
	const home = fs.mkdtempSync(path.join(os.tmpdir(), "browser-"));
	const child = spawn("chromium", ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
		"--remote-debugging-pipe", "--user-data-dir=" + home, "about:blank"],
		{ stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
	const waiting = new Map(), listeners = [];
	let number = 0, rest = "";
	child.stdio[4].setEncoding("utf8").on("data", (text) => {
		const messages = (rest + text).split("\0");
		rest = messages.pop();
		for (const m of messages.map((t) => JSON.parse(t))) {
			if (!m.id) {
				listeners.forEach((tell) => tell(m));
				continue;
			}
			const { done, fail, method } = waiting.get(m.id);
			waiting.delete(m.id);
			m.error ? fail(new Error(method + ": " + m.error.message)) : done(m.result);
		}
	});
	const send = (method, params = {}, sessionId) => new Promise((done, fail) => {
		waiting.set(++number, { done, fail, method });
		child.stdio[3].write(JSON.stringify({ id: number, method, params, sessionId }) + "\0");
	});

	async function page(url, { width = 1280, height = 900, scripts = true, dark = false, media = "" } = {}) {
		const { targetId } = await send("Target.createTarget", { url: "about:blank" });
		const { sessionId } = await send("Target.attachToTarget", { targetId, flatten: true });
		const ask = (method, params) => send(method, params, sessionId);
		const errors = [], requests = [];
		let loaded;
		listeners.push((m) => {
			if (m.sessionId !== sessionId)
				return;
			if (m.method === "Page.loadEventFired")
				loaded?.();
			else if (m.method === "Runtime.exceptionThrown")
				errors.push(m.params.exceptionDetails.exception?.description ?? m.params.exceptionDetails.text);
			else if (m.method === "Log.entryAdded" && m.params.entry.level === "error")
				errors.push(m.params.entry.text + " " + (m.params.entry.url ?? ""));
			else if (m.method === "Network.requestWillBeSent")
				requests.push(m.params.request.url);
		});
		for (const domain of ["Page", "Runtime", "Log", "Network"])
			await ask(domain + ".enable");
		await ask("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: width < 700 });
		await ask("Emulation.setScriptExecutionDisabled", { value: !scripts });
		await ask("Emulation.setEmulatedMedia", { media,
			features: [{ name: "prefers-color-scheme", value: dark ? "dark" : "light" }] });
		const p = {
			errors, requests,
			async go(to) {
				const done = new Promise((r) => { loaded = r });
				await ask("Page.navigate", { url: to });
				await done;
			},
			async run(what, ...values) {
				const { result, exceptionDetails } = await ask("Runtime.evaluate", { awaitPromise: true, returnByValue: true,
					expression: `(${what})(${values.map((v) => JSON.stringify(v)).join(",")})` });
				if (exceptionDetails)
					throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
				return result.value;
			},
			// Until it is true, or for ten seconds; a page that is on its way has no answer.
			async until(what, ...values) {
				for (let i = 0; i < 200; i++) {
					const value = await p.run(what, ...values).catch((e) => {
						if (!/navigated/.test(e.message))
							throw e;
					});
					if (value)
						return value;
					await new Promise((r) => setTimeout(r, 50));
				}
				return false;
			},
			async key(key, held) {
				const code = { key, code: key, modifiers: held === "Shift" ? 8 : 0, windowsVirtualKeyCode: KEYS[key] ??
					(/^[a-z0-9 ]$/i.test(key) ? key.toUpperCase().charCodeAt(0) : 0) };
				const text = key === "Enter" ? "\r" : key.length === 1 ? key : undefined;
				await ask("Input.dispatchKeyEvent", { type: "keyDown", text, ...code });
				await ask("Input.dispatchKeyEvent", { type: "keyUp", ...code });
			},
			// Which part of a processor the page takes.
			async busy(ms) {
				const worked = async () => (await ask("Performance.getMetrics")).metrics
					.find((m) => m.name === "ProcessTime").value;
				await ask("Performance.enable");
				const start = [Date.now(), await worked()];
				await new Promise((r) => setTimeout(r, ms));
				return (await worked() - start[1]) / (Date.now() - start[0]) * 1000;
			},
			type: (text) => ask("Input.insertText", { text }),
			point: (x, y) => ask("Input.dispatchMouseEvent", { type: "mouseMoved", x, y }),
			async click(x, y) {
				for (const type of ["mousePressed", "mouseReleased"])
					await ask("Input.dispatchMouseEvent", { type, x, y, button: "left", clickCount: 1 });
			},
			async picture(file) {
				const { data } = await ask("Page.captureScreenshot", {});
				fs.writeFileSync(file, Buffer.from(data, "base64"));
			},
			async print(file) {
				const { data } = await ask("Page.printToPDF", { preferCSSPageSize: true });
				fs.writeFileSync(file, Buffer.from(data, "base64"));
			},
			close: () => send("Target.closeTarget", { targetId }),
		};
		await p.go(url);
		return p;
	}

	async function close() {
		const gone = new Promise((r) => child.once("exit", r));
		await send("Browser.close").catch(() => child.kill());
		await gone;
		fs.rmSync(home, { recursive: true, force: true, maxRetries: 5 });
	}

	return { page, close };
}

module.exports = { open };
