/**
 * A key to sign and to verify with.
 */
export interface SigningKey {
    /**
     * The name that tokens carry: 1 to 64 ASCII letters, digits, `_` and `-`.
     */
    id: string;
    /**
     * 32 to 1,024 bytes, best random ones; of a string its UTF-8.
     */
    secret: string | Uint8Array;
}

/**
 * Until when a link is valid: a `Date`, or milliseconds.
 */
export interface SignOptions {
    expiresAt: Date | number;
}

/**
 * The moment to compare with the expiry, `Date.now()` without it: a `Date`, or milliseconds.
 */
export interface VerifyOptions {
    now?: Date | number;
}

/**
 * Signs orders and return URLs so that nobody without a key can make or change one, and verifies them. For workers and
 * servers: a page must not have the keys.
 *
 * The first key signs, all of them verify: to rotate, put a new key before the old one, and drop the old one when its
 * last link has expired. The format is documented for other languages, in the repository's `docs/signed-links.md`.
 *
 * @example
 * const signer = new LinkSigner([{ id: "2026-11", secret: "a secret of 32 bytes or more: ✓✓" }]);
 * const order = { merchantId: "571c06fb-6c61-4ef7-8567-5511abaf12b5", amount: som(500), account: { order_id: "12" } };
 * const token = signer.sign(order, { expiresAt: Date.now() + 3600_000 });
 * signer.verify(token).amount; // { minor: 50000, currency: "UZS" }
 */
export class LinkSigner {
    /**
     * @throws {TiyinError} `missing_key`, `secret_too_short`, `invalid_key_id`, `duplicate_key_id`, `too_long`
     */
    constructor(keys: readonly SigningKey[]);

    /**
     * A token for an order: text that an address can carry.
     *
     * @throws {TiyinError} as `checkoutLink`; `not_milliseconds` for a number of seconds
     */
    sign(order: CheckoutOrder, options: SignOptions): string;

    /**
     * The order of a token. It says that somebody with a key made this order, not that anything was paid.
     *
     * @throws {TiyinError} `signature_invalid`, `link_expired`, `unknown_key`, `token_malformed`
     */
    verify(token: string, options?: VerifyOptions): CheckoutOrder;

    /**
     * The URL with claims about the payment in a parameter `tiyin` at its end. The URL is one that browsers leave as it
     * is: with a path, percent-encoded, the host by name and in lower case, without a fragment.
     *
     * @throws {TiyinError} `invalid_return_url`, `insecure_return_url`, `unsupported_scheme`, `not_milliseconds`,
     * `duplicate_parameter` where it has a `tiyin` already, `empty_account_key` for a claim without a name, `too_long`
     * @example
     * const signer = new LinkSigner([{ id: "2026-11", secret: "a secret of 32 bytes or more: ✓✓" }]);
     * const url = signer.signReturnUrl("https://shop.uz/paid", { order: "12" }, { expiresAt: Date.now() + 3600_000 });
     * signer.verifyReturnUrl(url); // { order: "12" }
     */
    signReturnUrl(url: string, claims: Record<string, string>, options: SignOptions): string;

    /**
     * The claims of a return URL, given as the payer's browser has it. They say that somebody with a key made this URL,
     * not that anything was paid; a URL to which anything was added is refused.
     *
     * @throws {TiyinError} as `verify`
     */
    verifyReturnUrl(url: string, options?: VerifyOptions): Record<string, string>;
}

/**
 * An amount of som: at most two decimals.
 *
 * A number counts by its shortest decimal form: `19.99` is exact, `0.1 + 0.2` is refused.
 *
 * @throws {TiyinError} `too_many_decimals`, `malformed_amount`, `empty_amount`, `not_a_number`, `not_finite`, `exponent`,
 * `amount_out_of_range`
 * @example
 * som("500.50"); // { minor: 50050, currency: "UZS" }
 */
export function som(value: string | number | bigint): Money;

/**
 * An amount of tiyin, hundredths of a som: a whole number.
 *
 * @throws {TiyinError} as `som`
 * @example
 * tiyin(50050); // { minor: 50050, currency: "UZS" }
 */
export function tiyin(value: string | number | bigint): Money;

/**
 * An amount of US dollars: at most two decimals.
 *
 * @throws {TiyinError} as `som`
 * @example
 * usd(19.99); // { minor: 1999, currency: "USD" }
 */
export function usd(value: string | number | bigint): Money;

/**
 * An amount of US cents: a whole number.
 *
 * @throws {TiyinError} as `som`
 * @example
 * cents(1999n); // { minor: 1999, currency: "USD" }
 */
export function cents(value: string | number | bigint): Money;

/**
 * The amount as decimal text of som or dollars: two decimals, or none where there are none.
 *
 * @example
 * toMajor(tiyin(50050)); // "500.50"
 * toMajor(som(500)); // "500"
 */
export function toMajor(money: Money): string;

/**
 * The amount as people read it, in Uzbek unless told otherwise. Spaces are U+00A0.
 *
 * @example
 * formatMoney(som("1000000.5")); // "1 000 000,50 soʻm"
 * formatMoney(usd("19.99"), "en"); // "$19.99"
 */
export function formatMoney(money: Money, locale?: Locale): string;

/**
 * An amount from what a person typed: `1 000 000,50`, `1.000.000,50`, `500 so'm`, `19.99`, `500сум`.
 *
 * Without `currency` the text decides, and som is meant where it names none. Where a single separator could group or
 * divide, as in `1,000`, nothing is guessed.
 *
 * @throws {TiyinError} `ambiguous_amount`, `currency_mismatch`, `malformed_amount`, `empty_amount`, `too_many_decimals`,
 * `amount_out_of_range`, `too_long`
 * @example
 * parseMoney("1 000 000,50 soʻm"); // { minor: 100000050, currency: "UZS" }
 */
export function parseMoney(text: string, currency?: Currency): Money;

/**
 * The exact sum of at least one amount, all of one currency.
 *
 * @throws {TiyinError} `currency_mismatch`, `amount_out_of_range`
 * @example
 * addMoney(som(0.1), som(0.2)); // { minor: 30, currency: "UZS" }
 */
export function addMoney(...money: Money[]): Money;

/**
 * The amount divided in the proportion of whole weights. The parts always sum to the amount: what does not divide
 * evenly goes to the parts with the largest remainders, earlier ones first.
 *
 * @throws {TiyinError} `invalid_weights`, `not_an_integer`, `amount_out_of_range`
 * @example
 * allocate(som(100), [1, 1, 1]).map(toMajor); // ["33.34", "33.33", "33.33"]
 */
export function allocate(money: Money, weights: readonly number[]): Money[];

/**
 * So many hundredths of a percent of the amount, rounded half to even unless told otherwise.
 *
 * @throws {TiyinError} `not_an_integer`, `amount_out_of_range`
 * @example
 * percentOf(som(1000), 1250); // { minor: 12500, currency: "UZS" }: 12.5 %
 */
export function percentOf(money: Money, basisPoints: number, rounding?: Rounding): Money;

/**
 * The amount in another currency. The rate is the price of one dollar in som, as exact decimal text.
 *
 * @throws {TiyinError} `invalid_rate`, `amount_out_of_range`
 * @example
 * convertMoney(usd("19.99"), "12650.55", "UZS"); // { minor: 25288449, currency: "UZS" }
 */
export function convertMoney(money: Money, rate: string, to: Currency, rounding?: Rounding): Money;

/**
 * How a QR code is drawn.
 */
export interface QrOptions {
    /**
     * How much of the code may be lost: about 7, 15, 25 or 30 %. `M` without it.
     */
    ecc?: ErrorCorrection;
    /**
     * The width of the light margin in modules, at most 64. 4 without it, which readers need.
     */
    margin?: number;
}

/**
 * The QR code of a text, such as a checkout link, as one `<svg>` element of black modules on white. It has no size of its
 * own: style its `width`.
 *
 * @throws {TiyinError} `too_long` beyond what a code holds (2,953 bytes at `L`, 1,273 at `H`), `missing_field` for empty text,
 * `invalid_margin`
 * @example
 * qrSvg("https://shop.uz/", { ecc: "Q" }).slice(0, 4); // "<svg"
 */
export function qrSvg(text: string, options?: QrOptions): string;

/**
 * Where checkout links lead.
 */
export interface CheckoutOptions {
    /**
     * Everything before the encoded query, absolute and `https`; a missing slash at its end is added. Paylov's page without it.
     */
    baseUrl?: string;
}

/**
 * The link to Paylov's checkout page for an order.
 *
 * Paylov does not sign these links: a payer can decode one and change the amount. Only Paylov's callback to the merchant
 * tells what was paid.
 *
 * @throws {TiyinError} `not_a_uuid`, `amount_not_positive`, `missing_account`, `insecure_return_url`, `unknown_field` and
 * others; `field` names the member
 * @example
 * checkoutLink({
 *   merchantId: "571c06fb-6c61-4ef7-8567-5511abaf12b5",
 *   amount: som(500),
 *   account: { order_id: "12" },
 * }); // "https://my.paylov.uz/checkout/create/bWVyY2hhbnRfaWQ9NTcx…"
 */
export function checkoutLink(order: CheckoutOrder, options?: CheckoutOptions): string;

/**
 * The links of many orders, in their order; far faster than one by one.
 *
 * As with `checkoutLink`, nothing in a link is signed: only Paylov's callback tells what was paid.
 *
 * @throws {TiyinError} the first refused order's, with its place in `field`: `orders[3].amount`
 * @example
 * const order = { merchantId: "571c06fb-6c61-4ef7-8567-5511abaf12b5", amount: som(500), account: { order_id: "12" } };
 * checkoutLinks([order, { ...order, amount: som(600) }]).length; // 2
 */
export function checkoutLinks(orders: readonly CheckoutOrder[], options?: CheckoutOptions): string[];

/**
 * Reads a checkout link, or only its base64, and says what is wrong with it. A link is no proof of anything: anyone can
 * make one.
 *
 * @throws {TiyinError} `malformed_link`, `missing_parameter`, `duplicate_parameter`, `invalid_parameter` and others for
 * what cannot be an order
 * @example
 * const link =
 *   "https://my.paylov.uz/checkout/create/" +
 *   "bWVyY2hhbnRfaWQ9NTcxYzA2ZmItNmM2MS00ZWY3LTg1NjctNTUxMWFiYWYxMmI1JmFtb3VudD01MDAmYWNjb3VudC5vcmRlcl9pZD0xMg==";
 * parseCheckoutLink(link).order.account; // { order_id: "12" }
 * parseCheckoutLink(link).warnings; // []
 */
export function parseCheckoutLink(link: string): ParsedCheckoutLink;

/**
 * An exact amount of money: whole minor units of one currency.
 */
export interface Money {
    /**
     * Whole tiyin or cents, a safe integer.
     */
    readonly minor: number;
    /**
     * The currency that `minor` counts hundredths of.
     */
    readonly currency: Currency;
}

/**
 * An order as a checkout link carries it.
 */
export interface CheckoutOrder {
    /**
     * The merchant's id at Paylov: a UUID of any version.
     */
    merchantId: string;
    /**
     * What is to be paid; above zero.
     */
    amount: Money;
    /**
     * What is paid for, under the names agreed with Paylov: `{ order_id: "12" }`. At least one entry, no empty name.
     */
    account: Record<string, string>;
    /**
     * Where the payer comes back to: absolute, `https` (`http` only for localhost and 127.0.0.1).
     */
    returnUrl?: string;
    /**
     * The currency the payment is made in, at the Central Bank's rate of that moment.
     */
    convertTo?: Currency;
    /**
     * The unit the link writes the amount in. Without it: major for whole UZS, minor otherwise.
     */
    wireUnit?: "major" | "minor";
}

/**
 * How much of a QR code may be lost.
 */
export type ErrorCorrection = "L" | "M" | "Q" | "H";

/**
 * One flaw of a link.
 */
export interface LinkWarning {
    /**
     * The kind of flaw, to decide by.
     */
    readonly code: LinkWarningCode;
    /**
     * What is wrong, for developers.
     */
    readonly message: string;
    /**
     * The parameter it is about, as the link spells it: `return_url`.
     */
    readonly field?: string;
}

/**
 * The currency of an amount.
 */
export type Currency = "UZS" | "USD";

/**
 * The languages amounts are written in.
 */
export type Locale = "uz" | "ru" | "en";

/**
 * The stable name of one flaw of a link that could be read all the same.
 */
export type LinkWarningCode = "unencoded_query" | "json_payload" | "nonstandard_base64" | "unknown_parameter" | "malformed_percent" | "foreign_base_url" | "not_a_uuid" | "missing_account" | "insecure_return_url" | "unsupported_scheme" | "invalid_return_url";

/**
 * The stable name of one kind of failure.
 *
 * New codes come with minor versions.
 */
export type ErrorCode = "invalid_type" | "unknown_field" | "missing_field" | "unreadable" | "too_long" | "lone_surrogate" | "not_an_option" | "empty_amount" | "malformed_amount" | "not_a_number" | "not_finite" | "exponent" | "too_many_decimals" | "amount_out_of_range" | "ambiguous_amount" | "currency_mismatch" | "not_an_integer" | "invalid_weights" | "invalid_rate" | "amount_not_positive" | "fractional_som" | "fractional_dollar" | "not_a_uuid" | "missing_account" | "empty_account_key" | "insecure_return_url" | "unsupported_scheme" | "invalid_return_url" | "invalid_base_url" | "malformed_link" | "missing_parameter" | "duplicate_parameter" | "invalid_parameter" | "wasm_unavailable" | "module_corrupted" | "internal" | "signature_invalid" | "link_expired" | "unknown_key" | "token_malformed" | "missing_key" | "invalid_key_id" | "duplicate_key_id" | "secret_too_short" | "not_milliseconds" | "invalid_margin";

/**
 * What a link asks for, and what is wrong with the link.
 */
export interface ParsedCheckoutLink {
    /**
     * The order; with a warning it may be one that no link would be built for.
     */
    readonly order: CheckoutOrder;
    /**
     * Empty for a link as this crate builds it to Paylov's own page.
     */
    readonly warnings: LinkWarning[];
}

/**
 * Where a result between two minor units goes.
 */
export type Rounding = "half_even" | "half_up" | "down" | "up";
