// What a bank's client knows of the orders that it has sent, or is sending.

import * as page from "tiyin";
import * as server from "tiyin/server";
import {
  BANK_URL,
  BUDGET_ORDER,
  CREDENTIALS,
  failed,
  nothing,
  ORDER,
  SETTLED_ORDER,
  settled,
  stateOf,
} from "./bank.js";
import { withFastTimers } from "./clock.js";
import { each, equal, holds, rejected, test } from "./harness.js";
import { scripted } from "./paylov.js";

const ENTRIES = [
  (config) => new page.BankTransfers(config),
  (config) => new server.BankTransfers({ ...config, auth: CREDENTIALS }),
];

// Of the fast timers' milliseconds.
const SOON = { pollEveryMs: 100, quietMs: 400, deadlineMs: 3000 };
const OTHER = { ...SETTLED_ORDER, amount: { minor: 900_000, currency: "UZS" } };
const lost = () => Promise.reject(new TypeError("lost"));
const never = () => new Promise(() => {});

/** Registers a test: a client of each entry, whose fetch gives these answers one after the other, does what `check` says. */
function knowing(what, answers, check) {
  test(`a bank's client ${what}`, () =>
    withFastTimers(async (clock) => {
      for (const clientWith of ENTRIES) {
        const { fetch, sent } = scripted(...answers);
        const client = clientWith({ baseUrl: BANK_URL, fetch, now: clock.now });
        const settle = (options, order = SETTLED_ORDER) => client.settle(order, { ...SOON, ...options });
        await check(settle, sent, client, clock);
      }
    }));
}

const methods = (sent) => sent.map(({ method }) => (method === "POST" ? "create" : "ask"));

/** Whether it was asked for twice before it was sent: after what an earlier call may have sent. */
function isCareful(sent) {
  const asked = methods(sent).indexOf("create");
  return (asked < 0 ? sent.length : asked) >= 2;
}

knowing("joins what it is settling", [nothing, settled], async (settle, sent) => {
  const [first, second] = await Promise.all([settle(), settle()]);
  equal(first, second);
  equal([first.status, first.creates, methods(sent)], ["settled", 1, ["ask", "create"]]);
});

knowing("settles no other order under an id meanwhile", [nothing, settled], async (settle, sent) => {
  const first = settle();
  const error = await rejected(() => settle({}, OTHER), "order_mismatch", "orderHash");
  equal([error.outcome, error.nextAction], ["not_executed", "fix_input"]);
  equal([(await first).status, sent.length], ["settled", 2]);
});

knowing("settles no other order under an id that is paid", [settled], async (settle, sent) => {
  equal((await settle()).status, "settled");
  await rejected(() => settle({}, OTHER), "order_mismatch", "orderHash");
  equal((await settle()).status, "settled");
  equal(sent.length, 2);
});

knowing(
  "settles an order that is mended after a refusal",
  [nothing, () => failed(1013), nothing, nothing, settled],
  async (settle) => {
    await rejected(() => settle(), "provider_error");
    equal((await settle({}, OTHER)).status, "settled");
  },
);

knowing(
  "goes on where the call that it joined is aborted",
  [nothing, never, settled],
  async (settle, sent, _, clock) => {
    clock.isHeld = true;
    const controller = new AbortController();
    const first = rejected(() => settle({ signal: controller.signal, deadlineMs: 80_000 }), "aborted");
    const second = settle({ deadlineMs: 80_000 });
    while (sent.length < 2) await clock.wait(1);
    controller.abort();
    clock.isHeld = false;
    equal((await first).outcome, "unknown");
    equal([(await second).status, methods(sent)], ["settled", ["ask", "create", "ask"]]);
  },
);

knowing("lets each call that joined give up by itself", [nothing, never], async (settle, sent, _, clock) => {
  clock.isHeld = true;
  const controller = new AbortController();
  const first = settle({ deadlineMs: 80_000 });
  const aborted = rejected(() => settle({ signal: controller.signal }), "aborted");
  const late = settle({ deadlineMs: 20 });
  while (sent.length < 2) await clock.wait(1);
  controller.abort();
  equal((await aborted).outcome, "unknown");
  clock.isHeld = false;
  const { status, creates, orderHash } = await late;
  equal([status, creates, orderHash], ["pending", 0, page.transferOrderHash(SETTLED_ORDER)]);
  equal((await first).status, "pending");
});

knowing(
  "asks by itself with a hash, where the call that it joined is refused",
  [nothing, () => failed(3333), nothing, nothing, settled],
  async (settle, sent) => {
    const first = rejected(() => settle(), "provider_error");
    const second = settle({ orderHash: page.transferOrderHash(SETTLED_ORDER) });
    equal((await first).outcome, "rejected");
    equal([(await second).status, methods(sent).slice(0, 3)], ["settled", ["ask", "create", "ask"]]);
  },
);

each(
  "a bank's client knows what was sent without settle",
  [
    [(client) => client.createPayment(ORDER), { kind: "requisites", ...ORDER }],
    [(client) => client.createBudgetPayment(BUDGET_ORDER), { kind: "budget", ...BUDGET_ORDER }],
  ],
  (create, order) =>
    withFastTimers(async (clock) => {
      for (const clientWith of ENTRIES) {
        const { fetch, sent } = scripted(lost, nothing, nothing, nothing, settled);
        const client = clientWith({ baseUrl: BANK_URL, fetch, now: clock.now });
        equal((await rejected(() => create(client), "network_error")).outcome, "unknown");
        const other = { ...order, amount: OTHER.amount };
        await rejected(() => client.settle(other, SOON), "order_mismatch", "orderHash");
        sent.length = 1;
        equal((await client.settle(order, SOON)).status, "settled");
        holds(isCareful(sent.slice(1)), methods(sent).join());
      }
    }),
);

knowing(
  "forgets an order that was refused without settle",
  [() => failed(1013), nothing, settled],
  async (settle, sent, client) => {
    await rejected(() => client.createPayment(ORDER), "provider_error");
    equal([(await settle({}, OTHER)).status, methods(sent)], ["settled", ["create", "ask", "create"]]);
  },
);

test("a bank's client keeps what settle has sent, when a call without it is refused meanwhile", () =>
  withFastTimers(async (clock) => {
    let refuse;
    const held = new Promise((resolve) => {
      refuse = () => resolve(failed(1013));
    });
    let orders = 0;
    const fetch = async ({ method }) => {
      if (method === "GET") return nothing();
      orders += 1;
      if (orders === 1) return held;
      refuse();
      return lost();
    };
    const client = ENTRIES[0]({ baseUrl: BANK_URL, fetch, now: clock.now });
    const refused = rejected(() => client.createPayment(ORDER, { timeoutMs: 86_400_000 }), "provider_error");
    const { status, creates } = await client.settle(SETTLED_ORDER, { ...SOON, maxCreates: 1 });
    equal([status, creates, (await refused).outcome], ["pending", 1, "rejected"]);
    await rejected(() => client.settle(OTHER, SOON), "order_mismatch", "orderHash");
  }));

knowing("knows an order that the bank has", [stateOf("Введен"), settled], async (settle, sent, client) => {
  await client.createPayment(ORDER);
  await rejected(() => settle({}, OTHER), "order_mismatch", "orderHash");
  equal([(await settle()).status, methods(sent)], ["settled", ["create", "ask"]]);
});

knowing("takes an order as settle does", [settled], async (settle, sent, client) => {
  equal((await client.createPayment(SETTLED_ORDER)).status, "settled");
  await rejected(
    () => client.createBudgetPayment({ ...BUDGET_ORDER, kind: "requisites" }),
    "not_an_option",
    "kind",
  );
  await rejected(() => client.createPayment({ ...ORDER, kind: "budget" }), "not_an_option", "kind");
  equal(sent.length, 1);
  equal((await settle()).status, "settled");
});
