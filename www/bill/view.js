// One bill, as it stands now: in whichever tab it changed, it changes here.

import { announce } from "../announcer.js";
import { makeCountdown } from "../countdown.js";
import { onLanguageChange, text } from "../language.js";
import { clock } from "../moment.js";
import { part } from "../simulated/dom.js";
import { showCancelled, showClosed, showPaid, showRefused } from "./ended.js";
import { showBusy, showUnknown, stepsOf } from "./progress.js";
import { keepCode, showReady, watchCode } from "./ready.js";

const VIEWS = {
  ready: showReady,
  busy: showBusy,
  unknown: showUnknown,
  paid: showPaid,
  refused: showRefused,
  cancelled: showCancelled,
  closed: showClosed,
};

const MAY_BE_UNDER_WAY = ["ready", "sent"];

const ASK_AGAIN_MS = 10_000;

export function makeBillView({ bills, payer, wire, clock: providerClock, actions }) {
  const box = part("bill");
  const code = watchCode(providerClock);
  const untilAsked = makeCountdown({
    tick: (left) => sayNext(text("bill.nextAsk", { time: clock(left) })),
    over: () => payer.ask(bill),
  });
  // Bills that were asked for in vain: they are called unknown until they are certain, also while they are asked for again.
  const inDoubt = new Set();
  let id;
  let bill;
  let shown = "";
  let shownView;

  function sayNext(words) {
    if (part("next-ask")) part("next-ask").textContent = words;
  }

  function viewOf({ state }) {
    const isUnderWay = payer.isUnderWay(id);
    if (state === "sent" && !isUnderWay) inDoubt.add(id);
    if (state === "sent" && inDoubt.has(id)) return "unknown";
    return isUnderWay && MAY_BE_UNDER_WAY.includes(state) ? "busy" : state;
  }

  function askLater() {
    if (payer.isUnderWay(id)) sayNext(text("bill.askingNow"));
    const waits = shownView === "unknown" && !payer.isUnderWay(id);
    untilAsked.until(waits ? Date.now() + ASK_AGAIN_MS : undefined);
  }

  function showSteps() {
    part("steps")?.replaceChildren(...stepsOf(bill, wire.of(bill.transactionId), payer.isUnderWay(id)));
  }

  function build(view) {
    const putCodeBack = keepCode();
    const { parts, focus } = VIEWS[view](bill, actions);
    box.replaceChildren(...parts);
    putCodeBack();
    shownView = view;
    box.dataset.state = view;
    document.body.classList.toggle("has-receipt", view === "paid");
    return part(focus ?? "bill-heading");
  }

  const watch = () => code.of(shownView === "ready" ? bill : undefined);

  function render({ takesFocus = true } = {}) {
    if (!bill) return;
    const view = viewOf(bill);
    const key = JSON.stringify([id, view, bill.problem]);
    if (key !== shown) {
      const isFirst = shown === "";
      shown = key;
      const focus = build(view);
      if (takesFocus) focus.focus({ preventScroll: isFirst });
      if (takesFocus && isFirst)
        part("bill-heading").scrollIntoView({ block: "nearest", behavior: "instant" });
      announce(part("bill-heading").textContent);
      watch();
    }
    showSteps();
    askLater();
  }

  async function refresh(options) {
    const own = id;
    const read = own && (await bills.get(own));
    if (own !== id) return;
    bill = read;
    if (own && !bill) return actions.another();
    render(options);
  }

  bills.listen(() => refresh());
  payer.listen(() => refresh());
  providerClock.onLeap(watch);
  wire.listen(() => bill && showSteps());
  onLanguageChange(() => {
    if (!bill) return;
    build(viewOf(bill));
    showSteps();
    askLater();
    watch();
  });

  return {
    /** Shows another bill, or none. One that was sent is asked for at once. */
    async open(next, options) {
      id = next;
      bill = undefined;
      shown = "";
      shownView = undefined;
      box.replaceChildren();
      box.hidden = id === undefined;
      document.body.classList.remove("has-receipt");
      untilAsked.until(undefined);
      code.of(undefined);
      if (id === undefined) return;
      await refresh(options);
      if (bill?.state === "sent") payer.ask(bill);
    },
    /** Comes back to a page that the browser had kept: what is on it may be old. */
    async wake() {
      await refresh({ takesFocus: false });
      if (bill?.state === "sent") payer.ask(bill);
    },
  };
}
