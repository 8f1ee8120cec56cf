//! Any bytes as the answer to each of Paylov's endpoints, from the provider itself and through a proxy.

#![no_main]

mod answered;

use answered::{Head, answered, check_masked};
use libfuzzer_sys::fuzz_target;
use tiyin::endpoint::{Effect, Endpoint};
use tiyin::exchange::Connection;
use tiyin::paylov::{CreatePayment, GetFields, GetInfo, GetStatus, ListPaid, ListServices, Pay};
use tiyin::{Auth, Error, ErrorCode, Money, NextAction, Outcome};

const ID: &str = "b6135bb4-ef3c-4ab1-a5aa-db174a9bdc26";

/// The codes that mean that nothing was executed, written down once more: what is not here must not refuse a payment.
const REFUSED: [&str; 19] = [
    "insufficient_funds",
    "invalid_otp",
    "card_is_blocked",
    "card_not_found",
    "card_expired",
    "field_required",
    "validation_error",
    "field_not_valid",
    "invalid_amount",
    "card_is_not_supported",
    "invalid_card_token",
    "too_many_attempts",
    "invalid_card",
    "pan_not_valid",
    "card_is_not_activated",
    "card_is_not_for_this_check",
    "merchant_not_available",
    "terminal_does_not_exist",
    "bank_not_found",
];

fuzz_target!(|input: (Head, &[u8])| {
    let (head, body) = input;
    let account = vec![("customer_code".into(), "1000000".into())];
    let amount = Money::som("500").unwrap();
    check(&ListServices::default(), &head, body);
    check(&GetFields::new(ID), &head, body);
    check(&GetInfo { service_id: ID.into(), account: account.clone() }, &head, body);
    check(&CreatePayment::new(ID, account, amount), &head, body);
    check(&Pay::new(ID, ID), &head, body);
    check(&GetStatus::new(ID), &head, body);
    check(&ListPaid::default(), &head, body);
});

/// Sends once, is answered, and holds what comes of it against what may.
fn check<'a, E: Endpoint<'a>>(endpoint: &E, head: &Head, body: &[u8]) {
    let connection = Connection::new("https://gw.paylov.uz").unwrap();
    let auth = Auth::api_key("key").unwrap();
    if let Some(error) = answered(endpoint, connection, auth, head, body).and_then(Result::err) {
        check_error(&error, &E::ROUTE.effect, head);
    }
}

fn check_error(error: &Error, effect: &Effect, head: &Head) {
    check_masked(error);
    match effect {
        Effect::Read => assert_eq!(error.outcome(), None),
        // A proxy knows itself what became of the call.
        _ if error.code() == ErrorCode::ProxyRefused => assert!(!head.is_direct && error.outcome().is_some()),
        Effect::MovesMoney => match error.outcome() {
            Some(Outcome::Unknown) => assert_eq!(error.next_action(), Some(NextAction::QueryStatus)),
            Some(Outcome::Rejected) => {
                assert!(REFUSED.contains(&error.provider_code().unwrap_or_default()), "{error:?}");
                assert!(matches!(head.status(), 200..=299 | 400), "{error:?}");
            }
            other => panic!("{other:?} of {error:?}"),
        },
        Effect::Prepares | Effect::Keyed => {
            assert!(matches!(error.outcome(), Some(Outcome::NotExecuted | Outcome::Rejected)), "{error:?}");
        }
    }
}
