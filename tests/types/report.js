// The public declarations as they were last agreed on, in report/: a change to them shows in a diff, and fails until it is
// meant. TIYIN_WRITE_REPORT=1 writes them anew.

import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const REPORT = fileURLToPath(new URL("report/", import.meta.url));

/** A row for each declaration file of the package in this folder, and for each that is gone. */
export async function compareReport(folder) {
  const names = await declarationFiles(folder);
  if (process.env.TIYIN_WRITE_REPORT === "1") await write(folder, names);
  const agreed = await declarationFiles(REPORT);
  const all = [...new Set([...names, ...agreed])].sort();
  return Promise.all(
    all.map(async (name) => {
      const [found, expected] = await Promise.all([read(join(folder, name)), read(join(REPORT, name))]);
      return { name: `${name} is as reported`, problem: difference(found, expected) };
    }),
  );
}

async function declarationFiles(folder) {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => name.endsWith(".d.ts")).map((name) => name.replaceAll("\\", "/"));
}

async function write(folder, names) {
  await rm(REPORT, { recursive: true, force: true });
  for (const name of names) {
    await mkdir(dirname(join(REPORT, name)), { recursive: true });
    await writeFile(join(REPORT, name), await readFile(join(folder, name)));
  }
}

function read(path) {
  return readFile(path, "utf8").catch(() => undefined);
}

function difference(found, expected) {
  if (found === expected) return undefined;
  if (expected === undefined) return "is new: TIYIN_WRITE_REPORT=1 node tests/types/check.js reports it";
  if (found === undefined) return "is gone from the package";
  const [lines, agreed] = [found.split("\n"), expected.split("\n")];
  const at = lines.findIndex((line, index) => line !== agreed[index]);
  return `line ${at + 1} is ${JSON.stringify(lines[at])}, not ${JSON.stringify(agreed[at])}; where that is meant, TIYIN_WRITE_REPORT=1 node tests/types/check.js reports it`;
}
