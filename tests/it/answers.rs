//! Reading JSON as servers write it, and refusing what is none.

use proptest::prelude::*;
use serde_json::{Value, json};
use tiyin::error::Outcome;
use tiyin::paylov::{GetFields, GetInfo, GetStatus, ListPaid, ListServices, Pay, PaymentState, PaymentStatus};
use tiyin::{ErrorCode, Money};

use crate::fixtures::{FOLDERS, first_answer};
use crate::paylov::{CARD, PAYMENT, SERVICE, account, answered, create, decoded};

fn state(members: &str) -> tiyin::Result<PaymentState> {
    let body = format!("{{\"result\":{{\"transactionId\":\"{PAYMENT}\",\"status\":\"paid\",{members}}}}}");
    answered(&GetStatus::new(PAYMENT), 200, body.as_bytes())
}

fn code(body: &[u8]) -> Option<ErrorCode> {
    answered(&GetStatus::new(PAYMENT), 200, body).err().map(|error| error.code())
}

/// What each endpoint makes of an answer, by its place in [`FOLDERS`]: how it ended, with what is wrong where it failed.
fn ends(status: u16, body: &[u8]) -> [Result<Value, tiyin::Error>; 7] {
    fn value<T: serde::Serialize>(answer: T) -> Value {
        serde_json::to_value(answer).unwrap()
    }
    let info = GetInfo { service_id: SERVICE.into(), account: account() };
    [
        answered(&ListServices::default(), status, body).map(value),
        answered(&GetFields::new(SERVICE), status, body).map(value),
        answered(&info, status, body).map(value),
        answered(&create(), status, body).map(value),
        answered(&Pay::new(PAYMENT, CARD), status, body).map(value),
        answered(&GetStatus::new(PAYMENT), status, body).map(value),
        answered(&ListPaid::default(), status, body).map(value),
    ]
}

#[test]
fn an_amount_is_exact_however_it_is_written() {
    for (written, som) in [
        ("500", "500"),
        ("500.0", "500"),
        ("500.00", "500"),
        ("500.5", "500.50"),
        ("500.50", "500.50"),
        ("\"500\"", "500"),
        ("\"500.50\"", "500.50"),
        ("0", "0"),
        ("0.1", "0.10"),
        ("90071992547409.91", "90071992547409.91"),
    ] {
        let state = state(&format!("\"amount\":{written}")).unwrap_or_else(|error| panic!("{written}: {error}"));
        assert_eq!(state.amount, Some(Money::som(som).unwrap()), "{written}");
    }
}

#[test]
fn an_amount_that_is_not_certain_is_not_guessed_and_leaves_the_status_as_it_is() {
    for written in [
        "500.001",
        "500.000",
        "5e2",
        "5E+2",
        "1e999",
        "90071992547409.92",
        "99999999999999999999999999",
        "\"\"",
        "\"500 UZS\"",
        "\"1 000\"",
        "\"1,000\"",
        "\"+5\"",
        "\" 5\"",
        "\"٣\"",
        "null",
        "true",
        "[500]",
        "{\"minor\":1}",
        "-1",
        "\"-500\"",
    ] {
        let read = state(&format!("\"amount\":{written}")).unwrap_or_else(|error| panic!("{written}: {error}"));
        assert_eq!((read.status, read.amount), (PaymentStatus::Paid, None), "{written}");
        assert_eq!(serde_json::to_value(&read).unwrap().get("amount"), None);
        // A list of money has no payment without one.
        let row = format!("{{\"id\":1,\"amount\":{written},\"date\":\"d\",\"serviceId\":\"s\"}}");
        let body = format!("{{\"result\":{{\"transactions\":[{row}]}}}}");
        let error = answered(&ListPaid::default(), 200, body.as_bytes()).unwrap_err();
        assert_eq!(error.code(), ErrorCode::UnexpectedAnswer, "{written}");
        assert!(error.message().ends_with(": amount"), "{}", error.message());
    }
    assert_eq!(state("\"raw\":1").unwrap().amount, None);
    for written in ["0500", "+5", ".5", "5.", "NaN", "Infinity", "0x10", "- 5", "'5'"] {
        assert_eq!(state(&format!("\"amount\":{written}")).unwrap_err().code(), ErrorCode::NotJson, "{written}");
    }
}

#[test]
fn an_id_is_text_whether_it_is_written_as_text_or_as_a_number() {
    let body = json!({ "result": { "transactionId": 12, "status": "paid", "amount": 1, "serviceId": 7, "payedAt": 1728900443 } });
    let state = decoded(&GetStatus::new("12"), &body);
    assert_eq!((state.transaction_id.as_str(), state.service_id.as_deref()), ("12", Some("7")));
    assert_eq!(state.paid_at.as_deref(), Some("1728900443"));
    // A number's digits are kept as they come, beyond what a double can hold.
    let body = br#"{"result":{"transactionId":123456789012345678901,"status":"paid","amount":1}}"#;
    assert!(answered(&GetStatus::new("123456789012345678901"), 200, body).is_ok());
    for other in [
        &br#"{"result":{"transactionId":12.0,"status":"paid","amount":1}}"#[..],
        br#"{"result":{"transactionId":"012","status":"paid","amount":1}}"#,
    ] {
        assert_eq!(answered(&GetStatus::new("12"), 200, other).unwrap_err().code(), ErrorCode::UnexpectedAnswer);
    }
}

#[test]
fn where_a_name_is_there_twice_the_last_one_counts() {
    let twice = state(r#""amount":1,"amount":2,"status":"created","status":"cancelled""#).unwrap();
    assert_eq!((twice.amount, twice.status), (Money::som("2").ok(), PaymentStatus::Cancelled));
    // However it is written.
    let escaped = state(r#""amount":1,"am\u006funt":3"#).unwrap();
    assert_eq!(escaped.amount, Money::som("3").ok());
    // Also where the last one says nothing.
    assert_eq!(state(r#""amount":1,"amount":null"#).unwrap().amount, None);
}

#[test]
fn members_that_are_not_known_are_passed_over() {
    assert!(state(r#""amount":1,"new":{"deep":[1,{"x":null}]},"":0"#).is_ok());
}

#[test]
fn a_byte_order_mark_and_space_around_it_are_passed_over() {
    let text = format!("{{\"result\":{{\"transactionId\":\"{PAYMENT}\",\"status\":\"paid\",\"amount\":1}}}}");
    for around in [format!("\u{feff}{text}"), format!(" \r\n\t{text}\r\n "), format!("\u{feff} {text}")] {
        assert_eq!(code(around.as_bytes()), None);
    }
    assert_eq!(code(format!("\u{feff}\u{feff}{text}").as_bytes()), Some(ErrorCode::NotJson));
    assert_eq!(code(format!("\u{a0}{text}").as_bytes()), Some(ErrorCode::NotJson));
}

#[test]
fn what_is_not_quite_json_is_none() {
    let good = format!("\"transactionId\":\"{PAYMENT}\",\"status\":\"paid\",\"amount\":1");
    assert_eq!(code(format!("{{\"result\":{{{good}}}}}").as_bytes()), None);
    for body in [
        format!("{{\"result\":{{{good},}}}}"),
        format!("{{\"result\":{{{good}}},}}"),
        format!("{{\"result\":{{{good}}}"),
        format!("{{\"result\":{{{good}}}}}x"),
        format!("{{\"result\":{{{good}}}}}\0"),
        format!("{{result:{{{good}}}}}"),
        format!("{{'result':{{{good}}}}}"),
        format!("/* */{{\"result\":{{{good}}}}}"),
        format!("{{\"result\":{{{good},\"x\":[1 2]}}}}"),
        format!("{{\"result\":{{{good},\"x\":[1,]}}}}"),
        format!("{{\"result\":{{{good},\"x\":undefined}}}}"),
        format!("{{\"result\":{{{good},\"x\":\"\n\"}}}}"),
        format!("{{\"result\":{{{good},\"x\":\"\\x\"}}}}"),
        format!("{{\"result\":{{{good},\"x\":\"\\u12\"}}}}"),
        format!("jQuery({{\"result\":{{{good}}}}})"),
    ] {
        assert_eq!(code(body.as_bytes()), Some(ErrorCode::NotJson), "{body}");
    }
}

#[test]
fn half_of_a_character_makes_it_no_json() {
    for escape in ["\\ud83d", "\\ude00", "\\ud83d\\ud83d", "\\ud83dx", "\\ude00\\ud83d"] {
        assert_eq!(
            state(&format!("\"amount\":1,\"x\":\"{escape}\"")).unwrap_err().code(),
            ErrorCode::NotJson,
            "{escape}"
        );
    }
    let whole = state(r#""amount":1,"cancelTime":"\ud83d\ude00""#).unwrap();
    assert_eq!(whole.cancelled_at.as_deref(), Some("😀"));
}

#[test]
fn bytes_that_are_no_utf_8_make_it_no_json() {
    for bytes in [&b"\xff"[..], b"\xc3", b"\xed\xa0\xbd", b"\xc0\xaf", b"\xf4\x90\x80\x80"] {
        let mut body =
            format!("{{\"result\":{{\"transactionId\":\"{PAYMENT}\",\"status\":\"paid\",\"amount\":1,\"x\":\"")
                .into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\"}}");
        assert_eq!(code(&body), Some(ErrorCode::NotJson), "{bytes:?}");
    }
}

#[test]
fn lists_in_lists_are_read_as_deep_as_any_answer_has_them_and_refused_beyond() {
    let nested = |depth: usize| format!("\"amount\":1,\"x\":{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(state(&nested(14)).is_ok());
    assert_eq!(state(&nested(15)).unwrap_err().code(), ErrorCode::NotJson);
    for open in ["[", "{\"a\":", "[{\"a\":["] {
        assert_eq!(code(open.repeat(200_000).as_bytes()), Some(ErrorCode::NotJson));
    }
}

#[test]
fn every_documented_answer_is_read_by_its_own_endpoint_and_by_no_other_that_pays() {
    for (place, folder) in FOLDERS.into_iter().enumerate() {
        let ends = ends(200, &first_answer(folder));
        assert!(ends[place].is_ok(), "{folder}");
        // The status beside it is that of this very payment, and says when it was paid.
        assert_eq!(ends[4].is_ok(), matches!(folder, "pay" | "get_status"), "{folder}");
    }
}

#[test]
fn an_answer_that_breaks_off_anywhere_is_never_success() {
    for folder in FOLDERS {
        let body = first_answer(folder);
        for length in 0..body.len() {
            for (place, end) in ends(200, &body[..length]).into_iter().enumerate() {
                let error = end.unwrap_err();
                let is_known = matches!(error.code(), ErrorCode::NotJson | ErrorCode::EmptyAnswer);
                assert!(is_known, "{folder} at {length}: {error}");
                if place == 4 {
                    assert_eq!(error.outcome(), Some(Outcome::Unknown));
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn no_bytes_panic_and_none_refuse_a_payment(status: u16, body in prop::collection::vec(any::<u8>(), 0..60)) {
        let [.., pay, _, _] = ends(status, &body);
        prop_assert_eq!(pay.unwrap_err().outcome(), Some(Outcome::Unknown));
    }

    #[test]
    fn no_part_of_a_documented_answer_that_is_changed_panics_or_refuses_a_payment(
        folder in prop::sample::select(&FOLDERS[..]),
        at: prop::sample::Index,
        length in 0..12usize,
        by in "(\\{|\\}|\\[|\\]|\"|:|,|null|true|1|-|e|\\.|\\\\|\\\\ud800|\"error\":\\{\\},){0,3}",
    ) {
        let mut body = first_answer(folder);
        let from = at.index(body.len());
        let to = body.len().min(from + length);
        body.splice(from..to, by.into_bytes());
        let [.., pay, _, _] = ends(200, &body);
        if let Err(error) = pay {
            prop_assert_eq!(error.outcome(), Some(Outcome::Unknown));
        }
    }
}
