// The reader of links: takes a link, has it read, and hands the order on to the form.

import { announce } from "./announcer.js";
import { makeDraft } from "./draft.js";
import { examples } from "./examples.js";
import { language, onLanguageChange, setText, text } from "./language.js";
import { describe, problemOf } from "./problems.js";
import { showNoReading, showReading, withCode } from "./reading.js";

const part = (id) => document.getElementById(id);

function parse(tiyin, link) {
  try {
    return tiyin.parseCheckoutLink(link);
  } catch (error) {
    return { problem: problemOf(error) };
  }
}

function messageOf(tiyin, { problem, order, warnings }) {
  if (problem) return describe(problem);
  const money = tiyin.formatMoney(order.amount, language());
  return text("decoder.announced", { money, count: warnings.length });
}

function showError(field, problem) {
  part("given-link-error").replaceChildren(...(problem ? withCode(describe(problem), problem.code) : []));
  part("given-link-error").hidden = !problem;
  if (problem) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
}

export function startDecoder({ edit }) {
  const field = part("given-link");
  const memory = makeDraft("tiyin.link", () => field.value);
  let tiyin = null;
  let stateKey = "page.starting";
  let parsed = null;

  function stateOf() {
    if (tiyin === null) return stateKey;
    return parsed === null ? "decoder.empty" : "decoder.failed";
  }

  function render() {
    const link = field.value.trim();
    parsed = tiyin === null || link === "" ? null : parse(tiyin, link);
    part("clear-link").hidden = field.value === "";
    showError(field, parsed?.problem);
    setText(part("reading-state"), stateOf());
    if (parsed?.order) showReading(tiyin, parsed);
    else showNoReading();
  }

  function put(link) {
    field.value = link;
    changed();
  }

  function changed() {
    memory.changed();
    render();
    if (parsed !== null) announce(messageOf(tiyin, parsed));
  }

  field.addEventListener("input", changed);
  part("decoder").addEventListener("submit", (event) => event.preventDefault());
  part("clear-link").addEventListener("click", () => {
    put("");
    field.focus();
  });
  for (const button of document.querySelectorAll("[data-example]")) {
    button.addEventListener("click", () => put(examples[button.dataset.example]));
  }
  part("edit-order").addEventListener("click", () => {
    if (parsed?.order) edit(parsed.order);
  });
  onLanguageChange(render);

  const stored = memory.restore();
  if (typeof stored === "string") field.value = stored;
  render();

  return {
    /** `null` where the package could not be started. */
    use(loaded) {
      tiyin = loaded;
      stateKey = "page.failed";
      render();
    },
  };
}
