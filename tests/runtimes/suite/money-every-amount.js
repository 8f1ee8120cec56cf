// Every two-decimal amount from 0.01 to 99,999.99 as a JavaScript number: no sampling, since one wrong amount is one
// wrong payment. som and usd take turns, with the seed; in a full run (TIYIN_FULL=1) each takes every number. The loops compare members by hand:
// the assertions would take longer than the calls.

import { parseMoney, som, toMajor, usd } from "tiyin/checkout";
import { full, seed } from "./data.js";
import { fail, note, show, test } from "./harness.js";
import * as reference from "./reference.js";

const LAST = 9_999_999;
// A prime step: the sample meets every pair of decimals and every digit sum.
const STEP = full ? 1 : 97;

function timed(name, check) {
  test(name, () => {
    const start = performance.now();
    check();
    note(`${name}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
  });
}

function expectExact(make, currency, minor) {
  // Division rounds correctly, so this is the double that the literal with two decimals would be.
  const money = make(minor / 100);
  if (money.minor !== minor || money.currency !== currency) fail(`${minor / 100} became ${show(money)}`);
}

timed("every two-decimal number to 99,999.99 converts exactly", () => {
  for (let minor = 1; minor <= LAST; minor += 1) {
    const turn = (minor + Math.floor(minor / 100) + seed) % 2;
    if (full || turn === 0) expectExact(som, "UZS", minor);
    if (full || turn === 1) expectExact(usd, "USD", minor);
  }
});

timed("amounts to 99,999.99 survive toMajor, som, usd and parseMoney", () => {
  for (let minor = 1; minor <= LAST; minor += STEP) {
    const text = toMajor({ minor, currency: "UZS" });
    if (text !== reference.toMajor(minor)) fail(`${minor} tiyin is written ${text}`);
    const readings = [som(text), usd(text), parseMoney(text), parseMoney(text, "USD"), som(`-${text}`)];
    const minors = readings.map((money) => money.minor);
    if (minors.some((read, index) => read !== (index === 4 ? -minor : minor)))
      fail(`${text} is read as ${minors}`);
  }
});
