// Three languages with the same texts, and none that the page asks for is missing.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";

import { check } from "../report.js";

const WWW = new URL("../../../www/", import.meta.url);
const LANGUAGES = ["uz", "ru", "en"];

/** `{ "bill.title": "…" }`, of what all pages share and of this one. */
async function textsOf(site, language) {
  const files = [`texts/${language}.js`, `${site}/texts/${language}.js`];
  const groups = await Promise.all(files.map(async (file) => (await import(new URL(file, WWW))).default));
  return Object.fromEntries(
    Object.entries(Object.assign({}, ...groups)).flatMap(([group, texts]) =>
      Object.entries(texts).map(([name, text]) => [`${group}.${name}`, text]),
    ),
  );
}

const placeholders = (text) => (text.match(/\{\w+\}/g) ?? []).sort();

/** Every key that is written out in the page or in its programs. */
async function askedFor(site, groups) {
  const folders = [`${site}/`, "simulated/"].map((folder) => new URL(folder, WWW));
  const programs = await Promise.all(
    folders.map(async (folder) => (await readdir(folder)).map((name) => new URL(name, folder))),
  );
  const sources = [
    new URL(`${site}.html`, WWW),
    ...programs.flat().filter(({ href }) => href.endsWith(".js")),
  ];
  const contents = await Promise.all(sources.map((source) => readFile(source, "utf8")));
  const pattern = new RegExp(`"((?:${groups.join("|")})\\.\\w+)"`, "g");
  return [...new Set(contents.flatMap((content) => [...content.matchAll(pattern)].map(([, key]) => key)))];
}

// In Uzbek a case ending is part of its word.
const SEPARATED = /(?:\}|\d) (?:dan|gacha|da|ga|ni|ning)\b/;

const GROUPS = "page bill failure form cards steps sandbox ledger faults history maker".split(" ");

export const checkTexts = () => checkTextsOf("bill", GROUPS);

/** Of the page of this name, whose keys are of these groups. */
export async function checkTextsOf(site, groups) {
  const [uz, ru, en] = await Promise.all(LANGUAGES.map((language) => textsOf(site, language)));
  await check(`the ${site} page has the same texts and placeholders in three languages`, () => {
    for (const texts of [ru, en]) {
      assert.deepEqual(Object.keys(texts), Object.keys(uz));
      for (const [key, text] of Object.entries(texts)) {
        assert.deepEqual(placeholders(text), placeholders(uz[key]), key);
        assert.notEqual(text.trim(), "", key);
      }
    }
  });
  await check(`the ${site} page writes Uzbek case endings together with their words`, () => {
    const separated = Object.entries(uz).filter(([, text]) => SEPARATED.test(text));
    assert.deepEqual(separated, []);
  });
  await check(`the ${site} page asks for no text that does not exist`, async () => {
    const keys = await askedFor(site, groups);
    assert.ok(keys.length > 80, `only ${keys.length} keys were found`);
    assert.deepEqual(
      keys.filter((key) => !(key in uz)),
      [],
    );
  });
  await check(`the ${site} page is Uzbek as it is sent`, async () => {
    const page = await readFile(new URL(`${site}.html`, WWW), "utf8");
    const shown = [...page.matchAll(/data-text="([\w.]+)"[^>]*>([^<]*)</g)];
    assert.ok(shown.length > 60);
    for (const [, key, text] of shown) assert.equal(text.replaceAll("&nbsp;", "\u00a0"), uz[key], key);
  });
  await check(
    `Uzbek is written with its own letters and Russian with Cyrillic ones on the ${site} page`,
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
