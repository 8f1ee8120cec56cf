// What clients send, held against the document's own examples, and what they make of the answers.

import * as page from "tiyin";
import * as server from "tiyin/server";
import { BANK_URL, BUDGET_ORDER, CREDENTIALS, nothing, ORDER, SETTLED_ORDER, settled } from "./bank.js";
import { formOf, SPELLINGS } from "./canaries.js";
import { paylovExamples } from "./data.js";
import { each, equal, fail, holds, rejected, test } from "./harness.js";
import { memoriesOf } from "./memories.js";
import {
  API_KEY,
  answerOf,
  BASE_URL,
  BILL,
  CARD_ID,
  PAYMENT,
  PAYMENT_ID,
  SERVICE_ID,
  scripted,
  success,
} from "./paylov.js";

const TOKEN = "eyJhbGciOiJIUzI1NiJ9.e30.x-_~+/=";

const CLIENTS = {
  "tiyin/server, by its key,": {
    clientWith: (config) => new server.PaylovServices({ ...config, auth: { apiKey: API_KEY } }),
    credential: { "api-key": API_KEY },
  },
  "tiyin/server, by a token,": {
    clientWith: (config) => new server.PaylovServices({ ...config, auth: { bearer: TOKEN } }),
    credential: { authorization: `Bearer ${TOKEN}` },
  },
  tiyin: { clientWith: (config) => new page.PaylovServices(config), credential: {} },
};

const READS = ["listServices", "getFields", "getInfo", "getStatus", "listPaid"];
const FRESH_KEY = /^[0-9A-F]{32}$/;

function clientOf(entry, answerText, config = {}) {
  const { fetch, sent } = scripted(() => new Response(answerText));
  return { client: CLIENTS[entry].clientWith({ baseUrl: BASE_URL, fetch, ...config }), sent };
}

for (const entry of Object.keys(CLIENTS)) {
  each(
    `${entry} sends the requests of the document, and reads its answers`,
    paylovExamples.map((example) => [`${example.endpoint}, ${example.name}`, example]),
    async (_, { endpoint, input, request, answer, decoded }) => {
      const { client, sent } = clientOf(entry, answer);
      equal(await client[endpoint](input), decoded);
      equal(sent.length, 1, "sends");
      const [{ method, url, headers, body }] = sent;
      equal([method, url, body], [request.method, BASE_URL + request.path, request.body]);
      const { "api-key": _key, ...plain } = request.headers;
      const key = headers["idempotency-key"];
      if (entry !== "tiyin" || READS.includes(endpoint)) equal(key, undefined, "the key of the call");
      else holds(FRESH_KEY.test(key), `${key} is a key`);
      delete headers["idempotency-key"];
      equal(headers, { ...plain, ...CLIENTS[entry].credential });
    },
  );
}

test("the document has an example of each method", () => {
  const endpoints = new Set(paylovExamples.map(({ endpoint }) => endpoint));
  equal([...endpoints].sort(), ["createPayment", "pay", ...READS].sort());
});

test("a filter that is left out is the same as an empty one", async () => {
  const { client, sent } = clientOf("tiyin", '{"result":{"services":[],"transactions":[]}}');
  for (const filter of [undefined, {}]) {
    equal(await client.listServices(filter), []);
    equal(await client.listPaid(filter), { total: 0, payments: [] });
  }
  const paths = sent.map(({ url }) => url.slice(BASE_URL.length));
  const expected = ["servicePayment/list/", "servicePayment/transaction/all"];
  equal(paths, [...expected, ...expected]);
});

test("redirects are not followed by themselves", async () => {
  let redirect;
  const fetch = async (request) => {
    redirect = request.redirect;
    return success({ services: [] });
  };
  await CLIENTS.tiyin.clientWith({ baseUrl: BASE_URL, fetch }).listServices();
  equal(redirect, "manual");
});

each(
  "values are encoded where they stand in an address",
  [
    [
      (client) => client.getStatus("12 & 34+5"),
      "servicePayment/transaction/status/?transactionId=12+%26+34%2B5",
    ],
    [
      (client) => client.getFields("хизмат-5~"),
      "servicePayment/fields/%D1%85%D0%B8%D0%B7%D0%BC%D0%B0%D1%82-5%7E/",
    ],
    [
      (client) => client.listPaid({ endDate: "2024-11-21 11:48:47", userId: "№5", serviceId: SERVICE_ID }),
      `servicePayment/transaction/all?serviceId=${SERVICE_ID}&userId=%E2%84%965&endDate=2024-11-21+11%3A48%3A47`,
    ],
    [(client) => client.listServices({ availableForMe: false }), "servicePayment/list/"],
  ],
  async (call, path) => {
    const { client, sent } = clientOf("tiyin", "{}");
    await call(client).catch(() => {});
    equal(sent[0].url, BASE_URL + path);
  },
);

each("an id that leads elsewhere is not sent", [["."], [".."]], async (id) => {
  const { client, sent } = clientOf("tiyin", "{}");
  const error = await rejected(() => client.getFields(id), "invalid_id", "serviceId");
  equal([error.nextAction, error.outcome, sent.length], ["fix_input", undefined, 0]);
});

test("the list of paid payments is asked for at the other of the document's paths where it is given", async () => {
  const listPaidPath = "merchant/servicePayment/transaction/all/";
  const { client, sent } = clientOf("tiyin", '{"result":{"transactions":[]}}', { listPaidPath });
  await client.listPaid({ userId: "646" });
  equal(sent[0].url, `${BASE_URL}${listPaidPath}?userId=646`);
});

test("the order of members is the document's, and that of an account its own", async () => {
  const account = { customer_code: "1000000", 2: "b", region: "1", 1: "a" };
  const amount = { currency: "UZS", minor: 100 };
  const payment = {
    userId: "007",
    phoneNumber: "90 123 45 67",
    cardId: CARD_ID,
    amount,
    account,
    serviceId: "5",
  };
  const { client, sent } = clientOf("tiyin", "{}");
  await client.createPayment(payment).catch(() => {});
  const members = [
    '"amount":1,"service_id":"5","account":{"1":"a","2":"b","customer_code":"1000000","region":"1"}',
    `"userId":"007","cardId":"${CARD_ID}","phoneNumber":"+998901234567"`,
  ];
  equal(sent[0].body, `{${members.join(",")}}`);
});

each(
  "amounts are written in whole som",
  [
    [{ minor: 100, currency: "UZS" }, "1"],
    [page.som(500), "500"],
    [server.som("1000000"), "1000000"],
    [{ minor: 9007199254740900, currency: "UZS" }, "90071992547409"],
  ],
  async (amount, written) => {
    const { client, sent } = clientOf("tiyin", "{}");
    await client.createPayment({ ...PAYMENT, amount }).catch(() => {});
    holds(sent[0].body.startsWith(`{"amount":${written},`), `${sent[0].body} begins with the amount`);
  },
);

each(
  "what Paylov could not read is refused before it is sent",
  [
    ["createPayment", { ...PAYMENT, amount: { minor: 50050, currency: "UZS" } }, "fractional_som", "amount"],
    ["createPayment", { ...PAYMENT, amount: { minor: 0, currency: "UZS" } }, "amount_not_positive", "amount"],
    ["createPayment", { ...PAYMENT, amount: { minor: 500, currency: "USD" } }, "currency_mismatch", "amount"],
    ["createPayment", { ...PAYMENT, amount: 500 }, "invalid_type", "amount"],
    ["createPayment", { ...PAYMENT, serviceId: "" }, "empty_text", "serviceId"],
    ["createPayment", { ...PAYMENT, serviceId: 5 }, "invalid_type", "serviceId"],
    ["createPayment", { ...PAYMENT, account: { "": "5" } }, "empty_account_key", "account"],
    ["createPayment", { ...PAYMENT, account: { region: 1 } }, "invalid_type", "account.region"],
    ["createPayment", { ...PAYMENT, phoneNumber: "+7 901 234 56 78" }, "invalid_phone", "phoneNumber"],
    ["createPayment", { ...PAYMENT, hold: true }, "unknown_field", "hold"],
    ["pay", { transactionId: PAYMENT_ID }, "missing_field", "cardId"],
    ["pay", { ...BILL, transactionId: "" }, "empty_text", "transactionId"],
    ["pay", { ...BILL, otp: "" }, "empty_text", "otp"],
    ["pay", { ...BILL, otp: 123456 }, "invalid_type", "otp"],
    ["pay", { ...BILL, amount: PAYMENT.amount }, "unknown_field", "amount"],
    ["payAndConfirm", { ...BILL, otp: 123456 }, "invalid_type", "otp"],
    ["payAndConfirm", { ...BILL, cardId: "" }, "empty_text", "cardId"],
  ],
  async (method, input, code, field) => {
    for (const entry of Object.keys(CLIENTS)) {
      const { client, sent } = clientOf(entry, "{}");
      const error = await rejected(() => client[method](input), code, field);
      equal([error.outcome, error.nextAction, sent.length], ["not_executed", "fix_input", 0]);
      equal([error.provider, error.sentAt], [undefined, undefined]);
    }
  },
);

test("through a proxy every call but a read has a fresh key, or the one it is given", async () => {
  const { client, sent } = clientOf("tiyin", "{}");
  for (let call = 0; call < 50; call++) {
    await client.createPayment(PAYMENT).catch(() => {});
    await client.pay(BILL).catch(() => {});
  }
  const keys = new Set(sent.map(({ headers }) => headers["idempotency-key"]));
  equal(keys.size, 100, "keys");
  for (const key of keys) holds(FRESH_KEY.test(key), `${key} is a key`);
  sent.length = 0;
  const given = { idempotencyKey: "order-12/a~" };
  await client.createPayment(PAYMENT, given).catch(() => {});
  await client.pay(BILL, given).catch(() => {});
  await client.payAndConfirm(BILL, { ...given, deadlineMs: 1500 }).catch(() => {});
  const posts = sent.filter(({ method }) => method === "POST");
  equal(
    posts.map(({ headers }) => headers["idempotency-key"]),
    Array(3).fill(given.idempotencyKey),
  );
});

test("to Paylov itself a key goes only where it is given, and with a read never", async () => {
  const given = { idempotencyKey: "5" };
  for (const entry of Object.keys(CLIENTS)) {
    const { client, sent } = clientOf(entry, "{}", { retry: 0 });
    for (const method of READS) await client[method](inputOf(method), given).catch(() => {});
    equal(sent.length, READS.length, "reads");
    for (const { headers } of sent) equal(headers["idempotency-key"], undefined, "the key of a read");
    sent.length = 0;
    if (entry === "tiyin") continue;
    await client.pay(BILL).catch(() => {});
    await client.pay(BILL, given).catch(() => {});
    equal(
      sent.map(({ headers }) => headers["idempotency-key"]),
      [undefined, "5"],
    );
  }
});

function inputOf(method) {
  return paylovExamples.find(({ endpoint }) => endpoint === method).input;
}

each(
  "a key that no header can carry is refused",
  [[""], ["a b"], ["ключ"], ["a\r\nb"], ["5".repeat(129)]],
  async (idempotencyKey) => {
    const { client, sent } = clientOf("tiyin", "{}");
    const error = await rejected(
      () => client.pay(BILL, { idempotencyKey }),
      "invalid_header",
      "idempotencyKey",
    );
    equal([error.outcome, error.nextAction, sent.length], ["not_executed", "fix_input", 0]);
  },
);

test("other headers of the configuration go with every request", async () => {
  const { client, sent } = clientOf("tiyin", "{}", {
    headers: { "X-Session": "a b", "x-lang": "uz" },
    retry: 0,
  });
  await client.listServices().catch(() => {});
  await client.pay(BILL).catch(() => {});
  for (const { headers } of sent) equal([headers["x-session"], headers["x-lang"]], ["a b", "uz"]);
});

// Answers as they can come besides the documented ones: what is asked for, the answer, and members that must come of it.
const SERVICE =
  '"service_id":5,"name":"Газ","category":{"id":"3","name":"Уй"},"amount":{"min":"500","max":1000.5}';
const READ = { min: { minor: 50000, currency: "UZS" }, max: { minor: 100050, currency: "UZS" } };
const PLAIN = {
  serviceId: "5",
  name: "Газ",
  category: { id: 3, name: "Уй" },
  ...READ,
  active: true,
  hasInfo: false,
  canCancel: false,
  payable: true,
};
const LENIENT = [
  ["ids that are numbers", "listServices", {}, `{"services":[{${SERVICE}}]}`, [PLAIN]],
  ["a null for a picture", "listServices", {}, `{"services":[{${SERVICE},"logo":null}]}`, [PLAIN]],
  [
    "flags as numbers and words",
    "listServices",
    {},
    `{"services":[{${SERVICE},"is_active":0,"has_info_method":"true","can_cancel":1,"payment_available":"False"}]}`,
    [{ ...PLAIN, active: false, hasInfo: true, canCancel: true, payable: false }],
  ],
  ["unknown members", "listServices", {}, `{"services":[{${SERVICE},"new":{"a":[1]}}],"page":1}`, [PLAIN]],
  [
    "data that is an object",
    "getFields",
    "5",
    `{"data":{${SERVICE},"fields":[]}}`,
    { ...PLAIN, fields: [], responseFields: [] },
  ],
  [
    "a field that says little",
    "getFields",
    "5",
    `{"data":[{${SERVICE},"fields":[{"field_id":9,"name":"code","length":"10"}]}]}`,
    {
      ...PLAIN,
      fields: [
        {
          fieldId: "9",
          name: "code",
          title: "code",
          type: "text",
          content: "text",
          length: 10,
          required: true,
          values: [],
        },
      ],
      responseFields: [],
    },
  ],
  [
    "rows without a title, and with numbers",
    "getInfo",
    { serviceId: "5", account: { a: "1" } },
    '{"data":[{"name":"saldo","value":-15105.15},{"name":"fio","title":null,"value":null,"postfix":"UZS"}]}',
    [
      { name: "saldo", title: "saldo", value: "-15105.15" },
      { name: "fio", title: "fio", value: "", postfix: "UZS" },
    ],
  ],
  ["no rows", "createPayment", PAYMENT, '{"transactionId":123}', { transactionId: "123", info: [] }],
  [
    "numbers in a paid bill",
    "pay",
    { ...BILL, transactionId: "7" },
    '{"transactionId":7,"payedAt":"2024-10-14 15:07:23","paymentRef":23581615065,"eposMerchant":90510020873}',
    { transactionId: "7", paidAt: "2024-10-14 15:07:23", rrn: "23581615065", eposMerchant: "90510020873" },
  ],
  [
    "a status that is not documented",
    "getStatus",
    "7",
    '{"transactionId":7,"status":"refunded","amount":"500.50","serviceId":5}',
    {
      transactionId: "7",
      status: "other",
      amount: { minor: 50050, currency: "UZS" },
      serviceId: "5",
      raw: "refunded",
    },
  ],
  [
    "an amount that cannot be read beside a status",
    "getStatus",
    "7",
    '{"transactionId":7,"status":"paid","amount":"5 000 UZS"}',
    { transactionId: "7", status: "paid", raw: "paid" },
  ],
  [
    "a cancelled payment",
    "getStatus",
    "7",
    '{"transactionId":"7","status":"cancelled","amount":500,"payedAt":null,"cancelTime":"2024-10-14 15:07:23"}',
    {
      transactionId: "7",
      status: "cancelled",
      amount: { minor: 50000, currency: "UZS" },
      cancelledAt: "2024-10-14 15:07:23",
      raw: "cancelled",
    },
  ],
  [
    "a whole card number, which is hidden",
    "listPaid",
    {},
    '{"transactions":[{"id":1,"cardNumber":"8600330410689500","amount":500,"date":"2024-11-21","serviceId":5}]}',
    {
      total: 1,
      payments: [
        {
          id: "1",
          maskedPan: "860033******9500",
          amount: { minor: 50000, currency: "UZS" },
          date: "2024-11-21",
          serviceId: "5",
        },
      ],
    },
  ],
];

for (const [what, method, input, result, expected] of LENIENT) {
  test(`answers are read with ${what}`, async () => {
    for (const entry of Object.keys(CLIENTS)) {
      const { client } = clientOf(entry, `{"result":${result}}`);
      equal(await client[method](input), expected);
    }
  });
}

each(
  "an answer of another shape is no answer, and says which member",
  [
    ["listServices", {}, '{"services":{}}', "services"],
    ["listServices", {}, '{"services":[{}]}', "category"],
    ["getFields", SERVICE_ID, '{"data":[]}', "data"],
    ["getInfo", { serviceId: "5", account: { a: "1" } }, "{}", "data"],
    ["getStatus", PAYMENT_ID, `{"transactionId":"${PAYMENT_ID}","amount":500}`, "status"],
    ["getStatus", PAYMENT_ID, '{"transactionId":"another","status":"paid","amount":500}', "transactionId"],
    ["listPaid", {}, '{"transactions":[{"id":1}]}', "amount"],
  ],
  async (method, input, result, member) => {
    for (const entry of Object.keys(CLIENTS)) {
      const { client, sent } = clientOf(entry, `{"result":${result}}`);
      const error = await rejected(() => client[method](input), "unexpected_answer");
      if (!error.message.includes(member)) fail(`${error.message} names ${member}`);
      equal([error.httpStatus, error.outcome, error.provider, sent.length], [200, undefined, "paylov", 1]);
    }
  },
);

each(
  "a payment whose answer is of another shape may have been made",
  [["{}"], ['{"transactionId":"another","payedAt":"2024-10-14 15:07:23"}'], ["[]"], ["null"]],
  async (result) => {
    for (const entry of Object.keys(CLIENTS)) {
      const { client, sent } = clientOf(entry, `{"result":${result}}`);
      const error = await rejected(() => client.pay(BILL), "unexpected_answer");
      equal([error.outcome, error.nextAction, sent.length], ["unknown", "query_status", 1]);
    }
  },
);

const CODE = "k7Q2mZ9w";
const PAN = "8600330410689500";

/** An order is not there before it is sent. */
function bankOfOneOrder() {
  let isSent = false;
  return async ({ method }) => {
    isSent ||= method === "POST";
    return isSent ? settled() : nothing();
  };
}

for (const entry of ["tiyin", "tiyin/server"]) {
  test(`nothing of a payer's code or of a card's number stays in the memory of ${entry}`, async () => {
    const planted = [];
    const memories = await memoriesOf(async () => {
      const { BankTransfers, PaylovServices } = await (entry === "tiyin"
        ? import("tiyin-wiped")
        : import("tiyin-wiped/server"));
      const [auth, bankAuth] =
        entry === "tiyin" ? [{}, {}] : [{ auth: { apiKey: API_KEY } }, { auth: CREDENTIALS }];
      const client = new PaylovServices({ baseUrl: BASE_URL, fetch: answerOf, ...auth });
      await client.pay({ ...BILL, otp: CODE });
      await client.payAndConfirm({ ...BILL, otp: CODE });
      const bank = new BankTransfers({ baseUrl: BANK_URL, fetch: bankOfOneOrder(), ...bankAuth });
      const card = { network: "HUMO", pan: SPELLINGS["in groups"](PAN), rrn: "016351273642" };
      equal((await bank.settle({ ...SETTLED_ORDER, card })).creates, 1);
      await bank.createPayment({ ...ORDER, card });
      await bank.createBudgetPayment({ ...BUDGET_ORDER, card: { ...card, pan: PAN } });
      await rejected(
        () => bank.createPayment({ ...ORDER, card: { ...card, rrn: "5\n6" } }),
        "unprintable_text",
      );
      await rejected(
        () => bank.createPayment({ ...ORDER, card: { ...card, pan: `${PAN}123` } }),
        "invalid_digits",
      );
      // What is looked for is found where it is.
      for (const text of [`"otp":"${CODE}"`, ...Object.values(SPELLINGS).map((spelled) => spelled(PAN))])
        planted.push(new Uint8Array(new TextEncoder().encode(text)).buffer);
    });
    const holding = memories.filter((buffer) => {
      const text = new TextDecoder("windows-1252").decode(buffer);
      return text.includes(CODE) || formOf(text, PAN);
    });
    equal(holding.length, planted.length, `memories of ${memories.length} that hold the code or the number`);
    for (const buffer of planted)
      holds(holding.includes(buffer), "what is planted is found, and nothing else");
    holds(
      memories.some(({ byteLength }) => byteLength >= 1 << 16),
      "the module's memory is among them",
    );
  });
}
