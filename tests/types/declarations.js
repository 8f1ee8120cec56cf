// The declaration files that a user's editor reads: all that the entries of package.json lead to.

import { readFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";

/** The path and the text of each file. */
export async function publicDeclarations(folder) {
  const manifest = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const files = new Map();
  for (const entry of declarationEntries(manifest.exports)) await collect(join(folder, entry), files);
  return [...files].map(([path, text]) => ({ path: relative(folder, path), text }));
}

/** Every `types` target, however deep in the conditions, and the .d.ts beside a bare .js target. */
function declarationEntries(target, key = "") {
  if (typeof target === "string") {
    if (target.endsWith(".d.ts")) return [target];
    return target.endsWith(".js") && !key.includes("types") ? [target.replace(/\.js$/, ".d.ts")] : [];
  }
  const entries = Object.entries(target ?? {});
  const types = entries.filter(([name]) => name === "types");
  const chosen = types.length > 0 ? types : entries;
  return [...new Set(chosen.flatMap(([name, nested]) => declarationEntries(nested, name)))];
}

async function collect(path, files) {
  if (files.has(path)) return;
  const text = await readFile(path, "utf8");
  files.set(path, text);
  for (const [, specifier] of text.matchAll(/(?:from|import\()\s*["'](\.[^"']*)["']/g)) {
    await collect(join(dirname(path), specifier.replace(/\.js$/, ".d.ts")), files);
  }
}

/** The doc comment right before the declaration of this function or class; undefined where it is not declared. */
export function docComment(files, name) {
  const pattern = new RegExp(
    String.raw`(/\*\*(?:(?!\*/)[\s\S])*\*/)?\s*(?:export )?(?:declare )?(?:function|class) ${name}\b`,
  );
  for (const { text } of files) {
    const match = pattern.exec(text);
    if (match) return match[1] ?? "";
  }
  return undefined;
}
