// From the form to an order and back, by the address.

import { part } from "../simulated/dom.js";
import { makeTransferForm } from "./form.js";
import { goTo, moveTo, placeOf } from "./place.js";
import { makeUnfinished } from "./unfinished.js";
import { makeOrderView } from "./view.js";

export function makeFlow({ tiyin, orders, sender, services, followed }) {
  /** Writes an order down under its number, unless there is one under it, or the same one is under way or was paid today. */
  async function prepare(order, typed, options) {
    const id = order.orderId;
    const before = await orders.get(id);
    const kept = before && before.state !== "ready" ? before.orderHash : undefined;
    const orderHash = tiyin.transferOrderHash(order);
    if (kept && kept !== orderHash) return { mismatch: id };
    const draft = { id, order, orderHash, typed, service: services.chosen().name };
    const hindrance = await orders.prepare(draft, options);
    if (hindrance?.paid) return hindrance;
    goTo(hindrance?.sent.id ?? id);
    return undefined;
  }

  const form = makeTransferForm({ tiyin, services, prepare, open: goTo });
  const unfinished = makeUnfinished({ orders, open: goTo });

  const actions = {
    send: sender.send,
    goOn: sender.goOn,
    sendMore: sender.sendMore,
    again: sender.again,
    another() {
      form.clear();
      goTo();
    },
    /** It was never sent: it keeps its number. */
    change(row) {
      form.fill(row.typed);
      goTo();
    },
    /** Its number is used up: the same content gets another one. */
    anew(row) {
      form.fillAnew(row.typed);
      goTo();
    },
  };
  const view = makeOrderView({ tiyin, orders, sender, actions });

  async function show({ takesFocus = true } = {}) {
    const id = placeOf(window.location.hash);
    if (id === null) return;
    part("transfer").hidden = id !== undefined;
    unfinished.show(id === undefined);
    await view.open(id, { takesFocus });
    await follow();
  }

  async function follow() {
    const row = await orders.get(placeOf(window.location.hash) ?? "");
    if (row?.state === "settled") form.forget(row.id);
    followed(row);
  }

  window.addEventListener("hashchange", () => show());
  orders.listen(follow);
  // A page that the browser had kept is as old as the moment in which it was left.
  window.addEventListener("pageshow", ({ persisted }) => persisted && view.wake());

  return {
    changed: form.changed,
    async start() {
      const problem = await services.load();
      form.start();
      if (problem) form.showProblem({ problem });
      const sent = await unfinished.refresh();
      if (window.location.hash === "" && sent.length > 0) moveTo(sent.at(-1).id);
      await show({ takesFocus: false });
    },
  };
}
