// Whatever is passed where, the answer is a TiyinError with its code, and the module still makes the vendor's link.

import * as checkout from "tiyin/checkout";
import { callables, exportsOf } from "./callables.js";
import { CALLS, INSTANCES } from "./calls.js";
import { vendorLinks } from "./data.js";
import { entries } from "./entries.js";
import { checkError, each, equal, fail, holds, refused, rejected, test } from "./harness.js";
import {
  coercible,
  cyclic,
  deep,
  EVERYTHING,
  NUMBERS,
  OBJECTS,
  revokedProxy,
  throwingProxy,
  withThrowingGetter,
} from "./hostile.js";
import { MERCHANT_ID, objectWith, queryOf, vendorOrder } from "./orders.js";

const { checkoutLink, checkoutLinks, parseCheckoutLink, som, tiyin } = checkout;
const BIG = EVERYTHING["10 MB of digits"];

function stillWorks() {
  equal(checkoutLink(vendorOrder()), vendorLinks[0].link, "the vendor's link");
}

/** The call throws a TiyinError, or its promise rejects with one, or it gives what `isRight` accepts. */
async function survives(call, isRight) {
  let result;
  try {
    result = await call();
  } catch (error) {
    checkError(error);
    return;
  }
  if (!isRight(result)) fail(`expected a TiyinError, got ${String(result)}`);
}

const functions = callables(exportsOf(entries), INSTANCES);

// Arguments that may be anything of their kind: an empty object is an object of options.
const ACCEPTED = {
  "new AccountForm 1": ["an empty object", "an object without prototype"],
  "AccountForm.set 1": ["a NUL", "nothing visible", "an inherited name"],
  "AccountForm.subscribe 0": ["a function", "an async function", "a class", "a revoked function"],
  "checkoutLink 1": ["an empty object", "an object without prototype", "a class instance"],
  "checkoutLinks 1": ["an empty object", "an object without prototype", "a class instance"],
  "createSandbox 0": ["an empty object", "an object without prototype"],
  "LinkSigner.signReturnUrl 1": ["an empty object", "an object without prototype"],
  "LinkSigner.verify 1": ["an empty object", "an object without prototype"],
  "LinkSigner.verifyReturnUrl 1": ["an empty object", "an object without prototype"],
  "PaylovServices.listServices 0": ["an empty object", "an object without prototype"],
  "PaylovServices.listServices 1": ["an empty object", "an object without prototype"],
  "PaylovServices.getFields 0": ["a NUL", "nothing visible", "an inherited name"],
  "PaylovServices.getFields 1": ["an empty object", "an object without prototype"],
  "PaylovServices.getInfo 1": ["an empty object", "an object without prototype"],
  "PaylovServices.createPayment 1": ["an empty object", "an object without prototype"],
  "PaylovServices.pay 1": ["an empty object", "an object without prototype"],
  "PaylovServices.getStatus 0": ["a NUL", "nothing visible", "an inherited name"],
  "PaylovServices.getStatus 1": ["an empty object", "an object without prototype"],
  "PaylovServices.listPaid 0": ["an empty object", "an object without prototype"],
  "PaylovServices.listPaid 1": ["an empty object", "an object without prototype"],
  "PaylovServices.payAndConfirm 1": ["an empty object", "an object without prototype"],
  "BankTransfers.listServices 0": ["an empty object", "an object without prototype"],
  "BankTransfers.createPayment 1": ["an empty object", "an object without prototype"],
  "BankTransfers.createBudgetPayment 1": ["an empty object", "an object without prototype"],
  "BankTransfers.getPayment 1": ["an empty object", "an object without prototype"],
  "BankTransfers.getBalance 1": ["an empty object", "an object without prototype"],
  "BankTransfers.listStatement 1": ["an empty object", "an object without prototype"],
  "BankTransfers.statement 1": ["an empty object", "an object without prototype"],
  "BankTransfers.statementTotals 1": ["an empty object", "an object without prototype"],
  "BankTransfers.settle 1": ["an empty object", "an object without prototype"],
  "BankTransfers.getPayment 0": ["an inherited name"],
  "qrSvg 0": ["a NUL", "nothing visible", "an inherited name"],
  "qrSvg 1": ["an empty object", "an object without prototype"],
  "som 0": ["bigint"],
  "tiyin 0": ["bigint"],
  "usd 0": ["bigint"],
  "cents 0": ["bigint"],
};

// All of their arguments can be left out.
const NEEDS_NOTHING = [
  "PaylovServices.listServices",
  "PaylovServices.listPaid",
  "BankTransfers.listServices",
  "createSandbox",
];

for (const [name, { answered: args, refused: refuses }] of Object.entries(CALLS)) {
  if (!refuses) continue;
  test(`${name} refuses every hostile value in place of each argument`, async () => {
    await functions[name](...args);
    for (const position of args.keys()) {
      const accepted = ACCEPTED[`${name} ${position}`] ?? [];
      for (const [label, value] of Object.entries(EVERYTHING)) {
        const changed = Object.assign([...args], { [position]: value });
        try {
          await survives(
            () => functions[name](...changed),
            () => accepted.includes(label),
          );
        } catch (error) {
          fail(`argument ${position}, ${label}: ${error.message}`);
        }
        stillWorks();
      }
    }
  });

  if (NEEDS_NOTHING.includes(name)) continue;
  test(`${name} refuses to be called without arguments`, async () => {
    await rejected(() => functions[name](), ["invalid_type", "missing_field", "empty_amount"]);
    stillWorks();
  });
}

const MEMBERS = {
  merchantId: (value) => vendorOrder({ merchantId: value }),
  amount: (value) => vendorOrder({ amount: value }),
  "amount.minor": (value) => vendorOrder({ amount: { minor: value, currency: "UZS" } }),
  "amount.currency": (value) => vendorOrder({ amount: { minor: 500, currency: value } }),
  account: (value) => vendorOrder({ account: value }),
  "account.order_id": (value) => vendorOrder({ account: { order_id: value } }),
  returnUrl: (value) => vendorOrder({ returnUrl: value }),
  convertTo: (value) => vendorOrder({ convertTo: value }),
  wireUnit: (value) => vendorOrder({ wireUnit: value }),
};

for (const [member, orderWith] of Object.entries(MEMBERS)) {
  test(`an order refuses what is no ${member}, by name`, () => {
    const values = { ...OBJECTS, ...(member === "amount.minor" ? {} : NUMBERS) };
    for (const [label, value] of Object.entries(values)) {
      try {
        refuseMember(member, label, () => checkoutLink(orderWith(value)));
        refuseMember(`orders[0].${member}`, label, () => checkoutLinks([orderWith(value)]));
      } catch (error) {
        fail(`${label}: ${error.message}`);
      }
      stillWorks();
    }
  });
}

/** Text and numbers are refused by type; an object in place of an object may be refused for what it holds. */
function refuseMember(field, label, call) {
  const takesObjects = /(account|amount)$/.test(field);
  const isObject = label in OBJECTS && !["null", "true", "bigint", "symbol"].includes(label);
  if (!takesObjects || !isObject) {
    refused(call, isObject ? ["invalid_type", "unreadable"] : "invalid_type", field);
    return;
  }
  if (field.endsWith("account") && label === "an object of 100,000 keys") {
    refused(call, "too_long");
    return;
  }
  const codes = ["invalid_type", "unreadable", "missing_field", "unknown_field", "missing_account"];
  const error = refused(call, codes);
  holds(error.field?.startsWith(field) === true, `the field ${error.field} starts with ${field}`);
}

each(
  "an order's amount in every wrong form has its own code",
  [
    [{ minor: 0, currency: "UZS" }, "amount_not_positive"],
    [{ minor: -50000, currency: "UZS" }, "amount_not_positive"],
    [{ minor: Number.NaN, currency: "UZS" }, ["not_an_integer", "not_a_number"]],
    [{ minor: Number.POSITIVE_INFINITY, currency: "UZS" }, ["not_an_integer", "not_finite"]],
    [{ minor: 1e21, currency: "UZS" }, ["amount_out_of_range", "exponent"]],
    [{ minor: 0.1 + 0.2, currency: "UZS" }, "not_an_integer"],
    [{ minor: 1.234, currency: "UZS" }, "not_an_integer"],
    [{ minor: 2 ** 53, currency: "UZS" }, "amount_out_of_range"],
    [{ minor: "50000", currency: "UZS" }, "invalid_type"],
    [{ minor: "1,5,0", currency: "UZS" }, "invalid_type"],
    [{ minor: 50000, currency: "EUR" }, "not_an_option"],
    [{ minor: 50000, currency: "UZS", tiyin: true }, "unknown_field"],
    [{ minor: 50000 }, "missing_field"],
    [500, "invalid_type"],
    ["500", "invalid_type"],
  ],
  (amount, codes) => {
    refused(() => checkoutLink(vendorOrder({ amount })), codes);
    stillWorks();
  },
);

each(
  "an unknown or missing member is named",
  [
    [vendorOrder({ hold: true }), "unknown_field", "hold"],
    [vendorOrder({ returnURL: "https://a.uz" }), "unknown_field", "returnURL"],
    [vendorOrder({ merchant_id: MERCHANT_ID }), "unknown_field", "merchant_id"],
    [vendorOrder({ amount: { minor: 5, currency: "UZS", unit: 1 } }), "unknown_field", "amount.unit"],
    [{ ...vendorOrder(), ...objectWith("__proto__", {}) }, "unknown_field", "__proto__"],
    [vendorOrder({ constructor: 1 }), "unknown_field", "constructor"],
    [vendorOrder({ merchantId: undefined }), "missing_field", "merchantId"],
    [vendorOrder({ amount: undefined }), "missing_field", "amount"],
    [vendorOrder({ account: undefined }), "missing_field", "account"],
    [
      vendorOrder({ account: { order_id: undefined } }),
      ["invalid_type", "missing_field"],
      "account.order_id",
    ],
  ],
  (order, codes, field) => {
    refused(() => checkoutLink(order), codes, field);
  },
);

each(
  "options are checked like orders",
  [
    [{ baseURL: "https://a.uz/" }, "unknown_field", "baseURL"],
    [{ baseUrl: "https://a.uz/", timeoutMs: 5 }, "unknown_field", "timeoutMs"],
    [null, "invalid_type", "options"],
    ["https://a.uz/", "invalid_type", "options"],
    [withThrowingGetter({}, "baseUrl"), "unreadable", "baseUrl"],
  ],
  (options, code, field) => {
    refused(() => checkoutLink(vendorOrder(), options), code, field);
    refused(() => checkoutLinks([vendorOrder()], options), code, field);
  },
);

each(
  "10 MB of text is too long wherever text is read, and never echoed",
  [
    [() => checkoutLink(vendorOrder({ account: { order_id: BIG } })), "account.order_id"],
    [() => checkoutLink(vendorOrder({ returnUrl: `https://a.uz/${BIG}` })), "returnUrl"],
    [() => checkoutLink(vendorOrder({ merchantId: BIG })), "merchantId"],
    [() => checkoutLink(vendorOrder(), { baseUrl: `https://a.uz/${BIG}` }), "baseUrl"],
    [() => parseCheckoutLink(BIG), "link"],
    [() => som(BIG), "value"],
    [() => checkout.parseMoney(BIG), "text"],
    [() => checkout.convertMoney(som(5), BIG, "USD"), "rate", ["too_long", "invalid_rate"]],
    [() => checkoutLink(vendorOrder({ account: objectWith(BIG, "1") }))],
    [() => checkoutLink(vendorOrder({ wireUnit: BIG })), "wireUnit", ["not_an_option", "too_long"]],
    [() => checkoutLink(vendorOrder({ [BIG]: 1 })), undefined, ["unknown_field", "too_long"]],
  ],
  (call, field, codes = "too_long") => {
    const error = refused(call, codes, field);
    holds((error.field ?? "").length <= 1000, "the field is not 10 MB long");
    stillWorks();
  },
);

each(
  "a lone surrogate is refused where it stands",
  [
    [vendorOrder({ account: { order_id: "a\ud800" } }), "lone_surrogate", "account.order_id"],
    [vendorOrder({ account: { order_id: "\udc00\ud800" } }), "lone_surrogate", "account.order_id"],
    [vendorOrder({ account: { "a\udfff": "1" } }), "lone_surrogate"],
    [vendorOrder({ returnUrl: "https://a.uz/\ud83d" }), "lone_surrogate", "returnUrl"],
    [vendorOrder({ merchantId: "\ud800" }), ["lone_surrogate", "not_a_uuid"], "merchantId"],
  ],
  (order, codes, field) => {
    refused(() => checkoutLink(order), codes, field);
  },
);

test("what throws when it is read is unreadable, and named", () => {
  const ownError = refused(() => som("abc"), "malformed_amount");
  for (const member of ["merchantId", "amount", "account", "returnUrl", "convertTo", "wireUnit"]) {
    for (const thrown of [new Error("no"), undefined, null, "text", { code: "malformed_amount" }, ownError]) {
      const order = withThrowingGetter(vendorOrder(), member, thrown);
      refused(() => checkoutLink(order), "unreadable", member);
      refused(() => checkoutLinks([vendorOrder(), order]), "unreadable", `orders[1].${member}`);
    }
  }
  const account = withThrowingGetter({}, "order_id");
  refused(() => checkoutLink(vendorOrder({ account })), "unreadable", "account.order_id");
  const amount = withThrowingGetter({ currency: "UZS" }, "minor");
  refused(() => checkoutLink(vendorOrder({ amount })), "unreadable", "amount.minor");
  for (const order of [revokedProxy(vendorOrder()), throwingProxy(vendorOrder())]) {
    refused(() => checkoutLink(order), ["unreadable", "invalid_type"]);
    refused(() => checkoutLinks([order]), ["unreadable", "invalid_type"]);
  }
  refused(() => checkoutLinks(revokedProxy([])), ["unreadable", "invalid_type"], "orders");
  refused(() => checkout.allocate(som(5), withThrowingGetter([1], 0)), "unreadable", "weights[0]");
  stillWorks();
});

test("nothing is asked to become text or a number", () => {
  const { object, counter } = coercible("500");
  for (const make of [som, tiyin, checkout.toMajor, checkout.parseMoney, parseCheckoutLink]) {
    refused(() => make(object), ["invalid_type", "unknown_field", "missing_field"]);
  }
  for (const orderWith of Object.values(MEMBERS)) {
    refused(() => checkoutLink(orderWith(object)), ["invalid_type", "unknown_field", "missing_field"]);
  }
  equal(counter.asked, 0);
});

test("cyclic, deep and wide objects are refused", () => {
  refused(() => checkoutLink(vendorOrder({ amount: cyclic() })), "unknown_field", "amount.self");
  const self = vendorOrder();
  self.account = self;
  refused(() => checkoutLink(self), "invalid_type");
  refused(() => checkoutLink(deep()), ["missing_field", "unknown_field"]);
  refused(() => checkoutLinks([[[vendorOrder()]]]), ["invalid_type", "missing_field", "unknown_field"]);
  const wide = EVERYTHING["an object of 100,000 keys"];
  refused(() => checkoutLink({ ...vendorOrder(), ...wide }), "unknown_field");
  refused(() => checkoutLink(vendorOrder({ account: wide })), "too_long");
  stillWorks();
});

test("an array of four thousand million holes is refused at once", () => {
  const holes = new Array(2 ** 32 - 1);
  const start = performance.now();
  refused(() => checkoutLinks(holes), ["invalid_type", "missing_field", "too_long"]);
  refused(() => checkout.allocate(som(5), holes), ["invalid_type", "missing_field", "too_long"]);
  for (const orderWith of Object.values(MEMBERS)) {
    refused(
      () => checkoutLink(orderWith(holes)),
      ["invalid_type", "missing_account", "missing_field", "too_long"],
    );
  }
  const elapsed = performance.now() - start;
  holds(elapsed < 2000, `11 refusals took less than 2 s, not ${elapsed} ms`);
});

test("getters that call the package themselves are answered rightly", () => {
  const { link } = vendorLinks[0];
  const seen = [];
  const order = {
    get merchantId() {
      seen.push(checkoutLink(vendorOrder()));
      return MERCHANT_ID;
    },
    get amount() {
      refused(() => checkoutLink({}), "missing_field");
      seen.push(...checkoutLinks([vendorOrder(), vendorOrder()]));
      return checkout.addMoney(som(200), som(300));
    },
    get account() {
      equal(parseCheckoutLink(link), vendorLinks[0].parsed);
      return { order_id: "12" };
    },
  };
  equal(checkoutLink(order), link);
  equal(checkoutLinks([order, vendorOrder(), order]), [link, link, link]);
  holds(seen.length >= 9, "the getters ran for each order");
  for (const inner of seen) equal(inner, link);
  stillWorks();
});

test("an object that changes while it is read cannot get past the checks", async () => {
  for (const [first, later] of [
    [50000, -1],
    [-1, 50000],
    [50000, 1.5],
  ]) {
    let reads = 0;
    const amount = {
      get minor() {
        reads += 1;
        return reads === 1 ? first : later;
      },
      currency: "UZS",
    };
    await survives(
      () => checkoutLink(vendorOrder({ amount })),
      (link) => /&amount=500(00&amount_in_tiyin=True)?&account/.test(queryOf(link)),
    );
  }
});

test("a proxy of an order is an order", () => {
  const order = vendorOrder({ account: new Proxy({ order_id: "12" }, {}) });
  equal(checkoutLink(new Proxy(order, {})), vendorLinks[0].link);
  equal(checkoutLinks(new Proxy([order], {})), [vendorLinks[0].link]);
});

test("after all of this the module makes the vendor's links and money as before", () => {
  stillWorks();
  equal(parseCheckoutLink(vendorLinks[1].link), vendorLinks[1].parsed);
  equal(checkout.formatMoney(som("1000000.5")), "1\u00a0000\u00a0000,50\u00a0so\u02bbm");
  equal({ ...Object.prototype }, {});
});
