// Three languages with the same texts, and none that the page asks for is missing.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";

import { check } from "../report.js";

const WWW = new URL("../../../www/", import.meta.url);
const LANGUAGES = ["uz", "ru", "en"];

/** `{ "bill.title": "…" }`, of what all pages share and of this one. */
async function textsOf(language) {
  const files = [`texts/${language}.js`, `bill/texts/${language}.js`];
  const groups = await Promise.all(files.map(async (file) => (await import(new URL(file, WWW))).default));
  return Object.fromEntries(
    Object.entries(Object.assign({}, ...groups)).flatMap(([group, texts]) =>
      Object.entries(texts).map(([name, text]) => [`${group}.${name}`, text]),
    ),
  );
}

const placeholders = (text) => (text.match(/\{\w+\}/g) ?? []).sort();

/** Every key that is written out in the page or in its programs. */
async function askedFor() {
  const programs = (await readdir(new URL("bill/", WWW))).filter((name) => name.endsWith(".js"));
  const sources = [new URL("bill.html", WWW), ...programs.map((name) => new URL(`bill/${name}`, WWW))];
  const contents = await Promise.all(sources.map((source) => readFile(source, "utf8")));
  const pattern = /"((?:page|bill|failure|form|cards|steps|sandbox|ledger|faults|history|maker)\.\w+)"/g;
  return [...new Set(contents.flatMap((content) => [...content.matchAll(pattern)].map(([, key]) => key)))];
}

// In Uzbek a case ending is part of its word.
const SEPARATED = /(?:\}|\d) (?:dan|gacha|da|ga|ni|ning)\b/;

export async function checkTexts() {
  const [uz, ru, en] = await Promise.all(LANGUAGES.map(textsOf));
  await check("the bill's page has the same texts and placeholders in three languages", () => {
    for (const texts of [ru, en]) {
      assert.deepEqual(Object.keys(texts), Object.keys(uz));
      for (const [key, text] of Object.entries(texts)) {
        assert.deepEqual(placeholders(text), placeholders(uz[key]), key);
        assert.notEqual(text.trim(), "", key);
      }
    }
  });
  await check("Uzbek case endings are written together with their words", () => {
    const separated = Object.entries(uz).filter(([, text]) => SEPARATED.test(text));
    assert.deepEqual(separated, []);
  });
  await check("the bill's page asks for no text that does not exist", async () => {
    const keys = await askedFor();
    assert.ok(keys.length > 80, `only ${keys.length} keys were found`);
    assert.deepEqual(
      keys.filter((key) => !(key in uz)),
      [],
    );
  });
  await check("the bill's page is Uzbek as it is sent", async () => {
    const page = await readFile(new URL("bill.html", WWW), "utf8");
    const shown = [...page.matchAll(/data-text="([\w.]+)"[^>]*>([^<]*)</g)];
    assert.ok(shown.length > 60);
    for (const [, key, text] of shown) assert.equal(text.replaceAll("&nbsp;", "\u00a0"), uz[key], key);
  });
  await check(
    "Uzbek is written with its own letters and Russian with Cyrillic ones on the bill's page",
    () => {
      assert.doesNotMatch(Object.values(uz).join("\n").replace("'wasm-unsafe-eval'", ""), /[a-z]['`‘’]/i);
      const latin = Object.entries(ru).filter(([, text]) => !/[а-яё]/i.test(text));
      assert.deepEqual(
        latin.map(([key]) => key),
        ["decoder.exampleJson"],
      );
    },
  );
}
