// What all runners share: prepare the project, let the runtime run the suite in it, judge, print.

import { finishProject, installPackage } from "../install/install.js";
import exceptions from "./exceptions.js";
import { prepare } from "./prepare.js";

/**
 * Runs the suite in one runtime and sets the exit code.
 *
 * `runSuite(project)` returns what the suite's `run()` returned inside the runtime, and throws, naming
 * what to install or which variable to set, where the runtime is missing.
 */
export async function main(runtime, runSuite) {
  const failures = [];
  let total = 0;
  let project;
  try {
    const seed = chooseSeed();
    console.log(`${runtime}: seed ${seed} (TIYIN_SEED=${seed} repeats this run)`);
    project = await installPackage();
    await prepare(project, seed);
    const { results, notes } = await runSuite(project);
    for (const note of notes) console.log(`${runtime}: ${note}`);
    total = results.length;
    failures.push(...judge(runtime, results));
  } catch (error) {
    total += 1;
    failures.push({ name: "the suite runs", error: error?.stack ?? String(error) });
  }
  for (const { name, error } of failures) console.log(`${runtime}: FAILED ${name}\n${indent(error)}`);
  if (project) await finishProject(project, failures.length > 0);
  console.log(`${runtime}: ${total - failures.length} passed, ${failures.length} failed`);
  process.exitCode = failures.length > 0 ? 1 : 0;
}

function chooseSeed() {
  const given = process.env.TIYIN_SEED;
  if (given === undefined) return Math.floor(Math.random() * 2 ** 31);
  if (!/^\d{1,10}$/.test(given) || Number(given) >= 2 ** 31) {
    throw new Error(`TIYIN_SEED is a whole number below 2147483648, not ${given}`);
  }
  return Number(given);
}

function judge(runtime, results) {
  if (results.length === 0) return [{ name: "the suite has tests", error: "no test ran" }];
  const excepted = new Set(
    exceptions.filter((entry) => entry.runtime === runtime).map((entry) => entry.test),
  );
  const failures = results.filter((result) => result.error && !excepted.has(result.name));
  for (const name of excepted) {
    const result = results.find((candidate) => candidate.name === name);
    if (!result?.error) {
      failures.push({
        name,
        error: `listed in exceptions.js, but ${result ? "it passes" : "there is no such test"}`,
      });
    }
  }
  return failures;
}

function indent(text) {
  return text.replace(/^/gm, "    ");
}
