// parseCheckoutLink: what it reads, what it warns of and what it refuses.

import { checkoutLink, parseCheckoutLink, tiyin } from "tiyin/checkout";
import { vendorLinks } from "./data.js";
import { each, equal, equalOrRefused, fail, holds, refused, test } from "./harness.js";
import { BASE_URL, base64Of, linkOf, MERCHANT_ID, objectWith, vendorOrder } from "./orders.js";

const HEAD = `merchant_id=${MERCHANT_ID}&amount=`;
const QUERY = `${HEAD}500&account.order_id=12`;
const som = (minor) => ({ minor, currency: "UZS" });

/** The order without a doubt, and the codes of the warnings, each of which says something. */
function reads(link, order, codes) {
  const parsed = parseCheckoutLink(link);
  equal(Object.keys(parsed).sort(), ["order", "warnings"]);
  equal(parsed.order, order, "order");
  for (const { code, message, field, ...rest } of parsed.warnings) {
    holds(typeof message === "string" && message.length > 0, `warning ${code} has a message`);
    holds(field === undefined || typeof field === "string", `the field of warning ${code} is text or absent`);
    equal(rest, {}, `further members of warning ${code}`);
  }
  equal(parsed.warnings.map(({ code }) => code).sort(), [...codes].sort(), "warnings");
  return parsed.warnings;
}

test("the vendor's links are read as they are meant, without a warning", () => {
  for (const { link, query, parsed } of vendorLinks) {
    equal(atob(link.slice(BASE_URL.length)), query);
    equal(parseCheckoutLink(link), parsed);
  }
});

each(
  "amounts and flags are read in every spelling met",
  [
    ["500", som(50000), undefined],
    ["500&amount_in_tiyin=True", som(500), "minor"],
    ["500&amount_in_tiyin=true", som(500), "minor"],
    ["500&amount_in_tiyin=TRUE", som(500), "minor"],
    ["500&amount_in_tiyin=1", som(500), "minor"],
    ["501&amount_in_tiyin=1", som(501), undefined],
    ["500&amount_in_tiyin=False", som(50000), undefined],
    ["500&amount_in_tiyin=false", som(50000), undefined],
    ["500&amount_in_tiyin=0", som(50000), undefined],
    ["500&currency_id=860", som(50000), undefined],
    ["500&currency_id=840", { minor: 50000, currency: "USD" }, "major"],
    ["500&currency_id=840&amount_in_tiyin=True", { minor: 500, currency: "USD" }, undefined],
    ["9007199254740991&amount_in_tiyin=True", som(9007199254740991), undefined],
  ],
  (parameters, amount, wireUnit) => {
    const order = vendorOrder(wireUnit ? { amount, wireUnit } : { amount });
    reads(linkOf(`${HEAD}${parameters}&account.order_id=12`), order, []);
    reads(checkoutLink(order), order, []);
  },
);

test("convert_to and return_url are read in any place", () => {
  const query = `account.b=1&convert_to=840&return_url=https%3A%2F%2Fa.uz%2F%3Fa%3D1%26b%3D2&amount=500&merchant_id=${MERCHANT_ID}&account.a=2`;
  const order = vendorOrder({
    account: { b: "1", a: "2" },
    returnUrl: "https://a.uz/?a=1&b=2",
    convertTo: "USD",
  });
  reads(linkOf(query), order, []);
  equal(Object.keys(parseCheckoutLink(linkOf(query)).order.account), ["b", "a"]);
});

test("an amount in major units may have tiyin, or is refused", () => {
  const parse = (amount) => () =>
    parseCheckoutLink(linkOf(`${HEAD}${amount}&account.order_id=12`)).order.amount;
  equalOrRefused(parse("500.50"), som(50050), "invalid_parameter");
  equalOrRefused(parse("500.5"), som(50050), "invalid_parameter");
  equalOrRefused(parse("500.00"), som(50000), "invalid_parameter");
});

test("account keys and values are decoded, whatever they are", () => {
  const query = `${HEAD}500&account.a+b=c+d&account.%26%3D=%25&account.%D1%9E=%F0%9F%98%80&account.e=&account.x.y=z&account.p=1%2B1`;
  const account = { "a b": "c d", "&=": "%", ў: "😀", e: "", "x.y": "z", p: "1+1" };
  reads(linkOf(query), vendorOrder({ account }), []);
});

test("names that every object inherits come back as members of their own", () => {
  for (const key of ["__proto__", "constructor", "toString", "hasOwnProperty"]) {
    const { account } = parseCheckoutLink(linkOf(`${HEAD}500&account.${key}=1`)).order;
    equal(account, objectWith(key, "1"));
    equal(JSON.stringify(account), `{"${key}":"1"}`);
    equal(Object.keys({}), []);
  }
});

test("the sample code's own links are read without a warning, ~ included", () => {
  const order = vendorOrder({ account: { k: "~~~?~~~>" } });
  reads(linkOf(`${HEAD}500&account.k=~~~%3F~~~%3E`), order, []);
});

test("a query that was not percent-encoded is read and warned of", () => {
  const printed = `${HEAD}500&account.order_id=12&return_url=https://returnurl`;
  reads(linkOf(printed), vendorOrder({ returnUrl: "https://returnurl" }), ["unencoded_query"]);
  const cyrillic = `${HEAD}500&account.ism=Ўткир`;
  reads(linkOf(cyrillic), vendorOrder({ account: { ism: "Ўткир" } }), ["unencoded_query"]);
  const cut = `${HEAD}500&account.order_id=12&return_url=https://a.uz/?a=1&b=2`;
  const warnings = reads(linkOf(cut), vendorOrder({ returnUrl: "https://a.uz/?a=1" }), [
    "unencoded_query",
    "unknown_parameter",
  ]);
  equal(warnings.find(({ code }) => code === "unknown_parameter").field, "b");
});

test("a JSON object in place of the query is read and warned of", () => {
  const payload = { merchant_id: MERCHANT_ID, amount: "500", "account.order_id": "12" };
  reads(linkOf(JSON.stringify(payload)), vendorOrder(), ["json_payload"]);
  reads(linkOf(JSON.stringify({ ...payload, amount: 500 })), vendorOrder(), ["json_payload"]);
  const minor = {
    ...payload,
    amount: 501,
    amount_in_tiyin: true,
    currency_id: 840,
    return_url: "https://a.uz/",
  };
  const order = vendorOrder({ amount: { minor: 501, currency: "USD" }, returnUrl: "https://a.uz/" });
  reads(linkOf(JSON.stringify(minor)), order, ["json_payload"]);
  reads(
    linkOf(JSON.stringify({ ...payload, "account.order_id": 'a"\\\n😀ў' })),
    vendorOrder({ account: { order_id: 'a"\\\n😀ў' } }),
    ["json_payload"],
  );
});

each(
  "a JSON payload that is no order is an error",
  [
    ["{}"],
    ["[]"],
    ["{"],
    ['{"merchant_id":'],
    ["null"],
    ['"text"'],
    [`{"merchant_id":"${MERCHANT_ID}"}`],
    ['{"a":{"b":[1]}}'],
  ],
  (payload) => {
    refused(
      () => parseCheckoutLink(linkOf(payload)),
      ["malformed_link", "missing_parameter", "invalid_parameter"],
    );
  },
);

test("what an order could not be built with is read and warned of", () => {
  const sample = "0das467e-82sf-42df-8642-g51aawy5ga2r";
  const query = (id, rest = "&account.order_id=12") => linkOf(`merchant_id=${id}&amount=500${rest}`);
  reads(query(sample), vendorOrder({ merchantId: sample }), ["not_a_uuid"]);
  reads(query(MERCHANT_ID, ""), vendorOrder({ account: {} }), ["missing_account"]);
  reads(query(sample, ""), vendorOrder({ merchantId: sample, account: {} }), [
    "not_a_uuid",
    "missing_account",
  ]);
  const back = (url) => query(MERCHANT_ID, `&return_url=${encodeURIComponent(url)}&account.order_id=12`);
  const insecure = "http://shop.example.uz/";
  reads(back(insecure), vendorOrder({ returnUrl: insecure }), ["insecure_return_url"]);
  for (const invalid of [
    "returnurl",
    "/back",
    "https://user@shop.example.uz/",
    "https://shop.example.uz/\n",
  ]) {
    reads(back(invalid), vendorOrder({ returnUrl: invalid }), ["invalid_return_url"]);
  }
  const { order, warnings } = parseCheckoutLink(back("javascript:alert(1)"));
  equal(order.returnUrl, "javascript:alert(1)");
  equal(warnings.length, 1);
  reads(back("http://localhost:3000/"), vendorOrder({ returnUrl: "http://localhost:3000/" }), []);
});

test("parameters that are not known are named and left out", () => {
  const [warning, ...more] = reads(linkOf(`${QUERY}&utm_source=bot`), vendorOrder(), ["unknown_parameter"]);
  equal(more, []);
  equal(warning.field, "utm_source");
  reads(linkOf(`${QUERY}&a=1&b=2`), vendorOrder(), ["unknown_parameter", "unknown_parameter"]);
});

each(
  "a % that encodes nothing is kept and warned of",
  [
    ["100%", "100%"],
    ["%zz", "%zz"],
    ["%4", "%4"],
    ["%%41", "%A"],
  ],
  (written, value) => {
    const [warning] = reads(
      linkOf(`${HEAD}500&account.k=${written}`),
      vendorOrder({ account: { k: value } }),
      ["malformed_percent"],
    );
    equal(warning.code, "malformed_percent");
  },
);

// The ~ and the ~ beside it give base64 its + and /.
const RICH_ORDER = vendorOrder({ account: { k: "~~?~>" } });
const RICH = base64Of(new TextEncoder().encode(`${HEAD}500&account.k=~~%3F~%3E`));
const SPECIAL = RICH.includes("+") || RICH.includes("/");

test("base64 of another alphabet, without padding or with + as a space is read and warned of", () => {
  holds(/=$/.test(vendorLinks[0].link), "the vendor's link has padding to lose");
  const unpadded = vendorLinks[0].link.replace(/=+$/, "");
  reads(unpadded, vendorOrder(), ["nonstandard_base64"]);
  holds(SPECIAL, `${RICH} holds + or /`);
  reads(BASE_URL + RICH, RICH_ORDER, []);
});

for (const shift of [0, 1, 2]) {
  test(`+, /, - and _ are read at every place of a base64 group (shift ${shift})`, () => {
    const account = { k: `${"x".repeat(shift)}~\u007f~?~ї~` };
    const query = `${HEAD}500&account.k=${account.k.replace("\u007f", "%7F").replace("?", "%3F")}`;
    const payload = base64Of(new TextEncoder().encode(query));
    const codes = parseCheckoutLink(BASE_URL + payload).warnings.map(({ code }) => code);
    equal(codes, ["unencoded_query"]);
    const order = vendorOrder({ account });
    const urlSafe = payload.replaceAll("+", "-").replaceAll("/", "_");
    if (urlSafe === payload) fail(`${payload} holds neither + nor /`);
    reads(BASE_URL + urlSafe, order, ["nonstandard_base64", "unencoded_query"]);
    reads(BASE_URL + urlSafe.replace(/=+$/, ""), order, ["nonstandard_base64", "unencoded_query"]);
    // At the end a space could also have been pasted along, which is refused.
    if (payload.includes("+") && !payload.endsWith("+")) {
      reads(BASE_URL + payload.replaceAll("+", " "), order, ["nonstandard_base64", "unencoded_query"]);
    }
  });
}

test("a + that became a space at the link's end is read, never cut off", () => {
  const payload = btoa(`${QUERY}x>`);
  holds(payload.endsWith("+"), `${payload} ends in +`);
  const order = vendorOrder({ account: { order_id: "12x>" } });
  reads(BASE_URL + payload, order, ["unencoded_query"]);
  const spaced = `${BASE_URL}${payload.slice(0, -1)} `;
  equalOrRefused(() => parseCheckoutLink(spaced).order, order, "malformed_link");
});

each(
  "text that holds no query is a malformed link",
  [
    [""],
    [" "],
    ["not a link"],
    [BASE_URL],
    [BASE_URL.slice(0, -1)],
    [`${BASE_URL}!!!!`],
    [`${BASE_URL}%%%`],
    [`${BASE_URL}A`],
    [`${BASE_URL}====`],
    [`${BASE_URL}${base64Of([0xff, 0xfe, 0x80])}`],
    [`${BASE_URL}${base64Of([0x61, 0x3d, 0xc0, 0x80])}`],
    [`${vendorLinks[0].link}!`],
    [`${BASE_URL}${btoa(QUERY).replace("Z", "=")}`],
  ],
  (link) => {
    refused(() => parseCheckoutLink(link), "malformed_link", "link");
  },
);

each(
  "a query that is no order is an error, never a guess",
  [
    ["", "malformed_link"],
    ["hello", ["malformed_link", "missing_parameter"]],
    ["amount=500&account.order_id=12", "missing_parameter"],
    [`merchant_id=${MERCHANT_ID}&account.order_id=12`, "missing_parameter"],
    [`${QUERY}&amount=500`, "duplicate_parameter"],
    [`${QUERY}&amount=600`, "duplicate_parameter"],
    [`${QUERY}&merchant_id=${MERCHANT_ID}`, "duplicate_parameter"],
    [`${QUERY}&account.order_id=13`, "duplicate_parameter"],
    [`${QUERY}&account.order%5Fid=13`, "duplicate_parameter"],
    [`${QUERY}&currency_id=860&currency_id=840`, "duplicate_parameter"],
    [`${QUERY}&return_url=https%3A%2F%2Fa.uz&return_url=https%3A%2F%2Fb.uz`, "duplicate_parameter"],
    [`${HEAD}&account.order_id=12`, "empty_amount", "amount"],
    [`${HEAD}abc&account.order_id=12`, "malformed_amount", "amount"],
    [`${HEAD}1e5&account.order_id=12`, "exponent", "amount"],
    [`${HEAD}1%2C5&account.order_id=12`, "malformed_amount", "amount"],
    [`${HEAD}+500&account.order_id=12`, "malformed_amount", "amount"],
    [`${HEAD}1.234&account.order_id=12`, "too_many_decimals", "amount"],
    [`${HEAD}1.5&amount_in_tiyin=True&account.order_id=12`, "too_many_decimals", "amount"],
    [`${HEAD}9007199254740992&amount_in_tiyin=True&account.k=1`, "amount_out_of_range", "amount"],
    [`${HEAD}90071992547410&account.order_id=12`, "amount_out_of_range", "amount"],
    [`${HEAD}${"9".repeat(1000)}&account.order_id=12`, "amount_out_of_range", "amount"],
    [`${HEAD}0&account.order_id=12`, "amount_not_positive", "amount"],
    [`${HEAD}-5&account.order_id=12`, "amount_not_positive", "amount"],
    [`${QUERY}&currency_id=978`, "invalid_parameter"],
    [`${QUERY}&currency_id=USD`, "invalid_parameter"],
    [`${QUERY}&currency_id=`, "invalid_parameter"],
    [`${QUERY}&convert_to=1`, "invalid_parameter"],
    [`${QUERY}&amount_in_tiyin=maybe`, "invalid_parameter"],
    [`${QUERY}&amount_in_tiyin=2`, "invalid_parameter"],
    [`${HEAD}500&account.=12`, "empty_account_key"],
    [`${HEAD}500&account.k=%FF`, ["malformed_link", "invalid_parameter"]],
    [`${HEAD}500&account.k=%C0%80`, ["malformed_link", "invalid_parameter"]],
    [`${HEAD}500&account.k=%ED%A0%80`, ["malformed_link", "invalid_parameter"]],
  ],
  (query, codes, field) => {
    refused(() => parseCheckoutLink(linkOf(query)), codes, field);
  },
);

each(
  "a link is text",
  [
    [undefined, ["invalid_type", "missing_field"]],
    [null, "invalid_type"],
    [5, "invalid_type"],
    [{}, "invalid_type"],
    [[vendorLinks[0].link], "invalid_type"],
    [new URL(vendorLinks[0].link), "invalid_type"],
    [Object(vendorLinks[0].link), "invalid_type"],
    [`${BASE_URL}\ud800`, ["lone_surrogate", "malformed_link"]],
    ["a".repeat(10_000_000), "too_long"],
    [BASE_URL + "A".repeat(10_000_000), "too_long"],
  ],
  (link, codes) => {
    refused(() => parseCheckoutLink(link), codes, "link");
  },
);

test("the longest link that can be built can be read", () => {
  const order = vendorOrder({ amount: tiyin(150), account: { k: "a".repeat(65_000) } });
  equal(parseCheckoutLink(checkoutLink(order)), { order, warnings: [] });
});

each(
  "a link that leads elsewhere than to Paylov's page is warned of",
  [
    ["https://evil.example/create/"],
    ["https://my.paylov.uz.evil.example/checkout/create/"],
    ["javascript:/checkout/create/"],
    ["http://my.paylov.uz/checkout/create/"],
    ["https://my.paylov.uz/checkout/other/"],
    [`Pay: ${BASE_URL}`],
  ],
  (base) => {
    reads(base + checkoutLink(vendorOrder()).slice(BASE_URL.length), vendorOrder(), ["foreign_base_url"]);
  },
);

each(
  "links of a base URL of one's own are read, whatever its path",
  [
    ["https://gw.example/create/v2"],
    ["https://gw.example/create/checkout/"],
    ["http://localhost:3000/a/create/b/c"],
  ],
  (baseUrl) => {
    reads(checkoutLink(vendorOrder(), { baseUrl }), vendorOrder(), ["foreign_base_url"]);
  },
);

test("a character too many or too few before the padding is never taken for data", () => {
  for (const id of ["1", "12", "123", "1234", "12345"]) {
    const link = checkoutLink(vendorOrder({ account: { id } }));
    const symbols = link.replace(/=+$/, "");
    const padding = link.slice(symbols.length);
    if (padding === "") continue;
    for (const extra of [" ", "-", "+", "0", "=", "0="]) {
      refused(() => parseCheckoutLink(symbols + extra + padding), "malformed_link");
    }
    refused(() => parseCheckoutLink(symbols.slice(0, -1) + padding), "malformed_link");
  }
});

test("base64 in lines, as programs wrap it, is read and warned of", () => {
  const symbols = checkoutLink(vendorOrder()).slice(BASE_URL.length);
  for (const end of ["\n", "\r\n"]) {
    reads(BASE_URL + symbols.replace(/.{64}/g, `$&${end}`), vendorOrder(), ["nonstandard_base64"]);
  }
});

test("a link of very many parameters is refused soon", () => {
  for (const pair of ["a=&", "%=&", "account.a=&"]) {
    const start = performance.now();
    refused(
      () => parseCheckoutLink(linkOf(`${HEAD}500&account.order_id=12&${pair.repeat(200000)}`)),
      ["too_long"],
    );
    const elapsed = performance.now() - start;
    holds(elapsed < 2000, `it took less than 2 s, not ${elapsed} ms`);
  }
});
