// The whole way of a draft through `stratlint serve` in Debian's chromium, as JSON on standard output.
// Usage: node serve.mjs ADDRESS FOLDER, FOLDER with draft.docx, better.docx, draft.pdf.
import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";

const MODES = {
  light: {},
  dark: { colorScheme: "dark" },
  narrow: { viewport: { width: 390, height: 800 } },
  forced: { forcedColors: "active" },
  noscript: {},
};
const [address, folder] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = await chromium.launch({
  executablePath: process.env.STRATLINT_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
const base = new URL(address).origin;
const out = { axe: {}, wide: {}, messages: [], foreign: [], way: {} };
const watched = async (context) => {
  // Three test processes share two cores: a page may be long in coming, and is no fault.
  context.setDefaultTimeout(180_000);
  const page = await context.newPage();
  page.on("console", (message) => out.messages.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => out.messages.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (new URL(request.url()).origin !== base) out.foreign.push(request.url());
  });
  return page;
};
const desk = await browser.newContext({ viewport: { width: 1280, height: 900 } });
const page = await watched(desk);
await page.goto(address);
out.way.entered = page.url() === `${base}/`;

const put = async (page, file) => {
  await page.goto(`${base}/`);
  await page.setInputFiles("#file", typeof file === "string" ? join(folder, file) : file);
  await page.click("form.put button[type=submit]");
};
const read = (page) => page.waitForSelector("article.finding", { timeout: 120_000 });

// A Word draft, by keyboard from the first remark on.
await page.goto(`${base}/`);
await page.setInputFiles("#file", join(folder, "draft.docx"));
await page.fill("#region", "North East");
await page.click("form.put button[type=submit]");
await read(page);
const word = new URL(page.url()).pathname;
out.way.region = (await page.locator("p.meta").first().innerText()).includes("North East");
const count = () => page.locator("article.finding").count();
out.way.before = await count();
await page.locator(".sheet-text a.hit").first().click();
out.way.leads = await page.evaluate(() => !!document.querySelector("article.finding:target"));
await page.locator("article.finding:target p.meta a").first().click();
out.way.back = await page.evaluate(() => !!document.querySelector(".sheet-text a:target"));
await page.goto(`${base}${word}`);
await page.keyboard.press("n");
await page.keyboard.press("n");
await page.keyboard.press("p");
out.way.focused = await page.evaluate(
  () => document.activeElement === document.querySelector("article.finding"),
);
const named = () => page.evaluate(() => document.activeElement.textContent.includes("SB005"));
for (let n = 0; n < 5 && !(await named()); n += 1) await page.keyboard.press("n");
await page.keyboard.press("s");
await page.keyboard.type("agreed with the board in May");
await page.keyboard.press("Enter");
await page.waitForSelector("#just");
out.way.inPlace = await page.locator("#just").evaluate((one) => one.getBoundingClientRect().top < innerHeight);
out.way.aside = await count();
out.way.reason = (await page.locator("main").innerText()).includes("agreed with the board in May");
await page.reload();
out.way.reloaded = await count();
await page.locator("summary", { hasText: "Put a corrected version in" }).click();
await page.setInputFiles("#file", join(folder, "better.docx"));
await page.locator("button", { hasText: "Check it" }).click();
await page.waitForSelector("text=Since the last version", { timeout: 120_000 });
out.way.lede = await page.locator("p.lede").innerText();
out.way.stillAside = await page.locator("h2#aside + ul li").allInnerTexts();
const [annotated] = await Promise.all([
  page.waitForEvent("download"),
  page.locator("a", { hasText: "the draft with remarks" }).click(),
]);
const saved = join(folder, "annotated.docx");
await annotated.saveAs(saved);
out.way.annotated = [annotated.suggestedFilename(), statSync(saved).size];
await page.locator("button", { hasText: "Take back" }).first().click();
await page.waitForSelector("h2#aside", { state: "detached" });

// A PDF, dropped onto the page; its own pages are pictures.
await page.goto(`${base}/`);
const bytes = readFileSync(join(folder, "draft.pdf")).toString("base64");
const dropped = await page.evaluateHandle((data) => {
  const made = new DataTransfer();
  const raw = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
  made.items.add(new File([raw], "dropped.pdf", { type: "application/pdf" }));
  return made;
}, bytes);
await page.dispatchEvent(".drop", "drop", { dataTransfer: dropped });
const begun = performance.now();
await page.click("form.put button[type=submit]");
await page.waitForSelector("#progress, article.finding");
out.way.progress = await page.locator("#progress").count();
await read(page);
out.way.seconds = (performance.now() - begun) / 1000;
const pdf = new URL(page.url()).pathname;
const drawn = await page.locator("svg.sheet-picture image").first().getAttribute("href");
const picture = await desk.request.get(`${base}${drawn}`);
out.way.picture = [picture.status(), picture.headers()["content-type"]];
out.way.marks = await page.locator("svg.sheet-picture rect.hit").count();
await page.locator("svg.sheet-picture a[id]").first().click({ force: true });
out.way.pdfLeads = await page.evaluate(() => !!document.querySelector("article.finding:target"));
out.way.sideBySide = await page.locator("#passages .holders .holder").count();
// By mouse: what is typed after the click is the reason, whatever letters it has.
const panel = page.locator("article.finding details.aside").last();
await panel.locator("summary").click();
await page.waitForFunction(() => document.activeElement.name === "reason");
await page.keyboard.type("not ours, so set aside on purpose");
out.way.typed = await panel.locator("input[name=reason]").inputValue();
out.way.opened = await page.locator("article.finding details.aside[open]").count();

// The corpus: its overview comes by itself; a document is corrected in place by keyboard.
await page.goto(`${base}/corpus`);
await page.waitForSelector("text=Open the whole report", { timeout: 180_000 });
out.way.overview = await page.locator("#overview h2").allInnerTexts();
await page.click("nav.near >> text=Documents");
await page.waitForSelector("table.volumes >> text=read, 8 pages");
await page.getByRole("link", { name: "Correct london.pdf" }).focus();
await page.keyboard.press("Enter");
await page.waitForSelector("#c-region");
await page.focus("#c-year");
await page.keyboard.press("Control+A");
await page.keyboard.type("2011");
await page.keyboard.press("Enter");
await page.waitForSelector("text=Corrected london.pdf");
await page.waitForSelector("tr:has-text('london.pdf') >> text=read, 8 pages", { timeout: 180_000 });
out.way.corrected = await page.locator("tr", { hasText: "london.pdf" }).innerText();
await page.getByRole("button", { name: "Take out south-west.pdf" }).click();
await page.waitForSelector("text=In the folder, and not listed");
await page.getByRole("button", { name: /^Undo/ }).click();
await page.waitForSelector("text=In the folder, and not listed", { state: "detached" });
await page.waitForSelector("tr:has-text('south-west.pdf')");
out.way.undone = await page.locator("tr", { hasText: "south-west.pdf" }).count();
// By its link, as a person goes: an address typed in while the page loads itself anew is given up.
await page.click("nav.near >> text=Overview");
await page.waitForSelector("form[action='/corpus/audit']", { timeout: 180_000 });
await page.click("text=Open the whole report");
out.way.report = await page.locator("h1").innerText();
out.way.script = await page.evaluate(() => document.scripts.length);
await page.click("text=Back to the corpus");
out.way.returned = new URL(page.url()).pathname;

// Without script: put in, wait for the page to come by itself, read, set aside.
const state = await desk.storageState();
const bare = await browser.newContext({ javaScriptEnabled: false, storageState: state });
const plain = await watched(bare);
await put(plain, "draft.docx");
await read(plain);
out.way.plain = await plain.locator("article.finding").count();
await plain.locator("article.finding details.aside summary").first().click();
await plain.locator("article.finding input[name=reason]").first().fill("read without script");
await plain.locator("article.finding button").first().click();
await plain.waitForSelector("#just");
out.way.plainAside = await plain.locator("article.finding").count();
await plain.goto(`${base}/corpus/documents?edit=london.pdf`);
await plain.fill("#c-title", "Eight questions");
await plain.click("text=Save to manifest.yaml");
await plain.waitForSelector("table.volumes >> text=Eight questions");
await plain.goto(`${base}/corpus/rules`);
await plain.check("#pack-all");
await plain.click("text=Save to stratlint.yaml");
out.way.plainRules = await plain.locator("#pack-all").isChecked();
await bare.close();

// Every kind of page in every mode. Those that wait are kept waiting by drafts before them.
const kinds = { home: "/", word, pdf, corpus: "/corpus", documents: "/corpus/documents?edit=london.pdf", rules: "/corpus/rules", fault: "/drafts/none" };
await put(page, "broken.pdf");
// The corpus is read anew first, as other rules were chosen on the way.
await page.waitForSelector("text=Not read", { timeout: 180_000 });
kinds.unread = new URL(page.url()).pathname;
const judge = async (mode, kind, path) => {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    ...MODES[mode],
    storageState: state,
  });
  context.setDefaultTimeout(180_000);
  const own = await context.newPage();
  if (mode === "noscript") await own.route("**/web.js", (route) => route.abort());
  await own.goto(`${base}${path}`);
  if (kind !== "waiting") {
    // The corpus has changed on the way: its pages load anew once it has been read.
    await own.waitForSelector("#progress", { state: "detached", timeout: 180_000 });
  }
  await own.evaluate(() => {
    for (const one of document.querySelectorAll("details")) one.open = true;
  });
  await own.evaluate(axe);
  const result = await own.evaluate(() =>
    globalThis.axe.run(document, { resultTypes: ["violations"] }),
  );
  out.axe[`${kind} ${mode}`] = result.violations.map(
    (one) => `${one.id}: ${one.nodes[0].html.slice(0, 200)} | ${one.nodes[0].failureSummary}`,
  );
  out.passes = Math.min(out.passes ?? Infinity, result.passes.length);
  out.wide[`${kind} ${mode}`] = await own.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  await context.close();
};
for (const mode of Object.keys(MODES)) {
  for (const [kind, path] of Object.entries(kinds)) await judge(mode, kind, path);
}
for (const mode of Object.keys(MODES)) {
  const ids = [];
  for (let n = 0; n < 3; n += 1) {
    // Other bytes each time: what was read before is known, and waits for nothing.
    const buffer = Buffer.concat([Buffer.from(bytes, "base64"), Buffer.from(`\n% ${mode} ${n}\n`)]);
    await put(page, { name: "draft.pdf", mimeType: "application/pdf", buffer });
    ids.push(new URL(page.url()).pathname);
  }
  await judge(mode, "waiting", ids[2]);
  const left = await desk.request.get(`${base}/api/drafts`);
  const stages = Object.fromEntries((await left.json()).map((one) => [one.id, one.stage]));
  out.way[`waited ${mode}`] = stages[ids[2].split("/").pop()];
  await page.goto(`${base}/`);
  for (const id of ids) {
    await page.locator(`form[action="${id}/remove"] button`).click();
    await page.waitForSelector(`form[action="${id}/remove"]`, { state: "detached" });
  }
}
await browser.close();
process.stdout.write(JSON.stringify(out));
