// A headless Chromium of the machine, if there is one.
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const PLACES = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const QUIET = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

/** Start it with a new and empty profile folder; `undefined` where there is none, or none that starts. */
export async function browser() {
  const executablePath = PLACES.find((place) => place && existsSync(place));
  return executablePath && (await chromium.launch({ executablePath, args: QUIET }).catch(() => undefined));
}
