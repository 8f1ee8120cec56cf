// Every state of an order in three widths, both appearances and all languages: nothing that axe-core finds, nothing that sticks out,
// everything large enough to hit and clear enough to read.

import assert from "node:assert/strict";
import { join } from "node:path";

import { assertFine, LOOKS, wear } from "../bill/check-look.js";
import { WIDTHS } from "../bill/visit.js";
import { check } from "../report.js";
import { ending, TransferVisit } from "./visit.js";

const CERTAIN = { timeout: 60_000 };

async function send(visit, order) {
  await visit.prepare(order);
  await visit.send();
}

/** The states of an order, each reached from the one before. */
const STATES = {
  form: async () => {},
  filled: (visit) => visit.fill({ amount: "1 000 000,50", taxpayerId: "207099143" }),
  errors: async (visit) => {
    await visit.type("#payee-account", "1610300090000040100");
    await visit.type("#payee-bankCode", "4o1");
    await visit.type("#transfer-amount", "1,000");
    await visit.submit();
    await visit.page.waitForSelector("#transfer-amount-choices .choice");
  },
  budget: (visit) => visit.fill({ kind: "budget", amount: "412 000", purpose: "За патент" }),
  ready: async (visit) => visit.prepare({ amount: "1 000 000,50", taxpayerId: "207099143" }),
  "on its way": async (visit) => {
    await visit.arm("delay", { seconds: "3" });
    await visit.send();
    await visit.is("busy");
  },
  settled: (visit) => visit.is("settled", CERTAIN),
  "paid already": async (visit) => {
    await visit.another();
    await visit.fill({ amount: "1 000 000,50", taxpayerId: "207099143" });
    await visit.submit();
    await visit.page.waitForSelector("#hindrance.notice");
  },
  unknown: async (visit) => {
    await visit.arm("hang");
    await visit.arm("rate_limited", { route: "bank/payment_status", nth: "2", times: "100", seconds: "40" });
    await send(visit, { amount: "1 234", purpose: "Nomaʼlum" });
    await visit.is("unknown", CERTAIN);
  },
  mismatch: async (visit) => {
    await visit.page.evaluate(() => window.history.back());
    await visit.has("#unfinished");
    await visit.type("#transfer-amount", "4321");
    await visit.submit();
    await visit.page.waitForSelector('#hindrance[data-kind="mismatch"]');
  },
  "sent again": async (visit) => {
    await visit.press("#armed button");
    await visit.press("#hindrance .primary");
    await visit.is("settled", CERTAIN);
  },
  accepted: async (visit) => {
    await send(visit, { account: ending("780060"), amount: "1500" });
    await visit.is("accepted", CERTAIN);
  },
  refused: async (visit) => {
    await visit.letPass(60_000);
    await visit.is("settled", CERTAIN);
    await visit.another();
    await send(visit, { account: ending("701013"), amount: "1600" });
    await visit.is("refused", CERTAIN);
  },
  deleted: async (visit) => {
    await visit.another();
    await send(visit, { account: ending("780402"), amount: "1700" });
    await visit.is("deleted", CERTAIN);
  },
  reconciled: async (visit) => {
    await visit.another();
    await visit.press("#take-own");
    await visit.press("#compare");
    await visit.page.waitForSelector("#reconciled section");
  },
  "a list that cannot be read": async (visit) => {
    await visit.page.type("#expected", "\n123; 1,000");
    await visit.press("#compare");
    await visit.has("#expected-problems");
  },
  "days with both": async (visit) => {
    await visit.page.$eval("#statement-from", (field) => {
      field.value = "2023-01-01";
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
    await visit.page.waitForFunction(() => document.querySelectorAll("#day-rows tr").length > 1);
  },
};

/** Each browser sees each state in one look, the other in another one. */
export async function checkLook(browser, name, url, shots) {
  const visit = await TransferVisit.begin(browser, url, { name });
  const first = name === "Chromium" ? 0 : 3;
  for (const [turn, [state, reach]] of Object.entries(STATES).entries()) {
    const look = LOOKS[(first + turn) % LOOKS.length];
    const { width, language, theme } = look;
    if (await check(`${name}: an order comes to be: ${state}`, () => reach(visit))) {
      await check(
        `${name}, ${width}, ${language}, ${theme}: ${state} can be read, hit and heard`,
        async () => {
          await wear(visit, look);
          const file = `transfer-${name}-${state.replaceAll(" ", "-")}-${width}-${theme}-${language}.png`;
          await visit.page.screenshot({ path: join(shots, file), fullPage: true });
          await assertFine(visit);
          const words = await visit.page.$eval("main", ({ innerText }) => innerText);
          assert.doesNotMatch(words, /\b(false|undefined|null|NaN)\b|\{\w+\}|\w+\.\w+_\w+/);
        },
      );
    }
    await visit.page.setViewport({ width: WIDTHS.wide, height: 900 });
  }
  await visit.end();
  if (name === "Chromium") await checkLinks(browser, url);
}

async function checkLinks(browser, url) {
  await check("the other pages lead to the transfers", async () => {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    for (const from of ["index.html", "bill.html"]) {
      await page.goto(`${url}${from}`);
      await Promise.all([
        page.waitForNavigation(),
        page.$eval('.sections a[href="./transfer.html"]', (link) => link.click()),
      ]);
      assert.equal(await page.$eval("body", ({ dataset }) => dataset.titleText), "transfer.title");
    }
    assert.match(page.url(), /transfer\.html$/);
    await context.close();
  });
}
