// What the payer has begun to pay, in storage that all tabs share. Never a code, and of a card only what receipts print.
//
// A bill is `ready`, then `sent`, and in the end `paid`, `refused`, `cancelled` or `closed`. Whoever makes it `sent` may send its
// payment: that succeeds once, whatever tabs, clicks and reloads there are. Only the refusal of that very send makes it ready
// again.

import { openStore } from "../simulated/database.js";
import { makeNews } from "../simulated/news.js";

const DAY = 24 * 60 * 60 * 1000;

const keyOf = ({ serviceId, account, amount }) =>
  JSON.stringify([serviceId, Object.entries(account).sort(), amount.minor, amount.currency]);

const isReady = ({ state }) => state === "ready";

/** Whether nobody knows yet what became of it. */
export const isUncertain = ({ state }) => state === "sent";

/** `lost` is called when the browser stores the bills no longer. */
export async function openBills(lost) {
  const uncertain = new Map();
  const store = await openStore("tiyin.bills", lost);
  const news = makeNews("tiyin.bills");

  function remember(bill) {
    if (isUncertain(bill)) uncertain.set(bill.id, bill);
    else uncertain.delete(bill.id);
  }

  /** Changes a bill where it is in one of the states, and gives it, or `undefined`. */
  async function change(id, states, changes) {
    const changed = await store.write(async (rows) => {
      const bill = await rows.get(id);
      if (!bill || !states.includes(bill.state)) return undefined;
      const next = { ...bill, ...changes };
      await rows.put(next);
      return next;
    });
    if (!changed) return undefined;
    remember(changed);
    news.tell();
    return changed;
  }

  const sameAs = (draft, bills) => bills.filter((bill) => keyOf(bill) === keyOf(draft));

  function inTheWay(draft, bills) {
    const same = sameAs(draft, bills);
    const sent = same.find(isUncertain);
    if (sent) return { sent };
    const paid = same.findLast(({ state, knownAt }) => state === "paid" && Date.now() - knownAt < DAY);
    return paid && paid.id !== draft.again ? { paid } : undefined;
  }

  return {
    listen: news.listen,
    get: (id) => store.read((rows) => rows.get(id)),
    async all() {
      const bills = await store.read((rows) => rows.all());
      uncertain.clear(); // Another tab may have erased them.
      bills.forEach(remember);
      return bills;
    },

    /** Bills that nobody knows about, as far as this tab has heard: also when the store is lost. */
    uncertain: () => [...uncertain.values()],

    /** What forbids to pay this bill: one that was `sent`, or one that was `paid` today, unless its id is the draft's `again`. */
    async inTheWay(draft) {
      return inTheWay(draft, await this.all());
    },

    /** Adds a bill that is ready, and closes others of the same that were never sent; `{ sent }` and `{ paid }` as above. */
    async add(draft) {
      const outcome = await store.write(async (rows) => {
        const bills = await rows.all();
        const hindrance = inTheWay(draft, bills);
        if (hindrance) return hindrance;
        for (const bill of sameAs(draft, bills).filter(isReady)) await rows.put({ ...bill, state: "closed" });
        return { id: await rows.add({ ...draft, state: "ready", createdAt: Date.now() }) };
      });
      news.tell();
      return outcome;
    },

    /** Whether the caller may send the payment: once for each time that the bill is ready. */
    claim: async (id) =>
      (await change(id, ["ready"], { state: "sent", sentAt: Date.now(), problem: undefined })) !== undefined,

    /** The one send was refused: the bill is as it was before. */
    release: (id, problem) => change(id, ["sent"], { state: "ready", problem }),

    /** The one send was refused, and this payment will never be. */
    refuse: (id, problem) => change(id, ["sent"], { state: "refused", problem, knownAt: Date.now() }),

    /** It is certain now. */
    settle: (id, { status, ...facts }) =>
      change(id, ["sent"], { ...facts, state: status, knownAt: Date.now() }),

    close: (id) => change(id, ["ready"], { state: "closed" }),

    async forgetAll() {
      await store.write((rows) => rows.clear());
      news.tell();
    },
  };
}
