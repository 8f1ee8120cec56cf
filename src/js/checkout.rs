//! Checkout links for JavaScript.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use wasm_bindgen::prelude::*;

use super::input::{Value, optional, required};
use super::json;
use super::money::{read_currency, read_money};
use super::output::{answer, lines, plain};
use crate::checkout::{BaseUrl, CheckoutOrder, parse_checkout_link, write_links};
use crate::error::Result;
use crate::money::Unit;

#[wasm_bindgen(typescript_custom_section)]
const CHECKOUT_OPTIONS: &str = r#"
/**
 * Where checkout links lead.
 */
export interface CheckoutOptions {
    /**
     * Everything before the encoded query, absolute and `https`; a missing slash at its end is added. Paylov's page without it.
     */
    baseUrl?: string;
}
"#;

/// The link to Paylov's checkout page for an order.
///
/// Paylov does not sign these links: a payer can decode one and change the amount. Only Paylov's callback to the merchant
/// tells what was paid.
///
/// @throws {TiyinError} `not_a_uuid`, `amount_not_positive`, `missing_account`, `insecure_return_url`, `unknown_field` and
/// others; `field` names the member
/// @example
/// checkoutLink({
///   merchantId: "571c06fb-6c61-4ef7-8567-5511abaf12b5",
///   amount: som(500),
///   account: { order_id: "12" },
/// }); // "https://my.paylov.uz/checkout/create/bWVyY2hhbnRfaWQ9NTcx…"
#[wasm_bindgen(js_name = checkoutLink)]
pub fn checkout_link(
    #[wasm_bindgen(unchecked_param_type = "CheckoutOrder")] order: &str,
    #[wasm_bindgen(unchecked_optional_param_type = "CheckoutOptions")] options: &str,
) -> String {
    let write = || {
        let base = read_base(options)?;
        let order = read_order(Value(order)).map_err(|error| error.within("order"))?;
        let mut answer = plain("");
        order.write_link(&base, &mut answer)?;
        Ok(answer)
    };
    answer(write())
}

/// The links of many orders, in their order; far faster than one by one.
///
/// As with `checkoutLink`, nothing in a link is signed: only Paylov's callback tells what was paid.
///
/// @throws {TiyinError} the first refused order's, with its place in `field`: `orders[3].amount`
/// @example
/// checkoutLinks([{ merchantId: "571c06fb-6c61-4ef7-8567-5511abaf12b5", amount: som(500), account: { order_id: "12" } }]);
#[wasm_bindgen(js_name = checkoutLinks, unchecked_return_type = "string[]")]
pub fn checkout_links(
    #[wasm_bindgen(unchecked_param_type = "readonly CheckoutOrder[]")] orders: &str,
    #[wasm_bindgen(unchecked_optional_param_type = "CheckoutOptions")] options: &str,
) -> String {
    let write = || {
        let base = read_base(options)?;
        let mut answer = lines();
        let written = Value(orders).list().and_then(|orders| write_links(orders.map(read_order), &base, &mut answer));
        written.map(|()| answer).map_err(|error| error.at("orders"))
    };
    answer(write())
}

/// Reads a checkout link, or only its base64, and says what is wrong with it. A link is no proof of anything: anyone can
/// make one.
///
/// @throws {TiyinError} `malformed_link`, `missing_parameter`, `duplicate_parameter`, `invalid_parameter` and others for
/// what cannot be an order
/// @example
/// const { order, warnings } = parseCheckoutLink("https://my.paylov.uz/checkout/create/bWVyY2hhbnRfaWQ9NTcx…");
#[wasm_bindgen(js_name = parseCheckoutLink, unchecked_return_type = "ParsedCheckoutLink")]
pub fn parse_link(#[wasm_bindgen(unchecked_param_type = "string")] link: &str) -> String {
    let parsed = Value(link).text().and_then(parse_checkout_link);
    answer(parsed.map(|parsed| json::parsed_link(&parsed)).map_err(|error| error.within("link")))
}

fn read_base(options: &str) -> Result<BaseUrl> {
    let base = optional(Some(Value(options)), "", |options| {
        let [base] = options.members(&["baseUrl"]).map_err(|error| error.within("options"))?;
        optional(base, "baseUrl", |base| BaseUrl::new(base.text()?))
    })?;
    Ok(base.flatten().unwrap_or_default())
}

fn read_order(value: Value<'_>) -> Result<CheckoutOrder<'_>> {
    let names = ["merchantId", "amount", "account", "returnUrl", "convertTo", "wireUnit"];
    let [merchant_id, amount, account, return_url, convert_to, wire_unit] = value.members(&names)?;
    Ok(CheckoutOrder {
        merchant_id: Cow::Borrowed(required(merchant_id, "merchantId", Value::text)?),
        amount: required(amount, "amount", read_money)?,
        account: required(account, "account", read_account)?,
        return_url: optional(return_url, "returnUrl", Value::text)?.map(Cow::Borrowed),
        convert_to: optional(convert_to, "convertTo", read_currency)?,
        wire_unit: optional(wire_unit, "wireUnit", read_unit)?,
    })
}

fn read_account(value: Value<'_>) -> Result<Vec<(Cow<'_, str>, Cow<'_, str>)>> {
    let mut account = Vec::new();
    for entry in value.entries()? {
        let (name, value) = entry?;
        let text = required(Some(value), name, Value::text)?;
        account.push((Cow::Borrowed(name), Cow::Borrowed(text)));
    }
    Ok(account)
}

fn read_unit(value: Value<'_>) -> Result<Unit> {
    value.word(&[("major", Unit::Major), ("minor", Unit::Minor)], "major or minor was expected")
}
