// Shows what a link says: the order as a list of terms, and the link's flaws.

import { language, text } from "./language.js";
import { describeWarning } from "./problems.js";
import { updateScrolling } from "./scrolling.js";

const part = (id) => document.getElementById(id);

function element(name, content, className = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = content;
  return made;
}

export function withCode(sentence, code) {
  return [document.createTextNode(`${sentence} `), element("code", code, "tag")];
}

/** How the link counts the amount; of a fraction without `wireUnit` the order does not tell. */
function amountInLink(tiyin, { amount, wireUnit }) {
  const major = tiyin.toMajor(amount);
  const isWhole = !major.includes(".");
  if (wireUnit === undefined && !isWhole) return "";
  const unit = wireUnit ?? (amount.currency === "UZS" ? "major" : "minor");
  const key = `decoder.inLink${amount.currency === "USD" ? "Usd" : "Uzs"}${unit === "minor" ? "Minor" : "Major"}`;
  return text(key, { number: unit === "minor" ? String(amount.minor) : major });
}

function amountParts(tiyin, order) {
  return [
    element("span", tiyin.formatMoney(order.amount, language()), "sum"),
    element("span", amountInLink(tiyin, order), "hint"),
  ];
}

const code = (value) =>
  value === "" ? element("span", text("decoder.emptyValue"), "hint") : element("code", value);

function entriesOf(tiyin, order) {
  const accounts = Object.entries(order.account).map(([key, value]) => [`account.${key}`, [code(value)]]);
  const optional = [
    ["decoder.returnUrl", order.returnUrl],
    ["decoder.convertTo", order.convertTo],
  ].filter(([, value]) => value !== undefined);
  return [
    [text("decoder.amount"), amountParts(tiyin, order)],
    [text("decoder.merchantId"), [code(order.merchantId)]],
    [text("decoder.currency"), [code(order.amount.currency)]],
    ...accounts,
    ...optional.map(([key, value]) => [text(key), [code(value)]]),
  ];
}

function entry([term, content]) {
  const row = document.createElement("div");
  const description = document.createElement("dd");
  description.append(...content);
  row.append(element("dt", term), description);
  return row;
}

function warningItem(warning) {
  const item = document.createElement("li");
  item.append(...withCode(describeWarning(warning), warning.code));
  return item;
}

function show(entries, warnings) {
  part("order").replaceChildren(...entries);
  part("warnings").replaceChildren(...warnings);
  part("no-warnings").hidden = warnings.length > 0;
  part("reading-order").hidden = entries.length === 0;
  part("reading-state").hidden = entries.length > 0;
}

/** The order as the rows of a list of terms. */
export const termsOf = (tiyin, order) => entriesOf(tiyin, order).map(entry);

export function showReading(tiyin, { order, warnings }) {
  show(termsOf(tiyin, order), warnings.map(warningItem));
  updateScrolling();
}

export function showNoReading() {
  show([], []);
}
