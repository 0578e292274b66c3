// node check.mjs CHECKER FOLDER: what one checker says of every page of a folder, a line each.
// Exit codes: 0 nothing, 1 something, 77 the checker does not run here, and why.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { browser } from "./browser.mjs";

const require = createRequire(import.meta.url);
const [checker, folder] = process.argv.slice(2);
const names = readdirSync(folder).filter((one) => one.endsWith(".html")).sort();
const findings = [];
const found = (page, what) => findings.push(`${page}: ${what}`);

function absent(why) {
  console.log(why);
  process.exit(77);
}

const axe = () => readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

function axeFound(page, { violations }) {
  for (const one of violations) {
    found(page, `${one.id}: ${one.help}: ${one.nodes[0].html.slice(0, 200)}`);
  }
}

/**
 * Every axe rule in a browser, with all reasons folded open.
 * The page must fit the screen, load nothing else, and break no rule of its own content security policy.
 */
async function inChromium(colorScheme, width) {
  const chromium = (await browser()) ?? absent("no Chromium that starts on this machine");
  const page = await chromium.newPage({ colorScheme, viewport: { width, height: 900 } });
  page.on("console", (message) => found(page.url(), message.text()));
  page.on("request", (request) => request.isNavigationRequest() || found(page.url(), request.url()));
  const source = axe();
  for (const name of names) {
    await page.goto(pathToFileURL(resolve(folder, name)).href);
    await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
    await page.evaluate(source);
    axeFound(name, await page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] })));
    if (await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)) {
      found(name, `wider than a screen of ${width} pixels`);
    }
  }
  await chromium.close();
}

/** The axe rules that need no layout, without the style, which jsdom would work out again for each question. */
async function inJsdom() {
  const { JSDOM, VirtualConsole } = await import("jsdom");
  const source = axe();
  const rules = { "color-contrast": { enabled: false }, "target-size": { enabled: false } };
  for (const name of names) {
    const page = readFileSync(resolve(folder, name), "utf8").replace(/<style>.*<\/style>/s, "");
    const { window } = new JSDOM(page, { runScripts: "outside-only", virtualConsole: new VirtualConsole() });
    window.eval(source);
    axeFound(name, await window.axe.run({ rules, preload: false, resultTypes: ["violations"] }));
    window.close();
  }
}

function withNu() {
  const jar = resolve(require.resolve("vnu-jar/package.json"), "../build/dist/vnu.jar");
  const files = names.map((name) => resolve(folder, name));
  const said = spawnSync("java", ["-jar", jar, "--format", "json", "--stdout", ...files], { encoding: "utf8" });
  if (said.error) {
    absent("no Java on this machine");
  }
  for (const one of JSON.parse(said.stdout).messages) {
    found(one.url, `line ${one.lastLine}: ${one.message}`);
  }
}

async function withHtmlValidate() {
  const { HtmlValidate } = await import("html-validate");
  const validate = new HtmlValidate({ root: true, extends: ["html-validate:recommended", "html-validate:a11y"] });
  for (const name of names) {
    const { results } = await validate.validateFile(resolve(folder, name));
    for (const one of results.flatMap((result) => result.messages)) {
      found(name, `line ${one.line}: ${one.ruleId}: ${one.message}`);
    }
  }
}

const CHECKERS = {
  "axe-chromium-light": () => inChromium("light", 1280),
  "axe-chromium-dark": () => inChromium("dark", 390),
  "axe-jsdom": inJsdom,
  nu: withNu,
  "html-validate": withHtmlValidate,
};
await CHECKERS[checker]();
console.log(findings.join("\n"));
process.exit(findings.length ? 1 : 0);
