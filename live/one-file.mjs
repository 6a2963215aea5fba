// live/one-file.mjs: the whole book and its machines in one HTML file, which
// needs no other: it can be carried on a stick and opened from there.
//
//	node live/one-file.mjs FOLDER >FILE
//
// FOLDER has the pages of make live. Styles, fonts, figures and scripts of the
// page book.html come into it; what a script loads later lies in it as text, in
// an element named after its file.

import fs from "node:fs";
import path from "node:path";

const folder = process.argv[2];
const file = (name) => path.join(folder, name);
const text = (name) => fs.readFileSync(file(name), "utf8");
const KINDS = { svg: "image/svg+xml", woff2: "font/woff2" };

const data = (name) => `data:${KINDS[name.split(".").pop()]};base64,` +
	fs.readFileSync(file(name), "base64");
// A string of a script may say what would end the script.
const script = (attributes, code) =>
	`<script${attributes}>${code.replaceAll("</script", "<\\/script")}</script>`;
const style = (name) => `<style>${text(name)
	.replace(/url\(([^)]+)\)/g, (_, font) => `url(${data(font)})`)}</style>`;
const inside = (html) => html.replaceAll(/"[\w-]+\.html#/g, '"#');

// Where a page begins in this one: at the first name that both have.
let html = text("book.html");
const names = new Set(Array.from(html.matchAll(/ id="([^"]+)"/g), (m) => m[1]));
function start(page) {
	const body = text(page).split("<main")[1];
	for (const [, name] of body.matchAll(/ id="([^"]+)"/g))
		if (names.has(name) && name !== "lg-main")
			return `#${name}`;
	return "#lg-main";
}

const scripts = [];
html = html.replace(/<link rel="stylesheet" href="([^"]+)">/g, (_, name) => style(name))
	.replace(/<script src="([^"]+)" defer([^>]*)><\/script>\n?/g, (_, name, attributes) => {
		scripts.push(script(attributes, text(name)));
		return "";
	})
	.replace(/<ul class="more">[^]*?<\/ul>/, "")
	.replace(/ src="(figures\/[^"]+)"/g, (_, name) => ` src="${data(name)}"`)
	.replace(/ href="([\w-]+\.html)"/g, (_, page) => ` href="${start(page)}"`);

const later = ["search.js", ...fs.readdirSync(file("live"))
	.filter((name) => /^(?!answer-).*\.js$/.test(name)).map((name) => `live/${name}`)];
const kept = later.map((name) => script(` type="text/plain" data-file="${name}"`, inside(text(name))));
const escaped = text("live/licences.txt").replace(/[&<]/g, (c) => ({ "&": "&amp;", "<": "&lt;" })[c]);
const licences = `<details class="licences"><summary>Licences of what runs in this page</summary><pre>${escaped}</pre></details>`;

process.stdout.write(html
	.replace(/<footer>[^]*?<\/footer>/, () => `<footer>${licences}</footer>`)
	.replace("</body>", () => `${[...kept, ...scripts].join("\n")}\n</body>`));
