//! Secrets, codes and card numbers are shown nowhere: not by errors, and not by what prints for developers.

use proptest::prelude::*;
use tiyin::endpoint::{Endpoint, Incoming};
use tiyin::exchange::{Connection, Event};
use tiyin::paylov::{GetFields, GetInfo, GetStatus, ListPaid, Pay};
use tiyin::{Auth, Error, Money, PhoneNumber, Secret};

use crate::paylov::{CARD, KEY, PAYMENT, SERVICE, answered, create, decoded, direct, exchange};

const PAN: &str = "8600330410689500";
const CODE: &str = "424242";
const PHONE: &str = "901234567";

fn assert_hidden(what: &str, shown: &str) {
    for secret in [KEY, PAN, CODE, PHONE, "t0ken", "s3ssion"] {
        assert!(!shown.contains(secret), "{what} shows {secret}: {shown}");
    }
    // Nor byte by byte.
    let bytes = format!("{:?}", CODE.as_bytes());
    assert!(!shown.contains(bytes.trim_matches(['[', ']'])), "{what}: {shown}");
}

fn pay() -> Pay<'static> {
    let mut pay = Pay::new(PAYMENT, PAN);
    (pay.otp, pay.user_id) = (Some(CODE.into()), Some(PHONE.into()));
    pay
}

#[test]
fn a_credential_prints_as_nothing() {
    for auth in [Auth::api_key(KEY).unwrap(), Auth::bearer("t0ken").unwrap()] {
        assert_hidden("Auth", &format!("{auth:?} {auth:#?}"));
    }
    assert_eq!(format!("{:?}", Secret::new(String::from(KEY))), "Secret(…)");
}

#[test]
fn a_connection_prints_where_it_leads_and_no_credential() {
    let mut connection = direct();
    connection.header("x-session".into(), "s3ssion".into()).unwrap();
    let shown = format!("{connection:?} {connection:#?}");
    assert_hidden("Connection", &shown);
    assert!(shown.contains("https://gw.paylov.uz/") && shown.contains("x-session"), "{shown}");
}

#[test]
fn a_call_prints_neither_its_headers_nor_its_body() {
    let mut connection = direct();
    connection.header("x-session".into(), "s3ssion".into()).unwrap();
    let exchange = exchange(&pay(), &connection);
    let shown = format!("{exchange:?} {exchange:#?} {:?} {:#?}", exchange.request(), exchange.request());
    assert_hidden("Exchange", &shown);
    assert!(shown.contains("servicePayment/pay/") && shown.contains("api-key"), "{shown}");
    // What prints nothing of it is not sent without it.
    let body = exchange.request().body.as_deref().unwrap();
    assert!(body.contains(CODE) && body.contains(PAN));
}

#[test]
fn an_address_with_a_card_number_in_place_of_an_id_prints_without_it() {
    let call = exchange(&GetStatus::new(PAN), &direct());
    assert_hidden("Request", &format!("{:?}", call.request()));
    let fields = GetFields::new(PAN).encode().unwrap();
    assert_hidden("Message", &format!("{fields:?}"));
}

#[test]
fn an_endpoint_prints_neither_codes_nor_whose_account_it_is() {
    let mut payment = create();
    payment.account = vec![("card".into(), PAN.into()), ("phone".into(), PHONE.into())];
    payment.phone_number = Some(PHONE.into());
    payment.card_id = Some(PAN.into());
    payment.user_id = Some(PHONE.into());
    payment.sms = Some(vec![("code".into(), CODE.into())]);
    assert_hidden("CreatePayment", &format!("{payment:?} {:?}", payment.encode().unwrap()));
    assert_hidden("Pay", &format!("{:?} {:?}", pay(), pay().encode().unwrap()));
    let info = GetInfo { service_id: SERVICE.into(), account: payment.account };
    assert_hidden("GetInfo", &format!("{info:?} {:?}", info.encode().unwrap()));
    assert!(format!("{info:?}").contains(SERVICE));
}

#[test]
fn what_a_proxy_was_given_prints_as_nothing() {
    let message = pay().encode().unwrap();
    let incoming = Incoming::new(&message.target, message.body.as_deref().map(str::as_bytes)).unwrap();
    assert_eq!(format!("{incoming:?}"), "Incoming(…)");
    assert_hidden("Pay", &format!("{:?}", Pay::accept(&incoming).unwrap()));
}

#[test]
fn an_answer_prints_its_status_only() {
    let event = Event::Answered { status: 200, retry_after: Some("7"), body: CODE.as_bytes() };
    assert_eq!(format!("{event:?}"), "Answered { status: 200, .. }");
}

#[test]
fn a_telephone_number_prints_its_last_digits() {
    let phone = PhoneNumber::parse(PHONE).unwrap();
    assert_hidden("PhoneNumber", &format!("{phone:?}"));
    assert!(format!("{phone:?}").ends_with("67)"));
}

fn check(error: &Error) {
    assert_hidden("Error", &format!("{error} {error:?} {error:#?} {} {:?}", error.message(), error.field()));
    assert_hidden("Error", &format!("{:?} {:?}", error.provider_code(), error.provider_message()));
}

#[test]
fn an_error_does_not_repeat_a_card_number_that_a_provider_wrote() {
    for body in [
        format!(r#"{{"error":{{"code":"x","message":"card {PAN} is blocked"}}}}"#),
        format!(r#"{{"error":{{"code":"{PAN}","message":"x"}}}}"#),
        format!(r#"{{"error":{{"code":{PAN},"message":{PAN}}}}}"#),
        format!(r#"{{"result":{{"error":{{"code":"x","message":"{PAN}"}}}}}}"#),
        String::from(r#"{"error":{"code":"x","message":"\u0038600330410689500"}}"#),
        format!(r#"{{"{PAN}":1}}"#),
        format!("<html>{PAN}</html>"),
    ] {
        for status in [200, 400, 404, 500] {
            check(&answered(&Pay::new(PAYMENT, CARD), status, body.as_bytes()).unwrap_err());
            check(&answered(&GetStatus::new(PAYMENT), status, body.as_bytes()).unwrap_err());
        }
    }
    let masked =
        answered(&Pay::new(PAYMENT, CARD), 400, format!(r#"{{"error":{{"message":"card {PAN}!"}}}}"#).as_bytes());
    assert_eq!(masked.unwrap_err().provider_message(), Some("card ****!"));
}

/// Wherever a long message is cut, no part of a card's number stays.
#[test]
fn an_error_does_not_repeat_a_card_number_that_its_length_cuts() {
    for before in 480..530 {
        let body = format!(
            r#"{{"error":{{"code":"x","message":"{}{PAN}"}}}}"#,
            "ў".repeat(before / 2) + &"x".repeat(before % 2)
        );
        let error = answered(&Pay::new(PAYMENT, CARD), 400, body.as_bytes()).unwrap_err();
        let message = error.provider_message().unwrap();
        assert!(message.len() < 512 + "****".len() && !message.contains("86"), "{message}");
    }
}

#[test]
fn an_error_does_not_repeat_what_was_given() {
    for error in [
        Pay::new(PAN.repeat(300), CARD).encode().unwrap_err(),
        GetFields::new(format!("{PAN}/{CODE}")).encode().unwrap_err(),
        Auth::api_key(&format!("{KEY} ")).unwrap_err(),
        Connection::new(&format!("https://{KEY}@gw.paylov.uz")).unwrap_err(),
        direct().header("x".into(), format!("{KEY}\n").into()).unwrap_err(),
        direct().header(PAN.into(), "ў".into()).unwrap_err(),
        Incoming::new(&format!("servicePayment/pay/?{PAN}=%ff"), None).unwrap_err(),
    ] {
        check(&error);
    }
    let mut payment = create();
    payment.account = vec![(PAN.into(), CODE.into()), (PAN.into(), CODE.into())];
    check(&payment.encode().unwrap_err());
    payment.account.clear();
    payment.phone_number = Some(PAN.into());
    check(&payment.encode().unwrap_err());
}

#[test]
fn a_whole_card_number_in_a_list_of_payments_is_hidden() {
    let payment = serde_json::json!({ "id": "1", "cardNumber": PAN, "amount": 1, "date": "d", "serviceId": "s" });
    let list = decoded(&ListPaid::default(), &serde_json::json!({ "result": { "transactions": [payment] } }));
    assert_eq!(list.payments[0].masked_pan, "860033******9500");
    assert_eq!(list.payments[0].amount, Money::som("1").unwrap());
    assert_hidden("PaidList", &format!("{list:?}"));
}

/// What a provider is made to say.
fn repeated(message: &str) -> String {
    let body = serde_json::json!({ "error": { "code": "x", "message": message } }).to_string();
    let error = answered(&Pay::new(PAYMENT, CARD), 400, body.as_bytes()).unwrap_err();
    error.provider_message().unwrap().into()
}

#[test]
fn an_error_does_not_repeat_a_card_number_in_groups() {
    for (message, shown) in [
        ("card 8600 1234 5678 9012 is blocked", "card **** is blocked"),
        ("card 8600-1234-5678-9012.", "card ****."),
        ("8600 1234 5678 9012 345", "****"),
        ("3782 822463 10005", "****"),
        ("86001234 56789012", "****"),
        ("2024-11-21 8600 1234 5678 9012 08/27", "2024-11-21 ****/27"),
        ("ў8600 1234 5678 9012ў", "ў****ў"),
    ] {
        assert_eq!(repeated(message), shown);
    }
}

#[test]
fn telephone_numbers_dates_and_amounts_stay_readable() {
    for message in [
        "+998 90 123 45 67 owes 5000",
        "998901234567 5000 12",
        "+998 90 123-45-67 2024-11-21 11:48:47",
        "2024-11-21 11:48:47 1 000 000 000 000.50 UZS",
        "21.11.2024 5000000 UZS",
        "order 123456789012 of 2024-11-21",
        "8600 1234 56",
        "8600  1234  5678  9012",
        "account 20208000900123456001",
    ] {
        assert_eq!(repeated(message), message);
    }
}

proptest! {
    #[test]
    fn no_card_number_is_repeated_however_it_is_grouped(
        before in "[^0-9]{0,20}( [0-9]{1,3} )?",
        pan in "[3-9][0-9]{12,18}",
        separator in "[ -]",
        size in 4..=8usize,
        after in "([^0-9]\\PC{0,20})?",
    ) {
        let groups: Vec<&str> = pan.as_bytes().chunks(size).map(|group| str::from_utf8(group).unwrap()).collect();
        let shown = repeated(&format!("{before}{}{after}", groups.join(&separator)));
        // Neither in groups nor, read without them, anywhere else.
        prop_assert!(!shown.contains(&groups[..2].join(&separator)), "{}", shown);
        let digits: String = shown[before.len()..].chars().filter(char::is_ascii_digit).collect();
        prop_assert!(!digits.contains(&pan[..8]), "{}", shown);
    }
}
