//! Each of the bank's endpoints, held against the document's own examples, its codes, and where it contradicts itself.

use std::collections::HashSet;

use proptest::prelude::*;
use serde_json::{Value, json};
use tiyin::bank::{
    BankServiceType, BudgetPayee, CreateBudgetPayment, CreatePayment, Date, GetBalance, GetPayment, ListServices,
    ListStatement, MovementDirection, Payee, PayerCard, ROUTES, StatementDirection, TransferState, TransferStatus,
};
use tiyin::endpoint::{AuthScheme, Effect, Endpoint, Group, Incoming, Message, Method};
use tiyin::error::NextAction;
use tiyin::exchange::{Call, Connection, Event, Exchange, Loss, Request, Step};
use tiyin::requisites::{AccountNumber, BankCode, BudgetAccount, OrderId, PurposeCode, TaxpayerId};
use tiyin::{Auth, CardNetwork, Currency, Error, ErrorCode, Money, Outcome, Pan, Provider};

use crate::fixtures::{BANK_FOLDERS, answer, cases, corrected, corrections, excerpt, json as fixture};

pub(crate) const NOW: u64 = 1_790_000_000_000;
pub(crate) const PAN: &str = "9860531554896678";
const PASSWORD: &str = "p@ssw0rd";
const UNKNOWN: (Option<Outcome>, Option<NextAction>) = (Some(Outcome::Unknown), Some(NextAction::QueryStatus));

pub(crate) fn direct() -> Connection<'static> {
    Connection::new("https://bank.uz").unwrap().auth(Auth::basic("gray", PASSWORD).unwrap())
}

fn uzs(minor: i64) -> Money {
    Money::new(minor, Currency::Uzs).unwrap()
}

fn card() -> PayerCard<'static> {
    PayerCard { network: CardNetwork::Humo, pan: Pan::parse(PAN).unwrap(), rrn: "016351273642".into() }
}

/// The document's order.
pub(crate) fn order() -> CreatePayment<'static> {
    CreatePayment {
        order_id: OrderId::new("009445151277").unwrap(),
        payee: Payee {
            name: "Test".into(),
            bank_code: BankCode::parse("01091").unwrap(),
            account: AccountNumber::parse("29801000990248844444").unwrap(),
            taxpayer_id: Some(TaxpayerId::parse("123456789").unwrap()),
        },
        purpose: "Test 24/7".into(),
        service_id: "2".into(),
        amount: uzs(500_000),
        commission: uzs(20_000),
        card: Some(card()),
        service_type: None,
    }
}

/// The document's order to a budget, as its table has it.
pub(crate) fn budget_order() -> CreateBudgetPayment<'static> {
    CreateBudgetPayment {
        order_id: OrderId::new("1000001").unwrap(),
        payee: BudgetPayee {
            account: BudgetAccount::parse("400522860262837950100251028").unwrap(),
            taxpayer_id: TaxpayerId::parse("207099143").unwrap(),
        },
        purpose_code: PurposeCode::parse("09510").unwrap(),
        purpose: "11Test 24/7".into(),
        service_id: "1".into(),
        amount: uzs(500_000),
        commission: uzs(20_000),
        card: Some(card()),
        service_type: None,
    }
}

pub(crate) fn status_of(id: &str) -> GetPayment<'_> {
    GetPayment { order_id: OrderId::new(id).unwrap() }
}

fn statement() -> ListStatement<'static> {
    let mut query = ListStatement::new("27", Date::parse("2023-01-01").unwrap(), Date::parse("2023-02-21").unwrap());
    query.after_id = 2_111_291_793;
    query
}

pub(crate) fn exchange<'a, E: Endpoint<'a>>(endpoint: &E) -> Exchange<E> {
    Exchange::new(endpoint, &direct(), &Call { now: NOW, ..Call::default() }).unwrap()
}

fn request<'a, E: Endpoint<'a>>(endpoint: &E) -> Request {
    exchange(endpoint).request().clone()
}

fn body<'a>(endpoint: &impl Endpoint<'a>) -> Value {
    serde_json::from_str(&request(endpoint).body.unwrap()).unwrap()
}

/// How a call ends that is sent once, where this comes back.
pub(crate) fn ended<'a, E: Endpoint<'a>>(endpoint: &E, event: Event<'_>) -> tiyin::Result<E::Answer> {
    let mut connection = direct();
    connection.retries = 0;
    let mut exchange = Exchange::new(endpoint, &connection, &Call { now: NOW, ..Call::default() }).unwrap();
    assert!(matches!(exchange.step(Event::Woke, NOW), Step::Send { .. }));
    match exchange.step(event, NOW + 80) {
        Step::Done(result) => result,
        _ => panic!("one send was allowed"),
    }
}

pub(crate) fn answered<'a, E: Endpoint<'a>>(endpoint: &E, status: u16, body: &Value) -> tiyin::Result<E::Answer> {
    ended(endpoint, Event::Answered { status, retry_after: None, body: body.to_string().as_bytes() })
}

fn decoded<'a, E: Endpoint<'a>>(endpoint: &E, data: &Value) -> E::Answer {
    let body = json!({ "status": "success", "code": 0, "data": data });
    answered(endpoint, 200, &body).unwrap_or_else(|error| panic!("{error}: {body}"))
}

fn failure(code: i64) -> Value {
    json!({ "status": "error", "code": code, "message": "…", "data": null })
}

fn verdict(error: &Error) -> (Option<Outcome>, Option<NextAction>) {
    (error.outcome(), error.next_action())
}

/// The call of a fixture, which is sent as the document shows, and its answer, which is read as the fixture says.
fn check<'a, E: Endpoint<'a>>(folder: &str, endpoint: &E) {
    let [case] = &cases(folder)[..] else { panic!("{folder}") };
    let expected = &case["request"];
    let sent = request(endpoint);
    assert_eq!(sent.method.as_str(), expected["method"]);
    assert_eq!(sent.url, format!("https://bank.uz/{}", expected["path"].as_str().unwrap()));
    let headers: Value = sent.headers.iter().map(|(name, value)| (name.to_string(), json!(value))).collect();
    assert_eq!(headers, expected["headers"]);
    assert_eq!(sent.headers.len(), expected["headers"].as_object().unwrap().len());
    // As text, since the order of members is that of the document too.
    let body = expected["body"].as_str().map(|file| fixture(folder, file).to_string());
    assert_eq!(sent.body, body);
    let answer = answered(endpoint, 200, &answer(folder, case)).unwrap();
    assert_eq!(serde_json::to_value(answer).unwrap(), case["decoded"]);
}

#[test]
fn every_call_is_sent_and_answered_as_documented() {
    check("bank/list_services", &ListServices);
    check("bank/create_payment", &order());
    check("bank/create_budget_payment", &budget_order());
    check("bank/get_payment", &status_of("009445151277"));
    check("bank/get_balance", &GetBalance::new("2"));
    check("bank/list_statement", &statement());
}

#[test]
fn the_documented_failures_come_through_with_status_200() {
    let index = fixture("bank/error", "index.json");
    for case in index["cases"].as_array().unwrap() {
        let body = fixture("bank/error", case["answer"].as_str().unwrap());
        let status = u16::try_from(case["status"].as_u64().unwrap()).unwrap();
        let error = match case["endpoint"].as_str().unwrap() {
            "getPayment" => answered(&status_of("1"), status, &body).unwrap_err(),
            _ => answered(&order(), status, &body).unwrap_err(),
        };
        assert_eq!((error.code(), error.provider()), (ErrorCode::ProviderError, Some(Provider::Bank)));
        assert_eq!(error.http_status(), Some(200));
        assert_eq!(error.provider_code().unwrap(), case["decoded"]["providerCode"]);
        assert_eq!(error.provider_message().unwrap(), case["decoded"]["providerMessage"]);
    }
}

#[test]
fn every_documented_code_of_an_order_says_what_became_of_it_and_what_to_do() {
    let fix = (Some(Outcome::Rejected), Some(NextAction::FixInput));
    let expected = [
        ("1013", fix),
        ("1014", fix),
        ("1015", fix),
        ("1016", fix),
        ("1017", fix),
        ("3333", (Some(Outcome::Rejected), Some(NextAction::RetryLater))),
        ("2222", UNKNOWN),
        ("1111", UNKNOWN),
    ];
    let table = excerpt("bank/error", "codes-of-orders.txt");
    assert_eq!(codes(&table), expected.map(|(code, _)| code));
    for (code, meaning) in expected {
        let code = code.parse().unwrap();
        assert_eq!(verdict(&answered(&order(), 200, &failure(code)).unwrap_err()), meaning, "{code}");
        assert_eq!(verdict(&answered(&budget_order(), 200, &failure(code)).unwrap_err()), meaning, "{code}");
    }
}

#[test]
fn every_documented_code_of_a_question_says_what_to_do_and_has_no_outcome() {
    let table = excerpt("bank/error", "codes-of-accounts.txt");
    let expected = [
        ("1001", NextAction::FixInput),
        ("1002", NextAction::AskProvider),
        ("1004", NextAction::AskProvider),
        ("1009", NextAction::AskProvider),
    ];
    assert_eq!(codes(&table), expected.map(|(code, _)| code));
    for (code, action) in expected {
        let body = failure(code.parse().unwrap());
        assert_eq!(verdict(&answered(&GetBalance::new("2"), 200, &body).unwrap_err()), (None, Some(action)));
        assert_eq!(verdict(&answered(&statement(), 200, &body).unwrap_err()), (None, Some(action)));
        assert_eq!(verdict(&answered(&ListServices, 200, &body).unwrap_err()), (None, Some(action)));
        // They are documented for accounts only: of an order they say nothing.
        assert_eq!(verdict(&answered(&order(), 200, &body).unwrap_err()), UNKNOWN);
    }
    assert_eq!(codes(&excerpt("bank/error", "codes-of-a-status.txt")), ["1008"]);
    let error = answered(&status_of("1"), 200, &failure(1008)).unwrap_err();
    assert_eq!(verdict(&error), (None, Some(NextAction::CreateAgain)));
    for code in [1111, 2222] {
        let error = answered(&status_of("1"), 200, &failure(code)).unwrap_err();
        assert_eq!(verdict(&error), (None, Some(NextAction::RetryLater)));
    }
}

/// The codes that begin the lines of one of the document's tables.
fn codes(table: &str) -> Vec<&str> {
    table.lines().map(|line| line.split('\t').next().unwrap()).collect()
}

#[test]
fn a_refusal_is_one_only_where_the_answer_says_nothing_else() {
    let told = json!({ "payment_status": "Введен", "doc_id": "1" });
    for body in [
        json!({ "status": "success", "code": 1013, "data": null }),
        json!({ "status": "success", "code": 1013, "data": told }),
        json!({ "status": "error", "code": 1013, "data": told }),
        json!({ "status": "error", "code": 0, "data": told }),
        json!({ "status": "error", "data": told }),
        json!({ "code": 1013 }),
        json!({ "status": "error" }),
        json!({ "status": "error", "code": 1008 }),
        json!({ "status": "error", "code": 4242 }),
        json!({ "status": "error", "code": "1013 " }),
        json!({ "status": "success", "code": 7, "data": told }),
        json!({ "status": "success", "code": true, "data": told }),
        json!({ "status": "success", "code": [0], "data": told }),
        json!({ "status": "error", "code": [1013] }),
    ] {
        let error = answered(&order(), 200, &body).unwrap_err();
        assert_eq!((error.code(), verdict(&error)), (ErrorCode::ProviderError, UNKNOWN), "{body}");
    }
    // The code may be text, and a member that is not needed absent.
    for body in [json!({ "status": "error", "code": "1013" }), json!({ "status": "error", "code": 1013, "message": 7 })]
    {
        assert_eq!(answered(&order(), 200, &body).unwrap_err().outcome(), Some(Outcome::Rejected), "{body}");
    }
    // With a status that says that the server has failed, nothing is certain.
    for status in [404, 429, 500, 503] {
        assert_eq!(verdict(&answered(&order(), status, &failure(1013)).unwrap_err()), UNKNOWN, "{status}");
        let error = answered(&status_of("1"), status, &failure(1008)).unwrap_err();
        assert_ne!(error.next_action(), Some(NextAction::CreateAgain), "{status}");
    }
}

#[test]
fn of_all_that_an_answer_can_say_only_plain_success_and_plain_refusals_are_certain() {
    let with = |name: &str, value: &Option<Value>, body: &mut Value| {
        if let Some(value) = value {
            body[name] = value.clone();
        }
    };
    let state = json!({ "payment_status": "Введен" });
    let mut seen = HashSet::new();
    for status in [None, Some(json!("success")), Some(json!("error")), Some(json!("fail")), Some(json!(200))] {
        for code in [None, Some(json!(0)), Some(json!("0")), Some(json!(1013)), Some(json!("1013")), Some(json!(1111))]
        {
            for data in [None, Some(json!(null)), Some(json!({})), Some(state.clone())] {
                let mut body = json!({});
                with("status", &status, &mut body);
                with("code", &code, &mut body);
                with("data", &data, &mut body);
                let code = code.as_ref().map(|code| code.to_string().replace('"', ""));
                let is_success = status == Some(json!("success"))
                    && matches!(code.as_deref(), None | Some("0"))
                    && data == Some(state.clone());
                let is_refusal = status == Some(json!("error"))
                    && code.as_deref() == Some("1013")
                    && matches!(data, None | Some(Value::Null));
                let expected = match (is_success, is_refusal) {
                    (true, _) => None,
                    (_, true) => Some(Outcome::Rejected),
                    _ => Some(Outcome::Unknown),
                };
                let outcome = answered(&order(), 200, &body).err().map(|error| error.outcome().unwrap());
                assert_eq!(outcome, expected, "{body}");
                seen.insert(outcome);
            }
        }
    }
    assert_eq!(seen.len(), 3);
}

#[test]
fn what_is_no_answer_of_the_banks_leaves_an_order_unknown() {
    for body in [
        json!({ "status": "success", "code": 0 }),
        json!({ "status": "success", "code": 0, "data": null }),
        json!({ "status": "success", "code": 0, "data": {} }),
        json!({ "status": "success", "code": 0, "data": { "doc_id": "1180_1841519885" } }),
        json!({ "status": "success", "code": 0, "data": { "payment_status": "", "doc_id": "1" } }),
        json!({ "status": "success", "code": 0, "data": { "payment_status": null } }),
        json!({ "status": "success", "code": 0, "data": [] }),
        json!({ "status": "SUCCESS", "code": 0, "data": { "payment_status": "Проведен" } }),
        json!({ "data": { "payment_status": "Проведен" } }),
        json!({ "result": { "payment_status": "Проведен" } }),
        json!([]),
        json!("success"),
    ] {
        let error = answered(&order(), 200, &body).unwrap_err();
        assert_eq!((error.code(), verdict(&error)), (ErrorCode::UnexpectedAnswer, UNKNOWN), "{body}");
        assert_eq!(answered(&status_of("1"), 200, &body).unwrap_err().outcome(), None, "{body}");
    }
    for loss in [Loss::Aborted, Loss::TimedOut, Loss::Disconnected, Loss::Truncated] {
        assert_eq!(verdict(&ended(&order(), Event::Lost(loss)).unwrap_err()), UNKNOWN, "{loss:?}");
        assert_eq!(verdict(&ended(&budget_order(), Event::Lost(loss)).unwrap_err()), UNKNOWN, "{loss:?}");
    }
    let page = Event::Answered { status: 200, retry_after: None, body: b"<html>" };
    let error = ended(&order(), page).unwrap_err();
    assert_eq!((error.code(), verdict(&error)), (ErrorCode::NotJson, UNKNOWN));
    // A page of errors of the server's own framework has a `status` too.
    let error = answered(&order(), 404, &json!({ "status": 404, "error": "Not Found", "path": "/" })).unwrap_err();
    assert_eq!((error.code(), verdict(&error)), (ErrorCode::UnexpectedStatus, UNKNOWN));
}

#[test]
fn an_order_is_sent_once_by_a_call_and_a_question_more_often() {
    let lost = Event::Lost(Loss::Disconnected);
    let mut call = exchange(&order());
    assert!(matches!(call.step(Event::Woke, NOW), Step::Send { .. }));
    assert!(matches!(call.step(lost, NOW), Step::Done(Err(_))));
    let mut question = exchange(&status_of("1"));
    assert!(matches!(question.step(Event::Woke, NOW), Step::Send { .. }));
    assert!(matches!(question.step(lost, NOW), Step::Sleep { .. }));
}

#[test]
fn a_proxys_refusal_is_the_proxys() {
    let connection = Connection::new("https://shop.uz/api/bank").unwrap();
    let told = json!({ "error": { "code": "forbidden", "source": "proxy", "outcome": "not_executed", "nextAction": "fix_input" } });
    let mut call = Exchange::new(&order(), &connection, &Call { now: NOW, ..Call::default() }).unwrap();
    assert!(call.request().headers.iter().any(|(name, _)| name == "idempotency-key"));
    assert!(matches!(call.step(Event::Woke, NOW), Step::Send { .. }));
    let body = told.to_string();
    let event = Event::Answered { status: 403, retry_after: None, body: body.as_bytes() };
    let Step::Done(Err(error)) = call.step(event, NOW) else { panic!() };
    assert_eq!((error.code(), error.proxy_code()), (ErrorCode::ProxyRefused, Some("forbidden")));
    assert_eq!(verdict(&error), (Some(Outcome::NotExecuted), Some(NextAction::FixInput)));
}

#[test]
fn what_only_looks_like_a_proxys_refusal_leaves_an_order_unknown() {
    let connection = Connection::new("https://shop.uz/api/bank").unwrap();
    let claim = json!({ "source": "proxy", "code": "1013", "outcome": "not_executed", "nextAction": "create_again" });
    let bare = json!({ "error": claim });
    let with = |name: &str, value: Value| {
        let mut body = bare.clone();
        body[name] = value;
        body
    };
    let state = json!({ "payment_status": "Введен" });
    for (status, body) in [
        (200, bare.clone()),
        (302, bare.clone()),
        (403, with("status", json!("success"))),
        (403, with("status", json!("error"))),
        (403, with("data", state.clone())),
        (403, with("code", json!(1013))),
        (200, json!({ "status": "success", "code": 0, "data": state, "error": claim })),
        (200, json!({ "status": "error", "code": 1013, "error": claim })),
        (400, json!({ "status": "error", "code": 1013, "error": "x" })),
        (200, json!({ "status": "success", "code": 0, "data": state, "error": "x" })),
    ] {
        let mut call = Exchange::new(&order(), &connection, &Call { now: NOW, ..Call::default() }).unwrap();
        assert!(matches!(call.step(Event::Woke, NOW), Step::Send { .. }));
        let text = body.to_string();
        let event = Event::Answered { status, retry_after: None, body: text.as_bytes() };
        let Step::Done(Err(error)) = call.step(event, NOW) else { panic!("{body}") };
        assert_eq!(verdict(&error), UNKNOWN, "{status} {body}");
        assert_ne!(error.code(), ErrorCode::ProxyRefused, "{status} {body}");
    }
    // The bank itself cannot speak as a proxy, nor refuse in that form.
    let error = answered(&order(), 400, &bare).unwrap_err();
    assert_eq!((verdict(&error), error.proxy_code()), (UNKNOWN, None));
}

#[test]
fn a_status_that_is_not_documented_is_kept_in_the_banks_word() {
    for (word, status) in [
        ("Введен", TransferStatus::Accepted),
        ("Введён", TransferStatus::Accepted),
        ("Проведен", TransferStatus::Settled),
        (" Проведён ", TransferStatus::Settled),
        ("Удален", TransferStatus::Deleted),
        ("Удалён", TransferStatus::Deleted),
        ("проведен", TransferStatus::Other),
        ("Отложен", TransferStatus::Other),
        ("0", TransferStatus::Other),
    ] {
        let data = json!({ "payment_status": word, "doc_id": 77 });
        let expected = TransferState { status, document_id: Some("77".into()), raw: word.into() };
        assert_eq!(decoded(&status_of("1"), &data), expected);
        assert_eq!(decoded(&order(), &data), expected);
    }
    assert_eq!(decoded(&status_of("1"), &json!({ "payment_status": "Введен" })).document_id, None);
}

#[test]
fn a_service_that_says_little_is_not_taken_for_usable() {
    let services = decoded(&ListServices, &json!([{ "id": "7", "type": "ELSE" }, { "id": 8, "activated": "true" }]));
    assert_eq!((services[0].id.as_str(), services[0].active, services[0].kind), ("7", false, BankServiceType::Other));
    assert_eq!((services[0].raw.as_str(), services[0].name.as_str()), ("ELSE", ""));
    assert_eq!((services[1].id.as_str(), services[1].active, services[1].raw.as_str()), ("8", true, ""));
    for (word, is_active) in [(json!(1), true), (json!("yes"), true), (json!(0), false), (json!("maybe"), false)] {
        assert_eq!(decoded(&ListServices, &json!([{ "id": 1, "activated": word }]))[0].active, is_active, "{word}");
    }
    // One that cannot be read does not hide the others, but a list of which nothing can be read is not an empty one.
    assert_eq!(decoded(&ListServices, &json!([{ "name": "x" }, { "id": 8 }])).len(), 1);
    assert!(decoded(&ListServices, &json!([])).is_empty());
    let error = answered(&ListServices, 200, &json!({ "status": "success", "data": [{ "name": "x" }] })).unwrap_err();
    assert_eq!(error.code(), ErrorCode::UnexpectedAnswer);
}

fn refused<'a, E: Endpoint<'a>>(endpoint: &E) -> (ErrorCode, String) {
    let error = endpoint.encode().unwrap_err();
    (error.code(), error.field().unwrap_or_default().to_owned())
}

#[test]
fn what_the_bank_would_refuse_or_misread_is_not_sent() {
    use ErrorCode::{
        AmountNotPositive, CurrencyMismatch, EmptyText, MissingField, NotAnInteger, OutOfRange, TooLong,
        UnprintableText,
    };
    let changed = |change: fn(&mut CreatePayment<'_>)| {
        let mut order = order();
        change(&mut order);
        refused(&order)
    };
    let is = |code, field: &str| (code, field.to_owned());
    assert_eq!(changed(|it| it.amount = uzs(0)), is(AmountNotPositive, "amount"));
    assert_eq!(changed(|it| it.amount = uzs(-1)), is(AmountNotPositive, "amount"));
    assert_eq!(changed(|it| it.amount = Money::usd("1").unwrap()), is(CurrencyMismatch, "amount"));
    assert_eq!(changed(|it| it.commission = uzs(-1)), is(OutOfRange, "commission"));
    assert_eq!(changed(|it| it.commission = Money::usd("0").unwrap()), is(CurrencyMismatch, "commission"));
    for text in ["", " ", "\u{a0} "] {
        let order = CreatePayment { purpose: text.into(), ..order() };
        assert_eq!(refused(&order), is(EmptyText, "purpose"), "{text:?}");
    }
    assert_eq!(changed(|it| it.payee.name = "".into()), is(EmptyText, "payee.name"));
    assert_eq!(changed(|it| it.purpose = "x".repeat(4097).into()), is(TooLong, "purpose"));
    for unprintable in [
        "a\nb",
        "a\tb",
        "a\0",
        "a\u{7f}",
        "a\u{85}",
        "a\u{ad}b",
        "\u{200b}a",
        "a\u{202e}b",
        "a\u{2028}",
        "\u{feff}a",
        "a\u{fffd}",
        "\u{e000}",
        "a\u{1b}[1m",
        "a\u{e0041}",
        "\u{34f}",
        "\u{115f}",
        "\u{3164}",
        "❤\u{fe0f}",
        "\u{17b4}",
        "\u{2800}",
        "\u{ffa0}",
        "\u{1d173}",
        "\u{fdd0}",
        "a\u{1fffe}",
    ] {
        let mut order = order();
        order.purpose = unprintable.into();
        assert_eq!(refused(&order), is(UnprintableText, "purpose"), "{unprintable:?}");
        (order.purpose, order.payee.name) = ("Test".into(), unprintable.into());
        assert_eq!(refused(&order), is(UnprintableText, "payee.name"), "{unprintable:?}");
    }
    for printable in ["За патент № 5 «Ёлка» — 100%", "ООО \"O'ZBEKISTON\" oʻ", "x", "😀 عر ñ"]
    {
        let order = CreatePayment { purpose: printable.into(), ..order() };
        assert_eq!(body(&order)["purpose"], printable);
    }
    assert_eq!(changed(|it| it.service_id = "".into()), is(NotAnInteger, "serviceId"));
    for id in ["a", "-1", "1.0", "02", "9007199254740992", "2 "] {
        let order = CreatePayment { service_id: id.into(), ..order() };
        assert_eq!(refused(&order), is(NotAnInteger, "serviceId"), "{id}");
        assert_eq!(refused(&GetBalance::new(id)), is(NotAnInteger, "serviceId"), "{id}");
    }
    assert_eq!(changed(|it| it.card.as_mut().unwrap().rrn = "".into()), is(EmptyText, "card.rrn"));
    assert_eq!(
        changed(|it| (it.card, it.service_type) = (None, Some(BankServiceType::WorkingWithCard))),
        is(MissingField, "card")
    );
}

#[test]
fn a_card_is_asked_for_by_the_services_type() {
    for (kind, is_needed) in [
        (Some(BankServiceType::WorkingWithCard), true),
        (Some(BankServiceType::CardIsOptional), false),
        (Some(BankServiceType::Other), false),
        (None, false),
    ] {
        let order = CreatePayment { card: None, service_type: kind, ..order() };
        let budget = CreateBudgetPayment { card: None, service_type: kind, ..budget_order() };
        let missing = (ErrorCode::MissingField, String::from("card"));
        if is_needed {
            assert_eq!([refused(&order), refused(&budget)], [missing.clone(), missing]);
        } else {
            for body in [body(&order), body(&budget)] {
                let names: Vec<_> = body.as_object().unwrap().keys().map(String::as_str).collect();
                assert!(["cardType", "cardNumber", "refNumber"].iter().all(|name| !names.contains(name)), "{names:?}");
            }
        }
        // With a card every type is content.
        assert!(CreatePayment { service_type: kind, ..crate::bank::order() }.encode().is_ok());
    }
}

#[test]
fn requisites_have_exactly_their_digits() {
    fn takes<T>(parse: fn(&str) -> tiyin::Result<T>, length: usize) {
        let digits = "0".repeat(length);
        assert!(parse(&digits).is_ok());
        for wrong in [
            String::new(),
            "0".repeat(length - 1),
            "0".repeat(length + 1),
            format!("{}a", &digits[1..]),
            format!("{} ", &digits[1..]),
            format!(" {digits}"),
            "٣".repeat(length / 2) + &"0".repeat(length % 2),
        ] {
            let error = parse(&wrong).err().unwrap_or_else(|| panic!("{wrong:?} was taken"));
            assert_eq!(error.code(), ErrorCode::InvalidDigits);
            assert!(error.message().contains(&format!("{length} digits")), "{error}");
        }
    }
    takes(BankCode::parse, 5);
    takes(AccountNumber::parse, 20);
    takes(BudgetAccount::parse, 27);
    takes(TaxpayerId::parse, 9);
    takes(PurposeCode::parse, 5);
    assert_eq!(AccountNumber::parse("16103000900000401001").unwrap().as_str(), "16103000900000401001");
    assert_eq!(format!("{:?}", BankCode::parse("00401").unwrap()), "BankCode(\"00401\")");
}

#[test]
fn a_card_number_is_16_digits_with_spaces_or_without() {
    for typed in [PAN, "9860 5315 5489 6678", " 9860531554896678 "] {
        let order = CreatePayment { card: Some(PayerCard { pan: Pan::parse(typed).unwrap(), ..card() }), ..order() };
        assert_eq!(body(&order)["cardNumber"], PAN);
    }
    for typed in ["", "986053155489667", "98605315548966789", "9860-5315-5489-6678", "986053155489667a"] {
        assert_eq!(Pan::parse(typed).unwrap_err().code(), ErrorCode::InvalidDigits, "{typed}");
    }
    // The documents' own samples fail the check digit.
    for sample in ["8600330410689500", "8601312960622192", "9860531554896678"] {
        assert!(Pan::parse(sample).is_ok());
    }
    assert_eq!(CardNetwork::parse("UZCARD").unwrap(), CardNetwork::Uzcard);
    assert_eq!(CardNetwork::parse("uzcard").unwrap_err().code(), ErrorCode::NotAnOption);
}

#[test]
fn an_order_id_has_no_space_and_leads_no_path_elsewhere() {
    for id in [
        ".",
        "..",
        "../account/2/balance",
        "a/b",
        "/",
        "a\\b",
        "a?b",
        "a#b",
        "%2e%2e",
        "a%2Fb",
        "a b",
        " a",
        "a\n",
        "a\u{a0}b",
        "a\u{2003}b",
        "a\u{3000}",
    ] {
        assert_eq!(OrderId::new(id).unwrap_err().code(), ErrorCode::InvalidId, "{id:?}");
    }
    assert_eq!(OrderId::new("").unwrap_err().code(), ErrorCode::EmptyText);
    assert_eq!(OrderId::new("a\u{200b}").unwrap_err().code(), ErrorCode::UnprintableText);
    assert_eq!(OrderId::new("x".repeat(4097)).unwrap_err().code(), ErrorCode::TooLong);
    for (id, written) in [
        ("100001", "100001"),
        ("5153f545-52bf-46fd-af1a-c31b43fe043e", "5153f545-52bf-46fd-af1a-c31b43fe043e"),
        ("...", "..."),
        ("a;b=c&d+e", "a%3Bb%3Dc%26d%2Be"),
        ("ў", "%D1%9E"),
    ] {
        assert_eq!(status_of(id).encode().unwrap().target, format!("api/v2/payment/{written}"));
        let order = CreatePayment { order_id: OrderId::new(id).unwrap(), ..order() };
        assert_eq!(body(&order)["orderId"], id);
    }
}

#[test]
fn a_statement_is_asked_for_by_days_and_from_an_id_on() {
    let day = |text| Date::parse(text).unwrap();
    let mut query = statement();
    for (direction, written) in
        [(StatementDirection::All, "0"), (StatementDirection::Credit, "1"), (StatementDirection::Debit, "2")]
    {
        query.direction = direction;
        assert_eq!(body(&query)["type"], written);
    }
    (query.from, query.to, query.after_id) = (day("2024-02-29"), day("2024-02-29"), 0);
    assert_eq!((&body(&query)["fromDate"], &body(&query)["lastId"]), (&json!("2024-02-29"), &json!(0)));
    query.to = day("2024-02-28");
    assert_eq!(refused(&query), (ErrorCode::OutOfRange, "from".into()));
    let query = ListStatement { after_id: 9_007_199_254_740_992, ..statement() };
    assert_eq!(refused(&query), (ErrorCode::OutOfRange, "afterId".into()));
    let query = ListStatement { service_id: "x".into(), ..statement() };
    assert_eq!(refused(&query), (ErrorCode::NotAnInteger, "serviceId".into()));
}

#[test]
fn a_date_is_a_day_of_the_calendar() {
    for text in ["2023-01-31", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31", "2023-11-30"] {
        assert_eq!(Date::parse(text).unwrap().to_string(), text);
    }
    for text in [
        "",
        "2023-02-29",
        "1900-02-29",
        "2023-04-31",
        "2023-13-01",
        "2023-00-10",
        "2023-01-00",
        "2023-1-1",
        "23-01-01",
        "2023/01/01",
        "01.01.2023",
        "2023-01-01T00:00:00",
        "2023-01-01 ",
        "٢٠٢٣-01-01",
        "2023-01-32",
    ] {
        assert_eq!(Date::parse(text).unwrap_err().code(), ErrorCode::InvalidDate, "{text}");
    }
    assert!(Date::parse("2023-12-31").unwrap() < Date::parse("2024-01-01").unwrap());
    assert_eq!(format!("{:?}", Date::parse("2023-01-09").unwrap()), "Date(2023-01-09)");
}

#[test]
fn a_row_is_read_leniently_but_not_without_its_amount() {
    let printed = fixture("bank/list_statement", "answer.json");
    let row = |change: &dyn Fn(&mut Value)| {
        let mut row = printed["data"][0].clone();
        change(&mut row);
        let body = json!({ "status": "success", "data": [row] });
        answered(&statement(), 200, &body).map(|rows| rows[0].clone())
    };
    assert_eq!(row(&|row| row["type"] = json!("Расход")).unwrap().direction, MovementDirection::Debit);
    assert_eq!(row(&|row| row["type"] = json!("Сторно")).unwrap().direction, MovementDirection::Other);
    assert_eq!(row(&|row| row["amount"] = json!("400")).unwrap().amount, uzs(400));
    assert_eq!(row(&|row| row["id"] = json!("2111291793")).unwrap().id, 2_111_291_793);
    let bare = row(&|row| *row = json!({ "id": 1, "type": "Приход", "amount": 1 })).unwrap();
    assert_eq!((bare.payer.account.as_str(), bare.document_date, bare.status), ("", None, TransferStatus::Other));
    for (name, value) in [
        ("amount", json!(null)),
        ("amount", json!(4.5)),
        ("amount", json!(-400)),
        ("amount", json!("400.00")),
        ("amount", json!("1 000")),
        ("id", json!("x")),
        ("id", json!(null)),
        ("type", json!(null)),
    ] {
        let error = row(&|row| row[name] = value.clone()).unwrap_err();
        assert_eq!(error.code(), ErrorCode::UnexpectedAnswer, "{name} {value}");
        assert!(error.message().ends_with(name), "{error}");
    }
    assert_eq!(answered(&statement(), 200, &json!({ "status": "success", "data": [] })).unwrap(), []);
}

#[test]
fn basic_credentials_are_encoded_and_shown_nowhere() {
    let auth = Auth::basic("gray", PASSWORD).unwrap();
    assert_eq!(format!("{auth:?}"), "Basic(Secret(…))");
    let sent = request(&ListServices);
    assert_eq!(sent.headers, [("authorization".into(), String::from("Basic Z3JheTpwQHNzdzByZA=="))]);
    assert!(!format!("{sent:?}").contains("Z3Jh"));
    // RFC 7617: the name ends at the first colon, and what is not ASCII is UTF-8.
    let spaced = Connection::new("https://bank.uz").unwrap().auth(Auth::basic("ў", "a: b").unwrap());
    let call = Exchange::new(&ListServices, &spaced, &Call::default()).unwrap();
    assert_eq!(call.request().headers[0].1, "Basic 0Z46YTogYg==");
    for (name, password, field) in
        [("", "x", "username"), ("a:b", "x", "username"), ("a\n", "x", "username"), ("a", "x\r\n", "password")]
    {
        let error = Auth::basic(name, password).unwrap_err();
        assert_eq!((error.code(), error.field()), (ErrorCode::InvalidHeader, Some(field)));
    }
}

#[test]
fn nothing_that_is_printed_has_a_card_number() {
    let order = order();
    let budget = budget_order();
    let shown = format!(
        "{order:?} {budget:?} {:?} {:?} {:?} {:?}",
        order.card,
        order.encode().unwrap(),
        exchange(&order),
        OrderId::new(PAN).unwrap()
    );
    assert!(!shown.contains(PAN) && !shown.contains("986053"), "{shown}");
    assert!(body(&order)["cardNumber"] == PAN);
    let told = json!({ "status": "error", "code": 1013, "message": format!("card {PAN}") });
    let error = answered(&order, 200, &told).unwrap_err();
    assert_eq!(error.provider_message(), Some("card ****"));
}

#[test]
fn every_route_has_a_fixture_and_those_of_the_contract_their_effect_and_group() {
    use Effect::{Keyed, Read};
    let expected = [
        ("listServices", Method::Get, "api/v2/services", Read, false),
        ("createPayment", Method::Post, "api/v2/payment", Keyed, true),
        ("createBudgetPayment", Method::Post, "api/v2/paymentBudget", Keyed, true),
        ("getPayment", Method::Get, "api/v2/payment/{orderId}", Read, false),
        ("getBalance", Method::Get, "api/v2/account/{serviceId}/balance", Read, false),
        ("listStatement", Method::Post, "api/v2/account/payments", Read, false),
    ];
    let routes = ROUTES.map(|route| (route.name, route.method, route.path, route.effect, route.can_be_asked_for));
    assert_eq!(routes, expected);
    let mut addresses = HashSet::new();
    for (route, folder) in ROUTES.into_iter().zip(BANK_FOLDERS) {
        assert_eq!((route.provider, route.auth, route.group), (Provider::Bank, AuthScheme::Basic, Group::Treasury));
        let index = fixture(folder, "index.json");
        assert_eq!(index["endpoint"], route.name);
        assert!(addresses.insert((route.method, route.path)));
        let printed = excerpt(folder, "address.txt");
        let path = printed.split('/').skip(1).collect::<Vec<_>>().join("/");
        let before = route.path.split('{').next().unwrap();
        assert!(path.starts_with(before), "{printed}");
    }
    assert_eq!(Provider::Bank.as_str(), "bank");
}

/// What the proxy sends on of a request that it takes.
fn passed_on(name: &str, target: &str, body: Option<&[u8]>) -> tiyin::Result<Message> {
    let incoming = Incoming::new(target, body)?;
    match name {
        "listServices" => ListServices::accept(&incoming)?.encode(),
        "createPayment" => CreatePayment::accept(&incoming)?.encode(),
        "createBudgetPayment" => CreateBudgetPayment::accept(&incoming)?.encode(),
        "getPayment" => GetPayment::accept(&incoming)?.encode(),
        "getBalance" => GetBalance::accept(&incoming)?.encode(),
        _ => ListStatement::accept(&incoming)?.encode(),
    }
}

fn check_round_trip<'a, E: Endpoint<'a>>(endpoint: &E) {
    let message = endpoint.encode().unwrap();
    let again = passed_on(E::ROUTE.name, &message.target, message.body.as_deref().map(str::as_bytes)).unwrap();
    assert!(again == message, "{} {:?}", again.target, again.body);
}

#[test]
fn a_proxy_takes_what_a_client_writes() {
    check_round_trip(&ListServices);
    check_round_trip(&order());
    check_round_trip(&CreatePayment { card: None, commission: uzs(0), ..order() });
    let mut order = order();
    order.payee.taxpayer_id = None;
    check_round_trip(&order);
    check_round_trip(&budget_order());
    check_round_trip(&CreateBudgetPayment { card: None, ..budget_order() });
    for id in ["100001", "a;b=c&d+e", "ў", "..."] {
        check_round_trip(&status_of(id));
    }
    check_round_trip(&GetBalance::new("2"));
    check_round_trip(&statement());
}

#[test]
fn a_proxy_takes_nothing_else() {
    let refusal = |name: &str, target: &str, body: Option<&Value>| {
        let body = body.map(Value::to_string);
        let error = passed_on(name, target, body.as_deref().map(str::as_bytes)).unwrap_err();
        (error.code(), error.field().unwrap_or_default().to_owned())
    };
    let given = |change: &dyn Fn(&mut Value)| {
        let mut body = fixture("bank/create_payment", "request.json");
        change(&mut body);
        refusal("createPayment", "api/v2/payment", Some(&body))
    };
    let is = |code, field: &str| (code, field.to_owned());
    assert_eq!(given(&|body| body["amounts"] = json!(1)), is(ErrorCode::UnknownField, "amounts"));
    assert_eq!(given(&|body| body["amount"] = json!(500_000)), is(ErrorCode::InvalidType, "amount"));
    assert_eq!(given(&|body| body["amount"] = json!("5e5")), is(ErrorCode::Exponent, "amount"));
    assert_eq!(given(&|body| body["amount"] = json!("0")), is(ErrorCode::AmountNotPositive, "amount"));
    assert_eq!(given(&|body| body["comissionAmount"] = json!("-1")), is(ErrorCode::OutOfRange, "commission"));
    assert_eq!(given(&|body| body["mfoReceiver"] = json!("1091")), is(ErrorCode::InvalidDigits, "mfoReceiver"));
    assert_eq!(given(&|body| body["innReceiver"] = json!("")), is(ErrorCode::InvalidDigits, "innReceiver"));
    assert_eq!(given(&|body| body["orderId"] = json!("a/b")), is(ErrorCode::InvalidId, "orderId"));
    assert_eq!(given(&|body| body["cardNumber"] = json!("1")), is(ErrorCode::InvalidDigits, "cardNumber"));
    assert_eq!(given(&|body| body["cardType"] = json!("VISA")), is(ErrorCode::NotAnOption, "cardType"));
    assert_eq!(given(&|body| body["purpose"] = json!("a\nb")), is(ErrorCode::UnprintableText, "purpose"));
    for name in [
        "orderId",
        "amount",
        "comissionAmount",
        "purpose",
        "serviceId",
        "receiverName",
        "mfoReceiver",
        "receiverAccount",
    ] {
        let without = given(&|body| _ = body.as_object_mut().unwrap().remove(name));
        assert_eq!(without, is(ErrorCode::MissingField, name));
    }
    // A card is given as a whole.
    for name in ["cardType", "cardNumber", "refNumber"] {
        let without = given(&|body| _ = body.as_object_mut().unwrap().remove(name));
        assert_eq!(without, is(ErrorCode::MissingField, name));
    }
    let body = fixture("bank/create_payment", "request.json");
    assert_eq!(refusal("createPayment", "api/v2/paymentBudget", Some(&body)), is(ErrorCode::NotAnOption, "path"));
    assert_eq!(refusal("createPayment", "api/v2/payment", None), is(ErrorCode::InvalidType, ""));
    for path in ["api/v2/payment/", "api/v2/payment", "api/v2/payment/a/b", "api/v2/payments/a"] {
        assert_eq!(refusal("getPayment", path, None), is(ErrorCode::NotAnOption, "path"), "{path}");
    }
    assert_eq!(refusal("getPayment", "api/v2/payment/%2e%2e", None), is(ErrorCode::InvalidId, "orderId"));
    assert_eq!(refusal("getPayment", "api/v2/payment/1?a=1", None), is(ErrorCode::UnknownField, "a"));
    assert_eq!(refusal("getBalance", "api/v2/account/02/balance", None), is(ErrorCode::NotAnInteger, "serviceId"));
    assert_eq!(refusal("listServices", "api/v2/services?all", None), is(ErrorCode::UnknownField, "all"));
    let asked = |change: &dyn Fn(&mut Value)| {
        let mut body = fixture("bank/list_statement", "request.json");
        change(&mut body);
        refusal("listStatement", "api/v2/account/payments", Some(&body))
    };
    assert_eq!(asked(&|body| body["type"] = json!(0)), is(ErrorCode::InvalidType, "type"));
    assert_eq!(asked(&|body| body["type"] = json!("3")), is(ErrorCode::NotAnOption, "type"));
    assert_eq!(asked(&|body| body["lastId"] = json!("0")), is(ErrorCode::InvalidType, "lastId"));
    assert_eq!(asked(&|body| body["lastId"] = json!(1.5)), is(ErrorCode::InvalidType, "lastId"));
    assert_eq!(asked(&|body| body["serviceId"] = json!("27")), is(ErrorCode::InvalidType, "serviceId"));
    assert_eq!(asked(&|body| body["fromDate"] = json!("2023-02-30")), is(ErrorCode::InvalidDate, "fromDate"));
}

proptest! {
    #[test]
    fn nothing_that_is_given_to_a_proxy_panics(
        place in 0..ROUTES.len(),
        query in "(\\?|&|=|%|%2F|%ff|/|\\+|a|1){0,12}",
        body in prop::option::of("(\\{|\\}|\\[|\\]|\"|:|,|\"orderId\"|\"amount\"|\"lastId\"|\"cardNumber\"|null|1|\\\\){0,16}"),
    ) {
        let route = ROUTES[place];
        let body = body.as_deref().map(str::as_bytes);
        let _ = passed_on(route.name, &format!("{}{query}", route.path), body);
        let _ = passed_on(route.name, &route.path.replace("{orderId}", &query).replace("{serviceId}", &query), body);
    }

    #[test]
    fn whatever_the_bank_answers_no_order_is_called_refused_or_accepted_that_is_not(body in "\\PC{0,40}", status: u16) {
        let event = Event::Answered { status, retry_after: None, body: body.as_bytes() };
        prop_assert_eq!(ended(&order(), event).unwrap_err().outcome(), Some(Outcome::Unknown));
    }
}

mod contradictions {
    use super::*;

    #[test]
    fn the_budget_example_breaks_its_own_table_which_is_what_counts() {
        let printed = excerpt("bank/create_budget_payment", "request.txt");
        let incoming = Incoming::new("api/v2/paymentBudget", Some(printed.as_bytes())).unwrap();
        assert_eq!(CreateBudgetPayment::accept(&incoming).unwrap_err().code(), ErrorCode::InvalidDigits);
        let corrections = corrections("bank/create_budget_payment");
        assert_eq!(corrections.len(), 2);
        let mended = corrected(&printed, corrections.iter());
        let incoming = Incoming::new("api/v2/paymentBudget", Some(mended.as_bytes())).unwrap();
        assert!(CreateBudgetPayment::accept(&incoming).unwrap() == budget_order());
    }

    #[test]
    fn commission_has_one_m_less_on_the_wire() {
        for body in [body(&order()), body(&budget_order())] {
            assert_eq!(body["comissionAmount"], "20000");
            assert_eq!(body.get("commissionAmount"), None);
        }
    }

    #[test]
    fn amounts_and_services_are_written_as_the_examples_show_and_read_in_either_form() {
        assert_eq!((&body(&order())["amount"], &body(&order())["serviceId"]), (&json!("500000"), &json!("2")));
        assert_eq!(body(&statement())["serviceId"], 27);
        for balance in [json!("1100"), json!(1100)] {
            assert_eq!(decoded(&GetBalance::new("2"), &json!({ "balance": balance })), uzs(1100));
        }
        assert_eq!(decoded(&GetBalance::new("2"), &json!({ "balance": "-5" })), uzs(-5));
        for balance in [json!("11.00"), json!(""), json!("1 100"), json!(null), json!(1e3)] {
            let body = json!({ "status": "success", "data": { "balance": balance } });
            let error = answered(&GetBalance::new("2"), 200, &body).unwrap_err();
            assert_eq!(error.code(), ErrorCode::UnexpectedAnswer, "{balance}");
        }
    }

    #[test]
    fn an_answer_of_success_may_have_no_code() {
        let body = json!({ "status": "success", "data": { "payment_status": "Введен" } });
        assert_eq!(answered(&order(), 200, &body).unwrap().status, TransferStatus::Accepted);
    }

    #[test]
    fn system_errors_are_asked_after_and_nothing_found_is_created_again_under_the_same_id() {
        for code in [1111, 2222] {
            assert_eq!(verdict(&answered(&order(), 200, &failure(code)).unwrap_err()), UNKNOWN);
        }
        let error = answered(&status_of("1"), 200, &failure(1008)).unwrap_err();
        assert_eq!(verdict(&error), (None, Some(NextAction::CreateAgain)));
    }

    #[test]
    fn the_kind_of_a_statement_is_text() {
        assert_eq!(body(&statement())["type"], "0");
    }

    #[test]
    fn an_order_id_is_a_part_of_a_path() {
        assert_eq!(OrderId::new("1/../2").unwrap_err().code(), ErrorCode::InvalidId);
    }
}
