// Reading a link: the order, the flaws, the errors, and the way back into the form.

import assert from "node:assert/strict";

import { openPage } from "./browser.js";
import { linkOn, queryOn, VENDOR_LINK } from "./check-maker.js";
import { check } from "./report.js";

const BASE = "https://my.paylov.uz/checkout/create/";
const MERCHANT = "571c06fb-6c61-4ef7-8567-5511abaf12b5";
const SECOND_QUERY =
  "merchant_id=2ef4a896-8da2-48a4-9af3-2607e69210ec&amount=500&currency_id=860&return_url=https%3A%2F%2Fgoogle.com&amount_in_tiyin=True&account.order_id=1233";
const encoded = (query) => BASE + Buffer.from(query).toString("base64");
const spaced = (text) => text.replace(/\u00a0/g, " ");

async function orderOn(page) {
  const rows = await page
    .locator("#order > div")
    .evaluateAll((list) =>
      list.map((row) => [
        row.querySelector("dt").textContent,
        [...row.querySelector("dd").children].map((part) => part.textContent),
      ]),
    );
  return Object.fromEntries(
    rows.map(([term, parts]) => [
      term,
      parts
        .map(spaced)
        .filter((part) => part !== "")
        .join("; "),
    ]),
  );
}

const codesOn = (page) => page.locator("#warnings code").allTextContents();

async function assertNoOrder(page) {
  assert.equal(await page.locator("#order").textContent(), "");
  assert.equal(await page.locator("#edit-order").isVisible(), false);
}

async function checkExamples(browser, url) {
  const page = await openPage(browser, url);

  await check("the vendor's second link is read: 500 means tiyin there", async () => {
    await page.locator('[data-example="vendor"]').dblclick();
    assert.equal(await page.inputValue("#given-link"), encoded(SECOND_QUERY));
    assert.deepEqual(await orderOn(page), {
      Summa: "5 soʻm; havolada: 500 tiyin",
      Merchant: "2ef4a896-8da2-48a4-9af3-2607e69210ec",
      Valyuta: "UZS",
      "account.order_id": "1233",
      "Qaytish manzili": "https://google.com",
    });
    assert.deepEqual(await codesOn(page), []);
    assert.equal(await page.locator("#no-warnings").isVisible(), true);
  });
  await check("what was read is told to screen readers", async () => {
    await page.waitForFunction(() =>
      /5\u00a0soʻm.*0\.$/.test(document.getElementById("announcer").textContent),
    );
  });
  await check("editing the read order fills the form with it, a double click included", async () => {
    await page.locator("#edit-order").click();
    assert.equal(
      await queryOn(page),
      "merchant_id=2ef4a896-8da2-48a4-9af3-2607e69210ec&amount=500&return_url=https%3A%2F%2Fgoogle.com&amount_in_tiyin=True&account.order_id=1233",
    );
    assert.equal(await page.locator("#more").evaluate((details) => details.open), true);
    assert.equal(await page.evaluate(() => document.activeElement.id), "make-heading");
    await page.locator("#edit-order").dblclick();
    await page.locator("#undo").click();
    assert.equal(await linkOn(page), VENDOR_LINK);
  });
  for (const [example, codes] of [
    ["unencoded", ["unencoded_query"]],
    ["json", ["json_payload"]],
    ["padding", ["nonstandard_base64"]],
  ]) {
    await check(`the example "${example}" is read, and its flaw named in words and by code`, async () => {
      await page.locator(`[data-example="${example}"]`).click();
      const order = await orderOn(page);
      assert.equal(order.Summa, "500 soʻm; havolada: 500 soʻm");
      assert.equal(order.Merchant, MERCHANT);
      assert.equal(order["account.order_id"], "12");
      assert.deepEqual(await codesOn(page), codes);
      assert.ok((await page.locator("#warnings li").first().textContent()).length > codes[0].length + 20);
      assert.equal(await page.locator("#no-warnings").isVisible(), false);
    });
  }
  await check("clearing empties the reader", async () => {
    await page.locator("#clear-link").click();
    assert.equal(await page.inputValue("#given-link"), "");
    await assertNoOrder(page);
  });
  await page.context().close();
}

async function checkPasted(browser, url) {
  const page = await openPage(browser, url);
  const paste = (link) => page.fill("#given-link", link);

  await check("a dollar link with conversion is read", async () => {
    await paste(
      encoded(
        `merchant_id=${MERCHANT}&amount=1999&amount_in_tiyin=True&currency_id=840&convert_to=860&account.a=1`,
      ),
    );
    const order = await orderOn(page);
    assert.equal(order.Summa, "19,99 $");
    assert.equal(order.Valyuta, "USD");
    assert.equal(order.Konvertatsiya, "UZS");
  });
  await check("every flaw of a careless link is named", async () => {
    await paste(
      encoded("merchant_id=0das467e&amount=500&return_url=http%3A%2F%2Fshop.uz&colour=red&note=100%"),
    );
    assert.deepEqual((await codesOn(page)).sort(), [
      "insecure_return_url",
      "malformed_percent",
      "missing_account",
      "not_a_uuid",
      "unknown_parameter",
      "unknown_parameter",
    ]);
  });
  await check("a flawed order can be edited, and its faults stand beside their fields", async () => {
    await page.locator("#edit-order").click();
    await page.locator('#merchant-id[aria-invalid="true"]').waitFor();
    await page.locator('#return-url[aria-invalid="true"]').waitFor();
    assert.equal(await linkOn(page), "");
    await page.locator("#reset").click();
  });
  await check("a copy of the payment page elsewhere is pointed out", async () => {
    for (const base of ["https://paylov.example/checkout/create/", BASE.replace("https:", "http:")]) {
      await paste(base + btoa(`merchant_id=${MERCHANT}&amount=500&account.a=1`));
      assert.deepEqual(await codesOn(page), ["foreign_base_url"]);
    }
  });
  for (const [name, link, code] of [
    ["not a link", "salom", "malformed_link"],
    ["broken base64", `${BASE}%%%`, "malformed_link"],
    ["a link without an amount", encoded(`merchant_id=${MERCHANT}&account.a=1`), "missing_parameter"],
    [
      "a link with two amounts",
      encoded(`merchant_id=${MERCHANT}&amount=1&amount=2&account.a=1`),
      "duplicate_parameter",
    ],
    [
      "an unknown currency",
      encoded(`merchant_id=${MERCHANT}&amount=1&currency_id=978&account.a=1`),
      "invalid_parameter",
    ],
    ["an amount of zero", encoded(`merchant_id=${MERCHANT}&amount=0&account.a=1`), "amount_not_positive"],
    ["a huge paste", "x".repeat(3_000_000), "too_long"],
  ]) {
    await check(`${name} is refused beside the field, by code ${code}`, async () => {
      await paste(link);
      await page.locator('#given-link[aria-invalid="true"]').waitFor();
      assert.equal(await page.locator("#given-link-error code").textContent(), code);
      assert.ok((await page.locator("#given-link-error").textContent()).length > code.length + 5);
      await assertNoOrder(page);
    });
  }
  await check("a long value is held in a box that the keyboard reaches", async () => {
    await paste(encoded(`merchant_id=${MERCHANT}&amount=5&account.note=${"tiyin+".repeat(2000)}`));
    await page.locator("#order dd[tabindex]").focus();
    assert.equal(await page.evaluate(() => document.activeElement.localName), "dd");
  });
  await check("script inside a link stays text", async () => {
    const attack = "<img src=x onerror=window.attacked=1>";
    await paste(
      encoded(
        `merchant_id=${attack}&amount=5&account.${attack}=${attack}&return_url=javascript:alert(1)&${attack}=1`,
      ),
    );
    assert.equal(await page.locator("#order img, #warnings img, #order a").count(), 0);
    assert.equal((await orderOn(page))["Qaytish manzili"], "javascript:alert(1)");
    assert.equal(await page.evaluate(() => window.attacked), undefined);
    await paste("");
  });
  await page.context().close();
}

export async function checkDecoder(browser, url) {
  await checkExamples(browser, url);
  await checkPasted(browser, url);
}
