// Balances, the statement, its file, and the reconciliation of a pasted list, by value.

import assert from "node:assert/strict";

import { csvOf } from "../../../www/transfer/csv.js";
import { check } from "../report.js";
import { ACCOUNT, ending, TransferVisit } from "./visit.js";

const CERTAIN = { timeout: 60_000 };
const digits = (text) => text.replace(/[^\d,]/g, "");

/** Reads a file as RFC 4180 describes it. */
function parsed(csv) {
  const rows = [];
  let cells = [];
  const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  for (let found = pattern.exec(csv); found; found = pattern.exec(csv)) {
    cells.push(found[1]?.replaceAll('""', '"') ?? found[2]);
    if (found[3] === ",") continue;
    rows.push(cells);
    cells = [];
    if (pattern.lastIndex === csv.length) break;
  }
  return rows;
}

const party = (name) => ({ name, bankCode: "00401", account: ACCOUNT, taxpayerId: "" });

const NASTY = ["=1+1", "+998", "-5", "@SUM(A1)", "\tx", 'a "b", c', "line\r\nline", "тест; да", "'x"];

async function checkFile() {
  await check("a statement's file is read back as it was, and holds no formula", () => {
    const rows = NASTY.map((purpose, index) => ({
      id: index,
      direction: "debit",
      amount: { minor: 123_456_789_012_345, currency: "UZS" },
      payer: party('ООО "Тест"'),
      payee: party(purpose),
      purpose,
      status: "settled",
    }));
    const csv = csvOf(rows, { toMajor: () => "1234567890123.45" });
    assert.equal(csv.charCodeAt(0), 0xfeff);
    assert.ok(csv.endsWith("\r\n"));
    const [head, ...lines] = parsed(csv.slice(1));
    assert.equal(lines.length, NASTY.length);
    for (const [index, line] of lines.entries()) {
      assert.equal(line.length, head.length);
      const cell = line[head.indexOf("purpose")];
      const expected = /^[=+\-@\t]/.test(NASTY[index]) ? `'${NASTY[index]}` : NASTY[index];
      assert.equal(cell, expected);
      assert.equal(line[head.indexOf("amount")], "1234567890123.45");
      for (const value of line) assert.doesNotMatch(value, /^[=+\-@\t\r]/);
    }
  });
}

/** Keeps what the page saves. */
function keepFiles() {
  const create = URL.createObjectURL.bind(URL);
  window.files = [];
  URL.createObjectURL = (blob) => {
    window.files.push(blob.arrayBuffer().then((bytes) => [...new Uint8Array(bytes)]));
    return create(blob);
  };
  HTMLAnchorElement.prototype.click = function click() {
    window.savedAs = this.download;
  };
}

async function savedFile(visit) {
  await visit.press("#statement-save");
  const bytes = await visit.page.evaluate(() => window.files.at(-1));
  return parsed(new TextDecoder("utf-8", { ignoreBOM: true }).decode(Uint8Array.from(bytes)).slice(1));
}

const rowsAre = (visit, count) =>
  visit.page.waitForFunction(
    (wanted) => document.querySelectorAll("#statement-rows tr").length === wanted,
    {},
    count,
  );

const PAID = [
  { amount: "1000,25", purpose: "Аренда за май", account: ending("780000") },
  { amount: "2000", purpose: "=cmd|' /C calc'!A0", account: ending("780000"), name: "@Name" },
  { amount: "3000", purpose: "Услуги", account: ending("780000") },
];

async function pay(visit, order) {
  await visit.prepare(order);
  await visit.send();
  await visit.is("settled", CERTAIN);
  await visit.another();
}

async function checkRows(visit, name) {
  await check(`${name}: the statement, its totals and the balance are those of the ledger`, async () => {
    for (const order of PAID) await pay(visit, order);
    await rowsAre(visit, 6); // Three transfers, and the commission of each.
    const movements = await visit.page.$$eval("#movements .movement strong", (sums) =>
      sums.map(({ textContent }) => textContent),
    );
    const amounts = await visit.page.$$eval("#statement-rows .amount-cell", (sums) =>
      sums.map(({ textContent }) => textContent),
    );
    assert.deepEqual(amounts.toSorted(), movements.toSorted());
    // 1000.25 + 5.01 + 2000 + 10 + 3000 + 15.
    assert.match(digits(await visit.text("#statement-total")), /^06030,266$/);
    const [credit, debit] = await visit.page.$$eval("#day-rows .day-sum .number", (sums) =>
      sums.map(({ textContent }) => textContent),
    );
    assert.deepEqual([credit, digits(debit)], ["–", "6030,26"]);
    await visit.page.waitForFunction(() =>
      /49.993.969,74/.test(document.getElementById("balances").textContent),
    );
  });
  await check(`${name}: the statement is one of a direction, of days, and of an account`, async () => {
    await visit.page.select("#statement-direction", "credit");
    await visit.has("#statement-none");
    await visit.page.select("#statement-direction", "all");
    await rowsAre(visit, 6);
    await visit.page.select("#statement-service", "27");
    await visit.page.$eval("#statement-from", (field) => {
      field.value = "2023-01-01";
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
    await rowsAre(visit, 1);
    assert.match(await visit.text("#statement-rows"), /MARKETPLACE TRADING/);
    assert.match(await visit.text("#day-rows"), /2023-02-01.*\+4/);
    await visit.page.select("#statement-service", "33");
    await rowsAre(visit, 7);
  });
  await check(`${name}: a statement that does not come is told, and can be asked for again`, async () => {
    await visit.arm("server_error", { route: "bank/statement", times: "100" });
    await visit.press("#statement-refresh");
    await visit.has("#statement-problem");
    await visit.press("#armed button");
    await visit.press("#statement-refresh");
    await rowsAre(visit, 7);
  });
}

async function checkSaved(visit, name) {
  await check(`${name}: the file that is saved has the rows of the table, exactly`, async () => {
    const [head, ...lines] = await savedFile(visit);
    assert.match(
      await visit.page.evaluate(() => window.savedAs),
      /^statement-33-2023-01-01-\d{4}-\d\d-\d\d\.csv$/,
    );
    const column = (title) => lines.map((line) => line[head.indexOf(title)]);
    const opening = ["50000000"];
    assert.deepEqual(column("amount"), [...opening, "1000.25", "5.01", "2000", "10", "3000", "15"]);
    assert.deepEqual([...new Set(column("currency"))], ["UZS"]);
    assert.equal(column("purpose")[3], "'=cmd|' /C calc'!A0");
    assert.equal(column("payeeName")[3], "'@Name");
    assert.equal(column("payeeAccount")[3], ending("780000"));
    assert.deepEqual(column("direction"), ["credit", ...Array(6).fill("debit")]);
  });
}

const counts = (visit) =>
  visit.page.$$eval("#reconciled section", (groups) =>
    Object.fromEntries(groups.map(({ dataset }) => [dataset.kind, Number(dataset.count)])),
  );

async function compare(visit, lines) {
  await visit.page.$eval(
    "#expected",
    (area, text) => {
      area.value = text;
      area.dispatchEvent(new Event("input", { bubbles: true }));
    },
    lines.join("\n"),
  );
  await visit.page.$eval("#reconciled", (groups) => groups.replaceChildren());
  await visit.press("#compare");
}

async function checkReconciliation(visit, name) {
  const account = ending("780000");
  await check(`${name}: a pasted list is compared with the statement`, async () => {
    await pay(visit, { ...PAID[2], purpose: "Двойник" });
    await visit.prepare({ ...PAID[2], purpose: "Двойник" }).catch(() => {});
    await visit.press("#hindrance .secondary");
    await visit.is("ready");
    await visit.send();
    await visit.is("settled", CERTAIN);
    await visit.another();
    await rowsAre(visit, 11);
    await compare(visit, [
      `${account}; 1 000,25; Аренда  за май`,
      `${account}\t2000\t=cmd|' /C calc'!A0`,
      `${account}; 3500; Услуги`,
      "",
      `${ACCOUNT}; 77; Не заказано; 01.02.2023`,
      `${account}; 3000; Двойник`,
    ]);
    await visit.page.waitForSelector("#reconciled section");
    assert.deepEqual(await counts(visit), { matched: 2, different: 1, ambiguous: 1, missing: 1, extra: 5 });
    const words = (kind) => visit.text(`#reconciled .${kind}`);
    assert.ok((await words("different")).includes(await visit.say("reconcile.different_amount")));
    assert.match(await words("missing"), /77/);
    assert.ok(
      (await words("missing")).includes((await visit.say("reconcile.line")).replace("{number}", "5")),
    );
  });
  await check(
    `${name}: a line that cannot be read is told by its number, and nothing is compared`,
    async () => {
      await compare(visit, [
        "123; 100; x",
        `${account}; 1,000; x`,
        `${account}; 100`,
        `${account}; 100; x; 31-12-2026`,
      ]);
      await visit.has("#expected-problems");
      const told = await visit.page.$$eval("#expected-problems li", (lines) =>
        lines.map(({ textContent }) => textContent),
      );
      const expected = ["badAccount", "badAmount", "badPurpose", "badDate"];
      for (const [index, key] of expected.entries())
        assert.ok(told[index].endsWith(await visit.say(`reconcile.${key}`)), told[index]);
      assert.equal(await visit.page.$eval("#reconciled", ({ hidden }) => hidden), true);
    },
  );
  await check(`${name}: this browser's own orders are taken and found`, async () => {
    await visit.press("#take-own");
    await visit.press("#compare");
    await visit.page.waitForSelector("#reconciled section");
    const { matched, ambiguous, missing } = await counts(visit);
    assert.deepEqual({ matched, ambiguous, missing }, { matched: 3, ambiguous: 1, missing: 0 });
  });
}

export async function checkStatement(browser, name, url) {
  if (name === "Chromium") await checkFile();
  const visit = await TransferVisit.begin(browser, url, {
    name,
    width: name === "Firefox" ? "wide" : "narrow",
    language: "ru",
    prepare: (page) => page.evaluateOnNewDocument(keepFiles),
  });
  await checkRows(visit, name);
  await checkSaved(visit, name);
  await checkReconciliation(visit, name);
  await visit.end();
}
