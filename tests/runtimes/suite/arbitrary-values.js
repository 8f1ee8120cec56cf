// Everything that can be called, with values of every kind: it answers or throws a TiyinError, soon, and the module still
// makes the vendor's link. A client's methods give a promise, which alone can fail.

import fc from "fast-check";
import { checkoutLink } from "tiyin/checkout";
import { callables, exportsOf, plainName } from "./callables.js";
import { CALLS, callsOf, INSTANCES, isCallOfClient } from "./calls.js";
import { vendorLinks } from "./data.js";
import { entries } from "./entries.js";
import { checkError, equal, holds, test } from "./harness.js";
import { EVERYTHING } from "./hostile.js";
import { vendorOrder } from "./orders.js";
import { asyncProperty } from "./properties.js";

const RUNS = 400;
const LONGEST_MS = 1000;

// Their size is bad-input.js's subject; drawn by the hundred they would only take time.
const LARGE = ["an object of 100,000 keys", "10 MB of digits", "10 MB of Cyrillic"];

// Drawn by name: fast-check itself could not touch the value.
class Hostile {
  constructor(name) {
    this.name = name;
  }
}

const hostileNames = Object.keys(EVERYTHING).filter((name) => !LARGE.includes(name));
const value = fc.oneof(
  fc.anything({
    withBigInt: true,
    withBoxedValues: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withObjectString: true,
    withSet: true,
    withSparseArray: true,
    withTypedArray: true,
  }),
  fc.constantFrom(...hostileNames).map((name) => new Hostile(name)),
  fc.string({ unit: "binary" }),
);

// What failed once, by what was called: `values` for all arguments, or `other` at one `place` in those that work.
const FOUND = {
  "new TiyinError": [
    { values: [] },
    { values: [{ code: "internal", message: Symbol("a test") }] },
    { values: [{ code: "internal", message: "a test", name: "TiyinError" }] },
  ],
};

const functions = callables(exportsOf(entries), INSTANCES);

test("everything that can be called has arguments to be called with", () => {
  const names = Object.keys(functions).map((name) => (name in CALLS ? name : plainName(name)));
  equal(Object.keys(CALLS).sort(), [...new Set(names)].sort());
});

for (const [name, call] of Object.entries(functions)) {
  const answered = callsOf(name)?.answered ?? [];
  asyncProperty(
    `${name} answers any values or throws a TiyinError`,
    [argumentsLike(answered)],
    async (drawn) => {
      const values = drawn.values?.map(real) ?? replaced(answered, drawn.place, real(drawn.other));
      await checkAnswer(() => call(...values), isCallOfClient(name));
      equal(checkoutLink(vendorOrder()), vendorLinks[0].link, "the vendor's link");
    },
    { runs: RUNS, examples: (FOUND[plainName(name)] ?? []).map((drawn) => [drawn]) },
  );
}

/** Any values, or those that work with one of their members, however deep, replaced by any value. */
function argumentsLike(answered) {
  const anything = fc.record({ values: fc.array(value, { maxLength: 5 }) });
  const [, ...places] = placesIn(answered);
  if (places.length === 0) return anything;
  return fc.oneof(anything, fc.record({ place: fc.constantFrom(...places), other: value }));
}

/** The value itself, its members, theirs, and so on, each as the keys that lead there. */
function placesIn(whole, before = []) {
  const members = typeof whole === "object" && whole !== null ? Object.keys(whole) : [];
  return [before, ...members.flatMap((key) => placesIn(whole[key], [...before, key]))];
}

function replaced(whole, [key, ...rest], other) {
  if (key === undefined) return other;
  const copy = Array.isArray(whole) ? [...whole] : { ...whole };
  copy[key] = replaced(whole[key], rest, other);
  return copy;
}

function real(drawn) {
  return drawn instanceof Hostile ? EVERYTHING[drawn.name] : drawn;
}

async function checkAnswer(call, isPromised) {
  const start = performance.now();
  let answer;
  try {
    answer = call();
  } catch (error) {
    checkError(error);
    holds(!isPromised, "it does not throw");
  }
  if (isPromised) {
    holds(answer instanceof Promise, "it gives a promise");
    await answer.catch(checkError);
  }
  const elapsed = performance.now() - start;
  holds(elapsed < LONGEST_MS, `it took less than ${LONGEST_MS} ms, not ${elapsed}`);
}
