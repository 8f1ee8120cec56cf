// Nothing is paid twice: not by a double click, a reload, the back button, a page that was left, nor another tab.

import assert from "node:assert/strict";

import { check } from "../report.js";
import { Visit } from "./visit.js";

// A tab that has heard of the other's payment has no button any more.
const clickPay = ({ page }) => page.evaluate(() => document.getElementById("pay")?.click());

async function doubleClick(visit) {
  await visit.arm("delay", { seconds: "1" });
  await visit.prepare({ amount: "6001", withCode: false });
  await visit.page.click("#pay", { count: 2 });
  await visit.is("paid");
}

async function reloadInTheMiddle(visit) {
  await visit.arm("delay", { seconds: "3" });
  await visit.prepare({ amount: "6002" });
  await visit.pay();
  await visit.isSent();
  await visit.reload();
  await visit.is("paid");
}

async function reloadBeforeItIsExecuted(visit) {
  await visit.arm("execute_late", { seconds: "3" });
  await visit.prepare({ amount: "6003", withCode: false });
  await visit.pay();
  await visit.isSent();
  await visit.reload();
  assert.notEqual(await visit.state(), "ready");
  await visit.is("paid");
}

async function goBack(visit) {
  await visit.arm("hang_after");
  await visit.prepare({ amount: "6004", withCode: false });
  await visit.pay();
  await visit.isSent();
  await visit.page.evaluate(() => window.history.back());
  await visit.has("#payment");
  await visit.has("#unfinished");
  // The form still holds that bill: whoever goes on with it comes to the payment under way.
  await visit.submit();
  await visit.is("paid");
}

async function leaveThePage(visit) {
  await visit.arm("hang_after");
  await visit.prepare({ amount: "6005" });
  await visit.pay();
  await visit.isSent();
  await visit.page.goto("about:blank");
  await visit.page.goBack();
  await visit.started();
  await visit.is("paid");
}

async function twoTabs(visit, browser, url) {
  await visit.arm("delay", { seconds: "3" });
  await visit.prepare({ amount: "6007", withCode: false });
  const other = await Visit.begin(browser, url, { name: `${visit.name} tab`, beside: visit });
  await other.is("ready");
  await Promise.all([clickPay(visit), clickPay(other)]);
  await other.is("paid");
  await other.page.close();
  await visit.page.bringToFront();
  await visit.is("paid");
}

async function sameBillInTwoTabs(visit, browser, url) {
  const bill = { amount: "6008", withCode: false };
  await visit.prepare(bill);
  const other = await Visit.begin(browser, url, { name: `${visit.name} tab`, beside: visit });
  await other.goTo(`${other.url}#new`);
  await other.prepare(bill);
  await other.pay();
  await other.is("paid");
  await other.page.close();
  await visit.page.bringToFront();
  await visit.is("closed");
  // Whoever wants to pay the same bill again is told first.
  await visit.press("#bill .primary");
  await visit.has("#payment");
  await visit.page.waitForSelector("#account-phone");
  await visit.submit();
  await visit.page.waitForSelector("#hindrance.notice");
  await visit.press("#hindrance .primary");
  await visit.is("paid");
}

async function otherTabTakesUp(visit, browser, url) {
  await visit.arm("execute_late", { seconds: "3" });
  await visit.prepare({ amount: "6009" });
  await visit.pay();
  await visit.isSent();
  const { page } = visit;
  const other = await Visit.begin(browser, url, { name: `${visit.name} tab`, beside: visit });
  await page.close();
  await other.is("paid");
  visit.page = other.page;
}

const WAYS = [
  ["a double click", doubleClick],
  ["a reload while the answer is awaited", reloadInTheMiddle],
  ["a reload before the provider executes it", reloadBeforeItIsExecuted],
  ["the back button, and going on with the same form", goBack],
  ["leaving the page and coming back", leaveThePage],
  ["two tabs that pay at once", twoTabs],
  ["the same bill prepared in two tabs", sameBillInTwoTabs],
  ["a tab that is closed, and another one that takes up its payment", otherTabTakesUp],
];

/** Runs in the page: everything that it has stored about bills. */
function storedBills() {
  return new Promise((resolve) => {
    const opening = indexedDB.open("tiyin.bills");
    opening.onsuccess = () => {
      const rows = opening.result.transaction("rows").objectStore("rows").getAll();
      rows.onsuccess = () => {
        opening.result.close();
        resolve(JSON.stringify([rows.result, { ...localStorage }, { ...sessionStorage }]));
      };
    };
  });
}

export async function checkTwice(browser, name, url) {
  const visit = await Visit.begin(browser, url, { name, width: name === "Firefox" ? "wide" : "narrow" });
  for (const [way, act] of WAYS) {
    await check(`${name}: ${way} pays once`, async () => {
      await visit.page.bringToFront();
      await visit.countAnew();
      await act(visit, browser, url);
      await visit.assertJudged(1, 1);
      await visit.another();
    });
  }
  await check(`${name}: what the page stores has no code in it`, async () => {
    const stored = await visit.page.evaluate(storedBills);
    assert.match(stored, /"transactionId"/);
    assert.doesNotMatch(stored, /111111/);
  });
  await visit.end();
}
