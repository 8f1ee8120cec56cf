// The form: what is wrong is told when a field was left and is gone when it is mended; what was typed outlives a reload; it is all
// done without a mouse.

import assert from "node:assert/strict";

import { check } from "../report.js";
import { ACCOUNT, BUDGET_ACCOUNT, ending, TransferVisit } from "./visit.js";

const CERTAIN = { timeout: 60_000 };

const isShown = (visit, selector) =>
  visit.page.$eval(selector, (element) => element.checkVisibility() && element.textContent !== "");

async function filledIn(visit, key, values) {
  const template = await visit.say(key);
  return template.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

async function checkDigits(visit, name) {
  const lengths = { bankCode: 5, account: 20, taxpayerId: 9 };
  await check(
    `${name}: digits are counted while they are typed, and an error shows when the field was left`,
    async () => {
      for (const [field, length] of Object.entries(lengths)) {
        const [input, error, count] = ["", "-error", "-count"].map((end) => `#payee-${field}${end}`);
        await visit.type(input, "1".repeat(length - 1));
        assert.equal(await isShown(visit, error), false, `${field} while it is typed`);
        const typed = { typed: String(length - 1), length: String(length) };
        assert.equal(await visit.text(count), await filledIn(visit, "payee.digits", typed));
        await visit.page.keyboard.press("Tab");
        await visit.page.waitForSelector(`${input}[aria-invalid="true"]`);
        assert.equal(await visit.text(error), await filledIn(visit, "payee.wrongDigits", typed));
        await visit.page.type(input, "x");
        assert.equal(await visit.text(error), await visit.say("payee.notDigits"));
        await visit.page.keyboard.press("Backspace");
        await visit.page.type(input, "2");
        assert.equal(await isShown(visit, error), false, `${field} when it is mended`);
        assert.equal(await visit.page.$eval(input, (field) => field.hasAttribute("aria-invalid")), false);
        assert.ok(await visit.page.$(`${count}.complete`));
      }
    },
  );
  await check(`${name}: a sentence explains the code of a bank and the number of a taxpayer`, async () => {
    const words = await visit.text(".explain");
    assert.equal(words, await visit.say("payee.explain"));
    assert.match(words, /5.*9/);
  });
  await check(`${name}: an empty form tells every field, and the first wrong one has the focus`, async () => {
    for (const field of ["bankCode", "account", "taxpayerId"]) {
      await visit.type(`#payee-${field}`, "");
    }
    await visit.submit();
    const wrong = await visit.page.$$eval('#transfer [aria-invalid="true"]', (fields) =>
      fields.map(({ id }) => id),
    );
    assert.deepEqual(wrong, [
      "payee-name",
      "payee-bankCode",
      "payee-account",
      "payee-purpose",
      "transfer-amount",
    ]);
    assert.equal(await visit.page.evaluate(() => document.activeElement.id), "payee-name");
    assert.equal(await visit.state(), "none");
  });
}

async function checkBudget(visit, name) {
  await check(
    `${name}: the budget has an account of 27 digits, a code of the purpose, and needs the number`,
    async () => {
      await visit.press('input[name="kind"][value="budget"]');
      assert.equal(await isShown(visit, 'label[for="payee-bankCode"]'), false);
      await visit.type("#payee-budgetAccount", BUDGET_ACCOUNT.slice(1));
      await visit.type("#payee-purposeCode", "951");
      await visit.type("#payee-purpose", "За патент");
      await visit.type("#transfer-amount", "1000");
      await visit.submit();
      const wrong = await visit.page.$$eval('#transfer [aria-invalid="true"]', (fields) =>
        fields.filter((field) => field.checkVisibility()).map(({ id }) => id),
      );
      assert.deepEqual(wrong, ["payee-budgetAccount", "payee-taxpayerId", "payee-purposeCode"]);
      await visit.countAnew();
      await visit.prepare({ kind: "budget", amount: "1000", purpose: "За патент" });
      await visit.send();
      await visit.is("settled", CERTAIN);
      await visit.assertJudged(1, 1);
      await visit.another();
      await visit.press('input[name="kind"][value="requisites"]');
    },
  );
}

async function checkSums(visit, name) {
  await check(`${name}: an amount is never guessed, and the commission stands beside it`, async () => {
    await visit.type("#transfer-amount", "1,000");
    await visit.page.keyboard.press("Tab");
    await visit.page.waitForSelector("#transfer-amount-choices .choice");
    await visit.press("#transfer-amount-choices .choice");
    assert.equal(await visit.page.$eval("#transfer-amount", ({ value }) => value), "1000");
    await visit.type("#transfer-amount", "0");
    await visit.page.waitForSelector('#transfer-amount[aria-invalid="true"]');
    await visit.type("#transfer-amount", "1 000 000,50");
    const sums = await visit.page.$$eval("#transfer-sums dd", (sums) =>
      sums.map(({ textContent }) => textContent.replace(/[^\d,]/g, "")),
    );
    assert.deepEqual(sums, ["1000000,50", "5000,01", "1005000,51"]);
  });
}

async function checkPackage(visit, name) {
  await check(`${name}: what the package refuses stands at its field`, async () => {
    await visit.anew();
    await visit.fill({ name: "ООО", amount: "100" });
    await visit.page.$eval("#payee-purpose", (field) => {
      field.value = "a\u202eb";
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
    await visit.submit();
    await visit.page.waitForSelector('#payee-purpose[aria-invalid="true"]');
    assert.ok((await visit.text("#payee-purpose-error")) !== "");
    await visit.type("#payee-purpose", "Аренда");
    assert.equal(await isShown(visit, "#payee-purpose-error"), false);
  });
}

async function checkMemory(visit, name) {
  await check(`${name}: what was typed outlives a reload, under its number`, async () => {
    await visit.anew();
    await visit.fill({ name: "ООО «Нур»", amount: "100,25", taxpayerId: "307692757" });
    const number = await visit.text("#order-number");
    await new Promise((resolve) => setTimeout(resolve, 400));
    await visit.reload();
    assert.equal(await visit.text("#order-number"), number);
    const values = await visit.page.$$eval("#transfer input[type=text]", (fields) =>
      fields.map(({ value }) => value),
    );
    assert.deepEqual(
      values.filter(Boolean).slice(0, 4),
      ["ООО «Нур»", "00401", ACCOUNT, "307692757"].slice(0, 4),
    );
    await visit.submit();
    await visit.is("ready");
    assert.equal(await visit.orderId(), number);
    await visit.press("#change");
  });
  await check(`${name}: an account to try stands in the form`, async () => {
    await visit.press('[data-end="780404"]');
    assert.ok((await visit.page.$eval("#payee-account", ({ value }) => value)).endsWith("780404"));
    assert.equal(await visit.page.$eval("#payee-account", ({ value }) => value.length), 20);
  });
  await check(
    `${name}: services that ask for a card cannot be chosen, and no card is asked for`,
    async () => {
      const choices = await visit.page.$$eval("#payee-service option", (options) =>
        options.map(({ value, disabled }) => [value, disabled]),
      );
      const closed = choices.filter(([, disabled]) => disabled).map(([value]) => value);
      assert.deepEqual(closed, ["34", "35", "36"]);
      assert.equal(
        await visit.count('input[autocomplete*="cc-"], input[name*="card"], input[name*="pan"]'),
        0,
      );
    },
  );
}

async function checkKeyboard(visit, name) {
  await check(`${name}: an order is written and sent with the keyboard alone`, async () => {
    await visit.countAnew();
    await visit.anew();
    await visit.page.focus("#payee-name");
    const { keyboard } = visit.page;
    for (const value of ["АК Aloqabank", "00401", ending("780000"), "", "Shartnoma 9", "3000,05"]) {
      await keyboard.down("Control");
      await keyboard.press("a");
      await keyboard.up("Control");
      await keyboard.press("Backspace");
      await keyboard.type(value);
      await keyboard.press("Tab");
    }
    await keyboard.press("Tab");
    assert.equal(await visit.page.evaluate(() => document.activeElement.id), "prepare");
    await keyboard.press("Enter");
    await visit.is("ready");
    assert.equal(await visit.page.evaluate(() => document.activeElement.id), "order-heading");
    await keyboard.press("Tab");
    assert.equal(await visit.page.evaluate(() => document.activeElement.id), "send");
    await keyboard.press("Enter");
    await visit.is("settled", CERTAIN);
    assert.equal(await visit.page.evaluate(() => document.activeElement.id), "order-heading");
    await visit.assertJudged(1, 1);
    await visit.another();
  });
}

async function checkOther(visit, name) {
  await check(
    `${name}: a fault can be taken back, a slow network is slow, and everything can be erased`,
    async () => {
      await visit.arm("hang", { times: "100" });
      await visit.press("#armed button");
      await visit.has("#not-armed");
      await visit.press("#slow");
      await visit.prepare({ amount: "3001" });
      await visit.send();
      await visit.is("settled", CERTAIN);
      await visit.press("#slow");
      await visit.press("#begin-anew");
      await visit.page.waitForFunction(
        () =>
          document.documentElement.dataset.ready === "" &&
          document.querySelectorAll("#movements li").length === 0 &&
          !document.getElementById("transfer").hidden,
      );
    },
  );
}

/** A browser that stores nothing. */
function blockStorage() {
  Object.defineProperty(window, "indexedDB", {
    get() {
      throw new DOMException("blocked", "SecurityError");
    },
  });
}

async function checkStorage(browser, name, url) {
  await check(`${name}: where nothing can be stored no order is sent, and the page says why`, async () => {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    await page.evaluateOnNewDocument(blockStorage);
    await page.goto(`${url}transfer.html`);
    await page.waitForSelector("#failure:not([hidden])");
    assert.equal(await page.$eval("#counter", ({ hidden }) => hidden), true);
    await context.close();
  });
}

export async function checkForm(browser, name, url) {
  const visit = await TransferVisit.begin(browser, url, {
    name,
    width: name === "Firefox" ? "narrow" : "wide",
    language: "ru",
  });
  await checkDigits(visit, name);
  await checkBudget(visit, name);
  await checkSums(visit, name);
  await checkPackage(visit, name);
  await checkMemory(visit, name);
  await checkKeyboard(visit, name);
  await checkOther(visit, name);
  await visit.end();
  await checkStorage(browser, name, url);
}
