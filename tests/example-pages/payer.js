// Somebody who pays a telephone's bill on an example page.

import assert from "node:assert/strict";

export class Payer {
  #page;
  #url;
  #sandbox;
  #troubles = [];
  #movements;

  constructor(page, url, sandbox) {
    this.#page = page;
    this.#url = url;
    this.#sandbox = sandbox;
    page.on("console", (message) => {
      if (message.type() === "error" && !isExpected(message.text())) this.#troubles.push(message.text());
    });
    page.on("pageerror", (error) => this.#troubles.push(error.message));
  }

  async open() {
    await this.faults([]);
    this.#movements = (await this.#ledger()).length;
    await this.#page.goto(this.#url);
    const services = this.#page.getByLabel("Service");
    await this.#page.waitForFunction(() => document.querySelector("select, input[name=phone]"));
    if (await services.count()) await services.selectOption({ label: "Ucell" });
  }

  async create({ phone = "901234567", amount = "5000" } = {}) {
    await this.#page.getByLabel("Номер телефона").fill(phone);
    await this.#page.getByLabel(/^Amount/).fill(amount);
    await this.#page.getByRole("button", { name: "Go on" }).click();
  }

  async confirm(otp, { clicks = 1 } = {}) {
    await this.#page.getByLabel(/^The code/).fill(otp);
    await this.#page.getByRole("button", { name: "Pay", exact: true }).click({ clickCount: clicks });
  }

  async confirmAgain(otp) {
    const again = this.#page.getByRole("button", { name: "Type the code again" });
    const code = this.#page.getByLabel(/^The code/);
    await again.or(code).waitFor();
    if (await again.isVisible()) await again.click();
    await this.confirm(otp);
  }

  /** Reloads when the money has moved and the page has not been told. */
  async reloadOncePaid() {
    while ((await this.#ledger()).length === this.#movements) await this.#page.waitForTimeout(50);
    await this.#page.reload();
  }

  expectResult(text) {
    return this.#page.getByRole("status").filter({ hasText: text }).waitFor();
  }

  async expectRefusal(text) {
    const told = this.#page.locator("[role=alert], [role=status]").filter({ hasText: text });
    await told.first().waitFor();
  }

  async expectMovements(count) {
    assert.equal((await this.#ledger()).length - this.#movements, count, "movements of money");
  }

  expectNoTroubles() {
    assert.deepEqual(this.#troubles, []);
  }

  async faults(rules) {
    const response = await fetch(`${this.#sandbox}/faults`, {
      method: "POST",
      body: JSON.stringify({ rules }),
    });
    assert.equal(response.ok, true, await response.text());
  }

  async #ledger() {
    return (await fetch(`${this.#sandbox}/ledger`)).json();
  }
}

/** Browsers tell of every request that was refused or lost. */
function isExpected(text) {
  return text.startsWith("Failed to load resource");
}
