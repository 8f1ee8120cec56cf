// What to say of an error, to payers and apart to developers. Plain JavaScript, which also speaks where WebAssembly does not start.
//
// Whoever reports a failure should not meet another one: nothing here throws, whatever it is given.

import en from "./messages/en.js";
import ru from "./messages/ru.js";
import uz from "./messages/uz.js";

const LANGUAGES = { uz, ru, en };
const parsed = {};

export function describeError(error, locale) {
  const texts = textsOf(locale);
  const facts = factsOf(error);
  const known = placeholders(facts, texts);
  const ofCode =
    own(texts.codes, facts.code) ?? (facts.source === "proxy" ? texts.codes.proxy_refused : texts.unexpected);
  const ofCause = refusalOf(facts, texts) ?? own(texts.kinds, ofCode.kind) ?? ofCode;
  return {
    text: whatHappened(ofCause, facts, texts),
    advice: whatToDo(ofCause, facts, known, texts),
    developer: forDevelopers(ofCode, facts, known, texts),
  };
}

function textsOf(locale) {
  const [, language = "uz"] = /^(uz|ru|en)(?:[-_]|$)/i.exec(typeof locale === "string" ? locale : "") ?? [];
  const name = language.toLowerCase();
  parsed[name] ??= JSON.parse(LANGUAGES[name]);
  return parsed[name];
}

const FACTS =
  "code field source provider providerCode httpStatus outcome nextAction retryAfterMs min max length";

function factsOf(error) {
  const facts = {};
  for (const name of FACTS.split(" ")) facts[name] = memberOf(error, name);
  // A word that is new here promises nothing.
  if (!["not_executed", "rejected", undefined].includes(facts.outcome)) facts.outcome = "unknown";
  return facts;
}

function memberOf(value, name) {
  try {
    return value[name] ?? undefined;
  } catch {
    return undefined;
  }
}

/** What is said under this name; `Object.hasOwn` is younger than the oldest browsers of the package. */
function own(entries, name) {
  return typeof name === "string" ? Object.getOwnPropertyDescriptor(entries, name)?.value : undefined;
}

/** Why the provider refused, where its code is known. */
function refusalOf({ code, provider, providerCode }, { refusals }) {
  return code === "provider_error" ? own(own(refusals, provider) ?? {}, providerCode) : undefined;
}

/** Where nobody knows whether money moved, only that is said: a cause would read as if it had not. */
function whatHappened({ text }, { outcome }, { outcome: money }) {
  if (outcome === "unknown") return money.unknown;
  return outcome === undefined ? text : `${text} ${money[outcome]}`;
}

function whatToDo({ advice }, { outcome, nextAction }, known, { advice: actions }) {
  if (outcome === "unknown" || nextAction === "query_status") return actions.query_status;
  if (advice) return filled(advice, known);
  const action = own(actions, nextAction);
  const sentence = action && filled(action, known);
  // What only failed to read something says nothing of a payment before it.
  return sentence && outcome !== undefined ? sentence : [sentence, actions.caution].filter(Boolean).join(" ");
}

function forDevelopers({ developer }, { nextAction }, known, { next }) {
  const sentences = [filled(developer, known), own(next, nextAction)].filter(Boolean).join(" ");
  return known.field ? `${known.field}: ${sentences}` : sentences;
}

/** Of several sentences the first whose placeholders are all known; the last has none. */
function filled(sentences, known) {
  const isKnown = (sentence) =>
    [...sentence.matchAll(/{(\w+)}/g)].every(([, name]) => known[name] !== undefined);
  return [sentences]
    .flat()
    .find(isKnown)
    ?.replace(/{(\w+)}/g, (_, name) => known[name]);
}

function placeholders(facts, { som }) {
  return {
    code: name(facts.code),
    providerCode: name(facts.providerCode),
    field: name(facts.field),
    httpStatus: count(facts.httpStatus),
    length: count(facts.length),
    min: amount(facts.min, som),
    max: amount(facts.max, som),
    ...wait(facts.retryAfterMs),
  };
}

/** A name as an error may repeat it: short, of printable characters, and without what could be a card number. */
function name(value) {
  const isName = typeof value === "string" && /^[\w.[\]-]{1,200}$/.test(value);
  return isName ? value.replace(/\d{13,}/g, "****") : undefined;
}

function count(value) {
  return Number.isInteger(value) && value >= 0 && value < 10_000 ? value : undefined;
}

/** Never one, so that the sentences need no singular. */
function wait(milliseconds) {
  if (!Number.isFinite(milliseconds) || milliseconds <= 0 || milliseconds > 86_400_000) return {};
  const seconds = Math.max(2, Math.ceil(milliseconds / 1000));
  return seconds < 120 ? { seconds } : { minutes: Math.ceil(seconds / 60) };
}

/** As `formatMoney` writes it. */
function amount(money, { text, group, decimal }) {
  const minor = memberOf(money, "minor");
  if (memberOf(money, "currency") !== "UZS" || !Number.isSafeInteger(minor) || minor < 0) return undefined;
  const digits = String(minor).padStart(3, "0");
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, group);
  const tiyin = digits.slice(-2);
  return text.replace("{amount}", tiyin === "00" ? whole : whole + decimal + tiyin);
}
