// A bill that is prepared: the payer looks at it once more, types the code where one was sent, and pays.

import { makeCountdown } from "../countdown.js";
import { text } from "../language.js";
import { clock } from "../moment.js";
import { make } from "./dom.js";
import { errorText, money } from "./say.js";
import { button, stateHead, summaryOf, sumOf, tear } from "./summary.js";

/** The sandbox's; how long Paylov's own codes are good for is not documented. */
const CODE_LIFETIME_MS = 2 * 60 * 1000;

const LEFT = "code-left";

const problemOf = ({ problem }) =>
  problem && make("p", { className: "error", id: "code-error", textContent: errorText(problem) });

function codeField(bill) {
  const describedBy = bill.problem ? "code-hint code-error" : "code-hint";
  const input = make("input", {
    ...{
      type: "text",
      id: "code",
      name: "code",
      className: "amount code-input",
      maxLength: 8,
      required: true,
    },
    ...{
      autocomplete: "one-time-code",
      inputMode: "numeric",
      spellcheck: false,
      "aria-describedby": describedBy,
    },
  });
  if (bill.problem) input.setAttribute("aria-invalid", "true");
  const hint = text("bill.codeHint", { phone: bill.otpSentPhone ?? "" });
  const left = make("p", { className: "hint read", id: LEFT });
  return make(
    "div",
    { className: "field" },
    make("label", { htmlFor: "code", textContent: text("bill.code") }),
    make("p", { className: "hint", id: "code-hint", textContent: hint }),
    input,
    problemOf(bill),
    left,
  );
}

function actionsOf(bill, actions) {
  const pay = make("button", { type: "submit", className: "primary", id: "pay" });
  pay.textContent = text("bill.pay", { money: money(bill.amount) });
  return make(
    "div",
    { className: "actions" },
    pay,
    bill.otpSentPhone && button("secondary", "bill.newCode", () => actions.prepareAgain(bill)),
    button("quiet", "bill.leave", () => actions.leave(bill)),
  );
}

export function showReady(bill, actions) {
  const field = bill.otpSentPhone ? codeField(bill) : undefined;
  const submit = (event) => {
    event.preventDefault();
    const code = field?.querySelector("input");
    const typed = code?.value.replace(/\s/g, "");
    if (code && !/^\d{4,8}$/.test(typed)) return code.focus();
    actions.pay(bill, typed);
  };
  const form = make(
    "form",
    { className: "part", noValidate: true, submit },
    field ?? problemOf(bill),
    actionsOf(bill, actions),
  );
  const heading = text(field ? "bill.enterCode" : "bill.check");
  const head = stateHead("ready", heading, text("bill.readyMeans"));
  return { parts: [head, sumOf(bill), tear(), summaryOf(bill), form], focus: field ? "code" : undefined };
}

/** Says how long the code is still good for. */
export function watchCode() {
  const say = (words) => {
    const left = document.getElementById(LEFT);
    if (left) left.textContent = words;
  };
  const countdown = makeCountdown({
    tick: (left) => say(text("bill.codeLeft", { time: clock(left) })),
    over: () => say(text("bill.codeOver")),
  });
  return {
    of(bill) {
      const end = bill?.state === "ready" && bill.otpSentPhone ? bill.createdAt + CODE_LIFETIME_MS : 0;
      if (end > 0 && end <= Date.now()) say(text("bill.codeOver"));
      countdown.until(end);
    },
  };
}
