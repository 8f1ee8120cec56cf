// The form and the bill beside the happy path: what can be found, what is refused in words, what can be mended.

import assert from "node:assert/strict";

import { check } from "../report.js";
import { Visit } from "./visit.js";

const ELECTRICITY = "6ae5eaf5-9b70-4aa9-9260-2438e99affa0";
const POOR_CARD = "10000000-0000-4000-8000-000000000002";
const BLOCKED_CARD = "10000000-0000-4000-8000-000000000003";
const TWO_MINUTES = 2 * 60 * 1000;

async function checkServices(visit, name) {
  const found = () => visit.count("button.service");
  await check(`${name}: services are found in three alphabets, and some cannot be paid`, async () => {
    const all = await found();
    assert.equal(await visit.count(".service.unavailable"), 2);
    for (const typed of ["elektro", "ЭЛЕКТРО", "ucell", "уcelл"]) {
      await visit.type("#service-search", typed);
      const some = await found();
      assert.ok(some > 0 && some < all, typed);
    }
    await visit.type("#service-search", "qwerty");
    await visit.has("#service-none");
    await visit.type("#service-search", " ");
    assert.equal(await found(), all);
  });
}

async function checkFields(visit, name) {
  await check(`${name}: a choice narrows the next one, and the account tells whose it is`, async () => {
    await visit.choose(ELECTRICITY);
    assert.equal(await visit.page.$eval("#account-soato", ({ disabled }) => disabled), true);
    await visit.page.select("#account-region", "2");
    assert.equal(await visit.count("#account-soato option"), 3);
    await visit.page.select("#account-soato", "27212");
    await visit.page.select("#account-region", "1");
    assert.equal(await visit.page.$eval("#account-soato", ({ value }) => value), "");
    await visit.press("#look-up");
    assert.equal(
      await visit.page.$eval("#account-soato", (field) => field.getAttribute("aria-invalid")),
      "true",
    );
    await visit.page.select("#account-soato", "26290");
    await visit.type("#account-customer_code", "1000402");
    await visit.arm("drop_before", { route: "info" });
    await visit.press("#look-up");
    await visit.page.waitForSelector("#account-info dl");
    assert.match(await visit.text("#account-info"), /-120000\.00 UZS/);
  });
}

async function checkAmount(visit, name) {
  await check(`${name}: an amount is never guessed, and is held to the service's limits`, async () => {
    const wrong = async (typed) => {
      await visit.type("#bill-amount", typed);
      await visit.has("#bill-amount-error");
      return visit.text("#bill-amount-error");
    };
    const words = [];
    for (const typed of ["1,000", "1000,50", "499", "5000001", "salom"]) words.push(await wrong(typed));
    assert.equal(new Set(words).size, 5);
    assert.match(words[2], /500/);
    await visit.type("#bill-amount", "1,000");
    await visit.page.waitForSelector("#bill-amount-choices .choice");
    await visit.press("#bill-amount-choices .choice");
    assert.equal(await visit.page.$eval("#bill-amount", ({ value }) => value), "1000");
    await visit.page.waitForSelector("#bill-amount-error[hidden]");
  });
  await check(`${name}: what was typed outlives a reload`, async () => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    await visit.reload();
    await visit.page.waitForSelector("#account-customer_code");
    const values = await visit.page.$$eval("#bill-details input[type=text], #bill-details select", (fields) =>
      fields.map(({ value }) => value),
    );
    assert.deepEqual(values, ["1", "26290", "1000402", "1000"]);
    await visit.press("#change-service");
  });
}

async function checkCodes(visit, name) {
  await check(`${name}: a wrong code can be typed again, and three of them end the payment`, async () => {
    await visit.countAnew();
    await visit.prepare({ amount: "7001" });
    await visit.pay({ code: "222222" });
    await visit.page.waitForSelector("#code-error");
    await visit.pay({ code: "333333" });
    await visit.is("refused");
    await visit.assertJudged(0, 2);
    await visit.press("#bill .primary");
    await visit.is("ready");
    await visit.pay();
    await visit.is("paid");
    await visit.assertJudged(1, 3);
    await visit.another();
  });
  await check(`${name}: a code that is too late is refused, and another one can be had`, async () => {
    await visit.countAnew();
    await visit.prepare({ amount: "7002" });
    assert.match(await visit.text("#code-left"), /[12]:\d\d/);
    await visit.press(`[data-code="111111"]`);
    await visit.letPass(TWO_MINUTES);
    await visit.press("#pay");
    await visit.page.waitForSelector("#code-error");
    await visit.press("#bill form .secondary");
    await visit.page.waitForFunction(
      () => !document.getElementById("code-error") && document.getElementById("code"),
    );
    await visit.pay();
    await visit.is("paid");
    await visit.assertJudged(1, 2);
    await visit.another();
  });
}

async function checkRefusals(visit, name) {
  await check(`${name}: a card that cannot pay is refused in words, and another one pays`, async () => {
    await visit.countAnew();
    await visit.prepare({ amount: "7003", card: BLOCKED_CARD });
    await visit.pay();
    await visit.is("refused");
    const blocked = await visit.text(".state-head p");
    await visit.press("#bill .primary");
    await visit.has("#payment");
    await visit.page.waitForSelector("#account-phone");
    await visit.press(`input[value="${POOR_CARD}"]`);
    await visit.submit();
    await visit.is("ready");
    await visit.pay();
    await visit.is("refused");
    assert.notEqual(await visit.text(".state-head p"), blocked);
    await visit.press("#bill .primary");
    await visit.page.waitForSelector("#account-phone");
    await visit.type("#bill-amount", "900");
    await visit.submit();
    await visit.is("ready");
    await visit.pay();
    await visit.is("paid");
    await visit.assertJudged(1, 3);
    await visit.another();
  });
  await check(`${name}: a payment that is left before it is sent is closed, and costs nothing`, async () => {
    await visit.countAnew();
    await visit.prepare({ amount: "7004" });
    await visit.press("#bill .quiet");
    await visit.has("#payment");
    await visit.assertJudged(0, 0);
    await visit.page.waitForSelector("#account-phone");
    await visit.press("#change-service");
  });
}

async function checkOtherSteps(visit, name) {
  for (const [index, kind] of ["drop_after", "server_error", "broken_json", "execute_late"].entries()) {
    await check(
      `${name}: ${kind} while a payment is prepared is told, and preparing again pays once`,
      async () => {
        await visit.countAnew();
        await visit.arm(kind, { route: "create", ...(kind === "execute_late" && { seconds: "1" }) });
        await visit.fill({ amount: String(7100 + index) });
        await visit.submit();
        await visit.page.waitForSelector("#hindrance.failure");
        await visit.submit();
        await visit.is("ready");
        await visit.pay();
        await visit.is("paid");
        await visit.assertJudged(1, 1);
        await visit.another();
      },
    );
  }
  await check(`${name}: fields and services that do not come can be asked for again`, async () => {
    await visit.arm("html", { route: "fields", times: "3" });
    await visit.press(`[data-service="${ELECTRICITY}"]`);
    await visit.page.waitForSelector("#hindrance.failure");
    await visit.press("#hindrance .secondary");
    await visit.page.waitForSelector("#account-region");
    await visit.press("#change-service");
  });
  await check(`${name}: a slow network is slow, and a fault can be taken back`, async () => {
    await visit.arm("hang", { times: "100" });
    await visit.press("#armed button");
    await visit.has("#not-armed");
    await visit.press("#slow");
    await visit.prepare({ amount: "7005", withCode: false });
    await visit.pay();
    await visit.is("paid");
    await visit.another();
    await visit.press("#slow");
  });
}

async function checkHistory(visit, name) {
  await check(`${name}: the history has what the ledger has, by service and date`, async () => {
    await visit.press("#history-refresh");
    const movements = await visit.count("#movements li");
    const rows = (count) =>
      visit.page.waitForFunction(
        (wanted) => document.querySelectorAll("#history-rows tr").length === wanted,
        {},
        count,
      );
    await rows(movements);
    assert.equal(await visit.count("#chart-rows tr"), 1);
    await visit.page.select("#history-service", ELECTRICITY);
    await visit.has("#history-none");
    await visit.page.select("#history-service", "");
    await rows(movements);
    await visit.page.$eval("#history-to", (field) => {
      field.value = "2020-01-01";
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
    await visit.has("#history-none");
  });
}

async function checkBeginning(visit, name) {
  await check(`${name}: everything can be erased`, async () => {
    await visit.press("#begin-anew");
    await visit.page.waitForFunction(
      () =>
        document.documentElement.dataset.ready === "" &&
        document.querySelectorAll("#movements li").length === 0,
    );
  });
}

export async function checkForm(browser, name, url) {
  const visit = await Visit.begin(browser, url, { name, width: name === "Firefox" ? "narrow" : "wide" });
  await checkServices(visit, name);
  await checkFields(visit, name);
  await checkAmount(visit, name);
  await checkCodes(visit, name);
  await checkRefusals(visit, name);
  await checkOtherSteps(visit, name);
  await checkHistory(visit, name);
  await checkBeginning(visit, name);
  await visit.end();
}
