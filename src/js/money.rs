//! Money for JavaScript.

use alloc::string::String;
use alloc::vec::Vec;

use wasm_bindgen::prelude::*;

use super::input::{Value, optional, required};
use super::json;
use super::output::{answer, plain};
use crate::error::{ErrorCode, Result};
use crate::money::{Currency, Locale, Money, Rounding, Unit};

/// An amount of som: at most two decimals.
///
/// A number counts by its shortest decimal form: `19.99` is exact, `0.1 + 0.2` is refused.
///
/// @throws {TiyinError} `too_many_decimals`, `malformed_amount`, `empty_amount`, `not_a_number`, `not_finite`, `exponent`,
/// `amount_out_of_range`
/// @example
/// som("500.50"); // { minor: 50050, currency: "UZS" }
#[wasm_bindgen(unchecked_return_type = "Money")]
pub fn som(#[wasm_bindgen(unchecked_param_type = "string | number | bigint")] value: &str) -> String {
    made(value, Unit::Major, Currency::Uzs)
}

/// An amount of tiyin, hundredths of a som: a whole number.
///
/// @throws {TiyinError} as `som`
/// @example
/// tiyin(50050); // { minor: 50050, currency: "UZS" }
#[wasm_bindgen(unchecked_return_type = "Money")]
pub fn tiyin(#[wasm_bindgen(unchecked_param_type = "string | number | bigint")] value: &str) -> String {
    made(value, Unit::Minor, Currency::Uzs)
}

/// An amount of US dollars: at most two decimals.
///
/// @throws {TiyinError} as `som`
/// @example
/// usd(19.99); // { minor: 1999, currency: "USD" }
#[wasm_bindgen(unchecked_return_type = "Money")]
pub fn usd(#[wasm_bindgen(unchecked_param_type = "string | number | bigint")] value: &str) -> String {
    made(value, Unit::Major, Currency::Usd)
}

/// An amount of US cents: a whole number.
///
/// @throws {TiyinError} as `som`
/// @example
/// cents(1999n); // { minor: 1999, currency: "USD" }
#[wasm_bindgen(unchecked_return_type = "Money")]
pub fn cents(#[wasm_bindgen(unchecked_param_type = "string | number | bigint")] value: &str) -> String {
    made(value, Unit::Minor, Currency::Usd)
}

fn made(value: &str, unit: Unit, currency: Currency) -> String {
    let made = Value(value).decimal().and_then(|text| Money::from_decimal(text, unit, currency));
    answer(made.map(json::money).map_err(|error| error.at("value")))
}

/// The amount as decimal text of som or dollars: two decimals, or none where there are none.
///
/// @example
/// toMajor(tiyin(50050)); // "500.50"
/// toMajor(som(500)); // "500"
#[wasm_bindgen(js_name = toMajor)]
pub fn to_major(#[wasm_bindgen(unchecked_param_type = "Money")] money: &str) -> String {
    answer(read_argument(money).map(|money| plain(&money.to_major())))
}

/// The amount as people read it, in Uzbek unless told otherwise. Spaces are U+00A0.
///
/// @example
/// formatMoney(som("1000000.5")); // "1 000 000,50 soʻm"
/// formatMoney(usd("19.99"), "en"); // "$19.99"
#[wasm_bindgen(js_name = formatMoney)]
pub fn format_money(
    #[wasm_bindgen(unchecked_param_type = "Money")] money: &str,
    #[wasm_bindgen(unchecked_optional_param_type = "Locale")] locale: &str,
) -> String {
    let format = || {
        let money = read_argument(money)?;
        let locale = optional(Some(Value(locale)), "locale", read_locale)?;
        Ok(plain(&money.format(locale.unwrap_or_default())))
    };
    answer(format())
}

/// An amount from what a person typed: `1 000 000,50`, `1.000.000,50`, `500 so'm`, `19.99`, `500сум`.
///
/// Without `currency` the text decides, and som is meant where it names none. Where a single separator could group or
/// divide, as in `1,000`, nothing is guessed.
///
/// @throws {TiyinError} `ambiguous_amount`, `currency_mismatch`, and as `som`
/// @example
/// parseMoney("1 000 000,50 soʻm"); // { minor: 100000050, currency: "UZS" }
#[wasm_bindgen(js_name = parseMoney, unchecked_return_type = "Money")]
pub fn parse_money(
    #[wasm_bindgen(unchecked_param_type = "string")] text: &str,
    #[wasm_bindgen(unchecked_optional_param_type = "Currency")] currency: &str,
) -> String {
    let parse = || {
        let currency = optional(Some(Value(currency)), "currency", read_currency)?;
        let parsed = Value(text).text().and_then(|text| Money::parse(text, currency));
        parsed.map(json::money).map_err(|error| error.at("text"))
    };
    answer(parse())
}

// What JavaScript gives one by one comes here as one array, which no attribute can say.
#[wasm_bindgen(typescript_custom_section)]
const ADD_MONEY: &str = r#"
/**
 * The exact sum of at least one amount, all of one currency.
 *
 * @throws {TiyinError} `currency_mismatch`, `amount_out_of_range`
 * @example
 * addMoney(som(0.1), som(0.2)); // { minor: 30, currency: "UZS" }
 */
export function addMoney(...money: Money[]): Money;
"#;

#[wasm_bindgen(js_name = addMoney, skip_typescript)]
pub fn add_money(money: &str) -> String {
    let sum = read_list(Value(money), read_money).and_then(Money::sum);
    answer(sum.map(json::money).map_err(|error| error.at("money")))
}

/// The amount divided in the proportion of whole weights. The parts always sum to the amount: what does not divide
/// evenly goes to the parts with the largest remainders, earlier ones first.
///
/// @throws {TiyinError} `invalid_weights`, `not_an_integer`, `amount_out_of_range`
/// @example
/// allocate(som(100), [1, 1, 1]).map(toMajor); // ["33.34", "33.33", "33.33"]
#[wasm_bindgen(unchecked_return_type = "Money[]")]
pub fn allocate(
    #[wasm_bindgen(unchecked_param_type = "Money")] money: &str,
    #[wasm_bindgen(unchecked_param_type = "readonly number[]")] weights: &str,
) -> String {
    let allocate = || {
        let money = read_argument(money)?;
        let parts = read_list(Value(weights), read_weight).and_then(|weights| money.allocate(&weights));
        parts.map(|parts| json::amounts(&parts)).map_err(|error| error.at("weights"))
    };
    answer(allocate())
}

/// So many hundredths of a percent of the amount, rounded half to even unless told otherwise.
///
/// @throws {TiyinError} `not_an_integer`, `amount_out_of_range`
/// @example
/// percentOf(som(1000), 1250); // 12.5 %: { minor: 12500, currency: "UZS" }
#[wasm_bindgen(js_name = percentOf, unchecked_return_type = "Money")]
pub fn percent_of(
    #[wasm_bindgen(unchecked_param_type = "Money")] money: &str,
    #[wasm_bindgen(unchecked_param_type = "number", js_name = basisPoints)] basis_points: &str,
    #[wasm_bindgen(unchecked_optional_param_type = "Rounding")] rounding: &str,
) -> String {
    let share = || {
        let money = read_argument(money)?;
        let basis_points = required(Some(Value(basis_points)), "basisPoints", Value::whole_number)?;
        money.percent_of(basis_points, read_rounding(rounding)?).map(json::money)
    };
    answer(share())
}

/// The amount in another currency. The rate is the price of one dollar in som, as exact decimal text.
///
/// @throws {TiyinError} `invalid_rate`, `amount_out_of_range`
/// @example
/// convertMoney(usd("19.99"), "12650.55", "UZS"); // { minor: 25288449, currency: "UZS" }
#[wasm_bindgen(js_name = convertMoney, unchecked_return_type = "Money")]
pub fn convert_money(
    #[wasm_bindgen(unchecked_param_type = "Money")] money: &str,
    #[wasm_bindgen(unchecked_param_type = "string")] rate: &str,
    #[wasm_bindgen(unchecked_param_type = "Currency")] to: &str,
    #[wasm_bindgen(unchecked_optional_param_type = "Rounding")] rounding: &str,
) -> String {
    let convert = || {
        let money = read_argument(money)?;
        let rate = required(Some(Value(rate)), "rate", Value::text)?;
        let to = required(Some(Value(to)), "to", read_currency)?;
        money.convert(rate, to, read_rounding(rounding)?).map(json::money)
    };
    answer(convert())
}

fn read_argument(money: &str) -> Result<Money> {
    required(Some(Value(money)), "money", read_money)
}

pub(super) fn read_money(value: Value<'_>) -> Result<Money> {
    let [minor, currency] = value.members(&["minor", "currency"])?;
    let minor = required(minor, "minor", Value::whole_number)?;
    let currency = required(currency, "currency", read_currency)?;
    Money::new(minor, currency)
}

pub(super) fn read_currency(value: Value<'_>) -> Result<Currency> {
    value.word(&[("UZS", Currency::Uzs), ("USD", Currency::Usd)], "UZS or USD was expected")
}

fn read_locale(value: Value<'_>) -> Result<Locale> {
    value.word(&[("uz", Locale::Uz), ("ru", Locale::Ru), ("en", Locale::En)], "uz, ru or en was expected")
}

fn read_rounding(argument: &str) -> Result<Rounding> {
    const WORDS: [(&str, Rounding); 4] = [
        ("half_even", Rounding::HalfEven),
        ("half_up", Rounding::HalfUp),
        ("down", Rounding::Down),
        ("up", Rounding::Up),
    ];
    let read = |value: Value<'_>| value.word(&WORDS, "half_even, half_up, down or up was expected");
    Ok(optional(Some(Value(argument)), "rounding", read)?.unwrap_or_default())
}

fn read_weight(value: Value<'_>) -> Result<u64> {
    u64::try_from(value.whole_number()?).map_err(|_| ErrorCode::InvalidWeights.into())
}

fn read_list<'a, T>(value: Value<'a>, read: fn(Value<'a>) -> Result<T>) -> Result<Vec<T>> {
    let mut items = Vec::new();
    for (index, value) in value.list()?.enumerate() {
        items.push(read(value).map_err(|error| error.at_index(index))?);
    }
    Ok(items)
}
