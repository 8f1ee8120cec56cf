// A page from which a browser imports the suite: plain files and an import map, no bundler.

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withServer } from "../install/server.js";
import { importMap } from "./importmap.js";

/** Serves the project while `use(url)` runs, and returns what that returns. */
export async function withPage(project, use) {
  const map = JSON.stringify(await importMap(project));
  const page = `<!doctype html><meta charset="utf-8"><script type="importmap">${map}</script>`;
  await writeFile(join(project, "page.html"), page);
  return withServer(project, (url) => use(`${url}page.html`));
}

/** What the suite's `run()` returned in a page of the browser that `launch` starts. */
export function runInPage(project, launch) {
  return withPage(project, async (url) => {
    const browser = await launch();
    try {
      const page = await browser.newPage();
      await page.goto(url);
      return await page.evaluate(async () => (await import("/suite/all.js")).run());
    } finally {
      await browser.close();
    }
  });
}
