// The sandbox as a program has it: a `fetch` that can be lost, late or wrong, and a ledger that knows better.

import { createSandbox } from "tiyin/sandbox";
import { checkError, each, equal, fail, holds, isPlain, refused, test } from "./harness.js";

const ORIGIN = "https://sandbox.example/paylov/servicePayment/";
const CARD = "9f877739-2149-4831-88a4-d1857309c77c";
const UCELL = "3b03419c-2850-401f-b418-75d4c9b71b66";
const START = 1_790_000_000_000;
const AMOUNT = { minor: 500_000, currency: "UZS" };
const OPENING = 5_000_000_000;

const order = (members) => ({ service_id: UCELL, account: { phone: "901234567" }, amount: 5000, ...members });

function json(body, init) {
  const headers = { "content-type": "application/json" };
  return { method: "POST", headers, body: JSON.stringify(body), ...init };
}

async function resultOf(answer) {
  const response = await answer;
  const { result } = await response.json();
  if (response.status !== 200) fail(`the answer is ${response.status}`);
  return result;
}

/** A merchant whose clock stands still until it is told to go on. */
function merchant(options) {
  const clock = { now: START };
  const sandbox = createSandbox({ seed: 7, now: () => clock.now, ...options });
  const { fetch } = sandbox;
  const post = (method, body, init) => fetch(`${ORIGIN}${method}/`, json(body, init));
  const create = async (members) => (await resultOf(post("create", order(members)))).transactionId;
  const pay = (transactionId, init) => post("pay", { transactionId, cardId: CARD }, init);
  const status = async (id) =>
    (await resultOf(fetch(`${ORIGIN}transaction/status/?transactionId=${id}`))).status;
  return { ...sandbox, clock, post, create, pay, status };
}

const facing = (...rules) => merchant({ faults: { rules } });

/** What a promise is rejected with; to be kept is a failure. */
function rejection(promise) {
  return promise.then(
    (value) => fail(`expected a rejection, got ${value}`),
    (error) => error,
  );
}

test("a payment is created, paid, told of and found in the ledger", async () => {
  const { create, pay, status, ledger, clock } = merchant();
  const id = await create({ userId: "007" });
  equal(await status(id), "created");
  equal(ledger(), []);
  clock.now += 1000;
  const paid = await resultOf(pay(id));
  equal([paid.transactionId, paid.cardId, paid.payedAt], [id, CARD, "2026-09-21 19:13:21"]);
  equal(await status(id), "paid");
  const row = {
    at: START + 1000,
    provider: "paylov",
    kind: "payment",
    transactionId: id,
    cardId: CARD,
    amount: AMOUNT,
    balanceAfter: { minor: OPENING - AMOUNT.minor, currency: "UZS" },
    serviceId: UCELL,
    account: { phone: "901234567" },
    userId: "007",
  };
  equal(ledger(), [row]);
});

test("a code is sent and needed where a card is named", async () => {
  const { post, ledger } = merchant();
  const { transactionId, sms } = await resultOf(post("create", order({ cardId: CARD })));
  equal(sms, { otpSentPhone: "+99890*****67" });
  const wrong = await post("pay", { transactionId, cardId: CARD, otp: "000000" });
  equal([wrong.status, (await wrong.json()).error.code], [400, "invalid_otp"]);
  await resultOf(post("pay", { transactionId, cardId: CARD, otp: "111111" }));
  equal(ledger().length, 1);
});

test("a second pay charges twice", async () => {
  const { create, pay, ledger } = merchant();
  const id = await create();
  for (let times = 0; times < 2; times++) await resultOf(pay(id));
  equal(
    ledger().map((row) => row.balanceAfter.minor),
    [OPENING - AMOUNT.minor, OPENING - 2 * AMOUNT.minor],
  );
});

test("fetch takes what fetch takes, without `this` and whatever the host", async () => {
  const { fetch } = createSandbox();
  for (const input of [
    "http://127.0.0.1:8788/paylov/servicePayment/list/",
    new URL(`${ORIGIN}list/?available_for_me=true`),
    new Request(`${ORIGIN}list/`),
  ]) {
    const { services } = await resultOf(fetch(input));
    holds(services.length > 5, "services");
  }
  const created = await resultOf(fetch(new Request(`${ORIGIN}create/`, json(order()))));
  holds(typeof created.transactionId === "string", "a transaction");
  const overridden = await fetch(new Request(`${ORIGIN}create/`, json(order())), json({}));
  equal((await overridden.json()).error.code, "field_required");
});

test("what fetch refuses is refused as fetch does", async () => {
  const { fetch, ledger } = createSandbox();
  for (const given of [["http://"], [`${ORIGIN}list/`, { headers: { "api key": "x" } }]]) {
    holds((await rejection(fetch(...given))) instanceof TypeError, "a TypeError");
  }
  equal(ledger(), []);
});

test("what is not served is not found", async () => {
  const { fetch } = createSandbox();
  for (const path of ["", "bank", "bank/api/v2/nothing", "paysys", "paylov/servicePayment/list"]) {
    equal((await fetch(`https://sandbox.example/${path}`)).status, 404, path);
  }
  equal((await fetch(`${ORIGIN}pay/`)).status, 405);
});

test("a body crosses as the bytes it has", async () => {
  const { fetch } = createSandbox();
  const send = async (body) => (await fetch(`${ORIGIN}create/`, json({}, { body }))).json();
  const uzonline = "e0a4c86d-91b7-4f27-b6d8-83f4f0d2c9a6";
  const account = { login: "ўткир😀\u0000" };
  const text = JSON.stringify(order({ service_id: uzonline, account }));
  for (const body of [text, new TextEncoder().encode(text)]) {
    const { data } = (await send(body)).result;
    equal(data[0], { name: "login", value: account.login, title: "Логин" });
  }
  equal((await send(new Uint8Array([0x22, 0xff, 0x22]))).error.code, "validation_error");
});

test("a key is asked for where it is required", async () => {
  const { fetch } = createSandbox({ auth: "required" });
  const ask = async (headers) => (await fetch(`${ORIGIN}list/`, { headers })).status;
  equal([await ask({}), await ask({ "api-key": "wrong-key" })], [400, 400]);
  equal([await ask({ "Api-Key": "a.key" }), await ask({ authorization: "Bearer token" })], [200, 200]);
});

test("the ledger is plain data that is the caller's own", async () => {
  const { create, pay, ledger } = merchant();
  await pay(await create());
  holds(isPlain(ledger()), "it is plain data");
  const rows = ledger();
  rows[0].amount.minor = 1;
  rows.push("changed");
  equal(
    ledger().map((row) => row.amount),
    [AMOUNT],
  );
});

test("the same seed draws the same ids everywhere, and another one others", async () => {
  const id = await merchant().create();
  equal(id, "6d8af4cb-2937-4aa9-b4e5-f46fcdd963cc");
  equal(await merchant().create(), id);
  for (const seed of [8, -7, undefined]) holds((await merchant({ seed }).create()) !== id, `seed ${seed}`);
});

test("a sandbox knows nothing of another one", async () => {
  const [one, other] = [merchant(), merchant()];
  await one.pay(await one.create());
  equal(other.ledger(), []);
  equal(one.ledger().length, 1);
});

each(
  "options are refused by code and field",
  [
    [{ callback: {} }, "unknown_field", "callback"],
    [{ Seed: 1 }, "unknown_field", "Seed"],
    [null, "invalid_type", "options"],
    [7, "invalid_type", "options"],
    [{ seed: "7" }, "invalid_type", "seed"],
    [{ seed: 7n }, "invalid_type", "seed"],
    [{ seed: 0.5 }, "not_an_integer", "seed"],
    [{ seed: Number.NaN }, "not_a_number", "seed"],
    [{ seed: 2 ** 53 }, "out_of_range", "seed"],
    [{ now: 1_790_000_000_000 }, "invalid_type", "now"],
    [{ now: null }, "invalid_type", "now"],
    [{ auth: "Required" }, "not_an_option", "auth"],
    [{ auth: true }, "invalid_type", "auth"],
    [{ faults: [] }, "invalid_type", "faults"],
    [{ faults: { rule: [] } }, "unknown_field", "faults.rule"],
    [{ faults: { rules: {} } }, "invalid_type", "faults.rules"],
    [{ faults: { rules: [{}] } }, "missing_field", "faults.rules[0].kind"],
    [{ faults: { rules: [undefined] } }, "missing_field", "faults.rules[0]"],
    [{ faults: { rules: [{ kind: "hang" }, { kind: "drop" }] } }, "not_an_option", "faults.rules[1].kind"],
    [{ faults: { rules: [{ kind: "hang", route: "Pay" }] } }, "not_an_option", "faults.rules[0].route"],
    [{ faults: { rules: [{ kind: "hang", nth: 0 }] } }, "out_of_range", "faults.rules[0].nth"],
    [{ faults: { rules: [{ kind: "hang", times: 0 }] } }, "out_of_range", "faults.rules[0].times"],
    [{ faults: { rules: [{ kind: "delay", ms: -1 }] } }, "out_of_range", "faults.rules[0].ms"],
    [{ faults: { rules: [{ kind: "delay", ms: 2 ** 31 }] } }, "out_of_range", "faults.rules[0].ms"],
    [{ faults: { random: {} } }, "missing_field", "faults.random.percent"],
    [{ faults: { random: { percent: 101 } } }, "out_of_range", "faults.random.percent"],
    [{ faults: { random: { percent: 0.2 } } }, "not_an_integer", "faults.random.percent"],
    [{ faults: { random: { percent: 1, kinds: ["no"] } } }, "not_an_option", "faults.random.kinds[0]"],
    [{ faults: { random: { percent: 1, routes: "pay" } } }, "invalid_type", "faults.random.routes"],
  ],
  (options, code, field) => {
    refused(() => createSandbox(options), code, field);
    if (options?.faults) refused(() => createSandbox().setFaults(options.faults), code, field);
  },
);

test("options may be frozen and are not looked at again", async () => {
  const kinds = ["hang"];
  const faults = Object.freeze({ rules: Object.freeze([]), random: { percent: 100, kinds } });
  const { fetch } = createSandbox(Object.freeze({ seed: undefined, faults, auth: undefined }));
  kinds[0] = "empty";
  const controller = new AbortController();
  const answer = fetch(`${ORIGIN}list/`, { signal: controller.signal });
  controller.abort();
  await rejection(answer);
});

each(
  "a clock must give whole milliseconds",
  [
    [() => "1790000000000", "invalid_type"],
    [() => new Date(), "invalid_type"],
    [() => Promise.resolve(START), "invalid_type"],
    [() => undefined, "missing_field"],
    [() => 1.5, "not_an_integer"],
    [() => Number.NaN, "not_a_number"],
    [() => -1, "out_of_range"],
  ],
  (now, code) => {
    refused(() => createSandbox({ now }).ledger(), code, "now");
  },
);

test("a clock that goes wrong rejects the request", async () => {
  const error = await rejection(createSandbox({ now: () => 0.5 }).fetch(`${ORIGIN}list/`));
  checkError(error);
  equal([error.code, error.field], ["not_an_integer", "now"]);
  const broken = new RangeError("a clock");
  const now = () => {
    throw broken;
  };
  equal(await rejection(createSandbox({ now }).fetch(`${ORIGIN}list/`)), broken);
});

test("without a clock it is now", async () => {
  const before = Date.now();
  const { fetch, ledger } = createSandbox();
  const { transactionId } = await resultOf(fetch(`${ORIGIN}create/`, json(order())));
  await fetch(`${ORIGIN}pay/`, json({ transactionId, cardId: CARD }));
  const [{ at }] = ledger();
  holds(at >= before && at <= Date.now(), `${at} is now`);
});

for (const [kind, charges] of [
  ["drop_before", 0],
  ["drop_after", 1],
]) {
  test(`${kind} rejects as a lost connection does, after ${charges} charges`, async () => {
    const { create, pay, ledger } = facing({ kind, route: "pay" });
    const error = await rejection(pay(await create()));
    equal([error instanceof TypeError, error.name], [true, "TypeError"]);
    equal(ledger().length, charges);
  });
}

test("what executes late is created until then, by the clock", async () => {
  const { create, pay, status, ledger, clock } = facing({ kind: "execute_late", route: "pay", ms: 7000 });
  const id = await create();
  await rejection(pay(id));
  clock.now += 6999;
  equal([await status(id), ledger().length], ["created", 0]);
  clock.now += 1;
  equal(
    ledger().map((row) => row.at),
    [START + 7000],
  );
  equal(await status(id), "paid");
});

test("cards tell what is on them, where codes go and what they refuse with", async () => {
  const { create, pay, cards } = merchant();
  await pay(await create());
  const [first, , , blocked] = cards();
  const balance = { minor: OPENING - AMOUNT.minor, currency: "UZS" };
  const owner = "BOTIROV TEMURBEK";
  equal(first, { cardId: CARD, maskedPan: "986034******8885", owner, balance, phone: "+998901234567" });
  equal([blocked.refusal, cards().at(-1).phone], ["card_is_blocked", undefined]);
});

test("strikes tell what faults became of", async () => {
  const { create, status, strikes } = facing(
    { kind: "drop_after" },
    { kind: "delay", route: "status", ms: 1 },
  );
  equal(strikes(), []);
  await rejection(create());
  await status(await create());
  equal(strikes(), [
    { kind: "drop_after", route: "create", times: 1 },
    { kind: "delay", route: "status", times: 1 },
  ]);
});

test("a stale status is an older one", async () => {
  const { create, pay, status } = facing({ kind: "stale_status", route: "status" });
  const id = await create();
  await pay(id);
  equal([await status(id), await status(id)], ["created", "paid"]);
});

test("a duplicate delivery charges twice", async () => {
  const { create, pay, ledger } = facing({ kind: "duplicate_delivery", route: "pay" });
  await resultOf(pay(await create()));
  equal(ledger().length, 2);
});

for (const [kind, expected, charges] of [
  ["server_error", 500, 0],
  ["server_error_after", 500, 1],
  ["html", 502, 0],
  ["html_after", 504, 1],
  ["rate_limited", 429, 0],
  ["empty", 200, 1],
  ["broken_json", 200, 1],
]) {
  test(`${kind} answers ${expected} without JSON, after ${charges} charges`, async () => {
    const { create, pay, ledger } = facing({ kind, route: "pay", ms: 2001 });
    const response = await pay(await create());
    equal(response.status, expected);
    equal(response.headers.get("retry-after"), expected === 429 ? "3" : null);
    // Some engines reject with an error of that name that is none of that class.
    equal((await rejection(response.json())).name, "SyntaxError");
    equal(ledger().length, charges);
  });
}

test("a delayed answer comes after its time, a hanging one never", async () => {
  const { create, pay, ledger } = facing(
    { kind: "delay", route: "pay", ms: 40 },
    { kind: "hang_after", route: "pay" },
  );
  const id = await create();
  const start = performance.now();
  await resultOf(pay(id));
  holds(performance.now() - start >= 35, "it took its time");
  const nothing = new Promise((resolve) => setTimeout(resolve, 40, "nothing"));
  equal(await Promise.race([pay(id), nothing]), "nothing");
  equal(ledger().length, 2);
});

for (const kind of ["delay", "hang"]) {
  test(`who waits for ${kind} can give up, with a reason or without`, async () => {
    const { create, pay } = facing({ kind, route: "pay", ms: 60_000, times: 2 });
    const id = await create();
    for (const reason of [new RangeError("enough"), undefined]) {
      const controller = new AbortController();
      const answer = pay(id, { signal: controller.signal });
      setTimeout(() => controller.abort(reason), 10);
      const error = await rejection(answer);
      if (reason && "reason" in controller.signal) equal(error, reason);
      else equal(error.name, "AbortError");
    }
  });
}

test("a request that was aborted before it was sent is not executed", async () => {
  const { create, pay, ledger } = merchant();
  const id = await create();
  const controller = new AbortController();
  controller.abort();
  equal((await rejection(pay(id, { signal: controller.signal }))).name, "AbortError");
  equal(ledger(), []);
});

test("an abort after the answer changes nothing", async () => {
  const { create, pay } = facing({ kind: "delay", route: "pay", ms: 5 });
  const controller = new AbortController();
  const response = await pay(await create(), { signal: controller.signal });
  controller.abort();
  equal(response.status, 200);
});

test("faults are replaced, and the old ones stay where the new ones are refused", async () => {
  const { create, pay, setFaults, ledger } = merchant();
  const id = await create();
  equal(setFaults({ rules: [{ kind: "drop_before", route: "pay", times: 9 }] }), undefined);
  await rejection(pay(id));
  refused(() => setFaults({ rules: [{ kind: "none" }] }), "not_an_option", "faults.rules[0].kind");
  await rejection(pay(id));
  setFaults();
  await resultOf(pay(id));
  equal(ledger().length, 1);
});

test("chance follows the seed", async () => {
  const struck = async (seed) => {
    const faults = { random: { percent: 40, kinds: ["empty"], routes: ["list"] } };
    const { fetch } = createSandbox({ seed, faults });
    const texts = [];
    for (let times = 0; times < 40; times++) texts.push(await (await fetch(`${ORIGIN}list/`)).text());
    return texts.map((text) => text === "");
  };
  const first = await struck(7);
  const count = first.filter(Boolean).length;
  holds(count > 5 && count < 30, `${count} of 40`);
  equal(await struck(7), first);
  holds(JSON.stringify(await struck(8)) !== JSON.stringify(first), "another seed");
});

const BANK = "https://sandbox.example/bank/api/v2/";

/** A partner of the bank with an order of 5 000 som, and a commission of 50, to an account with this end. */
function partner(options) {
  const { clock, fetch, ledger } = merchant(options);
  const answered = async (answer) => (await answer).json();
  const order = (orderId, end = "844444") => ({
    orderId,
    amount: "500000",
    comissionAmount: "5000",
    purpose: "Аренда за ноябрь",
    serviceId: 33,
    receiverName: "АК Aloqabank",
    mfoReceiver: "00401",
    receiverAccount: `29801000990248${end}`,
  });
  const pay = (orderId, end) => answered(fetch(`${BANK}payment`, json(order(orderId, end))));
  const get = (path) => answered(fetch(BANK + path));
  const statement = (query) =>
    answered(
      fetch(`${BANK}account/payments`, json({ fromDate: "2020-01-01", toDate: "2099-12-31", ...query })),
    );
  return { clock, fetch, ledger, pay, get, statement };
}

test("an order is accepted, settled, told of, and found in the ledger, the balance and the statement", async () => {
  const { clock, ledger, pay, get, statement } = partner();
  const accepted = await pay("order-1");
  const { doc_id } = accepted.data;
  equal(accepted, { status: "success", code: 0, data: { payment_status: "Введен", doc_id } });
  equal(ledger(), []);
  clock.now += 3000;
  equal((await get("payment/order-1")).data.payment_status, "Проведен");
  const row = {
    at: START + 3000,
    provider: "bank",
    kind: "transfer",
    entryId: 2_111_291_794,
    orderId: "order-1",
    documentId: doc_id,
    amount: AMOUNT,
    balanceAfter: { minor: OPENING - AMOUNT.minor, currency: "UZS" },
    serviceId: "33",
  };
  const commission = {
    ...row,
    kind: "commission",
    entryId: 2_111_291_795,
    amount: { minor: 5000, currency: "UZS" },
    balanceAfter: { minor: OPENING - AMOUNT.minor - 5000, currency: "UZS" },
  };
  equal(ledger(), [row, commission]);
  equal(await get("account/33/balance"), {
    status: "success",
    data: { balance: String(commission.balanceAfter.minor) },
  });
  const { data } = await statement({ type: "2", lastId: 0, serviceId: 33 });
  equal(
    data.map(({ id, amount, type }) => [id, amount, type]),
    [
      [row.entryId, 500_000, "Расход"],
      [commission.entryId, 5000, "Расход"],
    ],
  );
});

test("an order id is good once, and an order that executes late is unknown until then", async () => {
  const rules = [{ kind: "execute_late", route: "bank/payment", ms: 7000 }];
  const { clock, fetch, ledger, pay, get } = partner({ faults: { rules } });
  holds((await rejection(pay("order-1"))) instanceof TypeError, "a lost connection");
  clock.now += 6999;
  equal((await get("payment/order-1")).code, 1008);
  clock.now += 1;
  equal((await get("payment/order-1")).data.payment_status, "Введен");
  equal((await pay("order-1")).code, 1111);
  clock.now += 3000;
  equal(ledger().length, 2);
  equal((await fetch(`${BANK}payment`)).status, 405);
});

test("a receiver's account chooses what the bank answers", async () => {
  const { clock, pay, get } = partner();
  for (const [end, code, status] of [
    ["701013", 1013, undefined],
    ["711111", 1111, undefined],
    ["721111", 1111, "Проведен"],
    ["731111", 1111, "Проведен"],
    ["780000", 0, "Проведен"],
    ["780404", 0, "Введен"],
    ["780402", 0, "Удален"],
  ]) {
    equal((await pay(`order-${end}`, end)).code, code, end);
    clock.now += 8000;
    equal((await get(`payment/order-${end}`)).data?.payment_status, status, end);
  }
});

test("the bank asks for a name and a password where they are required", async () => {
  const { fetch } = createSandbox({ auth: "required" });
  const ask = async (headers) => (await fetch(`${BANK}services`, { headers })).status;
  const basic = (text) => ({ authorization: `Basic ${btoa(text)}` });
  equal([await ask({}), await ask(basic("wrong:pass")), await ask(basic("gray:p@ssw0rd"))], [401, 401, 200]);
});

test("after a trap a sandbox is lost, and says so, while others go on", async () => {
  const { Instance } = WebAssembly;
  let armed = false;
  WebAssembly.Instance = function TrappingInstance(...given) {
    const { exports } = new Instance(...given);
    const call = (place, at, length) => exports.call(place, armed ? -16 : at, length);
    return { exports: { ...exports, call } };
  };
  try {
    const [lost, other] = [createSandbox(), createSandbox()];
    equal([lost.ledger(), other.ledger()], [[], []]);
    armed = true;
    refused(() => lost.ledger(), "internal");
    armed = false;
    refused(() => lost.ledger(), "internal");
    refused(() => lost.setFaults(), "internal");
    const error = await rejection(lost.fetch(`${ORIGIN}list/`));
    checkError(error);
    equal(error.code, "internal");
    equal([other.ledger(), createSandbox().ledger()], [[], []]);
  } finally {
    WebAssembly.Instance = Instance;
  }
});
