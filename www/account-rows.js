// The rows of account fields: key and value, add and remove.

import { text } from "./language.js";

const BETWEEN_REMOVALS = 500;
let lastNumber = 0;

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function input(id, part, value) {
  const made = element("input", {
    id,
    type: "text",
    value,
    className: "code",
    spellcheck: false,
    autocomplete: "off",
  });
  made.setAttribute("autocapitalize", "none");
  made.setAttribute("aria-describedby", `${id}-error`);
  made.dataset.part = part;
  return made;
}

function cross() {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  for (const [name, value] of [
    ["viewBox", "0 0 20 20"],
    ["width", "20"],
    ["height", "20"],
    ["aria-hidden", "true"],
  ]) {
    svg.setAttribute(name, value);
  }
  path.setAttribute("class", "stroke");
  path.setAttribute("d", "M5 5l10 10M15 5L5 15");
  svg.append(path);
  return svg;
}

function makeRow({ key, value }) {
  lastNumber += 1;
  const id = `account-${lastNumber}`;
  const keyInput = input(`${id}-key`, "key", key);
  const valueInput = input(`${id}-value`, "value", value);
  keyInput.required = true;
  return element(
    "div",
    { className: "account-row" },
    keyInput,
    valueInput,
    element("button", { type: "button", className: "icon" }, cross()),
    element("p", { className: "error", id: `${id}-key-error`, hidden: true }),
    element("p", { className: "error", id: `${id}-value-error`, hidden: true }),
  );
}

export function partsOf(row) {
  const [key, value] = row.querySelectorAll("input");
  const [keyError, valueError] = row.querySelectorAll(".error");
  return { key, value, keyError, valueError, remove: row.querySelector("button") };
}

export function makeAccountRows(container, addButton, changed) {
  let removedAt = -BETWEEN_REMOVALS;
  const rows = () => [...container.children];

  function label() {
    const all = rows();
    container.parentElement.classList.toggle("single", all.length === 1);
    all.forEach((row, index) => {
      const { key, value, remove } = partsOf(row);
      const number = index + 1;
      key.setAttribute("aria-label", text("maker.keyOf", { number }));
      value.setAttribute("aria-label", text("maker.valueOf", { number }));
      remove.setAttribute("aria-label", text("maker.removeRow", { number }));
      remove.title = text("maker.removeRow", { number });
      remove.hidden = all.length === 1;
    });
  }

  // The second click of a double click must not add a second empty row.
  function add() {
    const all = rows();
    const { key, value } = partsOf(all[all.length - 1]);
    if (key.value === "" && value.value === "") return key.focus();
    const row = makeRow({ key: "", value: "" });
    container.append(row);
    label();
    changed();
    partsOf(row).key.focus();
  }

  // The second click of a double click would hit the next row, which has moved up under the pointer.
  function remove(row, time) {
    if (time - removedAt < BETWEEN_REMOVALS || rows().length === 1) return;
    removedAt = time;
    const neighbour = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    label();
    changed();
    partsOf(neighbour).key.focus();
  }

  addButton.addEventListener("click", add);
  container.addEventListener("click", ({ target, timeStamp }) => {
    const button = target.closest("button");
    if (button) remove(button.parentElement, timeStamp);
  });

  return {
    rows,
    label,
    read: () =>
      rows().map((row) => {
        const { key, value } = partsOf(row);
        return { key: key.value, value: value.value };
      }),
    fill(list) {
      const filled = list.length === 0 ? [{ key: "", value: "" }] : list;
      container.replaceChildren(...filled.map(makeRow));
      label();
    },
  };
}
