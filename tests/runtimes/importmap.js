// The import map of a project's packages for a browser, from the `exports` of each package.json.

import { readdir, readFile } from "node:fs/promises";
import { join, posix } from "node:path";

const CONDITIONS = new Set(["browser", "import", "default"]);

export async function importMap(project) {
  const modules = join(project, "node_modules");
  const imports = {};
  for (const folder of await readdir(modules)) {
    if (folder.startsWith(".")) continue;
    const manifest = JSON.parse(await readFile(join(modules, folder, "package.json"), "utf8"));
    for (const [subpath, target] of Object.entries(entryPoints(manifest))) {
      const file = resolveConditions(target);
      if (file) imports[posix.join(folder, subpath)] = posix.join("/node_modules", folder, file);
    }
  }
  return { imports };
}

function entryPoints({ exports }) {
  const hasSubpaths = typeof exports === "object" && Object.keys(exports).some((key) => key.startsWith("."));
  return hasSubpaths ? exports : { ".": exports };
}

/** The first target whose conditions a browser's `import` meets, as Node's algorithm picks it. */
function resolveConditions(target) {
  if (typeof target === "string" || !target) return target;
  for (const [condition, nested] of Object.entries(target)) {
    if (!CONDITIONS.has(condition)) continue;
    const file = resolveConditions(nested);
    if (file !== undefined) return file;
  }
  return undefined;
}
