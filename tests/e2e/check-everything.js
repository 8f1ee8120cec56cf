// What holds for the whole run: nothing went wrong unseen, and no control was left out.

import assert from "node:assert/strict";

import { troubles } from "./browser.js";
import { knownControls, unusedControls } from "./controls.js";
import { check } from "./report.js";

export async function checkEverything() {
  await check("every control of the page was used", () => {
    assert.ok(knownControls().length > 30, `only ${knownControls().length} controls were seen`);
    assert.deepEqual(unusedControls(), []);
  });
  await check("no console error or warning, page error, failed request or CSP violation", () => {
    assert.deepEqual(troubles, []);
  });
}
