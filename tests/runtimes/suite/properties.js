// Property tests: fast-check with the run's seed, and the generators of money.

import fc from "fast-check";
import { seed } from "./data.js";
import { test } from "./harness.js";

export const LARGEST = Number.MAX_SAFE_INTEGER;
export const ROUNDINGS = ["half_even", "half_up", "down", "up"];

/** Registers a test that `check` holds for these examples and for so many random draws of the arbitraries. */
export function property(name, arbitraries, check, { runs = 2000, examples = [] } = {}) {
  test(name, () => {
    const draws = (...values) => {
      check(...values);
    };
    fc.assert(fc.property(...arbitraries, draws), { seed, numRuns: runs + examples.length, examples });
  });
}

/** The same for what is answered by a promise. */
export function asyncProperty(name, arbitraries, check, { runs = 2000, examples = [] } = {}) {
  test(name, () => {
    const draws = async (...values) => {
      await check(...values);
    };
    return fc.assert(fc.asyncProperty(...arbitraries, draws), {
      seed,
      numRuns: runs + examples.length,
      examples,
    });
  });
}

export const currency = fc.constantFrom("UZS", "USD");
export const rounding = fc.constantFrom(undefined, ...ROUNDINGS);

/** Minor units of every order of magnitude: a uniform draw would nearly always be enormous. */
export const minor = fc.oneof(
  fc.integer({ min: -1000, max: 1000 }),
  fc.integer({ min: -(10 ** 7), max: 10 ** 7 }),
  fc.integer({ min: -(10 ** 12), max: 10 ** 12 }),
  fc.maxSafeInteger(),
  fc.constantFrom(0, 1, -1, LARGEST, -LARGEST),
);

export const money = fc.record({ minor, currency }, { noNullPrototype: true });
