// settle: it asks first, sends only what the bank says it does not have, and never calls certain what is not.

import * as page from "tiyin";
import { createSandbox } from "tiyin/sandbox";
import * as server from "tiyin/server";
import {
  accepted,
  BANK_URL,
  BUDGET_ORDER,
  CREDENTIALS,
  deleted,
  failed,
  nothing,
  ORDER,
  ORDER_ID,
  SETTLED_ORDER,
  settled,
  stateOf,
} from "./bank.js";
import { withFastTimers } from "./clock.js";
import { each, equal, holds, refused, rejected, test } from "./harness.js";
import { answer, scripted } from "./paylov.js";

const ENTRIES = {
  tiyin: (config) => new page.BankTransfers(config),
  "tiyin/server": (config) => new server.BankTransfers({ ...config, auth: CREDENTIALS }),
};

// Of the fast timers' milliseconds.
const SOON = { pollEveryMs: 100, quietMs: 400, deadlineMs: 3000 };
const HASH = /^[0-9a-f]{64}$/;
const lost = () => Promise.reject(new TypeError("lost"));

/** Registers a test: the client of each entry, whose fetch gives these answers one after the other, does what `check` says. */
function settling(what, answers, check) {
  test(`settle ${what}`, () =>
    withFastTimers(async (clock) => {
      for (const clientWith of Object.values(ENTRIES)) {
        const { fetch, sent } = scripted(...answers);
        const client = clientWith({ baseUrl: BANK_URL, fetch, now: clock.now });
        const call = (more, order = SETTLED_ORDER) => client.settle(order, { ...SOON, ...more });
        await check(call, sent, clock);
        equal(clock.pending.size, 0, "timers that are left behind");
      }
    }));
}

const methods = (sent) => sent.map(({ method }) => (method === "POST" ? "create" : "ask"));
const count = (sent, method) => methods(sent).filter((other) => other === method).length;

/** The same, where it comes to this after these requests. */
function settles(what, answers, expected, requests) {
  settling(what, answers, async (call, sent) => {
    const { orderHash, error: _, ...told } = await call();
    equal(told, expected);
    holds(HASH.test(orderHash), orderHash);
    if (requests) equal(methods(sent), requests);
  });
}

const DOCUMENT = { documentId: "1180_1841519885" };
const SETTLED = { status: "settled", ...DOCUMENT };
const ASK_CREATE = ["ask", "create"];

settles(
  "asks first, and sends what is not there",
  [nothing, settled],
  { ...SETTLED, creates: 1 },
  ASK_CREATE,
);
settles("sends nothing that is settled already", [settled], { ...SETTLED, creates: 0 }, ["ask"]);
settles("sends nothing that is deleted already", [deleted], { ...SETTLED, status: "deleted", creates: 0 }, [
  "ask",
]);
settles(
  "asks until it is settled",
  [nothing, accepted, accepted, () => failed(2222), settled],
  { ...SETTLED, creates: 1 },
  [...ASK_CREATE, "ask", "ask", "ask"],
);
settles("takes deleted for the end", [nothing, accepted, deleted], {
  ...SETTLED,
  status: "deleted",
  creates: 1,
});

for (const [what, failure] of [
  ["an answer that is lost", lost],
  ["a bad gateway", () => new Response("<h1>502</h1>", { status: 502 })],
  ["a system error", () => failed(1111)],
  ["a code that is not known", () => failed(4242)],
  ["success without a status", () => answer({ status: "success", code: 0, data: {} })],
]) {
  settles(`asks after ${what}`, [nothing, failure, settled], { ...SETTLED, creates: 1 }, [
    ...ASK_CREATE,
    "ask",
  ]);
  settling(
    `sends again after ${what} only behind a quiet time`,
    [nothing, failure, nothing],
    async (call, sent, clock) => {
      const times = [];
      let last = 0;
      const { creates } = await call({ maxCreates: 2 }).finally(() => times.push(clock.asked));
      for (const { method } of sent) if (method === "POST") last++;
      equal([creates, last], [2, 2]);
      const second = methods(sent).indexOf("create", 2);
      holds(count(sent.slice(2, second), "ask") >= 2, methods(sent).join());
    },
  );
}

settling("is pending where nobody knows, and says what it sent", [nothing, lost], async (call, sent) => {
  const { orderHash, error, ...told } = await call();
  equal([told, count(sent, "create")], [{ status: "pending", creates: 1 }, 1]);
  equal([error.code, error.outcome], ["network_error", "unknown"]);
  holds(HASH.test(orderHash), orderHash);
});

settling("is pending with what is known", [nothing, accepted], async (call) => {
  const { status, known, documentId } = await call();
  equal([status, known, documentId], ["pending", "accepted", DOCUMENT.documentId]);
});

settling("sends three times at most, always under one id", [nothing, lost, nothing], async (call, sent) => {
  const answers = await call({ deadlineMs: 60_000, idempotencyKey: "k" });
  equal(
    [answers.status, answers.known, answers.creates, count(sent, "create")],
    ["pending", "nothing", 3, 3],
  );
});

test("settle sends three times at most, always under one id and with a key of its own each time", () =>
  withFastTimers(async (clock) => {
    const sent = [];
    const fetch = async (request) => {
      if (request.method === "GET") return nothing();
      sent.push([JSON.parse(await request.text()).orderId, request.headers.get("idempotency-key")]);
      return lost();
    };
    const client = ENTRIES.tiyin({ baseUrl: BANK_URL, fetch, now: clock.now });
    const { status, known, creates } = await client.settle(SETTLED_ORDER, { ...SOON, deadlineMs: 30_000 });
    equal([status, known, creates], ["pending", "nothing", 3]);
    equal(
      sent.map(([id]) => id),
      [ORDER_ID, ORDER_ID, ORDER_ID],
    );
    equal(new Set(sent.map(([, key]) => key)).size, 3, "keys");
    sent.length = 0;
    await client.settle(SETTLED_ORDER, { ...SOON, deadlineMs: 30_000, idempotencyKey: "mine" });
    equal(new Set(sent.map(([, key]) => key)), new Set(["mine"]));
  }));

settling(
  "rejects with a refusal that the bank agrees with",
  [nothing, () => failed(1013), nothing],
  async (call, sent) => {
    const error = await rejected(() => call(), "provider_error");
    equal([error.outcome, error.nextAction, error.providerCode], ["rejected", "fix_input", "1013"]);
    equal(methods(sent), ["ask", "create", "ask"]);
  },
);

settles("believes no refusal of what is there", [nothing, () => failed(1013), accepted, settled], {
  ...SETTLED,
  creates: 1,
});

settling(
  "is pending where nobody agrees with a refusal",
  [nothing, () => failed(1013), lost],
  async (call, sent) => {
    const { status, known, error } = await call();
    equal([status, known, error.outcome, count(sent, "create")], ["pending", undefined, "unknown", 1]);
    equal([error.nextAction, error.providerCode], ["query_status", "1013"]);
  },
);

settling("never sends again what the bank has had", [nothing, accepted, nothing], async (call, sent) => {
  const { status, known } = await call({ deadlineMs: 6000 });
  equal([status, known, count(sent, "create")], ["pending", "accepted", 1]);
});

settling("takes a word that is not documented for neither", [nothing, stateOf("Отложен")], async (call) => {
  const { status, known, creates } = await call();
  equal([status, known, creates], ["pending", undefined, 1]);
});

settling("ends where it cannot even ask", [() => failed(1004)], async (call, sent) => {
  const error = await rejected(() => call(), "provider_error");
  equal([error.outcome, error.nextAction, error.providerCode], ["not_executed", "ask_provider", "1004"]);
  equal(methods(sent), ["ask"]);
});

test("settle says unknown where it cannot ask for what may have been sent", async () => {
  const hash = (await new page.BankTransfers({ baseUrl: BANK_URL, fetch: settled }).settle(SETTLED_ORDER))
    .orderHash;
  const client = new page.BankTransfers({ baseUrl: BANK_URL, fetch: () => failed(1004) });
  const error = await rejected(() => client.settle(SETTLED_ORDER, { orderHash: hash }), "provider_error");
  equal(error.outcome, "unknown");
  const wrong = await rejected(
    () => client.settle(SETTLED_ORDER, { orderHash: hash, maxCreates: 11 }),
    "out_of_range",
  );
  equal([wrong.outcome, wrong.field], ["unknown", "maxCreates"]);
});

settling("goes on with a hash, and does not count the first word yet", [nothing], async (call, sent) => {
  const { orderHash } = await call({ maxCreates: 0 });
  sent.length = 0;
  const again = await call({ orderHash: orderHash.toUpperCase() });
  const first = methods(sent).indexOf("create");
  holds(count(sent.slice(0, first), "ask") >= 2, methods(sent).join());
  equal([again.orderHash, again.creates > 0], [orderHash, true]);
});

settling("refuses another order under the id of a hash", [settled], async (call, sent) => {
  const { orderHash } = await call();
  sent.length = 0;
  const other = { ...SETTLED_ORDER, amount: { minor: 500_001, currency: "UZS" } };
  const error = await rejected(() => call({ orderHash }, other), "order_mismatch", "orderHash");
  equal([error.outcome, error.nextAction, sent.length], ["not_executed", "fix_input", 0]);
});

/** The hash as `docs/bank-transfers.md` describes it. */
async function describedHash(order) {
  const { payee, card } = order;
  const values = ["tiyin-order-1", order.kind, order.orderId, order.serviceId];
  values.push(String(order.amount.minor), String(order.commission.minor), order.purpose, order.purposeCode);
  values.push(payee.name, payee.bankCode, payee.account, payee.taxpayerId, card?.network, card?.rrn);
  const utf8 = new TextEncoder();
  const canonical = values.map((value = "") => `${utf8.encode(value).length}:${value},`).join("");
  const digest = await globalThis.crypto.subtle.digest("SHA-256", utf8.encode(canonical));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

each(
  "an order's hash is had before anything is sent, without its card",
  [
    [SETTLED_ORDER],
    [{ ...SETTLED_ORDER, purpose: "ʻ😀", payee: { ...ORDER.payee, taxpayerId: "207099143" } }],
    [{ ...SETTLED_ORDER, card: { network: "HUMO", pan: "9860531554896678", rrn: "016351273642" } }],
    [{ kind: "budget", ...BUDGET_ORDER }],
  ],
  async (order) => {
    const hash = await describedHash(order);
    for (const { BankTransfers, transferOrderHash } of [page, server]) {
      equal(transferOrderHash(order), hash);
      if (BankTransfers === server.BankTransfers) continue;
      const client = new BankTransfers({ baseUrl: BANK_URL, fetch: scripted(settled).fetch });
      equal((await client.settle(order, { orderHash: hash })).orderHash, hash, "the one that settle tells");
    }
    const { card } = order;
    if (card)
      equal(page.transferOrderHash({ ...order, card: { ...card, pan: "8600 3304 1068 9500" } }), hash);
  },
);

each(
  "no hash is made of what cannot be sent",
  [
    [ORDER, "missing_field", "kind"],
    [{ ...SETTLED_ORDER, amount: { minor: 0, currency: "UZS" } }, "amount_not_positive", "amount"],
    [{ ...SETTLED_ORDER, purpose: "a\nb" }, "unprintable_text", "purpose"],
    [{ ...SETTLED_ORDER, serviceType: "working_with_card" }, "missing_field", "card"],
    [{ ...SETTLED_ORDER, more: 1 }, "unknown_field", "more"],
  ],
  (order, code, field) => refused(() => page.transferOrderHash(order), code, field),
);

settling("remembers what it sent and knows nothing about", [nothing, lost, nothing], async (call, sent) => {
  equal((await call({ deadlineMs: 300 })).creates, 1);
  sent.length = 0;
  const other = { ...SETTLED_ORDER, amount: { minor: 500_001, currency: "UZS" } };
  await rejected(() => call({}, other), "order_mismatch", "orderHash");
  await call();
  const second = methods(sent).indexOf("create");
  holds(count(sent.slice(0, second), "ask") >= 2, methods(sent).join());
});

settling(
  "ends where it is aborted, and says what may have happened",
  [nothing, lost, nothing],
  async (call, sent, clock) => {
    clock.isHeld = true;
    const controller = new AbortController();
    const settling = rejected(() => call({ signal: controller.signal, deadlineMs: 80_000 }), "aborted");
    while (sent.length < 3) await clock.wait(1);
    controller.abort();
    clock.isHeld = false;
    const error = await settling;
    equal([error.outcome, error.nextAction, error.provider], ["unknown", "query_status", "bank"]);
    equal([error.cause?.code, error.cause?.outcome], ["network_error", "unknown"]);
  },
);

settling("sends nothing where it is aborted before", [nothing], async (call, sent) => {
  const error = await rejected(() => call({ signal: AbortSignal.abort() }), "aborted");
  equal([error.outcome, error.nextAction, sent.length], ["not_executed", "retry_later", 0]);
});

settling("settles an order to a budget", [nothing, settled], async (call, sent) => {
  const { status } = await call({}, { kind: "budget", ...BUDGET_ORDER });
  equal([status, sent[1].url], ["settled", `${BANK_URL}api/v2/paymentBudget`]);
});

each(
  "settle refuses what it could not send, before it asks",
  [
    [{ ...ORDER }, {}, "missing_field", "kind"],
    [{ kind: "card", ...ORDER }, {}, "not_an_option", "kind"],
    [{ kind: "budget", ...ORDER }, {}, "unknown_field", "payee.name"],
    [{ kind: "requisites", ...ORDER, purposeCode: "09510" }, {}, "unknown_field", "purposeCode"],
    [{ ...SETTLED_ORDER, purpose: "a\n" }, {}, "unprintable_text", "purpose"],
    [SETTLED_ORDER, { pollEvery: 5 }, "unknown_field", "pollEvery"],
    [SETTLED_ORDER, { quietMs: "5" }, "invalid_type", "quietMs"],
    [SETTLED_ORDER, { maxCreates: -1 }, "out_of_range", "maxCreates"],
    [SETTLED_ORDER, { deadlineMs: 0 }, "out_of_range", "deadlineMs"],
    [SETTLED_ORDER, { idempotencyKey: "a\n" }, "invalid_header", "idempotencyKey"],
    [undefined, {}, "missing_field", "order"],
  ],
  async (order, options, code, field) => {
    for (const clientWith of Object.values(ENTRIES)) {
      const { fetch, sent } = scripted(settled);
      const client = clientWith({ baseUrl: BANK_URL, fetch });
      const error = await rejected(() => client.settle(order, options), code, field);
      equal([error.outcome, error.nextAction, sent.length], ["not_executed", "fix_input", 0]);
    }
  },
);

test("settle sends what it was given, whatever changes meanwhile", () =>
  withFastTimers(async (clock) => {
    const order = structuredClone(SETTLED_ORDER);
    const { fetch, sent } = scripted(() => {
      order.amount.minor = 1;
      order.payee.account = "00000000000000000000";
      return nothing();
    }, settled);
    await ENTRIES.tiyin({ baseUrl: BANK_URL, fetch, now: clock.now }).settle(order, SOON);
    const { amount, receiverAccount } = JSON.parse(sent[1].body);
    equal([amount, receiverAccount], ["500000", ORDER.payee.account]);
  }));

each(
  "settle pays once in the sandbox, whatever the network does",
  [
    "drop_before",
    "drop_after",
    "execute_late",
    "server_error",
    "server_error_after",
    "broken_json",
    "html",
    "empty",
  ].flatMap((kind) => [
    [kind, "bank/payment"],
    [kind, "bank/payment_status"],
  ]),
  (kind, route) =>
    withFastTimers(async (clock) => {
      const sandbox = createSandbox({ now: clock.now, faults: { rules: [{ kind, route, ms: 300 }] } });
      const client = ENTRIES["tiyin/server"]({
        baseUrl: "https://bank.example/bank",
        fetch: (request) => sandbox.fetch(request),
        now: clock.now,
      });
      const told = await client.settle(SETTLED_ORDER, { ...SOON, quietMs: 1000, deadlineMs: 30_000 });
      const paid = sandbox
        .ledger()
        .filter(({ provider, kind: row }) => provider === "bank" && row === "transfer");
      equal([told.status, paid.length], ["settled", 1]);
    }),
);
