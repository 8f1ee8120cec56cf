// No order is paid twice: not by a double click, a reload, the back button, a page that was left, nor another tab.

import assert from "node:assert/strict";

import { check } from "../report.js";
import { TransferVisit } from "./visit.js";

const CERTAIN = { timeout: 60_000 };

const clickSend = ({ page }) => page.evaluate(() => document.getElementById("send")?.click());

async function doubleClick(visit) {
  await visit.arm("delay", { seconds: "1" });
  await visit.prepare({ amount: "7001" });
  await visit.page.click("#send", { count: 2 });
  await visit.is("settled", CERTAIN);
}

async function doubleSubmit(visit) {
  await visit.anew();
  await visit.fill({ amount: "7002" });
  await visit.page.click("#prepare", { count: 2 });
  await visit.is("ready");
  await visit.send();
  await visit.is("settled", CERTAIN);
}

async function reloadInTheMiddle(visit) {
  await visit.arm("delay", { seconds: "3" });
  await visit.prepare({ amount: "7003" });
  const id = await visit.orderId();
  await visit.send();
  await visit.isSent();
  await visit.reload();
  assert.equal(await visit.orderId(), id);
  await visit.is("settled", CERTAIN);
}

async function reloadBeforeItIsExecuted(visit) {
  await visit.arm("execute_late", { seconds: "3" });
  await visit.prepare({ amount: "7004" });
  await visit.send();
  await visit.isSent();
  await visit.reload();
  assert.notEqual(await visit.state(), "ready");
  await visit.is("settled", CERTAIN);
}

async function goBack(visit) {
  await visit.arm("hang_after");
  await visit.prepare({ amount: "7005" });
  const id = await visit.orderId();
  await visit.send();
  await visit.isSent();
  await visit.page.evaluate(() => window.history.back());
  await visit.has("#transfer");
  await visit.has("#unfinished");
  // The form still holds that order, under its number: whoever goes on with it comes to the order under way.
  await visit.submit();
  await visit.is("settled", CERTAIN);
  assert.equal(await visit.orderId(), id);
}

async function leaveThePage(visit) {
  await visit.arm("hang_after");
  await visit.prepare({ amount: "7006" });
  await visit.send();
  await visit.isSent();
  await visit.page.goto("about:blank");
  await visit.page.goBack();
  await visit.started();
  await visit.is("settled", CERTAIN);
}

async function twoTabs(visit, browser, url) {
  await visit.arm("delay", { seconds: "3" });
  await visit.prepare({ amount: "7007" });
  const other = await TransferVisit.begin(browser, url, { name: `${visit.name} tab`, beside: visit });
  await other.is("ready");
  await Promise.all([clickSend(visit), clickSend(other)]);
  await other.is("settled", CERTAIN);
  await other.page.close();
  await visit.page.bringToFront();
  await visit.is("settled", CERTAIN);
}

async function sameOrderInTwoTabs(visit, browser, url) {
  const order = { amount: "7008" };
  await visit.arm("hang_after");
  await visit.prepare(order);
  const id = await visit.orderId();
  const other = await TransferVisit.begin(browser, url, { name: `${visit.name} tab`, beside: visit });
  await other.goTo(`${other.url}#new`);
  await other.anew();
  await other.fill(order);
  await visit.page.bringToFront();
  await visit.send();
  await visit.isSent();
  await other.page.bringToFront();
  await other.submit();
  // The same content, while nobody knows what became of it: the other tab is led to that order.
  await other.page.waitForFunction((wanted) => window.location.hash === `#order-${wanted}`, {}, id);
  await other.page.close();
  await visit.page.bringToFront();
  await visit.is("settled", CERTAIN);
}

async function otherTabTakesUp(visit, browser, url) {
  await visit.arm("execute_late", { seconds: "3" });
  await visit.prepare({ amount: "7009" });
  await visit.send();
  await visit.isSent();
  const { page } = visit;
  const other = await TransferVisit.begin(browser, url, { name: `${visit.name} tab`, beside: visit });
  await page.close();
  await other.is("settled", CERTAIN);
  visit.page = other.page;
}

const WAYS = [
  ["a double click on sending", doubleClick],
  ["a double click on the form", doubleSubmit],
  ["a reload while the answer is awaited", reloadInTheMiddle],
  ["a reload before the bank executes it", reloadBeforeItIsExecuted],
  ["the back button, and going on with the same form", goBack],
  ["leaving the page and coming back", leaveThePage],
  ["two tabs that send at once", twoTabs],
  ["the same order written in another tab", sameOrderInTwoTabs],
  ["a tab that is closed, and another one that takes up its order", otherTabTakesUp],
];

async function checkMismatch(visit, name) {
  await check(
    `${name}: another order under a number that was sent is a mismatch, and sends nothing`,
    async () => {
      await visit.countAnew();
      await visit.arm("hang");
      await visit.prepare({ amount: "7100" });
      const id = await visit.orderId();
      await visit.send();
      await visit.isSent();
      await visit.page.evaluate(() => window.history.back());
      await visit.has("#transfer");
      await visit.type("#transfer-amount", "7101");
      await visit.submit();
      await visit.page.waitForSelector('#hindrance[data-kind="mismatch"]:not([hidden])');
      assert.ok((await visit.text("#hindrance")).includes(await visit.say("payee.mismatch")));
      await visit.press("#hindrance .primary");
      assert.equal(await visit.orderId(), id);
      await visit.is("settled", CERTAIN);
      await visit.assertJudged(1, 2);
      await visit.another();
    },
  );
  await check(`${name}: the same order on the same day is paid again only when that is said`, async () => {
    await visit.countAnew();
    for (const again of [false, true]) {
      await visit.anew();
      await visit.fill({ amount: "7102" });
      await visit.submit();
      if (again) {
        await visit.page.waitForSelector('#hindrance[data-kind="paid"]:not([hidden])');
        await visit.assertJudged(1, 1);
        await visit.press("#hindrance .secondary");
      }
      await visit.is("ready");
      await visit.send();
      await visit.is("settled", CERTAIN);
      await visit.another();
    }
    await visit.assertJudged(2, 2);
  });
  await check(`${name}: an order that was never sent is changed under its number`, async () => {
    await visit.countAnew();
    await visit.prepare({ amount: "7103" });
    const id = await visit.orderId();
    await visit.press("#change");
    await visit.has("#transfer");
    await visit.type("#transfer-amount", "7104,50");
    await visit.submit();
    await visit.is("ready");
    assert.equal(await visit.orderId(), id);
    assert.match(await visit.text("#order .sum"), /7 104,50/);
    await visit.assertJudged(0, 0);
    await visit.send();
    await visit.is("settled", CERTAIN);
    await visit.assertJudged(1, 1);
    await visit.another();
  });
}

/** Runs in the page: everything that it has stored about orders. */
function storedOrders() {
  return new Promise((resolve) => {
    const opening = indexedDB.open("tiyin.transfers");
    opening.onsuccess = () => {
      const rows = opening.result.transaction("rows").objectStore("rows").getAll();
      rows.onsuccess = () => {
        opening.result.close();
        resolve(rows.result);
      };
    };
  });
}

export async function checkTwice(browser, name, url) {
  const visit = await TransferVisit.begin(browser, url, {
    name,
    width: name === "Firefox" ? "wide" : "narrow",
  });
  for (const [way, act] of WAYS) {
    await check(`${name}: ${way} pays once`, async () => {
      await visit.page.bringToFront();
      await visit.countAnew();
      await act(visit, browser, url);
      await visit.assertJudged(1, { from: 1, to: 2 });
      assert.equal(await visit.movementsOf(await visit.orderId()), 1);
      await visit.another();
    });
  }
  await checkMismatch(visit, name);
  await check(`${name}: every order is stored with its hash`, async () => {
    const orders = await visit.page.evaluate(storedOrders);
    assert.ok(orders.length > 8);
    for (const { orderHash } of orders) assert.match(orderHash, /^[0-9a-f]{64}$/);
  });
  await visit.end();
}
