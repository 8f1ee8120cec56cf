//! What a fault lets a client see, and what has happened all the same.

use std::collections::BTreeSet;

use serde_json::Value;
use tiyin_sandbox::{Answer, Config, FaultKind, Faults, PaymentStatus, Random, Reply, Response, Route, Rule};

use crate::merchant::{CARD, Merchant, answered, electricity, payment, post, status_request, value};

const DAY: u64 = 24 * 60 * 60 * 1000;

/// Creates a payment and pays it where `rule` strikes; gives what the client saw.
fn paid_under(rule: Rule) -> (Merchant, String, Reply) {
    let mut merchant = Merchant::facing([rule.on(Route::Pay)]);
    let id = merchant.create(500);
    let reply = merchant.send(&post("pay", &payment(&id, CARD)));
    (merchant, id, reply)
}

fn at_once(reply: Reply) -> Response {
    assert_eq!(reply.after_ms, 0);
    answered(reply)
}

fn header<'a>(response: &'a Response, name: &str) -> Option<&'a str> {
    response.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
}

#[test]
fn each_fault_executes_as_often_as_its_name_says() {
    for kind in FaultKind::ALL {
        let expected = match kind {
            FaultKind::DropBefore
            | FaultKind::Hang
            | FaultKind::ServerError
            | FaultKind::RateLimited
            | FaultKind::Html
            | FaultKind::ExecuteLate => 0,
            FaultKind::DuplicateDelivery => 2,
            _ => 1,
        };
        let (merchant, id, _) = paid_under(Rule::new(kind));
        assert_eq!(merchant.truth(&id).charges, expected, "{kind:?}");
        assert_eq!(merchant.charges().len(), expected as usize, "{kind:?}");
    }
}

#[test]
fn lost_answers_are_lost_at_once() {
    for kind in [FaultKind::DropBefore, FaultKind::DropAfter, FaultKind::ExecuteLate] {
        let (.., reply) = paid_under(Rule::new(kind));
        assert_eq!(reply, Reply { after_ms: 0, answer: Answer::Dropped }, "{kind:?}");
    }
    for kind in [FaultKind::Hang, FaultKind::HangAfter] {
        assert_eq!(paid_under(Rule::new(kind)).2.answer, Answer::Hangs, "{kind:?}");
    }
}

#[test]
fn what_executes_late_is_created_until_then() {
    let (mut merchant, id, _) = paid_under(Rule::new(FaultKind::ExecuteLate).ms(7000));
    let other = merchant.create(500);
    assert_eq!([&id, &other].map(|id| merchant.truth(id).executing_late), [1, 0]);
    merchant.wait(6999);
    assert_eq!((merchant.status(&id).as_str(), merchant.charges().len()), ("created", 0));
    merchant.wait(1);
    assert_eq!((merchant.status(&id).as_str(), merchant.charges().len()), ("paid", 1));
    assert_eq!(merchant.charges()[0].at, merchant.now);
    assert_eq!(merchant.truth(&id).executing_late, 0);
}

#[test]
fn a_repeat_of_what_executes_late_charges_twice() {
    let (mut merchant, id, _) = paid_under(Rule::new(FaultKind::ExecuteLate));
    merchant.pay(&id);
    assert_eq!(merchant.truth(&id).charges, 1);
    merchant.wait(5000);
    assert_eq!(merchant.status(&id), "paid");
    assert_eq!(merchant.truth(&id).charges, 2);
}

#[test]
fn what_is_late_happens_at_its_moment_even_if_nobody_asks() {
    let (mut merchant, id, _) = paid_under(Rule::new(FaultKind::ExecuteLate).ms(7000));
    // By then the transaction would have been cancelled, had nobody paid it.
    merchant.sandbox.advance(merchant.now + 2 * DAY);
    assert_eq!(merchant.charges()[0].at, merchant.now + 7000);
    assert_eq!(merchant.truth(&id).status, PaymentStatus::Paid);
}

#[test]
fn what_is_later_than_the_transactions_life_does_not_happen() {
    let (mut merchant, id, _) = paid_under(Rule::new(FaultKind::ExecuteLate).ms(DAY + 1));
    merchant.wait(2 * DAY);
    assert_eq!(merchant.status(&id), "cancelled");
    assert!(merchant.charges().is_empty());
}

#[test]
fn a_creation_may_be_late_too() {
    let mut merchant = Merchant::facing([Rule::new(FaultKind::ExecuteLate).on(Route::Create)]);
    merchant.send(&post("create", &electricity(500)));
    assert!(merchant.sandbox.payments().is_empty());
    merchant.sandbox.advance(merchant.now + 5000);
    assert_eq!(merchant.sandbox.payments().len(), 1);
}

#[test]
fn a_stale_read_tells_what_was_true_some_time_ago() {
    let mut merchant = Merchant::facing([Rule::new(FaultKind::StaleStatus).ms(3000).times(3)]);
    let id = merchant.create(500);
    merchant.pay(&id);
    merchant.wait(2999);
    assert_eq!(merchant.status(&id), "created");
    assert_eq!(merchant.get("servicePayment/transaction/all")["result"]["totalTransaction"], 0);
    merchant.wait(1);
    assert_eq!(merchant.status(&id), "paid");
    assert_eq!(merchant.truth(&id).status, PaymentStatus::Paid);
}

#[test]
fn a_status_after_a_stale_one_is_the_present_one() {
    let mut merchant = Merchant::facing([Rule::new(FaultKind::StaleStatus)]);
    let id = merchant.create(500);
    merchant.pay(&id);
    assert_eq!([merchant.status(&id), merchant.status(&id)], ["created", "paid"]);
}

#[test]
fn a_delayed_answer_is_whole() {
    let (_, _, reply) = paid_under(Rule::new(FaultKind::Delay).ms(2500));
    assert_eq!(reply.after_ms, 2500);
    assert!(value(&answered(reply))["result"].is_object());
}

#[test]
fn servers_and_gateways_answer_with_pages() {
    for (kind, status, part) in [
        (FaultKind::ServerError, 500, "Server Error"),
        (FaultKind::ServerErrorAfter, 500, "Server Error"),
        (FaultKind::Html, 502, "502 Bad Gateway"),
        (FaultKind::HtmlAfter, 504, "504 Gateway Time-out"),
    ] {
        let response = at_once(paid_under(Rule::new(kind)).2);
        assert_eq!((response.status, header(&response, "content-type")), (status, Some("text/html")));
        assert!(str::from_utf8(&response.body).unwrap().contains(part));
    }
}

#[test]
fn a_limit_of_the_rate_says_when_to_come_back() {
    for (rule, seconds) in [
        (Rule::new(FaultKind::RateLimited), "1"),
        (Rule::new(FaultKind::RateLimited).ms(0), "1"),
        (Rule::new(FaultKind::RateLimited).ms(2001), "3"),
    ] {
        let response = at_once(paid_under(rule).2);
        assert_eq!((response.status, header(&response, "retry-after")), (429, Some(seconds)));
    }
}

#[test]
fn a_broken_answer_is_the_beginning_of_the_whole_one() {
    for seed in 0..20 {
        let rules = vec![Rule::new(FaultKind::BrokenJson).on(Route::Fields)];
        let mut merchant = Merchant::with(Config { seed, faults: Faults { rules, random: None }, ..Config::default() });
        let request =
            tiyin_sandbox::Request::get("/paylov/servicePayment/fields/6ae5eaf5-9b70-4aa9-9260-2438e99affa0/");
        let [broken, whole] = [(); 2].map(|()| at_once(merchant.send(&request)));
        assert_eq!((broken.status, &broken.headers), (200, &whole.headers));
        assert!(broken.body.len() < whole.body.len() && whole.body.starts_with(&broken.body));
        assert!(serde_json::from_slice::<Value>(&broken.body).is_err());
    }
}

#[test]
fn an_empty_answer_is_nothing_but_its_status() {
    let response = at_once(paid_under(Rule::new(FaultKind::Empty)).2);
    assert_eq!((response.status, response.body.len()), (200, 0));
}

#[test]
fn a_duplicate_delivery_answers_the_first() {
    let (merchant, id, reply) = paid_under(Rule::new(FaultKind::DuplicateDelivery));
    assert_eq!(value(&at_once(reply))["result"]["transactionId"], id.as_str());
    let [first, second] = merchant.charges()[..] else { panic!("two charges") };
    assert_eq!((first.at, &first.transaction_id), (second.at, &second.transaction_id));
}

#[test]
fn a_rule_strikes_the_chosen_requests_of_its_route() {
    let mut merchant = Merchant::facing([Rule::new(FaultKind::Empty).on(Route::Status).nth(2).times(2)]);
    let id = merchant.create(500);
    let struck: Vec<_> = (0..5).map(|_| at_once(merchant.send(&status_request(&id))).body.is_empty()).collect();
    assert_eq!(struck, [false, true, true, false, false]);
}

#[test]
fn a_rule_without_a_route_strikes_wherever_it_makes_a_difference() {
    let mut merchant = Merchant::facing([Rule::new(FaultKind::ExecuteLate)]);
    merchant.get("servicePayment/list/");
    assert_eq!(merchant.send(&post("create", &electricity(500))).answer, Answer::Dropped);
}

#[test]
fn rules_follow_one_another_and_count_by_themselves() {
    let drops = |rule: Rule| rule.on(Route::Status);
    let mut merchant = Merchant::facing([
        drops(Rule::new(FaultKind::DropBefore)),
        drops(Rule::new(FaultKind::Hang)),
        drops(Rule::new(FaultKind::Empty).nth(4)),
    ]);
    let id = merchant.create(500);
    let replies: Vec<_> = (0..5).map(|_| merchant.send(&status_request(&id)).answer).collect();
    assert_eq!(replies[..2], [Answer::Dropped, Answer::Hangs]);
    let length = |answer: &Answer| match answer {
        Answer::Answered(response) => response.body.len(),
        other => panic!("no answer: {other:?}"),
    };
    let lengths: Vec<_> = replies[2..].iter().map(length).collect();
    assert!(lengths[0] > 0 && lengths[1] == 0 && lengths[2] > 0);
}

#[test]
fn unknown_paths_are_no_request_to_strike() {
    let mut merchant = Merchant::facing([Rule::new(FaultKind::DropBefore)]);
    assert_eq!(answered(merchant.send(&tiyin_sandbox::Request::get("/paylov/nothing"))).status, 404);
    assert!(merchant.sandbox.fault_counts().is_empty());
}

#[test]
fn faults_can_be_replaced_while_it_runs() {
    let mut merchant = Merchant::facing([Rule::new(FaultKind::DropBefore).times(u64::MAX)]);
    assert_eq!(merchant.send(&post("create", &electricity(500))).answer, Answer::Dropped);
    merchant.sandbox.set_faults(Faults::default());
    let id = merchant.create(500);
    merchant.sandbox.set_faults(Faults { rules: vec![Rule::new(FaultKind::DropAfter)], random: None });
    assert_eq!(merchant.send(&post("pay", &payment(&id, CARD))).answer, Answer::Dropped);
    assert_eq!(merchant.truth(&id).charges, 1);
}

#[test]
fn every_strike_is_counted_by_kind_and_route() {
    let mut merchant = Merchant::facing([
        Rule::new(FaultKind::DropAfter).on(Route::Pay).times(2),
        Rule::new(FaultKind::DropAfter).on(Route::Status),
    ]);
    let id = merchant.create(500);
    for _ in 0..3 {
        merchant.send(&post("pay", &payment(&id, CARD)));
        merchant.send(&status_request(&id));
    }
    let counts: Vec<_> = merchant.sandbox.fault_counts().iter().map(|(key, count)| (*key, *count)).collect();
    assert_eq!(counts, [((FaultKind::DropAfter, Route::Pay), 2), ((FaultKind::DropAfter, Route::Status), 1)]);
}

/// What strikes each of a thousand creations and as many reads of a list.
fn struck_by_chance(seed: u64, random: Random) -> Merchant {
    let faults = Faults { rules: Vec::new(), random: Some(random) };
    let mut merchant = Merchant::with(Config { seed, faults, ..Config::default() });
    for _ in 0..1000 {
        merchant.send(&post("create", &electricity(500)));
        merchant.send(&tiyin_sandbox::Request::get("/paylov/servicePayment/list/"));
    }
    merchant
}

#[test]
fn chance_strikes_about_as_often_as_asked() {
    for (percent, range) in [(0, 0..=0), (20, 320..=480), (100, 2000..=2000)] {
        let struck: u64 = struck_by_chance(7, Random::new(percent)).sandbox.fault_counts().values().sum();
        assert!(range.contains(&struck), "{percent}: {struck}");
    }
}

#[test]
fn chance_chooses_all_kinds_that_make_a_difference() {
    let merchant = struck_by_chance(7, Random::new(100));
    for route in [Route::Create, Route::List] {
        for kind in FaultKind::ALL {
            let count = merchant.sandbox.fault_counts().get(&(kind, route)).copied().unwrap_or_default();
            assert_eq!(count > 0, kind.touches(route), "{kind:?} {route:?}");
        }
    }
}

#[test]
fn chance_keeps_to_the_kinds_and_routes_it_is_given() {
    let random = Random {
        kinds: vec![FaultKind::DropAfter, FaultKind::ExecuteLate],
        routes: vec![Route::Create],
        ..Random::new(50)
    };
    let merchant = struck_by_chance(7, random);
    let struck: BTreeSet<_> = merchant.sandbox.fault_counts().keys().copied().collect();
    assert_eq!(
        struck.into_iter().collect::<Vec<_>>(),
        [(FaultKind::DropAfter, Route::Create), (FaultKind::ExecuteLate, Route::Create)]
    );
}

#[test]
fn chance_draws_how_long_a_fault_takes() {
    let random = Random { kinds: vec![FaultKind::Delay], ms: Some(40), ..Random::new(100) };
    let faults = Faults { rules: Vec::new(), random: Some(random) };
    let mut merchant = Merchant::with(Config { faults, ..Config::default() });
    let request = tiyin_sandbox::Request::get("/paylov/servicePayment/list/");
    let times: BTreeSet<_> = (0..500).map(|_| merchant.send(&request).after_ms).collect();
    assert!(times.len() > 30 && *times.first().unwrap() >= 1 && *times.last().unwrap() <= 40, "{times:?}");
}

#[test]
fn rules_come_before_chance() {
    let random = Random { kinds: vec![FaultKind::Empty], ..Random::new(100) };
    let rules = vec![Rule::new(FaultKind::Hang)];
    let mut merchant = Merchant::with(Config { faults: Faults { rules, random: Some(random) }, ..Config::default() });
    let request = tiyin_sandbox::Request::get("/paylov/servicePayment/list/");
    assert_eq!(merchant.send(&request).answer, Answer::Hangs);
    assert!(at_once(merchant.send(&request)).body.is_empty());
}

#[test]
fn names_are_read_as_they_are_written() {
    for kind in FaultKind::ALL {
        assert_eq!(FaultKind::named(kind.as_str()), Some(kind));
    }
    for route in Route::ALL {
        assert_eq!(Route::named(route.as_str()), Some(route));
    }
    assert_eq!((FaultKind::named("Drop"), Route::named("")), (None, None));
}
