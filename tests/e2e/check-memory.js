// What was typed outlives a reload and the way back, with storage and without it.

import assert from "node:assert/strict";

import { openPage, started } from "./browser.js";
import { choose } from "./check-maker.js";
import { check } from "./report.js";

async function fillEverything(page) {
  await page.fill("#merchant-id", "2ef4a896-8da2-48a4-9af3-2607e69210ec");
  await page.fill("#amount", "1,000");
  await page.locator('input[name="currency"][value="USD"]').check();
  await page.locator("#add-row").click();
  await page.keyboard.type("phone");
  await page.fill("#return-url", "https://shop.uz/paid");
  await page.locator("#more summary").click();
  await choose(page, "#convert-to", 1);
  await page.locator('[data-example="json"]').click();
}

const everything = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll("main input, main select, main textarea")].map((field) =>
      field.type === "radio" ? field.checked : field.value,
    ),
  );

function blockStorage() {
  for (const name of ["localStorage", "sessionStorage"]) {
    Object.defineProperty(window, name, {
      get() {
        throw new DOMException("blocked", "SecurityError");
      },
    });
  }
}

export async function checkMemory(browser, url) {
  for (const [kind, prepare] of [
    ["", undefined],
    [" where storage is blocked", (page) => page.addInitScript(blockStorage)],
  ]) {
    const page = await openPage(browser, url, { prepare });
    let before;

    await check(`a reload keeps what was typed${kind}`, async () => {
      await fillEverything(page);
      before = await everything(page);
      assert.ok(before.includes("phone"));
      await page.waitForTimeout(300); // Without storage, what was typed in the last moment before leaving is lost.
      await page.reload();
      await started(page);
      assert.deepEqual(await everything(page), before);
      await page.locator('#amount[aria-invalid="true"]').waitFor();
      assert.ok(await page.locator("#order").textContent());
    });
    await check(`leaving the page and coming back keeps what was typed${kind}`, async () => {
      await page.goto("about:blank");
      await page.goBack();
      await started(page);
      assert.deepEqual(await everything(page), before);
    });
    await check(`a reload keeps language and appearance${kind}`, async () => {
      await page.locator('input[name="language"][value="ru"]').check();
      await page.locator('input[name="theme"][value="dark"]').check();
      await page.reload();
      await started(page);
      assert.equal(await page.evaluate(() => document.documentElement.lang), "ru");
      assert.equal(await page.locator('input[name="language"][value="ru"]').isChecked(), true);
      assert.equal(await page.locator('input[name="theme"][value="dark"]').isChecked(), true);
      assert.equal(await page.locator("#dark-style").getAttribute("media"), "all");
    });
    await check(`the address holds nothing of what was typed${kind}`, () => {
      assert.equal(page.url(), url);
    });
    await page.context().close();
  }

  await check("a draft that someone tampered with does not break the page", async () => {
    const prepare = (page) =>
      page.addInitScript(() => {
        sessionStorage.setItem("tiyin.maker", '{"rows":[{"key":1}],"amount":null}');
        sessionStorage.setItem("tiyin.link", "{");
        localStorage.setItem("tiyin.language", "xx");
        localStorage.setItem("tiyin.theme", "constructor");
      });
    const page = await openPage(browser, url, { prepare });
    assert.match(await page.locator("#link").textContent(), /^https:/);
    await page.context().close();
  });
}
