// Runs the suite in a page of headless Firefox.

import { launchFirefox } from "../install/firefox.js";
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
