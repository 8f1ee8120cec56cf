// TiyinError: what it carries, what it hides, and that it is one class wherever it comes from.

import * as entry from "tiyin";
import * as checkout from "tiyin/checkout";
import * as copy from "tiyin-copy";
import { callables } from "./callables.js";
import { callsOf, INSTANCES } from "./calls.js";
import { copied, entries } from "./entries.js";
import { checkError, each, equal, failureOf, holds, refused, test } from "./harness.js";
import { linkOf, objectWith, vendorOrder } from "./orders.js";

const CARD = "8600330410689500";
const MEMBERS = [
  "name",
  "code",
  "message",
  "field",
  "provider",
  "providerCode",
  "providerMessage",
  "httpStatus",
  "traceId",
  "source",
  "requestId",
  "sentAt",
  "outcome",
  "nextAction",
  "retryAfterMs",
];

test("an error carries its name, code, message and field", () => {
  const error = refused(() => checkout.som("abc"), "malformed_amount", "value");
  equal(error.name, "TiyinError");
  holds(/[a-z]+ [a-z]+/i.test(error.message), "the message is a sentence");
  holds(String(error).startsWith("TiyinError: "), `${error} starts with the name`);
  holds(typeof error.stack === "string" && error.stack.length > 0, "there is a stack");
});

test("JSON of an error has its documented members and no cause or stack", () => {
  const error = refused(
    () => checkout.checkoutLink(vendorOrder({ merchantId: "x" })),
    "not_a_uuid",
    "merchantId",
  );
  const json = JSON.parse(JSON.stringify(error));
  equal(json.code, "not_a_uuid");
  equal(json.message, error.message);
  equal(json.field, "merchantId");
  for (const key of Object.keys(error.toJSON())) holds(MEMBERS.includes(key), `${key} is documented`);
});

test("an error is made anew from its JSON", () => {
  const error = refused(() => checkout.checkoutLink(vendorOrder({ merchantId: "x" })), "not_a_uuid");
  const again = new entry.TiyinError(JSON.parse(JSON.stringify(error)));
  checkError(again);
  equal(again.toJSON(), error.toJSON());
});

test("an error does not say more than it knows", () => {
  const error = refused(() => checkout.addMoney(checkout.som(1), checkout.usd(1)), "currency_mismatch");
  for (const member of ["provider", "providerCode", "httpStatus", "traceId", "retryAfterMs", "sentAt"]) {
    equal(error[member], undefined, member);
  }
});

test("what a getter threw stays out of the text and the JSON", () => {
  const order = vendorOrder();
  Object.defineProperty(order, "merchantId", {
    enumerable: true,
    get() {
      throw new Error(`a secret with ${CARD} in it`);
    },
  });
  const error = refused(() => checkout.checkoutLink(order), "unreadable", "merchantId");
  holds(!JSON.stringify(error).includes("secret"), "toJSON leaves the cause out");
  holds(!("cause" in error.toJSON()), "toJSON has no cause");
  holds(!error.message.includes("secret"), "the message is the package's own");
});

each(
  "runs of 13 to 19 digits never appear in an error",
  [
    [() => checkout.som(`${CARD}x`)],
    [() => checkout.som("8600330410689500123")],
    [() => checkout.som(8600330410689500)],
    [() => checkout.som(8600330410689500n)],
    [() => checkout.tiyin("9860531554896678.5")],
    [() => checkout.tiyin(9986053155489667800n)],
    [() => checkout.parseMoney(`${CARD} EUR`)],
    [() => checkout.parseMoney("5", CARD)],
    [() => checkout.formatMoney(checkout.som(5), CARD)],
    [() => checkout.percentOf(checkout.som(5), CARD)],
    [() => checkout.percentOf(checkout.som(5), 8600330410689.5)],
    [() => checkout.convertMoney(checkout.som(5), `-${CARD}`, "USD")],
    [() => checkout.allocate(checkout.som(5), [CARD])],
    [() => checkout.toMajor({ minor: 8600330410689.5, currency: "UZS" })],
    [() => checkout.toMajor({ ...checkout.som(5), [CARD]: 1 })],
    [() => checkout.checkoutLink(vendorOrder({ merchantId: CARD }))],
    [() => checkout.checkoutLink(vendorOrder({ returnUrl: CARD }))],
    [() => checkout.checkoutLink(vendorOrder({ returnUrl: `http://a.uz/${CARD}` }))],
    [() => checkout.checkoutLink(vendorOrder({ account: { order_id: 8600330410689500 } }))],
    [() => checkout.checkoutLink(vendorOrder({ account: objectWith(CARD, 5) }))],
    [() => checkout.checkoutLink(vendorOrder({ account: objectWith(`card-${CARD}-`, 5) }))],
    [() => checkout.checkoutLink(vendorOrder({ account: objectWith(CARD, "\ud800") }))],
    [() => checkout.checkoutLink(vendorOrder({ [CARD]: 1 }))],
    [() => checkout.checkoutLink(vendorOrder({ [`pan${CARD}`]: 1 }))],
    [() => checkout.checkoutLink(vendorOrder({ wireUnit: CARD }))],
    [() => checkout.checkoutLink(vendorOrder(), { baseUrl: CARD })],
    [() => checkout.checkoutLink(vendorOrder(), { [CARD]: CARD })],
    [() => checkout.parseCheckoutLink(CARD)],
    [() => checkout.parseCheckoutLink(linkOf(`merchant_id=${CARD}&amount=${CARD}x`))],
    [() => checkout.parseCheckoutLink(linkOf(`merchant_id=a&amount=5&${CARD}=1&${CARD}=2&amount=6`))],
    [() => checkout.parseCheckoutLink(linkOf(`merchant_id=a&amount=5&account.${CARD}=1&account.${CARD}=2`))],
  ],
  (call) => {
    let error;
    try {
      call();
    } catch (thrown) {
      error = thrown;
    }
    refused(() => {
      throw error;
    }, error?.code);
    const texts = [error.message, error.field ?? "", JSON.stringify(error), error.stack];
    for (const text of texts) holds(!/\d{13}/.test(text), `${text} has no long run of digits`);
  },
);

test("shorter numbers in a member's name stay readable", () => {
  const { field } = refused(
    () => checkout.checkoutLink(vendorOrder({ account: objectWith("room-123456789012", 5) })),
    "invalid_type",
  );
  equal(field, "account.room-123456789012");
});

/** An error from each function of a module that can refuse, by the function's name. */
function errorsOf(entry, module) {
  const exports = Object.fromEntries(
    Object.entries(module).map(([name, value]) => [`${name} of ${entry}`, value]),
  );
  const refusing = Object.entries(callables(exports, INSTANCES)).filter(([name]) => callsOf(name)?.refused);
  return Promise.all(
    refusing.map(async ([name, call]) => [name, await failureOf(() => call(...callsOf(name).refused))]),
  );
}

test("an error of any entry is a TiyinError to all entries, and to duplicated copies of them", async () => {
  holds(entry.TiyinError !== copy.TiyinError, "the copy is another class");
  const modules = [
    ...Object.entries(entries),
    ...Object.entries(copied).map(([name, module]) => [`${name} copied`, module]),
  ].filter(([name]) => !name.startsWith("tiyin/messages"));
  for (const [from, thrower] of modules) {
    const errors = await errorsOf(from.replace(" copied", ""), thrower);
    holds(errors.length > 0, `something in ${from} refuses`);
    for (const [name, error] of errors) {
      checkError(error);
      for (const [to, reader] of modules) {
        equal(reader.isTiyinError(error), true, `isTiyinError of ${to} for ${name} of ${from}`);
        equal(error instanceof reader.TiyinError, true, `instanceof of ${to} for ${name} of ${from}`);
      }
    }
  }
});

const HOSTILE = [
  undefined,
  null,
  0,
  5n,
  "TiyinError",
  true,
  Symbol.for("tiyin.error"),
  {},
  [],
  () => {},
  new Error("TiyinError"),
  new TypeError("no"),
  Object.assign(new Error("no"), { name: "TiyinError", code: "malformed_amount" }),
  { name: "TiyinError", code: "malformed_amount", message: "no" },
  revoked(),
];

function revoked() {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

each(
  "nothing else is a TiyinError",
  HOSTILE.map((value) => [value]),
  (value) => {
    equal(entry.isTiyinError(value), false, "isTiyinError");
    equal(value instanceof entry.TiyinError, false, "instanceof");
  },
);

test("a subclass of TiyinError tells its own instances from others", () => {
  class ShopError extends entry.TiyinError {}
  equal(refused(() => checkout.som("abc"), "malformed_amount") instanceof ShopError, false);
  equal(Object.create(ShopError.prototype) instanceof ShopError, true);
});
