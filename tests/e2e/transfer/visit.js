// A payer who writes orders to a bank, in the words of a payer, and what the judges know.

import assert from "node:assert/strict";

import { countRequests, Visit } from "../bill/visit.js";

const WORLD = "tiyin.sandbox.bank";

export const ACCOUNT = "16103000900000401001";
export const BUDGET_ACCOUNT = "400522860262837950100251028";

/** An account whose end chooses what the bank does. */
export const ending = (end) => `${ACCOUNT.slice(0, -end.length)}${end}`;

export class TransferVisit extends Visit {
  static site = "transfer";

  /** Begins another order. */
  async anew() {
    if ((await this.state()) !== "none") await this.page.evaluate(() => window.location.assign("#new"));
    await this.has("#transfer");
  }

  async fill({ kind = "requisites", amount = "5000", purpose = "Shartnoma 7", ...more } = {}) {
    await this.press(`input[name="kind"][value="${kind}"]`);
    const { name = "АК Aloqabank", bankCode = "00401", account, taxpayerId, service = "33" } = more;
    if (kind === "requisites") {
      await this.type("#payee-name", name);
      await this.type("#payee-bankCode", bankCode);
      await this.type("#payee-account", account ?? ACCOUNT);
    } else {
      await this.type("#payee-budgetAccount", account ?? BUDGET_ACCOUNT);
      await this.type("#payee-purposeCode", "09510");
    }
    if (taxpayerId ?? kind === "budget") await this.type("#payee-taxpayerId", taxpayerId ?? "207099143");
    await this.type("#payee-purpose", purpose);
    await this.type("#transfer-amount", amount);
    await this.page.select("#payee-service", service);
  }

  /** Writes an order down, up to where it is sent. */
  async prepare(order) {
    await this.anew();
    await this.fill(order);
    await this.submit();
    await this.is("ready");
  }

  send() {
    return this.press("#send");
  }

  /** Waits for one of the states. */
  is(state, options) {
    return this.page.waitForSelector(`#order[data-state="${state}"]:not([hidden])`, options);
  }

  state() {
    return this.page.$eval("#order", ({ hidden, dataset }) => (hidden ? "none" : dataset.state));
  }

  orderId() {
    return this.page.evaluate(() => window.location.hash.replace("#order-", ""));
  }

  /** From an order to another one. */
  async another() {
    await this.press("#another");
    await this.has("#transfer");
  }

  arm(kind, { route = "bank/payment", ...options } = {}) {
    return super.arm(kind, { route, ...options });
  }

  /** Waits until the bank was sent an order that it had not been sent before. */
  async isSent() {
    const sent = this.before.sent + 1;
    for (let asked = 0; asked < 200; asked++) if ((await this.sends()) >= sent) return;
    assert.fail("the order was not sent");
  }

  /** How many orders were ever sent, by all tabs. */
  async sends() {
    const counted = ["/payment", "/paymentBudget"].map((end) =>
      this.page.evaluate(countRequests, WORLD, `api/v2${end}`),
    );
    return (await Promise.all(counted)).reduce((sum, count) => sum + count, 0);
  }

  async judged() {
    await new Promise((resolve) => setTimeout(resolve, 200)); // The ledger is shown when the bank has been looked at.
    const movements = await this.page.$$eval('#movements [data-kind="transfer"]', (rows) => rows.length);
    return { movements, sent: await this.sends() };
  }

  async countAnew() {
    this.before = await this.judged();
  }

  /** So many movements, and so many sends: a number, or the most that there may be. */
  async assertJudged(movements, sent) {
    const now = await this.judged();
    assert.equal(now.movements - this.before.movements, movements, "movements");
    const sends = now.sent - this.before.sent;
    if (typeof sent === "number") assert.equal(sends, sent, "sends");
    else assert.ok(sends >= sent.from && sends <= sent.to, `${sends} sends`);
  }

  async movementsOf(orderId) {
    return this.page.$$eval(
      `#movements [data-order="${orderId}"][data-kind="transfer"]`,
      (rows) => rows.length,
    );
  }

  steps() {
    return this.page.$$eval("#steps .step-words", (steps) => steps.map(({ textContent }) => textContent));
  }
}
