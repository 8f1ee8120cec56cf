import type { Locale } from "./wasm/tiyin.js";

export type { Locale };

/** Plain text; whoever puts it into HTML escapes it. */
export interface ErrorDescription {
  /**
   * For the payer: what happened, and of a call that failed also whether money was taken.
   *
   * Where `outcome` is `unknown` it says that, and nothing that could be taken for "not paid".
   */
  readonly text: string;
  /** For the payer: what to do now. */
  readonly advice: string;
  /** For the developer: what to change, or what to call next; with the `field` before it. */
  readonly developer: string;
}

/**
 * What to say of an error, in Uzbek (Latin script), Russian or English.
 *
 * It takes whatever was thrown: a `TiyinError`, its JSON, a `FieldError`, anything else. It never throws, and never
 * repeats what a provider wrote. A code that is newer than the texts is described by its `outcome` and `nextAction`.
 * `amount_too_small` and `amount_too_large` name the limit where `min` and `max` are given beside the code.
 *
 * The locale may be a browser's, such as `ru-RU`; every other language than these three is answered in Uzbek.
 *
 * @example
 * const refused = { code: "provider_error", provider: "paylov", providerCode: "card_expired", outcome: "rejected" };
 * describeError(refused, "en").text; // "The card has expired. No money was taken in this attempt."
 * describeError(refused, "ru").advice; // "Оплатите другой картой."
 * describeError({ code: "timed_out", outcome: "unknown" }, "en").text;
 * // "It is not known yet whether the payment went through: money may have been taken."
 * describeError({ code: "amount_too_small", min: { minor: 100000, currency: "UZS" } }, "uz").advice; // "Kamida 1 000 soʻm kiriting."
 */
export function describeError(error: unknown, locale?: Locale | (string & {})): ErrorDescription;
