// The page says what is so and nothing more: of a payment that may not have left, of a code, of a bill that another tab closed.

import assert from "node:assert/strict";

import { check } from "../report.js";
import { UCELL, Visit } from "./visit.js";

const STEAM = "a93e5d07-46f1-4b8c-b2e9-1f7d60c8a354";
const TWO_MINUTES = 2 * 60 * 1000;

/** Runs in the page: a bill becomes what it would be if another tab had ended in the middle of something. */
function rewriteBill(id, changes) {
  return new Promise((resolve) => {
    const opening = indexedDB.open("tiyin.bills");
    opening.onsuccess = () => {
      const transaction = opening.result.transaction("rows", "readwrite");
      const rows = transaction.objectStore("rows");
      const found = rows.get(id);
      found.onsuccess = () => rows.put({ ...found.result, ...changes });
      transaction.oncomplete = () => {
        opening.result.close();
        resolve();
      };
    };
  });
}

const idOf = ({ page }) => Number(page.url().split("#bill-")[1]);

async function checkSending(visit, name) {
  await check(`${name}: a payment that may never have left is not called sent`, async () => {
    await visit.countAnew();
    await visit.prepare({ amount: "9001", withCode: false });
    await visit.page.evaluate(rewriteBill, idOf(visit), { state: "sent", sentAt: Date.now() });
    await visit.reload();
    await visit.page.waitForSelector("#steps .step:nth-child(2).unsure");
    const words = await visit.text("#steps .step:nth-child(2) .step-words");
    assert.equal(words, await visit.say("steps.sentPerhaps"));
    await visit.assertJudged(0, 0);
    await visit.letADayPass();
    await visit.is("cancelled");
    await visit.another();
  });
  await check(`${name}: a bill that was closed elsewhere is shown closed, and nothing is asked`, async () => {
    await visit.countAnew();
    await visit.prepare({ amount: "9002", withCode: false });
    await visit.page.evaluate(rewriteBill, idOf(visit), { state: "closed" });
    await visit.pay();
    await visit.page.waitForFunction(() => document.getElementById("bill").dataset.state !== "ready");
    await visit.page.waitForSelector('#bill[data-state="closed"]', { timeout: 3000 });
    await visit.assertJudged(0, 0);
    await visit.press("#bill .secondary");
    await visit.has("#payment");
  });
}

/** Runs in the page before its programs: the computer's clock is a day behind. */
function setBackADay() {
  const now = Date.now.bind(Date);
  Date.now = () => now() - 24 * 60 * 60 * 1000;
}

async function checkCode(visit, name) {
  await check(`${name}: what is no code is refused in words, and not sent`, async () => {
    await visit.countAnew();
    await visit.prepare({ amount: "9003" });
    for (const typed of ["", "12", "abcdef", "123456789"]) {
      await visit.type("#code", typed);
      await visit.press("#pay");
      await visit.page.waitForSelector('#code[aria-invalid="true"]');
      assert.equal(await visit.text("#code-error"), await visit.say("bill.codeShape"));
    }
    assert.equal(await visit.page.evaluate(() => document.activeElement.id), "code");
    await visit.page.waitForFunction(
      (words) => document.getElementById("announcer").textContent === words,
      {},
      await visit.say("bill.codeShape"),
    );
    assert.equal(await visit.state(), "ready");
    await visit.assertJudged(0, 0);
  });
  await check(`${name}: a code expires by the provider's clock`, async () => {
    assert.match(await visit.text("#code-left"), /[12]:\d\d/);
    await visit.letPass(TWO_MINUTES);
    const over = await visit.say("bill.codeOver");
    await visit.page.waitForFunction(
      (words) => document.getElementById("code-left").textContent === words,
      { timeout: 3000 },
      over,
    );
    await visit.reload();
    await visit.is("ready");
    assert.equal(await visit.text("#code-left"), over);
    await visit.press("#bill .quiet");
    await visit.has("#payment");
  });
}

async function checkWrongClock(browser, name, url) {
  await check(
    `${name}: a code is never good for longer than codes are, whatever the computer's clock`,
    async () => {
      const visit = await Visit.begin(browser, url, { name });
      await visit.prepare({ amount: "9004" });
      await visit.page.evaluateOnNewDocument(setBackADay);
      await visit.reload();
      await visit.is("ready");
      assert.match(await visit.text("#code-left"), / (2:00|1:\d\d) /);
      await visit.end();
    },
  );
}

async function checkAddresses(visit, name) {
  await check(`${name}: an address without a bill shows the form`, async () => {
    await visit.goTo(`${visit.url}#bill-0`);
    await visit.reload();
    await visit.has("#payment");
    assert.equal(await visit.state(), "none");
    await visit.goTo(`${visit.url}#new`);
  });
}

async function checkReceipts(browser, name, url) {
  await check(`${name}: the history leads to the receipt that this browser has`, async () => {
    const visit = await Visit.begin(browser, url, { name, width: 320 });
    await visit.prepare({ amount: "9005", withCode: false });
    await visit.pay();
    await visit.is("paid");
    await visit.another();
    await visit.reload();
    await visit.press("#history-rows a");
    await visit.is("paid");
    assert.match(await visit.text("#bill .sum"), /9 005/);
    await visit.page.waitForFunction(
      () => document.getElementById("bill-heading").getBoundingClientRect().top >= 0,
    );
    await visit.end();
  });
}

async function checkServicesThatDoNotCome(visit, name) {
  await check(`${name}: services that do not come can be asked for again`, async () => {
    await visit.arm("html", { route: "list", times: "3" });
    await visit.reload();
    await visit.page.waitForSelector("#hindrance.failure");
    assert.equal(await visit.count("#hindrance p"), 1);
    assert.doesNotMatch(await visit.text("#hindrance p"), /holatini/);
    await visit.press("#hindrance .secondary");
    await visit.page.waitForSelector("button.service");
    assert.equal(await visit.page.$eval("#services-failed", ({ hidden }) => hidden), true);
    assert.equal(await visit.count("#hindrance p"), 0);
    assert.ok((await visit.count("#history-service option")) > 3);
  });
}

async function checkForm(visit, name) {
  await check(`${name}: how many characters a field takes is said where there are too many`, async () => {
    await visit.choose(UCELL);
    await visit.type("#account-phone", "9012345670");
    await visit.page.keyboard.press("Tab");
    await visit.has("#account-phone-error");
    assert.match(await visit.text("#account-phone-error"), /\b9\b/);
  });
  await check(`${name}: no amount is offered that the service refuses`, async () => {
    await visit.choose(UCELL);
    await visit.type("#bill-amount", "1,000");
    await visit.page.waitForSelector("#bill-amount-choices .choice");
    assert.equal(await visit.count("#bill-amount-choices .choice"), 1);
    await visit.choose(STEAM);
    await visit.type("#bill-amount", "1,000");
    await visit.page.waitForFunction(() =>
      /10\s000/.test(document.getElementById("bill-amount-error").textContent),
    );
    assert.equal(await visit.count("#bill-amount-choices .choice"), 0);
  });
  await check(`${name}: while a payment is prepared nothing can be typed that would be lost`, async () => {
    await visit.countAnew();
    await visit.arm("delay", { route: "create", seconds: "1" });
    await visit.fill({ amount: "9006", withCode: false });
    await visit.page.focus("#bill-amount");
    await visit.page.keyboard.press("Enter");
    await visit.page.waitForSelector('#prepare[aria-disabled="true"]');
    assert.equal(await visit.page.evaluate(() => document.activeElement.id), "prepare");
    const left = await visit.page.$$eval("#payment input, #payment select, #change-service", (controls) =>
      controls.filter((one) => one.checkVisibility() && !one.matches(":disabled")).map(({ id }) => id),
    );
    assert.deepEqual(left, []);
    await visit.is("ready");
    await visit.press("#bill .quiet");
    await visit.has("#payment");
    await visit.page.waitForSelector("#account-phone:enabled");
  });
}

export async function checkCertainty(browser, name, url) {
  const visit = await Visit.begin(browser, url, { name, width: name === "Firefox" ? "narrow" : "wide" });
  await checkSending(visit, name);
  await checkCode(visit, name);
  await checkAddresses(visit, name);
  await checkForm(visit, name);
  await checkServicesThatDoNotCome(visit, name);
  await visit.end();
  await checkWrongClock(browser, name, url);
  await checkReceipts(browser, name, url);
}
