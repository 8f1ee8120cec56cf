// Signed links: the documented tokens, whatever is changed in them, and keys that never show.

import fc from "fast-check";
import { TiyinError as CheckoutError, checkoutLink } from "tiyin/checkout";
import { isTiyinError, LinkSigner, TiyinError } from "tiyin/sign";
import { signedLinks } from "./data.js";
import { checkError, each, equal, fail, holds, refused, test } from "./harness.js";
import { memoriesOf } from "./memories.js";
import { vendorOrder } from "./orders.js";
import { property } from "./properties.js";

const SECRET = "0123456789abcdef0123456789abcdef";
const EXPIRY = 1_790_000_000_000;
const NOW = { now: EXPIRY - 1 };
const UNTIL = { expiresAt: EXPIRY };
const PAGE = "https://shop.uz/paid?lang=uz";

const fromHex = (hex) => Uint8Array.from(hex.match(/../g), (pair) => Number.parseInt(pair, 16));
const keys = signedLinks.keys.map(({ id, secret, hex }) => ({ id, secret: secret ?? fromHex(hex) }));
const signerOf = (first) =>
  new LinkSigner([...keys].sort((a, b) => Number(b.id === first) - Number(a.id === first)));
const signer = new LinkSigner([
  { id: "new", secret: SECRET },
  { id: "old", secret: new Uint8Array(32) },
]);

each(
  "the documented tokens are made and read",
  signedLinks.orders.map((vector) => [vector]),
  ({ key, order, expiresAt, token }) => {
    equal(signerOf(key).sign(order, { expiresAt }), token);
    equal(signerOf(key).sign(order, { expiresAt: new Date(expiresAt) }), token);
    if (expiresAt > 100_000_000_000)
      equal(signerOf("k").verify(token, { now: new Date(expiresAt - 1) }), order);
    refused(() => signerOf("k").verify(token, { now: expiresAt }), "link_expired", "token");
  },
);

each(
  "the documented return URLs are made and read",
  signedLinks.returnUrls.map((vector) => [vector]),
  ({ key, url, claims, expiresAt, signed }) => {
    equal(signerOf(key).signReturnUrl(url, claims, { expiresAt }), signed);
    equal(signerOf("k").verifyReturnUrl(signed, { now: expiresAt - 1 }), claims);
    refused(() => signerOf("k").verifyReturnUrl(signed, { now: expiresAt }), "link_expired", "url");
  },
);

test("without `now` the clock decides", () => {
  const [past, future] = [Date.now() - 1, Date.now() + 60_000];
  equal(signer.verify(signer.sign(vendorOrder(), { expiresAt: future })), vendorOrder());
  refused(() => signer.verify(signer.sign(vendorOrder(), { expiresAt: past })), "link_expired");
  equal(signer.verifyReturnUrl(signer.signReturnUrl(PAGE, { a: "1" }, { expiresAt: future })), { a: "1" });
  refused(
    () => signer.verifyReturnUrl(signer.signReturnUrl(PAGE, {}, { expiresAt: past }), {}),
    "link_expired",
  );
});

test("a verified order makes the same link", () => {
  equal(checkoutLink(signer.verify(signer.sign(vendorOrder(), UNTIL), NOW)), checkoutLink(vendorOrder()));
});

test("text, bytes and zeros are different secrets", () => {
  const secrets = [
    SECRET,
    "0".repeat(32),
    new Uint8Array(32),
    new Uint8Array(33).fill(1),
    new Uint8Array(32).fill(48, 0, 31),
  ];
  const tokens = secrets.map((secret) => new LinkSigner([{ id: "k", secret }]).sign(vendorOrder(), UNTIL));
  equal(new Set(tokens).size, secrets.length, "different tokens");
  const bytes = new LinkSigner([{ id: "k", secret: new TextEncoder().encode(SECRET) }]);
  equal(bytes.sign(vendorOrder(), UNTIL), tokens[0], "text is its UTF-8");
});

test("a secret is copied: what becomes of the array changes nothing", () => {
  const secret = fromHex("ab".repeat(40));
  const view = secret.subarray(4, 36);
  const own = new LinkSigner([{ id: "k", secret: view }]);
  const token = own.sign(vendorOrder(), UNTIL);
  secret.fill(0);
  equal(own.sign(vendorOrder(), UNTIL), token);
  equal(token, new LinkSigner([{ id: "k", secret: fromHex("ab".repeat(32)) }]).sign(vendorOrder(), UNTIL));
});

test("keys rotate: the first signs, all of them verify", () => {
  const old = new LinkSigner([{ id: "old", secret: new Uint8Array(32) }]);
  const token = old.sign(vendorOrder(), UNTIL);
  equal(signer.verify(token, NOW), vendorOrder());
  refused(() => old.verify(signer.sign(vendorOrder(), UNTIL), NOW), "unknown_key", "token");
  const other = new LinkSigner([{ id: "old", secret: SECRET }]);
  refused(() => other.verify(token, NOW), "signature_invalid", "token");
});

test("every single character of a token counts", () => {
  const token = signer.sign(vendorOrder(), UNTIL);
  const codes = ["signature_invalid", "token_malformed", "unknown_key"];
  for (let place = 0; place <= token.length; place++) {
    for (const changed of ["A", "b", "0", "-", "_", ".", "=", "+", "/", " ", "%", "\u0000", "é", "🙂", ""]) {
      const [before, after] = [token.slice(0, place), token.slice(place + 1)];
      const replaced = before + changed + after;
      if (replaced !== token) refused(() => signer.verify(replaced, NOW), codes, "token");
      if (changed !== "") {
        refused(() => signer.verify(before + changed + token.slice(place), NOW), codes, "token");
      }
    }
  }
});

test("an order token never passes as a return URL, nor the other way round", () => {
  const token = signer.sign(vendorOrder(), UNTIL);
  const url = signer.signReturnUrl(PAGE, { order_id: "12" }, UNTIL);
  const codes = ["signature_invalid", "token_malformed"];
  for (const text of [url, url.split("tiyin=")[1]]) refused(() => signer.verify(text, NOW), codes, "token");
  for (const text of [token, `${PAGE}&tiyin=${token}`, `?tiyin=${token}`])
    refused(() => signer.verifyReturnUrl(text, NOW), codes, "url");
});

test("a return URL is signed as a whole", () => {
  const url = signer.signReturnUrl(PAGE, { order: "12" }, UNTIL);
  holds(url.startsWith(`${PAGE}&tiyin=v1.new.${EXPIRY}.`), url);
  holds(new URL(url).href === url, "browsers leave it as it is");
  const codes = ["signature_invalid", "token_malformed"];
  for (const changed of [
    `${url}&a=b`,
    `${url}#a`,
    url.replace("lang=uz", "lang=ru"),
    url.replace("https", "http"),
    PAGE,
  ])
    refused(() => signer.verifyReturnUrl(changed, NOW), codes, "url");
});

test("every single character of a return URL counts", () => {
  const url = signer.signReturnUrl(PAGE, { order: "12" }, UNTIL);
  const codes = ["signature_invalid", "token_malformed", "unknown_key"];
  for (let place = 0; place <= url.length; place++) {
    const [before, after] = [url.slice(0, place), url.slice(place + 1)];
    for (const changed of ["a", "0", "-", "_", ".", "=", "&", "?", "/", "#", "%", "é", ""]) {
      if (before + changed + after !== url)
        refused(() => signer.verifyReturnUrl(before + changed + after, NOW), codes, "url");
    }
  }
});

property(
  "what is signed as a return URL is what browsers ask for",
  [
    fc.array(
      fc.oneof(
        fc.constantFrom(..."abcdxyzABZ0123456789-._~:/?#[]@!$&'()*+,;=%|^`{}<> \\\"ў\t\u0000"),
        fc.constantFrom(
          "https://",
          "http://",
          "localhost",
          "shop.uz",
          "127.0.0.1",
          "0x7f.1",
          "[::1]",
          ":443",
          ":80",
          ":0443",
        ),
        fc.constantFrom(
          "/../",
          "/.",
          "%2e",
          "%2E%2E/",
          "/./",
          "//",
          "xn--",
          "tiyin=",
          "?x=1",
          "&",
          "..",
          "@",
        ),
      ),
      { maxLength: 12 },
    ),
    fc.constantFrom("https://shop.uz/", "https://shop.uz", "http://localhost:3000/", "https://", ""),
  ],
  (parts, start) => {
    const url = start + parts.join("");
    let signed;
    try {
      signed = signer.signReturnUrl(url, {}, UNTIL);
    } catch (error) {
      checkError(error);
      return;
    }
    // What is no name at all no browser asks for.
    if (!url.includes("xn--")) equal(new URL(signed).href, signed);
    equal(signer.verifyReturnUrl(signed, NOW), {});
  },
  { runs: 5000, examples: [[[":443", "#", "%2E%2E/"], "https://shop.uz"]] },
);

each(
  "moments are dates or milliseconds",
  [
    [1_790_000_000, "not_milliseconds"],
    [99_999_999_999, "not_milliseconds"],
    [0, "not_milliseconds"],
    [-1, "not_milliseconds"],
    [8_640_000_000_000_001, "not_milliseconds"],
    [EXPIRY + 0.5, "not_an_integer"],
    [Number.NaN, "not_a_number"],
    [Number.POSITIVE_INFINITY, "not_finite"],
    [new Date(Number.NaN), "not_a_number"],
    [new Date(1_790_000_000), "not_milliseconds"],
    [String(EXPIRY), "invalid_type"],
    [BigInt(EXPIRY), "invalid_type"],
    ["2026-11-21T00:00:00Z", "invalid_type"],
    [null, "invalid_type"],
    [undefined, "missing_field"],
  ],
  (moment, code) => {
    refused(() => signer.sign(vendorOrder(), { expiresAt: moment }), code, "expiresAt");
    refused(() => signer.signReturnUrl(PAGE, {}, { expiresAt: moment }), code, "expiresAt");
    if (moment === undefined) return;
    const token = signer.sign(vendorOrder(), UNTIL);
    refused(() => signer.verify(token, { now: moment }), code, "now");
    refused(
      () => signer.verifyReturnUrl(signer.signReturnUrl(PAGE, {}, UNTIL), { now: moment }),
      code,
      "now",
    );
  },
);

each(
  "keys are checked, not coerced",
  [
    [undefined, "missing_field", "keys"],
    ["k", "invalid_type", "keys"],
    [[], "missing_key", "keys"],
    [[SECRET], "invalid_type", "keys[0]"],
    [[{ id: "k" }], "missing_field", "keys[0].secret"],
    [[{ secret: SECRET }], "missing_field", "keys[0].id"],
    [[{ id: 1, secret: SECRET }], "invalid_type", "keys[0].id"],
    [[{ id: "", secret: SECRET }], "invalid_key_id", "keys[0].id"],
    [[{ id: "a.b", secret: SECRET }], "invalid_key_id", "keys[0].id"],
    [[{ id: "k".repeat(65), secret: SECRET }], "invalid_key_id", "keys[0].id"],
    [[{ id: "k", secret: SECRET.slice(1) }], "secret_too_short", "keys[0].secret"],
    [[{ id: "k", secret: new Uint8Array(31) }], "secret_too_short", "keys[0].secret"],
    [[{ id: "k", secret: 32 }], "invalid_type", "keys[0].secret"],
    [[{ id: "k", secret: new Array(32).fill(1) }], "invalid_type", "keys[0].secret"],
    [[{ id: "k", secret: new Uint16Array(32) }], "invalid_type", "keys[0].secret"],
    [[{ id: "k", secret: new ArrayBuffer(32) }], "invalid_type", "keys[0].secret"],
    [[{ id: "k", secret: new DataView(new ArrayBuffer(32)) }], "invalid_type", "keys[0].secret"],
    [[{ id: "k", secret: Object(SECRET) }], "invalid_type", "keys[0].secret"],
    [[{ id: "k", secret: `${SECRET}\ud800` }], "lone_surrogate", "keys[0].secret"],
    [[{ id: "k", secret: SECRET, algorithm: "none" }], "unknown_field", "keys[0].algorithm"],
    [
      [
        { id: "k", secret: SECRET },
        { id: "k", secret: SECRET },
      ],
      "duplicate_key_id",
      "keys[1].id",
    ],
  ],
  (given, code, field) => {
    refused(() => new LinkSigner(given), code, field);
  },
);

test("options are checked, not ignored", () => {
  const token = signer.sign(vendorOrder(), UNTIL);
  refused(() => signer.sign(vendorOrder()), "missing_field", "options");
  refused(() => signer.sign(vendorOrder(), { ...UNTIL, purpose: "x" }), "unknown_field", "purpose");
  refused(() => signer.verify(token, { nwo: EXPIRY }), "unknown_field", "nwo");
  refused(() => signer.verify(token, EXPIRY), "invalid_type", "options");
  refused(() => signer.verify(), "missing_field", "token");
  refused(() => signer.verify(5), "invalid_type", "token");
  refused(() => signer.sign({ ...vendorOrder(), hold: true }, UNTIL), "unknown_field", "hold");
  refused(() => signer.signReturnUrl(PAGE, { order: 12 }, UNTIL), "invalid_type", "claims.order");
  refused(() => signer.signReturnUrl("https://shop.uz", {}, UNTIL), "invalid_return_url", "url");
});

test("a signer shows no secret, whatever is made of it", () => {
  const own = new LinkSigner([{ id: "k", secret: SECRET }]);
  const hex = Array.from(SECRET, (character) => character.charCodeAt(0).toString(16)).join("");
  const shown = [
    String(own),
    JSON.stringify(own),
    JSON.stringify(Object.entries(own)),
    `${Reflect.ownKeys(own)}`,
  ];
  for (const value of [
    ...shown,
    errorText(() => own.verify("v1.k.1.a.b")),
    errorText(() => new LinkSigner([{ id: "k", secret: SECRET, x: 1 }])),
  ])
    for (const secret of [SECRET, hex, hex.toUpperCase()])
      holds(!value.includes(secret), `no secret in ${value}`);
});

function errorText(call) {
  try {
    call();
  } catch (error) {
    return `${JSON.stringify(error)} ${error.stack} ${error.cause ?? ""}`;
  }
  return fail("expected an error");
}

// None of it stands in the module as it is published.
const UNIQUE = "kX7#qV2!mZ9$wB4%rT6&yN1*pL8(dF3)";

test("nothing of a secret stays in memory, whatever becomes of a call", async () => {
  const bytes = fromHex("a7".repeat(32));
  const keys = [
    { id: "k", secret: UNIQUE },
    { id: "z", secret: bytes },
  ];
  const memories = await memoriesOf(async () => {
    const { LinkSigner } = await import("tiyin-untouched/sign");
    const { Instance } = WebAssembly;
    WebAssembly.Instance = function Blocked() {
      throw new WebAssembly.CompileError("blocked");
    };
    refused(() => new LinkSigner(keys), "wasm_unavailable");
    WebAssembly.Instance = Instance;
    const own = new LinkSigner(keys);
    const token = own.sign(vendorOrder(), UNTIL);
    equal(own.verify(token, NOW), vendorOrder());
    own.verifyReturnUrl(own.signReturnUrl(PAGE, { a: "b" }, UNTIL), NOW);
    own.sign(vendorOrder({ account: { long: "ў".repeat(3000) } }), UNTIL);
    refused(() => new LinkSigner([{ id: "k", secret: UNIQUE, x: 1 }]), "unknown_field");
    refused(() => new LinkSigner([{ id: "k", secret: `${UNIQUE}\ud800` }]), "lone_surrogate");
    refused(() => new LinkSigner([...keys, { id: "k", secret: "x".repeat(20_000) }]), "too_long");
    refused(
      () => new LinkSigner([...keys, ...new Array(100).fill({ id: "long", secret: "x".repeat(2_000_000) })]),
      "too_long",
    );
  });
  holds(memories.length >= 3, `the module's memory and several buffers, not ${memories.length}`);
  for (const buffer of memories) {
    const memory = new TextDecoder("windows-1252").decode(buffer);
    for (const [name, part] of Object.entries(tracesOf(UNIQUE))) {
      holds(!memory.includes(part), `no ${name} in ${buffer.byteLength} bytes`);
    }
    const isOwn = buffer === bytes.buffer;
    holds(
      isOwn || !/a7a7a7a7|A7A7A7A7|\u00a7{4}/.test(memory),
      `no bytes of the other key in ${buffer.byteLength}`,
    );
  }
});

/** What HMAC makes of a secret: what begins its two blocks, as bytes and as the words that SHA-256 reads. */
function tracesOf(secret) {
  const bytes = Array.from(secret.slice(0, 8), (character) => character.charCodeAt(0));
  const digits = bytes.map((byte) => byte.toString(16)).join("");
  const traces = { digits, "upper-case digits": digits.toUpperCase() };
  for (const [name, mask] of Object.entries({ secret: 0, "inner block": 0x36, "outer block": 0x5c })) {
    const masked = bytes.map((byte) => byte ^ mask);
    const words = [...masked.slice(0, 4).reverse(), ...masked.slice(4).reverse()];
    traces[name] = String.fromCharCode(...masked);
    traces[`${name}'s words`] = String.fromCharCode(...words);
  }
  return traces;
}

test("what another entry throws is caught as this entry's error", () => {
  const error = refused(() => signer.verify(""), "token_malformed");
  holds(error instanceof CheckoutError && error instanceof TiyinError && isTiyinError(error), "instanceof");
});

property(
  "what is signed is what is verified",
  [
    fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
    fc.constantFrom("UZS", "USD"),
    fc.dictionary(fc.string({ unit: "grapheme", minLength: 1 }), fc.string({ unit: "grapheme" }), {
      minKeys: 1,
      maxKeys: 4,
    }),
    fc.uint8Array({ minLength: 32, maxLength: 100 }),
    fc.date({ min: new Date(100_000_000_001), max: new Date(8_640_000_000_000_000), noInvalidDate: true }),
  ],
  (minor, currency, account, secret, expiresAt) => {
    const own = new LinkSigner([{ id: "k", secret }]);
    const order = { ...vendorOrder(), amount: { minor, currency }, account };
    const now = expiresAt.getTime() - 1;
    equal(own.verify(own.sign(order, { expiresAt }), { now }), { ...order, account: { ...account } });
    equal(own.verifyReturnUrl(own.signReturnUrl(PAGE, account, { expiresAt }), { now }), { ...account });
  },
  { runs: 500 },
);
