// A bill of which everything is certain: the receipt, or that nothing was paid and why.

import { text } from "../language.js";
import { make } from "../simulated/dom.js";
import { infoPairs, termList } from "../simulated/rows.js";
import { errorText, timeOfDay } from "../simulated/say.js";
import { accountPairs, button, cardPair, stateHead, summaryOf, sumOf, tear } from "./summary.js";

function vouchersOf({ info = [], rows }) {
  const told = infoPairs(info);
  return told.filter(([title]) => !rows.some((row) => row.title === title));
}

export function showPaid(bill, actions) {
  const code = { className: "number" };
  const pairs = [
    ...accountPairs(bill),
    ...vouchersOf(bill),
    cardPair(bill),
    [text("bill.paidAt"), bill.paidAt ?? timeOfDay(bill.knownAt)],
    [text("bill.rrn"), bill.rrn, code],
    [text("bill.transaction"), bill.transactionId, code],
  ];
  const print = button("primary", "bill.print", () => window.print());
  const rest = make(
    "div",
    { className: "actions unprinted" },
    print,
    button("secondary", "bill.another", actions.another),
  );
  return {
    parts: [
      stateHead("paid", text("bill.paid"), text("bill.paidMeans")),
      sumOf(bill),
      tear(),
      make("div", { className: "part" }, termList(pairs)),
      make("div", { className: "part unprinted" }, rest),
    ],
  };
}

function notPaid(state, heading, words, bill, ...buttons) {
  const rest = make("div", { className: "part" }, make("div", { className: "actions" }, buttons));
  return { parts: [stateHead(state, heading, words), sumOf(bill), tear(), summaryOf(bill), rest] };
}

export function showRefused(bill, actions) {
  const isToCorrect = bill.problem.nextAction === "fix_input";
  const next = isToCorrect
    ? button("primary", "bill.correct", () => actions.correct(bill))
    : button("primary", "bill.prepareAgain", () => actions.prepareAgain(bill));
  const another = button("secondary", "bill.another", actions.another);
  return notPaid("refused", text("bill.refused"), errorText(bill.problem), bill, next, another);
}

export function showCancelled(bill, actions) {
  const again = button("primary", "bill.prepareAgain", () => actions.prepareAgain(bill));
  const another = button("secondary", "bill.another", actions.another);
  return notPaid("cancelled", text("bill.cancelled"), text("bill.cancelledMeans"), bill, again, another);
}

export function showClosed(bill, actions) {
  const again = button("primary", "bill.correct", () => actions.correct(bill));
  const another = button("secondary", "bill.another", actions.another);
  return notPaid("cancelled", text("bill.closed"), text("bill.closedMeans"), bill, again, another);
}
