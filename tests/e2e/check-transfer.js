// The page that sends transfers, in Chromium and Firefox.

import assert from "node:assert/strict";

import { inBothBrowsers } from "./bill/browsers.js";
import { troubles } from "./bill/visit.js";
import { check } from "./report.js";
import { checkFaultsAtOrders, checkFaultsAtQuestions } from "./transfer/check-faults.js";
import { checkForm } from "./transfer/check-form.js";
import { checkLook } from "./transfer/check-look.js";
import { checkStatement } from "./transfer/check-statement.js";
import { checkTexts } from "./transfer/check-texts.js";
import { checkTwice } from "./transfer/check-twice.js";

export async function checkTransfer(url, shots) {
  await checkTexts();
  await inBothBrowsers(
    async (browser, name) => {
      await checkFaultsAtOrders(browser, name, url);
      await checkStatement(browser, name, url);
    },
    async (browser, name) => {
      await checkFaultsAtQuestions(browser, name, url);
      await checkForm(browser, name, url);
    },
    async (browser, name) => {
      await checkTwice(browser, name, url);
      await checkLook(browser, name, url, shots);
    },
  );
  await check("no console error or warning, page error or failed request where transfers are sent", () => {
    assert.deepEqual(troubles, []);
  });
}
