// The sandbox, one for all tabs, which outlives a reload.
//
// Nothing is shared but a log. Each tab has a replica, and brings it up to date from the log before it takes part. A request
// is in the log before it is executed: a tab that ends in between leaves what a lost connection leaves, a request that the
// provider has and nobody heard of.

import { openStore } from "./database.js";
import { makeNews } from "./news.js";
import { makeReplica } from "./replica.js";

/** Where the provider would be; only the path counts. */
export const BASE_URL = "https://sandbox.example/paylov";

const seed = () => crypto.getRandomValues(new Uint32Array(1))[0];

/** Worlds of different names know nothing of each other. `lost` is called when the browser stores the log no longer. */
export async function openWorld(createSandbox, lost, name = "tiyin.sandbox") {
  const log = await openStore(name, lost);
  const news = makeNews(name);
  const replica = makeReplica(createSandbox);
  const leaps = new Set();
  let turn = Promise.resolve();

  // One after the other: what a replica has missed is read once.
  function inTurn(work) {
    const result = turn.then(work);
    turn = result.catch(() => {});
    return result;
  }

  async function missed(rows) {
    const entries = await rows.after(replica.known());
    if (replica.known() > 0 || entries.length > 0) return entries;
    const first = { kind: "begin", seed: seed(), at: Date.now() };
    return [{ ...first, id: await rows.add(first) }];
  }

  async function replay(entries) {
    const outcome = await replica.replay(entries);
    if (entries.some(({ kind }) => kind === "wait")) for (const listener of leaps) listener();
    return outcome;
  }

  // The time is read inside of the transaction: in the log, times have the order of its entries.
  const append = (entry) =>
    inTurn(async () => {
      const entries = await log.write(async (rows) => {
        const before = await missed(rows);
        const own = { ...entry, at: replica.timeAfter(before) };
        return [...before, { ...own, id: await rows.add(own) }];
      });
      const outcome = await replay(entries);
      news.tell();
      return outcome;
    });

  return {
    /** Calls the listener when anything was asked or changed, in whichever tab. */
    listen: news.listen,

    /** The provider's clock: its time, and whoever wants to know when it leaps. */
    clock: { time: replica.time, onLeap: (listener) => leaps.add(listener) },

    /** Stands in for `fetch`. */
    async fetch(request) {
      const { method, url, signal } = request;
      const body = method === "GET" ? undefined : await request.text();
      signal.throwIfAborted();
      const { answer } = await append({ kind: "request", method, url, headers: [...request.headers], body });
      return until(signal, answer);
    },

    setFaults: (rules, isSlow) => append({ kind: "faults", rules, isSlow }),
    letPass: (ms) => append({ kind: "wait", ms }),

    /** What the sandbox knows: its ledger, cards and faults. */
    look: () =>
      inTurn(async () => {
        const [entries, at] = await log.write(async (rows) => {
          const before = await missed(rows);
          return [before, replica.timeAfter(before)];
        });
        await replay(entries);
        return replica.seenAt(at);
      }),

    /** Another sandbox, in which nothing has happened. */
    beginAnew: () =>
      inTurn(async () => {
        const entries = await log.write(async (rows) => {
          await rows.clear();
          const first = { kind: "begin", seed: seed(), at: Date.now() };
          return [{ ...first, id: await rows.add(first) }];
        });
        await replica.replay(entries);
        news.tell();
      }),
  };
}

function until(signal, answer) {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    answer.then(resolve, reject);
  });
}
