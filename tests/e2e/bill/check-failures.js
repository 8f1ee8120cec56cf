// What goes wrong beside the payment itself: nothing ends in silence, and nothing that may be paid is called unpaid.

import assert from "node:assert/strict";

import { check } from "../report.js";
import { violations } from "./check-look.js";
import { Visit } from "./visit.js";

const newCode = (visit) => visit.press("#bill form .secondary");

/** The payer is back at the filled form, and reads there why. */
async function assertTold(visit, kind) {
  await visit.has("#payment");
  await visit.page.waitForSelector(`#hindrance.${kind}`);
  assert.notEqual(await visit.text("#hindrance p"), "");
  assert.equal(await visit.page.$eval("#account-phone", ({ value }) => value), "901234567");
}

async function checkPreparingAgain(visit, name) {
  await check(`${name}: a new code that cannot be had is told, and another try has one`, async () => {
    await visit.countAnew();
    await visit.prepare({ amount: "8001" });
    await visit.arm("drop_before", { route: "create" });
    await newCode(visit);
    await assertTold(visit, "failure");
    await visit.submit();
    await visit.is("ready");
    await visit.pay();
    await visit.is("paid");
    await visit.assertJudged(1, 1);
    await visit.another();
  });
  await check(`${name}: whoever pays a bill once more gets a new code without another question`, async () => {
    await visit.countAnew();
    await visit.fill({ amount: "8001" });
    await visit.submit();
    await visit.page.waitForSelector("#hindrance.notice");
    await visit.press("#hindrance .secondary");
    await visit.is("ready");
    const before = visit.page.url();
    await newCode(visit);
    await visit.page.waitForFunction((left) => window.location.href !== left, {}, before);
    await visit.is("ready");
    await visit.pay();
    await visit.is("paid");
    await visit.assertJudged(1, 1);
    await visit.another();
  });
  await check(`${name}: a cancelled payment that cannot be started again is told`, async () => {
    await visit.countAnew();
    await visit.arm("drop_before");
    await visit.prepare({ amount: "8002", withCode: false });
    await visit.pay();
    await visit.isSent();
    await visit.letADayPass();
    await visit.is("cancelled");
    await visit.arm("html", { route: "create" });
    await visit.press("#bill .primary");
    await assertTold(visit, "failure");
    await visit.assertJudged(0, 1);
    await visit.press("#change-service");
  });
}

/** Runs in the page before its programs: keeps hold of the databases that they open. */
function keepDatabases() {
  window.databases = [];
  const open = IDBFactory.prototype.open;
  IDBFactory.prototype.open = function opened(...given) {
    const opening = open.apply(this, given);
    opening.addEventListener("success", () => window.databases.push(opening.result));
    return opening;
  };
}

/** What is stored is erased by the browser itself, or, where it cannot be told to, its connections end as they would. */
async function eraseStorage({ page }, name) {
  if (name === "Chromium") {
    const session = await page.createCDPSession();
    const origin = new URL(page.url()).origin;
    return session.send("Storage.clearDataForOrigin", { origin, storageTypes: "indexeddb" });
  }
  return page.evaluate(() => {
    for (const database of window.databases) {
      database.close();
      database.dispatchEvent(new Event("close"));
    }
  });
}

async function assertLost(visit) {
  await visit.has("#failure");
  assert.equal(await visit.text("#failure-heading"), await visit.say("failure.storageLost"));
  assert.equal(await visit.text("#failure-text"), await visit.say("failure.storageLostMeans"));
  assert.equal(await visit.page.$eval("#counter", ({ hidden }) => hidden), true);
  assert.deepEqual(await violations(visit.page), []);
}

const isUncertaintyTold = ({ page }) => page.$eval("#failure-uncertain", ({ hidden }) => !hidden);

async function checkLostStorage(browser, name, url) {
  const begin = () =>
    Visit.begin(browser, url, { name, prepare: (page) => page.evaluateOnNewDocument(keepDatabases) });
  await check(`${name}: storage that is erased is told at once`, async () => {
    const visit = await begin();
    await visit.prepare({ amount: "8101", withCode: false });
    await eraseStorage(visit, name);
    await assertLost(visit);
    assert.equal(await isUncertaintyTold(visit), false);
    await visit.end();
  });
  await check(`${name}: a payment that cannot be stored is not sent, and the page says why`, async () => {
    const visit = await begin();
    await visit.prepare({ amount: "8102", withCode: false });
    await visit.page.evaluate(() => {
      for (const database of window.databases) database.close();
      document.getElementById("pay").click();
    });
    await assertLost(visit);
    assert.equal(await isUncertaintyTold(visit), false);
    await visit.reload();
    await visit.is("ready");
    await visit.assertJudged(0, 0);
    await visit.end();
  });
  await check(`${name}: a payment that is under way when storage is lost is called unknown`, async () => {
    const visit = await begin();
    await visit.arm("delay", { seconds: "3" });
    await visit.prepare({ amount: "8103", withCode: false });
    await visit.pay();
    await visit.isSent();
    await eraseStorage(visit, name);
    await assertLost(visit);
    assert.equal(await isUncertaintyTold(visit), true);
    assert.match(await visit.text("#failure-bills"), /Ucell · 901234567 · 8 103/);
    await visit.end();
  });
}

/** Runs in the page before its programs: a browser whose tabs cannot talk. */
function withoutChannels() {
  delete window.BroadcastChannel;
}

/** Runs in the page before its programs: a browser that stores nothing. */
function withoutStorage() {
  Object.defineProperty(window, "indexedDB", {
    get() {
      throw new DOMException("blocked", "SecurityError");
    },
  });
}

async function checkBrowsers(browser, name, url) {
  const cases = [
    ["stores nothing", withoutStorage, "failure.noStorage"],
    ["has no channels between tabs", withoutChannels, "failure.noChannel"],
  ];
  for (const [way, prepare, key] of cases) {
    await check(`${name}: where a browser ${way} nothing can be paid, and the page says why`, async () => {
      const page = await (await browser.createBrowserContext()).newPage();
      const visit = new Visit(page, { language: "uz" });
      await page.evaluateOnNewDocument(prepare);
      await page.goto(`${url}bill.html`);
      await visit.has("#failure");
      await visit.speak("uz");
      assert.equal(await visit.text("#failure-heading"), await visit.say(key));
      assert.equal(await visit.text("#failure-text"), await visit.say(`${key}Means`));
      assert.equal(await page.$eval("#counter", ({ hidden }) => hidden), true);
      await visit.end();
    });
  }
}

export async function checkFailures(browser, name, url) {
  const visit = await Visit.begin(browser, url, { name, width: name === "Firefox" ? "narrow" : "wide" });
  await checkPreparingAgain(visit, name);
  await visit.end();
  await checkLostStorage(browser, name, url);
  await checkBrowsers(browser, name, url);
}
