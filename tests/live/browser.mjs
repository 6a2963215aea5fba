// browser.mjs - a headless Chromium, driven over its debugging pipe
//
//	const page = await open("file:///…", { width: 390 });
//	await page.run("1 + 1")			a value of the page
//	await page.until("expression", ms)	waits until it is true
//	await page.type("text") page.press("Tab") page.picture(file)
//	page.errors				what the console complained of
//	page.close()
//
// Messages are JSON with a zero byte behind each; no port is opened.

import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

export async function open(url, { width = 1280, height = 900 } = {}) {
	const home = fs.mkdtempSync(path.join(os.tmpdir(), "browser-"));
	const chromium = spawn("chromium", [
		"--headless=new", "--no-sandbox", "--disable-gpu",
		"--disable-dev-shm-usage", "--no-first-run", "--mute-audio",
		`--user-data-dir=${home}`, "--remote-debugging-pipe",
		`--window-size=${width},${height}`, "about:blank",
	], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
	const [, , , commands, answers] = chromium.stdio;
	const waiting = new Map();
	const errors = [];
	let last = 0, rest = "", session;

	function heard(message) {
		if (waiting.has(message.id)) {
			const { done, failed } = waiting.get(message.id);
			waiting.delete(message.id);
			if (message.error)
				failed(new Error(message.error.message));
			else
				done(message.result);
		} else if (message.method === "Runtime.exceptionThrown") {
			const thrown = message.params.exceptionDetails;
			errors.push(thrown.exception?.description ?? thrown.text);
		} else if (message.method === "Log.entryAdded" &&
			   message.params.entry.level === "error") {
			errors.push(message.params.entry.text);
		}
	}

	answers.setEncoding("utf8");
	answers.on("data", (text) => {
		const whole = (rest + text).split("\0");
		rest = whole.pop();
		whole.forEach((one) => heard(JSON.parse(one)));
	});

	function call(method, params = {}) {
		const id = ++last;
		commands.write(JSON.stringify({ id, method, params, sessionId: session }) + "\0");
		return new Promise((done, failed) => waiting.set(id, { done, failed }));
	}

	const { targetInfos } = await call("Target.getTargets");
	const target = targetInfos.find((one) => one.type === "page");
	({ sessionId: session } = await call("Target.attachToTarget",
		{ targetId: target.targetId, flatten: true }));
	await Promise.all([call("Page.enable"), call("Runtime.enable"), call("Log.enable")]);
	await call("Emulation.setDeviceMetricsOverride",
		{ width, height, deviceScaleFactor: 1, mobile: width < 600 });

	const page = {
		errors,
		call,
		async run(expression) {
			const { result, exceptionDetails } = await call("Runtime.evaluate",
				{ expression, awaitPromise: true, returnByValue: true, userGesture: true });
			if (exceptionDetails)
				throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
			return result.value;
		},
		async until(expression, limit) {
			const start = Date.now();
			while (!await page.run(`Boolean(${expression})`)) {
				if (Date.now() - start > limit)
					throw new Error(`not in ${limit} ms: ${expression}`);
				await new Promise((done) => setTimeout(done, 20));
			}
			return Date.now() - start;
		},
		type: (text) => call("Input.insertText", { text }),
		async press(key, code = key, text = undefined) {
			const keyCode = { Enter: 13, Tab: 9, Escape: 27 }[key];
			const event = { key, code, text, windowsVirtualKeyCode: keyCode };
			await call("Input.dispatchKeyEvent", { type: "keyDown", ...event });
			await call("Input.dispatchKeyEvent", { type: "keyUp", ...event });
		},
		async go(to) {
			await call("Page.navigate", { url: to });
			await page.until("document.readyState === 'complete' && location.href !== 'about:blank'", 60000);
		},
		async picture(file) {
			const { data } = await call("Page.captureScreenshot");
			fs.writeFileSync(file, Buffer.from(data, "base64"));
		},
		async close() {
			await Promise.race([call("Browser.close").catch(() => {}),
				new Promise((done) => setTimeout(done, 2000))]);
			chromium.kill("SIGKILL");
			await new Promise((done) => setTimeout(done, 200));
			fs.rmSync(home, { recursive: true, force: true, maxRetries: 5 });
		},
	};
	await page.go(url);
	return page;
}
