// The bill in short, as every state of it shows.

import { text } from "../language.js";
import { make, stateIcon } from "../simulated/dom.js";
import { infoPairs, termList } from "../simulated/rows.js";
import { money } from "../simulated/say.js";
import { cardName } from "./cards.js";

/** An icon, words, and what they mean for the payer. */
export function stateHead(state, heading, explanation) {
  return make(
    "header",
    { className: `state-head ${state}` },
    stateIcon(state),
    make(
      "div",
      {},
      make("h2", { id: "bill-heading", tabIndex: -1, textContent: heading }),
      explanation && make("p", { textContent: explanation }),
    ),
  );
}

export function sumOf(bill) {
  const service = make(
    "p",
    { className: "bill-service" },
    make("span", { textContent: bill.service.name, lang: "ru" }),
  );
  return make(
    "div",
    { className: "stub" },
    make("p", { className: "sum", textContent: money(bill.amount) }),
    service,
  );
}

export const accountPairs = ({ rows }) => infoPairs(rows);

export const cardPair = ({ maskedPan }) => [text("bill.card"), cardName(maskedPan)];

export const tear = () => make("div", { className: "tear", "aria-hidden": "true" });

export function summaryOf(bill) {
  return make("div", { className: "part" }, termList([...accountPairs(bill), cardPair(bill)]));
}

export const button = (className, key, click) =>
  make("button", { type: "button", className, textContent: text(key), click });
