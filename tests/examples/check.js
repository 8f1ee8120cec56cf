// Runs every JavaScript example of the READMEs and of the declarations' documentation against the installed package.

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { importEntries } from "../install/entries.js";
import { finishProject, installPackage } from "../install/install.js";
import { instrumented } from "./statements.js";

const project = await installPackage();
const installed = join(project, "node_modules/tiyin");
// An example has all exports at hand; first what it imports, then those of the entry whose declarations it is in.
const tiyin = {
  ...(await importEntry("server")),
  ...(await importEntry("index")),
  ...(await importEntry("sign")),
  ...(await importEntry("qr")),
  ...(await importEntry("sandbox")),
  ...(await importEntry("messages")),
};
const server = await importEntry("server");
const own = { "server.d.ts": server };
// What the declarations call `paylov`: a client of a sandbox, a new one for each example.
const paylov = () =>
  new tiyin.PaylovServices({ baseUrl: "https://shop.uz/paylov", fetch: tiyin.createSandbox().fetch });
// What they call `bank` and `order`.
const bank = () =>
  new tiyin.BankTransfers({ baseUrl: "https://shop.uz/bank", fetch: tiyin.createSandbox().fetch });
const order = () => ({
  orderId: "100001",
  payee: { name: "АК Aloqabank", bankCode: "00401", account: "16103000900000401001" },
  purpose: "Предоплата 100% за аренду",
  serviceId: "33",
  amount: tiyin.som(5000),
  commission: tiyin.som(0),
});
const passed = [];
const failed = [];

const entries = await importEntries(project);
const DOCUMENTS = [
  "README.md",
  "sandbox/README.md",
  "docs/checkout-link-in-five-minutes.md",
  "docs/pay-a-bill-from-a-page.md",
  "docs/bank-transfers.md",
];

for (const path of DOCUMENTS)
  await runAll(path, codeBlocks(await readFile(new URL(`../../${path}`, import.meta.url), "utf8")));
await runAll("the package's README.md", codeBlocks(await readFile(join(installed, "README.md"), "utf8")));
for (const path of await readdir(installed, { recursive: true })) {
  if (path.endsWith(".d.ts")) await runAll(path, examples(await readFile(join(installed, path), "utf8")));
}
for (const { name, problem } of failed) console.log(`examples: FAILED ${name}\n    ${problem}`);
await finishProject(project, failed.length > 0);
console.log(`examples: ${passed.length} passed, ${failed.length} failed`);
process.exitCode = failed.length > 0 || passed.length === 0 ? 1 : 0;

function importEntry(name) {
  return import(pathToFileURL(join(installed, `${name}.js`)).href);
}

async function runAll(where, sources) {
  for (const [index, source] of sources.entries()) {
    const name = `${where}, example ${index + 1}`;
    try {
      const promises = await runExample(source, { ...tiyin, ...own[where] });
      passed.push(name);
      if (promises === 0) throw new Error(`promises nothing, so nothing can fail:\n${source}`);
    } catch (error) {
      failed.push({ name, problem: error.message });
    }
  }
}

/** Runs one example with all exports at hand, and returns how many of its promises were kept. */
async function runExample(source, exports) {
  let kept = 0;
  const promise = (call, claim) => {
    keep(call, claim);
    kept++;
  };
  const promised = async (call, claim) => {
    const settled = await call().then(
      (value) => () => value,
      (error) => () => {
        throw error;
      },
    );
    keep(settled, claim);
    kept++;
  };
  const { text, imports } = instrumented(source);
  const imported = {};
  for (const { entry, name } of imports) {
    if (!(name in (entries[entry] ?? {}))) throw new Error(`${entry} has no ${name}:\n${source}`);
    imported[name] = entries[entry][name];
  }
  const AsyncFunction = (async () => {}).constructor;
  const scope = {
    paylov: paylov(),
    bank: bank(),
    order: order(),
    ...exports,
    ...imported,
    promise,
    promised,
  };
  // In a block, so that an example can have names of its own for what is at hand.
  await new AsyncFunction(...Object.keys(scope), `{${text}\n}`)(...Object.values(scope));
  return kept;
}

function keep(call, claim) {
  if (claim.throws) {
    try {
      call();
    } catch (error) {
      if (error.code === claim.throws) return;
      throw new Error(`${call} threw ${error.code ?? error}, not ${claim.throws}`);
    }
    throw new Error(`${call} did not throw ${claim.throws}`);
  }
  const value = call();
  const holds =
    claim.startsWith === undefined
      ? isDeepStrictEqual(plainSpaces(value), claim.equals)
      : value.startsWith(claim.startsWith);
  if (!holds) throw new Error(`${call} is ${JSON.stringify(value)}, not ${JSON.stringify(claim)}`);
}

/** Documentation shows the no-break spaces of formatted amounts as plain ones. */
function plainSpaces(value) {
  return typeof value === "string" ? value.replaceAll("\u00a0", " ") : value;
}

function codeBlocks(markdown) {
  return [...markdown.matchAll(/^```js\n(.*?)^```$/gms)].map(([, code]) => code);
}

function examples(declarations) {
  const comments = [...declarations.matchAll(/\/\*\*.*?\*\//gs)].map(([comment]) => comment);
  const code = comments.map((comment) => comment.split("@example")[1]).filter(Boolean);
  return code.map((text) => text.replace(/\*\/$/, "").replace(/^ *\* ?/gm, ""));
}
