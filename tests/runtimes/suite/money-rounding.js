// percentOf and convertMoney: exact arithmetic and the four roundings.

import fc from "fast-check";
import { convertMoney, percentOf, som, tiyin, usd } from "tiyin/checkout";
import { each, equal, equalOrRefused, refused, test } from "./harness.js";
import { currency, LARGEST, minor, money, property, ROUNDINGS, rounding } from "./properties.js";
import * as reference from "./reference.js";

const uzs = (amount) => ({ minor: amount, currency: "UZS" });
const dollars = (amount) => ({ minor: amount, currency: "USD" });

test("percentOf counts in hundredths of a percent", () => {
  equal(percentOf(som(1000), 10000), som(1000));
  equal(percentOf(som(1000), 100), som(10));
  equal(percentOf(som(1000), 1), tiyin(10));
  equal(percentOf(usd("19.99"), 1200), usd("2.40"));
  equal(percentOf(som(1000), 25000), som(2500));
  equal(percentOf(som(1000), -150), som(-15));
  equal(percentOf(som(1000), 0), som(0));
  equal(percentOf(som(0), 500), som(0));
  equal(percentOf(som(-1000), 0), som(0));
  equal(percentOf(tiyin(LARGEST), 10000), tiyin(LARGEST));
});

each(
  "halves and what lies beside them round as the names say, on both sides of zero",
  // minor, basis points, then half_even, half_up, down, up
  [
    [1, 5000, 0, 1, 0, 1],
    [3, 5000, 2, 2, 1, 2],
    [5, 5000, 2, 3, 2, 3],
    [-1, 5000, 0, -1, 0, -1],
    [-3, 5000, -2, -2, -1, -2],
    [-5, 5000, -2, -3, -2, -3],
    [5, -5000, -2, -3, -2, -3],
    [-5, -5000, 2, 3, 2, 3],
    [1, 4999, 0, 0, 0, 1],
    [1, 5001, 1, 1, 0, 1],
    [-1, 4999, 0, 0, 0, -1],
    [-1, 5001, -1, -1, 0, -1],
    [1, 1, 0, 0, 0, 1],
    [100, 1, 0, 0, 0, 1],
    [100, 50, 0, 1, 0, 1],
    [100, 150, 2, 2, 1, 2],
    [100, 100, 1, 1, 1, 1],
  ],
  (amount, basisPoints, ...expected) => {
    equal(percentOf(uzs(amount), basisPoints), uzs(expected[0]));
    equal(percentOf(uzs(amount), basisPoints, undefined), uzs(expected[0]));
    ROUNDINGS.forEach((name, index) => {
      equal(percentOf(uzs(amount), basisPoints, name), uzs(expected[index]), name);
    });
  },
);

const basisPoints = fc.oneof(
  fc.integer({ min: -20000, max: 20000 }),
  fc.integer({ min: -200, max: 200 }).map((value) => value * 50),
  fc.maxSafeInteger(),
);

property("percentOf agrees with the reference", [money, basisPoints, rounding], (amount, points, name) => {
  const expected = reference.percentOf(amount.minor, points, name);
  if (reference.inRange(expected)) {
    equal(percentOf(amount, points, name), { minor: Number(expected), currency: amount.currency });
  } else {
    refused(() => percentOf(amount, points, name), "amount_out_of_range");
  }
});

each(
  "percentOf refuses basis points that are no safe integer",
  [
    [1.5, "not_an_integer"],
    [Number.NaN, ["not_an_integer", "not_a_number"]],
    [Number.POSITIVE_INFINITY, ["not_an_integer", "not_finite"]],
    [2 ** 53, ["not_an_integer", "amount_out_of_range"]],
    ["100", "invalid_type"],
    [100n, "invalid_type"],
    [null, "invalid_type"],
    [{}, "invalid_type"],
    [undefined, ["invalid_type", "missing_field"]],
  ],
  (points, codes) => {
    refused(() => percentOf(som(5), points), codes, "basisPoints");
  },
);

each(
  "roundings that do not exist are refused",
  [
    ["floor", "not_an_option"],
    ["HALF_UP", "not_an_option"],
    ["halfUp", "not_an_option"],
    ["", "not_an_option"],
    ["constructor", "not_an_option"],
    [null, "invalid_type"],
    [0, "invalid_type"],
    [{}, "invalid_type"],
  ],
  (name, code) => {
    refused(() => percentOf(som(5), 100, name), code, "rounding");
    refused(() => convertMoney(som(5), "12650.55", "USD", name), code, "rounding");
  },
);

each(
  "convertMoney multiplies dollars by the rate and divides som by it",
  [
    [usd(1), "12650.55", "UZS", undefined, som("12650.55")],
    [usd(100), "12650.55", "UZS", undefined, som("1265055")],
    [som("12650.55"), "12650.55", "USD", undefined, usd(1)],
    [som("1265055"), "12650.55", "USD", undefined, usd(100)],
    [usd("0.01"), "12650.55", "UZS", undefined, tiyin(12651)], // 12650.55 tiyin
    [usd("0.01"), "12650.55", "UZS", "down", tiyin(12650)],
    [usd("-0.01"), "12650.55", "UZS", "up", tiyin(-12651)],
    [usd("0.01"), "12650.5", "UZS", "half_even", tiyin(12650)],
    [usd("0.01"), "12650.5", "UZS", "half_up", tiyin(12651)],
    [usd("-0.01"), "12651.5", "UZS", "half_even", tiyin(-12652)],
    [som(100000), "12650.55", "USD", undefined, usd("7.90")], // 790.48 cents
    [som(100000), "12650.55", "USD", "up", usd("7.91")],
    [som(-100000), "12650.55", "USD", "down", usd("-7.90")],
    [usd(5), "1", "UZS", undefined, som(5)],
    [usd(5), "0.01", "UZS", undefined, tiyin(5)],
    [som(0), "12650.55", "USD", undefined, usd(0)],
    [tiyin(-1), "12650.55", "USD", undefined, usd(0)],
  ],
  (amount, rate, to, name, expected) => equal(convertMoney(amount, rate, to, name), expected),
);

test("convertMoney to the money's own currency changes nothing, but checks the rate", () => {
  equal(convertMoney(som("5.55"), "12650.55", "UZS"), som("5.55"));
  equal(convertMoney(usd(-7), "0.5", "USD"), usd(-7));
  refused(() => convertMoney(som(5), "0", "UZS"), "invalid_rate", "rate");
  refused(() => convertMoney(usd(5), "abc", "USD"), "invalid_rate", "rate");
});

each(
  "a rate that is no positive decimal text is refused",
  [
    ["0", "invalid_rate"],
    ["0.00", "invalid_rate"],
    ["-12650.55", "invalid_rate"],
    ["", "invalid_rate"],
    ["   ", "invalid_rate"],
    ["abc", "invalid_rate"],
    ["12650,55", "invalid_rate"],
    ["12 650.55", "invalid_rate"],
    [" 12650.55 ", "invalid_rate"],
    ["12650.55.1", "invalid_rate"],
    ["1e4", "invalid_rate"],
    ["0x10", "invalid_rate"],
    ["NaN", "invalid_rate"],
    ["Infinity", "invalid_rate"],
    ["١٢", "invalid_rate"],
    [12650.55, "invalid_type"],
    [12650n, "invalid_type"],
    [null, "invalid_type"],
    [Object("12650.55"), "invalid_type"],
    [undefined, ["invalid_type", "missing_field"]],
    ["1".repeat(65537), ["too_long", "invalid_rate"]],
  ],
  (rate, codes) => {
    refused(() => convertMoney(som(5), rate, "USD"), codes, "rate");
    refused(() => convertMoney(usd(5), rate, "UZS"), codes, "rate");
  },
);

each(
  "convertMoney knows two currencies",
  [
    ["EUR", "not_an_option"],
    ["usd", "not_an_option"],
    ["", "not_an_option"],
    [840, "invalid_type"],
    [null, "invalid_type"],
    [undefined, ["invalid_type", "missing_field"]],
  ],
  (to, codes) => {
    refused(() => convertMoney(som(5), "12650.55", to), codes, "to");
  },
);

const fraction = fc.oneof(
  fc.constant(""),
  fc
    .string({ unit: fc.constantFrom(..."0123456789"), minLength: 1, maxLength: 8 })
    .map((digits) => `.${digits}`),
);
const rate = fc
  .tuple(fc.oneof(fc.integer({ min: 0, max: 20000 }), fc.integer({ min: 0, max: 10 ** 9 })), fraction)
  .map((parts) => parts.join(""))
  .filter((text) => /[1-9]/.test(text));

property(
  "convertMoney agrees with the reference",
  [minor, currency, rate, rounding],
  (amount, from, text, name) => {
    const to = from === "UZS" ? "USD" : "UZS";
    const expected = reference.convert(amount, text, to, name);
    const convert = () => convertMoney({ minor: amount, currency: from }, text, to, name);
    if (reference.inRange(expected)) {
      equal(convert(), { minor: Number(expected), currency: to });
    } else {
      refused(convert, "amount_out_of_range");
    }
  },
);

test("a rate of many digits is exact or refused", () => {
  const long = `0.${"0".repeat(60)}1`;
  equalOrRefused(() => convertMoney(dollars(LARGEST), long, "UZS"), uzs(0), "invalid_rate");
  equalOrRefused(
    () => convertMoney(dollars(100), `12650.55${"0".repeat(60)}`, "UZS"),
    uzs(1265055),
    "invalid_rate",
  );
  const beyondHalf = `0.5${"0".repeat(40)}1`;
  equalOrRefused(() => convertMoney(dollars(1), beyondHalf, "UZS"), uzs(1), "invalid_rate");
  refused(() => convertMoney(uzs(LARGEST), long, "USD"), ["invalid_rate", "amount_out_of_range"]);
  refused(() => convertMoney(dollars(100), "9".repeat(60), "UZS"), ["invalid_rate", "amount_out_of_range"]);
});
