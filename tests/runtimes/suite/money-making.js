// som, tiyin, usd and cents: what they take, exactly, and what they refuse; toMajor as their inverse.

import { cents, som, tiyin, toMajor, usd } from "tiyin/checkout";
import { each, equal, equalOrRefused, refused, test } from "./harness.js";
import { currency, LARGEST, minor, property } from "./properties.js";
import * as reference from "./reference.js";

const uzs = (amount) => ({ minor: amount, currency: "UZS" });
const dollars = (amount) => ({ minor: amount, currency: "USD" });
const MAKERS = { som, tiyin, usd, cents };

test("the contract's examples of som hold", () => {
  equal(som("500.50"), { minor: 50050, currency: "UZS" });
  equal(toMajor(som("500.50")), "500.50");
  equal(toMajor(som(500)), "500");
});

each(
  "major amounts become minor ones exactly, from text, numbers and bigints",
  [
    ["500", 50000],
    ["500.5", 50050],
    ["500.50", 50050],
    ["0", 0],
    ["0.00", 0],
    ["0.01", 1],
    ["0.1", 10],
    ["-0.01", -1],
    ["-500.5", -50050],
    ["90071992547409.91", LARGEST],
    ["-90071992547409.91", -LARGEST],
    [500, 50000],
    [0.07, 7],
    [0.29, 29],
    [0.57, 57],
    [1.1, 110],
    [1.15, 115],
    [4.35, 435],
    [8.7, 870],
    [19.99, 1999],
    [-19.99, -1999],
    [1.005e2, 10050],
    [-5, -500],
    [1e6, 100000000],
    [90071992547409, 9007199254740900],
    [90071992547409.91, 9007199254740990], // the nearest double is written 90071992547409.9
    [0n, 0],
    [500n, 50000],
    [-500n, -50000],
    [90071992547409n, 9007199254740900],
  ],
  (value, expected) => {
    equal(som(value), uzs(expected));
    equal(usd(value), dollars(expected));
  },
);

each(
  "minor amounts are taken exactly, from text, numbers and bigints",
  [
    ["0", 0],
    ["1", 1],
    ["-1", -1],
    ["50050", 50050],
    ["9007199254740991", LARGEST],
    ["-9007199254740991", -LARGEST],
    [0, 0],
    [1, 1],
    [-1, -1],
    [50050, 50050],
    [LARGEST, LARGEST],
    [-LARGEST, -LARGEST],
    [5n, 5],
    [BigInt(LARGEST), LARGEST],
    [-BigInt(LARGEST), -LARGEST],
  ],
  (value, expected) => {
    equal(tiyin(value), uzs(expected));
    equal(cents(value), dollars(expected));
  },
);

test("no form of zero becomes minus zero", () => {
  for (const make of Object.values(MAKERS)) equal(make(-0).minor, 0);
  for (const text of ["-0", "-0.00", "-0.0"]) {
    equalOrRefused(() => som(text), uzs(0), "malformed_amount");
    equalOrRefused(() => usd(text), dollars(0), "malformed_amount");
  }
});

test("the functions fit Array.prototype.map, whose further arguments they ignore", () => {
  equal(["1", 2, 3n].map(som), [uzs(100), uzs(200), uzs(300)]);
  equal([1, 2].map(tiyin), [uzs(1), uzs(2)]);
  equal([som(1), som("0.5")].map(toMajor), ["1", "0.50"]);
});

const REFUSED_BY_ALL = [
  ["", "empty_amount"],
  ["   ", ["empty_amount", "malformed_amount"]],
  [" 5 ", "malformed_amount"],
  ["5 ", "malformed_amount"],
  ["5\n", "malformed_amount"],
  ["\ufeff5", "malformed_amount"],
  ["1,5,0", "malformed_amount"],
  ["1,5", "malformed_amount"],
  ["1 000", "malformed_amount"],
  ["1\u00a0000", "malformed_amount"],
  ["1_000", "malformed_amount"],
  ["1.2.3", "malformed_amount"],
  ["abc", "malformed_amount"],
  ["500 so'm", "malformed_amount"],
  ["$5", "malformed_amount"],
  ["5n", "malformed_amount"],
  ["0x10", "malformed_amount"],
  ["0b1", "malformed_amount"],
  ["-", "malformed_amount"],
  ["--5", "malformed_amount"],
  ["+-5", "malformed_amount"],
  ["- 5", "malformed_amount"],
  ["5-", "malformed_amount"],
  [".", "malformed_amount"],
  ["\u22125", "malformed_amount"],
  ["٥", "malformed_amount"],
  ["５", "malformed_amount"],
  ["²", "malformed_amount"],
  ["5\u0000", "malformed_amount"],
  ["1e5", "exponent"],
  ["1E5", "exponent"],
  ["1e+21", "exponent"],
  ["1e-7", "exponent"],
  ["NaN", ["not_a_number", "malformed_amount"]],
  ["Infinity", ["not_finite", "malformed_amount"]],
  [Number.NaN, "not_a_number"],
  [Number.POSITIVE_INFINITY, "not_finite"],
  [Number.NEGATIVE_INFINITY, "not_finite"],
  [1e21, "exponent"],
  [-1e21, "exponent"],
  [1e-7, "exponent"],
  [Number.MIN_VALUE, "exponent"],
  [Number.MAX_VALUE, "exponent"],
  [0.1 + 0.2, "too_many_decimals"],
  [1.005, "too_many_decimals"],
  [1.234, "too_many_decimals"],
  ["1.234", "too_many_decimals"],
  ["-0.001", "too_many_decimals"],
  ["0.000001", "too_many_decimals"],
  [2 ** 53, "amount_out_of_range"],
  [-(2 ** 53), "amount_out_of_range"],
  [1e20, "amount_out_of_range"],
  ["9007199254740992", "amount_out_of_range"],
  ["-9007199254740992", "amount_out_of_range"],
  ["99999999999999999999999999999999999999999999", "amount_out_of_range"],
  ["9".repeat(60000), "amount_out_of_range"],
  [2n ** 53n, "amount_out_of_range"],
  [-(2n ** 53n), "amount_out_of_range"],
  [2n ** 64n, "amount_out_of_range"],
  [10n ** 400n, "amount_out_of_range"],
  ["9".repeat(65537), ["too_long", "amount_out_of_range"]],
  [undefined, ["invalid_type", "missing_field"]],
  [null, "invalid_type"],
  [true, "invalid_type"],
  [false, "invalid_type"],
  [{}, "invalid_type"],
  [[], "invalid_type"],
  [["5"], "invalid_type"],
  [{ minor: 5, currency: "UZS" }, "invalid_type"],
  [Object(5), "invalid_type"],
  [Object("5"), "invalid_type"],
  [new Date(0), "invalid_type"],
  [Symbol("5"), "invalid_type"],
  [() => 5, "invalid_type"],
  [/5/, "invalid_type"],
];

each("what is no amount is refused by each function with its own code", REFUSED_BY_ALL, (value, codes) => {
  for (const make of Object.values(MAKERS)) refused(() => make(value), codes, "value");
});

each(
  "major amounts end at ±9007199254740991 minor units",
  [["90071992547409.92"], ["-90071992547409.92"], ["90071992547410"], [90071992547410], [90071992547410n]],
  (value) => {
    refused(() => som(value), "amount_out_of_range", "value");
    refused(() => usd(value), "amount_out_of_range", "value");
  },
);

each(
  "minor amounts have no decimals",
  [[0.5], [1.5], [-0.5], [1.01], ["0.5"], ["1.25"], ["-0.01"]],
  (value) => {
    refused(() => tiyin(value), "too_many_decimals", "value");
    refused(() => cents(value), "too_many_decimals", "value");
  },
);

test("what a decimal point without digits on one side means is right or refused", () => {
  equalOrRefused(() => som(".5"), uzs(50), "malformed_amount");
  equalOrRefused(() => som("5."), uzs(500), "malformed_amount");
  equalOrRefused(() => som("+5"), uzs(500), "malformed_amount");
  equalOrRefused(() => som("007"), uzs(700), "malformed_amount");
  equalOrRefused(() => som("1.000"), uzs(100), "too_many_decimals");
  equalOrRefused(() => tiyin("5.00"), uzs(5), "too_many_decimals");
});

each(
  "toMajor writes whole amounts without decimals and all others with two",
  [
    [som(500), "500"],
    [som("500.5"), "500.50"],
    [usd("19.99"), "19.99"],
    [tiyin(0), "0"],
    [tiyin(-0), "0"],
    [{ minor: -0, currency: "USD" }, "0"],
    [tiyin(1), "0.01"],
    [tiyin(-1), "-0.01"],
    [tiyin(10), "0.10"],
    [tiyin(-100), "-1"],
    [cents(LARGEST), "90071992547409.91"],
    [cents(-LARGEST), "-90071992547409.91"],
    [som(1000000), "1000000"],
  ],
  (money, expected) => equal(toMajor(money), expected),
);

property("som and usd invert toMajor, whatever the amount", [minor, currency], (amount, code) => {
  const text = toMajor({ minor: amount, currency: code });
  equal(text, reference.toMajor(amount));
  equal((code === "USD" ? usd : som)(text), { minor: amount, currency: code });
});

property("tiyin and cents take their amount as number, bigint and text alike", [minor], (amount) => {
  for (const value of [amount, BigInt(amount), String(amount)]) {
    equal(tiyin(value), uzs(amount));
    equal(cents(value), dollars(amount));
  }
});
