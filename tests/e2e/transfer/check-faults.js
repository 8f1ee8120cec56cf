// Each fault at an order and at a question for it: the order ends certain, and money has moved once for it, or not at all.

import assert from "node:assert/strict";

import { check } from "../report.js";
import { ending, TransferVisit } from "./visit.js";

// How often an order was sent in the end: again only where the bank has gone on saying that it has none.
const ONCE = { from: 1, to: 1 };
const AGAIN = { from: 2, to: 2 };
// It is executed late, or sent again before: whichever the bank has first is paid.
const EITHER = { from: 1, to: 2 };

const AT_ORDERS = [
  ["drop_before", AGAIN],
  ["drop_after", ONCE],
  ["execute_late", EITHER, { seconds: "8" }],
  ["delay", ONCE, { seconds: "3" }],
  ["hang", AGAIN],
  ["hang_after", ONCE],
  ["server_error", AGAIN],
  ["server_error_after", ONCE],
  ["rate_limited", EITHER, { seconds: "1" }],
  ["broken_json", ONCE],
  ["html", AGAIN],
  ["html_after", ONCE],
  ["empty", ONCE],
  ["duplicate_delivery", ONCE],
];

const AT_QUESTIONS = [
  "drop_before",
  "drop_after",
  "stale_status",
  "delay",
  "hang",
  "hang_after",
  "server_error",
  "server_error_after",
  "rate_limited",
  "broken_json",
  "html",
  "html_after",
  "empty",
].map((kind) => [kind, ONCE, { route: "bank/payment_status", nth: "2", seconds: "1" }]);

const HAS_TIME = ["execute_late", "stale_status", "delay", "rate_limited"];
const LANGUAGES = ["uz", "ru", "en"];
const CERTAIN = { timeout: 60_000 };

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function payWith(visit, [kind, sends, options], order) {
  const strikes = await visit.count("#strikes li");
  await visit.countAnew();
  const { seconds, route, nth } = options ?? {};
  const toBudget = order.kind === "budget" && route === undefined;
  await visit.arm(kind, {
    ...(route && { route }),
    ...(toBudget && { route: "bank/payment_budget" }),
    ...(nth && { nth }),
    ...(HAS_TIME.includes(kind) && { seconds }),
  });
  await visit.prepare(order);
  await visit.send();
  await visit.is("settled", CERTAIN);
  await visit.assertJudged(1, sends);
  assert.equal(await visit.text("#order-heading"), await visit.say("order.settled"));
  assert.equal(await visit.text("#ledger-verdict"), await visit.say("ledger.one"));
  assert.equal((await visit.steps()).at(-1), await visit.say("timeline.settled"));
  assert.ok((await visit.count("#strikes li")) > strikes, "it struck");
}

/** Every second of a list for one browser, the others for the other: each waits for most of its time. */
const shareOf = (name, list) =>
  [...list.entries()].filter(([index]) => (index % 2 === 0) === (name === "Chromium"));

function groupsFor(name, faults) {
  const groups = new Map();
  for (const [index, fault] of shareOf(name, faults)) {
    const width = index % 4 < 2 ? "wide" : "narrow";
    const language = LANGUAGES[index % LANGUAGES.length];
    const key = `${width}, ${language}`;
    const order = { amount: String(5000 + index), kind: index % 3 === 2 ? "budget" : "requisites" };
    groups.set(key, [...(groups.get(key) ?? []), { width, language, fault, order }]);
  }
  return [...groups.values()];
}

async function payGroup(browser, name, url, group) {
  const [{ width, language }] = group;
  const visit = await TransferVisit.begin(browser, url, { name, width, language });
  for (const { fault, order } of group) {
    const [kind, , { route = "an order" } = {}] = fault;
    const where = route === "an order" ? `an order, ${order.kind}` : "a question";
    await check(`${name}, ${width}, ${language}: ${kind} at ${where}`, () => payWith(visit, fault, order));
    await visit.goTo(`${visit.url}#new`);
  }
  await visit.end();
}

/** What the bank itself does, by the end of the account. */
const ENDINGS = [
  ["780000", "settled", 1, ONCE],
  ["780402", "deleted", 0, ONCE],
  ["701013", "refused", 0, ONCE],
  ["701014", "refused", 0, ONCE],
  ["703333", "refused", 0, ONCE],
  ["711111", "settled", 1, AGAIN],
  ["721111", "settled", 1, ONCE],
  ["731111", "settled", 1, EITHER],
  ["722222", "settled", 1, ONCE],
  ["719999", "settled", 1, AGAIN],
];

const COURSES = {
  async "what is accepted is not called paid, and a minute later it is"(visit) {
    await visit.prepare({ account: ending("780060"), amount: "6100" });
    await visit.send();
    await visit.is("accepted");
    assert.equal(await visit.text("#order-heading"), await visit.say("order.accepted"));
    await visit.assertJudged(0, 1);
    await visit.letPass(60_000);
    await visit.is("settled", CERTAIN);
    await visit.assertJudged(1, 1);
  },
  async "what fails every time is sent three times, and again only when that is asked for"(visit) {
    await visit.prepare({ account: ending("701111"), amount: "6103" });
    await visit.send();
    await visit.is("nothing", { timeout: 90_000 });
    assert.equal(await visit.text("#order-heading"), await visit.say("order.nothing"));
    await visit.assertJudged(0, 3);
    await visit.press("#sendMore");
    for (let asked = 0; asked < 200 && (await visit.sends()) < visit.before.sent + 4; asked++)
      await pause(100);
    await visit.assertJudged(0, 4);
  },
  async "a refusal that passes is tried again under the same number"(visit) {
    await visit.prepare({ account: ending("713333"), amount: "6101" });
    const id = await visit.orderId();
    await visit.send();
    await visit.is("refused", CERTAIN);
    await visit.press("#again");
    await visit.is("settled", CERTAIN);
    assert.equal(await visit.orderId(), id);
    await visit.assertJudged(1, 2);
  },
  async "what is refused for its account is corrected under another number"(visit) {
    await visit.prepare({ account: ending("701013"), amount: "6102" });
    const id = await visit.orderId();
    await visit.send();
    await visit.is("refused", CERTAIN);
    await visit.press("#correct");
    await visit.has("#transfer");
    await visit.type("#payee-account", ending("780000"));
    await visit.submit();
    await visit.is("ready");
    assert.notEqual(await visit.orderId(), id);
    await visit.send();
    await visit.is("settled", CERTAIN);
    await visit.assertJudged(1, 2);
  },
};

async function checkEndings(browser, name, url) {
  const visit = await TransferVisit.begin(browser, url, { name });
  for (const [index, [end, state, movements, sends]] of shareOf(name, ENDINGS)) {
    await check(`${name}: an account that ends in ${end} ends ${state}`, async () => {
      await visit.countAnew();
      await visit.prepare({ account: ending(end), amount: String(6000 + index) });
      await visit.send();
      await visit.is(state, CERTAIN);
      await visit.assertJudged(movements, sends);
      assert.equal((await visit.steps()).at(-1), await visit.say(`timeline.${state}`));
      await visit.another();
    });
  }
  for (const [, [course, take]] of shareOf(name, Object.entries(COURSES))) {
    await check(`${name}: ${course}`, async () => {
      await visit.countAnew();
      await take(visit);
      await visit.another();
    });
  }
  await visit.end();
}

async function checkGroups(browser, name, url, faults) {
  for (const group of groupsFor(name, faults)) await payGroup(browser, name, url, group);
}

export const checkFaultsAtOrders = (browser, name, url) => checkGroups(browser, name, url, AT_ORDERS);

export async function checkFaultsAtQuestions(browser, name, url) {
  await checkGroups(browser, name, url, AT_QUESTIONS);
  await checkEndings(browser, name, url);
}
