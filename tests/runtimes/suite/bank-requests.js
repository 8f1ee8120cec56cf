// What the bank's clients send, held against the document's own examples, what they make of the answers, and their statements.

import * as page from "tiyin";
import * as server from "tiyin/server";
import {
  accepted,
  BANK_URL,
  BUDGET_ORDER,
  bankAnswerOf,
  CREDENTIALS,
  failed,
  ORDER,
  ok,
  QUERY,
  ROW,
  settled,
  wireRow,
} from "./bank.js";
import { withFastTimers } from "./clock.js";
import { bankExamples } from "./data.js";
import { each, equal, fail, holds, refused, rejected, test } from "./harness.js";
import { answer, scripted } from "./paylov.js";

const CLIENTS = {
  "tiyin/server": {
    clientWith: (config) => new server.BankTransfers({ ...config, auth: CREDENTIALS }),
    credential: { authorization: "Basic Z3JheTpwQHNzdzByZA==" },
  },
  tiyin: { clientWith: (config) => new page.BankTransfers(config), credential: {} },
};
const READS = ["listServices", "getPayment", "getBalance", "listStatement"];
const FRESH_KEY = /^[0-9A-F]{32}$/;

// What the examples' inputs are as arguments.
const ARGUMENTS = { getPayment: ({ orderId }) => [orderId], getBalance: ({ serviceId }) => [serviceId] };
const argumentsOf = (endpoint, input) => ARGUMENTS[endpoint]?.(input) ?? [input].filter(Boolean);

function clientOf(entry, answers, config = {}) {
  const { fetch, sent } = scripted(...answers);
  return { client: CLIENTS[entry].clientWith({ baseUrl: BANK_URL, fetch, retry: 0, ...config }), sent };
}

for (const entry of Object.keys(CLIENTS)) {
  each(
    `${entry} sends the requests of the bank's document, and reads its answers`,
    bankExamples.map((example) => [`${example.endpoint}, ${example.name}`, example]),
    async (_, { endpoint, input, request, answer: text, decoded }) => {
      const { client, sent } = clientOf(entry, [() => new Response(text)]);
      equal(await client[endpoint](...argumentsOf(endpoint, input)), decoded);
      const [{ method, url, headers, body }] = sent;
      equal([sent.length, method, url, body], [1, request.method, BANK_URL + request.path, request.body]);
      const { authorization: _authorization, ...plain } = request.headers;
      const key = headers["idempotency-key"];
      if (entry !== "tiyin" || READS.includes(endpoint)) equal(key, undefined, "the key of the call");
      else holds(FRESH_KEY.test(key), `${key} is a key`);
      delete headers["idempotency-key"];
      equal(headers, { ...plain, ...CLIENTS[entry].credential });
    },
  );
}

test("the bank's document has an example of each method", () => {
  const endpoints = bankExamples.map(({ endpoint }) => endpoint);
  equal(endpoints.sort(), ["createBudgetPayment", "createPayment", ...READS].sort());
});

const UNKNOWN = ["unknown", "query_status"];
const UNCERTAIN = ["unexpected_answer", "provider_error", "server_error", "network_error"];

each(
  "an order's failure says whether it was refused",
  [
    [1013, "rejected", "fix_input"],
    [1014, "rejected", "fix_input"],
    [1015, "rejected", "fix_input"],
    [1016, "rejected", "fix_input"],
    [1017, "rejected", "fix_input"],
    [3333, "rejected", "retry_later"],
    ...[1111, 2222, 1008, 1001, 1002, 1004, 1009, 7].map((code) => [code, ...UNKNOWN]),
  ],
  async (code, outcome, nextAction) => {
    for (const [method, order] of [
      ["createPayment", ORDER],
      ["createBudgetPayment", BUDGET_ORDER],
    ]) {
      const { client, sent } = clientOf("tiyin/server", [() => failed(code)]);
      const error = await rejected(() => client[method](order), "provider_error");
      equal([error.provider, error.providerCode, error.httpStatus], ["bank", String(code), 200]);
      equal([error.outcome, error.nextAction, sent.length], [outcome, nextAction, 1]);
    }
  },
);

each(
  "what is not a plain answer of the bank's leaves an order unknown",
  [
    [() => ok({ doc_id: "1" })],
    [() => ok({})],
    [() => answer({ status: "success", code: 7, data: { payment_status: "Введен" } })],
    [() => answer({ status: "error", code: 1013, data: { payment_status: "Введен" } })],
    [() => answer({ status: "error", code: 1013, message: "…" }, 503)],
    [() => answer({ data: { payment_status: "Проведен" } })],
    [() => answer({ status: "success", data: { payment_status: "Проведен" }, error: { source: "proxy" } })],
    [() => new Response("<h1>502</h1>", { status: 502 })],
    [() => Promise.reject(new TypeError("lost"))],
  ],
  async (made) => {
    for (const entry of Object.keys(CLIENTS)) {
      const { client, sent } = clientOf(entry, [made], { retry: 5 });
      const error = await rejected(() => client.createPayment(ORDER), UNCERTAIN);
      equal([error.outcome, error.nextAction, sent.length], [...UNKNOWN, 1]);
    }
  },
);

each(
  "an order that the bank would refuse or misread is not sent",
  [
    [{ amount: { minor: 0, currency: "UZS" } }, "amount_not_positive", "amount"],
    [{ amount: { minor: 5, currency: "USD" } }, "currency_mismatch", "amount"],
    [{ commission: { minor: -1, currency: "UZS" } }, "out_of_range", "commission"],
    [{ orderId: "a/b" }, "invalid_id", "orderId"],
    [{ orderId: "a b" }, "invalid_id", "orderId"],
    [{ purpose: "a\u200bb" }, "unprintable_text", "purpose"],
    [{ purpose: " " }, "empty_text", "purpose"],
    [{ serviceId: "02" }, "not_an_integer", "serviceId"],
    [{ serviceId: 2 }, "invalid_type", "serviceId"],
    [{ purposeCode: "09510" }, "unknown_field", "purposeCode"],
    [{ kind: "budget" }, "not_an_option", "kind"],
    [{ payee: { ...ORDER.payee, account: "1" } }, "invalid_digits", "payee.account"],
    [{ payee: { ...ORDER.payee, bankCode: "1091" } }, "invalid_digits", "payee.bankCode"],
    [{ payee: { ...ORDER.payee, taxpayerId: "12345" } }, "invalid_digits", "payee.taxpayerId"],
    [{ payee: { ...ORDER.payee, inn: "1" } }, "unknown_field", "payee.inn"],
    [{ payee: { account: ORDER.payee.account } }, "missing_field", "payee.name"],
    [{ serviceType: "working_with_card" }, "missing_field", "card"],
    [{ serviceType: "cards" }, "not_an_option", "serviceType"],
    [{ card: { network: "VISA", pan: "9860531554896678", rrn: "1" } }, "not_an_option", "card.network"],
    [{ card: { network: "HUMO", pan: "986053155489667", rrn: "1" } }, "invalid_digits", "card.pan"],
    [{ card: { network: "HUMO", pan: "9860531554896678" } }, "missing_field", "card.rrn"],
  ],
  async (changes, code, field) => {
    const { client, sent } = clientOf("tiyin", [settled]);
    const error = await rejected(() => client.createPayment({ ...ORDER, ...changes }), code, field);
    equal([error.outcome, error.nextAction, sent.length], ["not_executed", "fix_input", 0]);
    holds(!JSON.stringify(error).includes("986053"), "a card's number is not repeated");
  },
);

each(
  "a budget's order needs the members of its own, and has none of the other's",
  [
    [{ purposeCode: undefined }, "missing_field", "purposeCode"],
    [{ purposeCode: "0951" }, "invalid_digits", "purposeCode"],
    [{ payee: { account: BUDGET_ORDER.payee.account } }, "missing_field", "payee.taxpayerId"],
    [{ payee: { ...BUDGET_ORDER.payee, name: "x" } }, "unknown_field", "payee.name"],
    [{ payee: { ...BUDGET_ORDER.payee, bankCode: "00401" } }, "unknown_field", "payee.bankCode"],
    [
      { payee: { ...BUDGET_ORDER.payee, account: "29801000990248844444" } },
      "invalid_digits",
      "payee.account",
    ],
  ],
  async (changes, code, field) => {
    const { client, sent } = clientOf("tiyin", [settled]);
    await rejected(() => client.createBudgetPayment({ ...BUDGET_ORDER, ...changes }), code, field);
    equal(sent, []);
  },
);

test("a card's number crosses with spaces, and stands in nothing but the request", async () => {
  const card = { network: "HUMO", pan: "9860 5315 5489 6678", rrn: "016351273642" };
  const echo = (request) =>
    request.text().then((text) => answer({ status: "error", code: 1013, message: text }));
  const { client, sent } = clientOf("tiyin/server", [echo]);
  const error = await rejected(() => client.createPayment({ ...ORDER, card }), "provider_error");
  const body = JSON.parse(sent[0].body);
  equal([body.cardNumber, body.cardType, body.refNumber], ["9860531554896678", "HUMO", "016351273642"]);
  holds(!JSON.stringify(error).includes("986053"), JSON.stringify(error));
});

test("the bank's credentials stand in no error, however the bank repeats them", async () => {
  const told = (request) => {
    const [, encoded] = request.headers.get("authorization").split(" ");
    return answer({ status: "error", code: 1004, message: `Basic ${encoded}: ${atob(encoded)}` });
  };
  const { client } = clientOf("tiyin/server", [told]);
  const error = await rejected(() => client.listServices(), "provider_error");
  const shown = JSON.stringify(error);
  for (const secret of ["Z3JheTpwQHNzdzByZA==", CREDENTIALS.password]) holds(!shown.includes(secret), shown);
  holds(shown.includes("Basic ****: gray:****"), shown);
});

each(
  "a client of the bank's is made with what it needs",
  [
    [page, { auth: CREDENTIALS }, "credential_not_allowed", "auth"],
    [page, { listPaidPath: "a" }, "unknown_field", "listPaidPath"],
    [server, {}, "missing_field", "auth"],
    [server, { auth: { apiKey: "key" } }, "unknown_field", "auth.apiKey"],
    [server, { auth: { username: "gray" } }, "missing_field", "auth.password"],
    [server, { auth: { username: "a:b", password: "x" } }, "invalid_header", "auth.username"],
    [server, { auth: { username: "a", password: "x\n" } }, "invalid_header", "auth.password"],
    [
      server,
      { auth: CREDENTIALS, headers: { Authorization: "x" } },
      "credential_not_allowed",
      "headers.Authorization",
    ],
  ],
  (entry, config, code, field) =>
    refused(() => new entry.BankTransfers({ baseUrl: BANK_URL, ...config }), code, field),
);

const bodies = (sent) => sent.map(({ body }) => JSON.parse(body).lastId);

test("a statement comes page by page, each row once, from the smallest id to the largest", async () => {
  const pages = [[7, 3, 5, 3], [7, 9], [9, 8], []].map((ids) => () => ok(ids.map((id) => wireRow(id))));
  const { client, sent } = clientOf("tiyin", pages);
  const ids = [];
  for await (const { id } of client.statement(QUERY)) ids.push(id);
  equal(ids, [3, 5, 7, 9]);
  // A page with nothing new is the end: the next one would be the same.
  equal(bodies(sent), [0, 7, 9]);
});

test("a statement goes on from an id, and asks for nothing that is not read", async () => {
  const { client, sent } = clientOf("tiyin", [() => ok([wireRow(5), wireRow(6)]), () => ok([])]);
  equal(sent, [], "before it is read");
  const query = { ...QUERY, afterId: 5 };
  for await (const row of client.statement(query)) {
    equal(row.id, 6);
    break;
  }
  equal(bodies(sent), [5]);
  const rows = [];
  for await (const row of client.statement({ ...query, afterId: 6 })) rows.push(row);
  equal([rows, bodies(sent)], [[], [5, 6]]);
});

test("a statement that breaks off rejects, and what is read already stays", async () => {
  const { client } = clientOf("tiyin", [() => ok([wireRow(5)]), () => failed(1002)]);
  const rows = [];
  const error = await rejected(async () => {
    for await (const { id } of client.statement(QUERY)) rows.push(id);
  }, "provider_error");
  equal([rows, error.outcome, error.nextAction], [[5], undefined, "ask_provider"]);
});

test("a statement is asked for with what was given, whatever changes meanwhile", async () => {
  const { client, sent } = clientOf("tiyin", [() => ok([wireRow(5)]), () => ok([wireRow(6)]), () => ok([])]);
  const query = { ...QUERY };
  for await (const row of client.statement(query)) {
    query.serviceId = String(row.id);
    query.from = "nonsense";
  }
  equal(
    sent.map(({ body }) => JSON.parse(body).serviceId),
    [33, 33, 33],
  );
});

test("a row that cannot be read fails its page", async () => {
  for (const changes of [{ amount: "4,00" }, { amount: -1 }, { id: null }, { id: 0 }, { type: null }]) {
    const { client } = clientOf("tiyin", [() => ok([wireRow(5), wireRow(6, changes)])]);
    await rejected(() => client.listStatement(QUERY), "unexpected_answer");
    await rejected(() => client.statement(QUERY).next(), "unexpected_answer");
    await rejected(() => client.statementTotals(QUERY), "unexpected_answer");
  }
});

test("a page that fails for a moment is asked for again", async () =>
  withFastTimers(async (clock) => {
    const { client, sent } = clientOf(
      "tiyin",
      [() => ok([wireRow(5)]), () => failed(1111), () => failed(2222), () => ok([wireRow(6)]), () => ok([])],
      { now: clock.now, retry: 2 },
    );
    const ids = [];
    for await (const { id } of client.statement(QUERY)) ids.push(id);
    equal(
      [ids, bodies(sent)],
      [
        [5, 6],
        [0, 5, 5, 5, 6],
      ],
    );
  }));

test("rows of one id that differ are no page", async () => {
  const { client } = clientOf("tiyin", [() => ok([wireRow(5), wireRow(5, { amount: 1 })])]);
  await rejected(() => client.statement(QUERY).next(), "unexpected_answer");
  await rejected(() => client.statementTotals(QUERY), "unexpected_answer");
});

test("totals are of what has moved, over all pages", async () => {
  const { client, sent } = clientOf("tiyin", [
    () => ok([wireRow(1), wireRow(2, { type: "Приход", amount: "3" }), wireRow(3, { status: "Удален" })]),
    () => ok([wireRow(3, { status: "Удален" }), wireRow(4, { amount: 9_007_199_253_740_991 })]),
    () => ok([]),
  ]);
  const UZS = (minor) => ({ minor, currency: "UZS" });
  const expected = { credit: UZS(3), debit: UZS(9_007_199_254_240_991), rows: 4 };
  equal(await client.statementTotals(QUERY), expected);
  equal(bodies(sent), [0, 3, 4]);
});

test("a sum that would be wrong is none", async () => {
  for (const changes of [{ type: "Сторно" }, { status: "?" }, { amount: 9_007_199_254_740_991 }]) {
    const { client } = clientOf("tiyin", [() => ok([wireRow(1), wireRow(2, changes)]), () => ok([])]);
    await rejected(() => client.statementTotals(QUERY), "unexpected_answer");
  }
});

each(
  "a query of a statement is checked",
  [
    [{ from: "2023-02-29" }, "invalid_date", "from"],
    [{ to: "21.02.2023" }, "invalid_date", "to"],
    [{ from: "2023-02-22" }, "out_of_range", "from"],
    [{ direction: "in" }, "not_an_option", "direction"],
    [{ serviceId: "x" }, "not_an_integer", "serviceId"],
    [{ afterId: -1 }, "out_of_range", "afterId"],
    [{ afterID: 1 }, "unknown_field", "afterID"],
    [{ to: undefined }, "missing_field", "to"],
  ],
  async (changes, code, field) => {
    const { client, sent } = clientOf("tiyin", [settled]);
    const query = { ...QUERY, ...changes };
    for (const call of [
      () => client.listStatement(query),
      () => client.statement(query).next(),
      () => client.statementTotals(query),
    ]) {
      const error = await rejected(call, code, field);
      equal([error.outcome, error.nextAction], [undefined, "fix_input"]);
    }
    equal(sent, []);
  },
);

const { reconcile } = server;
const NOTHING = { matched: [], missing: [], extra: [], different: [], ambiguous: [] };

test("orders are found in a statement as they were sent", () => {
  const order = {
    kind: "requisites",
    ...ORDER,
    card: { network: "HUMO", pan: "9860531554896678", rrn: "1" },
  };
  equal(reconcile([ROW], [order]), { ...NOTHING, matched: [{ orderId: ORDER.orderId, rowId: 5 }] });
  equal(reconcile([ROW, { ...ROW }], [order]).matched.length, 1, "a row that repeats is one");
  const { purposeCode: _, ...budget } = { ...BUDGET_ORDER, orderId: "b" };
  equal(reconcile([], [order, budget]).missing, [ORDER.orderId, "b"]);
  equal(reconcile([ROW], []).extra, [5]);
  for (const changes of [{ status: "deleted" }, { status: "accepted" }, { direction: "credit" }])
    equal(reconcile([{ ...ROW, ...changes }], [order]), { ...NOTHING, missing: [ORDER.orderId] });
  for (const changes of [{ status: "other" }, { direction: "other" }])
    equal(reconcile([{ ...ROW, ...changes }], [order]), { ...NOTHING, missing: [ORDER.orderId], extra: [5] });
});

test("where orders and rows fit in more than one way nothing is guessed", () => {
  const orders = [ORDER, { ...ORDER, orderId: "2" }];
  equal(reconcile([ROW, { ...ROW, id: 6 }], orders), {
    ...NOTHING,
    ambiguous: [{ orderIds: [ORDER.orderId, "2"], rowIds: [5, 6] }],
  });
  const dated = [
    { ...ORDER, to: "2023-02-01" },
    { ...ORDER, orderId: "2", from: "2023-02-02" },
  ];
  const rows = [ROW, { ...ROW, id: 6, documentDate: "2023-02-03 00:00:01" }];
  equal(reconcile(rows, dated), {
    ...NOTHING,
    matched: [
      { orderId: ORDER.orderId, rowId: 5 },
      { orderId: "2", rowId: 6 },
    ],
  });
});

test("what is almost an order's row is told with what is different", () => {
  for (const [changes, field] of [
    [{ amount: { minor: 1, currency: "UZS" } }, "amount"],
    [{ purpose: "x" }, "purpose"],
    [{ from: "2023-02-02" }, "date"],
  ]) {
    const different = [{ orderId: ORDER.orderId, rowId: 5, field }];
    equal(reconcile([ROW], [{ ...ORDER, ...changes }]), { ...NOTHING, different });
  }
});

each(
  "what is no row and no order is refused by its place",
  [
    [[[{ ...ROW, id: "5" }], []], "invalid_type", "rows[0].id"],
    [[[ROW, { ...ROW, amount: 5 }], []], "invalid_type", "rows[1].amount"],
    [[[{ ...ROW, more: 1 }], []], "unknown_field", "rows[0].more"],
    [[[], [{ ...ORDER, from: "x" }]], "invalid_date", "orders[0].from"],
    [[[], [{ ...ORDER, payee: {} }]], "missing_field", "orders[0].payee.account"],
    [[[], [ORDER, { ...ORDER, orderId: undefined }]], "missing_field", "orders[1].orderId"],
    [[[], [{ ...ORDER, payee: { account: "" } }]], "empty_text", "orders[0].payee.account"],
    [[[], [ORDER, { ...ORDER, from: "2023-02-02", to: "2023-02-01" }]], "out_of_range", "orders[1].from"],
    [[[{ ...ROW, direction: undefined }], []], "missing_field", "rows[0].direction"],
    [[[{ ...ROW, direction: "out" }], []], "not_an_option", "rows[0].direction"],
    [[ROW, []], "invalid_type", "rows"],
    [[[]], "missing_field", "orders"],
  ],
  (given, code, field) => refused(() => reconcile(...given), code, field),
);

test("a hundred thousand rows are compared while somebody waits", () => {
  const rows = Array.from({ length: 100_000 }, (_, index) => ({
    ...ROW,
    id: index + 1,
    purpose: `x ${index}`,
  }));
  const orders = rows
    .slice(0, 1000)
    .map(({ purpose }, index) => ({ ...ORDER, orderId: `o${index}`, purpose }));
  const { matched, extra } = reconcile(rows, orders);
  equal([matched.length, extra.length], [1000, 99_000]);
  if (!matched.every(({ orderId, rowId }) => orderId === `o${rowId - 1}`)) fail("they are mixed up");
});

test("a method needs its client", async () => {
  const { listServices, settle, statement } = new page.BankTransfers({
    baseUrl: BANK_URL,
    fetch: bankAnswerOf,
  });
  const [first, second] = [
    await rejected(() => listServices(), "invalid_type", "this"),
    await rejected(() => settle.call({}, ORDER), "invalid_type", "this"),
  ];
  equal([first.outcome, second.outcome], [undefined, "not_executed"]);
  await rejected(() => statement.call(undefined, QUERY).next(), "invalid_type", "this");
});

test("an order that is accepted is not paid", async () => {
  const { client } = clientOf("tiyin", [accepted]);
  equal(await client.createPayment(ORDER), {
    status: "accepted",
    documentId: "1180_1841519885",
    raw: "Введен",
  });
});
