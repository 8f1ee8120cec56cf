// A statement of a million rows, page by page: neither a module's memory nor the process's own grows with the rows that were
// read.

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { importEntries } from "../install/entries.js";
import { finishProject, installPackage } from "../install/install.js";
import { BANK_URL, CREDENTIALS, ok, QUERY, wireRow } from "../runtimes/suite/bank.js";
import { bytesOf, watchInstances } from "./instances.js";

const ROWS = 1_000_000;
const ROWS_A_PAGE = 1000;
// By then the compilers are done, and every buffer has its size.
const ROWS_TO_SETTLE = 100_000;
// The rows that are read in between would take a hundred times as much.
const MOST_GROWN = 4 << 20;

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");

const checks = [];
const failures = [];
const started = watchInstances();
const project = await installPackage();
const entries = await importEntries(project);
await check("read", async (bank, settle) => {
  let count = 0;
  for await (const { id } of bank.statement(QUERY)) {
    count += 1;
    if (id !== count) throw new Error(`row ${id} comes as number ${count}`);
    if (id === ROWS_TO_SETTLE) settle();
  }
  return count;
});
await check("added up", async (bank, settle) => {
  const { rows } = await bank.statementTotals({ ...QUERY, afterId: ROWS - ROWS_TO_SETTLE });
  settle();
  return rows + (await bank.statementTotals(QUERY)).rows - ROWS_TO_SETTLE;
});
for (const { name, error } of failures) console.log(`statement: FAILED ${name}\n    ${error.stack}`);
await finishProject(project, failures.length > 0);
console.log(`statement: ${checks.length - failures.length} passed, ${failures.length} failed`);
process.exitCode = failures.length > 0 ? 1 : 0;

/** Reads all rows with a client of each entry; `settle` is called where nothing should grow any more. */
async function check(what, read) {
  for (const [entry, config] of [
    ["tiyin", {}],
    ["tiyin/server", { auth: CREDENTIALS }],
  ]) {
    const name = `${what} by ${entry}`;
    checks.push(name);
    try {
      const bank = new entries[entry].BankTransfers({ baseUrl: BANK_URL, fetch: page, ...config });
      let before;
      const count = await read(bank, () => {
        before = measured();
      });
      if (count !== ROWS) throw new Error(`${count} rows`);
      judge(name, before, measured());
    } catch (error) {
      failures.push({ name, error });
    }
  }
}

function judge(name, before, after) {
  if (`${before.modules}` !== `${after.modules}`)
    throw new Error(`the modules' memory grew from ${before.modules} to ${after.modules} bytes`);
  const grown = after.heap - before.heap;
  if (grown > MOST_GROWN) throw new Error(`the heap grew by ${grown} bytes`);
  console.log(
    `statement: ${name}: ${after.modules} bytes of WebAssembly, and ${grown} bytes more on the heap`,
  );
}

function measured() {
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return { modules: started.map(bytesOf), heap: heapUsed + arrayBuffers };
}

/** The page behind a row, made when it is asked for. */
async function page(request) {
  const { lastId } = await request.json();
  const count = Math.min(ROWS_A_PAGE, ROWS - lastId);
  return ok(Array.from({ length: count }, (_, index) => wireRow(lastId + index + 1)));
}
