// A page from which a browser imports the suite: plain files and an import map, no bundler.

import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import sirv from "sirv";
import { importMap } from "./importmap.js";

/** Serves the project while `use(url)` runs, and returns what that returns. */
export async function withPage(project, use) {
  const map = JSON.stringify(await importMap(project));
  const page = `<!doctype html><meta charset="utf-8"><script type="importmap">${map}</script>`;
  await writeFile(join(project, "page.html"), page);
  const server = createServer(sirv(project, { dev: true })).listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    return await use(`http://127.0.0.1:${server.address().port}/page.html`);
  } finally {
    server.close();
  }
}
