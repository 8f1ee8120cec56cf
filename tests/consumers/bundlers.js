// Bundlers with their default settings, and the script that each one's users put into a page.

import { readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withServer } from "../install/server.js";
import { run, withProgram } from "./programs.js";

export const MODULE = '<script type="module" src="/page.js"></script>';

/** `command` bundles page.js; `serve(project, use)` serves the page while `use(url)` runs. */
export const bundlers = {
  Vite: {
    command: "vite build",
    script: MODULE,
    serve: (project, use) => withProgram(project, "vite preview --port", use),
  },
  webpack: {
    command: "webpack ./page.js --mode production",
    script: '<script defer src="/dist/main.js"></script>',
    serve: withServer,
  },
  esbuild: {
    command: "esbuild page.js --bundle --outfile=dist/page.js",
    script: '<script defer src="/dist/page.js"></script>',
    serve: withServer,
  },
  Rollup: {
    command: "rollup page.js --plugin node-resolve --file dist/page.js",
    script: '<script type="module" src="/dist/page.js"></script>',
    serve: withServer,
  },
};

/** Bundles a project's page.js. */
export async function bundle(project, { command, script }) {
  await writePage(project, script);
  await run(project, command);
}

/** Writes a page that does nothing but load a script. */
export async function writePage(project, script) {
  await writeFile(join(project, "index.html"), `<!doctype html><meta charset="utf-8">${script}\n`);
}

/** How many bytes more a bundle has for an import of which nothing is used. */
export async function costOf(unusedImport, project, bundler) {
  const page = 'document.title = "a page";\n';
  const without = await sizeOf(page, project, bundler);
  return (await sizeOf(`${unusedImport}\n${page}`, project, bundler)) - without;
}

async function sizeOf(text, project, bundler) {
  await writeFile(join(project, "page.js"), text);
  await bundle(project, bundler);
  const folder = join(project, "dist");
  const names = await readdir(folder, { recursive: true });
  const files = await Promise.all(names.map((name) => stat(join(folder, name))));
  return files.filter((file) => file.isFile()).reduce((sum, { size }) => sum + size, 0);
}
