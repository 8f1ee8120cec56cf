// addMoney and allocate, and what every function asks of a Money.

import fc from "fast-check";
import {
  addMoney,
  allocate,
  convertMoney,
  formatMoney,
  percentOf,
  som,
  tiyin,
  toMajor,
  usd,
} from "tiyin/checkout";
import { each, equal, holds, refused, test } from "./harness.js";
import { currency, LARGEST, minor, property } from "./properties.js";
import * as reference from "./reference.js";

const uzs = (amount) => ({ minor: amount, currency: "UZS" });

test("addMoney adds any number of amounts of one currency", () => {
  equal(addMoney(som(5)), som(5));
  equal(addMoney(som("0.1"), som("0.2")), tiyin(30));
  equal(addMoney(usd(1), usd(-2), usd("0.5")), usd("-0.5"));
  equal(addMoney(tiyin(LARGEST), tiyin(-LARGEST)), tiyin(0));
  equal(addMoney(tiyin(LARGEST), tiyin(1), tiyin(-1)), tiyin(LARGEST));
  equal(addMoney(...Array.from({ length: 1000 }, () => tiyin(7))), tiyin(7000));
});

test("addMoney refuses two currencies, no amounts and sums out of range", () => {
  refused(() => addMoney(som(5), usd(5)), "currency_mismatch");
  refused(() => addMoney(som(0), som(1), usd(0)), "currency_mismatch");
  refused(() => addMoney(), ["missing_field", "invalid_type", "empty_amount"]);
  refused(() => addMoney(tiyin(LARGEST), tiyin(1)), "amount_out_of_range");
  refused(() => addMoney(tiyin(-LARGEST), tiyin(-1)), "amount_out_of_range");
  refused(() => addMoney(...Array.from({ length: 5000 }, () => tiyin(LARGEST))), "amount_out_of_range");
  refused(() => addMoney([som(5), som(5)]), ["invalid_type", "missing_field"]);
  refused(() => addMoney(som(5), undefined), ["invalid_type", "missing_field"]);
});

property(
  "addMoney is the exact sum",
  [fc.array(minor, { minLength: 1, maxLength: 8 }), currency],
  (minors, code) => {
    const amounts = minors.map((value) => ({ minor: value, currency: code }));
    const sum = minors.reduce((total, value) => total + BigInt(value), 0n);
    if (reference.inRange(sum)) {
      equal(addMoney(...amounts), { minor: Number(sum), currency: code });
    } else {
      refused(() => addMoney(...amounts), "amount_out_of_range");
    }
  },
);

each(
  "allocate gives what is left over to the largest remainders, earlier first",
  [
    [100, [1, 1, 1], [34, 33, 33]],
    [101, [1, 1, 1], [34, 34, 33]],
    [5, [3, 7], [2, 3]],
    [100, [1], [100]],
    [1, [1, 1], [1, 0]],
    [1, [1, 2], [0, 1]],
    [0, [1, 2], [0, 0]],
    [7, [0, 1, 0, 1], [0, 4, 0, 3]],
    [10, [1, 1, 1, 1, 1, 1], [2, 2, 2, 2, 1, 1]],
    [1000, [50, 30, 20], [500, 300, 200]],
    [99, [33, 33, 34], [33, 33, 33]],
    [LARGEST, [1, 1], [4503599627370496, 4503599627370495]],
    [LARGEST, [LARGEST, LARGEST], [4503599627370496, 4503599627370495]],
    [LARGEST, [LARGEST, 1], [9007199254740990, 1]],
    [-100, [1, 1, 1], [-34, -33, -33]],
    [-1, [1, 2], [0, -1]],
    [-7, [0, 1, 0, 1], [0, -4, 0, -3]],
    [-LARGEST, [1, 0], [-LARGEST, 0]],
  ],
  (amount, weights, expected) => {
    equal(allocate(uzs(amount), weights), expected.map(uzs));
    const dollars = (value) => ({ minor: value, currency: "USD" });
    equal(allocate(dollars(amount), weights), expected.map(dollars));
  },
);

test("allocate takes many weights", () => {
  const parts = allocate(
    tiyin(LARGEST),
    Array.from({ length: 100_000 }, (_, index) => index % 7),
  );
  equal(parts.length, 100_000);
  equal(
    parts.reduce((sum, part) => sum + BigInt(part.minor), 0n),
    BigInt(LARGEST),
  );
  holds(
    parts.every((part, index) => index % 7 !== 0 || Object.is(part.minor, 0)),
    "a weight of zero gets nothing",
  );
});

each(
  "allocate refuses weights that cannot share",
  [
    [[], "invalid_weights", "weights"],
    [[0], "invalid_weights", "weights"],
    [[0, 0, 0], "invalid_weights", "weights"],
    [[-0], "invalid_weights", "weights"],
    [[1, -1], "invalid_weights"],
    [[-1, -2], "invalid_weights"],
    [[1, 0.5], "not_an_integer", "weights[1]"],
    [[1, 2, Number.NaN], ["not_an_integer", "not_a_number"], "weights[2]"],
    [[Number.POSITIVE_INFINITY], ["not_an_integer", "not_finite"], "weights[0]"],
    [[2 ** 53], ["not_an_integer", "invalid_weights", "amount_out_of_range"], "weights[0]"],
    [["1"], "invalid_type", "weights[0]"],
    [[1, 1n], "invalid_type", "weights[1]"],
    [[1, null], "invalid_type", "weights[1]"],
    [[1, undefined], ["invalid_type", "missing_field"], "weights[1]"],
    // biome-ignore lint/suspicious/noSparseArray: a hole is what this row is about
    [[1, , 2], ["invalid_type", "missing_field"], "weights[1]"],
    [[[1]], "invalid_type", "weights[0]"],
    [new Set([1, 2]), "invalid_type", "weights"],
    [{ length: 1, 0: 1 }, "invalid_type", "weights"],
    ["12", "invalid_type", "weights"],
    [3, "invalid_type", "weights"],
    [null, "invalid_type", "weights"],
    [undefined, ["invalid_type", "missing_field"], "weights"],
  ],
  (weights, codes, field) => {
    refused(() => allocate(som(1), weights), codes, field);
  },
);

const weight = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 10000 }), fc.maxSafeNat());

property(
  "allocate agrees with the reference",
  [minor, fc.array(weight, { minLength: 1, maxLength: 9 })],
  (amount, weights) => {
    fc.pre(weights.some((value) => value > 0));
    const parts = allocate(uzs(amount), weights);
    equal(parts, reference.allocate(amount, weights).map(uzs));
    equal(
      parts.reduce((sum, part) => sum + BigInt(part.minor), 0n),
      BigInt(amount),
    );
  },
);

const TAKERS = {
  toMajor,
  formatMoney,
  addMoney,
  "addMoney, second": (money) => addMoney(som(1), money),
  allocate: (money) => allocate(money, [1]),
  percentOf: (money) => percentOf(money, 100),
  convertMoney: (money) => convertMoney(money, "12650.55", "UZS"),
};

const BAD_MONEY = [
  [{ minor: 1.5, currency: "UZS" }, "not_an_integer", "minor"],
  [{ minor: Number.NaN, currency: "UZS" }, ["not_an_integer", "not_a_number"], "minor"],
  [{ minor: Number.POSITIVE_INFINITY, currency: "UZS" }, ["not_an_integer", "not_finite"], "minor"],
  [{ minor: 2 ** 53, currency: "UZS" }, "amount_out_of_range", "minor"],
  [{ minor: -(2 ** 53), currency: "UZS" }, "amount_out_of_range", "minor"],
  [{ minor: 1e21, currency: "UZS" }, ["amount_out_of_range", "exponent"], "minor"],
  [{ minor: "5", currency: "UZS" }, "invalid_type", "minor"],
  [{ minor: 5n, currency: "UZS" }, "invalid_type", "minor"],
  [{ minor: null, currency: "UZS" }, "invalid_type", "minor"],
  [{ minor: true, currency: "UZS" }, "invalid_type", "minor"],
  [{ currency: "UZS" }, "missing_field", "minor"],
  [{ minor: undefined, currency: "UZS" }, "missing_field", "minor"],
  [{ minor: 5 }, "missing_field", "currency"],
  [{ minor: 5, currency: undefined }, "missing_field", "currency"],
  [{ minor: 5, currency: "EUR" }, "not_an_option", "currency"],
  [{ minor: 5, currency: "uzs" }, "not_an_option", "currency"],
  [{ minor: 5, currency: 860 }, "invalid_type", "currency"],
  [{ minor: 5, currency: null }, "invalid_type", "currency"],
  [{ minor: 5, currency: "UZS", unit: "tiyin" }, "unknown_field", "unit"],
  [{ amount: 5, currency: "UZS" }, ["unknown_field", "missing_field"]],
  [{}, "missing_field"],
  [5, "invalid_type"],
  ["5", "invalid_type"],
  [5n, "invalid_type"],
  [true, "invalid_type"],
  [null, "invalid_type"],
  [undefined, ["invalid_type", "missing_field"]],
  [[], ["invalid_type", "missing_field"]],
  [[som(5)], ["invalid_type", "unknown_field", "missing_field"]],
  [() => som(5), ["invalid_type", "missing_field", "unknown_field"]],
  [Symbol("money"), "invalid_type"],
  [new Date(0), ["invalid_type", "missing_field"]],
  [new Map(Object.entries(som(5))), ["invalid_type", "missing_field"]],
];

for (const [name, take] of Object.entries(TAKERS)) {
  each(`${name} takes nothing but a Money for one`, BAD_MONEY, (money, codes, member) => {
    const error = refused(() => take(money), codes);
    if (member)
      holds(error.field?.split(".").at(-1) === member, `the field ${error.field} ends in ${member}`);
  });
}

test("a Money is taken by its members, whatever object holds them", () => {
  const bare = Object.assign(Object.create(null), som(5));
  const getters = {
    get minor() {
      return 500;
    },
    get currency() {
      return "UZS";
    },
  };
  for (const money of [bare, getters, new Proxy(som(5), {}), Object.freeze(som(5))]) {
    equal(toMajor(money), "5");
    equal(addMoney(money, money), som(10));
  }
});
