// What Debian's chromium makes of reports: a line of JSON on standard output for each on standard
// input, {mode, file, pdf, axe}; mode is one of the names below. One browser opens them all.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const MODES = {
  light: {},
  dark: { colorScheme: "dark" },
  narrow: { viewport: { width: 320, height: 640 } },
  forced: { forcedColors: "active" },
  noscript: { javaScriptEnabled: false },
  print: {},
  open: {},
};

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = await chromium.launch({
  executablePath: process.env.STRATLINT_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
const open = async ({ mode, file, pdf, axe: axed }) => {
  if (!(mode in MODES)) throw new Error(`no mode ${mode}`);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...MODES[mode] });
  const page = await context.newPage();
  const requests = [];
  const messages = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("console", (message) => messages.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => messages.push(`error: ${error.message}`));
  const url = pathToFileURL(file).href;
  const begun = performance.now();
  await page.goto(url, { waitUntil: "load" });
  const opened = performance.now() - begun;

  const out = { mode, opened, requests: requests.filter((one) => one !== url), messages };
  const judge = async (page) => {
    if (!axed) return;
    await page.evaluate(() => {
      for (const one of document.querySelectorAll("details")) one.open = true;
    });
    await page.evaluate(axe);
    const result = await page.evaluate(() =>
      globalThis.axe.run(document, { resultTypes: ["violations"] }),
    );
    out.violations = result.violations.map((one) => ({
      id: one.id,
      impact: one.impact,
      help: one.help,
      nodes: one.nodes.slice(0, 5).map((node) => `${node.html.slice(0, 160)} | ${node.failureSummary}`),
      n: one.nodes.length,
    }));
    out.passes = result.passes.length;
  };

  if (mode === "open") {
    // only the time
  } else if (mode === "print") {
    await page.emulateMedia({ media: "print" });
    // Chromium fires beforeprint when it makes the PDF; what it opened shows in the text.
    await page.pdf({ path: pdf, preferCSSPageSize: true });
  } else {
    if (mode === "noscript") {
      out.filters = await page.locator("form.filters:visible").count();
      out.text = (await page.locator("main").innerText()).length;
      out.folded = await page.locator("details:not([open])").count();
      if (out.folded) {
        await page.locator("details:not([open]) > summary").first().click();
        out.foldedAfter = await page.locator("details:not([open])").count();
      }
      // axe needs timers, which this browser stops with the script: so a copy without the script.
      const bare = await browser.newPage();
      await bare.setContent(readFileSync(file, "utf8").replace(/<script>[^]*?<\/script>/, ""));
      await judge(bare);
      await bare.close();
    } else {
      out.scroll = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.documentElement.clientWidth,
      ]);
      out.counts = await page.evaluate(() => {
        const counts = {};
        for (const one of document.querySelectorAll("*")) {
          counts[one.localName] = (counts[one.localName] ?? 0) + 1;
        }
        return counts;
      });
      out.lost = await page.evaluate(() =>
        [...document.querySelectorAll('a[href^="#"]')]
          .map((one) => one.getAttribute("href"))
          .filter((href) => !document.getElementById(href.slice(1))),
      );
      out.filter = await page.evaluate(() => {
        const form = document.querySelector("form.filters");
        if (!form) return null;
        const rows = () => document.querySelectorAll("table.findings tbody tr:not([hidden])").length;
        const before = rows();
        const select = form.querySelector('[data-filter="severity"]');
        select.value = "Error";
        form.dispatchEvent(new Event("input"));
        const errors = rows();
        const said = document.querySelector("table.findings caption").textContent.trim();
        const kept = location.search;
        select.value = "";
        form.dispatchEvent(new Event("input"));
        const head = document.querySelectorAll("table.findings thead button")[1];
        head.click();
        const rules = [...document.querySelectorAll("table.findings tbody tr")].map(
          (row) => row.cells[1].textContent,
        );
        const sorted = rules.every((rule, i) => !i || rules[i - 1] <= rule);
        return { visible: !form.hidden, before, errors, said, kept, sorted, after: rows() };
      });
      out.deep = await page.evaluate(async () => {
        const folded = document.querySelector("details:not([open]) [id]");
        if (!folded) return null;
        location.hash = folded.id;
        await new Promise((done) => setTimeout(done, 100));
        return folded.closest("details").open;
      });
      await judge(page);
    }
  }
  await context.close();
  return out;
};
for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await open(JSON.parse(line)))}\n`);
}
await browser.close();
