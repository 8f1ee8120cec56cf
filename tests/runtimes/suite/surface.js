// The entries' exports, and that every function takes frozen data and gives plain data.

import * as entry from "tiyin";
import * as checkout from "tiyin/checkout";
import * as qr from "tiyin/qr";
import * as sandbox from "tiyin/sandbox";
import * as sign from "tiyin/sign";
import { vendorLinks } from "./data.js";
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

test("the entries export the documented names and nothing else", () => {
  equal(Object.keys(checkout).sort(), EXPORTS);
  equal(Object.keys(entry).sort(), EXPORTS);
  equal(Object.keys(sign).sort(), ["LinkSigner", ...EXPORTS].sort());
  equal(Object.keys(qr).sort(), ["TiyinError", "isTiyinError", "qrSvg"]);
  equal(Object.keys(sandbox).sort(), ["TiyinError", "createSandbox", "isTiyinError"]);
  equal(Object.keys(sandbox.createSandbox()).sort(), ["fetch", "ledger", "setFaults"]);
  equal(Object.getOwnPropertyNames(sign.LinkSigner.prototype).sort(), [
    "constructor",
    "sign",
    "signReturnUrl",
    "verify",
    "verifyReturnUrl",
  ]);
  const [ofCheckout, ofEntry] = [{ ...checkout }, { ...entry }];
  for (const name of EXPORTS) {
    equal(typeof ofCheckout[name], "function", name);
    holds(ofCheckout[name] === ofEntry[name], `${name} is the same in both entries`);
  }
});

const RESULTS = {
  som: () => checkout.som("500.50"),
  tiyin: () => checkout.tiyin(5),
  usd: () => checkout.usd(5),
  cents: () => checkout.cents(5),
  toMajor: () => checkout.toMajor(checkout.som(5)),
  formatMoney: () => checkout.formatMoney(checkout.som(5)),
  parseMoney: () => checkout.parseMoney("5 so'm"),
  addMoney: () => checkout.addMoney(checkout.som(5), checkout.som(6)),
  allocate: () => checkout.allocate(checkout.som(5), [1, 2]),
  percentOf: () => checkout.percentOf(checkout.som(5), 100),
  convertMoney: () => checkout.convertMoney(checkout.som(5), "12650.55", "USD"),
  checkoutLink: () => checkout.checkoutLink(vendorOrder()),
  checkoutLinks: () => checkout.checkoutLinks([vendorOrder(), vendorOrder()]),
  parseCheckoutLink: () =>
    checkout.parseCheckoutLink(linkOf(`merchant_id=a&amount=5&b=%zz&return_url=http://a`)),
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
