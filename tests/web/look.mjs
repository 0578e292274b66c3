// node look.mjs FOLDER NOTE…: pictures of notes on a phone and on a desk, light and dark, and on paper, beside the notes.
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { browser } from "./browser.mjs";

const [folder, ...names] = process.argv.slice(2);
const chromium = await browser();
for (const colorScheme of ["light", "dark"]) {
  for (const [device, width] of [["phone", 390], ["desk", 1280]]) {
    const page = await chromium.newPage({ colorScheme, viewport: { width, height: 844 } });
    for (const name of names) {
      await page.goto(pathToFileURL(resolve(folder, `${name}.html`)).href);
      await page.screenshot({ path: resolve(folder, `${name}.${device}.${colorScheme}.png`), fullPage: true });
    }
    await page.close();
  }
}
const page = await chromium.newPage();
for (const name of names) {
  await page.goto(pathToFileURL(resolve(folder, `${name}.html`)).href);
  for (const format of ["A4", "Letter"]) {
    await page.pdf({ format, path: resolve(folder, `${name}.${format}.pdf`), preferCSSPageSize: false });
  }
}
await chromium.close();
