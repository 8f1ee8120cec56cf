//! The course of a call: how often it is sent, how long it waits, and when it gives up.

use proptest::prelude::*;
use tiyin::endpoint::Endpoint;
use tiyin::error::{NextAction, Outcome};
use tiyin::exchange::{Call, Connection, Event, Exchange, Loss, Step};
use tiyin::paylov::{GetStatus, Pay};
use tiyin::{Error, ErrorCode};

use crate::paylov::{CARD, NOW, PAYMENT, create, direct};

const LOST: Event<'_> = Event::Lost(Loss::Disconnected);

fn status() -> GetStatus<'static> {
    GetStatus::new(PAYMENT)
}

fn pay() -> Pay<'static> {
    Pay::new(PAYMENT, CARD)
}

fn with(retries: u8, timeout_ms: u64) -> Connection<'static> {
    let mut connection = direct();
    (connection.retries, connection.timeout_ms) = (retries, timeout_ms);
    connection
}

fn start<'a, E: Endpoint<'a>>(endpoint: &E, connection: &Connection<'_>, random: [u8; 16]) -> Exchange<E> {
    Exchange::new(endpoint, connection, &Call { now: NOW, random, ..Call::default() }).unwrap()
}

fn error<T>(step: Step<T>) -> Error {
    match step {
        Step::Done(Err(error)) => error,
        Step::Done(Ok(_)) => panic!("it succeeded"),
        Step::Send { within_ms } => panic!("it is sent, for {within_ms} ms"),
        Step::Sleep { ms } => panic!("it sleeps for {ms} ms"),
    }
}

/// The waits before a call gives up that fails each time at once.
fn waits<'a, E: Endpoint<'a>>(
    endpoint: &E,
    connection: &Connection<'_>,
    random: [u8; 16],
    event: Event<'_>,
) -> Vec<u64> {
    let mut exchange = start(endpoint, connection, random);
    let (mut now, mut waits) = (NOW, Vec::new());
    loop {
        assert!(matches!(exchange.step(Event::Woke, now), Step::Send { .. }));
        match exchange.step(event, now) {
            Step::Sleep { ms } => {
                waits.push(ms);
                now += ms;
            }
            Step::Done(_) => return waits,
            Step::Send { .. } => panic!("it is sent without a wait"),
        }
    }
}

#[test]
fn a_read_is_sent_as_often_again_as_it_may_be() {
    for retries in 0..=5 {
        let waits = waits(&status(), &with(retries, 600_000), [0; 16], LOST);
        assert_eq!(waits.len(), usize::from(retries));
    }
}

#[test]
fn what_is_no_read_is_sent_once() {
    for retries in 0..=5 {
        assert!(waits(&pay(), &with(retries, 600_000), [7; 16], LOST).is_empty());
        assert!(waits(&create(), &with(retries, 600_000), [7; 16], LOST).is_empty());
    }
}

#[test]
fn waits_double_and_are_drawn_between_half_and_all() {
    let waits_of = |byte| waits(&status(), &with(5, 600_000), [byte; 16], LOST);
    assert_eq!(waits_of(0), [150, 300, 600, 1200, 2400]);
    assert_eq!(waits_of(255), [300, 600, 1200, 2400, 4800]);
    assert_eq!(waits_of(51), [180, 360, 720, 1440, 2880]);
}

#[test]
fn each_wait_is_drawn_by_itself() {
    let random = *b"\x00\xff\x00\xff------------";
    assert_eq!(waits(&status(), &with(5, 600_000), random, LOST), [150, 600, 600, 2400, 2400]);
}

const TIMED_OUT: Event<'_> = Event::Lost(Loss::TimedOut);

#[test]
fn a_read_that_may_be_sent_again_has_half_of_the_time_left_for_each_send() {
    let mut exchange = start(&status(), &with(2, 60_000), [0; 16]);
    assert_eq!(exchange.step(Event::Woke, NOW), Step::Send { within_ms: 30_000 });
    assert_eq!(exchange.step(TIMED_OUT, NOW + 30_000), Step::Sleep { ms: 150 });
    assert_eq!(exchange.step(Event::Woke, NOW + 30_200), Step::Send { within_ms: 14_900 });
    assert_eq!(exchange.step(TIMED_OUT, NOW + 45_100), Step::Sleep { ms: 300 });
    assert_eq!(exchange.step(Event::Woke, NOW + 45_400), Step::Send { within_ms: 14_600 });
    assert_eq!(error(exchange.step(TIMED_OUT, NOW + 60_000)).code(), ErrorCode::TimedOut);
}

#[test]
fn an_answer_that_is_only_slow_is_waited_for_ten_seconds_at_least() {
    for (timeout, within_ms) in
        [(1, 1), (9_999, 9_999), (10_000, 10_000), (10_001, 10_000), (20_000, 10_000), (20_001, 10_001)]
    {
        let mut exchange = start(&status(), &with(2, timeout), [0; 16]);
        assert_eq!(exchange.step(Event::Woke, NOW), Step::Send { within_ms }, "{timeout}");
    }
    let mut exchange = start(&status(), &with(2, 30_000), [0; 16]);
    assert_eq!(exchange.step(Event::Woke, NOW), Step::Send { within_ms: 15_000 });
    assert_eq!(exchange.step(TIMED_OUT, NOW + 15_000), Step::Sleep { ms: 150 });
    assert_eq!(exchange.step(Event::Woke, NOW + 15_150), Step::Send { within_ms: 10_000 });
    assert_eq!(exchange.step(TIMED_OUT, NOW + 25_150), Step::Sleep { ms: 300 });
    assert_eq!(exchange.step(Event::Woke, NOW + 25_450), Step::Send { within_ms: 4_550 });
}

#[test]
fn what_timed_out_has_used_its_time_even_where_the_clock_stands_still() {
    let mut exchange = start(&status(), &with(2, 30_000), [0; 16]);
    assert_eq!(exchange.step(Event::Woke, NOW), Step::Send { within_ms: 15_000 });
    assert_eq!(exchange.step(TIMED_OUT, NOW), Step::Sleep { ms: 150 });
    assert_eq!(exchange.step(Event::Woke, NOW), Step::Send { within_ms: 10_000 });
    assert_eq!(exchange.step(TIMED_OUT, NOW), Step::Sleep { ms: 300 });
    assert_eq!(exchange.step(Event::Woke, NOW), Step::Send { within_ms: 5_000 });
    assert_eq!(error(exchange.step(TIMED_OUT, NOW)).code(), ErrorCode::TimedOut);

    // Of a clock that is slow, what it missed.
    let mut exchange = start(&status(), &with(1, 30_000), [0; 16]);
    assert_eq!(exchange.step(Event::Woke, NOW), Step::Send { within_ms: 15_000 });
    assert_eq!(exchange.step(TIMED_OUT, NOW + 12_000), Step::Sleep { ms: 150 });
    assert_eq!(exchange.step(Event::Woke, NOW + 12_000), Step::Send { within_ms: 15_000 });
}

#[test]
fn what_is_sent_once_has_all_of_the_time() {
    assert_eq!(start(&pay(), &with(2, 10_000), [0; 16]).step(Event::Woke, NOW + 100), Step::Send { within_ms: 9_900 });
    assert_eq!(start(&status(), &with(0, 10_000), [0; 16]).step(Event::Woke, NOW), Step::Send { within_ms: 10_000 });
}

#[test]
fn a_call_can_have_a_time_of_its_own() {
    let call = Call { now: NOW, timeout_ms: Some(700), ..Call::default() };
    let mut exchange = Exchange::new(&pay(), &with(2, 10_000), &call).unwrap();
    assert_eq!(exchange.step(Event::Woke, NOW), Step::Send { within_ms: 700 });
}

#[test]
fn the_server_says_how_long_to_wait_at_least() {
    let limited = |retry_after| Event::Answered { status: 429, retry_after, body: b"" };
    for (retry_after, wait) in [
        (None, 150),
        (Some("0"), 150),
        (Some("1"), 1_000),
        (Some(" 7 "), 7_000),
        (Some("007"), 7_000),
        // A date would need the two clocks to agree; the rest is not what the header can say.
        (Some("Wed, 21 Oct 2026 07:28:00 GMT"), 150),
        (Some(""), 150),
        (Some("-1"), 150),
        (Some("1.5"), 150),
        (Some("1e3"), 150),
        (Some("٣"), 150),
    ] {
        let mut exchange = start(&status(), &with(2, 30_000), [0; 16]);
        let _ = exchange.step(Event::Woke, NOW);
        assert_eq!(exchange.step(limited(retry_after), NOW), Step::Sleep { ms: wait }, "{retry_after:?}");
    }
}

#[test]
fn a_wait_beyond_the_deadline_is_left_to_the_caller() {
    for (retry_after, told) in
        [("30", 30_000), ("604800", 604_800_000), ("604801", 604_800_000), ("99999999999999999999999999", 604_800_000)]
    {
        let mut exchange = start(&status(), &with(2, 30_000), [0; 16]);
        let _ = exchange.step(Event::Woke, NOW);
        let limited = Event::Answered { status: 503, retry_after: Some(retry_after), body: b"" };
        // The first would be over with the call.
        let error = error(exchange.step(limited, NOW));
        assert_eq!((error.code(), error.next_action()), (ErrorCode::ServerError, Some(NextAction::RetryLater)));
        assert_eq!(error.retry_after_ms(), Some(told));
    }
}

#[test]
fn nothing_is_sent_once_the_time_is_over() {
    for (timeout, late) in [(0, 0), (1_000, 1_000), (1_000, 5_000)] {
        let mut exchange = start(&pay(), &with(2, timeout), [0; 16]);
        let error = error(exchange.step(Event::Woke, NOW + late));
        assert_eq!((error.code(), error.outcome()), (ErrorCode::TimedOut, Some(Outcome::NotExecuted)));
        assert_eq!(error.sent_at(), None);
    }
    let mut exchange = start(&status(), &with(2, 1_000), [0; 16]);
    assert_eq!(exchange.step(Event::Woke, NOW), Step::Send { within_ms: 1_000 });
    assert_eq!(exchange.step(LOST, NOW + 10), Step::Sleep { ms: 150 });
    assert_eq!(error(exchange.step(Event::Woke, NOW + 1_000)).code(), ErrorCode::TimedOut);
}

#[test]
fn a_millisecond_is_time_enough_to_be_sent() {
    assert_eq!(start(&status(), &with(2, 1), [0; 16]).step(Event::Woke, NOW), Step::Send { within_ms: 1 });
    assert_eq!(start(&pay(), &with(2, 1), [0; 16]).step(Event::Woke, NOW), Step::Send { within_ms: 1 });
}

#[test]
fn a_clock_that_is_set_back_makes_no_call_longer() {
    let hour = 3_600_000;
    let mut exchange = start(&status(), &with(2, 10_000), [0; 16]);
    assert_eq!(exchange.step(Event::Woke, NOW), Step::Send { within_ms: 10_000 });
    assert_eq!(exchange.step(LOST, NOW - hour), Step::Sleep { ms: 150 });
    assert_eq!(exchange.step(Event::Woke, NOW - hour + 150), Step::Send { within_ms: 10_000 });
    // The server's wait is held against the time that is left, not against the old clock.
    let limited = Event::Answered { status: 503, retry_after: Some("60"), body: b"" };
    assert_eq!(error(exchange.step(limited, NOW - 2 * hour)).retry_after_ms(), Some(60_000));
}

#[test]
fn a_payment_is_not_sent_again_even_where_the_driver_asks_for_it() {
    let mut exchange = start(&pay(), &with(5, 10_000), [0; 16]);
    assert_eq!(exchange.step(Event::Woke, NOW), Step::Send { within_ms: 10_000 });
    let error = error(exchange.step(Event::Woke, NOW + 1));
    assert_eq!((error.code(), error.outcome()), (ErrorCode::Internal, Some(Outcome::Unknown)));
    assert_eq!((error.next_action(), error.sent_at()), (Some(NextAction::QueryStatus), Some(NOW)));
}

#[test]
fn what_is_over_is_not_sent_any_more() {
    let mut exchange = start(&pay(), &with(5, 10_000), [0; 16]);
    assert_eq!(error(exchange.step(Event::Lost(Loss::Aborted), NOW)).outcome(), Some(Outcome::NotExecuted));
    assert_eq!(error(exchange.step(Event::Woke, NOW)).outcome(), Some(Outcome::NotExecuted));

    let mut exchange = start(&status(), &with(5, 10_000), [0; 16]);
    let _ = exchange.step(Event::Woke, NOW);
    let body = br#"{"result":{"transactionId":"b6135bb4-ef3c-4ab1-a5aa-db174a9bdc26","status":"paid","amount":500}}"#;
    assert!(matches!(exchange.step(Event::Answered { status: 200, retry_after: None, body }, NOW), Step::Done(Ok(_))));
    assert_eq!(error(exchange.step(Event::Woke, NOW)).code(), ErrorCode::Internal);
}

#[test]
fn what_is_lost_before_anything_was_sent_is_not_tried_again() {
    let error = error(start(&status(), &with(5, 10_000), [0; 16]).step(LOST, NOW));
    assert_eq!((error.code(), error.sent_at()), (ErrorCode::NetworkError, None));
}

#[test]
fn an_error_tells_when_the_last_send_left() {
    let mut exchange = start(&status(), &with(1, 10_000), [0; 16]);
    let _ = exchange.step(Event::Woke, NOW + 1);
    let _ = exchange.step(LOST, NOW + 2);
    let _ = exchange.step(Event::Woke, NOW + 200);
    assert_eq!(error(exchange.step(LOST, NOW + 300)).sent_at(), Some(NOW + 200));
}

/// An event, with whatever belongs to it.
#[derive(Clone, Debug)]
enum Happened {
    Woke,
    Answered(u16, Option<String>, Vec<u8>),
    Lost(Loss),
}

impl Happened {
    fn event(&self) -> Event<'_> {
        match self {
            Self::Woke => Event::Woke,
            Self::Lost(loss) => Event::Lost(*loss),
            Self::Answered(status, retry_after, body) => {
                Event::Answered { status: *status, retry_after: retry_after.as_deref(), body }
            }
        }
    }
}

fn losses() -> impl Strategy<Value = Loss> {
    use Loss::{Aborted, Disconnected, NoFetch, NoRequest, NotAResponse, TimedOut, TooLarge, Truncated};
    prop::sample::select(vec![Aborted, TimedOut, Disconnected, NoFetch, NoRequest, NotAResponse, Truncated, TooLarge])
}

fn bodies() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..20),
        "(\\{|\\}|\\[|\\]|\"|:|,|\"result\":|\"error\":|\"code\":|\"insufficient_funds\"|\"error_at_pay\"|null|1){0,9}"
            .prop_map(String::into_bytes),
        Just(br#"{"error":{"code":"insufficient_funds"}}"#.to_vec()),
        Just(
            br#"{"result":{"transactionId":"b6135bb4-ef3c-4ab1-a5aa-db174a9bdc26","status":"paid","amount":1}}"#
                .to_vec()
        ),
    ]
}

fn happenings() -> impl Strategy<Value = Happened> {
    let statuses = prop_oneof![prop::sample::select(vec![0u16, 200, 204, 302, 400, 404, 429, 500, 503]), any::<u16>()];
    let retry_after = prop::option::of(prop_oneof!["[0-9]{1,20}", "\\PC{0,8}"]);
    prop_oneof![
        2 => Just(Happened::Woke),
        2 => losses().prop_map(Happened::Lost),
        3 => (statuses, retry_after, bodies()).prop_map(|(status, after, body)| Happened::Answered(status, after, body)),
    ]
}

/// Moments around each other, and as far apart as numbers are.
fn moments() -> impl Strategy<Value = u64> {
    prop_oneof![
        4 => NOW - 60_000..NOW + 60_000,
        1 => prop::sample::select(vec![0, 1, NOW, u64::MAX - 1, u64::MAX]),
        1 => any::<u64>(),
    ]
}

/// How often a call was sent, whatever happened to it, and how it ended first.
fn sends<'a, E: Endpoint<'a>>(
    endpoint: &E,
    connection: &Connection<'_>,
    call: &Call<'_>,
    events: &[(Happened, u64)],
) -> (usize, Option<tiyin::Result<E::Answer>>) {
    let mut exchange = Exchange::new(endpoint, connection, call).unwrap();
    let time = call.timeout_ms.unwrap_or(connection.timeout_ms);
    let (mut sends, mut end) = (0, None);
    for (happened, now) in events {
        match exchange.step(happened.event(), *now) {
            Step::Send { within_ms } => {
                assert!((1..=time).contains(&within_ms), "{within_ms} of {time} ms");
                assert!(end.is_none(), "it was over");
                sends += 1;
            }
            Step::Sleep { ms } => assert!((150..=time).contains(&ms), "{ms} of {time} ms"),
            Step::Done(result) => end = end.or(Some(result)),
        }
    }
    (sends, end)
}

proptest! {
    #[test]
    fn whatever_happens_money_is_moved_at_most_once_and_reads_are_sent_no_oftener_than_they_may_be(
        events in prop::collection::vec((happenings(), moments()), 0..40),
        now in moments(),
        timeout in prop_oneof![Just(None), any::<u64>().prop_map(Some), (0..100_000u64).prop_map(Some)],
        random: [u8; 16],
        retries: u8,
    ) {
        let call = Call { timeout_ms: timeout, now, random, ..Call::default() };
        let connection = with(retries, 30_000);
        let (sent, end) = sends(&pay(), &connection, &call, &events);
        prop_assert!(sent <= 1);
        if let Some(Err(error)) = end {
            let outcome = error.outcome().unwrap();
            // What was not sent was not executed; what was sent is unknown, unless the provider refused it in a known word.
            match outcome {
                Outcome::NotExecuted => prop_assert!(error.sent_at().is_none()),
                Outcome::Rejected => prop_assert_eq!(error.provider_code(), Some("insufficient_funds")),
                Outcome::Unknown => prop_assert!(error.sent_at().is_some()),
            }
        }
        let (sent, _) = sends(&create(), &connection, &call, &events);
        prop_assert!(sent <= 1);
        let (sent, end) = sends(&status(), &connection, &call, &events);
        prop_assert!(sent <= usize::from(retries).saturating_add(1));
        if let Some(Err(error)) = end {
            prop_assert_eq!(error.outcome(), None);
        }
    }

    #[test]
    fn a_call_that_is_driven_well_ends_by_its_deadline(
        answers in prop::collection::vec((losses(), 0..=100u64), 300),
        timeout in 0..100_000u64,
        random: [u8; 16],
        retries: u8,
        start in moments(),
    ) {
        let call = Call { timeout_ms: Some(timeout), now: start, random, ..Call::default() };
        let mut exchange = Exchange::new(&status(), &with(retries, 1), &call).unwrap();
        let mut step = exchange.step(Event::Woke, start);
        let mut now = start;
        for (loss, share) in answers {
            match step {
                Step::Send { within_ms } => {
                    now = now.saturating_add(within_ms * share / 100);
                    step = exchange.step(Event::Lost(loss), now);
                }
                Step::Sleep { ms } => {
                    now = now.saturating_add(ms);
                    step = exchange.step(Event::Woke, now);
                }
                Step::Done(_) => break,
            }
        }
        prop_assert!(matches!(step, Step::Done(_)));
        prop_assert!(now <= start.saturating_add(timeout));
    }
}
