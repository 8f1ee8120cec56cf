// Bundles a module of a project as an application's build would, with each bundler's own defaults.

import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import * as esbuild from "esbuild";
import * as vite from "vite";
import webpack from "webpack";

/** Each takes a project's folder and a module's text, and gives the bundle's bytes. */
export const bundlers = {
  esbuild: withEsbuild,
  vite: withVite,
  webpack: withWebpack,
};

async function withEsbuild(project, text) {
  const result = await esbuild.build({
    stdin: { contents: text, resolveDir: project },
    // esbuild writes paths into the bundle, from here on.
    absWorkingDir: project,
    bundle: true,
    format: "esm",
    write: false,
    // That an import without effect is dropped is what is measured, and no reason for a warning.
    logLevel: "error",
  });
  return joined(result.outputFiles.map(({ contents }) => contents));
}

async function withVite(project, text) {
  const entry = await writeEntry(project, text);
  const [output] = await vite.build({
    root: project,
    configFile: false,
    logLevel: "error",
    build: { lib: { entry, formats: ["es"] }, write: false },
  });
  return joined(output.output.map((file) => Buffer.from(file.code ?? file.source)));
}

async function withWebpack(project, text) {
  const path = join(project, "webpack");
  await rm(path, { recursive: true, force: true });
  const stats = await promisify(webpack)({
    mode: "production",
    context: project,
    entry: await writeEntry(project, text),
    experiments: { outputModule: true },
    output: { path, library: { type: "module" } },
    // Its advice on large files goes to the console; what counts here is the budget.
    performance: false,
  });
  if (stats.hasErrors()) throw new Error(stats.toString("errors-only"));
  const names = await readdir(path);
  return joined(await Promise.all(names.map((name) => readFile(join(path, name)))));
}

async function writeEntry(project, text) {
  const entry = join(project, "entry.js");
  await writeFile(entry, text);
  return entry;
}

function joined(files) {
  return Buffer.concat(files);
}
