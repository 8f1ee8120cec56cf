//! Paying, and asking for the status until it is certain what became of it.

use proptest::prelude::*;
use tiyin::error::Outcome;
use tiyin::paylov::{Confirm, ConfirmEvent, ConfirmOptions, ConfirmStep, Confirmed, PaymentStatus};

use crate::paylov::NOW;

const UNKNOWN: ConfirmEvent = ConfirmEvent::PayFailed(Some(Outcome::Unknown));
const CREATED: ConfirmEvent = ConfirmEvent::Status(PaymentStatus::Created);

const PENDING: ConfirmStep = ConfirmStep::Done(Confirmed::Pending);

fn within(deadline_ms: u64) -> ConfirmOptions {
    ConfirmOptions { deadline_ms: Some(deadline_ms), ..ConfirmOptions::default() }
}

fn asking_within(deadline_ms: u64) -> ConfirmOptions {
    ConfirmOptions { was_sent: true, ..within(deadline_ms) }
}

fn start_within(deadline_ms: u64) -> Confirm {
    let (machine, first) = Confirm::start(&within(deadline_ms), NOW);
    assert!(matches!(first, ConfirmStep::Pay { .. }));
    machine
}

fn start() -> Confirm {
    start_within(60_000)
}

#[test]
fn a_payment_takes_half_of_the_time_at_most_and_no_more_than_it_may() {
    for (deadline_ms, timeout_ms, within_ms) in [
        (None, None, 30_000),
        (None, Some(30_000), 30_000),
        (None, Some(7_000), 7_000),
        (Some(5_000), Some(30_000), 2_500),
        (Some(5_000), None, 2_500),
        (Some(300_000), Some(90_000), 90_000),
        (Some(300_000), None, 150_000),
        (Some(1), Some(30_000), 1),
        (Some(3), None, 2),
        // What has no time is not sent: the exchange says so.
        (Some(0), None, 0),
        (Some(u64::MAX), Some(u64::MAX), 1 << 63),
    ] {
        let options = ConfirmOptions { deadline_ms, timeout_ms, ..ConfirmOptions::default() };
        let (_, first) = Confirm::start(&options, NOW);
        assert_eq!(first, ConfirmStep::Pay { within_ms }, "{options:?}");
    }
}

#[test]
fn a_payment_that_hangs_leaves_time_for_questions() {
    let mut machine = start_within(5_000);
    assert_eq!(machine.step(UNKNOWN, NOW + 2_500), ConfirmStep::Ask { within_ms: 2_500 });
    assert_eq!(machine.step(CREATED, NOW + 2_600), ConfirmStep::Sleep { ms: 1_000 });
    assert_eq!(machine.step(ConfirmEvent::Woke, NOW + 3_600), ConfirmStep::Ask { within_ms: 1_400 });
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
    let mut machine = start_within(600_000);
    let mut now = NOW + 5_000;
    assert_eq!(machine.step(UNKNOWN, now), ConfirmStep::Ask { within_ms: 10_000 });
    let mut waits = Vec::new();
    for _ in 0..10 {
        let ConfirmStep::Sleep { ms } = machine.step(CREATED, now) else { panic!() };
        waits.push(ms);
        now += ms;
        assert_eq!(machine.step(ConfirmEvent::Woke, now), ConfirmStep::Ask { within_ms: 10_000 });
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
fn the_last_question_has_a_second_or_as_long_as_the_first_wait() {
    let mut machine = start();
    let _ = machine.step(UNKNOWN, NOW);
    assert_eq!(machine.step(CREATED, NOW + 58_500), ConfirmStep::Sleep { ms: 500 });
    assert_eq!(machine.step(ConfirmEvent::Woke, NOW + 59_000), ConfirmStep::Ask { within_ms: 1_000 });
    assert_eq!(machine.step(CREATED, NOW + 59_010), PENDING);

    let mut machine = start();
    let _ = machine.step(UNKNOWN, NOW);
    assert_eq!(machine.step(CREATED, NOW + 58_999), ConfirmStep::Sleep { ms: 1 });
    // Whoever wakes late asks all the same, while there is time.
    assert_eq!(machine.step(ConfirmEvent::Woke, NOW + 59_999), ConfirmStep::Ask { within_ms: 1 });
    let mut machine = start();
    let _ = machine.step(UNKNOWN, NOW);
    assert_eq!(machine.step(CREATED, NOW + 59_000), PENDING);

    let options = ConfirmOptions { poll_every_ms: Some(200), ..asking_within(5_000) };
    let (mut machine, _) = Confirm::start(&options, NOW);
    assert_eq!(machine.step(CREATED, NOW + 4_700), ConfirmStep::Sleep { ms: 100 });
    assert_eq!(machine.step(CREATED, NOW + 4_800), PENDING);
}

#[test]
fn what_may_have_been_sent_before_is_only_asked_after() {
    let (mut machine, first) = Confirm::start(&asking_within(60_000), NOW);
    assert_eq!(first, ConfirmStep::Ask { within_ms: 10_000 });
    assert_eq!(machine.step(ConfirmEvent::AskFailed, NOW), ConfirmStep::Sleep { ms: 1_000 });
    assert_eq!(machine.step(ConfirmEvent::Status(PaymentStatus::Paid), NOW), ConfirmStep::Done(Confirmed::Paid));
}

#[test]
fn no_time_is_no_question() {
    let (_, first) = Confirm::start(&asking_within(0), NOW);
    assert_eq!(first, PENDING);
    assert_eq!(start_within(0).step(UNKNOWN, NOW), PENDING);
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
        Just(ConfirmEvent::PayTimedOut),
        Just(ConfirmEvent::AskFailed),
        Just(ConfirmEvent::AskTimedOut),
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
        poll_every_ms in times(),
        deadline_ms in times(),
        timeout_ms in times(),
        now in moments(),
        events in prop::collection::vec((events(), moments()), 0..40),
    ) {
        let options = ConfirmOptions { was_sent, poll_every_ms, deadline_ms, timeout_ms };
        let (mut machine, first) = Confirm::start(&options, now);
        prop_assert_eq!(matches!(first, ConfirmStep::Pay { .. }), !was_sent);
        let longest_wait = poll_every_ms.unwrap_or(1_000).max(1).saturating_mul(10);
        for (event, now) in events {
            match machine.step(event, now) {
                ConfirmStep::Pay { .. } => prop_assert!(false, "it pays again"),
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
        poll_every in 500..5_000u64,
        deadline in 0..100_000u64,
        start in moments(),
        was_sent: bool,
        shares in prop::collection::vec(0..=100u64, 64),
    ) {
        let options = ConfirmOptions { was_sent, poll_every_ms: Some(poll_every), ..within(deadline) };
        let (mut machine, mut step) = Confirm::start(&options, start);
        let (mut now, mut asked) = (start, 0usize);
        loop {
            match step {
                ConfirmStep::Pay { within_ms } => {
                    prop_assert!(within_ms <= deadline.div_ceil(2));
                    now = now.saturating_add(within_ms);
                    step = machine.step(UNKNOWN, now);
                }
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
                    prop_assert_eq!(end, PENDING);
                    break;
                }
            }
            prop_assert!(asked < 300, "it asks on and on");
        }
        prop_assert!(now <= start.saturating_add(deadline));
        // Where time is left once the payment has had its half, it is used.
        prop_assert!(asked > 0 || deadline < 2);
    }

    #[test]
    fn whatever_the_clock_says_it_is_over_by_the_deadline_where_nothing_is_answered(
        deadline in 0..100_000u64,
        was_sent: bool,
        clock in prop::collection::vec(moments(), 256),
    ) {
        let options = ConfirmOptions { was_sent, ..within(deadline) };
        let (mut machine, mut step) = Confirm::start(&options, NOW);
        let (mut took, mut readings) = (0, clock.into_iter().cycle());
        loop {
            let (ms, event) = match step {
                ConfirmStep::Pay { within_ms } => (within_ms, ConfirmEvent::PayTimedOut),
                ConfirmStep::Ask { within_ms } => (within_ms, ConfirmEvent::AskTimedOut),
                ConfirmStep::Sleep { ms } => (ms, ConfirmEvent::Woke),
                _ => break,
            };
            took += ms;
            prop_assert!(took <= deadline);
            step = machine.step(event, readings.next().unwrap());
        }
        prop_assert_eq!(step, PENDING);
    }

    #[test]
    fn whatever_the_clock_says_it_sleeps_no_longer_than_until_the_deadline(
        deadline in 0..100_000u64,
        clock in prop::collection::vec(moments(), 256),
    ) {
        let (mut machine, mut step) = Confirm::start(&asking_within(deadline), NOW);
        let (mut slept, mut readings) = (0, clock.into_iter().cycle());
        for _ in 0..1_000 {
            step = match step {
                ConfirmStep::Ask { within_ms } => {
                    prop_assert!(within_ms <= 10_000);
                    machine.step(CREATED, readings.next().unwrap())
                }
                ConfirmStep::Sleep { ms } => {
                    slept += ms;
                    machine.step(ConfirmEvent::Woke, readings.next().unwrap())
                }
                _ => break,
            };
        }
        prop_assert_eq!(step, PENDING);
        prop_assert!(slept <= deadline);
    }
}

#[test]
fn a_clock_that_is_set_back_takes_the_deadline_with_it() {
    let mut machine = start();
    assert_eq!(machine.step(UNKNOWN, NOW + 10_000), ConfirmStep::Ask { within_ms: 10_000 });
    let hour_earlier = NOW - 3_600_000;
    assert_eq!(machine.step(CREATED, hour_earlier + 10_000), ConfirmStep::Sleep { ms: 1_000 });
    assert_eq!(machine.step(ConfirmEvent::Woke, hour_earlier + 60_000), PENDING);
}

#[test]
fn what_was_slept_has_gone_by_where_the_clock_is_set_back_meanwhile() {
    let mut machine = start_within(5_000);
    assert_eq!(machine.step(UNKNOWN, NOW), ConfirmStep::Ask { within_ms: 5_000 });
    assert_eq!(machine.step(CREATED, NOW), ConfirmStep::Sleep { ms: 1_000 });
    assert_eq!(machine.step(ConfirmEvent::Woke, NOW - 3_600_000), ConfirmStep::Ask { within_ms: 4_000 });
}

#[test]
fn a_clock_that_is_set_forward_ends_it_at_once() {
    let mut machine = start();
    assert_eq!(machine.step(UNKNOWN, NOW + 80), ConfirmStep::Ask { within_ms: 10_000 });
    assert_eq!(machine.step(CREATED, NOW + 3_600_000), PENDING);
    let mut machine = start();
    assert_eq!(machine.step(UNKNOWN, u64::MAX), PENDING);
}

#[test]
fn what_was_given_to_a_send_that_times_out_has_gone_by_whatever_the_clock_says() {
    for now in [NOW, NOW - 3_600_000, NOW + 1] {
        let mut machine = start();
        assert_eq!(machine.step(ConfirmEvent::PayTimedOut, now), ConfirmStep::Ask { within_ms: 10_000 });
        assert_eq!(machine.step(ConfirmEvent::AskTimedOut, now), ConfirmStep::Sleep { ms: 1_000 });
        assert_eq!(machine.step(ConfirmEvent::Woke, now), ConfirmStep::Ask { within_ms: 10_000 });
        assert_eq!(machine.step(ConfirmEvent::AskTimedOut, now), ConfirmStep::Sleep { ms: 1_500 });
        assert_eq!(machine.step(ConfirmEvent::Woke, now), ConfirmStep::Ask { within_ms: 7_500 });
        assert_eq!(machine.step(ConfirmEvent::AskTimedOut, now), PENDING);
    }
    // What the clock shows beyond that counts as well.
    let mut machine = start();
    assert_eq!(machine.step(ConfirmEvent::PayTimedOut, NOW + 52_000), ConfirmStep::Ask { within_ms: 8_000 });
    // And what was answered in time takes what the clock says.
    let mut machine = start();
    assert_eq!(machine.step(UNKNOWN, NOW), ConfirmStep::Ask { within_ms: 10_000 });
    assert_eq!(machine.step(CREATED, NOW), ConfirmStep::Sleep { ms: 1_000 });
}

#[test]
fn a_clock_that_stands_still_keeps_nobody_waiting_for_ever() {
    let (mut machine, mut step) = Confirm::start(&within(60_000), NOW);
    let (mut slept, mut asked) = (0, 0);
    let end = loop {
        step = match step {
            ConfirmStep::Pay { .. } => machine.step(UNKNOWN, NOW),
            ConfirmStep::Ask { .. } => {
                asked += 1;
                machine.step(ConfirmEvent::AskFailed, NOW)
            }
            ConfirmStep::Sleep { ms } => {
                slept += ms;
                machine.step(ConfirmEvent::Woke, NOW)
            }
            end => break end,
        };
    };
    assert_eq!((end, slept, asked), (PENDING, 59_000, 11));
}
