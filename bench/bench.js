// How fast the packed package is: each line against a peer, or against a limit.
//
//   node bench/bench.js [--quick] [LINE...]     LINE: one of the names in bench/lines/

import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";

import { finishProject, installPackage } from "../tests/install/install.js";
import { isMet, printedRow, tableHeading } from "./measure/printed.js";
import { table } from "./table.js";

const LINES = [
  "start",
  "browser-start",
  "worker-start",
  "one-link",
  "many-links",
  "browser-links",
  "sign",
  "qr",
  "client",
  "statement",
  "reconcile",
  "growth",
  "native",
];
const TARGET = new URL("../target/", import.meta.url);
const run = promisify(execFile);

const { values: options, positionals } = parseArgs({
  options: { quick: { type: "boolean", default: false } },
  allowPositionals: true,
});

const project = await installPackage();
const rows = [];
const failures = [];
for (const line of chosenLines()) await measure(line);
await finishProject(project, failures.length > 0);
await writeReport();
print();
process.exitCode = failures.length === 0 ? 0 : 1;

function chosenLines() {
  const unknown = positionals.filter((line) => !LINES.includes(line));
  if (unknown.length > 0)
    throw new Error(`no such line: ${unknown.join(", ")}; there are ${LINES.join(", ")}`);
  return positionals.length > 0 ? positionals : LINES;
}

async function measure(line) {
  console.error(`measuring ${line}`);
  const script = fileURLToPath(new URL(`lines/${line}.js`, import.meta.url));
  try {
    const { stdout } = await run(process.execPath, [script, project, options.quick ? "quick" : "full"]);
    rows.push(...JSON.parse(stdout).map((row) => ({ line, ...row, met: isMet(row) })));
  } catch (error) {
    failures.push({ line, problem: (error.stderr || error.message).trim() });
  }
}

async function writeReport() {
  const machine = { node: process.version, processor: cpus()[0]?.model, processors: cpus().length };
  await mkdir(TARGET, { recursive: true });
  const report = JSON.stringify({ machine, quick: options.quick, rows, failures }, null, 2);
  await writeFile(new URL("bench.json", TARGET), `${report}\n`);
}

function print() {
  console.log(`\n${table([tableHeading, ...rows.map(printedRow)])}\n`);
  for (const { line, problem } of failures) console.log(`FAILED ${line}: ${problem}\n`);
  const targets = rows.filter(({ target }) => target !== undefined);
  console.log(`targets: ${targets.filter(({ met }) => met).length} of ${targets.length} met`);
  console.log(`bench: ${rows.length} passed, ${failures.length} failed`);
}
