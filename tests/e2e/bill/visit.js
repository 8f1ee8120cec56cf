// A payer at the page: what can be done there, in the words of a payer, and what the judges know.

import assert from "node:assert/strict";

export const UCELL = "3b03419c-2850-401f-b418-75d4c9b71b66";
const CARD = "9f877739-2149-4831-88a4-d1857309c77c";
export const WIDTHS = { narrow: 360, wide: 1280 };

// What never comes is to fail, not what a busy machine brings late.
const TIMEOUT_MS = 60_000;
const RIGHT_CODE = "111111";

/** Everything that went wrong on any page unseen. */
export const troubles = [];

function watch(page, name) {
  page.on("console", (message) => {
    if (["error", "warn", "warning", "assert"].includes(message.type()))
      troubles.push(`${name}: console ${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => troubles.push(`${name}: page error: ${error.message}`));
  page.on("response", (response) => {
    if (response.status() >= 400) troubles.push(`${name}: response ${response.status()}: ${response.url()}`);
  });
}

/** Runs in the page: how many requests of a kind the provider was ever sent, by all tabs. */
export function countRequests(world, end) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(world);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const rows = opening.result.transaction("rows").objectStore("rows").getAll();
      rows.onsuccess = () => {
        resolve(rows.result.filter(({ kind, url }) => kind === "request" && url.endsWith(end)).length);
        opening.result.close();
      };
    };
  });
}

export class Visit {
  static site = "bill";

  constructor(page, { url, name, width, language }) {
    Object.assign(this, { page, url, name, width, language, before: { movements: 0, sent: 0 } });
  }

  /** A payer with a browser of its own, or, with `beside`, in another tab of the same browser. */
  static async begin(browser, url, { name, width = "wide", language = "uz", beside, prepare } = {}) {
    const context = beside ? beside.page.browserContext() : await browser.createBrowserContext();
    const page = await context.newPage();
    page.setDefaultTimeout(TIMEOUT_MS);
    watch(page, name ?? this.site);
    await page.setViewport({ width: WIDTHS[width] ?? width, height: 900 });
    await prepare?.(page);
    const visit = new this(page, { url: `${url}${this.site}.html`, name, width, language });
    await visit.goTo(beside ? beside.page.url() : visit.url);
    if (!beside) await visit.speak(language);
    return visit;
  }

  async goTo(address) {
    await this.page.goto(address);
    await this.started();
  }

  started() {
    return this.page.waitForFunction(() => document.documentElement.dataset.ready === "");
  }

  async reload() {
    await this.page.reload();
    await this.started();
  }

  async end() {
    await this.page.browserContext().close();
  }

  async speak(language) {
    await this.press(`input[name="language"][value="${language}"]`);
    await this.page.waitForFunction((wanted) => document.documentElement.lang === wanted, {}, language);
  }

  async choose(serviceId = UCELL) {
    if ((await this.state()) !== "none") await this.page.evaluate(() => window.location.assign("#new"));
    await this.has("#payment");
    if (await this.page.$("#service-chosen:not([hidden])")) await this.press("#change-service");
    await this.press(`[data-service="${serviceId}"]`);
    await this.page.waitForSelector("#bill-details:not([hidden])");
  }

  /** Clicks when what is there has come to rest: a click on something that scrolls away hits something else. */
  press(selector) {
    return this.page.locator(selector).setTimeout(TIMEOUT_MS).click();
  }

  /** Types over what stands there; a click may hit something else while the page scrolls. */
  async type(selector, text) {
    await this.page.$eval(selector, (field) => {
      field.focus();
      field.select();
    });
    await this.page.keyboard.press("Backspace");
    await this.page.keyboard.type(text);
  }

  async fill({ phone = "901234567", amount = "5000", withCode = true, card = CARD } = {}) {
    await this.choose();
    await this.type("#account-phone", phone);
    await this.type("#bill-amount", amount);
    await this.press(`input[name="confirmation"][value="${withCode ? "code" : "none"}"]`);
    await this.press(`input[name="card"][value="${card}"]`);
  }

  /** Fills the form and goes on to the bill that is ready to be paid. */
  async prepare(bill) {
    await this.fill(bill);
    await this.submit();
    await this.is("ready");
  }

  /** From a bill that is over to the form. */
  async another() {
    await this.press("#bill .secondary");
    await this.has("#payment");
  }

  submit() {
    return this.press("#prepare");
  }

  async pay({ code = RIGHT_CODE } = {}) {
    if (await this.page.$("#code")) await this.type("#code", code);
    await this.press("#pay");
  }

  is(state) {
    return this.page.waitForSelector(`#bill[data-state="${state}"]:not([hidden])`);
  }

  state() {
    return this.page.$eval("#bill", ({ hidden, dataset }) => (hidden ? "none" : dataset.state));
  }

  async arm(kind, { route = "pay", times = "1", nth = "1", seconds } = {}) {
    const before = (await this.page.$$("#armed li")).length;
    await this.page.select("#fault-kind", kind);
    await this.page.select("#fault-route", route);
    await this.page.select("#fault-times", times);
    await this.page.select("#fault-nth", nth);
    if (seconds) await this.page.select("#fault-ms", seconds);
    await this.press("#add-fault");
    await this.page.waitForFunction(
      (count) => document.querySelectorAll("#armed li").length === count,
      {},
      before + 1,
    );
  }

  letPass(ms) {
    return this.press(`[data-ms="${ms}"]`);
  }

  letADayPass() {
    return this.letPass(24 * 60 * 60 * 1000);
  }

  text(selector) {
    return this.page.$eval(selector, (element) => element.textContent.replaceAll("\u00a0", " ").trim());
  }

  count(selector) {
    return this.page.$$eval(selector, (elements) => elements.length);
  }

  has(selector) {
    return this.page.waitForSelector(`${selector}:not([hidden])`);
  }

  /** The text of the language file, as the page itself loads it. */
  say(key) {
    return this.page.evaluate(
      async (file, [group, name]) => {
        const { default: texts } = await import(new URL(file, document.baseURI).href);
        return texts[group][name];
      },
      `./${this.constructor.site}/texts/${this.language}.js`,
      key.split("."),
    );
  }

  /** Waits until the provider has the payment; before that, whoever leaves has sent nothing. */
  async isSent() {
    await this.is("busy");
    const sent = this.before.sent + 1;
    for (let asked = 0; asked < 100; asked++) {
      if ((await this.page.evaluate(countRequests, "tiyin.sandbox", "/pay/")) === sent) return;
    }
    assert.fail("the payment was not sent");
  }

  /** What the judges know: movements in the ledger, and payments that were ever sent. */
  async #judged() {
    await new Promise((resolve) => setTimeout(resolve, 150)); // The ledger is shown when the sandbox has been looked at.
    const movements = await this.page.$$eval("#movements li", (rows) => rows.length);
    return { movements, sent: await this.page.evaluate(countRequests, "tiyin.sandbox", "/pay/") };
  }

  /** From now on the judges count anew. */
  async countAnew() {
    this.before = await this.#judged();
  }

  async assertJudged(movements, sent) {
    const { before, ...now } = { before: this.before, ...(await this.#judged()) };
    assert.deepEqual(now, { movements: before.movements + movements, sent: before.sent + sent });
  }
}
