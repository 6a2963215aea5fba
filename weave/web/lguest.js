// lguest.js - what a page can do beyond being read: previews of what a link
// leads to, chunks that open in their place, search, a choice of light.
//
// Without it every link still leads where it says. Nothing is fetched but
// scripts of this folder, so that it works from file:// too: data/NAME.js calls
// lguest.take() with the chunks and sections of a page, search.js lguest.search().
"use strict";

const lguest = (() => {
	const make = (name, properties) => Object.assign(document.createElement(name), properties);
	const here = document.body.dataset.page;
	const known = {};	// id -> HTML, of other pages
	const loading = {};	// script -> promise

	// In the book that is one file, the others lie in it as text.
	const load = (src) => loading[src] ||= new Promise((done) => {
		const inside = document.querySelector(`script[data-file="${src}"]`);
		document.head.append(make("script", inside ? { text: inside.text } :
			{ src, onload: done, onerror: done }));
		if (inside)
			done();
	});

	// What an anchor of the book looks like, as an element, or nothing.
	async function look(link) {
		const [page, id] = link.getAttribute("href").split("#");
		const name = page.replace(/\.html$/, "");
		let found = !page || name === here || here === "book" ? document.getElementById(id) : null;
		if (found && /^H\d$/.test(found.tagName))
			found = section(found);
		else if (found)
			found = found.cloneNode(true);
		if (!found && name && id) {
			if (!(id in known))
				await load(`data/${name}.js`);
			if (id in known) {
				found = make("div", { innerHTML: known[id] });
				found = found.querySelector(".chunk") ?? found;
			}
		}
		found?.removeAttribute("id");
		found?.querySelectorAll(".more-code, .grown").forEach((e) => e.remove());
		return found;
	}

	function section(heading) {
		const box = make("div");
		box.append(make("h4", { textContent: heading.textContent }));
		let next = heading.nextElementSibling;
		while (next && !/^(P|H\d)$/.test(next.tagName))
			next = next.nextElementSibling;
		if (next?.tagName === "P")
			box.append(next.cloneNode(true));
		return box;
	}

	// Previews, by pointer and by keyboard ---------------------------------
	const preview = make("div", { id: "lg-preview", hidden: true });
	preview.setAttribute("role", "tooltip");
	let timer, asked;
	const shows = "main a:is(.use, .id, .tag, .num, .fig)";

	function hide() {
		clearTimeout(timer);
		asked?.removeAttribute("aria-describedby");
		asked = null;
		preview.hidden = true;
	}

	async function show(link) {
		hide();
		asked = link;
		const content = await look(link);
		if (!content || asked !== link)
			return;
		preview.replaceChildren(content);
		preview.hidden = false;
		const def = [...preview.querySelectorAll(".def")].find((d) => d.textContent === link.firstChild.textContent);
		preview.scrollTop = def ? def.offsetTop - 60 : 0;
		link.setAttribute("aria-describedby", "lg-preview");
		const at = link.getBoundingClientRect(), box = preview.getBoundingClientRect();
		const wide = document.documentElement.clientWidth;
		const below = at.bottom + 6 + box.height < innerHeight || at.top < box.height;
		preview.style.left = scrollX + Math.max(8, Math.min(at.left, wide - box.width - 8)) + "px";
		preview.style.top = scrollY + (below ? at.bottom + 6 : at.top - box.height - 6) + "px";
	}

	const wait = (time, what) => { clearTimeout(timer); timer = setTimeout(what, time) };
	let pointer;		// where it was: a page that scrolls below it is no wish
	document.addEventListener("pointerover", (e) => {
		const at = e.screenX + " " + e.screenY;
		if (e.pointerType === "touch" || at === pointer)
			return;
		pointer = at;
		const link = e.target.closest(shows);
		if (link && link !== asked)
			wait(180, () => show(link));
		else if (e.target.closest("#lg-preview") || link)
			clearTimeout(timer);
		else
			wait(200, hide);
	});
	document.addEventListener("focusin", (e) => {
		const link = e.target.closest(shows);
		if (link?.matches(":focus-visible"))
			wait(120, () => show(link));
		else if (!e.target.closest("#lg-preview"))
			hide();
	});

	// Chunks that open where they are used ----------------------------------
	function columns(text) {
		let n = 0;
		for (const c of text)
			n += c === "\t" ? 8 - n % 8 : 1;
		return n;
	}

	// All the code of a chunk: what a link leads to, and what continues it.
	async function whole(link) {
		const code = document.createDocumentFragment();
		while (link) {
			const chunk = await look(link);
			const part = chunk?.querySelector("code");
			if (!part)
				break;
			code.append(code.hasChildNodes() ? "\n" : "", ...part.childNodes);
			link = chunk.querySelector("a.next");
		}
		return code;
	}

	async function toggle(button) {
		const grown = button.nextElementSibling;
		if (grown?.matches(".grown")) {
			grown.remove();
		} else {
			const range = document.createRange();
			range.setStart(button.closest("code"), 0);
			range.setEndBefore(button.previousElementSibling);
			const box = make("span", { className: "grown" });
			const before = button.closest(".grown");
			if (before)
				range.setStart(before, 0);
			box.style.marginLeft = columns(range.toString().split("\n").pop()) + "ch";
			box.append(await whole(button.previousElementSibling));
			button.after(box);
			buttons(box);
		}
		const open = button.nextElementSibling?.matches(".grown") ?? false;
		button.setAttribute("aria-expanded", open);
		button.textContent = open ? "−" : "+";
	}

	function buttons(within) {
		for (const link of within.querySelectorAll("pre.code .use, .grown .use")) {
			if (link.nextElementSibling?.matches(".more-code"))
				continue;
			const button = make("button", { className: "more-code", type: "button", textContent: "+" });
			button.setAttribute("aria-expanded", "false");
			button.setAttribute("aria-label", "Show here: " + link.textContent);
			button.onclick = () => toggle(button);
			link.after(button);
		}
	}

	// What is copied is the code, not what we hung on it.
	document.addEventListener("copy", (e) => {
		const range = getSelection().rangeCount && getSelection().getRangeAt(0);
		if (!range || !range.commonAncestorContainer.parentElement?.closest("pre.code"))
			return;
		const box = make("div");
		box.append(range.cloneContents());
		box.querySelectorAll(".more-code, .use small, .sign").forEach((x) => x.remove());
		e.clipboardData.setData("text/plain", box.textContent.replace(/⟨(.*?) ?⟩ */g, "<<$1>>"));
		e.preventDefault();
	});

	// Search -----------------------------------------------------------------
	const field = make("input", { type: "search", placeholder: "Search (press /)" });
	field.setAttribute("aria-label", "Search the book");
	field.setAttribute("aria-controls", "lg-found");
	const found = make("div", { id: "lg-found", hidden: true });
	found.setAttribute("aria-live", "polite");
	let sections, names;

	const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
	const times = (text, word) => text.match(word)?.length ?? 0;

	// Each word must occur, whole or as a beginning; titles count most.
	function ask(query) {
		const words = query.match(/[\w:%]+/g) ?? [];
		const begins = words.map((w) => new RegExp("(?<![a-z0-9])" + escape(w.replace(/(?<=...)s$/, "")), "gi"));
		const hits = [], phrase = new RegExp(begins.map((w) => w.source).join("\\w* "), "gi");
		for (const [tag, title, href, text, code] of sections) {
			const scores = begins.map((w) => 40 * times(tag, w) + 12 * times(title, w) +
				times(code, w) + Math.min(10, 2 * times(text, w)));
			if (words.length && scores.every((s) => s))
				hits.push({ tag, title, href, text, score: scores.reduce((a, b) => a + b) + 15 * times(text, phrase) });
		}
		hits.sort((a, b) => b.score - a.score);
		const wanted = query.trim().toLowerCase();
		const defs = wanted ? names.filter(([n]) => n.toLowerCase().startsWith(wanted)).slice(0, 6) : [];
		return { hits: hits.slice(0, 30), all: hits.length, defs, begins };
	}

	function excerpt(text, begins) {
		const at = Math.max(0, Math.min(...begins.map((w) => text.search(w)).filter((n) => n >= 0), text.length) - 60);
		const from = at ? text.indexOf(" ", at) + 1 : 0;
		const small = make("small"), piece = text.slice(from, from + 170);
		const any = new RegExp(begins.map((w) => w.source).join("|"), "gi");
		let last = 0;
		for (const m of piece.matchAll(any)) {
			small.append(piece.slice(last, m.index), make("mark", { textContent: m[0] }));
			last = m.index + m[0].length;
		}
		small.append(piece.slice(last), from + 170 < text.length ? "…" : "");
		return small;
	}

	async function answer() {
		if (!field.value.trim())
			return void (found.hidden = true);
		await load("search.js");
		if (!sections)
			return;
		const { hits, all, defs, begins } = ask(field.value);
		found.replaceChildren(make("p", { textContent: all + (all === 1 ? " section" : " sections") +
			(defs.length ? ", " + defs.length + " names" : "") }));
		for (const [name, href, number] of defs) {
			const a = make("a", { href });
			a.append(make("code", { textContent: name }), ` is defined in ${number}`);
			found.append(a);
		}
		for (const { tag, title, href, text } of hits) {
			const a = make("a", { href });
			a.append(make("b", { textContent: tag ? tag + " " : "", className: "tag " + tag[0] }), title, excerpt(text, begins));
			a.onclick = () => { found.hidden = true };
			found.append(a);
		}
		found.hidden = false;
	}
	field.oninput = answer;
	field.onfocus = () => { load("search.js"); answer() };

	// Keys: / searches, arrows walk the answers, Escape puts away.
	document.addEventListener("keydown", (e) => {
		const typing = e.target.matches("input, textarea, [contenteditable]");
		if (e.key === "/" && !typing && !e.ctrlKey && !e.metaKey) {
			e.preventDefault();
			field.focus();
		} else if (e.key === "Escape") {
			hide();
			found.hidden = true;
		} else if (/^Arrow(Up|Down)$/.test(e.key) && !found.hidden &&
			   (e.target === field || found.contains(e.target))) {
			const all = [field, ...found.querySelectorAll("a")];
			const next = all.indexOf(document.activeElement) + (e.key === "ArrowDown" ? 1 : -1);
			all[Math.max(0, Math.min(next, all.length - 1))].focus();
			e.preventDefault();
		} else if (e.key === "Enter" && e.target === field) {
			found.querySelector("a")?.click();
		}
	});
	document.addEventListener("pointerdown", (e) => {
		if (!e.target.closest("#lg-found, #lg-tools"))
			found.hidden = true;
	});

	// Light and dark ---------------------------------------------------------
	const light = make("button", { type: "button", textContent: "◐", title: "Light or dark" });
	light.setAttribute("aria-label", "Light or dark");
	light.onclick = () => {
		const root = document.documentElement;
		const dark = root.style.colorScheme ? root.style.colorScheme === "dark" :
			matchMedia("(prefers-color-scheme: dark)").matches;
		root.style.colorScheme = dark ? "light" : "dark";
		try { localStorage.lguestTheme = root.style.colorScheme } catch { /* then not */ }
	};

	document.getElementById("lg-tools").append(field, light);
	document.body.append(preview, found);
	buttons(document);
	const menu = document.getElementById("lg-menu"), now = menu.querySelector("[aria-current]");
	if (now)
		menu.scrollTop = now.offsetTop - menu.clientHeight / 2;

	return {
		take: (more) => Object.assign(known, more),
		search: (s, n) => { sections = s; names = n },
	};
})();
