// The fields of a payee: how many digits each has, and what is wrong with what was typed. An error shows when its field was left, or
// when the order is to go on, and is gone as soon as it is mended.

import { announce } from "../announcer.js";
import { onLanguageChange, text } from "../language.js";
import { whenPointerIsUp } from "../pointer.js";
import { part } from "../simulated/dom.js";
import { errorText } from "../simulated/say.js";

const BOTH = ["requisites", "budget"];

/** In the order in which they stand on the page; `place` is the package's name of it. */
const FIELDS = {
  name: { kinds: ["requisites"], place: "payee.name", required: BOTH },
  bankCode: { kinds: ["requisites"], place: "payee.bankCode", length: 5, required: BOTH },
  account: { kinds: ["requisites"], place: "payee.account", length: 20, required: BOTH },
  budgetAccount: { kinds: ["budget"], place: "payee.account", length: 27, required: BOTH },
  taxpayerId: { kinds: BOTH, place: "payee.taxpayerId", length: 9, required: ["budget"] },
  purposeCode: { kinds: ["budget"], place: "purposeCode", length: 5, required: BOTH },
  purpose: { kinds: BOTH, place: "purpose", required: BOTH },
};
const NAMES = Object.keys(FIELDS);

const inputOf = (name) => part(`payee-${name}`);

/** Digits are read with the spaces and hyphens that papers group them by. */
function typedIn(name) {
  const typed = inputOf(name).value.trim();
  return FIELDS[name].length ? typed.replace(/[\s-]/g, "") : typed;
}

/** `changed` is called when a value changes. */
export function makeRequisites(changed) {
  const left = new Set();
  let kind = "requisites";
  let refused = {};

  const isShown = (name) => FIELDS[name].kinds.includes(kind);
  const isRequired = (name) => FIELDS[name].required.includes(kind);

  function problemOf(name) {
    const value = typedIn(name);
    const { length } = FIELDS[name];
    if (value === "") return isRequired(name) ? text("payee.needed") : undefined;
    if (length && !/^[0-9]*$/.test(value)) return text("payee.notDigits");
    if (length && value.length !== length)
      return text("payee.wrongDigits", { length: String(length), typed: String(value.length) });
    return refused[name] && errorText(refused[name]);
  }

  function showCount(name) {
    const { length } = FIELDS[name];
    if (!length) return;
    const count = part(`payee-${name}-count`);
    const typed = typedIn(name).replace(/[^0-9]/g, "").length;
    count.textContent = text("payee.digits", { typed: String(typed), length: String(length) });
    count.classList.toggle("complete", typed === length && problemOf(name) === undefined);
  }

  function show(name) {
    const input = inputOf(name);
    const error = part(`payee-${name}-error`);
    const problem = isShown(name) && left.has(name) ? problemOf(name) : undefined;
    part(`payee-${name}-field`).hidden = !isShown(name);
    if (error.textContent !== (problem ?? "")) error.textContent = problem ?? "";
    error.hidden = problem === undefined;
    if (problem) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
    input.required = isRequired(name);
    showCount(name);
  }

  function render() {
    for (const name of NAMES) show(name);
    part("payee-taxpayerId-optional").hidden = isRequired("taxpayerId");
  }

  for (const name of NAMES) {
    inputOf(name).addEventListener("input", () => {
      delete refused[name];
      show(name);
      changed();
    });
    inputOf(name).addEventListener("focusout", () =>
      whenPointerIsUp(() => {
        if (inputOf(name).value !== "") left.add(name);
        show(name);
        if (!part(`payee-${name}-error`).hidden) announce(part(`payee-${name}-error`).textContent);
      }),
    );
  }
  onLanguageChange(render);

  function focusFirstWrong() {
    const wrong = NAMES.filter(isShown).find(problemOf);
    if (wrong) inputOf(wrong).focus();
    return wrong !== undefined;
  }

  return {
    use(next) {
      // Fields that were not there could not be left.
      if (next !== kind) for (const name of NAMES) if (inputOf(name).value === "") left.delete(name);
      kind = next;
      render();
    },
    values: () => Object.fromEntries(NAMES.map((name) => [name, inputOf(name).value])),
    fill(values = {}) {
      refused = {};
      left.clear();
      for (const name of NAMES) {
        inputOf(name).value = values[name] ?? "";
        if (inputOf(name).value !== "") left.add(name);
      }
      render();
    },
    /** Sets one of them, as a choice of accounts does. */
    set(name, value) {
      inputOf(name).value = value;
      delete refused[name];
      left.add(name);
      show(name);
      changed();
    },
    /** The payee and what for, or `undefined`: then it says why, and the first wrong field has the focus. */
    read() {
      for (const name of NAMES) left.add(name);
      render();
      if (focusFirstWrong()) return undefined;
      const [name, taxpayerId, purpose] = ["name", "taxpayerId", "purpose"].map(typedIn);
      if (kind === "budget") {
        const payee = { account: typedIn("budgetAccount"), taxpayerId };
        return { kind, payee, purposeCode: typedIn("purposeCode"), purpose };
      }
      const payee = { name, bankCode: typedIn("bankCode"), account: typedIn("account") };
      return { kind, payee: { ...payee, ...(taxpayerId && { taxpayerId }) }, purpose };
    },
    /** Shows what the package refuses at its field, and tells whether it has one. */
    refuse(problem) {
      const name = NAMES.find((one) => isShown(one) && FIELDS[one].place === problem.field);
      if (!name) return false;
      refused[name] = problem;
      left.add(name);
      show(name);
      inputOf(name).focus();
      return true;
    },
  };
}
