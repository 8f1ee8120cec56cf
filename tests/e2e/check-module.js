// Where the module cannot start, the page says what to change.

import assert from "node:assert/strict";

import { weakTexts } from "./appearance.js";
import { openPage } from "./browser.js";
import { assertNoLink } from "./check-maker.js";
import { check } from "./report.js";

const STRICT =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'";

function withPolicy(url) {
  return (page) =>
    page.route(url, async (route) => {
      const response = await route.fetch();
      await route.fulfill({
        response,
        headers: { ...response.headers(), "content-security-policy": STRICT },
      });
    });
}

function withoutPackage(page) {
  return page.route("**/tiyin/checkout.js", (route) => route.fulfill({ status: 404, body: "" }));
}

/** Loses one character of the module's text. */
function withChangedText(page) {
  return page.route("**/*.bytes.js", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace(/"./, '"') });
  });
}

async function assertRemedy(page, remedies) {
  for (const language of ["ru", "en", "uz"]) {
    await page.locator(`input[name="language"][value="${language}"]`).check();
    const alert = page.locator('[role="alert"]');
    assert.equal(await alert.isVisible(), true);
    for (const part of remedies) assert.ok((await alert.locator("p").textContent()).includes(part), part);
    assert.match(await alert.locator("p").textContent(), { ru: /[а-яё]/, en: / the /, uz: /ʻ/ }[language]);
  }
  await assertNoLink(page);
  await page.locator('[data-example="vendor"]').click();
  assert.equal(await page.locator("#order").textContent(), "");
  await page.fill("#amount", "700");
  await assertNoLink(page);
  assert.deepEqual(await page.evaluate(weakTexts, 4.5), []);
}

export async function checkModule(browser, url) {
  await check(
    "under a policy without 'wasm-unsafe-eval' the page names the remedy in three languages",
    async () => {
      const expected = (text) => /wasm|WebAssembly|Content Security Policy|CSP violation/i.test(text);
      const page = await openPage(browser, url, { expected, prepare: withPolicy(url) });
      await assertRemedy(page, ["script-src", "'wasm-unsafe-eval'", "Content-Security-Policy"]);
      await page.context().close();
    },
  );
  await check(
    "where the module's script was changed on its way the page names the remedy in three languages",
    async () => {
      const page = await openPage(browser, url, { prepare: withChangedText });
      await assertRemedy(page, ["tiyin/"]);
      await page.context().close();
    },
  );
  await check("without the package beside it the page says which file is missing", async () => {
    const expected = (text) => /tiyin\/checkout\.js|404/.test(text);
    const page = await openPage(browser, url, { expected, prepare: withoutPackage });
    await assertRemedy(page, ["tiyin/checkout.js"]);
    await page.context().close();
  });
}
