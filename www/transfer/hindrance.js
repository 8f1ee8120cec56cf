// What stands in the way of an order: an error, the same order under another number, or another order under the same number.

import { announce } from "../announcer.js";
import { onLanguageChange, text } from "../language.js";
import { make, part } from "../simulated/dom.js";
import { errorText, plainError, timeOfDay } from "../simulated/say.js";

const button = (className, key, click) =>
  make("button", { type: "button", className, textContent: text(key), click });

/** Each gives words, what they are (`failure` or `notice`), and buttons. */
const KINDS = {
  problem: ({ problem }) => ["failure", errorText(problem)],
  mismatch: ({ mismatch }, actions) => [
    "failure",
    `${text("payee.mismatch")} ${text("payee.mismatchMeans")}`,
    button("primary", "payee.openOrder", () => actions.open(mismatch)),
    button("secondary", "payee.asNew", actions.asNew),
  ],
  paid: ({ paid }, actions) => [
    "notice",
    text("payee.paidAlready", { time: timeOfDay(paid.knownAt) }),
    button("primary", "payee.openOrder", () => actions.open(paid.id)),
    button("secondary", "payee.payAgain", () => actions.again(paid.id)),
  ],
};

export function makeHindrance(actions) {
  const box = part("hindrance");
  let shown;

  function render() {
    const kind = Object.keys(KINDS).find((one) => shown?.[one] !== undefined);
    box.hidden = kind === undefined;
    if (!kind) return box.replaceChildren();
    const [className, words, ...buttons] = KINDS[kind](shown, actions);
    const actionRow = buttons.length > 0 && make("div", { className: "actions" }, buttons);
    box.className = className;
    box.dataset.kind = kind;
    box.replaceChildren(...[make("p", {}, words), actionRow].filter(Boolean));
  }

  function put(next) {
    shown = next;
    render();
    if (box.hidden) return;
    box.focus();
    announce(box.querySelector("p").textContent);
  }

  onLanguageChange(render);

  return {
    clear() {
      shown = undefined;
      render();
    },
    show: put,
    showProblem: (error) => put({ problem: plainError(error) }),
  };
}
