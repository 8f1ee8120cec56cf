// Opens pages and reads what their own code answered.

import { setTimeout as delay } from "node:timers/promises";
import { launchChromium } from "../install/chromium.js";
import { launchFirefox } from "../install/firefox.js";
import { startWebKitDriver } from "../install/webkit.js";

/** Each starts a browser: `ask(url)` opens a page and returns its answers. */
export const browsers = { Chromium: openChromium, Firefox: openFirefox, WebKit: openWebKit };

export async function openChromium() {
  const browser = await launchChromium();
  return {
    ask: async (url) => {
      const page = await browser.newPage();
      const errors = [];
      page.on("pageerror", (error) => errors.push(error.message));
      await page.goto(url);
      const answers = await answersIn(() => page.title()).catch((error) => errors.unshift(error.message));
      await page.close();
      if (errors.length > 0) throw new Error(errors.join("\n"));
      return answers;
    },
    charsetOf: async (url) => {
      const page = await browser.newPage();
      await page.goto(url);
      return page.evaluate(() => document.characterSet);
    },
    close: () => browser.close(),
  };
}

async function openFirefox() {
  const browser = await launchFirefox();
  const page = await browser.newPage();
  return {
    ask: async (url) => {
      await page.goto(url);
      return answersIn(() => page.title());
    },
    close: () => browser.close(),
  };
}

async function openWebKit() {
  const driver = await startWebKitDriver();
  const session = await driver.openSession();
  return {
    ask: async (url) => {
      await session.send("POST", "url", { url });
      return answersIn(() => session.send("GET", "title"));
    },
    close: () => driver.stop(),
  };
}

async function answersIn(title) {
  for (let attempt = 0; attempt < 200; attempt++) {
    const text = await title();
    if (text !== "") return JSON.parse(text);
    await delay(50);
  }
  throw new Error("the page's code gave no answer within ten seconds");
}
