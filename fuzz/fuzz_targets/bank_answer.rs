//! Any bytes as the answer to each of the bank's endpoints, from the bank itself and through a proxy.

#![no_main]

mod answered;

use answered::{Head, answered, check_masked};
use libfuzzer_sys::fuzz_target;
use tiyin::bank::{
    BudgetPayee, CreateBudgetPayment, CreatePayment, Date, GetBalance, GetPayment, ListServices, ListStatement, Payee,
    PayerCard,
};
use tiyin::endpoint::{Effect, Endpoint};
use tiyin::exchange::Connection;
use tiyin::requisites::{AccountNumber, BankCode, BudgetAccount, OrderId, PurposeCode, TaxpayerId};
use tiyin::{Auth, CardNetwork, Error, ErrorCode, Money, NextAction, Outcome, Pan};

/// The codes that mean that an order was not executed, written down once more: what is not here must not refuse one.
const REFUSED: [&str; 6] = ["1013", "1014", "1015", "1016", "1017", "3333"];

fuzz_target!(|input: (Head, &[u8])| {
    let (head, body) = input;
    let order_id = || OrderId::new("100001").unwrap();
    let day = |text: &str| Date::parse(text).unwrap();
    check(&ListServices, &head, body);
    check(&payment(order_id()), &head, body);
    check(&budget_payment(order_id()), &head, body);
    check(&GetPayment { order_id: order_id() }, &head, body);
    check(&GetBalance::new("33"), &head, body);
    let rows = check(&ListStatement::new("33", day("2023-01-01"), day("2023-02-21")), &head, body);
    for row in rows.into_iter().flatten() {
        assert!(row.amount.minor() >= 0 && row.id <= Money::MAX_MINOR.unsigned_abs(), "{row:?}");
    }
});

fn payment(order_id: OrderId<'static>) -> CreatePayment<'static> {
    CreatePayment {
        order_id,
        payee: Payee {
            name: "АК Aloqabank".into(),
            bank_code: BankCode::parse("00401").unwrap(),
            account: AccountNumber::parse("16103000900000401001").unwrap(),
            taxpayer_id: None,
        },
        purpose: "тест".into(),
        service_id: "33".into(),
        amount: Money::som("5000").unwrap(),
        commission: Money::som("0").unwrap(),
        card: Some(PayerCard {
            network: CardNetwork::Humo,
            pan: Pan::parse("9860531554896678").unwrap(),
            rrn: "016351273642".into(),
        }),
        service_type: None,
    }
}

fn budget_payment(order_id: OrderId<'static>) -> CreateBudgetPayment<'static> {
    CreateBudgetPayment {
        order_id,
        payee: BudgetPayee {
            account: BudgetAccount::parse("400522860262837950100251028").unwrap(),
            taxpayer_id: TaxpayerId::parse("207099143").unwrap(),
        },
        purpose_code: PurposeCode::parse("09510").unwrap(),
        purpose: "тест".into(),
        service_id: "33".into(),
        amount: Money::som("5000").unwrap(),
        commission: Money::som("0").unwrap(),
        card: None,
        service_type: None,
    }
}

/// Sends once, is answered, and holds what comes of it against what may.
fn check<'a, E: Endpoint<'a>>(endpoint: &E, head: &Head, body: &[u8]) -> Option<E::Answer> {
    let connection = Connection::new("https://bank.uz").unwrap();
    let auth = Auth::basic("gray", "p@ssw0rd").unwrap();
    match answered(endpoint, connection, auth, head, body)? {
        Ok(answer) => Some(answer),
        Err(error) => {
            check_error(&error, &E::ROUTE.effect, head);
            None
        }
    }
}

fn check_error(error: &Error, effect: &Effect, head: &Head) {
    check_masked(error);
    match (effect, error.outcome()) {
        (Effect::Read, outcome) => assert_eq!(outcome, None),
        // A proxy knows itself what became of the call.
        (_, outcome) if error.code() == ErrorCode::ProxyRefused => assert!(!head.is_direct && outcome.is_some()),
        (Effect::Keyed, Some(Outcome::Unknown)) => assert_eq!(error.next_action(), Some(NextAction::QueryStatus)),
        (Effect::Keyed, Some(Outcome::Rejected)) => {
            assert!(REFUSED.contains(&error.provider_code().unwrap_or_default()), "{error:?}");
            assert!(matches!(head.status(), 200..=299 | 400), "{error:?}");
        }
        (_, other) => panic!("{other:?} of {error:?}"),
    }
}
