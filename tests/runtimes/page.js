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
