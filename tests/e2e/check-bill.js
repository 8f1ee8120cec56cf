// The page that pays bills, in Chromium and Firefox.

import assert from "node:assert/strict";

import { inBothBrowsers } from "./bill/browsers.js";
import { checkCertainty } from "./bill/check-certainty.js";
import { checkFailures } from "./bill/check-failures.js";
import { checkFaults } from "./bill/check-faults.js";
import { checkForm } from "./bill/check-form.js";
import { checkLook } from "./bill/check-look.js";
import { checkTexts } from "./bill/check-texts.js";
import { checkTwice } from "./bill/check-twice.js";
import { troubles } from "./bill/visit.js";
import { check } from "./report.js";

export async function checkBill(url, shots) {
  await checkTexts();
  await inBothBrowsers(
    (browser, name) => checkFaults(browser, name, url),
    async (browser, name) => {
      await checkTwice(browser, name, url);
      await checkForm(browser, name, url);
      await checkFailures(browser, name, url);
      await checkCertainty(browser, name, url);
      await checkLook(browser, name, url, shots);
    },
  );
  await check("no console error or warning, page error or failed request where bills are paid", () => {
    assert.deepEqual(troubles, []);
  });
}
