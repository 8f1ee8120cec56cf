// The amount, read as it is typed and never guessed, with the commission beside it and what both come to.

import { readAmount } from "../amount.js";
import { announce } from "../announcer.js";
import { onLanguageChange, text } from "../language.js";
import { whenPointerIsUp } from "../pointer.js";
import { make, part } from "../simulated/dom.js";
import { termList } from "../simulated/rows.js";
import { errorText, money } from "../simulated/say.js";

/** What this merchant takes of an order to an account; of one to a budget it takes nothing. */
const COMMISSION_BASIS_POINTS = { requisites: 50, budget: 0 };

export const sumPairs = ({ amount, commission }, total) => [
  [text("payee.amountShort"), money(amount), { className: "number" }],
  [text("payee.commission"), money(commission), { className: "number" }],
  [text("payee.total"), money(total), { className: "number total-sum" }],
];

export function makeAmountEntry({ tiyin, changed }) {
  const input = part("transfer-amount");
  let kind = "requisites";
  let mayScold = false;

  function outcome() {
    const { money: amount, problem } = readAmount(tiyin, input.value, "UZS");
    if (problem) return { problem };
    if (amount.minor <= 0) return { problem: { code: "amount_not_positive", field: "amount" } };
    return { amount, commission: tiyin.percentOf(amount, COMMISSION_BASIS_POINTS[kind], "up") };
  }

  function choice(amount) {
    const choose = () => {
      fill(tiyin.toMajor(amount));
      changed();
      input.focus();
    };
    return make("button", { type: "button", className: "choice", textContent: money(amount), click: choose });
  }

  function render() {
    const read = outcome();
    const isWrong = read.problem !== undefined && mayScold;
    const choices = isWrong ? (read.problem.choices ?? []) : [];
    part("transfer-amount-error").textContent = isWrong ? errorText(read.problem) : "";
    part("transfer-amount-error").hidden = !isWrong;
    if (isWrong) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
    part("transfer-amount-choices").replaceChildren(...choices.map(choice));
    part("transfer-amount-choices").hidden = choices.length === 0;
    part("transfer-sums").hidden = read.problem !== undefined;
    if (read.problem) return part("transfer-sums").replaceChildren();
    const total = tiyin.addMoney(read.amount, read.commission);
    part("transfer-sums").replaceChildren(termList(sumPairs(read, total)));
  }

  function fill(typed) {
    input.value = typed;
    mayScold = typed !== "";
    render();
  }

  input.addEventListener("input", () => {
    render();
    changed();
  });
  input.addEventListener("focusout", () =>
    whenPointerIsUp(() => {
      mayScold ||= input.value !== "";
      render();
      if (!part("transfer-amount-error").hidden) announce(part("transfer-amount-error").textContent);
    }),
  );
  onLanguageChange(render);

  return {
    use(next) {
      kind = next;
      render();
    },
    fill,
    typed: () => input.value,
    focus: () => input.focus(),
    /** Amount and commission, or `undefined`: then it says why. */
    read() {
      mayScold = true;
      render();
      const { problem, ...sums } = outcome();
      return problem ? undefined : sums;
    },
  };
}
