// Importing does nothing, the module starts at the first call, and where it cannot start the error says why. Each
// test has a copy of the package of its own, since a module that was started cannot be unstarted.

import { equal, holds, refused, test } from "./harness.js";
import { vendorOrder } from "./orders.js";

const STARTERS = ["Module", "Instance", "compile", "instantiate", "compileStreaming", "instantiateStreaming"];

/** Runs `body` while the uses of WebAssembly are counted, and puts everything back. */
async function counting(body) {
  // Node starts a module of its own some time after a first response was made.
  await new Promise((resolve) => setTimeout(resolve, 20));
  const originals = STARTERS.filter((name) => name in WebAssembly).map((name) => [name, WebAssembly[name]]);
  const uses = [];
  for (const [name, original] of originals) {
    WebAssembly[name] = new Proxy(original, {
      construct(target, args) {
        uses.push(name);
        return Reflect.construct(target, args);
      },
      apply(target, self, args) {
        uses.push(name);
        return Reflect.apply(target, self, args);
      },
    });
  }
  try {
    await body(uses);
  } finally {
    for (const [name, original] of originals) WebAssembly[name] = original;
  }
}

test("importing starts nothing, the first call starts the entry's module once", async () => {
  await counting(async (uses) => {
    const checkout = await import("tiyin-untouched/checkout");
    const entry = await import("tiyin-untouched");
    equal(uses, [], "uses of WebAssembly at import");
    equal(checkout.isTiyinError(new Error("no")), false);
    equal(uses, [], "uses of WebAssembly by isTiyinError");
    equal(checkout.som(5), { minor: 500, currency: "UZS" });
    equal(uses, ["Module", "Instance"], "uses of WebAssembly at the first call");
    checkout.checkoutLinks([vendorOrder()]);
    equal(uses, ["Module", "Instance"], "uses of WebAssembly at later calls");
    uses.length = 0;
    new entry.PaylovServices({ baseUrl: "https://shop.uz/api/paylov" });
    entry.usd(5);
    equal(uses, ["Module", "Instance"], "uses of WebAssembly by another entry");
  });
});

test("the module's start is synchronous: a call's result is no promise", async () => {
  const { toMajor } = await import("tiyin-copy/checkout");
  equal(toMajor({ minor: 150, currency: "USD" }), "1.50");
});

// What engines throw from `new WebAssembly.Module` under a Content-Security-Policy without 'wasm-unsafe-eval'.
const REFUSALS = [
  "WebAssembly.Module(): Compiling or instantiating WebAssembly module violates the following Content Security policy directive",
  "WebAssembly.Module(): Wasm code generation disallowed by embedder",
  "call to WebAssembly.Module() blocked by CSP",
];

test("where a policy forbids compiling, every call says what to change", async () => {
  const { checkoutLink, som } = await import("tiyin-blocked/checkout");
  const original = WebAssembly.Module;
  try {
    for (const text of REFUSALS) {
      WebAssembly.Module = function Module() {
        throw new WebAssembly.CompileError(text);
      };
      const error = refused(() => som(5), "wasm_unavailable");
      holds(error.message.includes("wasm-unsafe-eval"), `${error.message} names 'wasm-unsafe-eval'`);
      refused(() => checkoutLink(vendorOrder()), "wasm_unavailable");
    }
  } finally {
    WebAssembly.Module = original;
  }
});

test("where there is no WebAssembly, every call says so", async () => {
  const { parseMoney, som } = await import("tiyin-absent/checkout");
  const { PaylovServices } = await import("tiyin-absent");
  const original = globalThis.WebAssembly;
  try {
    globalThis.WebAssembly = undefined;
    refused(() => som(5), "wasm_unavailable");
    refused(() => parseMoney("5"), "wasm_unavailable");
    refused(() => new PaylovServices({ baseUrl: "https://shop.uz/api/paylov" }), "wasm_unavailable");
  } finally {
    globalThis.WebAssembly = original;
  }
});

test("a package whose text was changed is recognised at every call", async () => {
  const { checkoutLink, som } = await import("tiyin-changed/checkout");
  refused(() => som(5), "module_corrupted");
  refused(() => checkoutLink(vendorOrder()), "module_corrupted");
});

test("a package that was decoded as another charset works all the same", async () => {
  const { formatMoney, som } = await import("tiyin-misread/checkout");
  equal(formatMoney(som(1000)), "1\u00a0000\u00a0so\u02bbm");
});

test("the copies that could not start have not disturbed the package", async () => {
  const { toMajor } = await import("tiyin");
  equal(toMajor({ minor: 150, currency: "USD" }), "1.50");
});
