// What stands in the way of a new payment: an error, the same bill under way, or the same bill paid today.

import { announce } from "../announcer.js";
import { onLanguageChange, text } from "../language.js";
import { make, part } from "../simulated/dom.js";
import { errorText, failureText, plainError, timeOfDay } from "../simulated/say.js";

export function makeHindrance({ open, again }) {
  const box = part("hindrance");
  let shown;

  const button = (className, key, click) =>
    make("button", { type: "button", className, textContent: text(key), click });

  function content() {
    const { problem, retry, paid } = shown ?? {};
    if (problem && retry)
      return [make("p", {}, failureText(problem)), button("secondary", "form.retry", retry)];
    if (problem) return [make("p", {}, errorText(problem))];
    if (!paid) return [];
    const openIt = button("primary", "form.openReceipt", () => open(paid.id));
    const words = text("form.paidAlready", { time: timeOfDay(paid.knownAt) });
    const actions = make(
      "div",
      { className: "actions" },
      openIt,
      button("secondary", "form.payAgain", () => again(paid.id)),
    );
    return [make("p", {}, words), actions];
  }

  function render() {
    const parts = content();
    box.replaceChildren(...parts);
    box.hidden = parts.length === 0;
    box.classList.toggle("failure", shown?.problem !== undefined);
    box.classList.toggle("notice", shown?.paid !== undefined);
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
    /** What stood in the way, if anything; a bill under way is opened. */
    show(found) {
      if (found?.sent) open(found.sent.id);
      else if (found?.paid) put(found);
      else if (found?.error) this.showProblem(found.error);
    },
    /** With `retry` for what only failed to be read. */
    showProblem: (error, { retry } = {}) => put({ problem: plainError(error), retry }),
  };
}
