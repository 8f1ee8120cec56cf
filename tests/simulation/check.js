// Repeats simulated runs through the installed package: what the simulation's network did is done to the client again, and
// what reached its sandbox is sent to the package's. Both must do the same, to the byte and the millisecond.
//
//   node tests/simulation/check.js FILE
//
// simulation/src/journal.rs says what the file holds.

import { createReadStream } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { finishProject, installPackage } from "../install/install.js";
import { replayCall } from "./call.js";
import { replayDeliveries } from "./deliveries.js";

const SHOWN = 5;

const project = await installPackage();
const entry = (name) => import(pathToFileURL(join(project, "node_modules/tiyin", `${name}.js`)).href);
const page = await entry("index");
const server = await entry("server");
const { createSandbox } = await entry("sandbox");
const CLIENTS = { paylov: "PaylovServices", bank: "BankTransfers" };

let passed = 0;
const failures = [];
for await (const line of createInterface({ input: createReadStream(process.argv[2]) })) {
  const run = JSON.parse(line);
  const which = `run ${run.run} of ${run.provider}, seed ${run.seed}`;
  await check(`the client in ${which}`, () => repeatCalls(run));
  await check(`the sandbox in ${which}`, () => replayDeliveries(createSandbox, run));
}
for (const { name, problem } of failures.slice(0, SHOWN))
  console.log(`repeated runs: FAILED ${name}\n    ${problem}`);
await finishProject(project, failures.length > 0);
console.log(`repeated runs: ${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length > 0 || passed === 0 ? 1 : 0;

async function check(name, body) {
  try {
    await body();
    passed += 1;
  } catch (error) {
    failures.push({ name, problem: error.stack });
  }
}

async function repeatCalls({ provider, calls }) {
  for (const [index, call] of calls.entries()) {
    const Client = (call.client.auth ? server : page)[CLIENTS[provider]];
    const result = await replayCall(Client, call);
    const told = call.result && toldOf(call, result);
    if (!isDeepStrictEqual(told, call.result)) {
      const [expected, actual] = [JSON.stringify(call.result), JSON.stringify(told)];
      throw new Error(`call ${index}, ${call.method}: expected ${expected}, got ${actual}`);
    }
  }
}

/** What the simulation keeps of a result. */
function toldOf({ result: expected }, { error, answer }) {
  if (error) return { error: factsOf(error, expected.error) };
  if (!answer?.error) return { answer };
  return { answer: { ...answer, error: factsOf(answer.error, expected.answer?.error) } };
}

function factsOf(error, expected) {
  if (!page.isTiyinError(error)) return String(error);
  const facts = ["code", "outcome", "nextAction", "providerCode", "httpStatus", "retryAfterMs"];
  const known = facts.filter((fact) => error[fact] !== undefined || expected?.[fact] !== undefined);
  return Object.fromEntries(known.map((fact) => [fact, error[fact]]));
}
