// What the page says: times and sums in the reader's language, and what an error means for a payer.

import { language, text } from "../language.js";

let packages;

/** Both entries of the package that give texts. */
export function speakWith(loaded) {
  packages = loaded;
}

export const money = (amount) => packages.tiyin.formatMoney(amount, language());

/** An error as plain data, to be stored: without its cause, and without card numbers as all errors of the package. */
export function plainError(error) {
  const { TiyinError, isTiyinError } = packages.tiyin;
  const known = isTiyinError(error) ? error : new TiyinError({ code: "internal", message: String(error) });
  const { name, ...facts } = known.toJSON();
  return facts;
}

/** What a payer should know of an error, and do about it. */
export function errorText(problem) {
  const { text: what, advice } = packages.messages.describeError(problem, language());
  return `${what} ${advice}`;
}

/** What went wrong, where nothing was entered or paid that there could be advice about. */
export const failureText = (problem) => packages.messages.describeError(problem, language()).text;

const LOCALES = { uz: "ru-RU", ru: "ru-RU", en: "en-GB" };
// As the provider writes it, wherever the page is read.
const TIME = { hour: "2-digit", minute: "2-digit", second: "2-digit", timeZone: "Asia/Tashkent" };

/** The time of day in Tashkent: 17:47:35. */
export const timeOfDay = (moment) => new Intl.DateTimeFormat(LOCALES[language()], TIME).format(moment);

/** The account's values as one line: `901234567`, or the titles of what was chosen. */
export const accountLine = (bill) => bill.rows.map(({ value }) => value).join(" · ");

export const count = (key, number) => text(key, { number: String(number) });
