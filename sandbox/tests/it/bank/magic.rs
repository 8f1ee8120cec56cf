//! Receivers' accounts that choose an outcome: each does what it is for, and the truth agrees.

use tiyin_sandbox::OrderStatus;
use tiyin_sandbox::bank_magic::{
    self, Effect, FAILING_SERVICES, LATE_ORDER_MS, SETTLEMENT_MS, SLOW_SETTLEMENT_MS, Settlement,
};

use super::partner::{Partner, SERVICE, account_ending, budget_order, code_of, get, order, post, query, to, told_of};
use crate::merchant::with;

fn endings(effect: Effect) -> impl Iterator<Item = (String, u64)> {
    effect.codes().map(move |code| (format!("{}{code}", effect.digits()), u64::from(code)))
}

#[test]
fn accounts_that_fail_leave_nothing_however_often_they_are_tried() {
    for (end, code) in endings(Effect::Fails) {
        let mut partner = Partner::new();
        for _ in 0..2 {
            assert_eq!(code_of(&partner.pay(&to("1", &end))), code);
        }
        partner.wait(1_000_000);
        assert_eq!(code_of(&partner.status("1")), 1008);
        assert!(partner.rows().is_empty());
    }
}

#[test]
fn accounts_that_fail_once_are_paid_by_a_repeat_once() {
    for (end, code) in endings(Effect::FailsOnce) {
        let mut partner = Partner::new();
        assert_eq!(code_of(&partner.pay(&to("1", &end))), code);
        assert_eq!(code_of(&partner.status("1")), 1008);
        assert_eq!(told_of(&partner.pay(&to("1", &end))), "Введен");
        assert_eq!(code_of(&partner.pay(&to("1", &end))), 1111);
        assert_eq!(code_of(&partner.pay(&to("2", &end))), code, "another order fails by itself");
        partner.wait(SETTLEMENT_MS);
        assert_eq!((told_of(&partner.status("1")), partner.spent(SERVICE)), ("Проведен", 505_000));
    }
}

#[test]
fn accounts_that_accept_and_fail_are_paid() {
    for (end, code) in endings(Effect::AcceptsAndFails) {
        let mut partner = Partner::new();
        assert_eq!(code_of(&partner.pay(&to("1", &end))), code);
        assert_eq!(told_of(&partner.status("1")), "Введен");
        assert_eq!(code_of(&partner.pay(&to("1", &end))), 1111);
        partner.wait(SETTLEMENT_MS);
        assert_eq!((told_of(&partner.status("1")), partner.spent(SERVICE)), ("Проведен", 505_000));
    }
}

#[test]
fn accounts_that_fail_and_accept_later_are_unknown_until_then() {
    for (end, code) in endings(Effect::FailsAndAcceptsLater) {
        let mut partner = Partner::new();
        for executing in 1..=2 {
            assert_eq!(code_of(&partner.pay(&to("1", &end))), code);
            assert_eq!(partner.sandbox.orders_executing_late("1"), executing);
        }
        partner.wait(LATE_ORDER_MS - 1);
        assert_eq!(code_of(&partner.status("1")), 1008);
        partner.wait(1);
        assert_eq!(told_of(&partner.status("1")), "Введен");
        assert_eq!(partner.sandbox.orders_executing_late("1"), 0);
        partner.wait(SETTLEMENT_MS);
        assert_eq!((told_of(&partner.status("1")), partner.spent(SERVICE)), ("Проведен", 505_000));
    }
}

/// Whoever pays anew under another id, since nobody knows the order, pays twice.
#[test]
fn an_order_under_a_new_id_pays_once_more() {
    let mut partner = Partner::new();
    assert_eq!(code_of(&partner.pay(&to("1", "731111"))), 1111);
    assert_eq!(code_of(&partner.status("1")), 1008);
    partner.pay(&order("2"));
    partner.wait(LATE_ORDER_MS + SETTLEMENT_MS);
    assert_eq!(partner.spent(SERVICE), 2 * 505_000);
}

#[test]
fn every_settlement_takes_its_time_and_ends_as_it_says() {
    for settlement in Settlement::ASKED {
        let (told, after, at_last) = match settlement {
            Settlement::AtOnce => ("Проведен", 0, "Проведен"),
            Settlement::DeletedAtOnce => ("Удален", 0, "Удален"),
            Settlement::Usual => unreachable!("nobody asks for it"),
            Settlement::Deleted => ("Введен", SETTLEMENT_MS, "Удален"),
            Settlement::Slow => ("Введен", SLOW_SETTLEMENT_MS, "Проведен"),
            Settlement::Never => ("Введен", 1_000_000_000, "Введен"),
        };
        let mut partner = Partner::new();
        assert_eq!(told_of(&partner.pay(&to("1", settlement.digits()))), told);
        if after > 0 {
            partner.wait(after - 1);
            assert_eq!(told_of(&partner.status("1")), told);
            partner.wait(1);
        }
        assert_eq!(told_of(&partner.status("1")), at_last, "{settlement:?}");
        assert_eq!(partner.spent(SERVICE), if at_last == "Проведен" { 505_000 } else { 0 });
    }
}

#[test]
fn settling_at_once_needs_funds() {
    let mut partner = Partner::new();
    let order = with(to("1", Settlement::AtOnce.digits()), "amount", "900000000000");
    assert_eq!(told_of(&partner.pay(&order)), "Удален");
    assert_eq!(partner.sandbox.order("1").unwrap().status, OrderStatus::Deleted);
}

#[test]
fn accounts_of_the_budget_choose_by_their_ends_too() {
    let to = |end: &str| with(budget_order("1"), "receiverAccount", account_ending(end, 27));
    assert_eq!(code_of(&Partner::new().pay_budget(&to("703333"))), 3333);
    let mut partner = Partner::new();
    assert_eq!(code_of(&partner.pay_budget(&to("722222"))), 2222);
    assert_eq!(told_of(&partner.status("1")), "Введен");
    assert_eq!(told_of(&Partner::new().pay_budget(&to("780000"))), "Проведен");
}

#[test]
fn accounts_beside_the_table_are_plain() {
    for end in ["700000", "741111", "701110", "721013", "731013", "7011111", "001111", "780001"] {
        let account = account_ending(end, 20);
        assert_eq!((bank_magic::effect_of(&account), Settlement::of(&account)), (None, Settlement::Usual), "{end}");
    }
}

#[test]
fn services_that_fail_do_so_whatever_is_asked_of_them() {
    for code in FAILING_SERVICES.into_iter().chain([1001]) {
        let mut partner = Partner::new();
        let code = u64::from(code);
        assert_eq!(code_of(&partner.answer(&get(&format!("account/{code}/balance")))), code);
        assert_eq!(code_of(&partner.answer(&post("account/payments", &query(code, "0", 0)))), code);
        assert_eq!(code_of(&partner.pay(&with(order("1"), "serviceId", code))), code);
        assert!(!partner.answer(&get("services")).to_string().contains(&format!("\"id\":{code}")));
    }
}
