// payAndConfirm: it pays once or never, asks until it is certain or its time is over, and never calls certain what is not.

import * as page from "tiyin";
import { isTiyinError } from "tiyin";
import { createSandbox } from "tiyin/sandbox";
import * as server from "tiyin/server";
import { withFastTimers } from "./clock.js";
import { equal, fail, holds, rejected, test } from "./harness.js";
import { API_KEY, answer, answerOf, BASE_URL, BILL, PAYMENT_ID, scripted, success } from "./paylov.js";

const ENTRIES = {
  tiyin: (config) => new page.PaylovServices(config),
  "tiyin/server": (config) => new server.PaylovServices({ ...config, auth: { apiKey: API_KEY } }),
};

// Of the fast timers' milliseconds, ten times as many as the first wait.
const SOON = { pollEveryMs: 200, deadlineMs: 2000 };

const never = new Promise(() => {});
const lost = () => Promise.reject(new TypeError("lost"));
const broken = () => new Response("<h1>502 Bad Gateway</h1>", { status: 502 });
const refusal = (code) => () => answer({ error: { code, message: "no" } }, 400);
const stateOf =
  (status, transactionId = PAYMENT_ID) =>
  () =>
    success({ transactionId, status, amount: 500 });

const BILL_PAID = {
  transactionId: PAYMENT_ID,
  status: "paid",
  paidAt: "2024-10-14 15:07:23",
  rrn: "023581615065",
};
const AMOUNT = { minor: 50000, currency: "UZS" };
const confirmed = (status, raw = status) => ({ transactionId: PAYMENT_ID, status, amount: AMOUNT, raw });
const UNASKED = { transactionId: PAYMENT_ID, status: "pending" };

/** Registers a test: the client of each entry, whose fetch gives these answers one after the other, does what `check` says. */
function confirming(what, answers, options, check) {
  test(`payAndConfirm ${what}`, () =>
    withFastTimers(async (clock) => {
      for (const clientWith of Object.values(ENTRIES)) {
        const { fetch, sent } = scripted(...answers);
        const client = clientWith({ baseUrl: BASE_URL, fetch, now: clock.now, retry: 0 });
        await check((more) => client.payAndConfirm(BILL, { ...options, ...more }), sent, clock);
        const pays = sent.filter(({ method }) => method === "POST").length;
        if (options?.wasSent) equal(pays, 0, "payments that were sent");
        else holds(pays <= 1, `${pays} payments were sent`);
        equal(clock.pending.size, 0, "timers that are left behind");
      }
    }));
}

/** The same, where it comes to this after so many questions; without a number, after at least two. */
function confirms(what, answers, options, expected, questions) {
  confirming(what, answers, options, async (call, sent) => {
    const { error, ...known } = await call();
    equal(known, expected);
    // What is pending tells what the payment itself failed with, where it was this call that sent it, or else the last question.
    const hasPayFailed = expected.status === "pending" && !options.wasSent;
    const hasFailed = hasPayFailed || expected === UNASKED;
    equal([isTiyinError(error), error?.outcome], [hasFailed, hasPayFailed ? "unknown" : undefined]);
    const asked = sent.filter(({ method }) => method === "GET").length;
    if (questions === undefined) holds(asked >= 2, `${asked} questions`);
    else equal(asked, questions, "questions");
  });
}

confirms("asks nothing where the payment is answered", [answerOf], undefined, BILL_PAID, 0);

for (const [what, failure] of [
  ["an answer that is lost", lost],
  ["a bad gateway", broken],
  ["a page of HTML", () => new Response("<h1>Hi</h1>")],
  ["an empty answer", () => new Response("")],
  ["a code that is not known", refusal("a_new_code")],
  ["a payment that is paid already", refusal("transaction_already_payed")],
  ["a bill of another payment", stateOf("paid", "another")],
  ["what is no answer", () => 5],
]) {
  confirms(
    `asks once after ${what}, where it was paid`,
    [failure, stateOf("paid")],
    SOON,
    confirmed("paid"),
    1,
  );
  confirms(
    `asks once after ${what}, where it was cancelled`,
    [failure, stateOf("cancelled")],
    SOON,
    confirmed("cancelled"),
    1,
  );
  confirms(
    `does not pay again after ${what}, while nobody knows`,
    [failure, stateOf("created")],
    SOON,
    confirmed("pending", "created"),
  );
}

confirms(
  "asks until it is paid",
  [lost, stateOf("created"), stateOf("created"), stateOf("paid")],
  SOON,
  confirmed("paid"),
  3,
);
confirms(
  "asks on after a status that is not documented",
  [lost, stateOf("in_process"), stateOf("cancelled")],
  SOON,
  confirmed("cancelled"),
  2,
);
confirms(
  "says what the provider said last",
  [lost, stateOf("in_process")],
  SOON,
  confirmed("pending", "in_process"),
);
confirms(
  "asks on where the status cannot be read",
  [lost, lost, broken, refusal("unknown_error"), stateOf("paid")],
  SOON,
  confirmed("paid"),
  4,
);
confirms("knows nothing where no status could be read", [lost], SOON, UNASKED);
confirms("believes no status of another payment", [lost, stateOf("paid", "another")], SOON, UNASKED);
confirms(
  "keeps what it knows where later questions fail",
  [lost, stateOf("created"), lost],
  SOON,
  confirmed("pending", "created"),
);
confirms("ends where a question hangs", [lost, () => never], SOON, UNASKED, 1);
confirms(
  "asks after a payment that hangs",
  [() => never, stateOf("paid")],
  { ...SOON, timeoutMs: 500 },
  confirmed("paid"),
  1,
);

const SENT = { ...SOON, wasSent: true };
confirms(
  "only asks where it was sent before, and it was paid",
  [stateOf("paid")],
  SENT,
  confirmed("paid"),
  1,
);
confirms(
  "only asks where it was sent before, and it was cancelled",
  [stateOf("cancelled")],
  SENT,
  confirmed("cancelled"),
  1,
);
confirms(
  "only asks where it was sent before, and nobody knows",
  [stateOf("created")],
  SENT,
  confirmed("pending", "created"),
);
confirms("only asks where it was sent before, and no answer comes", [lost], SENT, UNASKED);

for (const [code, nextAction] of [
  ["insufficient_funds", "fix_input"],
  ["invalid_otp", "confirm_again"],
  ["too_many_attempts", "create_again"],
]) {
  confirming(
    `rejects with the refusal ${code}, and asks nothing`,
    [refusal(code)],
    SOON,
    async (call, sent) => {
      const error = await rejected(call, "provider_error");
      equal(
        [error.outcome, error.nextAction, error.providerCode, sent.length],
        ["rejected", nextAction, code, 1],
      );
    },
  );
}

test("payAndConfirm believes the proxy that nothing was executed, and asks nothing", async () => {
  const told = {
    code: "unauthorized",
    message: "no",
    source: "proxy",
    outcome: "not_executed",
    nextAction: "fix_input",
  };
  const { fetch, sent } = scripted(() => answer({ error: told }, 401));
  const error = await rejected(
    () => ENTRIES.tiyin({ baseUrl: BASE_URL, fetch }).payAndConfirm(BILL),
    "unauthorized",
  );
  equal(
    [error.outcome, error.nextAction, error.source, sent.length],
    ["not_executed", "fix_input", "proxy", 1],
  );
});

test("payAndConfirm rejects where there is no fetch", async () => {
  const { fetch } = globalThis;
  globalThis.fetch = undefined;
  try {
    for (const clientWith of Object.values(ENTRIES)) {
      const client = clientWith({ baseUrl: BASE_URL });
      equal((await rejected(() => client.payAndConfirm(BILL), "fetch_unavailable")).outcome, "not_executed");
    }
  } finally {
    globalThis.fetch = fetch;
  }
});

/** Registers a test: a call that is aborted when these answers have been given rejects, and says what is known. */
function aborts(what, answers, options, outcome, nextAction) {
  confirming(`rejects where it is aborted ${what}`, answers, options, async (call, sent, clock) => {
    const controller = new AbortController();
    const confirmation = call({ signal: controller.signal });
    // The last answer never comes, or what follows it is a wait.
    while (sent.length < answers.length) await clock.wait(0);
    clock.isHeld = true;
    await clock.wait(20);
    controller.abort();
    clock.isHeld = false;
    const error = await rejected(() => confirmation, "aborted");
    equal([error.outcome, error.nextAction, error.provider], [outcome, nextAction, "paylov"]);
    equal(sent.length, answers.length, "sends");
    holds(clock.pending.size === 0, "no timer is left");
  });
}

const LATE = { pollEveryMs: 60_000, deadlineMs: 3_600_000 };
aborts("while it pays", [() => never], LATE, "unknown", "query_status");
aborts("while it asks", [lost, () => never], LATE, "unknown", "query_status");
aborts("while it asks again", [lost, lost], LATE, "unknown", "query_status");
aborts("between two questions", [lost, stateOf("created")], LATE, "unknown", "query_status");
confirming(
  "tells the payment's own failure, as plain data too",
  [refusal("a_new_code"), stateOf("created")],
  SOON,
  async (call) => {
    const { error } = JSON.parse(JSON.stringify(await call()));
    equal(
      [error.code, error.providerCode, error.httpStatus, error.outcome],
      ["provider_error", "a_new_code", 400, "unknown"],
    );
  },
);

confirming(
  "tells the payment's own failure where it is aborted",
  [broken, lost],
  LATE,
  async (call, sent, clock) => {
    const controller = new AbortController();
    const confirmation = call({ signal: controller.signal });
    while (sent.length < 2) await clock.wait(0);
    controller.abort();
    const { cause, outcome } = await rejected(() => confirmation, "aborted");
    equal(
      [outcome, isTiyinError(cause), cause.code, cause.httpStatus],
      ["unknown", true, "server_error", 502],
    );
  },
);

aborts(
  "while it asks for what was sent before",
  [() => never],
  { ...LATE, wasSent: true },
  "unknown",
  "query_status",
);

confirming("sends nothing where it was aborted before", [answerOf], SOON, async (call, sent) => {
  const error = await rejected(() => call({ signal: AbortSignal.abort() }), "aborted");
  equal([error.outcome, sent.length], ["not_executed", 0]);
});

confirming(
  "does not forget that it was sent before where it was aborted before",
  [answerOf],
  SENT,
  async (call, sent) => {
    const error = await rejected(() => call({ signal: AbortSignal.abort() }), "aborted");
    equal([error.outcome, error.nextAction, sent.length], ["unknown", "query_status", 0]);
  },
);

confirming("takes an abort for the end that comes after it", [lost, stateOf("paid")], SOON, async (call) => {
  const controller = new AbortController();
  equal((await call({ signal: controller.signal })).status, "paid");
  controller.abort();
});

confirming(
  "waits longer from question to question, up to ten times the first",
  [lost, stateOf("created")],
  { pollEveryMs: 100, deadlineMs: 6000 },
  async (call, sent, clock) => {
    clock.asked.length = 0;
    const began = clock.now();
    equal((await call()).status, "pending");
    const took = clock.now() - began;
    // A question may take ten seconds, or what is left.
    const waits = clock.asked.filter((ms) => ms <= 1000);
    equal(waits.slice(0, 6), [100, 150, 225, 337, 505, 757]);
    holds(
      waits.every((ms) => ms <= 1000),
      `${waits} are within ten times the first`,
    );
    holds(took >= 5900, `it took ${took} ms of 6,000`);
    holds(sent.length >= 6, `${sent.length} sends`);
  },
);

confirming(
  "has a minute, and a second between questions",
  [lost, stateOf("created")],
  undefined,
  async (call, _, clock) => {
    clock.asked.length = 0;
    const controller = new AbortController();
    const confirmation = call({ signal: controller.signal });
    while (clock.asked.length < 3) await clock.wait(0);
    controller.abort();
    await rejected(() => confirmation, "aborted");
    const [pay, question, ...rest] = clock.asked;
    equal([pay, question, ...rest.filter((ms) => ms !== question).slice(0, 1)], [30_000, 10_000, 1000]);
  },
);

/** What a payment that hangs is given, where the client and the call have such times. */
async function timeOfPayment(clientWith, clock, config, options) {
  const { fetch } = scripted(() => never, stateOf("paid"));
  const client = clientWith({ baseUrl: BASE_URL, fetch, now: clock.now, ...config });
  clock.asked.length = 0;
  equal(await client.payAndConfirm(BILL, options), confirmed("paid"));
  return clock.asked[0];
}

test("payAndConfirm gives the payment half of the time, or less where a call has less", () =>
  withFastTimers(async (clock) => {
    for (const clientWith of Object.values(ENTRIES)) {
      for (const [config, options, expected] of [
        [{}, { deadlineMs: 5000 }, 2500],
        [{}, { deadlineMs: 5000, timeoutMs: 4000 }, 2500],
        [{}, { deadlineMs: 5000, timeoutMs: 900 }, 900],
        [{ timeoutMs: 700 }, { deadlineMs: 5000 }, 700],
        [{ timeoutMs: 700 }, { deadlineMs: 5000, timeoutMs: 900 }, 900],
        [{ timeoutMs: 90_000 }, { deadlineMs: 100_000 }, 50_000],
        [{}, { deadlineMs: 300_000 }, 30_000],
      ]) {
        equal(await timeOfPayment(clientWith, clock, config, options), expected);
      }
    }
  }));

test("payAndConfirm ends where the client's clock stands still", () =>
  withFastTimers(async (clock) => {
    for (const clientWith of Object.values(ENTRIES)) {
      const { fetch, sent } = scripted(lost, stateOf("created"));
      const client = clientWith({ baseUrl: BASE_URL, fetch, now: () => 1_790_000_000_000 });
      clock.asked.length = 0;
      const { error, ...known } = await client.payAndConfirm(BILL, SOON);
      equal(known, confirmed("pending", "created"));
      equal(error.code, "network_error");
      // The payment, then questions and the waits between them.
      equal(clock.asked, [1000, 2000, 200, 1800, 300, 1500, 450, 1050, 675, 375, 175, 200], "times");
      equal(sent.length, 7, "sends");
    }
  }));

test("payAndConfirm ends by its deadline where nothing is answered and the client's clock stands still", () =>
  withFastTimers(async (clock) => {
    for (const clientWith of Object.values(ENTRIES)) {
      const { fetch, sent } = scripted(() => never);
      const client = clientWith({ baseUrl: BASE_URL, fetch, now: () => 1_790_000_000_000 });
      clock.asked.length = 0;
      const { error, ...known } = await client.payAndConfirm(BILL, { pollEveryMs: 200, deadlineMs: 30_000 });
      equal(known, { transactionId: PAYMENT_ID, status: "pending" });
      equal(error.code, "timed_out");
      // Half of the time for the payment, then questions and the waits between them.
      equal(clock.asked, [15_000, 10_000, 200, 4800], "times");
      equal(sent.length, 3, "sends");
    }
  }));

test("payAndConfirm asks each question once, however often a read may be sent again", () =>
  withFastTimers(async (clock) => {
    for (const clientWith of Object.values(ENTRIES)) {
      const { fetch, sent } = scripted(lost, lost, lost, stateOf("paid"));
      const client = clientWith({ baseUrl: BASE_URL, fetch, now: clock.now, retry: 5 });
      clock.asked.length = 0;
      equal(await client.payAndConfirm(BILL, SOON), confirmed("paid"));
      equal(clock.asked, [1000, 2000, 200, 1800, 300, 1500], "times");
      equal(sent.length, 4, "sends");
    }
  }));

test("payAndConfirm listens to a signal no longer than it takes", () =>
  withFastTimers(async ({ now }) => {
    let listening = 0;
    class Signal {
      aborted = false;
      addEventListener() {
        listening += 1;
      }
      removeEventListener() {
        listening -= 1;
      }
    }
    for (const clientWith of Object.values(ENTRIES)) {
      const { fetch } = scripted(lost, stateOf("created"), lost, stateOf("paid"));
      const client = clientWith({ baseUrl: BASE_URL, fetch, now });
      equal((await client.payAndConfirm(BILL, { ...SOON, signal: new Signal() })).status, "paid");
      equal(listening, 0, "listeners that are left");
    }
  }));

test("payments that are confirmed at the same time keep to themselves", () =>
  withFastTimers(async ({ now }) => {
    for (const clientWith of Object.values(ENTRIES)) {
      const turns = new Map();
      const fetch = async (request) => {
        if (request.method === "POST") return lost();
        const id = new URL(request.url).searchParams.get("transactionId");
        const turn = (turns.get(id) ?? 0) + 1;
        turns.set(id, turn);
        return stateOf(turn > Number(id) ? "paid" : "created", id)();
      };
      const client = clientWith({ baseUrl: BASE_URL, fetch, now });
      const ids = ["0", "1", "2", "3"];
      const all = ids.map((transactionId) => client.payAndConfirm({ ...BILL, transactionId }, SOON));
      const results = await Promise.all(all);
      equal(
        results.map(({ transactionId, status }) => [transactionId, status]),
        ids.map((id) => [id, "paid"]),
      );
      equal([...turns.values()].sort(), [1, 2, 3, 4], "questions");
    }
  }));

test("what is changed in a payment while it is confirmed changes nothing", () =>
  withFastTimers(async ({ now }) => {
    for (const clientWith of Object.values(ENTRIES)) {
      const payment = { ...BILL };
      const { fetch, sent } = scripted(() => {
        payment.transactionId = "another";
        payment.cardId = 5;
        return lost();
      }, stateOf("paid"));
      const { transactionId } = await clientWith({ baseUrl: BASE_URL, fetch, now }).payAndConfirm(
        payment,
        SOON,
      );
      equal(transactionId, PAYMENT_ID);
      if (!sent[1].url.endsWith(`=${PAYMENT_ID}`)) fail(`${sent[1].url} asks for the payment`);
    }
  }));

confirming(
  "joins a call for a payment that is under way",
  [lost, stateOf("paid")],
  SOON,
  async (call, sent) => {
    const [first, second] = [call(), call()];
    equal(await Promise.all([first, second]), [confirmed("paid"), confirmed("paid")]);
    equal(await call(), confirmed("paid"), "a third call");
    equal(
      sent.map(({ method }) => method),
      ["POST", "GET", "GET"],
    );
  },
);

test("payAndConfirm is joined by a call that fetch makes while it is called", async () => {
  for (const clientWith of Object.values(ENTRIES)) {
    const { fetch, sent } = scripted(answerOf);
    let again;
    const reentrant = (request) => {
      again ??= client.payAndConfirm(BILL);
      return fetch(request);
    };
    const client = clientWith({ baseUrl: BASE_URL, fetch: reentrant });
    equal(await client.payAndConfirm(BILL), BILL_PAID);
    equal(await again, BILL_PAID);
    equal(sent.length, 1, "sends");
  }
});

test("payAndConfirm is joined by a call that the client's clock makes", () =>
  withFastTimers(async (clock) => {
    for (const clientWith of Object.values(ENTRIES)) {
      const { fetch, sent } = scripted(answerOf);
      const calls = [];
      let turns = 0;
      const now = () => {
        turns += 1;
        if (turns <= 3) calls.push(client.payAndConfirm(BILL));
        return clock.now();
      };
      const client = clientWith({ baseUrl: BASE_URL, fetch, now });
      equal(await client.payAndConfirm(BILL), BILL_PAID);
      equal(await Promise.all(calls), [BILL_PAID, BILL_PAID, BILL_PAID]);
      equal(sent.length, 1, "sends");
    }
  }));

test("payAndConfirm forgets no payment that nobody knows about, however many others are paid", async () => {
  let pays = 0;
  const fetch = async (request) => {
    const { transactionId } = request.method === "POST" ? await request.json() : { transactionId: "0" };
    if (transactionId !== "0") return success({ transactionId, payedAt: "2024-10-14 15:07:23" });
    if (request.method === "POST") pays += 1;
    throw new TypeError("lost");
  };
  const client = ENTRIES.tiyin({ baseUrl: BASE_URL, fetch });
  const confirmedAs = async (id) => {
    const payment = { transactionId: String(id), cardId: BILL.cardId };
    return (await client.payAndConfirm(payment, { deadlineMs: 200 })).status;
  };
  equal(await confirmedAs(0), "pending");
  for (let first = 1; first < 10_100; first += 100) {
    const others = Array.from({ length: 100 }, (_, index) => first + index);
    equal(new Set(await Promise.all(others.map(confirmedAs))), new Set(["paid"]));
  }
  equal(await confirmedAs(0), "pending");
  equal(pays, 1, "how often it was sent");
});

test("payAndConfirm calls nothing not executed that an earlier call may have sent", async () => {
  for (const clientWith of Object.values(ENTRIES)) {
    const clock = { now: Date.now };
    const client = clientWith({ baseUrl: BASE_URL, fetch: scripted(answerOf).fetch, now: () => clock.now() });
    const refused = (options, code, bill = BILL) => rejected(() => client.payAndConfirm(bill, options), code);
    equal((await refused({ deadlineMS: 5 }, "unknown_field")).outcome, "not_executed");
    equal((await refused({ wasSent: true }, "empty_text", { ...BILL, cardId: "" })).outcome, "unknown");
    equal((await client.payAndConfirm(BILL)).status, "paid");
    equal((await refused({ deadlineMS: 5 }, "unknown_field")).outcome, "unknown");
    clock.now = () => {
      throw new Error("no clock");
    };
    equal((await refused({}, "unreadable")).outcome, "unknown");
  }
});

test("a call that joins payAndConfirm gives up by its own signal and deadline", async () => {
  for (const clientWith of Object.values(ENTRIES)) {
    let respond;
    const held = new Promise((resolve) => {
      respond = resolve;
    });
    const { fetch, sent } = scripted(async (request) => {
      await held;
      return answerOf(request);
    });
    const client = clientWith({ baseUrl: BASE_URL, fetch });
    const controller = new AbortController();
    const first = client.payAndConfirm(BILL);
    const aborted = rejected(() => client.payAndConfirm(BILL, { signal: controller.signal }), "aborted");
    const late = client.payAndConfirm(BILL, { deadlineMs: 20 });
    equal(await late, UNASKED);
    controller.abort();
    equal((await aborted).outcome, "unknown");
    respond();
    equal(await first, BILL_PAID);
    equal(sent.length, 1, "sends");
  }
});

confirming(
  "asks by itself where it joined a payment that is refused, and another may have been sent before",
  [refusal("insufficient_funds"), stateOf("paid")],
  undefined,
  async (call) => {
    const first = rejected(() => call(), "provider_error");
    const second = call({ wasSent: true });
    equal((await first).outcome, "rejected");
    equal(await second, confirmed("paid"));
  },
);

test("a call that joins payAndConfirm goes on where the first one is aborted", async () => {
  for (const clientWith of Object.values(ENTRIES)) {
    const { fetch, sent } = scripted(() => never, stateOf("paid"));
    const client = clientWith({ baseUrl: BASE_URL, fetch });
    const controller = new AbortController();
    const first = rejected(() => client.payAndConfirm(BILL, { signal: controller.signal }), "aborted");
    const second = client.payAndConfirm(BILL);
    while (sent.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    controller.abort();
    equal((await first).outcome, "unknown");
    equal(await second, confirmed("paid"));
    equal(
      sent.map(({ method }) => method),
      ["POST", "GET"],
    );
  }
});

confirming("joins no call that cannot be sent", [answerOf], undefined, async (call) => {
  const refused = ["", "\n"].map((idempotencyKey) =>
    rejected(() => call({ idempotencyKey }), "invalid_header"),
  );
  const paid = call();
  for (const { outcome, nextAction } of await Promise.all(refused))
    equal([outcome, nextAction], ["not_executed", "fix_input"]);
  equal(await paid, BILL_PAID);
});

confirming(
  "only asks where an earlier call ended as pending",
  [lost, lost, stateOf("paid")],
  SOON,
  async (call) => {
    equal((await call({ deadlineMs: 1 })).status, "pending");
    equal(await call(), confirmed("paid"));
  },
);

test("payAndConfirm pays again after a refusal, since nothing was moved", () =>
  withFastTimers(async (clock) => {
    for (const clientWith of Object.values(ENTRIES)) {
      const { fetch, sent } = scripted(refusal("invalid_otp"), answerOf);
      const client = clientWith({ baseUrl: BASE_URL, fetch, now: clock.now, retry: 0 });
      equal((await rejected(() => client.payAndConfirm(BILL), "provider_error")).nextAction, "confirm_again");
      equal(await client.payAndConfirm(BILL), BILL_PAID);
      equal(sent.length, 2, "payments that were sent");
    }
  }));

test("a double click on payAndConfirm is one movement in the ledger", async () => {
  const sandbox = createSandbox({ seed: 1 });
  const client = new page.PaylovServices({ baseUrl: "https://sandbox.test/paylov", fetch: sandbox.fetch });
  const [service] = await client.listServices();
  const { fields } = await client.getFields(service.serviceId);
  const account = {};
  for (const { name, values, dependencyOf } of fields) {
    const fitting = values.find(({ filter }) => !filter || filter === account[dependencyOf]);
    account[name] = fitting?.value ?? "1000000";
  }
  const amount = { minor: 500000, currency: "UZS" };
  const { transactionId } = await client.createPayment({ serviceId: service.serviceId, account, amount });
  const bill = { transactionId, cardId: "9f877739-2149-4831-88a4-d1857309c77c" };
  const clicks = await Promise.all([client.payAndConfirm(bill), client.payAndConfirm(bill)]);
  equal(
    [...clicks, await client.payAndConfirm(bill)].map(({ status }) => status),
    ["paid", "paid", "paid"],
  );
  equal(
    sandbox.ledger().map((row) => [row.transactionId, row.amount]),
    [[transactionId, amount]],
  );
});
