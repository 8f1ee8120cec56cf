//! Paying, and asking for the status until it is certain what became of it.

use proptest::prelude::*;
use tiyin::error::Outcome;
use tiyin::paylov::{Confirm, ConfirmEvent, ConfirmStep, Confirmed, PaymentStatus};

use crate::paylov::NOW;

const UNKNOWN: ConfirmEvent = ConfirmEvent::PayFailed(Some(Outcome::Unknown));
const CREATED: ConfirmEvent = ConfirmEvent::Status(PaymentStatus::Created);

fn start() -> Confirm {
    let (machine, first) = Confirm::start(false, Some(1_000), Some(60_000), NOW);
    assert_eq!(first, ConfirmStep::Pay);
    machine
}

#[test]
fn a_payment_that_is_answered_needs_no_question() {
    assert_eq!(start().step(ConfirmEvent::Paid, NOW + 80), ConfirmStep::Done(Confirmed::Paid));
}

#[test]
fn a_payment_that_was_refused_or_never_left_is_over() {
    for outcome in [Some(Outcome::Rejected), Some(Outcome::NotExecuted), None] {
        assert_eq!(start().step(ConfirmEvent::PayFailed(outcome), NOW + 80), ConfirmStep::Refused, "{outcome:?}");
    }
}

#[test]
fn a_lost_answer_is_asked_after_at_once_and_then_less_and_less_often() {
    let mut machine = start();
    assert_eq!(machine.step(UNKNOWN, NOW + 5_000), ConfirmStep::Ask { within_ms: 10_000 });
    let mut waits = Vec::new();
    for _ in 0..10 {
        let ConfirmStep::Sleep { ms } = machine.step(CREATED, NOW) else { panic!() };
        waits.push(ms);
        assert_eq!(machine.step(ConfirmEvent::Woke, NOW), ConfirmStep::Ask { within_ms: 10_000 });
    }
    assert_eq!(waits, [1_000, 1_500, 2_250, 3_375, 5_062, 7_593, 10_000, 10_000, 10_000, 10_000]);
}

#[test]
fn a_certain_status_ends_it() {
    for (status, confirmed) in
        [(PaymentStatus::Paid, Confirmed::Paid), (PaymentStatus::Cancelled, Confirmed::Cancelled)]
    {
        let mut machine = start();
        let _ = machine.step(UNKNOWN, NOW);
        assert_eq!(machine.step(ConfirmEvent::Status(status), NOW + 80), ConfirmStep::Done(confirmed));
    }
}

#[test]
fn created_unknown_and_unread_statuses_leave_it_open() {
    for event in [CREATED, ConfirmEvent::Status(PaymentStatus::Other), ConfirmEvent::AskFailed] {
        let mut machine = start();
        let _ = machine.step(UNKNOWN, NOW);
        assert_eq!(machine.step(event, NOW + 80), ConfirmStep::Sleep { ms: 1_000 });
        assert_eq!(machine.step(event, NOW + 60_000), ConfirmStep::Done(Confirmed::Pending));
    }
}

#[test]
fn the_last_question_is_asked_just_before_the_end() {
    let mut machine = start();
    let _ = machine.step(UNKNOWN, NOW);
    assert_eq!(machine.step(CREATED, NOW + 59_500), ConfirmStep::Sleep { ms: 499 });
    assert_eq!(machine.step(ConfirmEvent::Woke, NOW + 59_999), ConfirmStep::Ask { within_ms: 1 });
    assert_eq!(machine.step(CREATED, NOW + 59_999), ConfirmStep::Sleep { ms: 1 });
    assert_eq!(machine.step(ConfirmEvent::Woke, NOW + 60_000), ConfirmStep::Done(Confirmed::Pending));
}

#[test]
fn what_may_have_been_sent_before_is_only_asked_after() {
    let (mut machine, first) = Confirm::start(true, None, Some(60_000), NOW);
    assert_eq!(first, ConfirmStep::Ask { within_ms: 10_000 });
    assert_eq!(machine.step(ConfirmEvent::AskFailed, NOW), ConfirmStep::Sleep { ms: 1_000 });
    assert_eq!(machine.step(ConfirmEvent::Status(PaymentStatus::Paid), NOW), ConfirmStep::Done(Confirmed::Paid));
}

#[test]
fn no_time_is_no_question() {
    let (_, first) = Confirm::start(true, None, Some(0), NOW);
    assert_eq!(first, ConfirmStep::Done(Confirmed::Pending));
    let (mut machine, _) = Confirm::start(false, None, Some(0), NOW);
    assert_eq!(machine.step(UNKNOWN, NOW), ConfirmStep::Done(Confirmed::Pending));
}

#[test]
fn an_end_looks_as_the_npm_package_has_it() {
    let names =
        [Confirmed::Paid, Confirmed::Cancelled, Confirmed::Pending].map(|end| serde_json::to_value(end).unwrap());
    assert_eq!(names, ["paid", "cancelled", "pending"]);
}

fn events() -> impl Strategy<Value = ConfirmEvent> {
    use PaymentStatus::{Cancelled, Created, Other, Paid};
    let outcomes =
        prop::sample::select(vec![None, Some(Outcome::NotExecuted), Some(Outcome::Rejected), Some(Outcome::Unknown)]);
    let statuses = prop::sample::select(vec![Created, Paid, Cancelled, Other]);
    prop_oneof![
        Just(ConfirmEvent::Paid),
        outcomes.prop_map(ConfirmEvent::PayFailed),
        statuses.prop_map(ConfirmEvent::Status),
        Just(ConfirmEvent::AskFailed),
        Just(ConfirmEvent::Woke),
    ]
}

fn times() -> impl Strategy<Value = Option<u64>> {
    prop_oneof![Just(None), (0..100_000u64).prop_map(Some), any::<u64>().prop_map(Some)]
}

fn moments() -> impl Strategy<Value = u64> {
    prop_oneof![NOW - 100_000..NOW + 100_000, Just(0), Just(u64::MAX), any::<u64>()]
}

proptest! {
    #[test]
    fn whatever_happens_it_pays_first_or_never_and_says_paid_only_where_it_was_told(
        was_sent: bool,
        poll_every in times(),
        deadline in times(),
        now in moments(),
        events in prop::collection::vec((events(), moments()), 0..40),
    ) {
        let (mut machine, first) = Confirm::start(was_sent, poll_every, deadline, now);
        prop_assert_eq!(first == ConfirmStep::Pay, !was_sent);
        let longest_wait = poll_every.unwrap_or(1_000).max(1).saturating_mul(10);
        for (event, now) in events {
            match machine.step(event, now) {
                ConfirmStep::Pay => prop_assert!(false, "it pays again"),
                ConfirmStep::Sleep { ms } => prop_assert!((1..=longest_wait).contains(&ms)),
                ConfirmStep::Ask { within_ms } => prop_assert!(within_ms > 0),
                ConfirmStep::Done(Confirmed::Paid) => {
                    prop_assert!(matches!(event, ConfirmEvent::Paid | ConfirmEvent::Status(PaymentStatus::Paid)));
                }
                ConfirmStep::Done(Confirmed::Cancelled) => {
                    prop_assert_eq!(event, ConfirmEvent::Status(PaymentStatus::Cancelled));
                }
                ConfirmStep::Refused => {
                    let is_open = matches!(event, ConfirmEvent::PayFailed(Some(Outcome::Unknown)));
                    prop_assert!(matches!(event, ConfirmEvent::PayFailed(_)) && !is_open);
                }
                ConfirmStep::Done(Confirmed::Pending) => {}
            }
        }
    }

    #[test]
    fn what_stays_open_is_pending_by_the_deadline(
        poll_every in 0..5_000u64,
        deadline in 0..100_000u64,
        start in moments(),
        shares in prop::collection::vec(0..=100u64, 64),
    ) {
        let (mut machine, mut step) = Confirm::start(true, Some(poll_every.max(500)), Some(deadline), start);
        let (mut now, mut asked) = (start, 0usize);
        loop {
            match step {
                ConfirmStep::Ask { within_ms } => {
                    prop_assert!(within_ms <= deadline);
                    now = now.saturating_add(within_ms * shares[asked % 64] / 100);
                    asked += 1;
                    step = machine.step(ConfirmEvent::AskFailed, now);
                }
                ConfirmStep::Sleep { ms } => {
                    now = now.saturating_add(ms);
                    step = machine.step(ConfirmEvent::Woke, now);
                }
                end => {
                    prop_assert_eq!(end, ConfirmStep::Done(Confirmed::Pending));
                    break;
                }
            }
            prop_assert!(asked < 300, "it asks on and on");
        }
        prop_assert!(now <= start.saturating_add(deadline));
    }
}

#[test]
fn a_clock_that_is_set_back_takes_the_deadline_with_it() {
    let mut machine = start();
    assert_eq!(machine.step(UNKNOWN, NOW + 10_000), ConfirmStep::Ask { within_ms: 10_000 });
    let hour_earlier = NOW - 3_600_000;
    assert!(matches!(machine.step(CREATED, hour_earlier + 10_000), ConfirmStep::Sleep { .. }));
    assert_eq!(machine.step(ConfirmEvent::Woke, hour_earlier + 60_000), ConfirmStep::Done(Confirmed::Pending));
}
