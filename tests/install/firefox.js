// Headless Firefox, over WebDriver BiDi.

import { access } from "node:fs/promises";
import puppeteer from "puppeteer-core";

/** Starts the browser that FIREFOX names, or Debian's. */
export async function launchFirefox() {
  const executablePath = process.env.FIREFOX || "/usr/bin/firefox-esr";
  await access(executablePath).catch(() => {
    throw new Error(
      `no Firefox at ${executablePath}: install firefox-esr, or set FIREFOX to a browser's path`,
    );
  });
  return puppeteer.launch({ browser: "firefox", executablePath, headless: true, protocolTimeout: 600_000 });
}
