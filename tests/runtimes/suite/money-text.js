// formatMoney and parseMoney: the contract's table, what people type, and the one as the inverse of the other.

import fc from "fast-check";
import { formatMoney, parseMoney, som, tiyin, usd } from "tiyin/checkout";
import { each, equal, refused, test } from "./harness.js";
import { currency, LARGEST, money, property } from "./properties.js";
import * as reference from "./reference.js";

const uzs = (minor) => ({ minor, currency: "UZS" });
const dollars = (minor) => ({ minor, currency: "USD" });
const locales = fc.constantFrom("uz", "ru", "en");

each(
  "the contract's table of formatMoney holds to the character",
  [
    [som(500), "500\u00a0so\u02bbm", "500\u00a0сум", "UZS\u00a0500"],
    [
      som("1000000.5"),
      "1\u00a0000\u00a0000,50\u00a0so\u02bbm",
      "1\u00a0000\u00a0000,50\u00a0сум",
      "UZS\u00a01,000,000.50",
    ],
    [usd("19.99"), "19,99\u00a0$", "19,99\u00a0$", "$19.99"],
    [usd(-5), "-5\u00a0$", "-5\u00a0$", "-$5"],
  ],
  (amount, uz, ru, en) => {
    equal(formatMoney(amount), uz);
    equal(formatMoney(amount, undefined), uz);
    equal(formatMoney(amount, "uz"), uz);
    equal(formatMoney(amount, "ru"), ru);
    equal(formatMoney(amount, "en"), en);
  },
);

each(
  "formatMoney shows decimals only when there are any, then two, and groups by three",
  [
    [tiyin(0), "0\u00a0so\u02bbm", "UZS\u00a00"],
    [tiyin(-0), "0\u00a0so\u02bbm", "UZS\u00a00"],
    [tiyin(1), "0,01\u00a0so\u02bbm", "UZS\u00a00.01"],
    [tiyin(-1), "-0,01\u00a0so\u02bbm", "-UZS\u00a00.01"],
    [tiyin(10), "0,10\u00a0so\u02bbm", "UZS\u00a00.10"],
    [som(-5), "-5\u00a0so\u02bbm", "-UZS\u00a05"],
    [som(999), "999\u00a0so\u02bbm", "UZS\u00a0999"],
    [som(1000), "1\u00a0000\u00a0so\u02bbm", "UZS\u00a01,000"],
    [usd(-1234.5), "-1\u00a0234,50\u00a0$", "-$1,234.50"],
    [
      uzs(LARGEST),
      "90\u00a0071\u00a0992\u00a0547\u00a0409,91\u00a0so\u02bbm",
      "UZS\u00a090,071,992,547,409.91",
    ],
    [dollars(-LARGEST), "-90\u00a0071\u00a0992\u00a0547\u00a0409,91\u00a0$", "-$90,071,992,547,409.91"],
  ],
  (amount, uz, en) => {
    equal(formatMoney(amount, "uz"), uz);
    equal(formatMoney(amount, "en"), en);
  },
);

property("formatMoney agrees with the reference", [money, locales], (amount, locale) => {
  equal(formatMoney(amount, locale), reference.format(amount, locale));
});

each(
  "parseMoney reads what people type",
  [
    ["1 000 000,50", uzs(100000050)],
    ["1.000.000,50", uzs(100000050)],
    ["1,000,000.50", uzs(100000050)],
    ["1 000 000.50", uzs(100000050)],
    ["500 so'm", uzs(50000)],
    ["19.99", uzs(1999)],
    ["19,99", uzs(1999)],
    ["500сум", uzs(50000)],
    ["500", uzs(50000)],
    ["0", uzs(0)],
    ["0,5", uzs(50)],
    ["0.05", uzs(5)],
    ["10,5", uzs(1050)],
    ["1000000", uzs(100000000)],
    ["1000000,5", uzs(100000050)],
    ["1 000", uzs(100000)],
    ["12 345", uzs(1234500)],
    ["1 000,5", uzs(100050)],
    ["1.000,5", uzs(100050)],
    ["1,000.5", uzs(100050)],
    ["1,000,000", uzs(100000000)],
    ["1.000.000", uzs(100000000)],
    ["1\u00a0000\u00a0000,50", uzs(100000050)],
    ["1\u202f000\u202f000,50", uzs(100000050)],
    [" 500 ", uzs(50000)],
    ["\u00a0500\u00a0", uzs(50000)],
    ["500 so\u02bbm", uzs(50000)],
    ["500 so\u2018m", uzs(50000)],
    ["500 so\u2019m", uzs(50000)],
    ["500 so`m", uzs(50000)],
    ["500so'm", uzs(50000)],
    ["500\u00a0so'm", uzs(50000)],
    ["500\u202fсум", uzs(50000)],
    ["500 SO'M", uzs(50000)],
    ["500 So'm", uzs(50000)],
    ["500 сум", uzs(50000)],
    ["500 СУМ", uzs(50000)],
    ["500 Сум", uzs(50000)],
    ["500 сўм", uzs(50000)],
    ["500 СЎМ", uzs(50000)],
    ["500 sum", uzs(50000)],
    ["500 Sum", uzs(50000)],
    ["500 UZS", uzs(50000)],
    ["500 uzs", uzs(50000)],
    ["UZS 500", uzs(50000)],
    ["UZS\u00a01,000,000.50", uzs(100000050)],
    ["-500 so'm", uzs(-50000)],
    ["-UZS 5", uzs(-500)],
    ["-0,5", uzs(-50)],
    ["19,99 $", dollars(1999)],
    ["19.99$", dollars(1999)],
    ["$19.99", dollars(1999)],
    ["$ 19.99", dollars(1999)],
    ["$1,234,567", dollars(123456700)],
    ["-$5", dollars(-500)],
    ["-5 $", dollars(-500)],
    ["19.99 USD", dollars(1999)],
    ["19.99 usd", dollars(1999)],
    ["USD 19.99", dollars(1999)],
    ["90 071 992 547 409,91", uzs(LARGEST)],
    ["-90071992547409.91", uzs(-LARGEST)],
  ],
  (text, expected) => {
    equal(parseMoney(text), expected);
    equal(parseMoney(text, undefined), expected);
    equal(parseMoney(text, expected.currency), expected);
  },
);

test("a currency that is given holds where the text names none", () => {
  equal(parseMoney("19.99", "USD"), dollars(1999));
  equal(parseMoney("19,99", "UZS"), uzs(1999));
  equal(parseMoney("1 000 000", "USD"), dollars(100000000));
});

each(
  "a currency in the text that disagrees with the given one is refused",
  [
    ["19,99 $", "UZS"],
    ["$19.99", "UZS"],
    ["19.99 USD", "UZS"],
    ["500 so'm", "USD"],
    ["500 сум", "USD"],
    ["UZS 500", "USD"],
  ],
  (text, given) => {
    refused(() => parseMoney(text, given), "currency_mismatch");
  },
);

each(
  "one separator that could group or divide is refused as ambiguous, never guessed",
  [
    ["1,000"],
    ["1.000"],
    ["12,345"],
    ["12.345"],
    ["123,456"],
    ["123.456"],
    ["-1,000"],
    ["1,000 so'm"],
    ["1.000 сум"],
    ["$1,000"],
    ["UZS 1,000"],
    ["1.000 $"],
  ],
  (text) => {
    refused(() => parseMoney(text), "ambiguous_amount", "text");
  },
);

each(
  "text that is no amount is refused with its own code",
  [
    ["", "empty_amount"],
    ["   ", "empty_amount"],
    ["\u00a0", "empty_amount"],
    ["so'm", ["empty_amount", "malformed_amount"]],
    ["$", ["empty_amount", "malformed_amount"]],
    ["-", "malformed_amount"],
    [",", "malformed_amount"],
    ["abc", "malformed_amount"],
    ["1,5,0", "malformed_amount"],
    ["1.5.0", "malformed_amount"],
    ["12 34", "malformed_amount"],
    ["1 00 000", "malformed_amount"],
    ["1,00,000", "malformed_amount"],
    ["1 0000", "malformed_amount"],
    ["1.000,000.5", "malformed_amount"],
    ["1,000.000,5", "malformed_amount"],
    ["1 000.000,5", "malformed_amount"],
    ["--5", "malformed_amount"],
    ["5-", "malformed_amount"],
    ["5 EUR", "malformed_amount"],
    ["5 €", "malformed_amount"],
    ["5 so'mm", "malformed_amount"],
    ["5 так", "malformed_amount"],
    ["½", "malformed_amount"],
    ["5\u0000", "malformed_amount"],
    ["0x10", "malformed_amount"],
    ["1e5", ["exponent", "malformed_amount"]],
    ["1,2345", ["too_many_decimals", "malformed_amount"]],
    ["1.23456", ["too_many_decimals", "malformed_amount"]],
    ["1 000,555", "too_many_decimals"],
    ["1,000.555", "too_many_decimals"],
    ["0.123", ["too_many_decimals", "ambiguous_amount", "malformed_amount"]],
    ["1000.000", ["too_many_decimals", "ambiguous_amount", "malformed_amount"]],
    ["90071992547409.92", "amount_out_of_range"],
    ["-90 071 992 547 409,92", "amount_out_of_range"],
    ["9".repeat(100), "amount_out_of_range"],
    ["9".repeat(60000), ["too_long", "amount_out_of_range"]],
    ["9".repeat(65537), "too_long"],
    [undefined, ["invalid_type", "missing_field"]],
    [null, "invalid_type"],
    [5, "invalid_type"],
    [5n, "invalid_type"],
    [Object("5"), "invalid_type"],
    [["5"], "invalid_type"],
    [{}, "invalid_type"],
  ],
  (text, codes) => {
    refused(() => parseMoney(text), codes, "text");
  },
);

test("two currencies in one text are refused", () => {
  refused(() => parseMoney("$5 so'm"), ["malformed_amount", "currency_mismatch"]);
  refused(() => parseMoney("UZS 5 USD"), ["malformed_amount", "currency_mismatch"]);
});

each(
  "locales and currencies that do not exist are refused",
  [
    ["fr", "not_an_option"],
    ["UZ", "not_an_option"],
    ["uz-UZ", "not_an_option"],
    ["", "not_an_option"],
    ["toString", "not_an_option"],
    ["__proto__", "not_an_option"],
    [null, "invalid_type"],
    [0, "invalid_type"],
    [["uz"], "invalid_type"],
    [Object("uz"), "invalid_type"],
  ],
  (name, code) => {
    refused(() => formatMoney(som(5), name), code, "locale");
    refused(() => parseMoney("5", name), code, "currency");
  },
);

property(
  "parseMoney inverts formatMoney unless the text is ambiguous",
  [money, locales],
  (amount, locale) => {
    const text = formatMoney(amount, locale);
    if (reference.isAmbiguous(amount, locale)) {
      refused(() => parseMoney(text), "ambiguous_amount", "text");
      refused(() => parseMoney(text, amount.currency), "ambiguous_amount", "text");
    } else {
      equal(parseMoney(text), amount);
      equal(parseMoney(text, amount.currency), amount);
      equal(parseMoney(text.replaceAll("\u00a0", " ")), amount);
      equal(parseMoney(text.replaceAll("\u00a0", "\u202f")), amount);
    }
  },
);

const noise = fc.string({ unit: fc.constantFrom(..."0123456789.,-+ \u00a0$eEsoʻ'mсум%"), maxLength: 12 });

property("parseMoney answers any text with money or a TiyinError", [noise, currency], (text, given) => {
  let amount;
  try {
    amount = parseMoney(text, given);
  } catch {
    refused(
      () => parseMoney(text, given),
      [
        "empty_amount",
        "malformed_amount",
        "too_many_decimals",
        "ambiguous_amount",
        "amount_out_of_range",
        "currency_mismatch",
        "exponent",
      ],
    );
    return;
  }
  equal(amount.currency, given);
  const digits = text.replace(/\D/g, "").replace(/^0+/, "") || "0";
  const withoutZeros = (number) => number.replace(/0+$/, "");
  equal(withoutZeros(String(Math.abs(amount.minor))), withoutZeros(digits), `digits of ${text}`);
});
