// Pages of a project in headless Chromium.

import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import sirv from "sirv";
import { launchChromium } from "../../tests/install/chromium.js";

/** Serves the project and opens a browser for as long as `measure` takes; it gets the browser and an empty page's address. */
export async function inChromium(project, measure) {
  const server = await serve(project);
  const browser = await launchChromium();
  try {
    return await measure(browser, `http://127.0.0.1:${server.address().port}/page.html`);
  } finally {
    await browser.close();
    server.close();
  }
}

async function serve(project) {
  await writeFile(join(project, "page.html"), '<!doctype html><meta charset="utf-8">');
  const server = createServer(sirv(project, { dev: true })).listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}
