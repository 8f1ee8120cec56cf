// The amount: read as it is typed, never guessed, and held to what the service takes.

import { readAmount } from "../amount.js";
import { announce } from "../announcer.js";
import { onLanguageChange, text } from "../language.js";
import { whenPointerIsUp } from "../pointer.js";
import { make, part } from "../simulated/dom.js";
import { errorText, money } from "../simulated/say.js";

const PAUSE = 600;

export function makeAmountEntry(changed) {
  const input = part("bill-amount");
  let tiyin;
  let form;
  let service;
  let scolds = false;
  let timer = 0;

  function outcome() {
    const { money: read, problem } = readAmount(tiyin, input.value, "UZS");
    if (problem) return withChoices(problem);
    const error = form.checkAmount(read);
    return error ? { money: read, ...beyondLimits(error) } : { money: read };
  }

  function beyondLimits({ code }) {
    const { min, max } = service;
    return { code, words: errorText({ code, min, max }) };
  }

  /** Nothing is offered that the service refuses; where it refuses all, that is what is wrong. */
  function withChoices({ choices: readings = [], ...problem }) {
    const readable = readings.filter(({ currency }) => currency === "UZS");
    const choices = readable.filter((amount) => !form.checkAmount(amount));
    if (readable.length > 0 && choices.length === 0) return beyondLimits(form.checkAmount(readable[0]));
    return { ...problem, choices, words: errorText(problem) };
  }

  function choice(amount) {
    const choose = () => {
      fill(tiyin.toMajor(amount));
      input.focus();
    };
    return make("button", { type: "button", className: "choice", textContent: money(amount), click: choose });
  }

  function render() {
    if (!form) return;
    const { code, words, money: read, choices = [] } = outcome();
    const isWrong = code !== undefined && scolds && (input.value !== "" || scolds === "empty too");
    part("bill-amount-error").textContent = isWrong ? words : "";
    part("bill-amount-error").hidden = !isWrong;
    if (isWrong) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
    const limits = text("form.limits", { min: money(service.min), max: money(service.max) });
    part("bill-amount-reading").textContent = read && !isWrong ? money(read) : "";
    part("bill-amount-limits").textContent = limits;
    part("bill-amount-choices").replaceChildren(...(isWrong ? choices : []).map(choice));
    part("bill-amount-choices").hidden = !isWrong || choices.length === 0;
  }

  function settle() {
    clearTimeout(timer);
    if (input.value !== "") scolds ||= true;
    const before = part("bill-amount-error").textContent;
    render();
    const after = part("bill-amount-error").textContent;
    if (after !== "" && after !== before) announce(after);
  }

  function fill(typed) {
    input.value = typed;
    scolds = typed !== "";
    render();
    changed();
  }

  input.addEventListener("input", () => {
    scolds = false;
    clearTimeout(timer);
    timer = setTimeout(settle, PAUSE);
    render();
    changed();
  });
  input.addEventListener("focusout", () => whenPointerIsUp(settle));
  onLanguageChange(render);

  return {
    /** Another service with its form, or none. */
    use(packageEntry, nextService, nextForm) {
      tiyin = packageEntry;
      service = nextService;
      form = nextForm;
      render();
    },
    fill,
    typed: () => input.value,
    /** The amount, or `undefined`: then it says why, and has the focus. */
    read() {
      scolds = "empty too";
      render();
      const { code, money: read } = outcome();
      if (code === undefined) return read;
      input.focus();
      return undefined;
    },
  };
}
