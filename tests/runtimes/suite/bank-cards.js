// A card's number is in the body of an order and nowhere else, whoever repeats it and in whatever form.

import * as page from "tiyin";
import { createSandbox } from "tiyin/sandbox";
import * as server from "tiyin/server";
import { BANK_URL, BUDGET_ORDER, CREDENTIALS, nothing, ORDER, SETTLED_ORDER, settled } from "./bank.js";
import { formOf, SPELLINGS, stringsOf } from "./canaries.js";
import { withFastTimers } from "./clock.js";
import { each, equal, fail, failureOf, holds, test } from "./harness.js";
import { answer } from "./paylov.js";

const ENTRIES = {
  tiyin: (config) => new page.BankTransfers(config),
  "tiyin/server": (config) => new server.BankTransfers({ ...config, auth: CREDENTIALS }),
};
const NUMBERS = ["8600330410689500", "9860531554896678"];
const NOW = 1_790_000_000_000;
// Time for one question behind the order, and for no wait.
const SHORT = { pollEveryMs: 1000, deadlineMs: 1000 };
const SOON = { pollEveryMs: 100, quietMs: 200, deadlineMs: 1500, timeoutMs: 300 };
const CONSOLE = ["log", "info", "warn", "error", "debug", "trace", "dir"];

const cardOf = (pan) => ({ network: "UZCARD", pan, rrn: "016351273642" });
const withCard = (order, pan) => ({ ...order, card: cardOf(pan) });

const CALLS = {
  createPayment: (client, pan, options) => client.createPayment(withCard(ORDER, pan), options),
  createBudgetPayment: (client, pan, options) =>
    client.createBudgetPayment(withCard(BUDGET_ORDER, pan), options),
  settle: (client, pan, options) => client.settle(withCard(SETTLED_ORDER, pan), { ...SHORT, ...options }),
};

each(
  "a card's number is found in every spelling, and not where it is not",
  Object.entries(SPELLINGS),
  (spelling, spelled) => {
    for (const number of [...NUMBERS, "8600330410689500123"]) {
      const text = `ab ${spelled(number)} 12.05.2023 998901234567`;
      holds(formOf(text, number) !== undefined, `${text} has ${number} ${spelling}`);
      for (const other of NUMBERS.filter((other) => !number.startsWith(other)))
        equal(formOf(text, other), undefined, other);
      const error = Object.assign(new Error("no"), { cause: { sent: [text] } });
      holds(
        stringsOf(error).some((shown) => formOf(shown, number)),
        "members of members are looked at",
      );
    }
  },
);

test("what is printed for developers is found", async () => {
  const printed = await printedBy(async () => console.log("no", { pan: [NUMBERS[0]] }));
  holds(
    printed.some((text) => formOf(text, NUMBERS[0])),
    printed.join(),
  );
});

/** What is printed while `body` runs. */
async function printedBy(body) {
  const printed = [];
  const own = CONSOLE.map((name) => [name, console[name]]);
  for (const [name] of own)
    console[name] = (...given) => printed.push(...given.flatMap((value) => stringsOf(value)));
  try {
    await body();
  } finally {
    for (const [name, value] of own) console[name] = value;
  }
  return printed;
}

/**
 * Calls everything with each number at once, where `respond` gets the request and what repeats the number, and looks at all that
 * comes of it.
 */
async function everyCall(respond, { calls = CALLS, optionsFor = () => ({}) } = {}) {
  const failures = new Set();
  let sends = 0;
  const one = async (number, [spelling, spelled], [entry, clientWith], [name, call]) => {
    const options = optionsFor();
    const fetch = async (request) => {
      if (request.method === "GET") return nothing();
      sends += 1;
      const sent = await request.clone().text();
      return respond({ number, spelled: spelled(number), sent, options });
    };
    const client = clientWith({ baseUrl: BANK_URL, fetch, now: () => NOW });
    const came = await call(client, number, options).catch((error) => error);
    if (!(came instanceof page.TiyinError) && came.status !== "pending") failures.add(`${name} succeeds`);
    for (const text of stringsOf(came)) {
      const form = formOf(text, number);
      if (form) failures.add(`${name} by ${entry}, ${spelling}: ${form} in ${text}`);
    }
  };
  const all = NUMBERS.flatMap((number) =>
    Object.entries(SPELLINGS).flatMap((spelling) =>
      Object.entries(ENTRIES).flatMap((entry) =>
        Object.entries(calls).map((call) => () => one(number, spelling, entry, call)),
      ),
    ),
  );
  const printed = await printedBy(() => Promise.all(all.map((call) => call())));
  for (const text of printed)
    for (const number of NUMBERS) if (formOf(text, number)) failures.add(`printed: ${text}`);
  if (failures.size > 0) fail([...failures].slice(0, 8).join("\n"));
  equal(sends, all.length, "orders that are sent");
}

const thrown = (members, message) => {
  throw Object.assign(new TypeError(message), members);
};

for (const [what, respond] of Object.entries({
  "a refusal's message": ({ spelled }) =>
    answer({ status: "error", code: 1013, message: `Карта ${spelled} не найдена`, data: null }),
  "a refusal's message, as all of it": ({ spelled }) =>
    answer({ status: "error", code: 1013, message: spelled, data: null }),
  "the message of an unknown failure": ({ spelled }) =>
    answer({ status: "error", code: 1111, message: `card=${spelled}`, data: null }),
  "a code": ({ spelled }) => answer({ status: "error", code: spelled, message: "no", data: null }),
  "a code that is a number": ({ number }) =>
    new Response(`{"status":"error","code":${number},"message":"no"}`),
  "escapes of JSON": ({ spelled }) => {
    const escaped = Array.from(spelled, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
    return new Response(`{"status":"error","code":1013,"message":"${escaped.join("")}"}`);
  },
  "the whole request, as text": ({ sent }) => answer({ status: "error", code: 1013, message: sent }),
  "the whole request, in base64": ({ sent }) =>
    answer({
      status: "error",
      code: 1013,
      message: btoa(String.fromCharCode(...new TextEncoder().encode(sent))),
    }),
  "a broken body": ({ spelled, sent }) => new Response(`{"status":"error","message":"${spelled} ${sent}`),
  "a page of HTML": ({ spelled, sent }) =>
    new Response(`<h1>${spelled} ${sent}</h1>`, { status: 500, statusText: "no" }),
  "members that nobody expects": ({ spelled }) => answer({ [spelled]: spelled, status: "success", data: {} }),
  "an answer that contradicts itself": ({ spelled }) =>
    answer({ status: "success", code: spelled, message: spelled, data: { payment_status: spelled } }),
  "a header that asks to wait": ({ spelled }) =>
    new Response(spelled, { status: 429, headers: { "retry-after": encodeURIComponent(spelled) } }),
  "what a proxy says": ({ spelled }) =>
    answer({ error: { source: "proxy", code: spelled, message: `no ${spelled}`, requestId: spelled } }, 403),
  "what a proxy says, in words": ({ spelled }) =>
    answer({ error: { source: "proxy", code: "closed", message: spelled, requestId: `r${spelled}` } }, 403),
  "what fetch throws": ({ spelled, sent }) => thrown({ sent, spelled, code: spelled }, `${spelled} ${sent}`),
  "what fetch throws, in its name": ({ spelled }) => thrown({ name: spelled }, spelled),
  "what fetch throws, in its causes": ({ spelled, sent }) =>
    thrown(
      { cause: Object.assign(new Error(sent), { code: `E${spelled}`, cause: { name: spelled } }) },
      "no",
    ),
  "text that fetch throws": ({ sent }) => Promise.reject(sent),
  "a body that breaks off": ({ spelled, sent }) => {
    const reader = {
      read: () => Promise.reject(Object.assign(new Error(sent), { code: spelled })),
      cancel() {},
    };
    return { status: 200, headers: new Headers(), body: { getReader: () => reader } };
  },
  "something else than an answer": ({ spelled }) => ({ status: spelled, headers: { get: () => spelled } }),
})) {
  test(`a card's number in ${what} is shown nowhere`, () => everyCall(respond));
}

test("a card's number in an aborted call's reason is shown nowhere", () =>
  everyCall(
    ({ spelled, sent, options }) => {
      options.controller.abort(Object.assign(new Error(`${spelled} ${sent}`), { code: spelled }));
      return new Promise(() => {});
    },
    {
      optionsFor() {
        const controller = new AbortController();
        return { signal: controller.signal, controller };
      },
      calls: Object.fromEntries(
        Object.entries(CALLS).map(([name, call]) => [
          name,
          (client, pan, { signal }) => call(client, pan, { signal }),
        ]),
      ),
    },
  ));

test("a card's number stays out of what nobody knows the end of", () =>
  everyCall(({ spelled }) => answer({ status: "error", code: 2222, message: spelled, data: null }), {
    calls: { settle: CALLS.settle },
  }));

const [PAN] = NUMBERS;

each(
  "an order that is refused does not show its card's number",
  [
    ...["8600-3304-1068-9500", "8600330410689500123", "8600330410689", `${PAN}x`, ` ${PAN}5`, `${PAN}\n`].map(
      (pan) => [{ card: cardOf(pan) }, pan.replace(/\D/g, "")],
    ),
    [{ card: cardOf(Number(PAN)) }, PAN],
    [{ card: cardOf(BigInt(PAN)) }, PAN],
    [{ card: { ...cardOf(PAN), [PAN]: "" } }, PAN],
    [{ card: { ...cardOf(PAN), "8600 3304 1068 9500": "" } }, PAN],
    [{ card: { ...cardOf(PAN), network: PAN } }, PAN],
    [{ card: { ...cardOf(PAN), rrn: `${PAN}\n` } }, PAN],
    [{ card: PAN }, PAN],
    [{ card: [PAN] }, PAN],
    [{ card: cardOf(PAN), [PAN]: PAN }, PAN],
    [{ card: cardOf(PAN), orderId: `${PAN} ` }, PAN],
    [{ card: cardOf(PAN), purpose: `${PAN}\n` }, PAN],
    [{ card: cardOf(PAN), serviceId: `${PAN}x` }, PAN],
    [{ card: cardOf(PAN), serviceType: PAN }, PAN],
    [{ card: cardOf(PAN), amount: { minor: Number(`${PAN}9`), currency: "UZS" } }, PAN],
    [{ card: cardOf(PAN), amount: { minor: 1, currency: PAN } }, PAN],
    [{ card: cardOf(PAN), payee: { ...ORDER.payee, account: PAN } }, PAN],
    [{ card: cardOf(PAN), payee: { ...ORDER.payee, bankCode: PAN } }, PAN],
    [{ card: cardOf(PAN), payee: { ...ORDER.payee, [PAN]: PAN } }, PAN],
    [
      {
        get card() {
          throw Object.assign(new Error(PAN), { code: PAN });
        },
      },
      PAN,
    ],
  ],
  async (changes, number) => {
    for (const clientWith of Object.values(ENTRIES)) {
      const client = clientWith({ baseUrl: BANK_URL, fetch: settled });
      const orderOf = (order) =>
        Object.defineProperties({ ...order }, Object.getOwnPropertyDescriptors(changes));
      for (const call of [
        () => client.createPayment(orderOf(ORDER)),
        () => client.createBudgetPayment(orderOf({ ...BUDGET_ORDER, purposeCode: PAN })),
        () => client.settle(orderOf(SETTLED_ORDER)),
        () => client.createPayment(orderOf(ORDER), { idempotencyKey: `${PAN}\n`, [PAN]: PAN }),
      ]) {
        const error = await failureOf(call);
        for (const text of stringsOf(error)) equal(formOf(text, number), undefined, text);
      }
    }
  },
);

each(
  "the sandbox keeps nothing of a card's number",
  NUMBERS.map((number) => [number]),
  (number) =>
    withFastTimers(async (clock) => {
      const shown = [];
      const sandbox = createSandbox({ now: clock.now, faults: { random: { percent: 40, ms: 100 } } });
      const fetch = async (request) => {
        const response = await sandbox.fetch(request);
        shown.push(await response.clone().text(), ...Array.from(response.headers).flat());
        return response;
      };
      const client = ENTRIES["tiyin/server"]({ baseUrl: "https://bank.example/bank", fetch, now: clock.now });
      const order = withCard({ ...SETTLED_ORDER, serviceId: "34" }, number);
      const cases = [
        order,
        { ...order, orderId: "2", serviceId: "0" },
        { ...order, orderId: "3", purpose: number },
      ];
      for (const one of cases)
        shown.push(...stringsOf(await client.settle(one, SOON).catch((error) => error)));
      const query = { serviceId: "34", direction: "all", from: "2000-01-01", to: "2099-01-01" };
      sandbox.setFaults({});
      shown.push(
        ...stringsOf(sandbox.ledger()),
        ...stringsOf(sandbox.cards()),
        ...stringsOf(sandbox.strikes()),
      );
      // An order's purpose is not its card, and a statement has it.
      for (const text of shown) equal(formOf(text, number), undefined, text);
      equal((await client.listStatement(query)).length > 0, true, "an order was paid");
    }),
);
