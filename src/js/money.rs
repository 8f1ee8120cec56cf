//! Money for JavaScript.

use alloc::vec::Vec;

use wasm_bindgen::prelude::*;

use super::input::Reader;
use super::json;
use super::output::plain;
use crate::error::{ErrorCode, Result};
use crate::money::{Currency, Locale, Money, Rounding, Unit};

#[wasm_bindgen(typescript_custom_section)]
const DECLARATIONS: &str = r#"
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
"#;

pub(super) fn to_major(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    Ok(plain(&read_argument(arguments).to_major()))
}

pub(super) fn format_money(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    let money = read_argument(arguments);
    Ok(plain(&money.format(read_locale(arguments))))
}

pub(super) fn parse_money(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    let text = arguments.whole("text").text();
    let currency = arguments.whole("currency").optional().map(read_currency);
    arguments.whole("text");
    Money::parse(text, currency).map(json::money)
}

pub(super) fn add_money(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    arguments.whole("money").start_list();
    let amounts = core::iter::from_fn(|| if arguments.has_item() { Some(read_money(arguments)) } else { None });
    let sum = Money::sum(amounts);
    arguments.whole("money");
    sum.map(json::money)
}

pub(super) fn allocate(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    let money = read_argument(arguments);
    let mut weights = Vec::new();
    arguments.whole("weights").start_list();
    while arguments.has_item() {
        weights.push(read_weight(arguments));
    }
    money.allocate(&weights).map(|parts| json::amounts(&parts))
}

pub(super) fn percent_of(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    let money = read_argument(arguments);
    let basis_points = arguments.whole("basisPoints").whole_number();
    money.percent_of(basis_points, read_rounding(arguments)).map(json::money)
}

pub(super) fn convert_money(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    let money = read_argument(arguments);
    let rate = arguments.whole("rate").text();
    let to = read_currency(arguments.whole("to"));
    money.convert(rate, to, read_rounding(arguments)).map(json::money)
}

pub(super) fn som(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    made(arguments, Unit::Major, Currency::Uzs)
}

pub(super) fn tiyin(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    made(arguments, Unit::Minor, Currency::Uzs)
}

pub(super) fn usd(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    made(arguments, Unit::Major, Currency::Usd)
}

pub(super) fn cents(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    made(arguments, Unit::Minor, Currency::Usd)
}

fn made(arguments: &mut Reader<'_>, unit: Unit, currency: Currency) -> Result<Vec<u8>> {
    Money::from_decimal(arguments.whole("value").decimal(), unit, currency).map(json::money)
}

fn read_argument(arguments: &mut Reader<'_>) -> Money {
    read_money(arguments.argument("money"))
}

pub(super) fn read_money(value: &mut Reader<'_>) -> Money {
    let (mut minor, mut currency) = (0, Currency::Uzs);
    value.start_object();
    let mut found = 0;
    while let Some(member) = value.known_member("minor currency", 2, &mut found) {
        match member {
            0 => minor = value.whole_number(),
            _ => currency = read_currency(value),
        }
    }
    Money::new(minor, currency).unwrap_or(Money::ZERO)
}

pub(super) fn read_currency(value: &mut Reader<'_>) -> Currency {
    match value.word("UZS USD") {
        0 => Currency::Uzs,
        _ => Currency::Usd,
    }
}

fn read_locale(arguments: &mut Reader<'_>) -> Locale {
    let locale = arguments.whole("locale").optional();
    match locale.map_or(0, |value| value.word("uz ru en")) {
        0 => Locale::Uz,
        1 => Locale::Ru,
        _ => Locale::En,
    }
}

fn read_rounding(arguments: &mut Reader<'_>) -> Rounding {
    let rounding = arguments.whole("rounding").optional();
    let word = rounding.map_or(0, |value| value.word("half_even half_up down up"));
    // What the result may be refused for is no fault of the rounding.
    arguments.whole("");
    match word {
        0 => Rounding::HalfEven,
        1 => Rounding::HalfUp,
        2 => Rounding::Down,
        _ => Rounding::Up,
    }
}

fn read_weight(value: &mut Reader<'_>) -> u64 {
    u64::try_from(value.whole_number()).unwrap_or_else(|_| {
        value.refuse(ErrorCode::InvalidWeights.into());
        0
    })
}
