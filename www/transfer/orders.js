// The orders of this browser, in storage that all tabs share, each under the number that it was given when its form was begun.
//
// An order is `ready`, then `sent`, and in the end `settled`, `deleted` or `refused`. Its hash is stored before anything is sent.
// Whoever makes it `sent` knows that nobody has sent it before; everybody else gives `settle` the hash.

import { openStore } from "../simulated/database.js";
import { makeNews } from "../simulated/news.js";

const DAY = 24 * 60 * 60 * 1000;

/** Whether nobody knows yet what became of it. */
export const isUncertain = ({ state }) => state === "sent";

/** What makes two orders the same but for their numbers. */
const contentOf = ({ orderId: _, serviceType: __, payee, ...order }) =>
  JSON.stringify([Object.entries(order).sort(), Object.entries(payee).sort()]);

const isSame = (one, other) => one.id !== other.id && contentOf(one.order) === contentOf(other.order);

/** What the wire heard last is said once, however often it was heard. */
function withEvent(events, event) {
  const last = events.at(-1);
  const repeats = last?.kind === "ask" && event.kind === "ask" && last.said === event.said;
  if (!repeats) return [...events, { ...event, times: 1 }];
  return [...events.slice(0, -1), { ...last, at: event.at, times: last.times + 1 }];
}

/** `lost` is called when the browser stores the orders no longer. */
export async function openOrders(lost) {
  const uncertain = new Map();
  const store = await openStore("tiyin.transfers", lost);
  const news = makeNews("tiyin.transfers");

  function remember(row) {
    if (isUncertain(row)) uncertain.set(row.id, row);
    else uncertain.delete(row.id);
  }

  /** Changes an order where it is in one of the states, and gives it, or `undefined`. */
  async function change(id, states, changesOf) {
    const changed = await store.write(async (rows) => {
      const row = await rows.get(id);
      if (!row || !states.includes(row.state)) return undefined;
      const next = { ...row, ...changesOf(row) };
      await rows.put(next);
      return next;
    });
    if (!changed) return undefined;
    remember(changed);
    news.tell();
    return changed;
  }

  const end = (id, facts) => change(id, ["sent"], () => ({ ...facts, knownAt: Date.now() }));

  function inTheWay(draft, rows, again) {
    const same = rows.filter((row) => isSame(row, draft));
    const sent = same.find(isUncertain);
    if (sent) return { sent };
    const paid = same.findLast(({ state, knownAt }) => state === "settled" && Date.now() - knownAt < DAY);
    return paid && paid.id !== again ? { paid } : undefined;
  }

  return {
    listen: news.listen,
    get: (id) => store.read((rows) => rows.get(id)),
    async all() {
      const rows = await store.read((stored) => stored.all());
      uncertain.clear(); // Another tab may have erased them.
      rows.forEach(remember);
      return rows;
    },

    /** Orders that nobody knows about, as far as this tab has heard: also when the store is lost. */
    uncertain: () => [...uncertain.values()],

    /**
     * Writes an order down, or gives what is in the way: the same under another number that is not certain (`sent`), or that was paid
     * within a day (`paid`), unless that is the number `again`. An order that was sent stays as it is.
     */
    async prepare(draft, { again } = {}) {
      const hindrance = await store.write(async (rows) => {
        const before = await rows.get(draft.id);
        if (before && before.state !== "ready") return undefined;
        const found = inTheWay(draft, await rows.all(), again);
        if (found) return found;
        await rows.put({ ...draft, state: "ready", createdAt: Date.now(), events: [] });
        return undefined;
      });
      news.tell();
      return hindrance;
    },

    /** Whether the caller is the first one who may send it. */
    claim: async (id) =>
      (await change(id, ["ready"], () => ({ state: "sent", sentAt: Date.now(), problem: undefined }))) !==
      undefined,

    /** Something went over the wire. */
    note: (id, event) =>
      change(id, ["sent"], ({ events, known }) => ({
        events: withEvent(events, event),
        known: event.said === "accepted" ? "accepted" : known,
      })),

    /** Nobody knows yet, but perhaps something. */
    pend: (id, { known, documentId, problem }) =>
      change(id, ["sent"], (row) => ({
        known: row.known === "accepted" ? row.known : known,
        documentId: documentId ?? row.documentId,
        problem,
        pendingAt: Date.now(),
      })),

    /** It was never sent: it is as it was before. */
    release: (id, problem) => change(id, ["sent"], () => ({ state: "ready", problem })),

    refuse: (id, problem) => end(id, { state: "refused", problem }),

    settle: (id, { status, documentId }) => end(id, { state: status, documentId, problem: undefined }),

    /** A refusal that passes: the same order may be sent once more. */
    reopen: async (id) => (await change(id, ["refused"], () => ({ state: "sent" }))) !== undefined,

    async forgetAll() {
      await store.write((rows) => rows.clear());
      news.tell();
    },
  };
}
