// The package's JavaScript has nothing that the oldest browsers of its baseline do not read.

import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { transform } from "esbuild";

const PACKAGE = fileURLToPath(new URL("../../pkg/", import.meta.url));
const BASELINE = ["chrome115", "firefox79", "safari16"];

const scripts = (await readdir(PACKAGE)).filter((name) => name.endsWith(".js"));
const failed = [];
for (const name of scripts) {
  const text = await readFile(PACKAGE + name, "utf8");
  if ((await written(text, BASELINE)) !== (await written(text, "esnext"))) failed.push(name);
}
for (const name of failed)
  console.log(`baseline: FAILED ${name} has syntax younger than ${BASELINE.join(", ")}`);
console.log(`baseline: ${scripts.length - failed.length} passed, ${failed.length} failed`);
process.exitCode = failed.length > 0 || scripts.length === 0 ? 1 : 0;

/** The text as esbuild writes it for a target: what the target does not read is written otherwise. */
async function written(text, target) {
  // All of them know the property that pack.js asks for; esbuild does not tell it from younger ones.
  const supported = { "regexp-unicode-property-escapes": true };
  const { code } = await transform(text, { target, supported, logLevel: "error" });
  return code;
}
