// From the form to a bill and back, by the address.

import { part } from "../simulated/dom.js";
import { makePaymentForm } from "./form.js";
import { goTo, moveTo, placeOf } from "./place.js";
import { makeUnfinished } from "./unfinished.js";
import { makeBillView } from "./view.js";

const OF_DRAFT = "serviceId service account rows amount cardId maskedPan withCode typed again".split(" ");

const draftOf = (bill) => Object.fromEntries(OF_DRAFT.map((name) => [name, bill[name]]));

export function makeFlow({ tiyin, paylov, bills, payer, wire, clock, followed, served }) {
  /** Prepares a payment, unless the same bill is under way, or was paid today and nobody said to pay it `again`. */
  async function prepare(draft) {
    const hindrance = await bills.inTheWay(draft);
    if (hindrance) return hindrance;
    const { serviceId, account, amount, cardId, withCode } = draft;
    const order = { serviceId, account, amount, ...(withCode && { cardId }) };
    const askedAt = clock.time(); // A code is at least as young as the request for it.
    const { transactionId, otpSentPhone } = await paylov.createPayment(order);
    const added = await bills.add({ ...draft, transactionId, otpSentPhone, codeSentAt: askedAt });
    if (added.id === undefined) return added;
    goTo(added.id);
    return undefined;
  }

  const form = makePaymentForm({ tiyin, paylov, prepare, open: goTo, served });
  const unfinished = makeUnfinished({ bills, open: goTo });

  let isPreparing = false;

  function correct(bill) {
    goTo();
    return form.fill(bill.typed);
  }

  const actions = {
    pay: payer.pay,
    ask: payer.ask,
    another() {
      form.clear();
      goTo();
    },
    async leave(bill) {
      await bills.close(bill.id);
      correct(bill);
    },
    correct,
    // The same bill as another payment: of the old one nothing was taken, and it is closed or over.
    async prepareAgain(bill) {
      if (isPreparing) return;
      isPreparing = true;
      const hindrance = await prepare(draftOf(bill)).catch((error) => ({ error }));
      isPreparing = false;
      if (hindrance?.sent) return goTo(hindrance.sent.id);
      if (hindrance && (await correct(bill))) form.hinder(hindrance);
    },
  };
  const view = makeBillView({ bills, payer, wire, clock, actions });

  async function show({ takesFocus = true } = {}) {
    const id = placeOf(window.location.hash);
    if (id === null) return;
    part("payment").hidden = id !== undefined;
    unfinished.show(id === undefined);
    await view.open(id, { takesFocus });
    await follow();
  }

  async function follow() {
    const bill = await bills.get(placeOf(window.location.hash) ?? 0);
    if (bill?.state === "paid") form.forget(bill.typed);
    followed(bill);
  }

  window.addEventListener("hashchange", () => show());
  bills.listen(follow);
  // A page that the browser had kept is as old as the moment in which it was left.
  window.addEventListener("pageshow", ({ persisted }) => persisted && view.wake());

  return {
    showCards: form.showCards,
    async start() {
      const sent = await unfinished.refresh();
      if (window.location.hash === "" && sent.length > 0) moveTo(sent.at(-1).id);
      await show({ takesFocus: false });
      await form.start();
    },
  };
}
