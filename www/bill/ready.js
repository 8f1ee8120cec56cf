// A bill that is prepared: the payer looks at it once more, types the code where one was sent, and pays.

import { announce } from "../announcer.js";
import { makeCountdown } from "../countdown.js";
import { text } from "../language.js";
import { clock } from "../moment.js";
import { make, part } from "../simulated/dom.js";
import { errorText, money } from "../simulated/say.js";
import { button, stateHead, summaryOf, sumOf, tear } from "./summary.js";

/** The sandbox's; how long Paylov's own codes are good for is not documented. */
const CODE_LIFETIME_MS = 2 * 60 * 1000;

const LEFT = "code-left";

const errorOf = (words) => make("p", { className: "error", id: "code-error", textContent: words });

const problemOf = ({ problem }) => problem && errorOf(errorText(problem));

function codeField(bill) {
  const input = make("input", {
    ...{ type: "text", id: "code", name: "code", className: "amount code-input", required: true },
    ...{ autocomplete: "one-time-code", inputMode: "numeric", spellcheck: false },
    "aria-describedby": "code-hint code-error",
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

function showNoCode(input) {
  part("code-error")?.remove();
  const error = errorOf(text("bill.codeShape"));
  error.dataset.isOwn = "";
  input.after(error);
  input.setAttribute("aria-invalid", "true");
}

/** What is no code is not sent: a provider may count it as an attempt. */
function refuseCode(input) {
  showNoCode(input);
  input.focus();
  announce(text("bill.codeShape"));
}

/** Keeps what was typed as a code, and gives how to put it back when the same bill is shown anew. */
export function keepCode() {
  const typed = part("code")?.value;
  const wasNoCode = part("code-error")?.dataset.isOwn !== undefined;
  return () => {
    const input = part("code");
    if (input && typed) input.value = typed;
    if (input && wasNoCode) showNoCode(input);
  };
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
    if (code && !/^\d{4,8}$/.test(typed)) return refuseCode(code);
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

/** Says how long the code is still good for, by the clock of the provider, who decides it. */
export function watchCode(providerClock) {
  let codeSentAt = 0;
  const left = () => Math.min(CODE_LIFETIME_MS, codeSentAt + CODE_LIFETIME_MS - providerClock.time());
  const say = (words) => {
    const line = part(LEFT);
    if (line) line.textContent = words;
  };
  const countdown = makeCountdown({
    tick: () => say(text("bill.codeLeft", { time: clock(left()) })),
    over: () => say(text("bill.codeOver")),
  });
  return {
    of(bill) {
      if (!bill?.otpSentPhone) return countdown.until(undefined);
      codeSentAt = bill.codeSentAt;
      if (left() <= 0) say(text("bill.codeOver"));
      countdown.until(Date.now() + left());
    },
  };
}
