//! What each way a call can go means: its code, what has become of the money, what to do, and whether a read is sent again.

use tiyin::endpoint::Endpoint;
use tiyin::error::{NextAction, Outcome};
use tiyin::exchange::{Connection, Event, LONGEST_ANSWER, Loss, Step};
use tiyin::paylov::{GetInfo, GetStatus, Pay};
use tiyin::{Error, ErrorCode};

use crate::paylov::{CARD, NOW, PAYMENT, SERVICE, account, answered, create, direct, exchange};

/// The codes that mean that nothing was executed, each with what to do.
pub(crate) const REFUSED: [(&str, NextAction); 19] = [
    ("insufficient_funds", NextAction::FixInput),
    ("invalid_otp", NextAction::ConfirmAgain),
    ("card_is_blocked", NextAction::FixInput),
    ("card_not_found", NextAction::FixInput),
    ("card_expired", NextAction::FixInput),
    ("field_required", NextAction::FixInput),
    ("validation_error", NextAction::FixInput),
    ("field_not_valid", NextAction::FixInput),
    ("invalid_amount", NextAction::FixInput),
    ("card_is_not_supported", NextAction::FixInput),
    ("invalid_card_token", NextAction::FixInput),
    ("too_many_attempts", NextAction::CreateAgain),
    ("invalid_card", NextAction::FixInput),
    ("pan_not_valid", NextAction::FixInput),
    ("card_is_not_activated", NextAction::FixInput),
    ("card_is_not_for_this_check", NextAction::FixInput),
    ("merchant_not_available", NextAction::RetryLater),
    ("terminal_does_not_exist", NextAction::AskProvider),
    ("bank_not_found", NextAction::AskProvider),
];

/// The codes that are known, and leave open what happened.
const NOT_CERTAIN: [&str; 10] = [
    "unknown_error",
    "server_error",
    "gateway_not_working",
    "processing_error",
    "error_at_pay",
    "transaction_already_payed",
    "already_confirmed",
    "transaction_not_available_for_payment",
    "transaction_not_found",
    "otp_code_already_sent",
];

fn proxied() -> Connection<'static> {
    Connection::new("https://shop.uz/api/paylov").unwrap()
}

/// How a call ends that is sent once, where its answer is this.
fn end<'a, E: Endpoint<'a>>(endpoint: &E, connection: &Connection<'_>, event: Event<'_>) -> Error {
    let mut connection = connection.clone();
    connection.retries = 0;
    let mut exchange = exchange(endpoint, &connection);
    assert!(matches!(exchange.step(Event::Woke, NOW), Step::Send { .. }));
    match exchange.step(event, NOW + 80) {
        Step::Done(Err(error)) => error,
        Step::Done(Ok(_)) => panic!("{event:?} succeeded"),
        Step::Send { .. } | Step::Sleep { .. } => panic!("{event:?} is sent again"),
    }
}

fn is_sent_again<'a, E: Endpoint<'a>>(endpoint: &E, connection: &Connection<'_>, event: Event<'_>) -> bool {
    let mut exchange = exchange(endpoint, connection);
    assert!(matches!(exchange.step(Event::Woke, NOW), Step::Send { .. }));
    matches!(exchange.step(event, NOW + 80), Step::Sleep { .. })
}

fn verdict(error: &Error) -> (ErrorCode, Option<Outcome>, Option<NextAction>) {
    (error.code(), error.outcome(), error.next_action())
}

fn body(status: u16, body: &[u8]) -> Event<'_> {
    Event::Answered { status, retry_after: None, body }
}

/// What a failure of one code means for each of the three effects.
struct Meaning {
    code: ErrorCode,
    /// What to do after a read, and whether it does that by itself.
    read: (Option<NextAction>, bool),
    create: (Outcome, NextAction),
    pay: (Outcome, NextAction),
}

const UNKNOWN: (Outcome, NextAction) = (Outcome::Unknown, NextAction::QueryStatus);
const CREATE_AGAIN: (Outcome, NextAction) = (Outcome::NotExecuted, NextAction::CreateAgain);

/// What may be over a moment later.
fn passing(code: ErrorCode) -> Meaning {
    Meaning { code, read: (Some(NextAction::RetryLater), true), create: CREATE_AGAIN, pay: UNKNOWN }
}

/// What would be the same again.
fn lasting(code: ErrorCode) -> Meaning {
    Meaning { code, read: (None, false), create: CREATE_AGAIN, pay: UNKNOWN }
}

fn refused(action: NextAction) -> Meaning {
    let rejected = (Outcome::Rejected, action);
    // What the provider itself says to try later, a read tries later.
    let read = (Some(action), action == NextAction::RetryLater);
    Meaning { code: ErrorCode::ProviderError, read, create: rejected, pay: rejected }
}

fn check(event: Event<'_>, what: &str, connection: &Connection<'_>, meaning: &Meaning) {
    let status = GetStatus::new(PAYMENT);
    let info = GetInfo { service_id: SERVICE.into(), account: account() };
    let Meaning { code, read, create: created, pay: paid } = *meaning;
    for (error, is_again) in [
        (end(&status, connection, event), is_sent_again(&status, connection, event)),
        (end(&info, connection, event), is_sent_again(&info, connection, event)),
    ] {
        assert_eq!(verdict(&error), (code, None, read.0), "a read: {what}");
        assert_eq!(is_again, read.1, "a read: {what}");
    }
    let error = end(&create(), connection, event);
    assert_eq!(verdict(&error), (code, Some(created.0), Some(created.1)), "create: {what}");
    assert!(!is_sent_again(&create(), connection, event), "create: {what}");
    let pay = Pay::new(PAYMENT, CARD);
    let error = end(&pay, connection, event);
    assert_eq!(verdict(&error), (code, Some(paid.0), Some(paid.1)), "pay: {what}");
    assert!(!is_sent_again(&pay, connection, event), "pay: {what}");
}

#[test]
fn an_answer_that_did_not_come_leaves_a_payment_unknown() {
    use ErrorCode::{Aborted, AnswerTooLarge, NetworkError, NotAResponse, TimedOut, TruncatedAnswer};
    for (loss, meaning) in [
        (Loss::Aborted, lasting(Aborted)),
        (Loss::TimedOut, passing(TimedOut)),
        (Loss::Disconnected, passing(NetworkError)),
        (Loss::NotAResponse, lasting(NotAResponse)),
        (Loss::Truncated, passing(TruncatedAnswer)),
        (Loss::TooLarge, lasting(AnswerTooLarge)),
    ] {
        for connection in [direct(), proxied()] {
            check(Event::Lost(loss), &format!("{loss:?}"), &connection, &meaning);
        }
    }
}

#[test]
fn what_never_left_was_not_executed() {
    for (loss, code, action) in [
        (Loss::Aborted, ErrorCode::Aborted, NextAction::RetryLater),
        (Loss::NoFetch, ErrorCode::FetchUnavailable, NextAction::FixInput),
        (Loss::NoRequest, ErrorCode::RequestNotMade, NextAction::FixInput),
    ] {
        let pay = Pay::new(PAYMENT, CARD);
        let Step::Done(Err(error)) = exchange(&pay, &direct()).step(Event::Lost(loss), NOW) else { panic!() };
        assert_eq!(verdict(&error), (code, Some(Outcome::NotExecuted), Some(action)));
        assert_eq!(error.sent_at(), None);
        let read = GetStatus::new(PAYMENT);
        let Step::Done(Err(error)) = exchange(&read, &direct()).step(Event::Lost(loss), NOW) else { panic!() };
        assert_eq!((error.code(), error.outcome(), error.sent_at()), (code, None, None));
    }
}

/// Whoever is to send finds out only then that there is nothing to send, or to send with.
#[test]
fn what_could_not_be_sent_did_not_leave() {
    let unsent = (Outcome::NotExecuted, NextAction::FixInput);
    for (loss, code) in [(Loss::NoFetch, ErrorCode::FetchUnavailable), (Loss::NoRequest, ErrorCode::RequestNotMade)] {
        let meaning = Meaning { code, read: (Some(NextAction::FixInput), false), create: unsent, pay: unsent };
        check(Event::Lost(loss), code.as_str(), &direct(), &meaning);
        assert_eq!(end(&Pay::new(PAYMENT, CARD), &direct(), Event::Lost(loss)).sent_at(), None);
    }
}

/// Only the last send is known not to have left; the one before it did.
#[test]
fn a_read_that_could_not_be_sent_again_was_sent_before() {
    let mut read = exchange(&GetStatus::new(PAYMENT), &direct());
    assert!(matches!(read.step(Event::Woke, NOW), Step::Send { .. }));
    let Step::Sleep { ms } = read.step(Event::Lost(Loss::Disconnected), NOW) else { panic!() };
    assert!(matches!(read.step(Event::Woke, NOW + ms), Step::Send { .. }));
    let Step::Done(Err(error)) = read.step(Event::Lost(Loss::NoRequest), NOW + ms) else { panic!() };
    assert_eq!((error.code(), error.sent_at().is_some()), (ErrorCode::RequestNotMade, true));
}

#[test]
fn an_answer_that_cannot_be_read_leaves_a_payment_unknown() {
    use ErrorCode::{EmptyAnswer, NotJson, UnexpectedAnswer};
    let meanings = [passing(EmptyAnswer), passing(NotJson), lasting(UnexpectedAnswer)];
    let [empty, not_json, unexpected] = &meanings;
    for (status, text, meaning) in [
        (200, "", empty),
        (200, " \r\n\t", empty),
        (204, "", empty),
        (205, "", empty),
        (200, "<!doctype html><title>502 Bad Gateway</title>", not_json),
        (200, "OK", not_json),
        (200, "{\"result\":{\"transactionId\":", not_json),
        (200, "{\"result\":{}}{}", not_json),
        (200, "\0\u{1}ў", not_json),
        (200, "{}", unexpected),
        (200, "[]", unexpected),
        (200, "null", unexpected),
        (200, "\"paid\"", unexpected),
        (200, "500", unexpected),
        (200, "{\"result\":null}", unexpected),
        (200, "{\"result\":{}}", unexpected),
        (200, "{\"result\":[]}", unexpected),
        (200, "{\"result\":true}", unexpected),
        (200, "{\"result\":{},\"error\":null}", unexpected),
        (200, "{\"error\":null}", unexpected),
        (200, "{\"data\":[],\"transactionId\":\"b6135bb4-ef3c-4ab1-a5aa-db174a9bdc26\"}", unexpected),
        (200, "{\"result\":{\"transactionId\":null,\"status\":\"paid\",\"amount\":500}}", unexpected),
        (201, "{\"result\":{\"transactionId\":{},\"status\":\"paid\",\"amount\":500}}", unexpected),
    ] {
        for connection in [direct(), proxied()] {
            check(body(status, text.as_bytes()), &format!("{status} {text}"), &connection, meaning);
        }
    }
}

#[test]
fn another_payments_answer_leaves_this_one_unknown() {
    let other =
        br#"{"result":{"transactionId":"another","payedAt":"2024-10-14 15:07:23","paymentRef":"023581615065"}}"#;
    let error = answered(&Pay::new(PAYMENT, CARD), 200, other).unwrap_err();
    let unknown = (ErrorCode::UnexpectedAnswer, Some(Outcome::Unknown), Some(NextAction::QueryStatus));
    assert_eq!(verdict(&error), unknown);
}

#[test]
fn a_status_that_is_neither_success_nor_the_documented_failure_refuses_nothing() {
    use ErrorCode::{ProviderError, RateLimited, Redirected, ServerError, UnexpectedStatus};
    let error = br#"{"error":{"code":"insufficient_funds","message":"no money"}}"#;
    let not_now = (Outcome::NotExecuted, NextAction::RetryLater);
    let limited = Meaning { create: not_now, ..passing(RateLimited) };
    let statuses: [(&[u16], Meaning, Meaning); 4] = [
        (&[0, 300, 301, 302, 303, 304, 307, 308, 399], lasting(Redirected), lasting(Redirected)),
        (
            &[100, 101, 199, 401, 402, 403, 404, 405, 409, 418, 422, 499, 600, 999, u16::MAX],
            lasting(UnexpectedStatus),
            lasting(ProviderError),
        ),
        (&[429], Meaning { create: not_now, ..passing(RateLimited) }, limited),
        (&[500, 501, 502, 503, 504, 520, 599], passing(ServerError), passing(ServerError)),
    ];
    for (statuses, without_error, with_error) in &statuses {
        for &status in *statuses {
            for text in [&b""[..], b"<html>", b"{}", br#"{"result":{}}"#] {
                check(body(status, text), &format!("{status}"), &direct(), without_error);
            }
            check(body(status, error), &format!("{status} with an error"), &direct(), with_error);
        }
    }
    for text in [&b""[..], b"<html>", b"{}", br#"{"result":{}}"#, br#"{"error":null}"#] {
        check(body(400, text), "400", &direct(), &lasting(UnexpectedStatus));
    }
}

#[test]
fn a_known_refusal_means_that_nothing_was_executed() {
    for (code, action) in REFUSED {
        let text = format!(r#"{{"error":{{"code":"{code}","message":"m"}}}}"#);
        for connection in [direct(), proxied()] {
            for status in [400, 200] {
                check(body(status, text.as_bytes()), code, &connection, &refused(action));
            }
        }
        let with_null = format!(r#"{{"result":null,"error":{{"code":"{code}"}}}}"#);
        check(body(400, with_null.as_bytes()), code, &direct(), &refused(action));
    }
}

#[test]
fn every_other_code_leaves_a_payment_unknown() {
    let others = [
        "string",
        "",
        "insufficient",
        "Insufficient_Funds",
        "insufficient_funds ",
        "funds",
        "card_expired field_required",
        "-32400",
        "ў",
    ];
    for code in NOT_CERTAIN.into_iter().chain(others) {
        let text = format!(r#"{{"error":{{"code":"{code}","message":"m"}}}}"#);
        for status in [400, 200] {
            check(body(status, text.as_bytes()), code, &direct(), &lasting(ErrorCode::ProviderError));
        }
    }
    for error in [
        "{}",
        "[]",
        "true",
        "false",
        "0",
        "\"insufficient_funds\"",
        r#"{"code":null}"#,
        r#"{"code":["insufficient_funds"]}"#,
    ] {
        let text = format!(r#"{{"error":{error}}}"#);
        check(body(400, text.as_bytes()), &text, &direct(), &lasting(ErrorCode::ProviderError));
    }
}

#[test]
fn what_says_both_that_it_succeeded_and_that_it_failed_is_not_certain() {
    for text in [
        r#"{"result":{"transactionId":"b6135bb4-ef3c-4ab1-a5aa-db174a9bdc26","status":"paid","amount":500},"error":{"code":"insufficient_funds"}}"#,
        r#"{"result":{},"error":{"code":"insufficient_funds"}}"#,
        r#"{"result":{"transactionId":"b6135bb4-ef3c-4ab1-a5aa-db174a9bdc26","error":{"code":"insufficient_funds"}}}"#,
    ] {
        for status in [200, 400] {
            check(body(status, text.as_bytes()), text, &direct(), &lasting(ErrorCode::ProviderError));
        }
    }
}

#[test]
fn a_null_error_is_none() {
    let paid = br#"{"result":{"transactionId":"b6135bb4-ef3c-4ab1-a5aa-db174a9bdc26","paymentRef":"1","error":null},"error":null}"#;
    assert_eq!(answered(&Pay::new(PAYMENT, CARD), 200, paid).unwrap().transaction_id, PAYMENT);
}

#[test]
fn an_answer_is_read_up_to_its_longest_length_and_no_further() {
    let text = br#"{"result":{"transactionId":"b6135bb4-ef3c-4ab1-a5aa-db174a9bdc26","paymentRef":"1"}}"#;
    let mut longest = text.to_vec();
    longest.resize(LONGEST_ANSWER, b' ');
    assert!(answered(&Pay::new(PAYMENT, CARD), 200, &longest).is_ok());
    longest.push(b' ');
    check(body(200, &longest), "one byte more", &direct(), &lasting(ErrorCode::AnswerTooLarge));
    let error = end(&Pay::new(PAYMENT, CARD), &direct(), body(200, &longest));
    assert_eq!(error.http_status(), Some(200));
}

#[test]
fn an_error_says_what_was_answered_and_when_it_was_sent() {
    let text = br#"{"error":{"code":"error_at_pay","message":"try later"}}"#;
    let error =
        end(&Pay::new(PAYMENT, CARD), &direct(), Event::Answered { status: 400, retry_after: Some("7"), body: text });
    assert_eq!((error.http_status(), error.retry_after_ms(), error.sent_at()), (Some(400), Some(7000), Some(NOW)));
    assert_eq!((error.provider_code(), error.provider_message()), (Some("error_at_pay"), Some("try later")));
    assert_eq!(error.proxy_code(), None);
    let hidden = end(&Pay::new(PAYMENT, CARD), &direct(), body(0, b""));
    assert_eq!(hidden.http_status(), None);
    let nameless = end(&Pay::new(PAYMENT, CARD), &direct(), body(400, br#"{"error":{}}"#));
    assert_eq!((nameless.provider_code(), nameless.provider_message()), (None, None));
    let number = end(&Pay::new(PAYMENT, CARD), &direct(), body(400, br#"{"error":{"code":-7,"message":8}}"#));
    assert_eq!((number.provider_code(), number.provider_message()), (Some("-7"), Some("8")));
}

/// What a proxy of this project refuses with.
fn refusal(rest: &str) -> String {
    format!(r#"{{"error":{{"message":"m","source":"proxy",{rest}}}}}"#)
}

#[test]
fn a_proxy_knows_itself_what_became_of_the_call() {
    for (rest, outcome, action) in [
        (
            r#""code":"forbidden","outcome":"not_executed","nextAction":"fix_input""#,
            Outcome::NotExecuted,
            Some(NextAction::FixInput),
        ),
        (
            r#""code":"in_flight","outcome":"unknown","nextAction":"query_status""#,
            Outcome::Unknown,
            Some(NextAction::QueryStatus),
        ),
        (
            r#""code":"insufficient_funds","outcome":"rejected","nextAction":"new_order_id""#,
            Outcome::Rejected,
            Some(NextAction::NewOrderId),
        ),
        (r#""code":"limited","outcome":"not_executed""#, Outcome::NotExecuted, None),
        // What it leaves open, or says in words that are not known here, is open.
        (r#""code":"broken""#, Outcome::Unknown, Some(NextAction::QueryStatus)),
        (r#""code":"insufficient_funds""#, Outcome::Unknown, Some(NextAction::QueryStatus)),
        (r#""code":"broken","outcome":null"#, Outcome::Unknown, Some(NextAction::QueryStatus)),
        (
            r#""code":"broken","outcome":"executed","nextAction":"pay_again""#,
            Outcome::Unknown,
            Some(NextAction::QueryStatus),
        ),
        (r#""code":"broken","outcome":"not_executed rejected""#, Outcome::Unknown, Some(NextAction::QueryStatus)),
    ] {
        for status in [400, 401, 403, 404, 409, 413, 422, 429, 502, 504] {
            let text = refusal(rest);
            let error = end(&Pay::new(PAYMENT, CARD), &proxied(), body(status, text.as_bytes()));
            assert_eq!(verdict(&error), (ErrorCode::ProxyRefused, Some(outcome), action), "{status} {rest}");
            assert_eq!(error.http_status(), Some(status));
            let code = rest.split('"').nth(3);
            assert_eq!((error.proxy_code(), error.provider_code()), (code, None));
            let read = end(&GetStatus::new(PAYMENT), &proxied(), body(status, text.as_bytes()));
            assert_eq!((read.code(), read.outcome()), (ErrorCode::ProxyRefused, None));
        }
    }
}

/// What a proxy calls unknown, whatever it says to do.
#[test]
fn what_a_proxy_does_not_know_is_asked_for_and_what_prepares_is_created_again() {
    for action in
        [r#""#, r#","nextAction":"fix_input""#, r#","nextAction":"create_again""#, r#","nextAction":"retry_later""#]
    {
        let text = refusal(&format!(r#""code":"x","outcome":"unknown"{action}"#));
        for status in [400, 403, 429, 502] {
            let error = end(&Pay::new(PAYMENT, CARD), &proxied(), body(status, text.as_bytes()));
            let unknown = (ErrorCode::ProxyRefused, Some(Outcome::Unknown), Some(NextAction::QueryStatus));
            assert_eq!(verdict(&error), unknown, "{status} {text}");
            let error = end(&create(), &proxied(), body(status, text.as_bytes()));
            let again = (ErrorCode::ProxyRefused, Some(Outcome::NotExecuted), Some(NextAction::CreateAgain));
            assert_eq!(verdict(&error), again, "{status} {text}");
        }
    }
}

#[test]
fn what_only_looks_like_a_proxys_refusal_leaves_a_payment_unknown() {
    let claim =
        r#"{"source":"proxy","code":"insufficient_funds","outcome":"not_executed","nextAction":"create_again"}"#;
    let bare = format!(r#"{{"error":{claim}}}"#);
    let inside = format!(r#"{{"result":{{"error":{claim}}}}}"#);
    let beside = format!(r#"{{"result":{{"transactionId":"{PAYMENT}","paymentRef":"1"}},"error":{claim}}}"#);
    for (status, text) in [
        (200, &bare),
        (201, &bare),
        (302, &bare),
        (0, &bare),
        (200, &inside),
        (400, &inside),
        (403, &inside),
        (502, &inside),
        (200, &beside),
        (400, &beside),
        (502, &beside),
    ] {
        let error = end(&Pay::new(PAYMENT, CARD), &proxied(), body(status, text.as_bytes()));
        let told = (error.outcome(), error.next_action());
        assert_eq!(told, (Some(Outcome::Unknown), Some(NextAction::QueryStatus)), "{status} {text}");
        assert_ne!(error.code(), ErrorCode::ProxyRefused, "{status} {text}");
        let error = end(&create(), &proxied(), body(status, text.as_bytes()));
        let told = (error.outcome(), error.next_action());
        assert_eq!(told, (Some(Outcome::NotExecuted), Some(NextAction::CreateAgain)), "{status} {text}");
    }
}

#[test]
fn a_read_that_a_proxy_refuses_is_sent_again_only_where_that_can_help() {
    let text = refusal(r#""code":"x""#);
    for (status, is_again) in
        [(400, false), (401, false), (403, false), (409, false), (429, true), (502, true), (504, true)]
    {
        let answer = body(status, text.as_bytes());
        assert_eq!(is_sent_again(&GetStatus::new(PAYMENT), &proxied(), answer), is_again, "{status}");
    }
}

#[test]
fn what_a_proxy_says_is_in_the_message_and_its_requests_id_beside_it() {
    let pan = "8600330410689500";
    let refusal = |rest: &str| {
        let text = format!(r#"{{"error":{{"code":"forbidden","source":"proxy",{rest}}}}}"#);
        end(&Pay::new(PAYMENT, CARD), &proxied(), body(403, text.as_bytes()))
    };
    let error = refusal(r#""message":"this card is not yours","requestId":"req_8f-1""#);
    assert_eq!(error.message(), "refused by the proxy: this card is not yours");
    assert_eq!(error.request_id(), Some("req_8f-1"));
    let error = refusal(&format!(r#""message":"card {pan}: {}","requestId":"{pan}""#, "x".repeat(600)));
    assert!(error.message().starts_with("refused by the proxy: card ****: xx") && error.message().len() < 600);
    assert_eq!(error.request_id(), Some("****"));
    for none in [r#""requestId":"""#, r#""requestId":"a b""#, r#""requestId":[1]"#, r#""requestId":"a\nb""#] {
        assert_eq!(refusal(none).request_id(), None, "{none}");
        assert_eq!(refusal(none).message(), "refused by the proxy", "{none}");
    }
    assert_eq!(refusal(&format!(r#""requestId":"{}""#, "x".repeat(129))).request_id(), None);
}

#[test]
fn a_code_of_a_proxy_that_is_none_is_not_repeated() {
    for code in [r#""""#, r#""8600123412341234""#, r#""Code""#, r#""a b""#, "1", "null", "{}"] {
        let text = refusal(&format!(r#""code":{code}"#));
        let error = end(&Pay::new(PAYMENT, CARD), &proxied(), body(403, text.as_bytes()));
        assert_eq!(error.proxy_code(), Some("proxy_refused"), "{code}");
    }
    let long = refusal(&format!(r#""code":"{}""#, "a".repeat(65)));
    let error = end(&Pay::new(PAYMENT, CARD), &proxied(), body(403, long.as_bytes()));
    assert_eq!(error.proxy_code(), Some("proxy_refused"));
}

#[test]
fn a_provider_cannot_speak_as_a_proxy() {
    let text = refusal(r#""code":"x","outcome":"not_executed","nextAction":"retry_later""#);
    check(body(400, text.as_bytes()), "a proxy's words", &direct(), &lasting(ErrorCode::ProviderError));
    let error = end(&Pay::new(PAYMENT, CARD), &direct(), body(400, text.as_bytes()));
    assert_eq!((error.proxy_code(), error.provider_code()), (None, Some("x")));
    // Nor is what it says so a refusal of its own.
    let error = end(&Pay::new(PAYMENT, CARD), &direct(), body(400, refusal(r#""code":"invalid_otp""#).as_bytes()));
    assert_eq!((error.outcome(), error.next_action()), (Some(Outcome::Unknown), Some(NextAction::QueryStatus)));
}

#[test]
fn what_the_input_forbids_was_not_executed_and_says_what_to_mend() {
    let connection = direct();
    let call = tiyin::exchange::Call::default();
    let error = tiyin::exchange::Exchange::new(&Pay::new("", CARD), &connection, &call).unwrap_err();
    assert_eq!(verdict(&error), (ErrorCode::EmptyText, Some(Outcome::NotExecuted), Some(NextAction::FixInput)));
    assert_eq!(error.field(), Some("transactionId"));
    let error = tiyin::exchange::Exchange::new(&GetStatus::new(""), &connection, &call).unwrap_err();
    assert_eq!(verdict(&error), (ErrorCode::EmptyText, None, Some(NextAction::FixInput)));
}
