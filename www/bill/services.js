// What can be paid: groups of buttons, and a search that takes any of the three alphabets.

import { announce } from "../announcer.js";
import { onLanguageChange, text } from "../language.js";
import { make, part } from "../simulated/dom.js";
import { count, money } from "../simulated/say.js";

const LATIN = {
  ...{ а: "a", б: "b", в: "v", г: "g", д: "d", е: "e", ё: "yo", ж: "j", з: "z", и: "i", й: "y", к: "k" },
  ...{ л: "l", м: "m", н: "n", о: "o", п: "p", р: "r", с: "s", т: "t", у: "u", ф: "f", х: "h", ц: "ts" },
  ...{
    ч: "ch",
    ш: "sh",
    щ: "sh",
    ъ: "",
    ы: "i",
    ь: "",
    э: "e",
    ю: "yu",
    я: "ya",
    ў: "o",
    қ: "q",
    ғ: "g",
    ҳ: "h",
  },
  ...{ x: "h", "'": "", "`": "", "‘": "", "’": "", ʻ: "", ʼ: "" },
};

/** Letters by their sound, so that `gaz` finds `газ`. */
function folded(typed) {
  return Array.from(typed.toLowerCase(), (letter) => LATIN[letter] ?? letter).join("");
}

function byCategory(services) {
  const groups = new Map();
  for (const service of services) {
    const { id, name } = service.category;
    if (!groups.has(id)) groups.set(id, { id, name, services: [] });
    groups.get(id).services.push(service);
  }
  return [...groups.values()];
}

function reasonAgainst({ active, payable }) {
  if (!active) return text("form.inactive");
  return payable ? undefined : text("form.notPayable");
}

function row(service, chosen) {
  const reason = reasonAgainst(service);
  const limits = text("form.limits", { min: money(service.min), max: money(service.max) });
  const lines = [
    make("span", { className: "service-name", textContent: service.name, lang: "ru" }),
    make("span", { className: "hint", textContent: reason ?? limits }),
  ];
  if (reason) return make("li", { className: "service unavailable" }, lines);
  const choose = make(
    "button",
    { type: "button", className: "service", click: () => chosen(service) },
    lines,
  );
  choose.dataset.service = service.serviceId;
  return make("li", {}, choose);
}

function group({ id, name, services }, chosen) {
  const heading = make("h3", { id: `category-${id}`, textContent: name, lang: "ru" });
  const list = make(
    "ul",
    { "aria-labelledby": heading.id },
    services.map((service) => row(service, chosen)),
  );
  return make("div", { className: "category" }, heading, list);
}

/** `chosen` is called with the service. */
export function makeServices(chosen) {
  const search = part("service-search");
  let services = [];

  function found() {
    const words = folded(search.value).split(/\s+/).filter(Boolean);
    return services.filter(({ name, category }) => {
      const within = folded(`${name} ${category.name}`);
      return words.every((word) => within.includes(word));
    });
  }

  function render() {
    const matching = found();
    part("service-list").replaceChildren(...byCategory(matching).map((one) => group(one, chosen)));
    part("service-none").hidden = matching.length > 0 || services.length === 0;
    return matching.length;
  }

  search.addEventListener("input", () => announce(count("form.found", render())));
  onLanguageChange(render);

  return {
    show(listed) {
      services = listed;
      render();
    },
    focus: () => search.focus(),
  };
}
