// Runs the suite in a page of headless Chromium.

import { launchChromium } from "../install/chromium.js";
import { withPage } from "./page.js";
import { main } from "./runner.js";

await main("chromium", (project) =>
  withPage(project, async (url) => {
    const browser = await launchChromium();
    try {
      const page = await browser.newPage();
      await page.goto(url);
      return await page.evaluate(async () => (await import("/suite/all.js")).run());
    } finally {
      await browser.close();
    }
  }),
);
