// Three languages with the same texts, none of which is missing on the page.

import assert from "node:assert/strict";

import { openPage } from "./browser.js";
import { check } from "./report.js";

const LANGUAGES = ["uz", "ru", "en"];
const ERROR_CODES = [
  "too_long",
  "lone_surrogate",
  "not_an_option",
  "empty_amount",
  "malformed_amount",
  "too_many_decimals",
  "amount_out_of_range",
  "ambiguous_amount",
  "currency_mismatch",
  "amount_not_positive",
  "fractional_som",
  "fractional_dollar",
  "not_a_uuid",
  "missing_account",
  "empty_account_key",
  "insecure_return_url",
  "unsupported_scheme",
  "invalid_return_url",
  "malformed_link",
  "missing_parameter",
  "duplicate_parameter",
  "invalid_parameter",
  "signature_invalid",
  "link_expired",
  "unknown_key",
  "token_malformed",
  "not_milliseconds",
  "wasm_unavailable",
  "module_corrupted",
  "internal",
];
const WARNING_CODES = [
  "unencoded_query",
  "json_payload",
  "not_a_uuid",
  "missing_account",
  "insecure_return_url",
  "unsupported_scheme",
  "invalid_return_url",
  "nonstandard_base64",
  "unknown_parameter",
  "malformed_percent",
  "foreign_base_url",
];

/** `{ "page.title": "…" }` for one language, as the page itself loads it. */
async function textsOf(page, language) {
  const groups = await page.evaluate(
    async (name) => (await import(new URL(`./texts/${name}.js`, document.baseURI).href)).default,
    language,
  );
  return Object.fromEntries(
    Object.entries(groups).flatMap(([group, texts]) =>
      Object.entries(texts).map(([name, text]) => [`${group}.${name}`, text]),
    ),
  );
}

const placeholders = (text) => (text.match(/\{\w+\}/g) ?? []).sort();

const shownTexts = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll("[data-text]")].map((element) => [
      element.dataset.text,
      element.textContent,
    ]),
  );

async function checkTexts(page, texts) {
  await check("the three text files have the same keys and the same placeholders, and no empty text", () => {
    for (const language of ["ru", "en"]) {
      assert.deepEqual(Object.keys(texts[language]), Object.keys(texts.uz));
      for (const [key, text] of Object.entries(texts[language])) {
        assert.deepEqual(placeholders(text), placeholders(texts.uz[key]), `${language} ${key}`);
      }
    }
    for (const language of LANGUAGES)
      assert.ok(Object.values(texts[language]).every((text) => text.trim() !== ""));
  });
  await check("every error and warning code that can occur here has its own text", () => {
    const wanted = [
      ...ERROR_CODES.map((code) => `errors.${code}`),
      ...WARNING_CODES.map((code) => `warnings.${code}`),
    ];
    assert.deepEqual(
      wanted.filter((key) => !(key in texts.uz)),
      [],
    );
  });
  await check("Uzbek is written with its own letters and Russian with Cyrillic ones", () => {
    const uzbek = Object.values(texts.uz).join("\n");
    assert.doesNotMatch(uzbek.replace("'wasm-unsafe-eval'", ""), /[a-z]['`‘’]/i);
    assert.match(uzbek, /soʻm/);
    const latin = Object.entries(texts.ru)
      .filter(([, text]) => !/[а-яё]/i.test(text))
      .map(([key]) => key);
    assert.deepEqual(latin, ["decoder.exampleJson"]);
  });
  await check("every text that the page asks for exists", async () => {
    const keys = await page.evaluate(() =>
      [...document.querySelectorAll("[data-text], [data-label], [data-title]")].flatMap(({ dataset }) => [
        dataset.text,
        dataset.label,
        dataset.title,
      ]),
    );
    assert.deepEqual(
      keys.filter((key) => key && !(key in texts.uz)),
      [],
    );
  });
}

async function checkSwitching(page, texts) {
  for (const language of ["ru", "en", "uz"]) {
    await check(
      `switching to ${language} changes every text, the title and the document's language`,
      async () => {
        await page.locator(`input[name="language"][value="${language}"]`).check();
        assert.equal(await page.evaluate(() => document.documentElement.lang), language);
        assert.equal(await page.title(), texts[language]["page.title"]);
        for (const [key, text] of await shownTexts(page)) assert.equal(text, texts[language][key], key);
        const money = { uz: "500 soʻm", ru: "500 сум", en: "UZS 500" }[language];
        assert.equal((await page.locator("#result-sum").textContent()).replace(/\u00a0/g, " "), money);
        assert.equal((await page.locator("#amount-reading").textContent()).replace(/\u00a0/g, " "), money);
      },
    );
    await check(`errors, warnings and remedies are in ${language} too`, async () => {
      await page.fill("#merchant-id", "x");
      await page.fill("#return-url", "http://shop.uz");
      await page.locator('[data-example="json"]').click();
      await page.locator('#return-url[aria-invalid="true"]').waitFor();
      assert.equal(
        await page.locator("#merchant-id-error").textContent(),
        texts[language]["errors.not_a_uuid"],
      );
      assert.equal(
        await page.locator("#return-url-error").textContent(),
        texts[language]["errors.insecure_return_url"],
      );
      const warning = await page.locator("#warnings li").textContent();
      assert.ok(warning.startsWith(texts[language]["warnings.json_payload"]));
      assert.ok(
        (await page.locator("#problems").textContent()).includes(texts[language]["errors.not_a_uuid"]),
      );
      await page.locator("#reset").click();
      await page.locator("#clear-link").click();
    });
  }
}

export async function checkLanguages(browser, url) {
  const page = await openPage(browser, url);
  const texts = {};
  for (const language of LANGUAGES) texts[language] = await textsOf(page, language);
  await checkTexts(page, texts);
  await checkSwitching(page, texts);
  await page.context().close();

  for (const [locale, language] of [
    ["uz-Cyrl-UZ", "uz"],
    ["ru-RU", "ru"],
    ["en-GB", "en"],
    ["de-DE", "uz"],
  ]) {
    await check(`a browser in ${locale} starts in ${language}`, async () => {
      const visit = await openPage(browser, url, { locale });
      assert.equal(await visit.evaluate(() => document.documentElement.lang), language);
      assert.equal(
        await visit.evaluate(() => document.documentElement.classList.contains("starting")),
        false,
      );
      await visit.context().close();
    });
  }
  await check(
    "without JavaScript the page is Uzbek, says what it needs, and its texts are those of the text file",
    async () => {
      const still = await openPage(browser, url, { javaScriptEnabled: false });
      assert.match(await still.locator("noscript").textContent(), /JavaScript/);
      const shown = await still
        .locator("[data-text]")
        .evaluateAll((list) => list.map((element) => [element.dataset.text, element.textContent]));
      for (const [key, text] of shown) assert.equal(text, texts.uz[key], key);
      await still.context().close();
    },
  );
}
