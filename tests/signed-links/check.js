// Runs the Python and the Node.js of docs/signed-links.md against the installed package: what one makes, the others read.

import { spawnSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { finishProject, installPackage } from "../install/install.js";

const NOW = 1_780_000_000_000;
const EXPIRY = 1_790_000_000_000;
const RETURN_URL = "tiyin-return-url:";
const ALPHABETS = ["abcXYZ019", "сўмқғҳЁё", "&=~?+%#\"'<>|\\ /", "😀\n\t\u0000"];

const documents = new URL("../../docs/signed-links.md", import.meta.url);
const fixtures = new URL("../fixtures/checkout/signed-links.json", import.meta.url);
const text = await readFile(documents, "utf8");
const vectors = JSON.parse(await readFile(fixtures, "utf8"));
const project = await installPackage();
const { checkoutLink, LinkSigner } = await import(
  pathToFileURL(join(project, "node_modules/tiyin/sign.js")).href
);
const others = { Python: await inPython(block("python")), "Node.js": await inNode(block("js")) };
const keys = vectors.keys.map(({ id, secret, hex }) => ({
  id,
  secret: secret ?? new Uint8Array(Buffer.from(hex, "hex")),
}));

let passed = 0;
const failed = [];
for (const [name, other] of Object.entries(others)) {
  check(`${name} makes the fixtures' orders`, () => makesOrders(other));
  check(`${name} makes the fixtures' return URLs`, () => makesReturnUrls(other));
  check(`${name} reads 200 orders of ours, and we read its`, () => exchange(other));
  check(`${name} writes whole milliseconds, or nothing`, () => takesWholeMilliseconds(other));
  check(`${name} and we refuse the same, for the same reasons`, () => refuses(other));
}
check("the vectors in the text are the fixtures'", () => {
  for (const vector of [vectors.orders[0].token, vectors.returnUrls[1].signed]) {
    if (!text.includes(`\`${vector}\``)) throw new Error(`the text does not have ${vector}`);
  }
});

for (const { name, problem } of failed) console.log(`signed links: FAILED ${name}\n    ${problem}`);
await finishProject(project, failed.length > 0);
console.log(`signed links: ${passed} passed, ${failed.length} failed`);
process.exitCode = failed.length > 0 ? 1 : 0;

function check(name, body) {
  try {
    body();
    passed++;
  } catch (error) {
    failed.push({ name, problem: error.message });
  }
}

function makesOrders(other) {
  for (const { key, order, expiresAt, token } of vectors.orders) {
    same(other.make([key, hexOf(key), fieldsOf(order), expiresAt]), unTilded(token, order));
    same(signerOf(key).sign(order, { expiresAt }), token);
  }
}

/** Others leave a tilde as it is, which we encode: another token of the same order. */
function unTilded(token, order) {
  return JSON.stringify(order).includes("~") ? undefined : token;
}

function makesReturnUrls(other) {
  for (const { key, url, claims, expiresAt, signed } of vectors.returnUrls) {
    const before = signed.slice(0, signed.indexOf("tiyin=") + 6);
    const made = other.make([key, hexOf(key), Object.entries(claims), expiresAt, RETURN_URL, before]);
    same(made, unTilded(signed, claims));
    same(signerOf(key).verifyReturnUrl(made, { now: NOW }), claims);
    same(signerOf(key).signReturnUrl(url, claims, { expiresAt }), signed);
    same(other.check([secrets(), signed, RETURN_URL, NOW]), claims);
  }
}

function exchange(other) {
  const orders = Array.from({ length: 200 }, (_, index) => orderOf(index));
  const signer = signerOf(keys[0].id);
  const made = other.many(
    "make",
    orders.map((order) => [keys[0].id, hexOf(keys[0].id), fieldsOf(order), EXPIRY]),
  );
  const ours = orders.map((order) => signer.sign(order, { expiresAt: new Date(EXPIRY) }));
  const read = other.many(
    "check",
    ours.map((token) => [secrets(), token, "tiyin-order:", NOW]),
  );
  for (const [index, order] of orders.entries()) {
    same(signer.verify(made[index], { now: NOW }), order);
    same(read[index], Object.fromEntries(fieldsOf(order)));
  }
}

function refuses(other) {
  const { token, key } = vectors.orders[0];
  const url = vectors.returnUrls[0].signed;
  const claims = url.slice(url.indexOf("tiyin=") + 6);
  const order = "tiyin-order:";
  const attempts = [
    [token.replace("._PFf", "._PFg"), order, NOW, "signature_invalid"],
    [`${token}é`, order, NOW, "signature_invalid"],
    [claims, order, NOW, "signature_invalid"],
    [`https://shop.uz/paid?tiyin=${token}`, RETURN_URL, NOW, "signature_invalid"],
    [url.replace("?tiyin=", "?lang=uz&tiyin="), RETURN_URL, NOW, "signature_invalid"],
    [token, order, EXPIRY, "link_expired"],
    [url, RETURN_URL, EXPIRY, "link_expired"],
    [token.replace("v1.2026-11", "v1.2026-12"), order, NOW, "unknown_key"],
    [token.replace("v1.2026-11", "v1.constructor"), order, NOW, "unknown_key"],
    [token.replace("v1.", "v2."), order, NOW, "token_malformed"],
    [url.replace("?tiyin=", "?xtiyin="), RETURN_URL, NOW, "token_malformed"],
    [url.slice(0, url.indexOf("?")), RETURN_URL, NOW, "token_malformed"],
    ["", order, NOW, "token_malformed"],
    ["v1.k.5", order, NOW, "token_malformed"],
    [twice(), RETURN_URL, NOW, "token_malformed"],
  ];
  for (const [given, purpose, now, expected] of attempts) {
    const refusal = other.check([secrets(), given, purpose, now]);
    if (refusal?.error !== expected) throw new Error(`${given}: ${JSON.stringify(refusal)}, not ${expected}`);
    const signer = signerOf(key);
    const verify = purpose === RETURN_URL ? "verifyReturnUrl" : "verify";
    const code = codeOf(() => signer[verify](given, { now }));
    if (code !== expected) throw new Error(`${given}: ${JSON.stringify(code)} from us, not ${expected}`);
  }
}

/** A return URL with two claims of one name, which nothing here makes: only somebody with the key can. */
function twice() {
  const { id, secret } = keys[0];
  const signed = `https://shop.uz/?tiyin=v1.${id}.${EXPIRY}.${Buffer.from("a=1&a=2").toString("base64url")}`;
  return `${signed}.${createHmac("sha256", secret)
    .update(RETURN_URL + signed)
    .digest("base64url")}`;
}

function takesWholeMilliseconds(other) {
  const [{ id }] = keys;
  const made = other.make([
    id,
    hexOf(id),
    [["order", "12"]],
    EXPIRY + 0.25,
    RETURN_URL,
    "https://shop.uz/?tiyin=",
  ]);
  if (made.error) same(made.error, "expiresAt is a whole number of milliseconds");
  else same(signerOf(id).verifyReturnUrl(made, { now: NOW }), { order: "12" });
}

function codeOf(call) {
  try {
    return call();
  } catch (error) {
    return error.code;
  }
}

function same(actual, expected) {
  if (expected !== undefined && !isDeepStrictEqual(actual, expected))
    throw new Error(`${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`);
}

/** A signer that signs with the key of this id. */
function signerOf(id) {
  return new LinkSigner(keys.toSorted((a, b) => Number(b.id === id) - Number(a.id === id)));
}

function hexOf(id) {
  return Buffer.from(keys.find((key) => key.id === id).secret).toString("hex");
}

function secrets() {
  return Object.fromEntries(keys.map(({ id }) => [id, hexOf(id)]));
}

/** The query of an order's link, as pairs. */
function fieldsOf(order) {
  const link = checkoutLink(order);
  const query = Buffer.from(link.slice(link.lastIndexOf("/") + 1), "base64").toString();
  return [...new URLSearchParams(query)];
}

function orderOf(index) {
  const alphabet = ALPHABETS[index % ALPHABETS.length];
  const word = Array.from(
    { length: 1 + (index % 9) },
    (_, place) => [...alphabet][(index * 7 + place) % [...alphabet].length],
  );
  const order = {
    merchantId: "571c06fb-6c61-4ef7-8567-5511abaf12b5",
    amount: { minor: 1 + index * 7919, currency: index % 3 ? "UZS" : "USD" },
    account: { [`k${word.join("")}`]: word.join(""), empty: "" },
  };
  return index % 2 ? { ...order, returnUrl: `https://shop.uz/paid?x=${index}` } : order;
}

function block(language) {
  return new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "ms").exec(text)[1];
}

async function inNode(source) {
  const file = join(project, "signed-links.mjs");
  await writeFile(file, source);
  const { make, check } = await import(pathToFileURL(file).href);
  const bytes = (hex) => Buffer.from(hex, "hex");
  const calls = {
    make: ([id, secret, ...rest]) => make(id, bytes(secret), ...rest),
    check: ([secrets, ...rest]) =>
      check(Object.fromEntries(Object.entries(secrets).map(([id, hex]) => [id, bytes(hex)])), ...rest),
  };
  return caller((name, all) =>
    all.map((values) => {
      try {
        return calls[name](values);
      } catch (error) {
        return { error: error.message };
      }
    }),
  );
}

async function inPython(source) {
  const file = join(project, "signed_links.py");
  await writeFile(
    file,
    `${source}
import json, sys
name, calls = json.load(sys.stdin)
def call(values):
    try:
        if name == "make":
            return make(values[0], bytes.fromhex(values[1]), dict(values[2]), *values[3:])
        return check({key: bytes.fromhex(secret) for key, secret in values[0].items()}, *values[1:])
    except ValueError as error:
        return {"error": str(error)}
json.dump([call(values) for values in calls], sys.stdout)
`,
  );
  return caller((name, all) => {
    const python = process.env.PYTHON ?? "python3";
    const { error, status, stdout, stderr } = spawnSync(python, [file], {
      input: JSON.stringify([name, all]),
      encoding: "utf8",
    });
    if (error || status !== 0) throw error ?? new Error(`${python}: ${stderr}`);
    return JSON.parse(stdout);
  });
}

function caller(many) {
  return { many, make: (values) => many("make", [values])[0], check: (values) => many("check", [values])[0] };
}
