// Runs the suite in a program that runs scripts, and reads what it prints.

import { spawnSync } from "node:child_process";
import { access, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const PROGRAMS = fileURLToPath(new URL("../../node_modules/.bin/", import.meta.url));
const MARK = "results: ";

/** What the suite's `run()` returned in the program of this name, one of the npm packages in package.json. */
export async function runPrinted(project, name, args) {
  const program = join(PROGRAMS, process.platform === "win32" ? `${name}.cmd` : name);
  await access(program).catch(() => {
    throw new Error(`${name} is missing: run npm ci in the repository's root`);
  });
  const script = join(project, "main.js");
  const text = `import { run } from "./suite/all.js";\nconsole.log(${JSON.stringify(MARK)} + JSON.stringify(await run()));\n`;
  await writeFile(script, text);
  const result = spawnSync(program, [...args, script], {
    cwd: project,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  const line = result.stdout?.split("\n").find((line) => line.startsWith(MARK));
  if (!line) throw result.error ?? new Error(`${name} (${result.status}): ${result.stderr}${result.stdout}`);
  return JSON.parse(line.slice(MARK.length));
}
