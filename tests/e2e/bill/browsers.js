// Both browsers, driven by the same program.

import { access } from "node:fs/promises";
import puppeteer from "puppeteer-core";

import { FLAGS } from "../../install/chromium.js";
import { launchFirefox } from "../../install/firefox.js";

async function launchChromium() {
  const executablePath = process.env.CHROME || "/usr/bin/chromium";
  await access(executablePath);
  return puppeteer.launch({ executablePath, headless: true, args: FLAGS });
}

const LAUNCHES = { Chromium: launchChromium, Firefox: launchFirefox };

async function withBrowser(name, use) {
  const browser = await LAUNCHES[name]();
  try {
    await use(browser, name);
  } finally {
    await browser.close();
  }
}

/** Runs each `use(browser, name)` in both, all at once: mostly they wait. */
export async function inBothBrowsers(...uses) {
  const runs = Object.keys(LAUNCHES).flatMap((name) => uses.map((use) => withBrowser(name, use)));
  const outcomes = await Promise.allSettled(runs);
  const failed = outcomes.find(({ status }) => status === "rejected");
  if (failed) throw failed.reason;
}
