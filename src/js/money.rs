//! Money for JavaScript.

use alloc::string::String;
use alloc::vec::Vec;

use wasm_bindgen::prelude::*;

use super::input::{Arguments, Value, required};
use super::{NONE, json, output};
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
pub fn som(
    #[wasm_bindgen(unchecked_param_type = "string | number | bigint")] value: &JsValue,
) -> Result<JsValue, JsValue> {
    output::data([value, NONE, NONE, NONE], |given| made(given, Unit::Major, Currency::Uzs))
}

/// An amount of tiyin, hundredths of a som: a whole number.
///
/// @throws {TiyinError} as `som`
/// @example
/// tiyin(50050); // { minor: 50050, currency: "UZS" }
#[wasm_bindgen(unchecked_return_type = "Money")]
pub fn tiyin(
    #[wasm_bindgen(unchecked_param_type = "string | number | bigint")] value: &JsValue,
) -> Result<JsValue, JsValue> {
    output::data([value, NONE, NONE, NONE], |given| made(given, Unit::Minor, Currency::Uzs))
}

/// An amount of US dollars: at most two decimals.
///
/// @throws {TiyinError} as `som`
/// @example
/// usd(19.99); // { minor: 1999, currency: "USD" }
#[wasm_bindgen(unchecked_return_type = "Money")]
pub fn usd(
    #[wasm_bindgen(unchecked_param_type = "string | number | bigint")] value: &JsValue,
) -> Result<JsValue, JsValue> {
    output::data([value, NONE, NONE, NONE], |given| made(given, Unit::Major, Currency::Usd))
}

/// An amount of US cents: a whole number.
///
/// @throws {TiyinError} as `som`
/// @example
/// cents(1999n); // { minor: 1999, currency: "USD" }
#[wasm_bindgen(unchecked_return_type = "Money")]
pub fn cents(
    #[wasm_bindgen(unchecked_param_type = "string | number | bigint")] value: &JsValue,
) -> Result<JsValue, JsValue> {
    output::data([value, NONE, NONE, NONE], |given| made(given, Unit::Minor, Currency::Usd))
}

fn made(given: &mut Arguments<'_>, unit: Unit, currency: Currency) -> Result<String> {
    let text = given.required("value", Value::decimal)?;
    Money::from_decimal(text, unit, currency).map(json::money).map_err(|error| error.at("value"))
}

/// The amount as decimal text of som or dollars: two decimals, or none where there are none.
///
/// @example
/// toMajor(tiyin(50050)); // "500.50"
/// toMajor(som(500)); // "500"
#[wasm_bindgen(js_name = toMajor)]
pub fn to_major(#[wasm_bindgen(unchecked_param_type = "Money")] money: &JsValue) -> Result<String, JsValue> {
    output::text([money, NONE, NONE, NONE], |given| Ok(given.required("money", read_money)?.to_major()))
}

/// The amount as people read it, in Uzbek unless told otherwise. Spaces are U+00A0.
///
/// @example
/// formatMoney(som("1000000.5")); // "1 000 000,50 soʻm"
/// formatMoney(usd("19.99"), "en"); // "$19.99"
#[wasm_bindgen(js_name = formatMoney)]
pub fn format_money(
    #[wasm_bindgen(unchecked_param_type = "Money")] money: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "Locale")] locale: &JsValue,
) -> Result<String, JsValue> {
    output::text([money, locale, NONE, NONE], |given| {
        let money = given.required("money", read_money)?;
        Ok(money.format(given.optional("locale", read_locale)?.unwrap_or_default()))
    })
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
    #[wasm_bindgen(unchecked_param_type = "string")] text: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "Currency")] currency: &JsValue,
) -> Result<JsValue, JsValue> {
    // The currency is read first: the text is understood by it.
    output::data([currency, text, NONE, NONE], |given| {
        let currency = given.optional("currency", read_currency)?;
        let text = given.required("text", Value::text)?;
        Money::parse(text, currency).map(json::money).map_err(|error| error.at("text"))
    })
}

/// The exact sum of at least one amount, all of one currency.
///
/// @throws {TiyinError} `currency_mismatch`, `amount_out_of_range`
/// @example
/// addMoney(som(0.1), som(0.2)); // { minor: 30, currency: "UZS" }
#[wasm_bindgen(js_name = addMoney, variadic, unchecked_return_type = "Money")]
pub fn add_money(#[wasm_bindgen(unchecked_param_type = "Money[]")] money: &JsValue) -> Result<JsValue, JsValue> {
    output::data([money, NONE, NONE, NONE], |given| {
        let money = given.required("money", |value| read_list(value, read_money))?;
        Money::sum(money).map(json::money).map_err(|error| error.at("money"))
    })
}

/// The amount divided in the proportion of whole weights. The parts always sum to the amount: what does not divide
/// evenly goes to the parts with the largest remainders, earlier ones first.
///
/// @throws {TiyinError} `invalid_weights`, `not_an_integer`, `amount_out_of_range`
/// @example
/// allocate(som(100), [1, 1, 1]).map(toMajor); // ["33.34", "33.33", "33.33"]
#[wasm_bindgen(unchecked_return_type = "Money[]")]
pub fn allocate(
    #[wasm_bindgen(unchecked_param_type = "Money")] money: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "readonly number[]")] weights: &JsValue,
) -> Result<JsValue, JsValue> {
    output::data([money, weights, NONE, NONE], |given| {
        let money = given.required("money", read_money)?;
        let weights = given.required("weights", |value| read_list(value, read_weight))?;
        money.allocate(&weights).map(|parts| json::amounts(&parts)).map_err(|error| error.at("weights"))
    })
}

/// So many hundredths of a percent of the amount, rounded half to even unless told otherwise.
///
/// @throws {TiyinError} `not_an_integer`, `amount_out_of_range`
/// @example
/// percentOf(som(1000), 1250); // 12.5 %: { minor: 12500, currency: "UZS" }
#[wasm_bindgen(js_name = percentOf, unchecked_return_type = "Money")]
pub fn percent_of(
    #[wasm_bindgen(unchecked_param_type = "Money")] money: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "number", js_name = basisPoints)] basis_points: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "Rounding")] rounding: &JsValue,
) -> Result<JsValue, JsValue> {
    output::data([money, basis_points, rounding, NONE], |given| {
        let money = given.required("money", read_money)?;
        let basis_points = given.required("basisPoints", Value::whole_number)?;
        let rounding = given.optional("rounding", read_rounding)?.unwrap_or_default();
        money.percent_of(basis_points, rounding).map(json::money)
    })
}

/// The amount in another currency. The rate is the price of one dollar in som, as exact decimal text.
///
/// @throws {TiyinError} `invalid_rate`, `amount_out_of_range`
/// @example
/// convertMoney(usd("19.99"), "12650.55", "UZS"); // { minor: 25288449, currency: "UZS" }
#[wasm_bindgen(js_name = convertMoney, unchecked_return_type = "Money")]
pub fn convert_money(
    #[wasm_bindgen(unchecked_param_type = "Money")] money: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "string")] rate: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "Currency")] to: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "Rounding")] rounding: &JsValue,
) -> Result<JsValue, JsValue> {
    output::data([money, rate, to, rounding], |given| {
        let money = given.required("money", read_money)?;
        let rate = given.required("rate", Value::text)?;
        let to = given.required("to", read_currency)?;
        let rounding = given.optional("rounding", read_rounding)?.unwrap_or_default();
        money.convert(rate, to, rounding).map(json::money)
    })
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

fn read_rounding(value: Value<'_>) -> Result<Rounding> {
    const WORDS: [(&str, Rounding); 4] = [
        ("half_even", Rounding::HalfEven),
        ("half_up", Rounding::HalfUp),
        ("down", Rounding::Down),
        ("up", Rounding::Up),
    ];
    value.word(&WORDS, "half_even, half_up, down or up was expected")
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
