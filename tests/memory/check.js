// A million calls of everything that the package exports, constructors included, every eighth with arguments that are
// refused, and the event loop turning in between; of a client's methods, which mostly take the platform's time, a tenth of
// that. A module's memory may grow during the first calls, and never again.

import { importEntries } from "../install/entries.js";
import { finishProject, installPackage } from "../install/install.js";
import { callables, exportsOf } from "../runtimes/suite/callables.js";
import { callsOf, INSTANCES, isCallOfClient } from "../runtimes/suite/calls.js";
import { bytesOf, watchInstances } from "./instances.js";

const CALLS_OF_EACH = 1_000_000;
const CALLS_A_TURN = 1000;
const CLIENT_CALLS_A_TURN = 100;
const CALLS_TO_SETTLE = 5000;
const REFUSED_EVERY = 8;

const checks = [];
const failures = new Map();
const started = watchInstances();
const project = await installPackage();
try {
  const functions = callables(exportsOf(await importEntries(project)), INSTANCES);
  checks.push(...Object.keys(functions), "the memory");
  await callAll(functions, CALLS_TO_SETTLE);
  const settled = started.map(bytesOf);
  await callAll(functions, CALLS_OF_EACH - CALLS_TO_SETTLE);
  checkMemory(settled, started.map(bytesOf));
} catch (error) {
  checks.push("the calls");
  failures.set("the calls", error);
}
for (const [name, error] of failures) console.log(`memory: FAILED ${name}\n    ${error.stack}`);
await finishProject(project, failures.size > 0);
console.log(`memory: ${checks.length - failures.size} passed, ${failures.size} failed`);
process.exitCode = failures.size > 0 ? 1 : 0;

/** A function that fails is not called again. */
async function callAll(functions, count) {
  for (let done = 0; done < count; done += CALLS_A_TURN) {
    for (const [name, call] of Object.entries(functions)) {
      if (failures.has(name)) continue;
      try {
        if (isCallOfClient(name)) await callAtOnce(call, callsOf(name));
        else callOften(call, callsOf(name));
      } catch (error) {
        failures.set(name, error);
      }
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function callOften(call, known) {
  if (!known) throw new Error("calls.js has no arguments for it");
  for (let index = 0; index < CALLS_A_TURN; index++) {
    if (known.refused && index % REFUSED_EVERY === 0) checkRefused(call, known.refused);
    else call(...known.answered);
  }
}

/** All of them are under way at the same time. */
async function callAtOnce(call, { answered, refused }) {
  const calls = Array.from({ length: CLIENT_CALLS_A_TURN }, (_, index) =>
    index % REFUSED_EVERY === 0 ? checkRejected(call, refused) : call(...answered),
  );
  await Promise.all(calls);
}

async function checkRejected(call, values) {
  const answer = await call(...values).catch(() => checkRejected);
  if (answer !== checkRejected) throw new Error(`it was to refuse, and gave ${JSON.stringify(answer)}`);
}

function checkRefused(call, values) {
  let answer;
  try {
    answer = call(...values);
  } catch {
    return;
  }
  throw new Error(`it was to refuse, and gave ${JSON.stringify(answer)}`);
}

function checkMemory(before, after) {
  // More instances than before: a call has trapped, or has taken so much that its instance was given back.
  if (`${before}` === `${after}`)
    console.log(
      `memory: ${after} bytes after ${CALLS_OF_EACH} calls of each function, a tenth of each client's`,
    );
  else failures.set("the memory", new Error(`it grew from ${before} to ${after} bytes`));
}
