//! What a fault lets a partner see, and what has happened all the same.

use tiyin_sandbox::bank_magic::SETTLEMENT_MS;
use tiyin_sandbox::{Answer, Config, FaultKind, Faults, Provider, Random, Reply, Route, Rule};

use super::partner::{Partner, SERVICE, budget_order, code_of, get, order, post, query, told_of, value};

fn ordered_under(rule: Rule) -> (Partner, Reply) {
    let mut partner = Partner::facing([rule.on(Route::BankPayment)]);
    let reply = partner.send(&post("payment", &order("1")));
    (partner, reply)
}

#[test]
fn each_fault_executes_an_order_once_or_not_at_all() {
    for kind in FaultKind::ALL {
        let is_executed = !matches!(
            kind,
            FaultKind::DropBefore
                | FaultKind::Hang
                | FaultKind::ServerError
                | FaultKind::RateLimited
                | FaultKind::Html
                | FaultKind::ExecuteLate
        );
        let (mut partner, _) = ordered_under(Rule::new(kind));
        assert_eq!(partner.sandbox.order("1").is_some(), is_executed, "{kind:?}");
        if kind != FaultKind::ExecuteLate {
            partner.wait(SETTLEMENT_MS);
            assert_eq!(partner.spent(SERVICE), if is_executed { 505_000 } else { 0 }, "{kind:?}");
        }
    }
}

#[test]
fn a_duplicate_delivery_is_refused_by_its_id_and_answers_the_first() {
    for budget in [false, true] {
        let rule = Rule::new(FaultKind::DuplicateDelivery);
        let mut partner = Partner::facing([rule]);
        let answer = if budget { partner.pay_budget(&budget_order("1")) } else { partner.pay(&order("1")) };
        assert_eq!(told_of(&answer), "Введен");
        partner.wait(SETTLEMENT_MS);
        assert_eq!(partner.sandbox.orders().len(), 1);
        assert_eq!(partner.spent(SERVICE), if budget { 500_000 } else { 505_000 });
    }
}

#[test]
fn what_executes_late_is_unknown_until_then() {
    let (mut partner, reply) = ordered_under(Rule::new(FaultKind::ExecuteLate).ms(7000));
    assert_eq!(reply.answer, Answer::Dropped);
    assert_eq!(["1", "2"].map(|id| partner.sandbox.orders_executing_late(id)), [1, 0]);
    partner.wait(6999);
    assert_eq!(code_of(&partner.status("1")), 1008);
    partner.wait(1);
    assert_eq!(told_of(&partner.status("1")), "Введен");
    assert_eq!(partner.sandbox.orders_executing_late("1"), 0);
    partner.wait(SETTLEMENT_MS);
    assert_eq!((told_of(&partner.status("1")), partner.spent(SERVICE)), ("Проведен", 505_000));
}

#[test]
fn a_repeat_under_the_same_id_of_what_executes_late_pays_once() {
    let (mut partner, _) = ordered_under(Rule::new(FaultKind::ExecuteLate));
    assert_eq!(told_of(&partner.pay(&order("1"))), "Введен");
    partner.wait(1_000_000);
    assert_eq!(partner.spent(SERVICE), 505_000);
}

#[test]
fn a_repeat_under_another_id_of_what_executes_late_pays_twice() {
    let (mut partner, _) = ordered_under(Rule::new(FaultKind::ExecuteLate));
    partner.pay(&order("2"));
    partner.wait(1_000_000);
    assert_eq!(partner.spent(SERVICE), 2 * 505_000);
}

#[test]
fn settlements_happen_at_their_moment_even_if_nobody_asks() {
    let (mut partner, _) = ordered_under(Rule::new(FaultKind::ExecuteLate).ms(7000));
    let start = partner.now;
    partner.wait(1_000_000);
    assert_eq!(partner.rows()[0].at, start + 7000 + SETTLEMENT_MS);
}

#[test]
fn a_stale_read_tells_what_was_true_some_time_ago() {
    let mut partner = Partner::facing([
        Rule::new(FaultKind::StaleStatus).on(Route::BankPaymentStatus).ms(2000).times(3),
        Rule::new(FaultKind::StaleStatus).on(Route::BankBalance).ms(2000),
        Rule::new(FaultKind::StaleStatus).on(Route::BankStatement).ms(2000),
    ]);
    partner.wait(10_000);
    let before = partner.service(SERVICE).opening_balance().minor;
    partner.pay(&order("1"));
    partner.wait(1999);
    assert_eq!(code_of(&partner.status("1")), 1008);
    partner.wait(1);
    assert_eq!(told_of(&partner.status("1")), "Введен");
    partner.wait(SETTLEMENT_MS - 2000);
    assert_eq!(told_of(&partner.status("1")), "Введен");
    assert_eq!([partner.balance(SERVICE), partner.balance(SERVICE)], [before, before - 505_000]);
    let rows = [(); 2].map(|()| {
        let answer = partner.answer(&post("account/payments", &query(SERVICE, "2", 0)));
        answer["data"].as_array().unwrap().len()
    });
    assert_eq!((rows, told_of(&partner.status("1"))), ([0, 2], "Проведен"));
}

#[test]
fn every_route_of_the_bank_is_struck_by_what_touches_it() {
    let random = Random { ms: Some(1), ..Random::new(100) };
    let faults = Faults { rules: Vec::new(), random: Some(random) };
    let mut partner = Partner::with(Config { seed: 7, faults, ..Config::default() });
    for number in 0..500 {
        let order = order(&number.to_string());
        for request in [
            get("services"),
            post("payment", &order),
            post("paymentBudget", &order),
            get("payment/1"),
            get("account/33/balance"),
            post("account/payments", &query(SERVICE, "0", 0)),
        ] {
            partner.send(&request);
        }
    }
    for route in Route::ALL {
        for kind in FaultKind::ALL {
            let count = partner.sandbox.fault_counts().get(&(kind, route)).copied().unwrap_or_default();
            let is_expected = route.provider() == Provider::Bank && kind.touches(route);
            assert_eq!(count > 0, is_expected, "{kind:?} {route:?}");
        }
    }
}

#[test]
fn broken_and_empty_answers_are_those_of_accepted_orders() {
    for kind in [FaultKind::BrokenJson, FaultKind::Empty] {
        let (mut partner, reply) = ordered_under(Rule::new(kind));
        let Answer::Answered(response) = reply.answer else { panic!("no answer") };
        assert_eq!(response.status, 200);
        assert!(serde_json::from_slice::<serde_json::Value>(&response.body).is_err());
        assert_eq!(told_of(&partner.status("1")), "Введен");
    }
    let (_, reply) = ordered_under(Rule::new(FaultKind::Delay).ms(900));
    assert_eq!(reply.after_ms, 900);
    assert_eq!(told_of(&value(reply)), "Введен");
}
