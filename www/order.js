// From what the form holds to an order and its link. Each field is tried by itself in an order that is otherwise right, so
// that every wrong field has its own error and not only the first one.

import { readAmount } from "./amount.js";
import { problemOf } from "./problems.js";

const RIGHT = { merchantId: "571c06fb-6c61-4ef7-8567-5511abaf12b5", account: { order_id: "12" } };
const PLACES = ["merchantId", "amount", "account", "returnUrl", "convertTo", "wireUnit"];

function refusal(tiyin, order) {
  try {
    tiyin.checkoutLink({ ...RIGHT, amount: { minor: 100, currency: "UZS" }, ...order });
    return undefined;
  } catch (error) {
    return problemOf(error);
  }
}

function merchantProblems(tiyin, merchantId) {
  if (merchantId === "") return [{ at: "merchantId", code: "empty_merchant_id" }];
  const problem = refusal(tiyin, { merchantId });
  return problem ? [{ ...problem, at: "merchantId" }] : [];
}

function amountProblems(tiyin, amount, wireUnit) {
  const problem = refusal(tiyin, { amount });
  if (problem) return [{ ...problem, at: "amount" }];
  const unitProblem = wireUnit && refusal(tiyin, { amount, wireUnit });
  return unitProblem ? [{ ...unitProblem, at: "wireUnit" }] : [];
}

function returnUrlProblems(tiyin, returnUrl) {
  const problem = returnUrl === undefined ? undefined : refusal(tiyin, { returnUrl });
  return problem ? [{ ...problem, at: "returnUrl" }] : [];
}

function rowProblems(tiyin, { key, value }, index, used) {
  if (key !== "" && used.includes(key)) return [{ at: `key-${index}`, code: "duplicate_account_key" }];
  const account = Object.fromEntries([[key, value]]);
  const problem = refusal(tiyin, { account });
  if (problem) {
    const withoutValue = refusal(tiyin, { account: Object.fromEntries([[key, ""]]) });
    return [{ ...problem, at: `${withoutValue ? "key" : "value"}-${index}` }];
  }
  return value === "" ? [{ at: `value-${index}`, code: "empty_account_value", harmless: true }] : [];
}

/** A row without a word is a row not used yet, except when it is the only one. */
function accountProblems(tiyin, rows) {
  const filled = rows.filter(({ key, value }) => key !== "" || value !== "");
  if (filled.length === 0) return [{ at: "key-0", code: "missing_account" }];
  return rows.flatMap((row, index) => {
    if (!filled.includes(row)) return [];
    const used = rows.slice(0, index).map(({ key }) => key);
    return rowProblems(tiyin, row, index, used);
  });
}

function orderOf(draft, amount) {
  const filled = draft.rows.filter(({ key, value }) => key !== "" || value !== "");
  const order = {
    merchantId: draft.merchantId.trim(),
    amount,
    account: Object.fromEntries(filled.map(({ key, value }) => [key, value])),
  };
  if (draft.returnUrl.trim() !== "") order.returnUrl = draft.returnUrl.trim();
  if (draft.convertTo !== "") order.convertTo = draft.convertTo;
  if (draft.wireUnit !== "") order.wireUnit = draft.wireUnit;
  return order;
}

function place(problem) {
  const member = problem.field.split(/[.[]/)[0];
  return PLACES.includes(member) && member !== "account" ? member : "order";
}

/** Either `{ order, link, problems }` with harmless problems only, or `{ problems }`. */
export function orderFrom(tiyin, draft) {
  const { money, problem } = readAmount(tiyin, draft.amount, draft.currency);
  const order = orderOf(draft, money);
  const problems = [
    ...merchantProblems(tiyin, order.merchantId),
    ...(problem ? [{ ...problem, at: "amount" }] : amountProblems(tiyin, money, order.wireUnit)),
    ...accountProblems(tiyin, draft.rows),
    ...returnUrlProblems(tiyin, order.returnUrl),
  ];
  if (problems.some(({ harmless }) => !harmless)) return { money, problems };
  try {
    return { money, order, link: tiyin.checkoutLink(order), problems };
  } catch (error) {
    const whole = problemOf(error);
    return { money, problems: [...problems, { ...whole, at: place(whole) }] };
  }
}
