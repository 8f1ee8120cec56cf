// One order, as it stands now: in whichever tab it changed, it changes here. One that was sent is gone on with until it is certain.

import { announce } from "../announcer.js";
import { makeCountdown } from "../countdown.js";
import { onLanguageChange, text } from "../language.js";
import { clock } from "../moment.js";
import { part } from "../simulated/dom.js";
import { partsOf, viewOf } from "./states.js";
import { stepsOf } from "./timeline.js";

const GO_ON_AFTER_MS = 10_000;

export function makeOrderView({ tiyin, orders, sender, actions }) {
  const box = part("order");
  const untilNext = makeCountdown({
    tick: (left) => sayNext(text("order.nextRun", { time: clock(left) })),
    over: () => id && sender.goOn(id),
  });
  let id;
  let row;
  let shown = "";

  function sayNext(words) {
    if (!part("next-run")) return;
    part("next-run").textContent = words;
    part("next-run").hidden = words === "";
  }

  function build(view) {
    const isUnderWay = sender.isUnderWay(id);
    const total = tiyin.addMoney(row.order.amount, row.order.commission);
    const focused = box.contains(document.activeElement) ? document.activeElement.id : undefined;
    box.replaceChildren(...partsOf(view, row, { total, actions, isUnderWay }));
    box.dataset.state = view;
    showSteps();
    if (focused !== undefined) (part(focused) ?? part("order-heading")).focus({ preventScroll: true });
  }

  function showSteps() {
    part("steps")?.replaceChildren(...stepsOf(row, sender.isUnderWay(id)));
  }

  function goOnLater() {
    const waits = row.state === "sent" && !sender.isUnderWay(id);
    untilNext.until(waits ? Date.now() + GO_ON_AFTER_MS : undefined);
    if (!waits) sayNext("");
  }

  function render({ takesFocus = true } = {}) {
    const isUnderWay = sender.isUnderWay(id);
    const view = viewOf(row, isUnderWay);
    const key = JSON.stringify([id, view, isUnderWay, row.orderHash, row.problem, row.documentId]);
    if (key !== shown) {
      const isFirst = shown === "";
      const isOther = isFirst || view !== box.dataset.state;
      shown = key;
      build(view);
      const heading = part("order-heading");
      if (isOther && takesFocus) heading.focus({ preventScroll: isFirst });
      if (takesFocus && isFirst) heading.scrollIntoView({ block: "nearest", behavior: "instant" });
      if (isOther) announce(heading.textContent);
    }
    showSteps();
    goOnLater();
  }

  async function refresh(options) {
    const own = id;
    const read = own && (await orders.get(own));
    if (own !== id) return;
    row = read;
    if (own && !row) return actions.another();
    if (row) render(options);
  }

  orders.listen(() => refresh());
  sender.listen(() => refresh());
  onLanguageChange(() => {
    if (!row) return;
    build(viewOf(row, sender.isUnderWay(id)));
    goOnLater();
  });

  return {
    /** Shows another order, or none. One that was sent is gone on with at once. */
    async open(next, options) {
      id = next;
      row = undefined;
      shown = "";
      delete box.dataset.state;
      box.replaceChildren();
      box.hidden = id === undefined;
      untilNext.until(undefined);
      if (id === undefined) return;
      await refresh(options);
      if (row?.state === "sent") sender.goOn(id);
    },
    /** Comes back to a page that the browser had kept: what is on it may be old. */
    async wake() {
      await refresh({ takesFocus: false });
      if (row?.state === "sent") sender.goOn(id);
    },
  };
}
