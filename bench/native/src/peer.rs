//! A checkout link without any check, made with the form_urlencoded and base64 crates.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use form_urlencoded::Serializer;

use crate::order::Order;

const BASE_URL: &str = "https://my.paylov.uz/checkout/create/";

pub fn link(order: &Order) -> String {
    let in_minor = order.minor % 100 != 0;
    let amount = if in_minor { order.minor } else { order.minor / 100 };
    let mut query = Serializer::new(String::new());
    query.append_pair("merchant_id", &order.merchant_id);
    query.append_pair("amount", &amount.to_string());
    query.append_pair("return_url", &order.return_url);
    if in_minor {
        query.append_pair("amount_in_tiyin", "True");
    }
    for (name, value) in &order.account {
        query.append_pair(&format!("account.{name}"), value);
    }
    let mut link = String::from(BASE_URL);
    STANDARD.encode_string(query.finish(), &mut link);
    link
}
