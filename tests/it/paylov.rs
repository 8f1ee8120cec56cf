//! Each of Paylov's endpoints, held against the document's own examples.

use std::collections::HashSet;

use serde_json::{Value, json};
use tiyin::endpoint::{AuthScheme, Effect, Endpoint, Fields, Group, Method};
use tiyin::exchange::{Call, Connection, Event, Exchange, Request, Step};
use tiyin::paylov::{
    CreatePayment, FieldContent, FieldKind, GetFields, GetInfo, GetStatus, ListPaid, ListServices, Pay, PaymentStatus,
    ROUTES,
};
use tiyin::{Auth, Currency, ErrorCode, Money, Outcome, Provider};

use crate::fixtures::{FOLDERS, answer, cases, json as fixture};

pub(crate) const NOW: u64 = 1_790_000_000_000;
pub(crate) const KEY: &str = "kfggfgf.given_api_key_by_paylov";
pub(crate) const PAYMENT: &str = "b6135bb4-ef3c-4ab1-a5aa-db174a9bdc26";
pub(crate) const CARD: &str = "9f877739-2149-4831-88a4-d1857309c77c";
pub(crate) const SERVICE: &str = "9f877739-bc25-4f0f-a13f-ec485fd04250";

pub(crate) fn direct() -> Connection<'static> {
    Connection::new("https://gw.paylov.uz").unwrap().auth(Auth::api_key(KEY).unwrap())
}

pub(crate) fn account() -> Fields<'static> {
    [("soato", "26290"), ("region", "1"), ("customer_code", "1000000")].map(|(n, v)| (n.into(), v.into())).into()
}

pub(crate) fn create() -> CreatePayment<'static> {
    CreatePayment::new(SERVICE, account(), Money::som("500").unwrap())
}

pub(crate) fn exchange<'a, E: Endpoint<'a>>(endpoint: &E, connection: &Connection<'_>) -> Exchange<E> {
    Exchange::new(endpoint, connection, &Call { now: NOW, ..Call::default() }).unwrap()
}

pub(crate) fn request<'a, E: Endpoint<'a>>(endpoint: &E) -> Request {
    exchange(endpoint, &direct()).request().clone()
}

/// What a call makes of an answer.
pub(crate) fn answered<'a, E: Endpoint<'a>>(endpoint: &E, status: u16, body: &[u8]) -> tiyin::Result<E::Answer> {
    let mut connection = direct();
    connection.retries = 0;
    let mut exchange = exchange(endpoint, &connection);
    assert!(matches!(exchange.step(Event::Woke, NOW), Step::Send { .. }));
    match exchange.step(Event::Answered { status, retry_after: None, body }, NOW + 80) {
        Step::Done(result) => result,
        _ => panic!("one send was allowed"),
    }
}

pub(crate) fn decoded<'a, E: Endpoint<'a>>(endpoint: &E, body: &Value) -> E::Answer {
    answered(endpoint, 200, body.to_string().as_bytes()).unwrap_or_else(|error| panic!("{error}: {body}"))
}

/// The call of a fixture, which is sent as the document shows, and its answer, which is read as the fixture says.
fn check<'a, E: Endpoint<'a>>(folder: &str, case: &Value, endpoint: &E) {
    let expected = &case["request"];
    let sent = request(endpoint);
    assert_eq!(sent.method.as_str(), expected["method"]);
    assert_eq!(sent.url, format!("https://gw.paylov.uz/{}", expected["path"].as_str().unwrap()));
    let headers: Value = sent.headers.iter().map(|(name, value)| (name.to_string(), json!(value))).collect();
    assert_eq!(headers, expected["headers"]);
    assert_eq!(sent.headers.len(), expected["headers"].as_object().unwrap().len());
    // As text, since the order of members is that of the document too.
    let body = expected["body"].as_str().map(|file| fixture(folder, file).to_string());
    assert_eq!(sent.body, body);

    let answer = decoded(endpoint, &answer(folder, case));
    assert_eq!(serde_json::to_value(answer).unwrap(), case["decoded"]);
}

#[test]
fn services_are_listed_as_documented() {
    let [all, mine] = &cases("list_services")[..] else { panic!() };
    check("list_services", all, &ListServices::default());
    check("list_services", mine, &ListServices { available_for_me: true });
}

#[test]
fn fields_are_asked_for_as_documented() {
    let [case] = &cases("get_fields")[..] else { panic!() };
    check("get_fields", case, &GetFields::new("6ae5eaf5-9b70-4aa9-9260-2438e99affa0"));
}

#[test]
fn an_account_is_asked_about_as_documented() {
    let [case] = &cases("get_info")[..] else { panic!() };
    check("get_info", case, &GetInfo { service_id: SERVICE.into(), account: account() });
}

#[test]
fn a_payment_is_created_as_documented() {
    let [without_code, with_code] = &cases("create_payment")[..] else { panic!() };
    let mut payment = create();
    payment.user_id = Some("007".into());
    check("create_payment", without_code, &payment);
    payment.card_id = Some("string".into());
    check("create_payment", with_code, &payment);
}

#[test]
fn a_payment_is_paid_as_documented() {
    let [case] = &cases("pay")[..] else { panic!() };
    let mut pay = Pay::new(PAYMENT, CARD);
    pay.user_id = Some("007".into());
    check("pay", case, &pay);
}

#[test]
fn a_status_is_asked_for_as_documented() {
    let [case] = &cases("get_status")[..] else { panic!() };
    check("get_status", case, &GetStatus::new(PAYMENT));
}

#[test]
fn paid_payments_are_listed_as_documented() {
    let [case] = &cases("list_paid")[..] else { panic!() };
    check("list_paid", case, &ListPaid::default());
}

#[test]
fn the_documented_error_comes_through() {
    let index = fixture("error", "index.json");
    let body = fixture("error", "answer.json").to_string();
    let status = u16::try_from(index["status"].as_u64().unwrap()).unwrap();
    let error = answered(&GetStatus::new(PAYMENT), status, body.as_bytes()).unwrap_err();
    assert_eq!(error.code(), ErrorCode::ProviderError);
    assert_eq!(error.provider(), Some(Provider::Paylov));
    assert_eq!(error.http_status(), Some(400));
    assert_eq!(error.provider_code().unwrap(), index["decoded"]["providerCode"]);
    assert_eq!(error.provider_message().unwrap(), index["decoded"]["providerMessage"]);
}

#[test]
fn an_optional_member_is_sent_where_it_is_given_and_in_the_documents_order() {
    let mut payment = create();
    payment.user_id = Some("007".into());
    payment.card_id = Some(CARD.into());
    payment.phone_number = Some("90 123 45 67".into());
    payment.sms = Some(vec![("lang".into(), "uz".into())]);
    let expected = concat!(
        r#"{"amount":500,"service_id":"9f877739-bc25-4f0f-a13f-ec485fd04250","#,
        r#""account":{"soato":"26290","region":"1","customer_code":"1000000"},"userId":"007","#,
        r#""cardId":"9f877739-2149-4831-88a4-d1857309c77c","phoneNumber":"+998901234567","sms":{"lang":"uz"}}"#,
    );
    assert_eq!(request(&payment).body.unwrap(), expected);
    let mut pay = Pay::new("a", "b");
    pay.otp = Some("123456".into());
    assert_eq!(request(&pay).body.unwrap(), r#"{"transactionId":"a","cardId":"b","otp":"123456"}"#);
}

#[test]
fn text_is_escaped_as_json_and_as_a_query() {
    let fields = vec![("квартира \"1\"".into(), "a\\b\n\u{1}'ў😀".into())];
    let body = request(&GetInfo { service_id: "s".into(), account: fields }).body.unwrap();
    let read: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(read["account"], json!({ "квартира \"1\"": "a\\b\n\u{1}'ў😀" }));
    let list =
        ListPaid { user_id: Some("a&b=c d+ў#?".into()), end_date: Some("2024-11-21".into()), ..ListPaid::default() };
    let expected =
        "https://gw.paylov.uz/servicePayment/transaction/all?userId=a%26b%3Dc+d%2B%D1%9E%23%3F&endDate=2024-11-21";
    assert_eq!(request(&list).url, expected);
}

fn refused<'a, E: Endpoint<'a>>(endpoint: &E) -> (ErrorCode, String) {
    let error = endpoint.encode().unwrap_err();
    (error.code(), error.field().unwrap_or_default().to_owned())
}

#[test]
fn what_the_provider_would_refuse_or_misread_is_not_sent() {
    use ErrorCode::{
        AmountNotPositive, CurrencyMismatch, DuplicateParameter, EmptyAccountKey, EmptyText, FractionalSom,
        InvalidPhone, TooLong,
    };
    let payment = |change: fn(&mut CreatePayment<'_>)| {
        let mut payment = create();
        change(&mut payment);
        refused(&payment)
    };
    let is = |code, field: &str| (code, field.to_owned());
    assert_eq!(payment(|it| it.amount = Money::som("500.5").unwrap()), is(FractionalSom, "amount"));
    assert_eq!(payment(|it| it.amount = Money::new(1, Currency::Uzs).unwrap()), is(FractionalSom, "amount"));
    assert_eq!(payment(|it| it.amount = Money::som("0").unwrap()), is(AmountNotPositive, "amount"));
    assert_eq!(payment(|it| it.amount = Money::som("-5").unwrap()), is(AmountNotPositive, "amount"));
    assert_eq!(payment(|it| it.amount = Money::usd("5").unwrap()), is(CurrencyMismatch, "amount"));
    assert_eq!(payment(|it| it.service_id = "".into()), is(EmptyText, "serviceId"));
    assert_eq!(payment(|it| it.user_id = Some("".into())), is(EmptyText, "userId"));
    assert_eq!(payment(|it| it.card_id = Some("".into())), is(EmptyText, "cardId"));
    assert_eq!(payment(|it| it.phone_number = Some("+7 901 234 56 78".into())), is(InvalidPhone, "phoneNumber"));
    assert_eq!(payment(|it| it.account.push(("region".into(), "2".into()))), is(DuplicateParameter, "account.region"));
    assert_eq!(payment(|it| it.account.push(("".into(), "2".into()))), is(EmptyAccountKey, "account"));
    assert_eq!(payment(|it| it.account[0].1 = "x".repeat(4097).into()), is(TooLong, "account.soato"));
    let mut longest = create();
    longest.account[0].1 = "x".repeat(4096).into();
    assert!(longest.encode().unwrap().body.unwrap().contains(&"x".repeat(4096)));
    assert_eq!(payment(|it| it.account = vec![("".into(), "".into()); 257]), is(TooLong, "account"));
    assert_eq!(payment(|it| it.sms = Some(vec![("a".into(), "".into()); 2])), is(DuplicateParameter, "sms.a"));
    assert_eq!(refused(&Pay::new("", CARD)), is(EmptyText, "transactionId"));
    assert_eq!(refused(&Pay::new(PAYMENT, "")), is(EmptyText, "cardId"));
    assert_eq!(refused(&Pay::new("x".repeat(4097), CARD)), is(TooLong, "transactionId"));
    let mut pay = Pay::new(PAYMENT, CARD);
    pay.otp = Some("".into());
    assert_eq!(refused(&pay), is(EmptyText, "otp"));
    assert_eq!(refused(&GetStatus::new("")), is(EmptyText, "transactionId"));
    let info = GetInfo { service_id: "".into(), account: account() };
    assert_eq!(refused(&info), is(EmptyText, "serviceId"));
}

#[test]
fn an_empty_filter_is_refused_since_it_could_list_everybodys_payments() {
    for (list, field) in [
        (ListPaid { user_id: Some("".into()), ..ListPaid::default() }, "userId"),
        (ListPaid { service_id: Some("".into()), ..ListPaid::default() }, "serviceId"),
        (ListPaid { begin_date: Some("".into()), ..ListPaid::default() }, "beginDate"),
        (ListPaid { end_date: Some("".into()), ..ListPaid::default() }, "endDate"),
    ] {
        assert_eq!(refused(&list), (ErrorCode::EmptyText, field.to_owned()));
    }
}

#[test]
fn an_id_cannot_lead_a_path_elsewhere() {
    for id in [
        ".",
        "..",
        "../transaction/all",
        "a/b",
        "/",
        "a\\b",
        "a?b",
        "a#b",
        "%2e%2e",
        "a%2Fb",
        "a b",
        "a\nb",
        "a\0",
        "\x7f",
    ] {
        assert_eq!(refused(&GetFields::new(id)), (ErrorCode::InvalidId, "serviceId".to_owned()), "{id:?}");
    }
    assert_eq!(refused(&GetFields::new("")), (ErrorCode::EmptyText, "serviceId".to_owned()));
    for (id, written) in [("...", "..."), (".a", ".a"), ("7", "7"), ("a&b=c+d", "a%26b%3Dc%2Bd"), ("ў", "%D1%9E")] {
        let message = GetFields::new(id).encode().unwrap();
        assert_eq!(message.target, format!("servicePayment/fields/{written}/"));
    }
}

#[test]
fn a_sent_amount_is_the_whole_som_and_nothing_else() {
    for (som, written) in [("1", "1"), ("500.00", "500"), ("90071992547409", "90071992547409")] {
        let mut payment = create();
        payment.amount = Money::som(som).unwrap();
        assert!(request(&payment).body.unwrap().starts_with(&format!("{{\"amount\":{written},")));
    }
}

#[test]
fn every_route_has_a_fixture_a_group_and_a_name_and_an_address_of_its_own() {
    assert_eq!(ROUTES.len(), FOLDERS.len());
    let mut names = HashSet::new();
    let mut addresses = HashSet::new();
    for (route, folder) in ROUTES.into_iter().zip(FOLDERS) {
        let index = fixture(folder, "index.json");
        assert_eq!(index["endpoint"], route.name);
        for case in index["cases"].as_array().unwrap() {
            assert_eq!(case["request"]["method"], route.method.as_str());
            let path = case["request"]["path"].as_str().unwrap();
            let before = route.path.split('{').next().unwrap();
            assert!(path.starts_with(before), "{path}");
        }
        assert!(names.insert(route.name) && addresses.insert((route.method, route.path)), "{}", route.name);
        assert_eq!((route.provider, route.auth), (Provider::Paylov, AuthScheme::Paylov));
        assert!(!route.path.starts_with('/'));
    }
}

#[test]
fn the_address_of_every_route_is_the_documents() {
    for (route, folder) in ROUTES.into_iter().zip(FOLDERS) {
        let address = std::fs::read_to_string(format!(
            "{}/tests/fixtures/paylov/{folder}/address.txt",
            env!("CARGO_MANIFEST_DIR"),
        ));
        let address = address.unwrap();
        let [method, url, key] = [1, 2, 5].map(|line| address.lines().nth(line).unwrap());
        assert_eq!(method, route.method.as_str());
        let path = url.strip_prefix("URL: BASE_URL/").unwrap();
        assert_eq!(path.split('?').next().unwrap(), route.path);
        assert_eq!(key, format!("api-key: {KEY}"));
    }
}

#[test]
fn every_routes_effect_and_group_are_those_of_the_contract() {
    use Effect::{MovesMoney, Prepares, Read};
    use Group::{Catalog, Payer, Treasury};
    let expected = [
        ("listServices", Method::Get, Read, Catalog, false),
        ("getFields", Method::Get, Read, Catalog, false),
        ("getInfo", Method::Post, Read, Payer, false),
        ("createPayment", Method::Post, Prepares, Payer, false),
        ("pay", Method::Post, MovesMoney, Payer, true),
        ("getStatus", Method::Get, Read, Payer, false),
        ("listPaid", Method::Get, Read, Treasury, false),
    ];
    let routes = ROUTES.map(|route| (route.name, route.method, route.effect, route.group, route.can_be_asked_for));
    assert_eq!(routes, expected);
}

#[test]
fn a_service_that_says_little_can_be_used_but_not_asked_or_cancelled() {
    let entry = json!({ "service_id": 7, "name": "n", "category": { "id": "3", "name": "c" }, "amount": { "min": "1", "max": 2.50 } });
    let services = decoded(&ListServices::default(), &json!({ "result": { "services": [entry] } }));
    let service = &services[0];
    assert_eq!((service.service_id.as_str(), service.category.id), ("7", 3));
    assert_eq!((service.min, service.max), (Money::som("1").unwrap(), Money::som("2.5").unwrap()));
    assert_eq!((service.active, service.payable, service.has_info, service.can_cancel), (true, true, false, false));
    assert_eq!(service.logo, None);
}

#[test]
fn flags_are_read_however_they_are_written() {
    for (written, read) in [
        (json!(true), true),
        (json!(false), false),
        (json!(1), true),
        (json!(0), false),
        (json!("true"), true),
        (json!("False"), false),
        (json!("FALSE"), false),
        (json!("TRUE"), true),
        (json!("no"), false),
        (json!("Yes"), true),
        (json!("0"), false),
        (json!("1"), true),
        (json!(null), true),
    ] {
        assert_eq!(flags(&written), [read, read, read && !written.is_null(), read && !written.is_null()], "{written}");
    }
}

/// The flags of a service that are written so: active, payable, has info, can cancel.
fn flags(written: &Value) -> [bool; 4] {
    let entry = json!({
        "service_id": "s", "name": "n", "category": { "id": 1, "name": "c" }, "amount": { "min": 1, "max": 2 },
        "is_active": written, "payment_available": written, "has_info_method": written, "can_cancel": written,
    });
    let services = decoded(&ListServices::default(), &json!({ "result": { "services": [entry] } }));
    let [service] = &services[..] else { panic!() };
    [service.active, service.payable, service.has_info, service.can_cancel]
}

#[test]
fn a_flag_that_cannot_be_read_makes_nothing_usable_and_no_field_optional() {
    for written in [json!("maybe"), json!([]), json!({}), json!(-1), json!(2), json!(""), json!("true ")] {
        assert_eq!(flags(&written), [false; 4], "{written}");
        let fields = json!([{ "field_id": 1, "name": "code", "required": written }]);
        let service = json!({ "service_id": "s", "name": "n", "category": { "id": 1, "name": "c" }, "amount": { "min": 1, "max": 2 }, "fields": fields });
        let read = decoded(&GetFields::new("s"), &json!({ "result": { "data": service } }));
        assert!(read.fields[0].required, "{written}");
    }
}

#[test]
fn what_a_field_does_not_say_has_its_default() {
    let fields = json!([
        { "field_id": 9, "name": "region", "values": [{ "id": 1, "value": 26280, "filter": 1 }] },
        { "field_id": "10", "name": "code", "type": "text", "content": "number", "required": false, "length": "7", "validation": "^\\d+$" },
        { "field_id": "11", "name": "empty", "type": "select" },
    ]);
    let service = json!({ "service_id": "s", "name": "n", "category": { "id": 1, "name": "c" }, "amount": { "min": 1, "max": 2 }, "fields": fields });
    let read = decoded(&GetFields::new("s"), &json!({ "result": { "data": service } }));
    let [region, code, empty] = &read.fields[..] else { panic!() };
    assert_eq!((region.field_id.as_str(), region.title.as_str(), region.kind), ("9", "region", FieldKind::Select));
    assert_eq!((region.content, region.required, region.length), (FieldContent::Text, true, None));
    let value = &region.values[0];
    assert_eq!((value.value.as_str(), value.title.as_str(), value.filter.as_deref()), ("26280", "26280", Some("1")));
    assert_eq!((code.kind, code.content, code.required), (FieldKind::Text, FieldContent::Number, false));
    assert_eq!((code.length, code.validation.as_deref()), (Some(7), Some("^\\d+$")));
    assert_eq!((empty.kind, empty.values.len()), (FieldKind::Select, 0));
    assert_eq!(read.response_fields, []);
}

#[test]
fn an_answer_about_another_payment_is_not_taken_for_this_ones() {
    let other = json!({ "result": { "transactionId": "other", "status": "paid", "amount": 500, "payedAt": "2024-10-14 15:07:23" } });
    let error = answered(&GetStatus::new(PAYMENT), 200, other.to_string().as_bytes()).unwrap_err();
    assert_eq!((error.code(), error.message().ends_with("transactionId")), (ErrorCode::UnexpectedAnswer, true));
    let error = answered(&Pay::new(PAYMENT, CARD), 200, other.to_string().as_bytes()).unwrap_err();
    assert_eq!((error.code(), error.message().ends_with("transactionId")), (ErrorCode::UnexpectedAnswer, true));
}

#[test]
fn a_status_that_is_not_documented_is_kept_in_paylovs_word() {
    for (word, status) in [
        ("created", PaymentStatus::Created),
        ("paid", PaymentStatus::Paid),
        ("cancelled", PaymentStatus::Cancelled),
        ("PAID", PaymentStatus::Other),
        ("on_hold", PaymentStatus::Other),
        ("", PaymentStatus::Other),
    ] {
        let body = json!({ "result": { "transactionId": PAYMENT, "status": word, "amount": "500" } });
        let state = decoded(&GetStatus::new(PAYMENT), &body);
        assert_eq!((state.status, state.raw.as_str()), (status, word));
    }
}

#[test]
fn a_bill_is_paid_where_its_answer_says_when_or_under_which_reference() {
    for (wire, ours) in [("payedAt", "paidAt"), ("paymentRef", "rrn")] {
        let bill = decoded(&Pay::new(PAYMENT, CARD), &json!({ "result": { "transactionId": PAYMENT, wire: "x7" } }));
        assert_eq!(serde_json::to_value(&bill).unwrap(), json!({ "transactionId": PAYMENT, ours: "x7" }));
    }
    // What is only created has the id, too.
    for result in [
        json!({ "transactionId": PAYMENT }),
        json!({ "transactionId": PAYMENT, "status": "created", "payedAt": null }),
        json!({ "transactionId": PAYMENT, "payedAt": "", "paymentRef": "" }),
        json!({ "transactionId": PAYMENT, "payedAt": "2024-10-14 15:07:23", "status": "created" }),
        json!({ "transactionId": PAYMENT, "payedAt": "2024-10-14 15:07:23", "status": "" }),
        json!({ "transactionId": PAYMENT, "payedAt": "2024-10-14 15:07:23", "status": false }),
        json!({ "transactionId": PAYMENT, "payedAt": "2024-10-14 15:07:23", "status": { "code": "paid" } }),
        json!({ "transactionId": PAYMENT, "paymentRef": "023581615065", "status": ["paid"] }),
        json!({ "transactionId": PAYMENT, "paymentRef": 0 }),
        json!({ "transactionId": PAYMENT, "paymentRef": "0" }),
        json!({ "transactionId": PAYMENT, "paymentRef": "000000000000" }),
        json!({ "transactionId": PAYMENT, "paymentRef": "  ", "payedAt": "\t" }),
        json!({ "transactionId": PAYMENT, "payedAt": "-" }),
        json!({ "transactionId": PAYMENT, "payedAt": "0000-00-00 00:00:00" }),
        json!({ "transactionId": PAYMENT, "payedAt": "null", "paymentRef": true }),
    ] {
        let body = json!({ "result": result }).to_string();
        let error = answered(&Pay::new(PAYMENT, CARD), 200, body.as_bytes()).unwrap_err();
        assert_eq!((error.code(), error.outcome()), (ErrorCode::UnexpectedAnswer, Some(Outcome::Unknown)));
    }
}

#[test]
fn a_paid_bill_is_read_leniently() {
    let told = json!({ "transactionId": PAYMENT, "paymentRef": 23581615065i64, "data": [{ "name": "fio", "value": "F", "title": "FIO" }] });
    let bill = decoded(&Pay::new(PAYMENT, CARD), &json!({ "result": told }));
    assert_eq!(bill.rrn.as_deref(), Some("23581615065"));
    assert_eq!(
        (bill.info[0].name.as_str(), bill.info[0].title.as_str(), bill.info[0].value.as_str()),
        ("fio", "FIO", "F")
    );
    // The money was moved, whatever the rows beside it are.
    let odd =
        json!({ "result": { "transactionId": PAYMENT, "payedAt": "2024-10-14 15:07:23", "data": [{ "value": 1 }] } });
    assert_eq!(decoded(&Pay::new(PAYMENT, CARD), &odd).info, []);
}

#[test]
fn a_list_without_a_total_that_can_be_read_has_as_many_as_are_there() {
    let payment = json!({ "id": 1, "amount": 500, "date": "d", "serviceId": "s" });
    let list = decoded(&ListPaid::default(), &json!({ "result": { "transactions": [payment.clone()] } }));
    assert_eq!((list.total, list.payments.len()), (1, 1));
    assert_eq!((list.payments[0].id.as_str(), list.payments[0].masked_pan.as_str()), ("1", ""));
    let list = decoded(&ListPaid::default(), &json!({ "result": { "transactions": [], "totalTransaction": "40" } }));
    assert_eq!(list.total, 40);
    for unreadable in [json!("many"), json!(-1), json!(1.5), json!({}), json!(null), json!("9007199254740992")] {
        let body = json!({ "result": { "transactions": [payment], "totalTransaction": unreadable } });
        assert_eq!(decoded(&ListPaid::default(), &body).total, 1, "{unreadable}");
    }
}

#[test]
fn a_placeholder_beside_a_receipt_is_left_out() {
    let told = json!({ "transactionId": PAYMENT, "payedAt": "-", "paymentRef": "023581615065", "status": "paid" });
    let bill = decoded(&Pay::new(PAYMENT, CARD), &json!({ "result": told }));
    assert_eq!((bill.paid_at, bill.rrn.as_deref()), (None, Some("023581615065")));
}

/// The documented answer with one of its items changed.
fn with(folder: &str, list: &str, item: usize, change: impl FnOnce(&mut Value)) -> Value {
    let mut body = fixture(folder, "answer.json");
    change(body.pointer_mut(list).unwrap().get_mut(item).unwrap());
    body
}

#[test]
fn an_entry_that_cannot_be_read_does_not_hide_the_others() {
    let all = decoded(&ListServices::default(), &fixture("list_services", "answer.json"));
    for odd in [json!(null), json!(5), json!({}), json!({ "service_id": "x" })] {
        let body = with("list_services", "/result/services", 0, |entry| *entry = odd.clone());
        assert_eq!(decoded(&ListServices::default(), &body), all[1..], "{odd}");
    }
    for limit in ["min", "max"] {
        let body = with("list_services", "/result/services", 1, |entry| entry["amount"][limit] = json!(-1));
        assert_eq!(decoded(&ListServices::default(), &body), all[..1], "{limit}");
    }
    for member in ["service_id", "name", "category", "amount"] {
        let body = with("list_services", "/result/services", 1, |entry| entry[member] = json!(null));
        assert_eq!(decoded(&ListServices::default(), &body), all[..1], "{member}");
    }
}

#[test]
fn a_catalogue_of_which_nothing_can_be_read_is_not_an_empty_one() {
    let code = |body: Value| {
        answered(&ListServices::default(), 200, body.to_string().as_bytes()).map_err(|error| error.message())
    };
    assert_eq!(code(json!({ "result": { "services": [] } })), Ok(Vec::new()));
    let told = code(json!({ "result": { "services": [{ "name": "x" }, 5] } })).unwrap_err();
    assert!(told.starts_with("not what this method answers: "), "{told}");
    assert!(code(json!({ "result": { "services": "none" } })).is_err());
}

#[test]
fn a_choice_that_cannot_be_read_does_not_hide_the_others_but_a_field_is_never_left_out() {
    let data = |values: Value, field: Value| {
        let [first] = [json!({ "field_id": 1, "name": "region", "values": values })];
        let data = json!({ "service_id": "s", "name": "n", "category": { "id": 1, "name": "c" },
            "amount": { "min": 1, "max": 2 }, "fields": [first, field], "response_fields": [5, { "field_id": 2, "name": "fio" }] });
        answered(&GetFields::new(SERVICE), 200, json!({ "result": { "data": data } }).to_string().as_bytes())
    };
    let fine = json!({ "field_id": 2, "name": "account" });
    let one = json!({ "id": 7, "value": "1", "title": "Tashkent" });
    let service = data(json!([{ "id": 6 }, one, null]), fine.clone()).unwrap();
    assert_eq!((service.fields[0].kind, service.fields[0].values.len()), (FieldKind::Select, 1));
    assert_eq!((service.fields[0].values[0].value.as_str(), service.response_fields.len()), ("1", 1));
    // Where no choice is left, a payer must not be asked to type one.
    assert_eq!(data(json!([{ "id": 6 }]), fine.clone()).unwrap_err().code(), ErrorCode::UnexpectedAnswer);
    assert_eq!(data(json!([one]), json!({ "field_id": 2 })).unwrap_err().code(), ErrorCode::UnexpectedAnswer);
}

#[test]
fn a_payment_that_cannot_be_read_is_not_left_out_silently() {
    for member in ["id", "amount", "date", "serviceId"] {
        let body = with("list_paid", "/result/transactions", 0, |row| row[member] = json!(null));
        let error = answered(&ListPaid::default(), 200, body.to_string().as_bytes()).unwrap_err();
        assert_eq!(error.code(), ErrorCode::UnexpectedAnswer);
        assert!(error.message().ends_with(&format!(": {member}")), "{}", error.message());
    }
}
