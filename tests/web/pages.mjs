// node pages.mjs FOLDER: how many printed pages each note of a folder has before its appendix, on A4 and on Letter.
import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { browser } from "./browser.mjs";

const folder = process.argv[2];
const chromium = await browser();
if (!chromium) {
  console.log("no Chromium on this machine");
  process.exit(77);
}
const page = await chromium.newPage();

/** Pages of a PDF, from its page objects. */
const pages = (pdf) => pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g).length;

console.log("| note | A4 | Letter | whole, A4 |\n|---|--:|--:|--:|");
for (const name of readdirSync(folder).filter((one) => one.endsWith(".html")).sort()) {
  await page.goto(pathToFileURL(resolve(folder, name)).href);
  const whole = pages(await page.pdf({ format: "A4" }));
  await page.evaluate(() => document.getElementById("appendix").remove());
  const [a4, letter] = [pages(await page.pdf({ format: "A4" })), pages(await page.pdf({ format: "Letter" }))];
  console.log(`| ${name.replace(".html", "")} | ${a4} | ${letter} | ${whole} |`);
}
await chromium.close();
