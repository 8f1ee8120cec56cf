//! Values that choose an outcome: each does what it is for, and the truth agrees.

use serde_json::json;
use tiyin_sandbox::magic::{self, AmountEffect, Ending};
use tiyin_sandbox::{CardState, PaymentStatus, Sandbox};

use crate::merchant::{CARD, ELECTRICITY, Merchant, UCELL, UZONLINE, code_of, electricity, id_of, payment, with};

fn amounts(effect: AmountEffect) -> impl Iterator<Item = (u64, &'static str)> {
    (effect.first_som()..).zip(effect.codes())
}

#[test]
fn each_card_pays_or_is_refused_as_its_state_says() {
    for card in Sandbox::new(Default::default()).cards() {
        let mut merchant = Merchant::new();
        let id = merchant.create(1000);
        let answer = merchant.post("pay", &payment(&id, card.id));
        match card.state {
            CardState::Usable => assert_eq!(merchant.charges().len(), 1, "{}", card.id),
            state => {
                assert_eq!(Some(code_of(&answer)), state.code());
                assert!(merchant.charges().is_empty());
                assert_eq!(merchant.status(&id), "created");
            }
        }
    }
}

#[test]
fn other_cards_are_not_found() {
    let mut merchant = Merchant::new();
    let id = merchant.create(500);
    for card_id in ["10000000-0000-4000-8000-000000000404", "card"] {
        assert_eq!(code_of(&merchant.post("pay", &payment(&id, card_id))), "card_not_found");
    }
}

#[test]
fn amounts_that_fail_a_creation_leave_nothing() {
    for (som, code) in amounts(AmountEffect::CreateFails) {
        let mut merchant = Merchant::new();
        assert_eq!(code_of(&merchant.post("create", &electricity(som))), code, "{som}");
        assert!(merchant.sandbox.payments().is_empty());
    }
}

#[test]
fn amounts_that_fail_a_payment_move_nothing() {
    for (som, code) in amounts(AmountEffect::PayFails) {
        let mut merchant = Merchant::new();
        let id = merchant.create(som);
        assert_eq!(code_of(&merchant.pay(&id)), code, "{som}");
        merchant.wait(1_000_000);
        assert_eq!(merchant.status(&id), "created");
        assert!(merchant.charges().is_empty());
    }
}

#[test]
fn amounts_that_charge_and_fail_have_moved_the_money() {
    for (som, code) in amounts(AmountEffect::PayChargesAndFails) {
        let mut merchant = Merchant::new();
        let id = merchant.create(som);
        assert_eq!(code_of(&merchant.pay(&id)), code, "{som}");
        assert_eq!((merchant.status(&id).as_str(), merchant.charges().len()), ("paid", 1));
    }
}

#[test]
fn amounts_that_fail_and_charge_later_are_created_in_between() {
    for (som, code) in amounts(AmountEffect::PayFailsAndChargesLater) {
        let mut merchant = Merchant::new();
        let id = merchant.create(som);
        assert_eq!(code_of(&merchant.pay(&id)), code, "{som}");
        assert_eq!(merchant.truth(&id).executing_late, 1);
        merchant.wait(magic::LATE_CHARGE_MS - 1);
        assert_eq!((merchant.status(&id).as_str(), merchant.charges().len()), ("created", 0));
        merchant.wait(1);
        assert_eq!((merchant.status(&id).as_str(), merchant.charges().len()), ("paid", 1));
        assert_eq!(merchant.truth(&id).executing_late, 0);
    }
}

#[test]
fn every_code_has_an_amount() {
    for effect in [AmountEffect::CreateFails, AmountEffect::PayFails] {
        assert_eq!(effect.codes().count(), magic::REFUSALS.len() + magic::UNCERTAIN.len());
    }
    for effect in [AmountEffect::PayChargesAndFails, AmountEffect::PayFailsAndChargesLater] {
        assert!(effect.codes().eq(magic::UNCERTAIN));
    }
}

#[test]
fn amounts_beside_the_table_are_plain() {
    for som in [600_000, 600_030, 700_000, 700_030, 800_000, 800_011, 900_000, 900_011] {
        assert_eq!(magic::effect_of(som), None);
        let mut merchant = Merchant::new();
        let id = merchant.create(som);
        merchant.pay(&id);
        assert_eq!(merchant.truth(&id).status, PaymentStatus::Paid);
    }
}

#[test]
fn the_end_of_an_accounts_number_decides_what_is_known_of_it() {
    for ending in Ending::ALL {
        let account = json!({ "region": "1", "soato": "26290", "customer_code": format!("100{}", ending.digits()) });
        let answer = Merchant::new().post("info", &json!({ "service_id": ELECTRICITY, "account": account }));
        match ending {
            Ending::Unknown => assert_eq!(code_of(&answer), "field_not_valid"),
            Ending::Unreachable => assert_eq!(code_of(&answer), "gateway_not_working"),
            Ending::Indebted => assert_eq!(answer["result"]["data"][7]["value"], "-120000.00 UZS"),
        }
    }
}

#[test]
fn the_number_of_an_account_is_its_last_required_text() {
    let account = json!({ "login": "aziz0404", "comment": "1" });
    let answer = Merchant::new().post("info", &json!({ "service_id": UZONLINE, "account": account }));
    assert_eq!(code_of(&answer), "field_not_valid");
    let account = json!({ "login": "aziz", "comment": "0404" });
    let answer = Merchant::new().post("info", &json!({ "service_id": UZONLINE, "account": account }));
    assert!(answer["result"].is_object());
}

#[test]
fn a_debt_that_is_paid_leaves_nothing() {
    let mut merchant = Merchant::new();
    let account =
        json!({ "region": "1", "soato": "26290", "customer_code": format!("1{}", Ending::Indebted.digits()) });
    let id = id_of(&merchant.post("create", &with(electricity(120_000), "account", account.clone())));
    merchant.pay(&id);
    let answer = merchant.post("info", &json!({ "service_id": ELECTRICITY, "account": account }));
    assert_eq!(answer["result"]["data"][7]["value"], "0.00 UZS");
}

#[test]
fn a_service_without_info_knows_its_accounts_when_a_payment_is_created() {
    for (ending, code) in [(Ending::Unknown, "field_not_valid"), (Ending::Unreachable, "gateway_not_working")] {
        let phone = format!("90123{}", ending.digits());
        let request = json!({ "service_id": UCELL, "account": { "phone": phone }, "amount": 500 });
        assert_eq!(code_of(&Merchant::new().post("create", &request)), code);
    }
}

#[test]
fn the_cards_of_the_documents_exist_and_are_told_apart() {
    let sandbox = Sandbox::new(Default::default());
    assert!(sandbox.balance(CARD).is_some());
    let mut ids: Vec<_> = sandbox.cards().iter().map(|card| card.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), sandbox.cards().len());
}
