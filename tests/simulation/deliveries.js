// What reached the simulation's sandbox, sent to the package's in the same order and at the same times.

import { isDeepStrictEqual } from "node:util";

// What hangs is not waited for; what should not is, on a busy computer, for longer.
const PATIENCE = { hanging: 5, answering: 10_000 };

export async function replayDeliveries(createSandbox, { sandbox: options, deliveries, calls, ledger }) {
  const requests = new Map();
  for (const { events } of calls) {
    for (const event of events) if (event.do === "send") requests.set(event.send, event.request);
  }
  let clock = 0;
  const sandbox = createSandbox({ ...options, now: () => clock });
  for (const { at, send, reply, faults } of deliveries) {
    clock = at;
    if (faults) sandbox.setFaults(faults);
    else same(await replyOf(sandbox, requests.get(send), reply.hangs), reply, `the reply to send ${send}`);
  }
  same(sandbox.ledger(), ledger, "the ledger");
}

async function replyOf(sandbox, { url, method, headers, body }, hangs) {
  const controller = new AbortController();
  const init = { method, headers, signal: controller.signal, ...(method === "GET" ? {} : { body }) };
  const real = globalThis.setTimeout;
  let afterMs = 0;
  let timer;
  globalThis.setTimeout = (end, ms) => {
    afterMs = ms;
    return real(end, 0);
  };
  try {
    const answered = sandbox.fetch(new Request(url, init)).then(replyOfResponse, dropped);
    const patience = hangs ? PATIENCE.hanging : PATIENCE.answering;
    const waited = new Promise((resolve) => {
      timer = real(() => resolve({ hangs: true }), patience);
    });
    const reply = await Promise.race([answered, waited]);
    return reply.status ? { afterMs, ...reply } : reply;
  } finally {
    globalThis.setTimeout = real;
    clearTimeout(timer);
    controller.abort();
  }
}

async function replyOfResponse(response) {
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: await response.text(),
  };
}

function dropped(error) {
  if (error instanceof TypeError) return { dropped: true };
  throw error;
}

function same(actual, expected, label) {
  if (isDeepStrictEqual(actual, expected)) return;
  const [wanted, got] = [expected, actual].map((value) => JSON.stringify(value));
  const at = [...wanted].findIndex((character, index) => character !== got[index]);
  throw new Error(
    `${label}: expected ${wanted.slice(Math.max(0, at - 40))}, got ${got?.slice(Math.max(0, at - 40))}`,
  );
}
