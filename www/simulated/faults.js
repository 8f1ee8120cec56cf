// The panel of faults: what is armed here really strikes in the sandbox, in every tab.

import { announce } from "../announcer.js";
import { onLanguageChange, text } from "../language.js";
import { make, part } from "./dom.js";

const KINDS = [
  "drop_before",
  "drop_after",
  "execute_late",
  "stale_status",
  "delay",
  "hang",
  "hang_after",
  "server_error",
  "server_error_after",
  "rate_limited",
  "broken_json",
  "html",
  "html_after",
  "empty",
  "duplicate_delivery",
];
const ROUTES = ["pay", "status", "create", "info", "fields", "list", "all"];
const HAS_TIME = ["execute_late", "stale_status", "delay", "rate_limited"];

/** Where a fault makes a difference, as the sandbox has it. */
const TOUCHES = {
  execute_late: ["pay", "create"],
  duplicate_delivery: ["pay", "create"],
  stale_status: ["status", "all"],
};

/** As often as nobody counts. */
const ALWAYS = 100;

export function makeFaults(world, { routes = ROUTES, touches = TOUCHES } = {}) {
  const form = part("fault-form");
  const slow = part("slow");
  let known = { faults: { rules: [], isSlow: false }, strikes: [] };

  const kindName = (kind) => text(`faults.${kind}`);
  const routeName = (route) => text(`routes.${route}`);

  function options(select, values, name) {
    const chosen = select.value;
    select.replaceChildren(...values.map((value) => make("option", { value, textContent: name(value) })));
    if (values.includes(chosen)) select.value = chosen;
  }

  function showChoices() {
    const { kind, route, seconds } = form.elements;
    options(kind, KINDS, kindName);
    options(route, touches[kind.value] ?? routes, routeName);
    part("fault-seconds").hidden = !HAS_TIME.includes(kind.value);
    seconds.disabled = part("fault-seconds").hidden;
  }

  function sentence({ kind, route, nth, times }) {
    const often = times >= ALWAYS ? text("faults.always") : text("faults.times", { number: String(times) });
    const from = nth > 1 ? `, ${text("faults.from", { number: String(nth) })}` : "";
    return `${kindName(kind)} — ${routeName(route)}, ${often}${from}`;
  }

  function armedRow(rule, index) {
    const words = sentence(rule);
    const remove = make("button", { type: "button", className: "quiet", click: () => disarm(index) });
    remove.textContent = text("faults.remove");
    remove.setAttribute("aria-label", `${text("faults.remove")}: ${words}`);
    return make("li", {}, make("span", { textContent: words }), remove);
  }

  const strikeRow = ({ kind, route, times }) =>
    make("li", { textContent: `${kindName(kind)} — ${routeName(route)}: ${times}` });

  function renderFaults() {
    const { rules, isSlow } = known.faults;
    part("armed").replaceChildren(...rules.map(armedRow));
    part("not-armed").hidden = rules.length > 0;
    slow.checked = isSlow;
  }

  function renderStrikes() {
    part("strikes").replaceChildren(...known.strikes.map(strikeRow));
    part("no-strikes").hidden = known.strikes.length > 0;
  }

  const arm = (rules, isSlow = known.faults.isSlow) => world.setFaults(rules, isSlow);

  function disarm(index) {
    part("add-fault").focus();
    announce(text("faults.removed"));
    return arm(known.faults.rules.filter((_, at) => at !== index));
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { kind, route, nth, times, seconds } = form.elements;
    const ms = HAS_TIME.includes(kind.value) ? { ms: 1000 * Number(seconds.value) } : {};
    const rule = {
      kind: kind.value,
      route: route.value,
      nth: Number(nth.value),
      times: Number(times.value),
      ...ms,
    };
    announce(text("faults.armed"));
    return arm([...known.faults.rules, rule]);
  });
  form.elements.kind.addEventListener("change", showChoices);
  slow.addEventListener("change", () => arm(known.faults.rules, slow.checked));
  onLanguageChange(() => {
    showChoices();
    renderFaults();
    renderStrikes();
  });
  showChoices();

  return {
    show(seen) {
      // What has not changed stays as it is, keeps the focus, and is still there when a click on it ends.
      const [areFaultsNew, areStrikesNew] = ["faults", "strikes"].map(
        (name) => JSON.stringify(seen[name]) !== JSON.stringify(known[name]),
      );
      known = seen;
      if (areFaultsNew) renderFaults();
      if (areStrikesNew) renderStrikes();
    },
  };
}
