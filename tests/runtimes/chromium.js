// Runs the suite in a page of headless Chromium, from plain files and an import map.

import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import sirv from "sirv";
import { launchChromium } from "../install/chromium.js";
import { importMap } from "./importmap.js";
import { main } from "./runner.js";

await main("chromium", async (project) => {
  const browser = await launchChromium();
  const server = await serve(project);
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/page.html`);
    return await page.evaluate(async () => (await import("/suite/all.js")).run());
  } finally {
    await browser.close();
    server.close();
  }
});

async function serve(project) {
  const map = JSON.stringify(await importMap(project));
  const page = `<!doctype html><meta charset="utf-8"><script type="importmap">${map}</script>`;
  await writeFile(join(project, "page.html"), page);
  const server = createServer(sirv(project, { dev: true })).listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}
