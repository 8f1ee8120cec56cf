// What is said of errors: those that calls really end with, and whatever else is thrown. That every code has its texts is
// tests/package/messages.js's to check.

import fc from "fast-check";
import { PaylovServices } from "tiyin";
import { formatMoney, som, TiyinError } from "tiyin/checkout";
import { describeError } from "tiyin/messages";
import { describeError as misread } from "tiyin-misread/messages";
import { each, equal, failureOf, holds, isPlain, refused, test } from "./harness.js";
import { EVERYTHING } from "./hostile.js";
import { BASE_URL, BILL } from "./paylov.js";
import { property } from "./properties.js";

const CARD = "8600330410689500";
const LANGUAGES = ["uz", "ru", "en"];

/** What `pay` ends with where this is answered. */
function failureOfPaying(answer, config) {
  const client = new PaylovServices({ baseUrl: BASE_URL, fetch: async () => answer(), ...config });
  return failureOf(() => client.pay(BILL));
}

const refusal = (code) => () =>
  new Response(JSON.stringify({ result: null, error: { code, message: `said of ${CARD}` } }), {
    status: 400,
  });

test("a refusal says why, that no money was taken, and what to do", async () => {
  const error = await failureOfPaying(refusal("insufficient_funds"));
  equal(describeError(error, "uz"), {
    text: "Kartada mablag\u02bb yetarli emas. Bu urinishda pul yechilmadi.",
    advice: "Kartani to\u02bbldiring yoki boshqa karta bilan to\u02bblang.",
    developer:
      "Provayder insufficient_funds kodi bilan javob berdi. Batafsili providerMessage\u02bcda. Shu ma\u02bclumotlar bilan takrorlamang: ular yana rad etiladi.",
  });
  equal(
    describeError(error, "ru").text,
    "На карте недостаточно средств. При этой попытке деньги не списаны.",
  );
  equal(
    describeError(error, "en").text,
    "There is not enough money on the card. No money was taken in this attempt.",
  );
});

test("a wrong code is entered again, and too many of them start over", async () => {
  const { advice } = describeError(await failureOfPaying(refusal("invalid_otp")), "en");
  equal(advice, "Check the code and enter it again.");
  const { advice: last } = describeError(await failureOfPaying(refusal("too_many_attempts")), "en");
  equal(last, "Start the payment again.");
});

each(
  "what may have been paid is not called unpaid, however it was lost",
  [
    [refusal("something_new")],
    [() => new Response("", { status: 200 })],
    [() => new Response("<html>", { status: 502 })],
    [() => new Response("{}", { status: 429, headers: { "retry-after": "30" } })],
    [
      () => {
        throw new TypeError("no connection");
      },
    ],
  ],
  async (answer) => {
    const error = await failureOfPaying(answer);
    equal(error.outcome, "unknown");
    const { text, advice } = describeError(error, "en");
    equal(text, "It is not known yet whether the payment went through: money may have been taken.");
    equal(advice, "Do not pay again yet: check the payment\u2019s status first, or contact support.");
  },
);

test("a read that failed says when to ask again, and nothing of the payment", async () => {
  const answer = () => new Response("{}", { status: 429, headers: { "retry-after": "90" } });
  const client = new PaylovServices({ baseUrl: BASE_URL, fetch: async () => answer(), retry: 0 });
  const { text, advice } = describeError(await failureOf(() => client.getStatus("5")), "en");
  equal(text, "Too many requests were sent.");
  equal(
    advice,
    "Try again in 90 seconds. If you have just paid, check the payment\u2019s status before you pay again.",
  );
});

test("an error's JSON is described as the error", async () => {
  for (const error of [
    await failureOfPaying(refusal("card_expired")),
    refused(() => som("abc"), "malformed_amount"),
  ])
    for (const locale of LANGUAGES)
      equal(describeError(JSON.parse(JSON.stringify(error)), locale), describeError(error, locale));
});

test("a provider's words and card numbers are repeated to nobody", () => {
  const facts = {
    code: "provider_error",
    provider: "paylov",
    message: CARD,
    providerMessage: `said of ${CARD}`,
  };
  for (const locale of LANGUAGES) {
    const { text, advice, developer } = describeError(
      {
        ...facts,
        providerCode: CARD,
        field: `account.${CARD}`,
        httpStatus: Number(CARD),
        retryAfterMs: Number(CARD),
      },
      locale,
    );
    const all = `${text} ${advice} ${developer}`;
    holds(!/\d{13}|said of/.test(all), all);
    holds(developer.startsWith("account.****: "), developer);
    const { developer: words } = describeError({ code: "invalid_type", field: "<b>free words</b>" }, locale);
    holds(!words.includes("free"), words);
  }
});

test("a code of tomorrow is described by its outcome and its action", () => {
  const facts = { code: "of_tomorrow", outcome: "rejected", nextAction: "confirm_again" };
  equal(describeError(new TiyinError({ ...facts, message: "a test" }), "en"), {
    text: "Something unexpected went wrong. No money was taken in this attempt.",
    advice: "Check the code and enter it again.",
    developer:
      "These texts do not know the code of_tomorrow: update tiyin. Confirm the same payment with another code.",
  });
  const proxied = { ...facts, source: "proxy", httpStatus: 403 };
  equal(
    describeError(proxied, "en").text,
    "The request was not accepted. No money was taken in this attempt.",
  );
});

test("an outcome of tomorrow is unknown", () => {
  const unknown = describeError({ code: "timed_out", outcome: "unknown" }, "en");
  for (const outcome of ["half_done", "", 0, false, {}])
    equal(describeError({ code: "timed_out", outcome }, "en"), unknown);
});

const NOTHING_KNOWN = {
  text: "Something unexpected went wrong.",
  advice: "If you have just paid, check the payment\u2019s status before you pay again.",
  developer: "This is no error of tiyin: look at the value itself.",
};

each(
  "whatever else is thrown is described, and says nothing of the payment",
  Object.entries(EVERYTHING),
  (_, thrown) => equal(describeError(thrown, "en"), NOTHING_KNOWN),
);

test("names that every object has are no codes", () => {
  for (const name of ["constructor", "__proto__", "toString", "hasOwnProperty"]) {
    const { text } = describeError(
      { code: name, nextAction: name, provider: name, providerCode: name },
      "en",
    );
    equal(text, NOTHING_KNOWN.text);
    const refused = { code: "provider_error", provider: "paylov", providerCode: name };
    equal(describeError(refused, "en").text, "The payment system did not accept the request.");
  }
});

each(
  "a locale is one of three languages, as browsers and programs write them",
  [
    ["uz", "uz"],
    ["uz-Latn-UZ", "uz"],
    ["uz-Cyrl", "uz"],
    ["ru-RU", "ru"],
    ["RU", "ru"],
    ["en_US", "en"],
    ["en-GB-oxendict", "en"],
    [undefined, "uz"],
    ["", "uz"],
    ["rue", "uz"],
    ["kaa", "uz"],
    ["de-DE", "uz"],
    [null, "uz"],
    [Symbol("en"), "uz"],
    [{ toString: () => "en" }, "uz"],
  ],
  (given, language) => {
    equal(describeError({ code: "required" }, given), describeError({ code: "required" }, language));
  },
);

test("each language has its own words", () => {
  const said = LANGUAGES.map((language) => describeError({ code: "required" }, language).text);
  equal(said, ["Maydon to\u02bbldirilmagan.", "Поле не заполнено.", "This field is empty."]);
});

test("a wait is told in seconds, then in minutes, and never of nothing", () => {
  const waiting = (retryAfterMs, locale = "en") =>
    describeError(
      { code: "rate_limited", outcome: "not_executed", nextAction: "retry_later", retryAfterMs },
      locale,
    ).advice;
  equal(waiting(1), "Try again in 2 seconds.");
  equal(waiting(30_001), "Try again in 31 seconds.");
  equal(waiting(119_001), "Try again in 2 minutes.");
  equal(waiting(3_600_000, "ru"), "Повторите попытку через 60 мин.");
  equal(waiting(21_000, "ru"), "Повторите попытку через 21 сек.");
  for (const none of [0, -5, Number.NaN, Number.POSITIVE_INFINITY, 1e12, "30000", undefined])
    equal(waiting(none), "Try again a little later.");
});

test("a limit is named where it is known, as formatMoney writes it", () => {
  const limited = (min, locale) => describeError({ code: "amount_too_small", min }, locale).advice;
  equal(limited(undefined, "en"), "Enter a larger amount.");
  for (const min of [5, "1000", {}, { minor: 0.5, currency: "UZS" }, { minor: -1, currency: "UZS" }, som])
    equal(limited(min, "en"), "Enter a larger amount.");
  equal(
    describeError({ code: "amount_too_large", max: som(5000) }, "en").advice,
    "Enter at most UZS\u00a05,000.",
  );
  equal(describeError({ code: "wrong_length", length: 9 }, "ru").advice, "Напишите не больше 9 знаков.");
});

property(
  "every limit is written as formatMoney writes it",
  [fc.nat({ max: Number.MAX_SAFE_INTEGER }), fc.constantFrom(...LANGUAGES)],
  (minor, locale) => {
    const amount = { minor, currency: "UZS" };
    const { advice } = describeError({ code: "amount_too_small", min: amount }, locale);
    holds(advice.includes(` ${formatMoney(amount, locale)}`), advice);
  },
);

test("a description is plain data, new each time, and changes nothing", () => {
  const facts = Object.freeze({ code: "not_numeric", name: "account" });
  const [first, second] = [describeError(facts), describeError(facts)];
  holds(isPlain(first) && first !== second, "plain and new");
  equal(Object.keys(first), ["text", "advice", "developer"]);
  first.text = "";
  equal(describeError(facts), second);
});

test("texts that were decoded as another charset are the same", () => {
  for (const language of LANGUAGES)
    equal(
      misread({ code: "timed_out", outcome: "unknown" }, language),
      describeError({ code: "timed_out", outcome: "unknown" }, language),
    );
});
