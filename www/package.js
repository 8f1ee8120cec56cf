// The package stands beside the page, a file for each of its entries. A missing file and a module that cannot start are
// told apart.

import { problemOf } from "./problems.js";

/** Either `{ entry }`, which `start` has called once to start its module, or `{ problem }`. */
export async function loadEntry(name, start) {
  let entry;
  try {
    entry = await import(`./tiyin/${name}.js`);
  } catch (error) {
    return { problem: { code: "package_missing", field: `tiyin/${name}.js`, message: String(error) } };
  }
  try {
    start(entry);
    return { entry };
  } catch (error) {
    return { problem: problemOf(error) };
  }
}
