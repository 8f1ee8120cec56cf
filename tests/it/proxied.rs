//! A proxy's side of each endpoint: it takes what the client writes, and nothing else.

use std::borrow::Cow;

use proptest::prelude::*;
use tiyin::endpoint::{Endpoint, Fields, Incoming, Message};
use tiyin::paylov::{CreatePayment, GetFields, GetInfo, GetStatus, ListPaid, ListServices, Pay, ROUTES};
use tiyin::{Currency, ErrorCode, Money};

use crate::paylov::{SERVICE, account, create};

/// What the proxy sends on of a request that it takes.
fn passed_on(name: &str, target: &str, body: Option<&[u8]>) -> tiyin::Result<Message> {
    let incoming = Incoming::new(target, body)?;
    match name {
        "listServices" => ListServices::accept(&incoming)?.encode(),
        "getFields" => GetFields::accept(&incoming)?.encode(),
        "getInfo" => GetInfo::accept(&incoming)?.encode(),
        "createPayment" => CreatePayment::accept(&incoming)?.encode(),
        "pay" => Pay::accept(&incoming)?.encode(),
        "getStatus" => GetStatus::accept(&incoming)?.encode(),
        "listPaid" => ListPaid::accept(&incoming)?.encode(),
        _ => panic!("{name}"),
    }
}

fn refusal(name: &str, target: &str, body: Option<&str>) -> (ErrorCode, String) {
    match passed_on(name, target, body.map(str::as_bytes)) {
        Err(error) => (error.code(), error.field().unwrap_or_default().to_owned()),
        Ok(message) => panic!("{name} took {target} {body:?} as {message:?}"),
    }
}

/// Whatever a client could write is taken as it was meant.
fn check_round_trip<'a, E: Endpoint<'a>>(endpoint: &E) {
    let Ok(message) = endpoint.encode() else { return };
    let body = message.body.as_deref().map(str::as_bytes);
    let again = passed_on(E::ROUTE.name, &message.target, body);
    let again = again.unwrap_or_else(|error| panic!("{error}: {} {:?}", message.target, message.body));
    assert!(again == message, "{} and {:?} became {} and {:?}", message.target, message.body, again.target, again.body);
}

fn text() -> impl Strategy<Value = Cow<'static, str>> {
    prop_oneof!["\\PC{0,12}", "[ -~]{0,12}", "(\\.|/|%|\\+|&|=|#|\\?|\\\\|\"|\u{1}|\n|ў|😀|1){0,5}"].prop_map(Cow::from)
}

fn fields() -> impl Strategy<Value = Fields<'static>> {
    prop::collection::vec((text(), text()), 0..4)
}

fn given() -> impl Strategy<Value = Option<Cow<'static, str>>> {
    prop::option::of(text())
}

proptest! {
    #[test]
    fn what_a_client_writes_is_taken_as_it_was_meant(
        [a, b] in [text(), text()],
        [c, d, e] in [given(), given(), given()],
        account in fields(),
        sms in prop::option::of(fields()),
        amount in -5..1_000_000_000i64,
        is_phone: bool,
        available_for_me: bool,
    ) {
        check_round_trip(&ListServices { available_for_me });
        check_round_trip(&GetFields::new(a.clone()));
        check_round_trip(&GetInfo { service_id: a.clone(), account: account.clone() });
        check_round_trip(&CreatePayment {
            service_id: a.clone(),
            account,
            amount: Money::new(amount * 100, Currency::Uzs).unwrap(),
            user_id: c.clone(),
            card_id: d.clone(),
            phone_number: is_phone.then(|| "90 123 45 67".into()),
            sms,
        });
        check_round_trip(&Pay { transaction_id: a.clone(), card_id: b.clone(), user_id: c.clone(), otp: d.clone() });
        check_round_trip(&GetStatus::new(b.clone()));
        check_round_trip(&ListPaid { service_id: c.clone(), user_id: d, begin_date: e, end_date: c, path: None });
    }

    #[test]
    fn nothing_that_is_given_panics(
        place in 0..ROUTES.len(),
        query in "(\\?|&|=|%|%2F|%ff|\\+|a|transactionId|serviceId|1){0,12}",
        body in prop::option::of("(\\{|\\}|\\[|\\]|\"|:|,|\"account\"|\"amount\"|\"transactionId\"|null|1|\\\\){0,16}"),
    ) {
        let route = ROUTES[place];
        let _ = passed_on(route.name, &format!("{}{query}", route.path), body.as_deref().map(str::as_bytes));
        let _ = passed_on(route.name, &query, body.as_deref().map(str::as_bytes));
    }
}

#[test]
fn the_last_field_of_an_account_is_taken_too() {
    check_round_trip(&create());
    let message = create().encode().unwrap();
    let incoming = Incoming::new(&message.target, message.body.as_deref().map(str::as_bytes)).unwrap();
    let taken = CreatePayment::accept(&incoming).unwrap();
    assert!(taken == create());
    assert_eq!((taken.account, taken.amount, &*taken.service_id), (account(), Money::som("500").unwrap(), SERVICE));
}

#[test]
fn another_path_than_its_own_is_refused() {
    let body = r#"{"transactionId":"t","cardId":"c"}"#;
    for path in [
        "",
        "servicePayment/pay",
        "servicePayment/pay//",
        "/servicePayment/pay/",
        "servicePayment/create/",
        "servicePayment/pay/x",
        "servicepayment/pay/",
    ] {
        assert_eq!(refusal("pay", path, Some(body)), (ErrorCode::NotAnOption, "path".into()), "{path}");
    }
    for path in [
        "servicePayment/fields/",
        "servicePayment/fields//",
        "servicePayment/fields/a",
        "servicePayment/fields/a/b/",
        "servicePayment/fields/../list/",
        "servicePayment/fieldsa/",
        "xservicePayment/fields/a/",
    ] {
        assert_eq!(refusal("getFields", path, None), (ErrorCode::NotAnOption, "path".into()), "{path}");
    }
    for id in [".", "..", "%2e%2e", "%2E.", "..%2Flist", "a%5Cb", "a%3Fb", "a%23", "a%2525", "a+b", "%00"] {
        let path = format!("servicePayment/fields/{id}/");
        assert_eq!(refusal("getFields", &path, None), (ErrorCode::InvalidId, "serviceId".into()), "{path}");
    }
    for path in ["servicePayment/transaction/all/", "merchant/servicePayment/transaction/all/"] {
        assert_eq!(refusal("listPaid", path, None), (ErrorCode::NotAnOption, "path".into()), "{path}");
    }
    for (name, other) in [
        ("listServices", "servicePayment/transaction/all"),
        ("getStatus", "servicePayment/transaction/all"),
        ("getInfo", "servicePayment/create/"),
    ] {
        let body = (name == "getInfo").then_some("{}");
        assert_eq!(refusal(name, other, body), (ErrorCode::NotAnOption, "path".into()));
    }
}

#[test]
fn a_member_that_is_not_known_is_refused() {
    for (name, target, body, field) in [
        ("pay", "servicePayment/pay/", Some(r#"{"transactionId":"t","cardId":"c","amount":1}"#), "amount"),
        ("pay", "servicePayment/pay/", Some(r#"{"transactionId":"t","cardId":"c","OTP":"1"}"#), "OTP"),
        ("pay", "servicePayment/pay/", Some(r#"{"8600123412341234":"t"}"#), "****"),
        ("pay", "servicePayment/pay/?a=1", Some(r#"{"transactionId":"t","cardId":"c"}"#), "a"),
        ("getInfo", "servicePayment/info/", Some(r#"{"service_id":"s","account":{},"amount":1}"#), "amount"),
        ("createPayment", "servicePayment/create/", Some(r#"{"serviceId":"s"}"#), "serviceId"),
        ("getStatus", "servicePayment/transaction/status/?transactionId=1&x=2", None, "x"),
        ("getFields", "servicePayment/fields/a/?x", None, "x"),
        ("listServices", "servicePayment/list/?Available_for_me=true", None, "Available_for_me"),
        ("listPaid", "servicePayment/transaction/all?merchantId=1", None, "merchantId"),
        ("listServices", "servicePayment/list/", Some("{}"), "body"),
        ("getStatus", "servicePayment/transaction/status/?transactionId=1", Some("null"), "body"),
    ] {
        assert_eq!(refusal(name, target, body), (ErrorCode::UnknownField, field.into()), "{target} {body:?}");
    }
}

#[test]
fn a_member_that_is_there_twice_is_refused() {
    for (name, target, body, field) in [
        ("pay", "servicePayment/pay/", Some(r#"{"transactionId":"t","cardId":"c","cardId":"d"}"#), "cardId"),
        ("pay", "servicePayment/pay/", Some(r#"{"transactionId":"t","cardId":"c","card\u0049d":"d"}"#), "cardId"),
        ("getInfo", "servicePayment/info/", Some(r#"{"service_id":"s","account":{"a":"1","a":"2"}}"#), "account.a"),
        (
            "createPayment",
            "servicePayment/create/",
            Some(r#"{"service_id":"s","amount":1,"account":{"a":"1"},"sms":{"b":"","b":""}}"#),
            "sms.b",
        ),
        ("getStatus", "servicePayment/transaction/status/?transactionId=1&transactionId=2", None, "transactionId"),
        ("listPaid", "servicePayment/transaction/all?user%49d=1&userId=2", None, "userId"),
    ] {
        assert_eq!(refusal(name, target, body), (ErrorCode::DuplicateParameter, field.into()), "{target} {body:?}");
    }
}

/// Before anybody is asked whether this account may be paid: who asks would see one value, and the provider another.
#[test]
fn an_account_with_two_values_of_a_field_is_not_even_taken() {
    let body = br#"{"service_id":"s","account":{"a":"1","a":"2"}}"#;
    let incoming = Incoming::new("servicePayment/info/", Some(body)).unwrap();
    let error = GetInfo::accept(&incoming).unwrap_err();
    assert_eq!((error.code(), error.field()), (ErrorCode::DuplicateParameter, Some("account.a")));
}

#[test]
fn a_member_that_is_missing_or_of_another_type_is_refused() {
    use ErrorCode::{EmptyText, InvalidParameter, InvalidType, MissingField};
    let create = |members: &str| format!(r#"{{"service_id":"s","account":{{}}{members}}}"#);
    for (name, target, body, code, field) in [
        ("pay", "servicePayment/pay/", Some(String::from("{}")), MissingField, "transactionId"),
        ("pay", "servicePayment/pay/", Some(r#"{"transactionId":"t"}"#.into()), MissingField, "cardId"),
        (
            "pay",
            "servicePayment/pay/",
            Some(r#"{"transactionId":1,"cardId":"c"}"#.into()),
            InvalidType,
            "transactionId",
        ),
        (
            "pay",
            "servicePayment/pay/",
            Some(r#"{"transactionId":"t","cardId":"c","otp":null}"#.into()),
            InvalidType,
            "otp",
        ),
        (
            "pay",
            "servicePayment/pay/",
            Some(r#"{"transactionId":"t","cardId":"c","otp":123456}"#.into()),
            InvalidType,
            "otp",
        ),
        ("pay", "servicePayment/pay/", Some(r#"{"transactionId":"","cardId":"c"}"#.into()), EmptyText, "transactionId"),
        ("pay", "servicePayment/pay/", Some("[]".into()), InvalidType, ""),
        ("pay", "servicePayment/pay/", Some("".into()), InvalidType, ""),
        ("pay", "servicePayment/pay/", Some("transactionId=t&cardId=c".into()), InvalidType, ""),
        ("pay", "servicePayment/pay/", None, InvalidType, ""),
        ("createPayment", "servicePayment/create/", Some(create("")), MissingField, "amount"),
        ("createPayment", "servicePayment/create/", Some(create(",\"amount\":\"500\"")), InvalidType, "amount"),
        ("createPayment", "servicePayment/create/", Some(create(",\"amount\":null")), InvalidType, "amount"),
        (
            "createPayment",
            "servicePayment/create/",
            Some(create(",\"amount\":{\"minor\":1,\"currency\":\"UZS\"}")),
            InvalidType,
            "amount",
        ),
        (
            "createPayment",
            "servicePayment/create/",
            Some(create(",\"amount\":500.5")),
            ErrorCode::FractionalSom,
            "amount",
        ),
        (
            "createPayment",
            "servicePayment/create/",
            Some(create(",\"amount\":0")),
            ErrorCode::AmountNotPositive,
            "amount",
        ),
        (
            "createPayment",
            "servicePayment/create/",
            Some(create(",\"amount\":-1")),
            ErrorCode::AmountNotPositive,
            "amount",
        ),
        ("createPayment", "servicePayment/create/", Some(create(",\"amount\":5e2")), ErrorCode::Exponent, "amount"),
        (
            "createPayment",
            "servicePayment/create/",
            Some(create(",\"amount\":99999999999999999999")),
            ErrorCode::AmountOutOfRange,
            "amount",
        ),
        ("createPayment", "servicePayment/create/", Some(create(",\"amount\":1,\"sms\":\"x\"")), InvalidType, "sms"),
        (
            "createPayment",
            "servicePayment/create/",
            Some(create(",\"amount\":1,\"sms\":{\"a\":{}}")),
            InvalidType,
            "sms.a",
        ),
        ("getInfo", "servicePayment/info/", Some(r#"{"service_id":"s"}"#.into()), MissingField, "account"),
        (
            "getInfo",
            "servicePayment/info/",
            Some(r#"{"service_id":"s","account":"{}"}"#.into()),
            InvalidType,
            "account",
        ),
        (
            "getInfo",
            "servicePayment/info/",
            Some(r#"{"service_id":"s","account":{"region":1}}"#.into()),
            InvalidType,
            "account.region",
        ),
        (
            "getInfo",
            "servicePayment/info/",
            Some(r#"{"service_id":"s","account":{"":"1"}}"#.into()),
            ErrorCode::EmptyAccountKey,
            "account",
        ),
        ("getStatus", "servicePayment/transaction/status/", None, MissingField, "transactionId"),
        ("getStatus", "servicePayment/transaction/status/?transactionId=", None, EmptyText, "transactionId"),
        ("getStatus", "servicePayment/transaction/status/?transactionId", None, EmptyText, "transactionId"),
        ("getStatus", "servicePayment/transaction/status/?transactionId=%ff", None, InvalidParameter, ""),
        ("getStatus", "servicePayment/transaction/status/?transactionId=100%", None, InvalidParameter, ""),
        ("getStatus", "servicePayment/transaction/status/?transactionId=%zz", None, InvalidParameter, ""),
        ("getFields", "servicePayment/fields/100%/", None, InvalidParameter, ""),
        ("listServices", "servicePayment/list/?available_for_me=True", None, InvalidParameter, "available_for_me"),
        ("listServices", "servicePayment/list/?available_for_me=", None, InvalidParameter, "available_for_me"),
    ] {
        assert_eq!(refusal(name, target, body.as_deref()), (code, field.into()), "{target} {body:?}");
    }
}

#[test]
fn an_account_of_endless_fields_is_refused() {
    let fields: Vec<_> = (0..257).map(|number| format!("\"f{number}\":\"\"")).collect();
    let body = format!(r#"{{"service_id":"s","account":{{{}}}}}"#, fields.join(","));
    assert_eq!(refusal("getInfo", "servicePayment/info/", Some(&body)), (ErrorCode::TooLong, "account".into()));
}

#[test]
fn a_default_that_is_spelled_out_is_the_default() {
    let message = passed_on("listServices", "servicePayment/list/?available_for_me=false", None).unwrap();
    assert_eq!(message.target, "servicePayment/list/");
    let message = passed_on("listServices", "servicePayment/list/?&", None).unwrap();
    assert_eq!(message.target, "servicePayment/list/");
}
