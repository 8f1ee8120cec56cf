// The texts of tiyin/messages: that every code of the crate has them and nothing else does, that the three languages say the same,
// and that they are written as payers may read them.

import { readFile } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import { check, finish } from "../e2e/report.js";

const ROOT = new URL("../../", import.meta.url);
const { describeError } = await import(new URL("pkg/messages.js", ROOT).href);
const LANGUAGES = ["uz", "ru", "en"];

// Latin and Cyrillic letters that do not belong, and what is typed in place of ʻ, ʼ and ’.
const FOREIGN = {
  uz: /[\u0400-\u04ff'`‘’]|(?<![ogOG])ʻ|[ogOG]ʼ(?!ni|ga|da|ning)/,
  ru: /[a-z][\u0400-\u04ff]|[\u0400-\u04ff][a-z]|['`‘ʻʼ]/i,
  en: /[\u0400-\u04ff'`‘ʼ]|(?<!so)ʻ/,
};
const UNPAID = {
  uz: /toʻlanmadi|oʻtmadi|yechilmadi|urinib koʻr|rad et|muvaffaqiyatsiz|xato/i,
  ru: /не оплачен|не прош|не спис|попробуйте|повторите|отклон|отказ|неудач|ошибк/i,
  en: /fail|not paid|unpaid|was not|declin|reject|refus|try again|unsuccessful|error/i,
};

const read = (path) => readFile(new URL(path, ROOT), "utf8");
const texts = Object.fromEntries(
  await Promise.all(LANGUAGES.map(async (language) => [language, await textsIn(language)])),
);
const codes = await codesOfTheCrate();
const refusals = {
  paylov: words(await read("src/paylov/rejection.rs"), /"([a-z_\\\s]+)"/g),
  // Those of an order; of what is read, the merchant's people are told by the bank's own words.
  bank: words((await read("src/bank/rejection.rs")).split("fn of_status")[0], /"(\d{4})"/g),
};
const outcomes = await unionOf("outcome");
const actions = await unionOf("nextAction");

await checkCompleteness();
for (const language of LANGUAGES) await checkLanguage(language);
process.exitCode = finish("messages") ? 0 : 1;

async function textsIn(language) {
  return JSON.parse(await read(`pkg-template/messages/${language}.json`));
}

/** What the declarations, which are made of the crate, list as codes. */
async function codesOfTheCrate() {
  const declarations = await read("pkg/wasm/tiyin.d.ts");
  const unions = [...declarations.matchAll(/^export type \w+Code = ([^;]+);/gm)].map(([, union]) => union);
  return words(unions.join(), /"(\w+)"/g);
}

/** The words that a member of an error can be. */
async function unionOf(member) {
  const declarations = await read("pkg-template/error.d.ts");
  const [, union] = new RegExp(`readonly ${member}\\?:([^;]+);`).exec(declarations);
  return words(union, /"(\w+)"/g);
}

function words(text, pattern) {
  const found = [...text.matchAll(pattern)].flatMap(([, list]) => list.match(/\w+/g));
  return [...new Set(found)].sort();
}

function expectSame(found, expected) {
  const missing = expected.filter((item) => !found.includes(item));
  const superfluous = found.filter((item) => !expected.includes(item));
  if (missing.length + superfluous.length > 0)
    throw new Error(`missing: ${missing.join(", ")}; superfluous: ${superfluous.join(", ")}`);
}

async function checkCompleteness() {
  for (const language of LANGUAGES) {
    const { codes: described, refusals: providers, kinds, outcome, advice, next } = texts[language];
    await check(`${language} has texts for every code`, () => expectSame(Object.keys(described), codes));
    await check(`${language} has texts for every refusal`, () => {
      expectSame(Object.keys(providers), Object.keys(refusals));
      for (const [provider, codes] of Object.entries(refusals))
        expectSame(Object.keys(providers[provider]), codes);
    });
    await check(`${language} has texts for every outcome and action`, () => {
      expectSame(Object.keys(outcome), outcomes);
      expectSame(Object.keys(advice), [...actions, "caution"]);
      expectSame(Object.keys(next), actions);
    });
    await check(`${language} says of every code what it is, or what it is like`, () => {
      const used = Object.values(described).flatMap(({ kind }) => kind ?? []);
      expectSame([...new Set(used)], Object.keys(kinds));
      const wrong = Object.entries(described).filter(
        ([, { kind, text }]) => (kind && text) || !(kind || text),
      );
      expectSame(
        wrong.map(([code]) => code),
        [],
      );
    });
    await check(`${language} has the placeholders of the others`, () => {
      const [own, first] = [placeholders(texts[language]), placeholders(texts.uz)];
      expectSame(Object.keys(own), Object.keys(first));
      for (const path of Object.keys(first))
        if (!isDeepStrictEqual(own[path], first[path]))
          throw new Error(`${path}: ${own[path]}, not ${first[path]}`);
    });
  }
}

/** What each sentence leaves open, and which kind a code is of, by the path. */
function placeholders(given, path = "") {
  if (typeof given === "string") {
    const open = path.endsWith(".kind") ? [given] : (given.match(/{\w+}/g) ?? []);
    return { [path]: open.sort() };
  }
  return Object.assign(
    {},
    ...Object.entries(given).map(([name, inner]) => placeholders(inner, `${path}.${name}`)),
  );
}

async function checkLanguage(language) {
  const all = sentences(texts[language]);
  await check(`${language} is in one alphabet, with its own letters`, () => forbid(all, FOREIGN[language]));
  await check(`${language} has whole sentences without long numbers`, () => {
    forbid(all, /\d{5}|\s\s|^\s|\s$|[^.]$|[{}]{2}/);
    const long = all.filter((sentence) => sentence.length > 140);
    if (all.length < 200 || long.length > 0) throw new Error(`${all.length} sentences, too long: ${long}`);
  });
  await check(`${language} says nothing to payers that only developers understand`, () =>
    forbid(
      described(language).flatMap(({ text, advice }) => [text, advice]),
      /[a-z]_[a-z]|[a-z][A-Z]|JSON|HTTP|UUID|API|base64|undefined|null|[{}]/,
    ),
  );
  await check(`${language} leaves no placeholder to developers`, () =>
    forbid(
      described(language).map(({ developer }) => developer),
      /[{}]|undefined|null|NaN\b(?! keldi|\. Не| arrived)|\[object/,
    ),
  );
  await check(`${language} never takes the unknown for unpaid, whatever failed`, () => {
    const { outcome, advice } = texts[language];
    for (const unknown of ["unknown", "of tomorrow", 5]) {
      for (const found of described(language, { outcome: unknown })) {
        if (found.text !== outcome.unknown || found.advice !== advice.query_status)
          throw new Error(`${unknown}: ${found.text} ${found.advice}`);
      }
    }
    forbid([outcome.unknown, advice.query_status, advice.caution], UNPAID[language]);
  });
  await check(`${language} says of what was refused or not even asked for that no money was taken`, () => {
    const { outcome, advice } = texts[language];
    for (const certain of ["rejected", "not_executed"]) {
      for (const found of described(language, { outcome: certain })) {
        if (!found.text.endsWith(` ${outcome[certain]}`)) throw new Error(found.text);
      }
    }
    for (const found of described(language, { outcome: "rejected", nextAction: "query_status" }))
      if (found.advice !== advice.query_status) throw new Error(found.advice);
  });
}

function sentences(given, path = "") {
  if (/^\.som|\.kind$/.test(path)) return [];
  if (typeof given === "string") return [given];
  return Object.entries(given).flatMap(([name, inner]) => sentences(inner, `${path}.${name}`));
}

function forbid(found, pattern) {
  const wrong = found.filter((text) => pattern.test(text));
  if (wrong.length > 0) throw new Error(`${pattern}: ${wrong.join(" | ")}`);
}

/** What is said of every code and refusal, with every action and without one, and with these facts. */
function described(language, facts = {}) {
  const causes = [
    ...codes.map((code) => ({ code })),
    ...Object.entries(refusals).flatMap(([provider, codes]) =>
      codes.map((providerCode) => ({ code: "provider_error", provider, providerCode })),
    ),
    { code: "newer_than_the_texts" },
    {},
  ];
  const all = [undefined, ...actions];
  return causes.flatMap((cause) =>
    all.map((nextAction) => describeError({ ...cause, nextAction, ...facts }, language)),
  );
}
