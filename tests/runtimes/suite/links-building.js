// checkoutLink and checkoutLinks: the vendor's link, the order of the query, every option, every refusal.

import { checkoutLink, checkoutLinks, parseCheckoutLink, som, tiyin, usd } from "tiyin/checkout";
import { vendorLinks } from "./data.js";
import { each, equal, holds, refused, test } from "./harness.js";
import { BASE_URL, MERCHANT_ID, objectWith, queryOf, vendorOrder } from "./orders.js";

const HEAD = `merchant_id=${MERCHANT_ID}&amount=`;
const TAIL = "&account.order_id=12";

test("the vendor's published first link comes out as printed", () => {
  const [{ link }] = vendorLinks;
  equal(link, `${BASE_URL}${btoa(`${HEAD}500${TAIL}`)}`);
  equal(checkoutLink(vendorOrder()), link);
  equal(checkoutLink({ merchantId: MERCHANT_ID, amount: som(500), account: { order_id: "12" } }), link);
  equal(checkoutLink(vendorOrder(), undefined), link);
  equal(checkoutLink(vendorOrder(), {}), link);
  equal(checkoutLink(vendorOrder(), { baseUrl: undefined }), link);
});

test("the orders of the vendor's links give the vendor's parameters", () => {
  equal(vendorLinks.length, 2);
  for (const { parsed, rebuiltQuery } of vendorLinks) {
    equal(checkoutLink(parsed.order), BASE_URL + btoa(rebuiltQuery));
  }
});

test("the sample code's link for a real merchant id is built byte for byte", () => {
  const order = vendorOrder({ account: { order_id: "1233" }, returnUrl: "https://returnurl" });
  const query = `${HEAD}500&return_url=https%3A%2F%2Freturnurl&account.order_id=1233`;
  equal(checkoutLink(order), BASE_URL + btoa(query));
});

test("all parameters stand in the documented order", () => {
  const order = {
    wireUnit: "minor",
    convertTo: "UZS",
    returnUrl: "https://shop.example.uz/back?a=1&b=~",
    account: { z: "1", a: "2" },
    amount: usd("19.99"),
    merchantId: MERCHANT_ID,
  };
  equal(
    queryOf(checkoutLink(order)),
    `${HEAD}1999&return_url=https%3A%2F%2Fshop.example.uz%2Fback%3Fa%3D1%26b%3D%7E&amount_in_tiyin=True` +
      "&currency_id=840&convert_to=860&account.z=1&account.a=2",
  );
});

each(
  "the wire unit is major for whole som and minor otherwise, unless told",
  [
    [som(500), undefined, "500"],
    [som(500), "major", "500"],
    [som(500), "minor", "50000&amount_in_tiyin=True"],
    [som("500.5"), undefined, "50050&amount_in_tiyin=True"],
    [som("500.5"), "minor", "50050&amount_in_tiyin=True"],
    [tiyin(1), undefined, "1&amount_in_tiyin=True"],
    [tiyin(100), undefined, "1"],
    [usd(5), undefined, "500&amount_in_tiyin=True&currency_id=840"],
    [usd(5), "minor", "500&amount_in_tiyin=True&currency_id=840"],
    [usd(5), "major", "5&currency_id=840"],
    [usd("0.01"), undefined, "1&amount_in_tiyin=True&currency_id=840"],
    [tiyin(9007199254740991), undefined, "9007199254740991&amount_in_tiyin=True"],
    [tiyin(9007199254740900), undefined, "90071992547409"],
  ],
  (amount, wireUnit, expected) => {
    equal(queryOf(checkoutLink(vendorOrder({ amount, wireUnit }))), HEAD + expected + TAIL);
  },
);

each(
  "convertTo writes the currency's number, also the order's own",
  [
    [som(500), "UZS", "500&convert_to=860"],
    [som(500), "USD", "500&convert_to=840"],
    [usd(5), "UZS", "500&amount_in_tiyin=True&currency_id=840&convert_to=860"],
    [usd(5), "USD", "500&amount_in_tiyin=True&currency_id=840&convert_to=840"],
  ],
  (amount, convertTo, expected) => {
    equal(queryOf(checkoutLink(vendorOrder({ amount, convertTo }))), HEAD + expected + TAIL);
  },
);

test("members that are undefined count as absent", () => {
  const order = vendorOrder({ returnUrl: undefined, convertTo: undefined, wireUnit: undefined });
  equal(checkoutLink(order), checkoutLink(vendorOrder()));
});

each(
  "account keys and values are encoded as the sample code does it, with ~ as %7E",
  [
    ["a b", "a+b"],
    ["a+b", "a%2Bb"],
    ["AZaz09_.-", "AZaz09_.-"],
    ["~", "%7E"],
    ["*'()!", "%2A%27%28%29%21"],
    ["&=?#%/", "%26%3D%3F%23%25%2F"],
    ["\u0000\t\r\n\u007f", "%00%09%0D%0A%7F"],
    ["\u00a0", "%C2%A0"],
    ["ўқ", "%D1%9E%D2%9B"],
    ["soʻm", "so%CA%BBm"],
    ["😀", "%F0%9F%98%80"],
    ["\u2028", "%E2%80%A8"],
    ["\uffff", "%EF%BF%BF"],
    ["e\u0301", "e%CC%81"],
  ],
  (text, encoded) => {
    const query = (account) => queryOf(checkoutLink(vendorOrder({ account })));
    equal(query({ k: text }), `${HEAD}500&account.k=${encoded}`);
    equal(query(objectWith(text, "v")), `${HEAD}500&account.${encoded}=v`);
  },
);

test("an empty account value is written, an account's entries keep the object's own order", () => {
  const account = { b: "", a: "1", 2: "x", 1: "y", "-1": "z" };
  equal(
    queryOf(checkoutLink(vendorOrder({ account }))),
    `${HEAD}500&account.1=y&account.2=x&account.b=&account.a=1&account.-1=z`,
  );
});

test("a key may be one character that JSON escapes", () => {
  // The key before is another one each time, for the reason that the oracle's account_key tells.
  for (const [before, key, written] of [
    ["backslash", "\\", "%5C"],
    ["quote", '"', "%22"],
    ["feed", "\n", "%0A"],
  ]) {
    const order = vendorOrder({ account: { [before]: "1", [key]: "2" } });
    const link = checkoutLink(order);
    equal(queryOf(link), `${HEAD}500&account.${before}=1&account.${written}=2`);
    equal(parseCheckoutLink(link).order.account, order.account);
  }
});

test("names that every object inherits are keys like any other", () => {
  for (const key of ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf"]) {
    const account = objectWith(key, "1");
    equal(queryOf(checkoutLink(vendorOrder({ account }))), `${HEAD}500&account.${key}=1`);
  }
  const bare = Object.assign(Object.create(null), { order_id: "12" });
  equal(checkoutLink(vendorOrder({ account: bare })), vendorLinks[0].link);
  refused(() => checkoutLink(vendorOrder({ account: Object.create({ order_id: "12" }) })), "invalid_type");
});

each(
  "a merchant id is a UUID of any version, written as given",
  [
    ["571c06fb-6c61-1ef7-8567-5511abaf12b5"],
    ["571c06fb-6c61-4ef7-8567-5511abaf12b5"],
    ["01890a5d-ac96-774b-bcce-b302099a8057"],
    ["571C06FB-6C61-4EF7-8567-5511ABAF12B5"],
  ],
  (merchantId) => {
    const query = queryOf(checkoutLink(vendorOrder({ merchantId })));
    equal(query, `merchant_id=${merchantId}&amount=500${TAIL}`);
  },
);

each(
  "what is no UUID is refused as a merchant id",
  [
    ["0das467e-82sf-42df-8642-g51aawy5ga2r"],
    [""],
    [" "],
    ["571c06fb 6c61 4ef7 8567 5511abaf12b5"],
    [` ${MERCHANT_ID}`],
    [`${MERCHANT_ID} `],
    [`${MERCHANT_ID}\n`],
    ["571c06fb6c614ef785675511abaf12b5"],
    [`{${MERCHANT_ID}}`],
    [`urn:uuid:${MERCHANT_ID}`],
    [MERCHANT_ID.slice(1)],
    [`${MERCHANT_ID}0`],
    ["571c06fb-6c61-4ef7-85675-511abaf12b5"],
    [MERCHANT_ID.replaceAll("-", "\u2010")],
    [MERCHANT_ID.replace("5", "５")],
  ],
  (merchantId) => {
    refused(() => checkoutLink(vendorOrder({ merchantId })), "not_a_uuid", "merchantId");
  },
);

test("an amount is positive, and whole where major units are asked for", () => {
  const build = (changes) => () => checkoutLink(vendorOrder(changes));
  for (const amount of [som(0), som(-5), tiyin(-1), usd(0), { minor: -0, currency: "UZS" }]) {
    const { field } = refused(build({ amount }), "amount_not_positive");
    holds(["amount", "amount.minor"].includes(field), `the field is the amount, not ${field}`);
  }
  refused(build({ amount: som("500.5"), wireUnit: "major" }), "fractional_som");
  refused(build({ amount: tiyin(1), wireUnit: "major" }), "fractional_som");
  refused(build({ amount: usd("19.99"), wireUnit: "major" }), "fractional_dollar");
});

test("an account has at least one entry and no empty key", () => {
  refused(() => checkoutLink(vendorOrder({ account: {} })), "missing_account", "account");
  refused(() => checkoutLink(vendorOrder({ account: { "": "12" } })), "empty_account_key");
  refused(() => checkoutLink(vendorOrder({ account: { order_id: "12", "": "" } })), "empty_account_key");
});

each(
  "another base URL is used as given, with a slash at its end",
  [
    ["https://my.paylov.uz/checkout/create/", "https://my.paylov.uz/checkout/create/"],
    ["https://my.paylov.uz/checkout/create", "https://my.paylov.uz/checkout/create/"],
    ["https://pay.example.uz/", "https://pay.example.uz/"],
    ["https://pay.example.uz", "https://pay.example.uz/"],
    ["https://pay.example.uz:8443/a/b", "https://pay.example.uz:8443/a/b/"],
    ["http://localhost:3000/create", "http://localhost:3000/create/"],
  ],
  (baseUrl, expected) => {
    const link = expected + btoa(`${HEAD}500${TAIL}`);
    equal(checkoutLink(vendorOrder(), { baseUrl }), link);
    equal(checkoutLinks([vendorOrder()], { baseUrl }), [link]);
  },
);

each(
  "what is no base URL is refused",
  [
    ["", "invalid_base_url"],
    ["my.paylov.uz", "invalid_base_url"],
    ["/checkout/create/", "invalid_base_url"],
    ["//my.paylov.uz/", "invalid_base_url"],
    ["https://", "invalid_base_url"],
    ["https://my paylov.uz/", "invalid_base_url"],
    ["https://my.paylov.uz/\n", "invalid_base_url"],
    ["ftp://my.paylov.uz/", "invalid_base_url"],
    ["javascript:alert(1)//", "invalid_base_url"],
    [null, "invalid_type"],
    [5, "invalid_type"],
    [new URL(BASE_URL), "invalid_type"],
    [`https://pay.example.uz/${"a".repeat(65536)}`, "too_long"],
  ],
  (baseUrl, code) => {
    refused(() => checkoutLink(vendorOrder(), { baseUrl }), code, "baseUrl");
    refused(() => checkoutLinks([vendorOrder()], { baseUrl }), code, "baseUrl");
  },
);

test("a query may be 65,536 characters long and no longer", () => {
  const room = 65536 - `${HEAD}500&account.k=`.length;
  const longest = checkoutLink(vendorOrder({ account: { k: "a".repeat(room) } }));
  equal(queryOf(longest).length, 65536);
  refused(() => checkoutLink(vendorOrder({ account: { k: "a".repeat(room + 1) } })), "too_long");
  refused(() => checkoutLink(vendorOrder({ account: { k: "ў".repeat(room / 6 + 1) } })), "too_long");
});

test("texts of every length cross whole, wherever their first character beyond ASCII stands", () => {
  const encoded = (text) => encodeURIComponent(text).replaceAll("%20", "+");
  for (let length = 1; length <= 96; length++) {
    const texts = ["a".repeat(length)];
    for (const other of ["\u007f", "\u0080", "é", "ʻ", "€", "\ufeff", "\uffff", "😀"]) {
      for (const at of [0, length >> 1, length - 1]) {
        texts.push("b".repeat(at) + other + "c".repeat(length - 1 - at));
      }
    }
    const orders = texts.map((text) => vendorOrder({ account: { text, next: "x" } }));
    const links = checkoutLinks(orders);
    for (const [index, text] of texts.entries()) {
      const expected = `${HEAD}500&account.text=${encoded(text)}&account.next=x`;
      equal(queryOf(links[index]), expected);
      equal(queryOf(checkoutLink(orders[index])), expected);
    }
  }
});

test("a call after a very large one is answered as before", () => {
  const [{ link }] = vendorLinks;
  const note = "ўзбек ".repeat(1500);
  const many = Array.from({ length: 500 }, () => vendorOrder({ account: { note } }));
  const links = checkoutLinks(many);
  equal(links.length, 500);
  equal(new Set(links).size, 1);
  equal(queryOf(links[0]), `${HEAD}500&account.note=${encodeURIComponent(note).replaceAll("%20", "+")}`);
  equal(checkoutLink(vendorOrder()), link);
});

test("checkoutLinks makes one link an order, in order", () => {
  equal(checkoutLinks([]), []);
  const orders = ["1", "2", "3"].map((id) => vendorOrder({ account: { order_id: id } }));
  equal(
    checkoutLinks(orders),
    orders.map((order) => checkoutLink(order)),
  );
  equal(checkoutLinks([vendorOrder(), vendorOrder()]), [vendorLinks[0].link, vendorLinks[0].link]);
});

each(
  "checkoutLinks names the order and the member that is wrong",
  [
    [{ merchantId: "x" }, "not_a_uuid", "orders[1].merchantId"],
    [{ merchantId: undefined }, "missing_field", "orders[1].merchantId"],
    [{ amount: { minor: 1.5, currency: "UZS" } }, "not_an_integer", "orders[1].amount.minor"],
    [{ account: {} }, "missing_account", "orders[1].account"],
    [{ account: { order_id: 12 } }, "invalid_type", "orders[1].account.order_id"],
    [{ returnUrl: "http://shop.example.uz/" }, "insecure_return_url", "orders[1].returnUrl"],
    [{ wireUnit: "tiyin" }, "not_an_option", "orders[1].wireUnit"],
    [{ convertTo: "EUR" }, "not_an_option", "orders[1].convertTo"],
    [{ hold: true }, "unknown_field", "orders[1].hold"],
  ],
  (changes, code, field) => {
    const orders = [vendorOrder(), vendorOrder(changes), vendorOrder({ merchantId: "y" })];
    refused(() => checkoutLinks(orders), code, field);
    refused(() => checkoutLink(orders[1]), code, field.replace("orders[1].", ""));
  },
);

each(
  "checkoutLinks takes an array of orders only",
  [
    [vendorOrder(), "invalid_type", "orders"],
    [new Set([vendorOrder()]), "invalid_type", "orders"],
    ["orders", "invalid_type", "orders"],
    [null, "invalid_type", "orders"],
    [undefined, ["invalid_type", "missing_field"], "orders"],
    [[vendorOrder(), null], "invalid_type", "orders[1]"],
    [[vendorOrder(), undefined], ["invalid_type", "missing_field"], "orders[1]"],
    // biome-ignore lint/suspicious/noSparseArray: a hole is what this row is about
    [[vendorOrder(), , vendorOrder()], ["invalid_type", "missing_field"], "orders[1]"],
    [[vendorOrder(), "x"], "invalid_type", "orders[1]"],
  ],
  (orders, codes, field) => {
    refused(() => checkoutLinks(orders), codes, field);
  },
);
