// When a field's error may show: not while the field is being typed in, and not before an empty field was left.

import { whenPointerIsUp } from "./pointer.js";
import { describe } from "./problems.js";

const PAUSE = 500;

/** Calls `changed` for each change, and `settled` when errors that were held back may show. */
export function makeFieldWatch(container, { changed, settled }) {
  const typing = new Map();
  const left = new WeakSet();

  function settle(input) {
    clearTimeout(typing.get(input));
    typing.delete(input);
  }

  function settleAndShow(input) {
    whenPointerIsUp(() => {
      settle(input);
      settled();
    });
  }

  function leave(input) {
    left.add(input);
    // Who has given a value has passed its name over.
    const name = input.parentElement.querySelector('[data-part="key"]');
    if (name && input.value !== "") left.add(name);
  }

  container.addEventListener("input", ({ target, inputType }) => {
    settle(target);
    if (target.type === "text" && inputType !== "insertFromPaste") {
      const timer = setTimeout(() => settleAndShow(target), PAUSE);
      typing.set(target, timer);
    }
    changed();
  });

  container.addEventListener("focusout", ({ target }) => {
    if (!target.matches("input, select")) return;
    leave(target);
    settleAndShow(target);
  });

  return (input) => !typing.has(input) && (input.value !== "" || left.has(input));
}

export function showProblem(input, element, problem) {
  const message = problem ? describe(problem) : "";
  if (element.textContent !== message) element.textContent = message;
  element.hidden = !problem;
  element.classList.toggle("mild", Boolean(problem?.harmless));
  if (problem && !problem.harmless) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
}
