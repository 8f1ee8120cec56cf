//! Checkout links as merchants meet them, read back.

use proptest::prelude::*;
use serde_json::Value;
use tiyin::{Currency, ErrorCode, LinkWarningCode, Money, Unit, parse_checkout_link};

const BASE: &str = "https://my.paylov.uz/checkout/create/";
const MERCHANT: &str = "571c06fb-6c61-4ef7-8567-5511abaf12b5";

/// Standard base64 with padding, bit by bit.
fn base64(payload: &str) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in payload.as_bytes().chunks(3) {
        let bits = chunk.iter().fold(0u32, |bits, &byte| bits << 8 | u32::from(byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let symbol = ALPHABET[(bits >> (18 - 6 * place) & 63) as usize];
            out.push(if place > chunk.len() { '=' } else { char::from(symbol) });
        }
    }
    out
}

fn link(payload: &str) -> String {
    format!("{BASE}{}", base64(payload))
}

fn query(rest: &str) -> String {
    format!("merchant_id={MERCHANT}&{rest}")
}

fn warnings(link: &str) -> Vec<LinkWarningCode> {
    let parsed = parse_checkout_link(link).unwrap_or_else(|error| panic!("{link}: {error}"));
    assert!(parsed.warnings.iter().all(|warning| !warning.message.is_empty()));
    parsed.warnings.into_iter().map(|warning| warning.code).collect()
}

#[test]
fn the_vendors_links_decode_to_the_documented_values() {
    let fixtures = include_str!("../fixtures/checkout/vendor-links.json");
    let fixtures: Vec<Value> = serde_json::from_str(fixtures).unwrap();
    assert_eq!(fixtures.len(), 2);
    for fixture in fixtures {
        let link = fixture["link"].as_str().unwrap();
        assert_eq!(link, format!("{BASE}{}", base64(fixture["query"].as_str().unwrap())));
        let parsed = parse_checkout_link(link).unwrap();
        assert_eq!(serde_json::to_value(&parsed).unwrap(), fixture["parsed"]);
        let rebuilt = format!("{BASE}{}", base64(fixture["rebuiltQuery"].as_str().unwrap()));
        assert_eq!(parsed.order.link().unwrap(), rebuilt);
    }
}

#[test]
fn mistakes_in_the_encoding_are_read_and_named() {
    use LinkWarningCode::{ForeignBaseUrl, JsonPayload, MalformedPercent, NonstandardBase64, UnencodedQuery};
    let good = query("amount=500&account.order_id=12");
    let encoded = base64(&good);
    let unpadded = encoded.trim_end_matches('=');
    // A bare `~` puts both `+` and `/` into the base64.
    let risky = base64(&query("amount=500&account.a=~~~&account.b=a~~~&account.c=aa~~~?~?~?"));
    assert!(risky.contains('+') && risky.contains('/'), "{risky}");
    let json = format!(r#"{{"merchant_id":"{MERCHANT}","amount":500,"account":{{"order_id":"12"}}}}"#);
    for (text, expected) in [
        (link(&good), vec![]),
        (encoded.clone(), vec![]),
        (format!("  {}\n", link(&good)), vec![]),
        (format!("https://pay.example/{encoded}"), vec![ForeignBaseUrl]),
        (format!("https://pay.example/create/now/{encoded}"), vec![ForeignBaseUrl]),
        (format!("https://pay.example/checkout/now/{encoded}"), vec![ForeignBaseUrl]),
        (format!("{}  ", link(&good)), vec![]),
        (format!("{}?lang=uz#top", link(&good)), vec![]),
        (format!("{BASE}{unpadded}"), vec![NonstandardBase64]),
        (format!("{BASE}{unpadded}%3D%3D"), vec![NonstandardBase64]),
        (format!("{BASE}{risky}"), vec![UnencodedQuery]),
        (format!("{BASE}{}", risky.replace('+', "-").replace('/', "_")), vec![NonstandardBase64, UnencodedQuery]),
        (format!("{BASE}{}", risky.replace('+', " ")), vec![NonstandardBase64, UnencodedQuery]),
        (link(&query("amount=500&account.order_id=12&return_url=https://returnurl")), vec![UnencodedQuery]),
        (link(&query("amount=500&account.order_id=100%")), vec![MalformedPercent]),
        (link(&json), vec![JsonPayload]),
        (format!("{BASE}{}", base64(&json).trim_end_matches('=')), vec![NonstandardBase64, JsonPayload]),
    ] {
        assert_eq!(warnings(&text), expected, "{text}");
        assert_eq!(parse_checkout_link(&text).unwrap().order.amount, Money::som("500").unwrap());
    }
}

#[test]
fn flaws_of_the_order_are_read_and_named() {
    use LinkWarningCode::{
        InsecureReturnUrl, InvalidReturnUrl, MissingAccount, NotAUuid, UnknownParameter, UnsupportedScheme,
    };
    let sample = "merchant_id=0das467e-82sf-42df-8642-g51aawy5ga2r&amount=500&account.order_id=1233";
    for (payload, code, field) in [
        (sample.to_owned(), NotAUuid, Some("merchant_id")),
        (query("amount=500"), MissingAccount, None),
        (query("amount=500&account.a=1&return_url=http%3A%2F%2Fshop.uz"), InsecureReturnUrl, Some("return_url")),
        (query("amount=500&account.a=1&return_url=javascript%3A0"), UnsupportedScheme, Some("return_url")),
        (query("amount=500&account.a=1&return_url=shop.uz"), InvalidReturnUrl, Some("return_url")),
        (query("amount=500&account.a=1&lang=uz"), UnknownParameter, Some("lang")),
    ] {
        let parsed = parse_checkout_link(&link(&payload)).unwrap();
        let [warning] = &parsed.warnings[..] else { panic!("{:?}", parsed.warnings) };
        assert_eq!((warning.code, warning.field.as_deref()), (code, field), "{payload}");
    }
}

#[test]
fn what_could_be_a_card_number_is_not_repeated_in_a_warning() {
    let parsed = parse_checkout_link(&link(&query("amount=500&account.a=1&8600123412341234=1"))).unwrap();
    let fields: Vec<_> = parsed.warnings.iter().map(|warning| warning.field.as_deref()).collect();
    assert_eq!(fields, [Some("****")]);
}

#[test]
fn amounts_are_read_in_the_unit_the_link_says() {
    for (parameters, minor, currency, unit) in [
        ("amount=500", 50_000, Currency::Uzs, None),
        ("amount=500.5", 50_050, Currency::Uzs, None),
        ("amount=500&amount_in_tiyin=False", 50_000, Currency::Uzs, None),
        ("amount=500&amount_in_tiyin=0", 50_000, Currency::Uzs, None),
        ("amount=500&amount_in_tiyin=True", 500, Currency::Uzs, Some(Unit::Minor)),
        ("amount=550&amount_in_tiyin=true", 550, Currency::Uzs, None),
        ("amount=550&amount_in_tiyin=1&currency_id=840", 550, Currency::Usd, None),
        ("amount=5&currency_id=840", 500, Currency::Usd, Some(Unit::Major)),
        ("amount=5&currency_id=860&convert_to=840", 500, Currency::Uzs, None),
    ] {
        let order = parse_checkout_link(&link(&query(&format!("{parameters}&account.a=1")))).unwrap().order;
        assert_eq!(order.amount, Money::new(minor, currency).unwrap(), "{parameters}");
        assert_eq!(order.wire_unit, unit, "{parameters}");
        assert_eq!(order.convert_to, parameters.contains("convert_to").then_some(Currency::Usd));
    }
}

#[test]
fn what_cannot_be_an_order_is_an_error() {
    use ErrorCode::{
        AmountNotPositive, AmountOutOfRange, DuplicateParameter, EmptyAccountKey, EmptyAmount, InvalidParameter,
        MalformedAmount, MalformedLink, MissingParameter, TooManyDecimals,
    };
    for (text, code, field) in [
        (String::new(), MalformedLink, None),
        (BASE.to_owned(), MalformedLink, None),
        (format!("{BASE}%%%"), MalformedLink, None),
        (format!("{BASE}тўлов"), MalformedLink, None),
        (format!("{BASE}AAAAA"), MalformedLink, None),
        (format!("{BASE}//79"), MalformedLink, None),
        // One plus sign that became a space, or one space too many behind lost padding: nobody knows.
        (link(&query("amount=5&account.a=12x>")).replace('+', " "), MalformedLink, None),
        (link("merchant_id"), MalformedLink, None),
        (link("{\"merchant_id\":}"), MalformedLink, None),
        (link("{\"merchant_id\":[1]}"), MalformedLink, None),
        (link(&query("amount=500&account.a=%ff")), MalformedLink, None),
        (link("hello=world"), MissingParameter, Some("merchant_id")),
        (link("amount=500"), MissingParameter, Some("merchant_id")),
        (link(&query("account.a=1")), MissingParameter, Some("amount")),
        (link(&query("amount=1&amount=2&account.a=1")), DuplicateParameter, Some("amount")),
        (link(&query("amount=1&account.a=1&account.a=2")), DuplicateParameter, Some("account.a")),
        (link(&query("amount=1&account.=1")), EmptyAccountKey, Some("account")),
        (link(&query("amount=&account.a=1")), EmptyAmount, Some("amount")),
        (link(&query("amount=x&account.a=1")), MalformedAmount, Some("amount")),
        (link(&query("amount=0&account.a=1")), AmountNotPositive, Some("amount")),
        (link(&query("amount=-5&account.a=1")), AmountNotPositive, Some("amount")),
        (link(&query("amount=1.234&account.a=1")), TooManyDecimals, Some("amount")),
        (link(&query("amount=1.5&amount_in_tiyin=True&account.a=1")), TooManyDecimals, Some("amount")),
        (link(&query("amount=99999999999999999999&account.a=1")), AmountOutOfRange, Some("amount")),
        (link(&query("amount=1&amount_in_tiyin=maybe&account.a=1")), InvalidParameter, Some("amount_in_tiyin")),
        (link(&query("amount=1&currency_id=978&account.a=1")), InvalidParameter, Some("currency_id")),
        (link(&query("amount=1&convert_to=UZS&account.a=1")), InvalidParameter, Some("convert_to")),
    ] {
        let error = parse_checkout_link(&text).unwrap_err();
        assert_eq!((error.code(), error.field()), (code, field), "{text}");
    }
}

#[test]
fn a_link_has_at_most_two_mebibytes() {
    let link = link(&query("amount=500&account.a=1"));
    let room = " ".repeat(2_097_152 - link.len());
    assert!(parse_checkout_link(&format!("{link}{room}")).is_ok());
    assert_eq!(parse_checkout_link(&format!("{link}{room} ")).unwrap_err().code(), ErrorCode::TooLong);
}

#[test]
fn values_are_decoded_as_forms_are() {
    let payload = query("amount=500&account.full+name=a+b%2B%D0%B6&return_url=");
    let parsed = parse_checkout_link(&link(&payload)).unwrap();
    assert_eq!(parsed.order.account, [("full name".into(), "a b+ж".into())]);
    // An empty address is none.
    assert_eq!((parsed.order.return_url, parsed.warnings), (None, vec![]));
}

#[test]
fn a_warning_says_what_is_wrong_under_a_name_that_stays() {
    use LinkWarningCode::{
        ForeignBaseUrl, InsecureReturnUrl, InvalidReturnUrl, JsonPayload, MalformedPercent, MissingAccount,
        NonstandardBase64, NotAUuid, UnencodedQuery, UnknownParameter, UnsupportedScheme,
    };
    for (code, name) in [
        (UnencodedQuery, "unencoded_query"),
        (JsonPayload, "json_payload"),
        (NonstandardBase64, "nonstandard_base64"),
        (UnknownParameter, "unknown_parameter"),
        (MalformedPercent, "malformed_percent"),
        (ForeignBaseUrl, "foreign_base_url"),
        (NotAUuid, "not_a_uuid"),
        (MissingAccount, "missing_account"),
        (InsecureReturnUrl, "insecure_return_url"),
        (UnsupportedScheme, "unsupported_scheme"),
        (InvalidReturnUrl, "invalid_return_url"),
    ] {
        assert_eq!(code.as_str(), name);
        assert_eq!(serde_json::to_value(code).unwrap(), name);
    }
    assert_eq!(JsonPayload.message(), "JSON; Paylov documents a form-encoded query");
    assert_eq!(NotAUuid.message(), ErrorCode::NotAUuid.message());
}

proptest! {
    #[test]
    fn no_text_panics(text in "\\PC{0,80}", payload in "(merchant_id|amount|account\\.a|return_url|\\{|\\}|\"|:|=|&|%|\\+|~|1|x|,|\\\\u00e9){0,30}") {
        let _ = parse_checkout_link(&text);
        let _ = parse_checkout_link(&link(&text));
        let _ = parse_checkout_link(&link(&payload));
    }
}
