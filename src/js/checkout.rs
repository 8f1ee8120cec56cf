//! Checkout links for JavaScript.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use wasm_bindgen::prelude::*;

use super::input::{Arguments, Value, optional, required};
use super::money::{read_currency, read_money};
use super::{NONE, json, output};
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
    #[wasm_bindgen(unchecked_param_type = "CheckoutOrder")] order: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "CheckoutOptions")] options: &JsValue,
) -> Result<String, JsValue> {
    output::text([options, order, NONE, NONE], |given| {
        let base = base_url(given)?;
        given.required("", read_order)?.link_at(&base)
    })
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
    #[wasm_bindgen(unchecked_param_type = "readonly CheckoutOrder[]")] orders: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "CheckoutOptions")] options: &JsValue,
) -> Result<js_sys::Array, JsValue> {
    output::lines([options, orders, NONE, NONE], |given| {
        let base = base_url(given)?;
        let orders = given.required("orders", Value::list)?.map(read_order);
        let mut links = String::new();
        write_links(orders, &base, &mut links).map_err(|error| error.at("orders"))?;
        Ok(links)
    })
}

/// Reads a checkout link, or only its base64, and says what is wrong with it. A link is no proof of anything: anyone can
/// make one.
///
/// @throws {TiyinError} `malformed_link`, `missing_parameter`, `duplicate_parameter`, `invalid_parameter` and others for
/// what cannot be an order
/// @example
/// const { order, warnings } = parseCheckoutLink("https://my.paylov.uz/checkout/create/bWVyY2hhbnRfaWQ9NTcx…");
#[wasm_bindgen(js_name = parseCheckoutLink, unchecked_return_type = "ParsedCheckoutLink")]
pub fn parse_link(#[wasm_bindgen(unchecked_param_type = "string")] link: &JsValue) -> Result<JsValue, JsValue> {
    output::data([link, NONE, NONE, NONE], |given| {
        let link = given.required("link", Value::text)?;
        parse_checkout_link(link).map(|parsed| json::parsed_link(&parsed)).map_err(|error| error.within("link"))
    })
}

/// The options come first, since no link can be written without them.
fn base_url(given: &mut Arguments<'_>) -> Result<BaseUrl> {
    let base = given.optional("", |value| {
        let [base] = value.members(&["baseUrl"]).map_err(|error| error.within("options"))?;
        optional(base, "baseUrl", |value| BaseUrl::new(value.text()?))
    })?;
    Ok(base.flatten().unwrap_or_default())
}

fn read_order(value: Value<'_>) -> Result<CheckoutOrder<'_>> {
    let names = ["merchantId", "amount", "account", "returnUrl", "convertTo", "wireUnit"];
    let members = value.members(&names).map_err(|error| error.within("order"))?;
    let [merchant_id, amount, account, return_url, convert_to, wire_unit] = members;
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
