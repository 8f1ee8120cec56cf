// Both themes, both widths, all languages: nothing sticks out, everything can be read and hit.

import assert from "node:assert/strict";
import { join } from "node:path";

import { sidewaysOverflow, smallTargets, weakTexts } from "./appearance.js";
import { openPage } from "./browser.js";
import { choose } from "./check-maker.js";
import { check } from "./report.js";

const LOCALES = { uz: "uz-UZ", ru: "ru-RU", en: "en-GB" };
const MINIMUM_CONTRAST = 4.5;
const MINIMUM_TARGET = 44;

async function showErrors(page) {
  await page.fill("#merchant-id", "571c06fb");
  await page.fill("#amount", "1,000");
  await page.fill("#return-url", "http://shop.uz/paid");
  await page.locator("#add-row").click();
  await page.keyboard.type("phone");
  await page.keyboard.press("Tab");
  await page.locator("#more summary").click();
  await choose(page, "#wire-unit", 1);
  await page.fill("#given-link", "salom");
  await page.locator("#amount-choices button").first().waitFor();
  await page.locator(".error.mild").waitFor();
}

/** A token with one character changed, beside the verdict on it. */
async function showChangedToken(page) {
  await page.locator("#sign-order").click();
  await page.locator("#change-expiry").click();
  await page.locator("#token mark").waitFor();
}

async function assertReadable(page) {
  assert.deepEqual(await page.evaluate(weakTexts, MINIMUM_CONTRAST), []);
  assert.deepEqual(await page.evaluate(smallTargets, MINIMUM_TARGET), []);
  assert.deepEqual(await page.evaluate(sidewaysOverflow), []);
}

async function checkLook(browser, url, shots, { width, scheme, language }) {
  const page = await openPage(browser, url, { width, scheme, locale: LOCALES[language] });
  const name = `${width}-${scheme}-${language}`;
  const shot = (what) => page.screenshot({ path: join(shots, `${what}-${name}.png`), fullPage: true });

  await check(
    `${width} px, ${scheme}, ${language}: readable, large enough to hit, nothing sticks out`,
    async () => {
      await page.locator('[data-example="vendor"]').click();
      await page.evaluate(() => document.activeElement.blur());
      await page.mouse.move(0, 0);
      await assertReadable(page);
      await shot("maker");
      await showErrors(page);
      await page.mouse.move(0, 0);
      await assertReadable(page);
      await shot("errors");
      await page.locator('[data-example="unencoded"]').click();
      await page.locator("#reset").click();
      await assertReadable(page);
      await page.locator("#read").screenshot({ path: join(shots, `decoder-${name}.png`) });
      await showChangedToken(page);
      await page.mouse.move(0, 0);
      await assertReadable(page);
      await page.locator("#sign").screenshot({ path: join(shots, `refused-${name}.png`) });
      await page.locator("#restore-token").click();
      await page.mouse.move(0, 0);
      await assertReadable(page);
      await page.locator("#sign").screenshot({ path: join(shots, `signed-${name}.png`) });
    },
  );
  await page.context().close();
}

async function checkThemes(browser, url) {
  const background = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const isDark = async (page) =>
    (await background(page))
      .match(/\d+/g)
      .slice(0, 3)
      .every((part) => Number(part) < 64);

  for (const scheme of ["light", "dark"]) {
    await check(`on a ${scheme} device the page is ${scheme}, and the switch overrules it`, async () => {
      const page = await openPage(browser, url, { scheme });
      const choose = (theme) => page.locator(`input[name="theme"][value="${theme}"]`).check();
      assert.equal(await isDark(page), scheme === "dark");
      await choose("light");
      assert.equal(await isDark(page), false);
      await choose("dark");
      assert.equal(await isDark(page), true);
      await choose("auto");
      assert.equal(await isDark(page), scheme === "dark");
      await page.context().close();
    });
  }
}

async function checkOtherConditions(browser, url) {
  await check("even 320 px need no sideways scrolling", async () => {
    for (const language of ["uz", "ru", "en"]) {
      const page = await openPage(browser, url, { width: 320, locale: LOCALES[language] });
      await showErrors(page);
      assert.deepEqual(await page.evaluate(sidewaysOverflow), []);
      await page.locator("#reset").click();
      await showChangedToken(page);
      await page.locator("#qr-image").waitFor();
      assert.deepEqual(await page.evaluate(sidewaysOverflow), []);
      await page.context().close();
    }
  });
  await check("1440 px hold form and result side by side", async () => {
    const page = await openPage(browser, url);
    const form = await page.locator("#maker").boundingBox();
    const result = await page.locator("#result").boundingBox();
    assert.ok(result.x >= form.x + form.width && Math.abs(result.y - form.y) < 40);
    await page.locator('.sections [href="#read"]').click();
    assert.equal(new URL(page.url()).hash, "#read");
    await page.locator('.sections [href="#sign"]').click();
    assert.equal(new URL(page.url()).hash, "#sign");
    await page.locator('.sections [href="#make"]').click();
    assert.equal(await page.locator("#make-heading").isVisible(), true);
    for (const [link, path] of [
      ["#to-bill", "/bill.html"],
      ["#to-transfer", "/transfer.html"],
    ]) {
      await page.locator(link).click();
      await page.locator("html[data-ready]").waitFor();
      assert.equal(new URL(page.url()).pathname, path);
      await page.goto(url);
    }
    await page.context().close();
  });
  await check("who wants little motion gets none", async () => {
    const page = await openPage(browser, url);
    await page.emulateMedia({ reducedMotion: "reduce" });
    const moving = await page.evaluate(
      () =>
        [...document.querySelectorAll("*")].filter((element) => {
          const { transitionDuration, animationName } = getComputedStyle(element);
          return transitionDuration !== "0s" || animationName !== "none";
        }).length,
    );
    assert.equal(moving, 0);
    await page.context().close();
  });
  await check("with forced colours the chosen language still stands out", async () => {
    const page = await openPage(browser, url);
    await page.emulateMedia({ forcedColors: "active" });
    const colour = (value) =>
      page
        .locator(`input[name="language"][value="${value}"] + span`)
        .evaluate((span) => getComputedStyle(span).backgroundColor);
    assert.notEqual(await colour("uz"), await colour("ru"));
    await page.context().close();
  });
}

export async function checkAppearance(browser, url, shots) {
  for (const width of [360, 1440]) {
    for (const scheme of ["light", "dark"]) {
      for (const language of ["uz", "ru", "en"])
        await checkLook(browser, url, shots, { width, scheme, language });
    }
  }
  await checkThemes(browser, url);
  await checkOtherConditions(browser, url);
}
