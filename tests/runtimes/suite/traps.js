// A trap takes an instance with it and nothing else: the call that trapped fails with `internal`, the next one is answered,
// and so are those of a client's calls that were under way.

import fc from "fast-check";
import { callables, exportsOf } from "./callables.js";
import { callsOf, INSTANCES, isCallOfClient } from "./calls.js";
import { entries, trapping } from "./entries.js";
import { equal, holds, rejected, test } from "./harness.js";
import { API_KEY, answerOf, BASE_URL, BILL, PAYMENT, PAYMENT_ID } from "./paylov.js";
import { asyncProperty } from "./properties.js";

const RUNS = 100;
const LONGEST_SEQUENCE = 20;

// What refuses nothing does not reach a module, where alone something can trap.
const NAMES = Object.keys(callables(exportsOf(entries), INSTANCES)).filter((name) => callsOf(name)?.refused);

// How the next call of a module is made to trap.
const TRAPS = {
  "reading beyond the memory": { export: "call", change: ([place, _, length]) => [place, -16, length] },
  "asking for more memory than there can be": { export: "__wbindgen_malloc", change: () => [-65536, 1] },
};

// The calls of a client that ask for more than an answer: their errors say what became of it.
const ASKS_FOR_MORE = /\.(createPayment|createBudgetPayment|pay|payAndConfirm|settle)$/;

let armed;
let started = 0;

/** Runs `body` with a copy of the package whose instances trap where they are told to, and with the package itself. */
async function withTraps(body) {
  const { Instance } = WebAssembly;
  WebAssembly.Instance = function TrappingInstance(...given) {
    started += 1;
    return { exports: trappable(new Instance(...given).exports) };
  };
  try {
    await body(callables(exportsOf(trapping), INSTANCES), callables(exportsOf(entries), INSTANCES));
  } finally {
    WebAssembly.Instance = Instance;
  }
}

function trappable(exports) {
  const changed = { ...exports };
  for (const trap of Object.values(TRAPS)) {
    const original = exports[trap.export];
    changed[trap.export] = (...values) => {
      if (armed !== trap) return original(...values);
      armed = undefined;
      return original(...trap.change(values));
    };
  }
  return changed;
}

async function checkTrapped(call, trap) {
  armed = TRAPS[trap];
  return checkTrap(await rejected(call, "internal"));
}

function checkTrap(error) {
  equal(armed, undefined, "a trap that is still to come");
  const cause = error.cause?.cause ?? error.cause;
  holds(cause instanceof WebAssembly.RuntimeError, `${cause} is the engine's own`);
  return error;
}

for (const name of NAMES) {
  test(`${name} is answered after each kind of trap, by a new instance`, () =>
    withTraps(async (functions, untouched) => {
      const { answered, told = (answer) => answer } = callsOf(name);
      const expected = told(await untouched[name](...answered));
      equal(told(await functions[name](...answered)), expected);
      for (const trap of Object.keys(TRAPS)) {
        const { outcome } = await checkTrapped(() => functions[name](...answered), trap);
        const isMore = isCallOfClient(name) && ASKS_FOR_MORE.test(name);
        // This client has paid it before, which a call that was not sent says nothing about.
        const unsent = /payAndConfirm|settle/.test(name) ? "unknown" : "not_executed";
        equal(outcome, isMore ? unsent : undefined, "what is known of a call that was not sent");
        const before = started;
        equal(told(await functions[name](...answered)), expected, `after ${trap}`);
        equal(started, before + 1, "instances");
      }
    }));
}

const step = fc.record({
  name: fc.constantFrom(...NAMES),
  trap: fc.option(fc.constantFrom(...Object.keys(TRAPS)), { nil: undefined, freq: 2 }),
});

asyncProperty(
  "between traps in any order every call is answered rightly",
  [fc.array(step, { minLength: 2, maxLength: LONGEST_SEQUENCE })],
  (steps) =>
    withTraps(async (functions, untouched) => {
      for (const { name, trap } of steps) {
        const { answered, told = (answer) => answer } = callsOf(name);
        if (trap) await checkTrapped(() => functions[name](...answered), trap);
        else equal(told(await functions[name](...answered)), told(await untouched[name](...answered)), name);
      }
    }),
  { runs: RUNS },
);

const CLIENTS = {
  tiyin: (fetch, more) => new trapping.tiyin.PaylovServices({ baseUrl: BASE_URL, fetch, ...more }),
  "tiyin/server": (fetch, more) =>
    new trapping["tiyin/server"].PaylovServices({
      baseUrl: BASE_URL,
      auth: { apiKey: API_KEY },
      fetch,
      ...more,
    }),
};

for (const [entry, clientWith] of Object.entries(CLIENTS)) {
  test(`a trap on an answer of ${entry} says that the money may have moved, and nothing is sent again`, () =>
    withTraps(async () => {
      for (const [call, outcome, nextAction] of [
        [(client) => client.pay(BILL), "unknown", "query_status"],
        [(client) => client.createPayment(PAYMENT), "not_executed", "create_again"],
        [(client) => client.getStatus(PAYMENT_ID), undefined, undefined],
      ]) {
        for (const trap of Object.values(TRAPS)) {
          let sent = 0;
          const client = clientWith((request) => {
            sent += 1;
            armed = trap;
            return answerOf(request);
          });
          const error = checkTrap(await rejected(() => call(client), "internal"));
          equal([error.outcome, error.nextAction, error.provider, sent], [outcome, nextAction, "paylov", 1]);
          holds(Math.abs(Date.now() - error.sentAt) < 60_000, "the error says when it was sent");
        }
      }
    }));

  test(`a trap while ${entry} confirms a payment leaves nothing certain that is not, and pays once`, () =>
    withTraps(async () => {
      const options = { pollEveryMs: 1, deadlineMs: 1000 };
      for (const trap of Object.values(TRAPS)) {
        // On the answer to the payment, and on the first answer to a question.
        for (const turn of [1, 2]) {
          const methods = [];
          const client = clientWith(async (request) => {
            methods.push(request.method);
            if (methods.length === turn) armed = trap;
            if (request.method === "POST" && turn > 1) throw new TypeError("lost");
            return answerOf(request);
          });
          equal((await client.payAndConfirm(BILL, options)).status, "paid");
          equal(methods, turn === 1 ? ["POST", "GET"] : ["POST", "GET", "GET"]);
        }
        // Between two steps, where it is the confirmation itself that ends.
        const client = clientWith(answerOf);
        let asked = 0;
        const now = () => {
          asked += 1;
          if (asked === 5) armed = trap;
          return Date.now();
        };
        const timed = clientWith(answerOf, { now });
        const error = checkTrap(await rejected(() => timed.payAndConfirm(BILL, options), "internal"));
        equal([error.outcome, error.nextAction], ["unknown", "query_status"]);
        equal((await client.payAndConfirm(BILL, { ...options, wasSent: true })).status, "paid");
      }
    }));

  test(`calls of ${entry} that are under way when another one traps are answered`, () =>
    withTraps(async () => {
      let release;
      const released = new Promise((resolve) => {
        release = resolve;
      });
      const client = clientWith(async (request) => {
        await released;
        return answerOf(request);
      });
      const under = [client.getStatus(PAYMENT_ID), client.pay(BILL), client.payAndConfirm(BILL)];
      const quick = clientWith(answerOf);
      for (const trap of Object.keys(TRAPS)) {
        equal((await checkTrapped(() => quick.getStatus(PAYMENT_ID), trap)).outcome, undefined);
        equal((await quick.getStatus(PAYMENT_ID)).status, "paid");
      }
      release();
      const [state, bill, confirmation] = await Promise.all(under);
      equal([state.status, bill.transactionId, confirmation.status], ["paid", PAYMENT_ID, "paid"]);
    }));
}
