// Puts into a project, beside the installed package, what every runtime needs: copies of it, the suite, its data.

import { spawnSync } from "node:child_process";
import { cp, mkdir, readdir, readFile, realpath, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { entryNames } from "../install/entries.js";

const HERE = dirname(fileURLToPath(import.meta.url));
const FIXTURES = join(HERE, "../fixtures/checkout");
const ACCOUNTS = join(HERE, "../fixtures/account/cases.json");
const EXAMPLES = join(HERE, "../fixtures");
const ORDERS = 5000;

// Each loading test needs a copy that nothing has called yet: a module's state cannot be undone.
const UNTOUCHED_COPIES = [
  "tiyin-copy",
  "tiyin-untouched",
  "tiyin-blocked",
  "tiyin-absent",
  "tiyin-trapping",
  "tiyin-wiped",
];

/** The seed makes the oracle's orders and every property test repeatable. */
export async function prepare(project, seed) {
  const modules = join(project, "node_modules");
  for (const name of UNTOUCHED_COPIES) {
    await cp(join(modules, "tiyin"), join(modules, name), { recursive: true });
  }
  await copyMisread(join(modules, "tiyin"), join(modules, "tiyin-misread"));
  await copyChanged(join(modules, "tiyin"), join(modules, "tiyin-changed"));
  await copyDependency("fast-check", modules);
  await copyDependency("pure-rand", modules);
  await bundleDependency("jsqr", modules);
  await cp(join(HERE, "suite"), join(project, "suite"), { recursive: true });
  await writeData(join(project, "suite/data.js"), seed);
  await writeEntries(join(project, "suite/entries.js"), await entryNames(project));
}

/** Imports that bundlers can follow of all entries of the package and of its copies. */
async function writeEntries(path, names) {
  const lines = [];
  for (const [list, copy] of Object.entries({
    entries: "tiyin",
    copied: "tiyin-copy",
    trapping: "tiyin-trapping",
  })) {
    names.forEach((name, index) => {
      lines.push(`import * as ${list}${index} from "${name.replace("tiyin", copy)}";`);
    });
    const members = names.map((name, index) => `"${name}": ${list}${index}`);
    lines.push(`export const ${list} = { ${members.join(", ")} };`);
  }
  await writeFile(path, lines.join("\n"));
}

/** A copy whose scripts are what a page sees that takes UTF-8 for windows-1252. */
async function copyMisread(from, to) {
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) {
      await copyMisread(source, target);
    } else if (entry.name.endsWith(".js")) {
      await writeFile(target, new TextDecoder("windows-1252").decode(await readFile(source)));
    } else {
      await cp(source, target);
    }
  }
}

/** A copy in whose bytes one character was lost. */
async function copyChanged(from, to) {
  await cp(from, to, { recursive: true });
  const script = join(to, "wasm/checkout.bytes.js");
  const text = await readFile(script, "utf8");
  await writeFile(script, text.replace(/"./, '"'));
}

/** For what is published as a script only, which no browser imports. */
async function bundleDependency(name, modules) {
  const folder = join(modules, name);
  await build({
    stdin: { contents: `export { default } from "${name}";`, resolveDir: HERE },
    bundle: true,
    format: "esm",
    outfile: join(folder, "index.js"),
  });
  const manifest = { name, type: "module", exports: "./index.js" };
  await writeFile(join(folder, "package.json"), JSON.stringify(manifest));
}

async function copyDependency(name, modules) {
  const folder = join(HERE, "../../node_modules", name);
  const source = await realpath(folder).catch(() => {
    throw new Error(`${name} is missing: run npm ci in the repository's root`);
  });
  await cp(source, join(modules, name), { recursive: true });
}

async function writeData(path, seed) {
  const vendorLinks = await readFile(join(FIXTURES, "vendor-links.json"), "utf8");
  const signedLinks = await readFile(join(FIXTURES, "signed-links.json"), "utf8");
  const lines = [
    `export const seed = ${seed};`,
    `export const full = ${process.env.TIYIN_FULL === "1"};`,
    // Parsed from text, because an object literal would take "__proto__" for the prototype.
    `export const vendorLinks = JSON.parse(${JSON.stringify(vendorLinks)});`,
    `export const signedLinks = JSON.parse(${JSON.stringify(signedLinks)});`,
    `export const accountForms = JSON.parse(${JSON.stringify(await readFile(ACCOUNTS, "utf8"))});`,
    `export const paylovExamples = JSON.parse(${JSON.stringify(JSON.stringify(await examplesOf("paylov")))});`,
    `export const bankExamples = JSON.parse(${JSON.stringify(JSON.stringify(await examplesOf("bank")))});`,
    `export const oracle = JSON.parse(${JSON.stringify(runOracle(seed))});`,
  ];
  await writeFile(path, lines.join("\n"));
}

/** The examples of a provider's document: each with its input, the request, the answer as text and what it decodes to. */
async function examplesOf(provider) {
  const examples = [];
  const entries = await readdir(join(EXAMPLES, provider), { withFileTypes: true });
  for (const { name: folder } of entries.filter((entry) => entry.isDirectory())) {
    const read = (file) => readFile(join(EXAMPLES, provider, folder, file), "utf8");
    const { endpoint, cases = [] } = JSON.parse(await read("index.json"));
    // Failures are examples of no call.
    for (const { name, input, request, answer, decoded } of cases.filter(({ request }) => request)) {
      const body = request.body && JSON.stringify(JSON.parse(await read(request.body)));
      examples.push({
        endpoint,
        name,
        input,
        request: { ...request, body },
        answer: await read(answer),
        decoded,
      });
    }
  }
  return examples;
}

function runOracle(seed) {
  const python = process.env.PYTHON ?? "python3";
  const script = join(FIXTURES, "oracle.py");
  const args = [script, "--seed", String(seed), "--count", String(ORDERS)];
  const result = spawnSync(python, args, { encoding: "utf8", maxBuffer: 1 << 28 });
  if (result.error || result.status !== 0) {
    const reason = result.error?.message ?? result.stderr;
    throw new Error(`the oracle needs Python 3.9 or later: install it or set PYTHON (${python}: ${reason})`);
  }
  return result.stdout;
}
