// What every line shares. A line is a process of its own, so that none inherits another's compiled code and garbage; it
// is started with the project that has the package installed, and prints its rows as JSON.

import { pathToFileURL } from "node:url";

import { fileOf } from "../entry.js";

const [project, effort] = process.argv.slice(2);

/** `measure` gets the project's folder and a choice between a number for the full run and one for the quick. */
export async function line(measure) {
  const rows = await measure({ project, effort: (full, quick) => (effort === "quick" ? quick : full) });
  process.stdout.write(JSON.stringify(rows));
}

export function importEntry(entry) {
  return import(pathToFileURL(fileOf(entry, project)));
}
