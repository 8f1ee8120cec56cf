// Runs the suite in a page of headless Firefox, over WebDriver BiDi.

import { access } from "node:fs/promises";
import puppeteer from "puppeteer-core";
import { withPage } from "./page.js";
import { main } from "./runner.js";

await main("firefox", (project) =>
  withPage(project, async (url) => {
    const browser = await launchFirefox();
    try {
      const page = await browser.newPage();
      await page.goto(url);
      return await page.evaluate(async () => (await import("/suite/all.js")).run());
    } finally {
      await browser.close();
    }
  }),
);

/** Starts the browser that FIREFOX names, or Debian's. */
async function launchFirefox() {
  const executablePath = process.env.FIREFOX || "/usr/bin/firefox-esr";
  await access(executablePath).catch(() => {
    throw new Error(
      `no Firefox at ${executablePath}: install firefox-esr, or set FIREFOX to a browser's path`,
    );
  });
  return puppeteer.launch({ browser: "firefox", executablePath, headless: true, protocolTimeout: 600_000 });
}
