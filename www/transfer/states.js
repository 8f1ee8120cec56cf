// How an order looks in each state: what is certain of it, in words, and what can be done.

import { text } from "../language.js";
import { make, stateIcon } from "../simulated/dom.js";
import { termList } from "../simulated/rows.js";
import { errorText, money } from "../simulated/say.js";
import { sumPairs } from "./amount-entry.js";

/** Its id is the text's name: so it keeps the focus when the order is shown anew. */
const button = (className, key, click) =>
  make("button", { type: "button", className, textContent: text(key), click, id: key.split(".")[1] });

function stateHead(icon, heading, explanation) {
  const words = make(
    "div",
    {},
    make("h2", { id: "order-heading", tabIndex: -1, textContent: heading }),
    make("p", { textContent: explanation }),
  );
  return make("header", { className: `state-head ${icon}` }, stateIcon(icon), words);
}

const number = { className: "number" };

function termsOf({ order, service, documentId }, total) {
  const { payee, purpose, purposeCode, orderId } = order;
  return termList([
    [text("payee.nameShort"), payee.name],
    [text("payee.bankCode"), payee.bankCode, number],
    [text("payee.accountShort"), payee.account, number],
    [text("payee.taxpayerId"), payee.taxpayerId, number],
    [text("payee.purposeCode"), purposeCode, number],
    [text("payee.purpose"), purpose],
    [text("payee.service"), service, { lang: "ru" }],
    ...sumPairs(order, total),
    [text("order.number"), orderId, number],
    [text("order.document"), documentId, number],
  ]);
}

const partOf = (...children) => make("div", { className: "part" }, children);
const actionsOf = (...buttons) => make("div", { className: "actions" }, buttons.filter(Boolean));

const another = (actions) => button("secondary", "order.another", actions.another);

/** Each gives its head and its buttons. */
const VIEWS = {
  ready: (row, actions) => [
    stateHead("ready", text("order.ready"), row.problem ? errorText(row.problem) : text("order.readyMeans")),
    actionsOf(
      button("primary", "order.send", () => actions.send(row.id)),
      button("quiet", "order.change", () => actions.change(row)),
    ),
  ],
  busy: (_, actions) => [
    stateHead("busy", text("order.busy"), text("order.busyMeans")),
    actionsOf(another(actions)),
  ],
  accepted: (row, actions, isUnderWay) => [
    stateHead("busy", text("order.accepted"), text("order.acceptedMeans")),
    actionsOf(!isUnderWay && button("primary", "order.goOn", () => actions.goOn(row.id)), another(actions)),
  ],
  nothing: (row, actions, isUnderWay) => [
    stateHead("unknown", text("order.nothing"), text("order.nothingMeans")),
    actionsOf(
      !isUnderWay && button("primary", "order.goOn", () => actions.goOn(row.id)),
      !isUnderWay && button("secondary", "order.sendMore", () => actions.sendMore(row.id)),
      another(actions),
    ),
  ],
  unknown: (row, actions, isUnderWay) => [
    stateHead("unknown", text("order.unknown"), text("order.unknownMeans")),
    actionsOf(!isUnderWay && button("primary", "order.goOn", () => actions.goOn(row.id)), another(actions)),
  ],
  settled: (_, actions) => [
    stateHead("paid", text("order.settled"), text("order.settledMeans")),
    actionsOf(another(actions)),
  ],
  deleted: (row, actions) => [
    stateHead("refused", text("order.deleted"), text("order.deletedMeans")),
    actionsOf(
      button("primary", "order.anew", () => actions.anew(row)),
      another(actions),
    ),
  ],
  refused: (row, actions) => [
    stateHead("refused", text("order.refused"), errorText(row.problem)),
    actionsOf(
      row.problem.nextAction === "fix_input"
        ? button("primary", "order.correct", () => actions.anew(row))
        : button("primary", "order.again", () => actions.again(row.id)),
      another(actions),
    ),
  ],
};

const IN_DOUBT = ["lost", "unclear", "refusal"];

/** What is known of an order as it stands: an answer that did not come, or cannot be read, leaves it unknown. */
export function viewOf({ state, known, events, pendingAt }, isUnderWay) {
  if (state !== "sent") return state;
  if (known === "accepted") return "accepted";
  if (!isUnderWay && known === "nothing") return "nothing";
  const wasInDoubt = events.some(({ kind, said }) => kind === "create" && IN_DOUBT.includes(said));
  return !isUnderWay || wasInDoubt || pendingAt !== undefined ? "unknown" : "busy";
}

/** What the slip has: its head, the sum, the timeline, the requisites, and what can be done. */
export function partsOf(view, row, { total, actions, isUnderWay }) {
  const [head, buttons] = VIEWS[view](row, actions, isUnderWay);
  const steps = make("ol", { id: "steps", className: "steps", "aria-label": text("timeline.heading") });
  const sum = money(row.order.amount);
  const stub = make(
    "div",
    { className: "stub" },
    make("p", { className: sum.length > 11 ? "sum long" : "sum", textContent: sum }),
    make("p", { className: "bill-service", textContent: row.order.payee.name ?? row.order.payee.account }),
  );
  const tear = make("div", { className: "tear", "aria-hidden": "true" });
  const rest = partOf(make("p", { className: "hint", id: "next-run", hidden: true }), buttons);
  const timeline = row.state === "ready" ? [] : [partOf(steps)];
  return [head, stub, tear, ...timeline, rest, partOf(termsOf(row, total))];
}
