import { recall, remember } from "./memory.js";
import en from "./texts/en.js";
import ru from "./texts/ru.js";
import uz from "./texts/uz.js";

const texts = { uz, ru, en };
const KEY = "tiyin.language";
const listeners = [];
let current = "uz";

export function language() {
  return current;
}

export function text(key, values = {}) {
  const [group, name] = key.split(".");
  const template = texts[current][group]?.[name] ?? key;
  return template.replace(/\{(\w+)\}/g, (whole, value) => values[value] ?? whole);
}

export function hasText(key) {
  const [group, name] = key.split(".");
  return Object.hasOwn(texts[current][group], name);
}

/** Gives the element a text that follows the language from now on. */
export function setText(element, key) {
  element.dataset.text = key;
  element.textContent = text(key);
}

export function onLanguageChange(listener) {
  listeners.push(listener);
}

function preferred() {
  const wanted = [recall(KEY, { lasting: true }), ...(navigator.languages ?? [])];
  const known = wanted.map((tag) => String(tag).slice(0, 2).toLowerCase()).find((tag) => tag in texts);
  return known ?? "uz";
}

function translate() {
  document.documentElement.lang = current;
  document.title = text(document.body.dataset.titleText ?? "page.title");
  for (const element of document.querySelectorAll("[data-text]")) {
    element.textContent = text(element.dataset.text);
  }
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", text(element.dataset.label));
  }
  for (const element of document.querySelectorAll("[data-title]")) {
    element.title = text(element.dataset.title);
  }
}

function use(next) {
  current = next;
  translate();
  for (const listener of listeners) listener();
}

/** `more` has further groups of texts for each language. */
export function startLanguage(more = {}) {
  for (const [name, groups] of Object.entries(more)) Object.assign(texts[name], groups);

  for (const radio of document.querySelectorAll('input[name="language"]')) {
    radio.addEventListener("change", () => {
      remember(KEY, radio.value, { lasting: true });
      use(radio.value);
    });
  }
  use(preferred());
  document.querySelector(`input[name="language"][value="${current}"]`).checked = true;
}
