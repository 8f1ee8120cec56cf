// What a client is made with, and what becomes of it: checked at once, kept as it was, and hidden.

import * as page from "tiyin";
import * as server from "tiyin/server";
import { each, equal, fail, holds, refused, rejected, test } from "./harness.js";
import { revokedProxy, throwingProxy, withThrowingGetter } from "./hostile.js";
import { objectWith } from "./orders.js";
import { API_KEY, answer, answerOf, BASE_URL, BILL, PAYMENT_ID, recorded, scripted } from "./paylov.js";

const AUTH = { apiKey: API_KEY };
const ENTRIES = {
  tiyin: { PaylovServices: page.PaylovServices, config: { baseUrl: BASE_URL } },
  "tiyin/server": { PaylovServices: server.PaylovServices, config: { baseUrl: BASE_URL, auth: AUTH } },
};

const entries = Object.values(ENTRIES);
const makers = entries.map(
  ({ PaylovServices, config }) =>
    (changes) =>
      new PaylovServices({ ...config, ...changes }),
);

/** The address that a client with this base URL asks for services at. */
async function addressBy(make, baseUrl) {
  const { fetch, sent } = scripted(() => answer({ result: { services: [] } }));
  await make({ baseUrl, fetch }).listServices();
  return sent[0].url;
}

each(
  "a client's base URL is absolute and of https, with a slash at its end or without",
  [
    ["https://shop.uz", "https://shop.uz/servicePayment/list/"],
    ["https://shop.uz/", "https://shop.uz/servicePayment/list/"],
    ["https://shop.uz/api/paylov", "https://shop.uz/api/paylov/servicePayment/list/"],
    ["https://shop.uz:8443/api/paylov/", "https://shop.uz:8443/api/paylov/servicePayment/list/"],
    ["http://localhost:8788/paylov", "http://localhost:8788/paylov/servicePayment/list/"],
    ["http://127.0.0.1/paylov", "http://127.0.0.1/paylov/servicePayment/list/"],
  ],
  async (baseUrl, address) => {
    for (const make of makers) equal(await addressBy(make, baseUrl), address);
  },
);

each(
  "what is no base URL of a client is refused",
  [
    [""],
    ["shop.uz"],
    ["/api/paylov"],
    ["//shop.uz"],
    ["http://shop.uz"],
    ["http://localhost.shop.uz"],
    ["ftp://shop.uz"],
    ["javascript:alert(1)"],
    ["data:,x"],
    ["https://"],
    ["https://user@shop.uz"],
    ["https://user:password@shop.uz"],
    ["https://shop.uz/?a=1"],
    ["https://shop.uz/#a"],
    ["https://shop.uz/a b"],
    ["https://shop.uz\\evil.example"],
    ["https://shop.uz:99999"],
    ["https://1.2.3.4.5"],
    ["https://1.2.3.999/api"],
    [" https://shop.uz"],
    ["https://shop.uz\n"],
  ],
  (baseUrl) => {
    for (const make of makers) refused(() => make({ baseUrl }), "invalid_base_url", "baseUrl");
  },
);

each(
  "what a configuration lacks or has too much is named",
  [
    [undefined, "missing_field", "config"],
    [null, "invalid_type", "config"],
    ["https://shop.uz", "invalid_type", "config"],
    [[], "invalid_type", "config"],
    [new Map(), "invalid_type", "config"],
    [{}, "missing_field", "baseUrl"],
    [{ baseUrl: undefined }, "missing_field", "baseUrl"],
    [{ baseUrl: BASE_URL, auth: AUTH, retries: 1 }, "unknown_field", "retries"],
    [{ baseUrl: BASE_URL, auth: AUTH, timeout: 5 }, "unknown_field", "timeout"],
    [objectWith("__proto__", {}), "unknown_field", "__proto__"],
    [{ constructor: 5 }, "unknown_field", "constructor"],
  ],
  (config, code, field) => {
    for (const { PaylovServices } of entries) {
      const { auth, ...rest } = config ?? {};
      const given = auth && PaylovServices === page.PaylovServices ? rest : config;
      refused(() => new PaylovServices(given), code, field);
    }
    refused(() => new page.PaylovServices(), "missing_field", "config");
  },
);

each(
  "members of a configuration are of their type, and in their range",
  [
    ["baseUrl", 5, "invalid_type"],
    ["fetch", null, "invalid_type"],
    ["fetch", "fetch", "invalid_type"],
    ["fetch", {}, "invalid_type"],
    ["now", 5, "invalid_type"],
    ["now", new Date(), "invalid_type"],
    ["timeoutMs", 0, "out_of_range"],
    ["timeoutMs", -1, "out_of_range"],
    ["timeoutMs", 86_400_001, "out_of_range"],
    ["timeoutMs", 1.5, "not_an_integer"],
    ["timeoutMs", Number.POSITIVE_INFINITY, ["not_finite", "not_an_integer"]],
    ["timeoutMs", "5000", "invalid_type"],
    ["timeoutMs", 5000n, "invalid_type"],
    ["timeoutMs", null, "invalid_type"],
    ["retry", -1, "out_of_range"],
    ["retry", 6, "out_of_range"],
    ["retry", 0.5, "not_an_integer"],
    ["retry", true, "invalid_type"],
    ["retry", "2", "invalid_type"],
    ["headers", null, "invalid_type"],
    ["headers", [["a", "b"]], "invalid_type"],
    ["headers", new Headers({ a: "b" }), "invalid_type"],
    ["listPaidPath", 5, "invalid_type"],
    ["listPaidPath", "", "empty_text"],
    ["listPaidPath", "../../x?a=1#b", "invalid_id"],
    ["listPaidPath", "//x.uz/a", "invalid_id"],
    ["timeoutMs", 2 ** 53, "out_of_range"],
  ],
  (member, value, codes) => {
    for (const make of makers) refused(() => make({ [member]: value }), codes, member);
  },
);

test("the ends of the ranges are taken, and members that are undefined are as if left out", async () => {
  const undefineds = {
    fetch: answerOf,
    timeoutMs: undefined,
    retry: undefined,
    headers: undefined,
    now: undefined,
  };
  for (const make of makers) {
    for (const changes of [
      { timeoutMs: 86_400_000, retry: 0 },
      { timeoutMs: 5000, retry: 5 },
      { headers: {} },
      { ...undefineds, listPaidPath: undefined },
    ]) {
      equal((await make({ fetch: answerOf, ...changes }).listServices()).length, 1);
    }
    make({ timeoutMs: 1 });
  }
});

each(
  "a call's options are checked like a configuration",
  [
    [null, "invalid_type", "options"],
    [5, "invalid_type", "options"],
    [{ timeout: 5 }, "unknown_field", "timeout"],
    [{ retry: 1 }, "unknown_field", "retry"],
    [{ timeoutMs: 0 }, "out_of_range", "timeoutMs"],
    [{ timeoutMs: "5" }, "invalid_type", "timeoutMs"],
    [{ timeoutMs: 86_400_001 }, "out_of_range", "timeoutMs"],
    [{ idempotencyKey: 5 }, "invalid_type", "idempotencyKey"],
    [throwingProxy(), ["unreadable", "invalid_type"], undefined],
    [revokedProxy(), ["unreadable", "invalid_type"], undefined],
    [withThrowingGetter({}, "signal"), "unreadable", "signal"],
    [withThrowingGetter({}, "timeoutMs"), "unreadable", "timeoutMs"],
  ],
  async (options, codes, field) => {
    for (const make of makers) {
      const client = make({ fetch: () => fail("it was sent") });
      const read = await rejected(() => client.listServices({}, options), codes, field);
      equal([read.outcome, read.nextAction], [undefined, "fix_input"]);
      for (const method of ["pay", "payAndConfirm"]) {
        const error = await rejected(() => client[method](BILL, options), codes, field);
        equal([error.outcome, error.nextAction], ["not_executed", "fix_input"]);
      }
    }
  },
);

each(
  "payAndConfirm's own options are checked before anything is sent",
  [
    [{ wasSent: "yes" }, "invalid_type", "wasSent"],
    [{ wasSent: 1 }, "invalid_type", "wasSent"],
    [{ pollEveryMs: 0 }, "out_of_range", "pollEveryMs"],
    [{ deadlineMs: 0 }, "out_of_range", "deadlineMs"],
    [{ deadlineMs: 86_400_001 }, "out_of_range", "deadlineMs"],
    [{ pollMs: 5 }, "unknown_field", "pollMs"],
  ],
  async (options, code, field) => {
    for (const make of makers) {
      const client = make({ fetch: () => fail("it was sent") });
      const { outcome, nextAction } = await rejected(() => client.payAndConfirm(BILL, options), code, field);
      equal([outcome, nextAction], ["not_executed", "fix_input"]);
    }
  },
);

test("a page's client takes no credential, and says where clients do", () => {
  for (const auth of [AUTH, { bearer: "t" }, {}, null, "key"]) {
    const error = refused(() => makers[0]({ auth }), "credential_not_allowed", "auth");
    holds(error.message.includes("tiyin/server"), `${error.message} names tiyin/server`);
    holds(!JSON.stringify(error).includes(API_KEY), "the credential is not repeated");
  }
});

each(
  "a server's client takes one credential, which a header can carry",
  [
    [undefined, "missing_field", "auth"],
    [null, "invalid_type", "auth"],
    [API_KEY, "invalid_type", "auth"],
    [{}, "invalid_type", "auth"],
    [{ apiKey: API_KEY, bearer: "t" }, "invalid_type", "auth"],
    [{ apiKey: 5 }, "invalid_type", "auth.apiKey"],
    [{ apiKey: "" }, "invalid_header", "auth.apiKey"],
    [{ apiKey: "a b" }, "invalid_header", "auth.apiKey"],
    [{ bearer: "a\r\nx: y" }, "invalid_header", "auth.bearer"],
    [{ bearer: "калит" }, "invalid_header", "auth.bearer"],
    [{ apikey: API_KEY }, "unknown_field", "auth.apikey"],
    [{ username: "u", password: "p" }, "unknown_field", "auth.username"],
  ],
  (auth, code, field) => {
    const { message } = refused(() => makers[1]({ auth }), code, field);
    holds(!message.includes(API_KEY), "the credential is not repeated");
  },
);

test("headers that carry credentials are refused, however they are written", () => {
  for (const name of [
    "authorization",
    "Authorization",
    "AUTHORIZATION",
    "api-key",
    "Api-Key",
    "auth",
    "Auth",
    "card-token",
    "Card-Token",
  ]) {
    for (const make of makers) {
      refused(() => make({ headers: { [name]: "x" } }), "credential_not_allowed", `headers.${name}`);
    }
  }
});

test("headers that are set otherwise, or that cannot be sent, are refused", () => {
  const headers = [
    ...["Content-Type", "content-length", "Host", "Idempotency-Key"].map((name) => [name, "x"]),
    ...["", "a b", "a:b", "a\r\nb", "ҳ"].map((name) => [name, "x"]),
    ...["a\r\nb: c", "a\n", "\0", "қ"].map((value) => ["x-session", value]),
  ];
  for (const [name, value] of headers) {
    for (const make of makers) {
      const codes = name === "" ? ["invalid_header", "empty_account_key"] : "invalid_header";
      const { field } = refused(() => make({ headers: objectWith(name, value) }), codes);
      holds(field.startsWith("headers"), `${field} is a header`);
    }
  }
  for (const make of makers) refused(() => make({ headers: { a: 5 } }), "invalid_type", "headers.a");
});

test("what is changed in a configuration after a client was made changes nothing", async () => {
  for (const { PaylovServices, config } of entries) {
    const { fetch, sent } = scripted(answerOf);
    const given = { ...config, auth: config.auth && { ...config.auth }, headers: { "x-a": "1" }, fetch };
    const client = new PaylovServices(given);
    given.baseUrl = "https://evil.example/";
    given.headers["x-a"] = "2";
    given.headers["api-key"] = "another";
    if (given.auth) given.auth.apiKey = "another";
    given.fetch = () => fail("the other fetch is called");
    given.timeoutMs = -1;
    await client.listServices();
    holds(sent[0].url.startsWith(BASE_URL), `${sent[0].url} is the first base URL`);
    equal([sent[0].headers["x-a"], sent[0].headers["api-key"]], ["1", config.auth?.apiKey]);
  }
});

test("a frozen configuration is taken, and left as it is", async () => {
  for (const { PaylovServices, config } of entries) {
    const given = Object.freeze({ ...config, headers: Object.freeze({ a: "b" }), fetch: answerOf });
    equal((await new PaylovServices(given).listServices()).length, 1);
    equal(given.headers, { a: "b" });
  }
});

test("getters that throw are refused by name, also those that throw later", () => {
  for (const { PaylovServices, config } of entries) {
    for (const member of ["baseUrl", "fetch", "timeoutMs", "retry", "headers", "now"]) {
      const given = withThrowingGetter({ ...config }, member);
      refused(() => new PaylovServices(given), "unreadable", member);
      let reads = 0;
      const value = { ...config, timeoutMs: 5, retry: 1, headers: {}, fetch: answerOf, now: Date.now }[
        member
      ];
      const later = Object.defineProperty({ ...config }, member, {
        enumerable: true,
        get() {
          reads += 1;
          if (reads > 1) throw new RangeError("later");
          return value;
        },
      });
      refused(() => new PaylovServices(later), "unreadable");
    }
    refused(() => new PaylovServices(throwingProxy(config)), ["unreadable", "invalid_type"]);
    refused(() => new PaylovServices(revokedProxy(config)), ["unreadable", "invalid_type"]);
  }
});

test("a getter that gives something else later is checked like the first", async () => {
  for (const { PaylovServices, config } of entries) {
    let reads = 0;
    const given = {
      ...config,
      get baseUrl() {
        reads += 1;
        return reads === 1 ? BASE_URL : "http://evil.example/";
      },
    };
    refused(() => new PaylovServices(given), "invalid_base_url", "baseUrl");
  }
});

test("a client's clock is the one it is given", async () => {
  const NOW = 1_790_000_000_000;
  for (const make of makers) {
    const given = [];
    const now = function (...values) {
      given.push([this, values.length]);
      return NOW;
    };
    const client = make({ now, retry: 0, fetch: () => answer({}, 500) });
    equal((await rejected(() => client.listServices(), "server_error")).sentAt, NOW);
    holds(given.length > 0, "the clock was asked");
    for (const call of given) equal(call, [undefined, 0]);
  }
});

each(
  "a clock that is none is refused before anything is sent",
  [[() => {}], [() => "5"], [() => 1.5], [() => Number.NaN], [() => new Date()], [() => Promise.resolve(5)]],
  async (now) => {
    for (const make of makers) {
      const client = make({ now, fetch: () => fail("it was sent") });
      await rejected(
        () => client.listServices(),
        ["invalid_type", "missing_field", "not_an_integer", "not_a_number"],
        "now",
      );
      for (const method of ["pay", "payAndConfirm"]) {
        const error = await rejected(
          () => client[method](BILL),
          ["invalid_type", "missing_field", "not_an_integer", "not_a_number"],
          "now",
        );
        equal(error.outcome, "not_executed");
      }
    }
  },
);

test("a clock that throws fails a call, and says what is known of it", async () => {
  for (const make of makers) {
    let sends = 0;
    let isBroken = true;
    const now = () => {
      if (isBroken) throw new RangeError("no clock");
      return Date.now();
    };
    const fetch = (request) => {
      sends += 1;
      isBroken = true;
      return answerOf(request);
    };
    const client = make({ now, fetch });
    for (const method of ["pay", "payAndConfirm"]) {
      isBroken = true;
      const before = await rejected(() => client[method](BILL), "unreadable", "now");
      equal(
        [before.outcome, before.nextAction, before.cause.message],
        ["not_executed", "fix_input", "RangeError"],
      );
      isBroken = false;
      const error = await rejected(() => client[method](BILL), "unreadable", "now");
      equal([error.outcome, error.nextAction, error.provider], ["unknown", "query_status", "paylov"]);
    }
    equal(sends, 2, "sends");
  }
});

each(
  "a clock that gives no whole number fails a call, and is named",
  [
    [undefined, "missing_field"],
    [null, "invalid_type"],
    ["5", "invalid_type"],
    [new Date(), "invalid_type"],
    [1n, "invalid_type"],
    [Number.NaN, "not_a_number"],
    [Number.POSITIVE_INFINITY, "not_finite"],
    [1.5, "not_an_integer"],
    [-1, "out_of_range"],
    [2 ** 53, "out_of_range"],
    [-(2 ** 53), "out_of_range"],
    [1e21, "out_of_range"],
  ],
  async (time, code) => {
    for (const make of makers) {
      let sends = 0;
      let isBroken = true;
      const fetch = (request) => {
        sends += 1;
        isBroken = true;
        return answerOf(request);
      };
      const client = make({ fetch, now: () => (isBroken ? time : Date.now()) });
      for (const method of ["pay", "payAndConfirm"]) {
        isBroken = true;
        const before = await rejected(() => client[method](BILL), code, "now");
        equal([before.outcome, before.nextAction], ["not_executed", "fix_input"]);
        isBroken = false;
        const error = await rejected(() => client[method](BILL), code, "now");
        equal([error.outcome, error.nextAction], ["unknown", "query_status"]);
      }
      isBroken = false;
      const read = await rejected(() => client.getStatus(PAYMENT_ID), code, "now");
      equal([read.outcome, read.provider], [undefined, "paylov"]);
      equal(sends, 3, "sends");
    }
  },
);

const METHODS = [
  "listServices",
  "getFields",
  "getInfo",
  "createPayment",
  "pay",
  "getStatus",
  "listPaid",
  "payAndConfirm",
];

test("a method that lost its client is refused, and says so", async () => {
  for (const make of makers) {
    const client = make({ fetch: () => fail("it was sent") });
    for (const method of METHODS) {
      const stray = client[method];
      const foreign = [
        undefined,
        null,
        5,
        "client",
        {},
        Object.create(client),
        page.PaylovServices.prototype,
        throwingProxy(),
      ];
      for (const self of foreign) {
        const error = await rejected(() => Reflect.apply(stray, self, [BILL]), "invalid_type", "this");
        holds(error.message.includes("client"), `${error.message} says what it needs`);
        const isMore = ["createPayment", "pay", "payAndConfirm"].includes(method);
        equal([error.outcome, error.nextAction], [isMore ? "not_executed" : undefined, "fix_input"]);
      }
    }
  }
});

test("a client of one entry is none to another entry's methods", async () => {
  const [onPage, onServer] = makers.map((make) => make({ fetch: () => fail("it was sent") }));
  const { pay } = onServer;
  await rejected(() => Reflect.apply(pay, onPage, [BILL]), "invalid_type", "this");
});

test("a client can be extended, and its methods replaced", async () => {
  for (const { PaylovServices, config } of entries) {
    class Shop extends PaylovServices {
      #calls = 0;
      async getStatus(id, options) {
        this.#calls += 1;
        const state = await super.getStatus(id, options);
        return { ...state, calls: this.#calls };
      }
    }
    const { fetch, sent } = scripted(answerOf);
    const shop = new Shop({ ...config, fetch });
    holds(shop instanceof PaylovServices, "it is a client");
    const { status, calls } = await shop.getStatus(PAYMENT_ID);
    equal([status, calls, sent.length], ["paid", 1, 1]);
    equal((await shop.payAndConfirm(BILL)).status, "paid");
    refused(() => new Shop({}), "missing_field", "baseUrl");
  }
});

test("a client is made by new", () => {
  for (const { PaylovServices, config } of entries) {
    let error;
    try {
      PaylovServices(config);
    } catch (thrown) {
      error = thrown;
    }
    holds(error instanceof TypeError, "a class is no function");
  }
});

test("clients side by side keep to themselves", async () => {
  const seen = [];
  const clients = Array.from({ length: 20 }, (_, index) => {
    const fetch = async (request) => {
      seen.push((await recorded(request)).headers);
      await new Promise((resolve) => setTimeout(resolve, (index * 7) % 5));
      return answerOf(request);
    };
    return new server.PaylovServices({ baseUrl: BASE_URL, auth: { apiKey: `key-${index}` }, fetch });
  });
  const states = await Promise.all(clients.map((client, index) => client.getStatus(`payment-${index}`)));
  equal(
    states.map(({ transactionId }) => transactionId),
    clients.map((_, index) => `payment-${index}`),
  );
  equal(seen.map((headers) => headers["api-key"]).sort(), clients.map((_, index) => `key-${index}`).sort());
});
