// The fields that a service asks for. What can be chosen and what is wrong is the package's `AccountForm` to say; here it is shown.

import { onLanguageChange, text } from "../language.js";
import { whenPointerIsUp } from "../pointer.js";
import { make, part } from "../simulated/dom.js";
import { errorText } from "../simulated/say.js";

const idOf = (name) => `account-${name}`;

function inputOf({ name, kind, numeric }) {
  const described = { id: idOf(name), "aria-describedby": `${idOf(name)}-error` };
  if (kind === "select") return make("select", described);
  const inputMode = numeric ? "numeric" : "text";
  return make("input", { ...described, type: "text", inputMode, spellcheck: false, autocomplete: "off" });
}

function optionsOf({ options, value }) {
  const choose = make("option", { value: "", textContent: text("form.choose") });
  return [
    choose,
    ...options.map((option) =>
      make("option", {
        value: option.value,
        textContent: option.title,
        lang: "ru",
        selected: option.value === value,
      }),
    ),
  ];
}

function fieldOf(view) {
  const { name, title, required } = view;
  const optional = required
    ? undefined
    : make("span", { className: "optional", textContent: text("form.optional") });
  const label = make(
    "label",
    { htmlFor: idOf(name) },
    make("span", { textContent: title, lang: "ru" }),
    " ",
    optional,
  );
  const error = make("p", { id: `${idOf(name)}-error`, className: "error", hidden: true });
  return make("div", { className: "field" }, label, inputOf(view), error);
}

function show(view, length, mayScold) {
  const input = part(idOf(view.name));
  const error = part(`${idOf(view.name)}-error`);
  if (view.kind === "select") {
    input.replaceChildren(...optionsOf(view));
    input.disabled = view.options.length === 0;
  } else if (input.value !== view.value) {
    input.value = view.value;
  }
  const isWrong = view.error !== undefined && mayScold;
  error.textContent = isWrong ? errorText({ name: view.name, code: view.error, length }) : "";
  error.hidden = !isWrong;
  if (isWrong) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
}

/** `changed` is called when a value changes. */
export function makeAccount(changed) {
  const container = part("account-fields");
  const left = new Set();
  let form;
  let fields = [];
  let shown = [];

  const lengthOf = (name) => fields.find((field) => field.name === name)?.length;

  // A view is the same object as long as nothing about its field has changed.
  function render({ all = false } = {}) {
    form?.fields.forEach((view, index) => {
      if (all || view !== shown[index]) show(view, lengthOf(view.name), left.has(view.name));
    });
    shown = [...(form?.fields ?? [])];
  }

  function build() {
    container.replaceChildren(...(form?.fields.map(fieldOf) ?? []));
    render({ all: true });
  }

  function nameOf(input) {
    return form?.fields.find(({ name }) => idOf(name) === input.id)?.name;
  }

  container.addEventListener("input", ({ target }) => form.set(nameOf(target), target.value));
  container.addEventListener("focusout", ({ target }) => {
    if (target.value !== "") left.add(nameOf(target));
    whenPointerIsUp(() => render({ all: true }));
  });
  onLanguageChange(build);

  return {
    /** Another form with the fields that it was made of, or none. */
    use(next, nextFields = []) {
      form = next;
      fields = nextFields;
      left.clear();
      form?.subscribe(() => {
        render();
        changed();
      });
      build();
    },
    values: () => Object.fromEntries((form?.fields ?? []).map(({ name, value }) => [name, value])),
    /** The account, or `undefined`: then its errors are shown, and the first wrong field has the focus. */
    read() {
      for (const { name } of form.fields) left.add(name);
      render({ all: true });
      const [wrong] = form.errors();
      if (!wrong) return form.account();
      part(idOf(wrong.name)).focus();
      return undefined;
    },
    /** What people call the values. */
    rows: () =>
      form.fields
        .filter(({ value }) => value !== "")
        .map(({ title, value, options }) => ({
          title,
          value: options.find((option) => option.value === value)?.title ?? value,
        })),
  };
}
