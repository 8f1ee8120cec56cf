// Every state of a bill in both widths, both appearances and all languages: nothing that axe-core finds, nothing that sticks
// out, everything large enough to hit and clear enough to read.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import { sidewaysOverflow, smallTargets, weakTexts } from "../appearance.js";
import { check } from "../report.js";
import { Visit, WIDTHS } from "./visit.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const MINIMUM_CONTRAST = 4.5;
const MINIMUM_TARGET = 44;
export const LOOKS = [
  { width: "wide", language: "uz", theme: "light" },
  { width: "narrow", language: "ru", theme: "dark" },
  { width: 320, language: "en", theme: "light" },
  { width: "wide", language: "ru", theme: "dark" },
  { width: "narrow", language: "uz", theme: "light" },
];

/** What axe-core finds, as a sentence each. Its script does not come from the page, so the page's policy holds. */
export async function violations(page) {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations: found } = await window.axe.run(document, { resultTypes: ["violations"] });
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
  });
}

/** Nothing is wrong with what a reader sees and hears. */
export async function assertFine({ page }) {
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(await page.evaluate(weakTexts, MINIMUM_CONTRAST), []);
  assert.deepEqual(await page.evaluate(smallTargets, MINIMUM_TARGET), []);
  assert.deepEqual(await page.evaluate(sidewaysOverflow), []);
}

export async function wear(visit, { width, language, theme }) {
  await visit.page.setViewport({ width: WIDTHS[width] ?? width, height: 900 });
  await visit.speak(language);
  await visit.press(`input[name="theme"][value="${theme}"]`);
  await visit.page.evaluate(() => document.activeElement.blur());
  await visit.page.mouse.move(0, 0);
  await new Promise((resolve) => setTimeout(resolve, 200)); // Colours change softly.
}

/** The states of a bill, each reached from the one before. */
const STATES = {
  services: async () => {},
  "no service found": (visit) => visit.type("#service-search", "qwerty"),
  form: async (visit) => {
    await visit.type("#service-search", " ");
    await visit.choose("6ae5eaf5-9b70-4aa9-9260-2438e99affa0");
    await visit.page.select("#account-region", "1");
    await visit.page.select("#account-soato", "26290");
    await visit.type("#account-customer_code", "1000402");
    await visit.press("#look-up");
    await visit.page.waitForSelector("#account-info dl");
    await visit.type("#bill-amount", "120 000");
  },
  errors: async (visit) => {
    await visit.type("#account-customer_code", "abc");
    await visit.type("#bill-amount", "1,000");
    await visit.submit();
    await visit.page.waitForSelector("#bill-amount-choices .choice");
  },
  "preparing failed": async (visit) => {
    await visit.arm("html", { route: "create" });
    await visit.fill();
    await visit.submit();
    await visit.page.waitForSelector("#hindrance.failure");
  },
  ready: async (visit) => {
    await visit.submit();
    await visit.is("ready");
  },
  "no code": async (visit) => {
    await visit.pay({ code: "12" });
    await visit.page.waitForSelector("#code-error");
  },
  "wrong code": async (visit) => {
    const before = await visit.text("#code-error");
    await visit.pay({ code: "222222" });
    await visit.page.waitForFunction(
      (words) => (document.getElementById("code-error")?.textContent ?? words) !== words,
      {},
      before,
    );
  },
  refused: async (visit) => {
    await visit.pay({ code: "333333" });
    await visit.is("refused");
  },
  busy: async (visit) => {
    await visit.arm("drop_before");
    await visit.arm("rate_limited", { route: "status", times: "100", seconds: "40" });
    await visit.prepare({ amount: "150000" });
    await visit.pay();
    await visit.is("busy");
    await visit.page.waitForSelector("#steps .step.done:nth-child(2) ~ .unsure");
  },
  unknown: (visit) => visit.page.waitForSelector('#bill[data-state="unknown"]', { timeout: 60_000 }),
  unfinished: async (visit) => {
    await visit.press("#bill .secondary");
    await visit.has("#unfinished");
  },
  cancelled: async (visit) => {
    await visit.press("#armed button");
    await visit.letADayPass();
    await visit.press("#unfinished button");
    await visit.is("cancelled");
  },
  paid: async (visit) => {
    await visit.press("#bill .primary");
    await visit.is("ready");
    await visit.pay();
    await visit.is("paid");
    await visit.page.waitForSelector("#history-rows tr");
  },
  closed: async (visit) => {
    await visit.prepare({ amount: "160000" });
    const address = visit.page.url();
    await visit.press("#bill .quiet");
    await visit.has("#payment");
    await visit.goTo(address);
    await visit.reload();
    await visit.is("closed");
  },
};

/** Each browser sees each state in one look, the other in another one. */
export async function checkLook(browser, name, url, shots) {
  const visit = await Visit.begin(browser, url, { name });
  const first = name === "Chromium" ? 0 : 3;
  for (const [turn, [state, reach]] of Object.entries(STATES).entries()) {
    const { width, language, theme } = LOOKS[(first + turn) % LOOKS.length];
    if (await check(`${name}: a bill comes to be: ${state}`, () => reach(visit))) {
      await check(
        `${name}, ${width}, ${language}, ${theme}: ${state} can be read, hit and heard`,
        async () => {
          await wear(visit, { width, language, theme });
          const path = join(
            shots,
            `bill-${name}-${state.replaceAll(" ", "-")}-${width}-${theme}-${language}.png`,
          );
          await visit.page.screenshot({ path, fullPage: true });
          await assertFine(visit);
        },
      );
    }
    if (state === "paid" && name === "Chromium") await checkPaper(visit, shots);
    await visit.page.setViewport({ width: WIDTHS.wide, height: 900 });
  }
  await visit.end();
  await checkFirstPage(browser, name, url);
}

/** Firefox cannot be told to print by this protocol. */
async function checkPaper(visit, shots) {
  await check("on paper there is the receipt and nothing else", async () => {
    const { page } = visit;
    await page.setViewport({ width: 794, height: 1123 });
    await page.emulateMediaType("print");
    await page.screenshot({ path: join(shots, "bill-receipt-printed.png"), fullPage: true });
    const shown = await page.evaluate(() =>
      [...document.querySelectorAll("h1, h2, h3, button, a, input, select, dt")]
        .filter((element) => element.checkVisibility())
        .map((element) => element.localName),
    );
    assert.deepEqual([...new Set(shown)], ["h2", "dt"]);
    const colours = await page.$eval(".state-head h2", (heading) => getComputedStyle(heading).color);
    assert.equal(colours, "rgb(0, 0, 0)");
    await page.emulateMediaType("screen");
  });
}

async function checkFirstPage(browser, name, url) {
  await check(`${name}: the page of links leads here, and axe-core finds nothing there`, async () => {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    await page.goto(url);
    await page.waitForSelector("#result-ready:not([hidden])");
    assert.deepEqual(await violations(page), []);
    await page.click("#to-bill");
    await page.waitForFunction(() => document.documentElement.dataset.ready === "");
    await context.close();
  });
}
