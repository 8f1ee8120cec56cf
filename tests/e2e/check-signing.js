// Signed links: what the token says, what becomes of it when anything in it changes or its time is over, and that the key
// stays where nobody sees it.

import assert from "node:assert/strict";

import { holdBack, openPage, started } from "./browser.js";
import { check } from "./report.js";

const PARTS = ["version", "keyId", "expiry", "order", "signature"];
const REFUSALS = {
  version: "token_malformed",
  keyId: "unknown_key",
  expiry: "signature_invalid",
  order: "signature_invalid",
  signature: "signature_invalid",
};
const QUERY = "merchant_id=571c06fb-6c61-4ef7-8567-5511abaf12b5&amount=500&account.order_id=12";
const MINUTE = 60_000;
const DURATIONS = { 60: MINUTE, 3600: 60 * MINUTE, 86400: 1440 * MINUTE };

const tokenOn = (page) => page.inputValue("#given-token");
const giveToken = (page, token) => page.fill("#given-token", token);
const chooseValidity = (page, seconds) => page.locator(`input[name="validity"][value="${seconds}"]`).check();
const chooseLanguage = (page, language) =>
  page.locator(`input[name="language"][value="${language}"]`).check();

async function sign(page) {
  const before = await tokenOn(page);
  await page.locator("#sign-order").click();
  await page.waitForFunction((old) => document.getElementById("given-token").value !== old, before);
  return tokenOn(page);
}

const textsOf = (page, language) =>
  page.evaluate(
    async (name) => (await import(new URL(`./texts/${name}.js`, document.baseURI).href)).default,
    language,
  );

/** The token is refused with this code and the code's text in the page's language, and no order is shown. */
async function assertRefused(page, code) {
  const problem = page.locator("#verdict-problem");
  assert.equal(await problem.locator("code").textContent(), code);
  const language = await page.evaluate(() => document.documentElement.lang);
  const { errors } = await textsOf(page, language);
  assert.equal(await problem.textContent(), `${errors[code]} ${code}`);
  assert.equal(await page.locator("#given-token").getAttribute("aria-invalid"), "true");
  assert.equal(await page.locator("#verified-order").textContent(), "");
}

async function assertGenuine(page, ...facts) {
  await page.locator("#verified").waitFor();
  const order = (await page.locator("#verified-order").textContent()).replaceAll("\u00a0", " ");
  for (const fact of facts) assert.ok(order.includes(fact), `${fact} in ${order}`);
  assert.equal(await page.locator("#verdict-problem").isVisible(), false);
  assert.equal(await page.locator("#given-token").getAttribute("aria-invalid"), null);
}

const changedAt = (token, at) =>
  `${token.slice(0, at)}${token[at] === "A" ? "B" : "A"}${token.slice(at + 1)}`;

async function checkToken(browser, url, width) {
  const page = await openPage(browser, url, { width });
  const name = `${width} px: `;

  await check(`${name}the page says where keys belong, and what a verified token does not say`, async () => {
    for (const [language, key, meaning] of [
      ["ru", /на сервере или в worker и никогда не попадает на страницу/, /не говорит/],
      ["en", /on a server or in a worker, never on a page/, /does not say that anything was paid/],
      ["uz", /serverda yoki workerda, sahifada u hech qachon/, /toʻlanganini bildirmaydi/],
    ]) {
      await chooseLanguage(page, language);
      const sentence = page.locator("#sign .notice p");
      assert.equal(await sentence.isVisible(), true);
      assert.match(await sentence.textContent(), key);
      assert.match(await page.locator("#sign .meaning").textContent(), meaning);
    }
  });
  for (const [seconds, duration] of Object.entries(DURATIONS)) {
    await check(`${name}a token valid for ${seconds} seconds carries its expiry`, async () => {
      await chooseValidity(page, seconds);
      const from = Date.now();
      const token = await sign(page);
      const expiry = Number(token.split(".")[2]);
      assert.ok(expiry >= from + duration && expiry <= Date.now() + duration);
      assert.equal(
        await page.locator("#token-time").getAttribute("datetime"),
        new Date(expiry).toISOString(),
      );
      await assertGenuine(page, "500 soʻm", "account.order_id12");
    });
  }
  await check(`${name}the token is shown in five parts that are told apart, and read back`, async () => {
    const token = await tokenOn(page);
    assert.equal(await page.locator("#token").textContent(), token);
    assert.deepEqual(await page.locator("#token .token-part").allTextContents(), token.split("."));
    const colours = await page
      .locator("#token .token-part")
      .evaluateAll((parts) => parts.map((part) => getComputedStyle(part).color));
    assert.equal(new Set(colours).size, PARTS.length);
    assert.equal(await page.locator("#token-version").textContent(), "v1");
    assert.match(await page.locator("#token-key-id").textContent(), /^demo-[0-9a-f]{4}$/);
    assert.equal(await page.locator("#token-order").textContent(), QUERY);
    assert.match(await page.locator("#token-time").textContent(), /^\d\d\.\d\d\.\d{4}, \d\d:\d\d:\d\d$/);
    assert.match(await page.locator("#token-left").textContent(), /^yana 23:59:\d\d$|^yana 24:00:00$/);
  });
  for (const part of PARTS) {
    await check(`${name}one character changed in the ${part} is refused`, async () => {
      await page.locator("#restore-token").click();
      const token = await tokenOn(page);
      await page.locator(`#change-${part}`).click();
      const changed = await tokenOn(page);
      const differing = [...token].filter((character, at) => character !== changed[at]);
      assert.equal(changed.length, token.length);
      assert.equal(differing.length, 1);
      assert.notEqual(changed.split(".")[PARTS.indexOf(part)], token.split(".")[PARTS.indexOf(part)]);
      assert.equal(await page.locator("#token mark").count(), 1);
      assert.equal(await page.locator(`#token .${part} mark`).count(), 1);
      await assertRefused(page, REFUSALS[part]);
    });
  }
  await check(`${name}a double click changes no second character`, async () => {
    await page.locator("#change-order").dblclick();
    assert.equal(await page.locator("#token mark").count(), 1);
  });
  await page.context().close();
}

async function checkTyping(browser, url) {
  const page = await openPage(browser, url);
  const token = await sign(page);
  const ends = token.split(".").map((part, index, parts) => {
    const start = parts.slice(0, index).join(".").length + (index === 0 ? 0 : 1);
    return [start, start + (part.length >> 1), start + part.length - 1];
  });

  for (const [index, part] of PARTS.entries()) {
    await check(`any character typed into the ${part} is refused, in three languages`, async () => {
      for (const [place, at] of ends[index].entries()) {
        await chooseLanguage(page, ["ru", "en", "uz"][place]);
        await giveToken(page, changedAt(token, at));
        await assertRefused(page, REFUSALS[part]);
      }
    });
  }
  await check("a lost dot, a lost end, a longer end and another kind of text are refused", async () => {
    for (const [given, code] of [
      [token.replace(".", ""), "token_malformed"],
      [token.slice(0, -1), "signature_invalid"],
      [`${token}A`, "signature_invalid"],
      [`${token}=`, "signature_invalid"],
      [token.slice(0, token.lastIndexOf(".")), "token_malformed"],
      ["salom", "token_malformed"],
      ["x".repeat(3_000_000), "too_long"],
    ]) {
      await giveToken(page, given);
      await assertRefused(page, code);
    }
    await giveToken(page, "salom");
    assert.equal(await page.locator("#token-ready").isVisible(), false);
    await giveToken(page, "");
    assert.equal(await page.locator("#no-verdict").isVisible(), true);
  });
  await check("blanks around a pasted token do no harm", async () => {
    await giveToken(page, `\n ${token} \n`);
    await assertGenuine(page, "500 soʻm");
  });
  await check("a signed return URL is no order token, and neither is the token in it", async () => {
    await page.locator("#try-return-url").click();
    assert.match(await tokenOn(page), /^https:\/\/shop\.uz\/paid\?tiyin=v1\.demo-/);
    await assertRefused(page, "token_malformed");
    await page.locator("#try-return-token").click();
    assert.match(await tokenOn(page), /^v1\.demo-/);
    await assertRefused(page, "signature_invalid");
    await page.locator("#restore-token").click();
    assert.equal(await tokenOn(page), token);
    await assertGenuine(page, "500 soʻm");
  });
  await check("the verdict is told to screen readers, whether good or bad", async () => {
    const announced = (part) =>
      page.waitForFunction((text) => document.getElementById("announcer").textContent.includes(text), part);
    await announced("Token haqiqiy: 500\u00a0soʻm.");
    await page.locator("#change-keyId").click();
    await announced("kalit bu yerda yoʻq");
  });
  await check("the token is copied as it is shown, and a changed one takes that back", async () => {
    await page.locator("#copy-token").click();
    await page.locator("#copy-token.done").waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await tokenOn(page));
    await page.locator("#restore-token").click();
    assert.equal(await page.locator("#copy-token").textContent(), "Tokendan nusxa olish");
  });
  await page.context().close();
}

async function checkExpiry(browser, url) {
  await check("a token counts down to its expiry, and is refused from then on", async () => {
    const prepare = (page) => page.clock.install();
    const page = await openPage(browser, url, { width: 360, prepare });
    const left = () => page.locator("#token-left").textContent();
    const height = () => page.locator("#verdict").evaluate((verdict) => verdict.offsetHeight);
    await chooseValidity(page, 60);
    await page.clock.pauseAt(Date.now() + MINUTE);
    await sign(page);
    assert.equal(await left(), "yana 1:00");
    await page.clock.runFor(1000);
    assert.equal(await left(), "yana 0:59");
    await page.clock.runFor(58_999);
    assert.equal(await left(), "yana 0:01");
    await assertGenuine(page, "500 soʻm");
    const before = await height();
    await page.clock.runFor(1);
    await assertRefused(page, "link_expired");
    assert.equal(await left(), "muddati oʻtgan");
    assert.equal(await height(), before, "nothing may move that nobody touched");
    await page.clock.runFor(1000);
    assert.match(await page.locator("#announcer").textContent(), /muddati oʻtgan/);
    await page.locator("#change-signature").click();
    await assertRefused(page, "signature_invalid");
    await sign(page);
    await assertGenuine(page, "500 soʻm");
    await page.context().close();
  });
  await check("a device whose clock was never set is told so", async () => {
    const page = await openPage(browser, url, { prepare: (opened) => opened.clock.install({ time: 0 }) });
    await page.locator("#sign-order").click();
    await page.locator("#sign-problem").waitFor();
    assert.match(await page.locator("#sign-problem").textContent(), /soati notoʻgʻri/);
    await page.context().close();
  });
  await check("the local time of the expiry follows the language", async () => {
    const page = await openPage(browser, url);
    await sign(page);
    const time = () => page.locator("#token-time").textContent();
    await chooseLanguage(page, "en");
    assert.match(await time(), /^\d{1,2} [A-Z][a-z]+ \d{4}, \d\d:\d\d:\d\d$/);
    assert.match(await page.locator("#token-left").textContent(), / left$/);
    await chooseLanguage(page, "ru");
    assert.match(await time(), /^\d\d\.\d\d\.\d{4}, \d\d:\d\d:\d\d$/);
    assert.match(await page.locator("#token-left").textContent(), /^осталось /);
    await page.context().close();
  });
}

async function checkOrders(browser, url) {
  const page = await openPage(browser, url);

  await check("the order that the form holds is the one that is signed", async () => {
    await page.fill("#amount", "1 250 000,50");
    await page.fill("#return-url", "https://shop.uz/paid");
    assert.match(await page.locator("#signing-order").textContent(), /1\s250\s000,50\ssoʻm order_id: 12/);
    await sign(page);
    await assertGenuine(page, "1 250 000,50 soʻm", "https://shop.uz/paid");
  });
  await check("a token outlives a change of the form", async () => {
    await page.fill("#amount", "7");
    await assertGenuine(page, "1 250 000,50 soʻm");
    assert.match(await page.locator("#signing-order").textContent(), /^7\ssoʻm/);
  });
  await check("an unfinished order is not signed, in three languages, until it is finished", async () => {
    const token = await tokenOn(page);
    await page.fill("#amount", "");
    await page.locator("#sign-order").click();
    for (const language of ["ru", "en", "uz"]) {
      await chooseLanguage(page, language);
      const { errors, signing } = await textsOf(page, language);
      assert.equal(await page.locator("#sign-problem").textContent(), errors.no_order);
      assert.equal(await page.locator("#signing-order").textContent(), signing.noOrder);
    }
    assert.equal(await tokenOn(page), token);
    await page.fill("#amount", "500");
    assert.equal(await page.locator("#sign-problem").isVisible(), false);
    await sign(page);
    await assertGenuine(page, "500 soʻm");
  });
  await check("a double click signs one order", async () => {
    await page.locator("#sign-order").dblclick();
    await assertGenuine(page, "500 soʻm");
    assert.equal(await page.locator("#token mark").count(), 0);
  });
  await check("script in an order stays text in the token and in what is read back", async () => {
    const attack = "<img src=x onerror=window.attacked=1>";
    await page.locator('.account-row [data-part="value"]').fill(attack);
    await sign(page);
    await assertGenuine(page, attack);
    assert.equal(await page.locator("#sign img").count(), 0);
    assert.equal(await page.evaluate(() => window.attacked), undefined);
  });
  await check("a token of a long order is held in a box that the keyboard reaches", async () => {
    await page.locator('.account-row [data-part="value"]').fill("x".repeat(3000));
    await sign(page);
    await page.locator("#token").focus();
    assert.equal(await page.evaluate(() => document.activeElement.id), "token");
    for (const box of await page.locator("#sign dd[tabindex]").all()) {
      await box.focus();
      assert.equal(await box.evaluate((element) => element === document.activeElement), true);
    }
  });
  await page.context().close();
}

/** Keeps what the page drew at random where the check finds it. */
function watchRandom() {
  const draw = crypto.getRandomValues.bind(crypto);
  window.drawn = [];
  crypto.getRandomValues = (array) => {
    draw(array);
    window.drawn.push([...array]);
    return array;
  };
}

async function checkKey(browser, url) {
  const page = await openPage(browser, url, { prepare: (opened) => opened.addInitScript(watchRandom) });

  await check("neither module nor key is made before they are needed", async () => {
    assert.deepEqual(await page.evaluate(() => window.drawn), []);
    const loaded = await page.evaluate(() =>
      performance.getEntriesByType("resource").map(({ name }) => name),
    );
    assert.ok(loaded.some((name) => name.endsWith("/tiyin/checkout.js")));
    assert.ok(!loaded.some((name) => name.endsWith("/tiyin/sign.js")));
  });
  await check("the key is random, and neither shown nor stored", async () => {
    await sign(page);
    await page.fill("#amount", "501");
    await page.waitForTimeout(300);
    const drawn = await page.evaluate(() => window.drawn);
    assert.equal(drawn.length, 1);
    const secret = Buffer.from(drawn[0].slice(-32));
    assert.ok(new Set(secret).size > 8);
    const everything = await page.evaluate(() =>
      JSON.stringify([
        document.documentElement.outerHTML,
        [...document.querySelectorAll("input, textarea")].map(({ value }) => value),
        { ...sessionStorage },
        { ...localStorage },
        history.state,
        document.cookie,
        location.href,
      ]),
    );
    assert.ok(everything.includes("501"));
    for (const form of ["hex", "base64", "base64url", "latin1"])
      assert.ok(!everything.includes(secret.toString(form)), form);
  });
  await check("a reload keeps the order but no token, and its key verifies none of before", async () => {
    const token = await tokenOn(page);
    await page.reload();
    await started(page);
    assert.equal(await page.inputValue("#amount"), "501");
    assert.equal(await tokenOn(page), "");
    assert.equal(await page.locator("#try-out").isVisible(), false);
    await giveToken(page, token);
    await page.locator("#verdict-problem").waitFor();
    await assertRefused(page, "unknown_key");
  });
  await check("leaving the page and coming back does no harm", async () => {
    await page.goto("about:blank");
    await page.goBack();
    await started(page);
    await sign(page);
    await assertGenuine(page, "501 soʻm");
  });
  await page.context().close();
}

async function checkLoading(browser, url) {
  await check(
    "while the module is on its way the button says so, and pressing twice does no harm",
    async () => {
      let release;
      const prepare = async (page) => {
        release = await holdBack(page, "**/tiyin/sign.js");
      };
      const page = await openPage(browser, url, { prepare });
      await page.locator("#sign-order").dblclick();
      assert.match(await page.locator("#sign-order").textContent(), /yuklanmoqda/);
      await giveToken(page, "salom");
      release();
      await page.locator("#token-ready").waitFor();
      assert.match(await page.locator("#sign-order").textContent(), /imzolash/);
      await assertGenuine(page, "500 soʻm");
      await page.context().close();
    },
  );
  await check(
    "without the module's file it is named in three languages, and a later press tries again",
    async () => {
      const page = await openPage(browser, url, { expected: (text) => /tiyin\/sign\.js|404/.test(text) });
      const missing = (route) => route.fulfill({ status: 404, body: "" });
      await page.route("**/tiyin/sign.js", missing);
      await page.locator("#sign-order").click();
      await page.locator("#sign-problem").waitFor();
      for (const language of ["ru", "en", "uz"]) {
        await chooseLanguage(page, language);
        const { errors } = await textsOf(page, language);
        const message = errors.package_missing.replace("{field}", "tiyin/sign.js");
        assert.equal(await page.locator("#sign-problem").textContent(), message);
      }
      assert.match(await page.locator("#sign-order").textContent(), /imzolash/);
      await page.unroute("**/tiyin/sign.js", missing);
      await sign(page);
      await assertGenuine(page, "500 soʻm");
      assert.equal(await page.locator("#sign-problem").isVisible(), false);
      await page.context().close();
    },
  );
}

async function checkByKeyboard(browser, url) {
  await check("signing, changing and restoring work by keyboard alone", async () => {
    const page = await openPage(browser, url);
    const press = async (id) => {
      for (let step = 0; step < 60; step += 1) {
        if ((await page.evaluate(() => document.activeElement.id)) === id)
          return page.keyboard.press("Enter");
        await page.keyboard.press("Tab");
      }
      assert.fail(`Tab never reached ${id}`);
    };
    await page.locator('input[name="validity"]:checked').focus();
    await page.keyboard.press("ArrowRight");
    await press("sign-order");
    await page.locator("#try-out").waitFor();
    assert.match(await page.locator("#token-left").textContent(), /23:59|24:00/);
    await press("change-signature");
    await assertRefused(page, "signature_invalid");
    await press("restore-token");
    await assertGenuine(page, "500 soʻm");
    await page.context().close();
  });
}

export async function checkSigning(browser, url) {
  await checkToken(browser, url, 1440);
  await checkToken(browser, url, 360);
  await checkTyping(browser, url);
  await checkExpiry(browser, url);
  await checkOrders(browser, url);
  await checkKey(browser, url);
  await checkLoading(browser, url);
  await checkByKeyboard(browser, url);
}
