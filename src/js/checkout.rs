//! Checkout links for JavaScript.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use wasm_bindgen::prelude::*;

use super::input::Reader;
use super::json;
use super::money::{read_currency, read_money};
use super::output::{answer, lines, plain};
use crate::checkout::{BaseUrl, CheckoutOrder, parse_checkout_link, write_links};
use crate::error::Result;
use crate::money::{Money, Unit};

#[wasm_bindgen(typescript_custom_section)]
const DECLARATIONS: &str = r#"
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
"#;

/// Takes the options first: links are written while orders are read.
#[wasm_bindgen(js_name = checkoutLink, skip_typescript)]
pub fn checkout_link(options_and_order: &str) -> String {
    answer(options_and_order, |arguments| {
        let base = read_base(arguments)?;
        let order = read_order(arguments).map_err(|error| error.within("order"))?;
        let mut link = plain("");
        order.write_link(&base, &mut link)?;
        Ok(link)
    })
}

/// Takes the options first: links are written while orders are read.
#[wasm_bindgen(js_name = checkoutLinks, skip_typescript)]
pub fn checkout_links(options_and_orders: &str) -> String {
    answer(options_and_orders, |arguments| {
        let base = read_base(arguments)?;
        write_all(arguments, &base).map_err(|error| error.at("orders"))
    })
}

#[wasm_bindgen(js_name = parseCheckoutLink, skip_typescript)]
pub fn parse_link(link: &str) -> String {
    answer(link, |arguments| {
        let parsed = arguments.text().and_then(parse_checkout_link).map_err(|error| error.within("link"))?;
        Ok(json::parsed_link(&parsed))
    })
}

fn write_all(arguments: &mut Reader<'_>, base: &BaseUrl) -> Result<String> {
    let mut links = lines();
    arguments.start_list()?;
    let orders = core::iter::from_fn(|| if arguments.take(b'e') { None } else { Some(read_order(arguments)) });
    write_links(orders, base, &mut links)?;
    Ok(links)
}

fn read_base(arguments: &mut Reader<'_>) -> Result<BaseUrl> {
    let mut base = BaseUrl::default();
    if let Some(options) = arguments.optional() {
        let read = options.members("baseUrl", 0, |value, _| {
            base = BaseUrl::new(value.text()?)?;
            Ok(())
        });
        read.map_err(|error| error.within("options"))?;
    }
    Ok(base)
}

fn read_order<'a>(value: &mut Reader<'a>) -> Result<CheckoutOrder<'a>> {
    let mut order = CheckoutOrder::new("", Money::ZERO);
    value.members("merchantId amount account returnUrl convertTo wireUnit", 3, |value, member| {
        match member {
            0 => order.merchant_id = Cow::Borrowed(value.text()?),
            1 => order.amount = read_money(value)?,
            2 => order.account = read_account(value)?,
            3 => order.return_url = Some(Cow::Borrowed(value.text()?)),
            4 => order.convert_to = Some(read_currency(value)?),
            _ => order.wire_unit = Some(read_unit(value)?),
        }
        Ok(())
    })?;
    Ok(order)
}

fn read_account<'a>(value: &mut Reader<'a>) -> Result<Vec<(Cow<'a, str>, Cow<'a, str>)>> {
    let mut account = Vec::new();
    value.start_object()?;
    while !value.take(b'e') {
        let name = value.text()?;
        let text = value.text().map_err(|error| error.at(name))?;
        account.push((Cow::Borrowed(name), Cow::Borrowed(text)));
    }
    Ok(account)
}

fn read_unit(value: &mut Reader<'_>) -> Result<Unit> {
    let unit = value.word("major minor", "major or minor was expected")?;
    Ok(if unit == 0 { Unit::Major } else { Unit::Minor })
}
