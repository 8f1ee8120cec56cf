// A pasted list of orders: a line for each, with its account, amount, purpose and day.

import { readAmount } from "../amount.js";

const SEPARATOR = /\t|;/;
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const LOCAL_DAY = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/;

function dayOf(typed) {
  if (DAY.test(typed)) return typed;
  const [, day, month, year] = LOCAL_DAY.exec(typed) ?? [];
  return year && `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}

/** `20208…` and `400 500` are what people copy: spaces in numbers do not count. */
function readLine(tiyin, line) {
  const cells = line.split(SEPARATOR).map((cell) => cell.trim());
  const [account = "", typed = "", purpose = "", date = ""] = cells;
  const digits = account.replace(/[\s'"-]/g, "");
  if (!/^(\d{20}|\d{27})$/.test(digits)) return { problem: "reconcile.badAccount" };
  const { money, problem } = readAmount(tiyin, typed, "UZS");
  if (problem) return { problem: "reconcile.badAmount" };
  if (purpose === "") return { problem: "reconcile.badPurpose" };
  const day = date === "" ? undefined : dayOf(date);
  if (date !== "" && !day) return { problem: "reconcile.badDate" };
  const dates = day && { from: day, to: day };
  return { order: { payee: { account: digits }, amount: money, purpose, ...dates } };
}

/** `{ orders, problems }`: each order's id is the number of its line. */
export function readExpected(tiyin, pasted) {
  const read = pasted
    .split(/\r?\n/)
    .map((line, index) => ({ line: line.trim(), number: String(index + 1) }))
    .filter(({ line }) => line !== "")
    .map(({ line, number }) => ({ number, ...readLine(tiyin, line) }));
  return {
    orders: read.filter(({ order }) => order).map(({ number, order }) => ({ orderId: number, ...order })),
    problems: read.filter(({ problem }) => problem).map(({ number, problem }) => ({ number, problem })),
  };
}
