// The entries' exports, and that every function takes frozen data and gives plain data.

import * as entry from "tiyin";
import * as checkout from "tiyin/checkout";
import * as sandbox from "tiyin/sandbox";
import * as server from "tiyin/server";
import * as sign from "tiyin/sign";
import { callables, exportsOf, isClass } from "./callables.js";
import { callsOf, INSTANCES, isCallOfClient } from "./calls.js";
import { vendorLinks } from "./data.js";
import { entries } from "./entries.js";
import { equal, holds, isPlain, test } from "./harness.js";
import { linkOf, MERCHANT_ID, vendorOrder } from "./orders.js";

const EXPORTS = [
  "TiyinError",
  "addMoney",
  "allocate",
  "cents",
  "checkoutLink",
  "checkoutLinks",
  "convertMoney",
  "formatMoney",
  "isTiyinError",
  "parseCheckoutLink",
  "parseMoney",
  "percentOf",
  "som",
  "tiyin",
  "toMajor",
  "usd",
];

// The members of each class's instances, besides the constructor.
const METHODS = {
  AccountForm: ["account", "checkAmount", "errors", "fields", "set", "subscribe"],
  BankTransfers: [
    "createBudgetPayment",
    "createPayment",
    "getBalance",
    "getPayment",
    "listServices",
    "listStatement",
    "settle",
    "statement",
    "statementTotals",
  ],
  LinkSigner: ["sign", "signReturnUrl", "verify", "verifyReturnUrl"],
  PaylovServices: [
    "createPayment",
    "getFields",
    "getInfo",
    "getStatus",
    "listPaid",
    "listServices",
    "pay",
    "payAndConfirm",
  ],
};

const CLIENTS = [
  "AccountForm",
  "BankTransfers",
  "PaylovServices",
  "buildAccount",
  "reconcile",
  "transferOrderHash",
];

test("the entries export the documented names and nothing else", () => {
  const names = Object.fromEntries(
    Object.entries(entries).map(([name, module]) => [name, Object.keys(module)]),
  );
  equal(names, {
    tiyin: [...CLIENTS, ...EXPORTS].sort(),
    "tiyin/checkout": EXPORTS,
    "tiyin/sign": ["LinkSigner", ...EXPORTS].sort(),
    "tiyin/server": [...CLIENTS, "LinkSigner", ...EXPORTS].sort(),
    "tiyin/qr": ["TiyinError", "isTiyinError", "qrSvg"],
    "tiyin/sandbox": ["TiyinError", "createSandbox", "isTiyinError"],
    "tiyin/messages": ["describeError"],
  });
  equal(Object.keys(sandbox.createSandbox()).sort(), ["cards", "fetch", "ledger", "setFaults", "strikes"]);
});

const isClassOfOurs = (value) => isClass(value) && value !== checkout.TiyinError;

test("classes have their name, the documented methods and nothing else", () => {
  for (const Class of [sign, server, entry].flatMap(Object.values).filter(isClassOfOurs)) {
    const { name, prototype } = Class;
    holds(name in METHODS, `${name} is the name of a class`);
    equal(Object.getOwnPropertyNames(prototype).sort(), ["constructor", ...METHODS[name]].sort());
    const symbols = name === "AccountForm" ? [Symbol.toStringTag] : [];
    equal(Object.getOwnPropertySymbols(prototype), symbols, "symbols");
    equal(Reflect.ownKeys(Class).sort(), ["length", "name", "prototype"]);
  }
  const client = INSTANCES.PaylovServices(entry.PaylovServices);
  equal(Reflect.ownKeys(client), [], "what an instance shows");
  equal(Reflect.ownKeys(INSTANCES.AccountForm(entry.AccountForm)), ["subscribe"], "what a form shows");
  equal(JSON.stringify(INSTANCES["PaylovServices of tiyin/server"](server.PaylovServices)), "{}");
});

test("every entry has functions of its own that give the same, and the one class of errors", () => {
  for (const module of [entry, sign, server]) {
    for (const name of EXPORTS) {
      equal(typeof module[name], "function", name);
      if (name in RESULTS) equal(RESULTS[name](module), RESULTS[name](checkout), name);
    }
    holds(module.TiyinError === checkout.TiyinError, "TiyinError is one");
    holds(module.isTiyinError === checkout.isTiyinError, "isTiyinError is one");
  }
});

const RESULTS = {
  som: (from = checkout) => from.som("500.50"),
  tiyin: (from = checkout) => from.tiyin(5),
  usd: (from = checkout) => from.usd(5),
  cents: (from = checkout) => from.cents(5),
  toMajor: (from = checkout) => from.toMajor(from.som(5)),
  formatMoney: (from = checkout) => from.formatMoney(from.som(5)),
  parseMoney: (from = checkout) => from.parseMoney("5 so'm"),
  addMoney: (from = checkout) => from.addMoney(from.som(5), from.som(6)),
  allocate: (from = checkout) => from.allocate(from.som(5), [1, 2]),
  percentOf: (from = checkout) => from.percentOf(from.som(5), 100),
  convertMoney: (from = checkout) => from.convertMoney(from.som(5), "12650.55", "USD"),
  checkoutLink: (from = checkout) => from.checkoutLink(vendorOrder()),
  checkoutLinks: (from = checkout) => from.checkoutLinks([vendorOrder(), vendorOrder()]),
  parseCheckoutLink: (from = checkout) =>
    from.parseCheckoutLink(linkOf(`merchant_id=a&amount=5&b=%zz&return_url=http://a`)),
};

test("every result is plain data that survives JSON", () => {
  const missing = EXPORTS.filter((name) => !(name in RESULTS));
  equal(missing, ["TiyinError", "isTiyinError"]);
  for (const [name, make] of Object.entries(RESULTS)) {
    const result = make();
    holds(isPlain(result), `${name} gives plain data`);
    equal(JSON.parse(JSON.stringify(result)), result, name);
    equal(structuredClone(result), result, name);
    holds(typeof result !== "object" || make() !== result, `${name} gives a new object each time`);
  }
});

const functions = callables(exportsOf(entries), INSTANCES);

for (const name of Object.keys(functions).filter(isCallOfClient)) {
  test(`${name} gives plain data that survives JSON`, async () => {
    const { answered } = callsOf(name);
    const [first, second] = [await functions[name](...answered), await functions[name](...answered)];
    holds(isPlain(first), `${JSON.stringify(first)} is plain data`);
    equal(JSON.parse(JSON.stringify(first)), first);
    equal(structuredClone(first), first);
    equal(second, first);
    holds(second !== first, "each call gives a new object");
  });

  test(`${name} takes frozen arguments, and changes nothing`, async () => {
    const { answered } = callsOf(name);
    const copy = structuredClone(answered);
    await functions[name](...deepFreeze(structuredClone(answered)));
    await functions[name](...answered);
    equal(answered, copy);
  });
}

test("results have exactly the documented members", () => {
  const isMoney = (value) => equal(Object.keys(value).sort(), ["currency", "minor"]);
  for (const name of [
    "som",
    "tiyin",
    "usd",
    "cents",
    "parseMoney",
    "addMoney",
    "percentOf",
    "convertMoney",
  ]) {
    isMoney(RESULTS[name]());
  }
  RESULTS.allocate().forEach(isMoney);
  const { order, warnings } = RESULTS.parseCheckoutLink();
  equal(Object.keys(order).sort(), ["account", "amount", "merchantId", "returnUrl"]);
  isMoney(order.amount);
  holds(warnings.length >= 4, "the link has its warnings");
  for (const warning of warnings) {
    const members = Object.keys(warning).filter((member) => member !== "field");
    equal(members.sort(), ["code", "message"]);
  }
});

function deepFreeze(value) {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}

test("frozen arguments work, and no function changes what it is given", () => {
  const order = deepFreeze(vendorOrder({ returnUrl: "https://a.uz", wireUnit: "minor", convertTo: "USD" }));
  const options = deepFreeze({ baseUrl: "https://pay.example.uz" });
  const orders = deepFreeze([order, order]);
  const weights = deepFreeze([1, 2]);
  const before = JSON.stringify([order, options, orders, weights]);
  equal(checkout.checkoutLinks(orders, options), [
    checkout.checkoutLink(order, options),
    checkout.checkoutLink(order, options),
  ]);
  equal(checkout.allocate(order.amount, weights).length, 2);
  for (const write of [checkout.toMajor, checkout.formatMoney]) equal(typeof write(order.amount), "string");
  equal(checkout.addMoney(order.amount, order.amount).minor, 2 * order.amount.minor);
  equal(checkout.percentOf(order.amount, 10000), order.amount);
  equal(checkout.convertMoney(order.amount, "1", "UZS"), order.amount);
  equal(JSON.stringify([order, options, orders, weights]), before);
});

test("unfrozen arguments are left as they are", () => {
  const order = vendorOrder({ account: { b: "1", a: "2" } });
  const copy = structuredClone(order);
  const link = checkout.checkoutLink(order);
  equal(order, copy);
  equal(Object.keys(order), Object.keys(copy));
  order.account.b = "3";
  holds(checkout.checkoutLink(order) !== link, "nothing of an order is remembered");
});

test("a result shares nothing with the arguments or with the next result", () => {
  const first = checkout.parseCheckoutLink(vendorLinks[0].link);
  first.order.account.order_id = "changed";
  first.order.amount.minor = 1;
  first.warnings.push("changed");
  equal(checkout.parseCheckoutLink(vendorLinks[0].link), vendorLinks[0].parsed);
  const amount = checkout.som(5);
  holds(checkout.addMoney(amount) !== amount, "a sum is a new object");
  equal(first.order.merchantId, MERCHANT_ID);
});
