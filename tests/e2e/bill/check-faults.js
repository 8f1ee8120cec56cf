// Each fault at the payment: the bill ends certain, and the ledger has one movement for it.

import assert from "node:assert/strict";

import { check } from "../report.js";
import { Visit } from "./visit.js";

// What a bill becomes without anybody's help: `nobody knows` lasts until the provider itself cancels it.
const FAULTS = [
  ["drop_before", "nobody knows"],
  ["drop_after", "paid"],
  ["execute_late", "paid", { seconds: "3" }],
  ["stale_status", "paid", { route: "status", seconds: "3" }],
  ["delay", "paid", { seconds: "3" }],
  ["hang", "nobody knows"],
  ["hang_after", "paid"],
  ["server_error", "nobody knows"],
  ["server_error_after", "paid"],
  ["rate_limited", "nobody knows", { seconds: "1" }],
  ["broken_json", "paid"],
  ["html", "nobody knows"],
  ["html_after", "paid"],
  ["empty", "paid"],
  ["duplicate_delivery", "paid twice by the network"],
];

const LANGUAGES = ["uz", "ru", "en"];

async function payWith(visit, [kind, outcome, options], bill) {
  const strikes = await visit.count("#strikes li");
  await visit.countAnew();
  await visit.arm(kind, options);
  // A status that is behind makes a difference only to those who must ask.
  if (kind === "stale_status") await visit.arm("drop_after");
  await visit.prepare(bill);
  await visit.pay();
  if (outcome === "nobody knows") await waitForCertainty(visit);
  await visit.is("paid");
  assert.equal(await visit.text("#bill-heading"), await visit.say("bill.paid"));
  const twice = outcome === "paid twice by the network";
  await visit.assertJudged(twice ? 2 : 1, outcome === "nobody knows" ? 2 : 1);
  const verdict = await visit.say(twice ? "ledger.many" : "ledger.one");
  assert.equal(await visit.text("#ledger-verdict"), verdict.replace("{number}", "2"));
  assert.ok((await visit.count("#strikes li")) > strikes, "it struck");
}

/** Nothing is sent again until the provider itself says that nothing was paid. */
async function waitForCertainty(visit) {
  await visit.page.waitForSelector("#steps .step.done:nth-child(2) ~ .unsure");
  assert.equal(await visit.text("#steps .step:nth-child(2) .step-words"), await visit.say("steps.sent"));
  await visit.assertJudged(0, 1);
  await visit.letADayPass();
  await visit.is("cancelled");
  assert.equal(await visit.text("#bill-heading"), await visit.say("bill.cancelled"));
  await visit.assertJudged(0, 1);
  await visit.press("#bill .primary");
  await visit.is("ready");
  await visit.pay();
}

/** Each browser has each fault, in one of the widths and one of the languages; the other browser has it in the other width. */
function groupsFor(name) {
  const groups = new Map();
  for (const [index, fault] of FAULTS.entries()) {
    const width = (index % 2 === 0) === (name === "Chromium") ? "wide" : "narrow";
    const language = LANGUAGES[index % LANGUAGES.length];
    const key = `${width}, ${language}`;
    const bill = { amount: String(5000 + index), withCode: index % 4 < 2 };
    groups.set(key, [...(groups.get(key) ?? []), { width, language, fault, bill }]);
  }
  return [...groups.values()];
}

export async function checkFaults(browser, name, url) {
  for (const group of groupsFor(name)) {
    const [{ width, language }] = group;
    const visit = await Visit.begin(browser, url, { name, width, language });
    for (const { fault, bill } of group) {
      const way = bill.withCode ? "with a code" : "without a code";
      await check(`${name}, ${width}, ${language}: ${fault[0]} at a payment ${way}`, async () => {
        await payWith(visit, fault, bill);
      });
      await visit.another();
    }
    await visit.end();
  }
}
