// What each entry of the packed package adds to an application, against its budget.
//
//   node bench/size.js [--json FILE]

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

import { finishProject, installPackage } from "../tests/install/install.js";
import { fileOf } from "./entry.js";
import { bundlers } from "./size/bundlers.js";
import { compressed } from "./size/compressed.js";
import { table } from "./table.js";

const BUDGETS = new URL("budgets.json", import.meta.url);
const { values: options } = parseArgs({ options: { json: { type: "string" } } });

const project = await installPackage();
const manifest = JSON.parse(await readFile(join(project, "node_modules/tiyin/package.json"), "utf8"));
const budgets = JSON.parse(await readFile(BUDGETS, "utf8"));
const report = { version: manifest.version, entries: [] };
for (const entry of entriesOf(manifest)) report.entries.push(await measure(entry));
await finishProject(project, false);

const verdicts = verdictsOn(report.entries);
print();
if (options.json) await writeReport(options.json);
const failed = verdicts.filter(({ problem }) => problem).length;
console.log(`size: ${verdicts.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function entriesOf({ name, exports }) {
  const paths = Object.keys(exports).filter((path) => path !== "./package.json");
  return paths.map((path) => name + path.slice(1));
}

async function measure(entry) {
  const name = await functionOf(entry);
  const bundles = [];
  for (const [bundler, bundle] of Object.entries(bundlers)) {
    const whole = await bundle(project, `export * from "${entry}";\n`);
    const unusedEntry = await bundle(project, `import "${entry}";\n`);
    const unusedName = await bundle(project, `import { ${name} } from "${entry}";\n`);
    const unused = { entry: unusedEntry.length, name: unusedName.length };
    bundles.push({ bundler, ...compressed(whole), unused });
  }
  return { entry, bundles, brotli: Math.max(...bundles.map(({ brotli }) => brotli)), budget: budgets[entry] };
}

/** The name of one of the entry's functions. */
async function functionOf(entry) {
  const module = await import(pathToFileURL(fileOf(entry, project)));
  return "som" in module ? "som" : Object.keys(module)[0];
}

/** One verdict for each entry and for each budget: neither may lack the other. */
function verdictsOn(entries) {
  const names = new Set([...entries.map(({ entry }) => entry), ...Object.keys(budgets)]);
  return [...names].map((name) => {
    const entry = entries.find((candidate) => candidate.entry === name);
    return { name, problem: problemOf(entry, budgets[name]) };
  });
}

function problemOf(entry, budget) {
  if (!entry) return "bench/budgets.json has a budget for it, but the package has no such entry";
  if (budget === undefined) return "bench/budgets.json has no budget for it";
  if (entry.brotli > budget) return `${entry.brotli} bytes are ${entry.brotli - budget} over the budget`;
}

function print() {
  console.log(
    "In bytes: all that an entry exports, bundled; at the right, what an import adds that nothing uses\n",
  );
  console.log(table([bundleHeading(), ...report.entries.flatMap(bundleRows)]));
  console.log(
    `\n${table([["entry", "largest brotli", "budget", "left"], ...report.entries.map(budgetRow)])}\n`,
  );
  for (const { name, problem } of verdicts.filter((verdict) => verdict.problem)) {
    console.log(`FAILED ${name}: ${problem}`);
  }
}

function bundleHeading() {
  return ["entry", "bundler", "raw", "gzip", "brotli", 'import "…"', "import { … }"];
}

function bundleRows({ entry, bundles }) {
  return bundles.map(({ bundler, raw, gzip, brotli, unused }) => {
    return [entry, bundler, ...[raw, gzip, brotli, unused.entry, unused.name].map(String)];
  });
}

function budgetRow({ entry, brotli, budget }) {
  return [
    entry,
    String(brotli),
    String(budget ?? "none"),
    budget === undefined ? "" : String(budget - brotli),
  ];
}

async function writeReport(file) {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(report, null, 2)}\n`);
}
