// What an installed package offers, from its own package.json: whatever is added there is tested.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, posix } from "node:path";
import { pathToFileURL } from "node:url";

/** The entries as programs import them: `tiyin`, `tiyin/checkout`. */
export async function entryNames(project) {
  const manifest = await readFile(join(project, "node_modules/tiyin/package.json"), "utf8");
  const paths = Object.keys(JSON.parse(manifest).exports).filter((path) => !path.endsWith(".json"));
  return paths.map((path) => posix.join("tiyin", path));
}

/** All entries by their names, imported into this program. */
export async function importEntries(project) {
  const { resolve } = createRequire(join(project, "package.json"));
  const names = await entryNames(project);
  const modules = await Promise.all(names.map((name) => import(pathToFileURL(resolve(name)).href)));
  return Object.fromEntries(names.map((name, index) => [name, modules[index]]));
}
