// Headless Chromium, as every check in a browser starts it.

import { access } from "node:fs/promises";
import { chromium } from "playwright-core";

export const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts the browser that CHROME names, or Debian's. */
export async function launchChromium() {
  const executablePath = process.env.CHROME || "/usr/bin/chromium";
  await access(executablePath).catch(() => {
    throw new Error(`no Chromium at ${executablePath}: install chromium, or set CHROME to a browser's path`);
  });
  return chromium.launch({ executablePath, headless: true, args: FLAGS });
}
