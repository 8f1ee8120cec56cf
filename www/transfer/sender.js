// Sends orders and asks until it is certain what became of them. About money it decides nothing: `settle` does, and what it says is
// stored.

// A minute is right for a bank; who looks at a demo is shown the same in seconds.
const SETTLING = { pollEveryMs: 1000, quietMs: 6000, deadlineMs: 45_000 };

/** How often the page sends an order by itself, reloads included. */
const MOST_SENDS = 3;

export const sendsOf = ({ events }) => events.filter(({ kind }) => kind === "sending").length;

// One tab at a time works at an order, and the next one takes it up when that tab is gone. Where there are no locks, two tabs may:
// the bank pays one number once.
const inTurn = (name, work) => (navigator.locks ? navigator.locks.request(name, work) : work());

export function makeSender({ bank, orders, problemOf }) {
  const under = new Set();
  const listeners = new Set();

  function tell() {
    for (const listener of listeners) listener();
  }

  /** An order has one call under way in this tab. */
  async function once(id, work) {
    if (under.has(id)) return;
    under.add(id);
    tell();
    try {
      await inTurn(`tiyin.transfer.${id}`, work);
    } finally {
      under.delete(id);
      tell();
    }
  }

  async function settle({ id, order }, options) {
    try {
      const settlement = await bank.settle(order, { ...SETTLING, ...options });
      const { status, error } = settlement;
      if (status !== "pending") return await orders.settle(id, settlement);
      return await orders.pend(id, { ...settlement, problem: error && problemOf(error) });
    } catch (error) {
      const problem = problemOf(error);
      if (problem.outcome === "rejected") return await orders.refuse(id, problem);
      if (problem.outcome === "not_executed" && !options.orderHash) return await orders.release(id, problem);
      return await orders.pend(id, { problem });
    }
  }

  async function goOn(id, { more = 0 } = {}) {
    const row = await orders.get(id);
    if (row?.state !== "sent") return;
    const maxCreates = Math.max(0, MOST_SENDS - sendsOf(row)) + more;
    await settle(row, { orderHash: row.orderHash, maxCreates });
  }

  return {
    listen(listener) {
      listeners.add(listener);
    },
    isUnderWay: (id) => under.has(id),

    /** Sends the order where nobody has yet, and otherwise goes on with it. */
    send: (id) =>
      once(id, async () => {
        if (await orders.claim(id)) await settle(await orders.get(id), { maxCreates: MOST_SENDS });
        else await goOn(id);
      }),

    /** Asks, and sends where the bank goes on saying that it has nothing. */
    goOn: (id) => once(id, () => goOn(id)),

    /** The same, with one send more than the page would do by itself. */
    sendMore: (id) => once(id, () => goOn(id, { more: 1 })),

    /** Goes on with an order whose refusal passes. */
    again: (id) =>
      once(id, async () => {
        if (await orders.reopen(id)) await goOn(id, { more: 1 });
      }),
  };
}
