//! Money for JavaScript.

use alloc::string::String;
use alloc::vec::Vec;

use wasm_bindgen::prelude::*;

use super::input::Reader;
use super::json;
use super::output::{answer, plain};
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
 * @throws {TiyinError} `ambiguous_amount`, `currency_mismatch`, and as `som`
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

#[wasm_bindgen(skip_typescript)]
pub fn som(value: &str) -> String {
    answer(value, |arguments| made(arguments, Unit::Major, Currency::Uzs))
}

#[wasm_bindgen(skip_typescript)]
pub fn tiyin(value: &str) -> String {
    answer(value, |arguments| made(arguments, Unit::Minor, Currency::Uzs))
}

#[wasm_bindgen(skip_typescript)]
pub fn usd(value: &str) -> String {
    answer(value, |arguments| made(arguments, Unit::Major, Currency::Usd))
}

#[wasm_bindgen(skip_typescript)]
pub fn cents(value: &str) -> String {
    answer(value, |arguments| made(arguments, Unit::Minor, Currency::Usd))
}

#[wasm_bindgen(js_name = toMajor, skip_typescript)]
pub fn to_major(money: &str) -> String {
    answer(money, |arguments| Ok(plain(&read_argument(arguments)?.to_major())))
}

#[wasm_bindgen(js_name = formatMoney, skip_typescript)]
pub fn format_money(money_and_locale: &str) -> String {
    answer(money_and_locale, |arguments| {
        let money = read_argument(arguments)?;
        let locale = read_locale(arguments).map_err(|error| error.at("locale"))?;
        Ok(plain(&money.format(locale)))
    })
}

#[wasm_bindgen(js_name = parseMoney, skip_typescript)]
pub fn parse_money(text_and_currency: &str) -> String {
    answer(text_and_currency, |arguments| {
        let text = arguments.text().map_err(|error| error.at("text"))?;
        let currency = match arguments.optional() {
            Some(currency) => Some(read_currency(currency).map_err(|error| error.at("currency"))?),
            None => None,
        };
        Ok(json::money(Money::parse(text, currency).map_err(|error| error.at("text"))?))
    })
}

#[wasm_bindgen(js_name = addMoney, skip_typescript)]
pub fn add_money(list_of_money: &str) -> String {
    answer(list_of_money, |arguments| {
        let mut amounts = Vec::new();
        let read = arguments.list(|value| {
            amounts.push(read_money(value)?);
            Ok(())
        });
        let sum = read.and_then(|()| Money::sum(amounts.iter().copied()));
        Ok(json::money(sum.map_err(|error| error.at("money"))?))
    })
}

#[wasm_bindgen(skip_typescript)]
pub fn allocate(money_and_weights: &str) -> String {
    answer(money_and_weights, |arguments| {
        let money = read_argument(arguments)?;
        let mut weights = Vec::new();
        let read = arguments.list(|value| {
            let weight = u64::try_from(value.whole_number()?).map_err(|_| ErrorCode::InvalidWeights)?;
            weights.push(weight);
            Ok(())
        });
        let parts = read.and_then(|()| money.allocate(&weights));
        Ok(json::amounts(&parts.map_err(|error| error.at("weights"))?))
    })
}

#[wasm_bindgen(js_name = percentOf, skip_typescript)]
pub fn percent_of(money_basis_points_and_rounding: &str) -> String {
    answer(money_basis_points_and_rounding, |arguments| {
        let money = read_argument(arguments)?;
        let basis_points = arguments.whole_number().map_err(|error| error.at("basisPoints"))?;
        Ok(json::money(money.percent_of(basis_points, read_rounding(arguments)?)?))
    })
}

#[wasm_bindgen(js_name = convertMoney, skip_typescript)]
pub fn convert_money(money_rate_currency_and_rounding: &str) -> String {
    answer(money_rate_currency_and_rounding, |arguments| {
        let money = read_argument(arguments)?;
        let rate = arguments.text().map_err(|error| error.at("rate"))?;
        let to = read_currency(arguments).map_err(|error| error.at("to"))?;
        Ok(json::money(money.convert(rate, to, read_rounding(arguments)?)?))
    })
}

fn made(arguments: &mut Reader<'_>, unit: Unit, currency: Currency) -> Result<String> {
    let made = arguments.decimal().and_then(|text| Money::from_decimal(text, unit, currency));
    Ok(json::money(made.map_err(|error| error.at("value"))?))
}

fn read_argument(arguments: &mut Reader<'_>) -> Result<Money> {
    read_money(arguments).map_err(|error| error.at("money"))
}

pub(super) fn read_money(value: &mut Reader<'_>) -> Result<Money> {
    let (mut minor, mut currency) = (0, Currency::Uzs);
    value.members("minor currency", 2, |value, member| {
        match member {
            0 => minor = value.whole_number()?,
            _ => currency = read_currency(value)?,
        }
        Ok(())
    })?;
    Money::new(minor, currency)
}

pub(super) fn read_currency(value: &mut Reader<'_>) -> Result<Currency> {
    let currency = value.word("UZS USD", "UZS or USD was expected")?;
    Ok(if currency == 0 { Currency::Uzs } else { Currency::Usd })
}

fn read_locale(arguments: &mut Reader<'_>) -> Result<Locale> {
    let Some(value) = arguments.optional() else {
        return Ok(Locale::default());
    };
    Ok(match value.word("uz ru en", "uz, ru or en was expected")? {
        0 => Locale::Uz,
        1 => Locale::Ru,
        _ => Locale::En,
    })
}

fn read_rounding(arguments: &mut Reader<'_>) -> Result<Rounding> {
    let Some(value) = arguments.optional() else {
        return Ok(Rounding::default());
    };
    let rounding = value.word("half_even half_up down up", "half_even, half_up, down or up was expected");
    Ok(match rounding.map_err(|error| error.at("rounding"))? {
        0 => Rounding::HalfEven,
        1 => Rounding::HalfUp,
        2 => Rounding::Down,
        _ => Rounding::Up,
    })
}
