//! Checkout links for JavaScript.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use wasm_bindgen::prelude::*;

use super::input::Reader;
use super::json;
use super::money::{read_currency, read_money};
use super::output::{lines, plain};
use crate::checkout::{BaseUrl, CheckoutOrder, USUAL_LENGTH, append_links, parse_checkout_link};
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
    baseUrl?: string | undefined;
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
pub(super) fn checkout_link(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    let base = read_base(arguments);
    let mut link = plain("");
    read_order(arguments.whole("order")).append_link(&base, &mut Vec::with_capacity(USUAL_LENGTH), &mut link)?;
    Ok(link)
}

/// Takes the options first: links are written while orders are read.
pub(super) fn checkout_links(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    let base = read_base(arguments);
    let mut links = lines();
    arguments.whole("orders").start_list();
    let orders = core::iter::from_fn(|| if arguments.has_item() { Some(Ok(read_order(arguments))) } else { None });
    let written = append_links(orders, &base, &mut links);
    // What is refused from here on says itself which order it was.
    arguments.whole("orders");
    written.map(|()| links)
}

pub(super) fn parse_link(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    Ok(json::parsed_link(&parse_checkout_link(arguments.whole("link").text())?))
}

fn read_base(arguments: &mut Reader<'_>) -> BaseUrl {
    let mut base = None;
    if let Some(options) = arguments.whole("options").optional() {
        options.start_object();
        let mut found = 0;
        while options.known_member("baseUrl", 0, &mut found).is_some() {
            match BaseUrl::new(options.text()) {
                Ok(url) => base = Some(url),
                Err(error) => options.refuse(error),
            }
        }
    }
    base.unwrap_or_default()
}

pub(super) fn read_order<'a>(value: &mut Reader<'a>) -> CheckoutOrder<'a> {
    const NAMES: &str = "merchantId amount account returnUrl convertTo wireUnit";
    let (mut merchant_id, mut amount, mut account) = ("", Money::ZERO, Vec::new());
    let (mut return_url, mut convert_to, mut wire_unit) = (None, None, None);
    value.start_object();
    let mut found = 0;
    while let Some(member) = value.known_member(NAMES, 3, &mut found) {
        match member {
            0 => merchant_id = value.text(),
            1 => amount = read_money(value),
            2 => read_account(value, &mut account),
            3 => return_url = Some(Cow::Borrowed(value.text())),
            4 => convert_to = Some(read_currency(value)),
            _ => wire_unit = Some(read_unit(value)),
        }
    }
    CheckoutOrder { merchant_id: Cow::Borrowed(merchant_id), amount, account, return_url, convert_to, wire_unit }
}

pub(super) fn read_account<'a>(value: &mut Reader<'a>, account: &mut Vec<(Cow<'a, str>, Cow<'a, str>)>) {
    value.start_object();
    while let Some(name) = value.member() {
        account.push((Cow::Borrowed(name), Cow::Borrowed(value.text())));
    }
}

fn read_unit(value: &mut Reader<'_>) -> Unit {
    match value.word("major minor") {
        0 => Unit::Major,
        _ => Unit::Minor,
    }
}
