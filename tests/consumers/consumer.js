// A consumer: a throw-away project with the installed package and a page or worker of its own, and the checks on it.

import { cp } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { check } from "../e2e/report.js";
import { finishProject, installPackage } from "../install/install.js";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const SOURCES = ["questions.js", "page.js", "worker.js"];

/** Runs the checks, each a function of the project, one after the other. Where one fails the project is kept. */
export async function consumer(name, checks) {
  await examine(name, await installPackage(), checks);
}

/** The same for a consumer that brings its own tools: a project made from a folder here. */
export async function consumerWithTools(name, folder, checks) {
  await examine(name, await installPackage(join(HERE, folder)), checks);
}

async function examine(name, project, checks) {
  for (const file of SOURCES) await cp(join(HERE, file), join(project, file));
  let failed = false;
  for (const [what, action] of Object.entries(checks)) {
    const held = await check(`${name}: ${what}`, () => action(project));
    failed ||= !held;
  }
  await finishProject(project, failed);
}

/** Fails unless these are the answers that the project's questions expect. */
export async function expectAnswers(project, given) {
  const { expected } = await import(pathToFileURL(join(project, "questions.js")).href);
  const wrong = expected.findIndex((answer, index) => !isDeepStrictEqual(given[index], answer));
  if (wrong >= 0) {
    const [answer, right] = [given[wrong], expected[wrong]].map((value) => JSON.stringify(value));
    throw new Error(`question ${wrong + 1}: answered ${answer}, expected ${right}`);
  }
}

/** Fails unless every question was refused with this code, in words that name the remedy. */
export function expectRefusals(given, code, remedy) {
  const other = given.find(
    (answer) => answer.code !== code || !answer.isTiyinError || !answer.message.includes(remedy),
  );
  if (other || given.length === 0) {
    throw new Error(`answered ${JSON.stringify(other)}, expected a TiyinError ${code} that says ${remedy}`);
  }
}
