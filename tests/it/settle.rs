//! Settling an order: asking first, sending only what is certain not to be there, and saying what is known.

use proptest::prelude::*;
use serde_json::json;
use tiyin::bank::{
    KnownTransfer, PayerCard, Settle, SettleEvent, SettleOptions, SettleStep, Settled, TransferOrder, TransferStatus,
};
use tiyin::error::{NextAction, Outcome};
use tiyin::exchange::{Event, Loss};
use tiyin::requisites::{OrderId, TaxpayerId};
use tiyin::{CardNetwork, ErrorCode, Money, Pan};

use crate::bank::{NOW, PAN, answered, budget_order, ended, order as document_order, status_of};

const UNKNOWN: SettleEvent = SettleEvent::CreateFailed(Some(Outcome::Unknown));
const REFUSED: SettleEvent = SettleEvent::CreateFailed(Some(Outcome::Rejected));
const ACCEPTED: SettleEvent = SettleEvent::Status(TransferStatus::Accepted);
const PENDING: SettleStep = SettleStep::Done(Settled::Pending(None));
const QUIET: u64 = 60_000;

fn order() -> TransferOrder<'static> {
    TransferOrder::Requisites(document_order())
}

/// A machine, the step that it is at, and a clock that goes as it should.
struct Run {
    machine: Settle,
    step: SettleStep,
    now: u64,
}

impl Run {
    fn start(options: SettleOptions<'_>) -> Self {
        let (machine, step) = Settle::start(&order(), &options, NOW).unwrap();
        Self { machine, step, now: NOW }
    }

    fn tell(&mut self, event: SettleEvent) -> SettleStep {
        self.now += 80;
        self.step = self.machine.step(event, self.now);
        self.step
    }

    /// Sleeps, which is what it must be told to do, and says for how long.
    fn sleep(&mut self) -> u64 {
        let SettleStep::Sleep { ms } = self.step else { panic!("{:?}", self.step) };
        self.now += ms;
        self.step = self.machine.step(SettleEvent::Woke, self.now);
        ms
    }

    /// Answers every question like this until something else than waiting and asking comes, and says how long it slept.
    fn answer(&mut self, event: SettleEvent) -> u64 {
        let mut slept = 0;
        loop {
            match self.step {
                SettleStep::Sleep { .. } => slept += self.sleep(),
                SettleStep::Ask { .. } => _ = self.tell(event),
                _ => return slept,
            }
        }
    }

    fn is_create(&self) -> bool {
        matches!(self.step, SettleStep::Create { .. })
    }
}

fn sent() -> Run {
    let mut run = Run::start(SettleOptions::default());
    assert_eq!(run.tell(SettleEvent::Nothing), SettleStep::Create { within_ms: 30_000 });
    run
}

#[test]
fn it_asks_first_and_sends_what_is_not_there() {
    let mut run = Run::start(SettleOptions::default());
    assert_eq!((run.step, run.machine.creates()), (SettleStep::Ask { within_ms: 10_000 }, 0));
    assert_eq!(run.tell(SettleEvent::Nothing), SettleStep::Create { within_ms: 30_000 });
    assert_eq!(run.tell(SettleEvent::Created(TransferStatus::Accepted)), SettleStep::Sleep { ms: 2_000 });
    assert_eq!(run.sleep(), 2_000);
    assert_eq!(run.tell(ACCEPTED), SettleStep::Sleep { ms: 3_000 });
    run.sleep();
    assert_eq!(run.tell(SettleEvent::Status(TransferStatus::Settled)), SettleStep::Done(Settled::Settled));
    assert_eq!(run.machine.creates(), 1);
}

#[test]
fn what_is_there_already_is_not_sent() {
    for (status, end) in [(TransferStatus::Settled, Settled::Settled), (TransferStatus::Deleted, Settled::Deleted)] {
        let mut run = Run::start(SettleOptions::default());
        assert_eq!(run.tell(SettleEvent::Status(status)), SettleStep::Done(end));
        assert_eq!(sent().tell(SettleEvent::Created(status)), SettleStep::Done(end));
    }
    for status in [TransferStatus::Accepted, TransferStatus::Other] {
        let mut run = Run::start(SettleOptions::default());
        assert_eq!(run.tell(SettleEvent::Status(status)), SettleStep::Sleep { ms: 2_000 });
        run.answer(SettleEvent::Status(status));
        assert_eq!(run.machine.creates(), 0);
    }
}

#[test]
fn nothing_is_sent_while_nothing_can_be_asked() {
    let mut run = Run::start(SettleOptions::default());
    run.answer(SettleEvent::AskFailed);
    assert_eq!((run.step, run.machine.creates()), (PENDING, 0));
}

#[test]
fn a_question_that_will_never_be_answered_is_the_end_where_nothing_was_sent() {
    assert_eq!(Run::start(SettleOptions::default()).tell(SettleEvent::AskRefused), SettleStep::Unasked);
    // Once something was sent it goes on asking.
    let mut run = sent();
    run.tell(UNKNOWN);
    assert_eq!(run.tell(SettleEvent::AskRefused), SettleStep::Sleep { ms: 2_000 });
    // And where there is an order.
    let mut run = Run::start(SettleOptions::default());
    run.tell(ACCEPTED);
    run.answer(SettleEvent::AskRefused);
    assert_eq!(run.step, SettleStep::Done(Settled::Pending(Some(KnownTransfer::Accepted))));
}

#[test]
fn after_a_send_whose_fate_is_unknown_nothing_must_be_told_twice_with_a_quiet_time_between() {
    for fate in [UNKNOWN, SettleEvent::CreateFailed(None)] {
        let mut run = sent();
        assert_eq!(run.tell(fate), SettleStep::Ask { within_ms: 10_000 });
        assert_eq!(run.tell(SettleEvent::Nothing), SettleStep::Sleep { ms: 2_000 });
        let slept = run.answer(SettleEvent::Nothing);
        assert_eq!((slept, run.is_create(), run.machine.creates()), (QUIET, true, 2));
    }
}

#[test]
fn the_quiet_time_begins_with_the_first_such_answer_and_anew_with_every_send() {
    let mut run = sent();
    run.tell(UNKNOWN);
    // Half of it goes by without an answer: that does not count.
    let mut unanswered = 0;
    while unanswered < QUIET / 2 {
        run.tell(SettleEvent::AskFailed);
        unanswered += run.sleep();
    }
    assert_eq!(run.answer(SettleEvent::Nothing), QUIET);
    assert!(run.is_create());
    run.tell(UNKNOWN);
    assert_eq!(run.answer(SettleEvent::Nothing), QUIET);
    assert!(run.is_create());
}

#[test]
fn a_question_that_fails_does_not_repeat_the_answer() {
    let mut run = sent();
    run.tell(UNKNOWN);
    run.tell(SettleEvent::Nothing);
    let slept = run.answer(SettleEvent::AskFailed);
    assert!(slept > QUIET);
    assert_eq!((run.step, run.machine.creates()), (PENDING, 1));
}

#[test]
fn even_without_a_quiet_time_the_answer_is_repeated() {
    let mut run = Run::start(SettleOptions { quiet_ms: Some(0), ..SettleOptions::default() });
    run.tell(SettleEvent::Nothing);
    run.tell(UNKNOWN);
    assert_eq!(run.tell(SettleEvent::Nothing), SettleStep::Sleep { ms: 2_000 });
    run.sleep();
    assert!(matches!(run.tell(SettleEvent::Nothing), SettleStep::Create { .. }));
}

#[test]
fn what_was_given_to_a_send_that_timed_out_has_gone_by_even_where_the_clock_stands_still() {
    let (mut machine, mut step) = Settle::start(&order(), &SettleOptions::default(), NOW).unwrap();
    step = {
        assert!(matches!(step, SettleStep::Ask { .. }));
        machine.step(SettleEvent::Nothing, NOW)
    };
    let mut gone = 0;
    for _ in 0..1_000 {
        let event = match step {
            SettleStep::Create { within_ms } => {
                gone += within_ms;
                SettleEvent::CreateTimedOut
            }
            SettleStep::Ask { within_ms } => {
                gone += within_ms;
                SettleEvent::AskTimedOut
            }
            SettleStep::Sleep { ms } => {
                gone += ms;
                SettleEvent::Woke
            }
            _ => break,
        };
        step = machine.step(event, NOW);
    }
    assert_eq!((step, machine.creates()), (PENDING, 1));
    assert!((299_000..=300_000).contains(&gone), "{gone}");
}

#[test]
fn a_question_that_timed_out_is_no_quiet_time() {
    let mut run = sent();
    assert_eq!(run.tell(SettleEvent::CreateTimedOut), SettleStep::Ask { within_ms: 10_000 });
    run.tell(SettleEvent::Nothing);
    run.sleep();
    run.now += 10_000;
    run.tell(SettleEvent::AskTimedOut);
    assert_eq!(run.answer(SettleEvent::Nothing), QUIET - 2_000);
    assert!(run.is_create());
}

#[test]
fn a_clock_that_is_set_forward_makes_the_quiet_time_no_shorter() {
    let mut run = sent();
    run.tell(UNKNOWN);
    run.tell(SettleEvent::Nothing);
    run.sleep();
    run.now += 2 * QUIET;
    assert!(matches!(run.tell(SettleEvent::Nothing), SettleStep::Sleep { .. }));
    assert_eq!(run.machine.creates(), 1);
}

#[test]
fn it_sends_a_few_times_at_most_and_then_only_asks() {
    for (most, expected) in [(None, 3), (Some(1), 1), (Some(0), 0), (Some(5), 5)] {
        let options = SettleOptions { max_creates: most, deadline_ms: Some(3_600_000), ..SettleOptions::default() };
        let mut run = Run::start(options);
        loop {
            run.answer(SettleEvent::Nothing);
            if !run.is_create() {
                break;
            }
            run.tell(UNKNOWN);
        }
        assert_eq!(run.machine.creates(), expected);
        assert_eq!(run.step, SettleStep::Done(Settled::Pending(Some(KnownTransfer::Nothing))));
    }
}

#[test]
fn a_refusal_is_the_end_where_the_bank_then_has_nothing() {
    let mut run = sent();
    assert_eq!(run.tell(REFUSED), SettleStep::Ask { within_ms: 10_000 });
    assert_eq!(run.tell(SettleEvent::Nothing), SettleStep::Refused);
    assert_eq!(run.machine.creates(), 1);
}

#[test]
fn a_refusal_of_what_is_there_is_none() {
    for (status, end) in [(TransferStatus::Settled, Settled::Settled), (TransferStatus::Deleted, Settled::Deleted)] {
        let mut run = sent();
        run.tell(REFUSED);
        assert_eq!(run.tell(ACCEPTED), SettleStep::Sleep { ms: 2_000 });
        run.sleep();
        assert_eq!(run.tell(SettleEvent::Status(status)), SettleStep::Done(end));
    }
}

#[test]
fn a_refusal_that_nothing_agrees_with_is_pending() {
    let mut run = sent();
    run.tell(REFUSED);
    run.answer(SettleEvent::AskFailed);
    assert_eq!((run.step, run.machine.creates()), (PENDING, 1));
}

#[test]
fn a_refusal_after_a_send_whose_fate_is_unknown_needs_the_quiet_time_too() {
    for refusal in [REFUSED, SettleEvent::CreateFailed(Some(Outcome::NotExecuted))] {
        let mut run = sent();
        run.tell(UNKNOWN);
        run.answer(SettleEvent::Nothing);
        assert!(run.is_create());
        assert_eq!(run.tell(refusal), SettleStep::Ask { within_ms: 10_000 });
        assert_eq!(run.answer(SettleEvent::Nothing), QUIET);
        assert_eq!((run.step, run.machine.creates()), (SettleStep::Refused, 2));
    }
}

#[test]
fn what_never_left_is_the_end_where_nothing_else_did() {
    assert_eq!(sent().tell(SettleEvent::CreateFailed(Some(Outcome::NotExecuted))), SettleStep::Refused);
}

#[test]
fn what_the_bank_has_had_is_never_sent_again() {
    for (status, known) in [(TransferStatus::Accepted, Some(KnownTransfer::Accepted)), (TransferStatus::Other, None)] {
        let mut run = sent();
        run.tell(SettleEvent::Created(status));
        assert!(run.answer(SettleEvent::Nothing) > 4 * QUIET);
        assert_eq!(run.step, SettleStep::Done(Settled::Pending(known)));
        assert_eq!(run.machine.creates(), 1);
    }
    // A word that is not documented takes nothing back.
    let mut run = sent();
    run.tell(SettleEvent::Created(TransferStatus::Accepted));
    run.answer(SettleEvent::Status(TransferStatus::Other));
    assert_eq!(run.step, SettleStep::Done(Settled::Pending(Some(KnownTransfer::Accepted))));
}

#[test]
fn nothing_is_known_where_the_last_answer_leaves_it_open() {
    let options = SettleOptions { deadline_ms: Some(QUIET / 2), ..SettleOptions::default() };
    let mut run = Run::start(options);
    run.tell(SettleEvent::Nothing);
    run.tell(UNKNOWN);
    run.answer(SettleEvent::Nothing);
    assert_eq!(run.step, PENDING, "the quiet time was not over");
    let mut run = Run::start(SettleOptions { max_creates: Some(0), ..SettleOptions::default() });
    run.tell(SettleEvent::Nothing);
    run.answer(SettleEvent::AskFailed);
    assert_eq!(run.step, PENDING, "the last question was not answered");
}

#[test]
fn a_send_and_a_question_leave_time_for_each_other() {
    let options = SettleOptions { deadline_ms: Some(8_000), ..SettleOptions::default() };
    let mut run = Run::start(options);
    assert_eq!(run.step, SettleStep::Ask { within_ms: 8_000 });
    assert_eq!(run.tell(SettleEvent::Nothing), SettleStep::Create { within_ms: 3_960 });
    run.now += 3_880;
    assert_eq!(run.tell(UNKNOWN), SettleStep::Ask { within_ms: 3_960 });
    let options = SettleOptions { timeout_ms: Some(5_000), ..SettleOptions::default() };
    assert_eq!(Run::start(options).tell(SettleEvent::Nothing), SettleStep::Create { within_ms: 5_000 });
    let (_, first) =
        Settle::start(&order(), &SettleOptions { deadline_ms: Some(0), ..SettleOptions::default() }, NOW).unwrap();
    assert_eq!(first, PENDING);
}

#[test]
fn with_the_hash_of_an_earlier_call_the_first_answer_does_not_count_yet() {
    let hash = order().hash();
    for kept in [hash.clone(), hash.to_ascii_uppercase()] {
        let mut run = Run::start(SettleOptions { order_hash: Some(&kept), ..SettleOptions::default() });
        assert_eq!(run.answer(SettleEvent::Nothing), QUIET);
        assert!(run.is_create());
    }
}

#[test]
fn another_order_under_the_same_id_is_refused_before_anything_is_asked() {
    let hash = order().hash();
    let mut other = document_order();
    other.amount = Money::som("5000.01").unwrap();
    for kept in [
        TransferOrder::Requisites(other).hash(),
        TransferOrder::Budget(budget_order()).hash(),
        String::new(),
        hash[1..].into(),
    ] {
        let options = SettleOptions { order_hash: Some(&kept), ..SettleOptions::default() };
        let error = Settle::start(&order(), &options, NOW).unwrap_err();
        assert_eq!((error.code(), error.field()), (ErrorCode::OrderMismatch, Some("orderHash")));
        assert_eq!((error.outcome(), error.next_action()), (Some(Outcome::NotExecuted), Some(NextAction::FixInput)));
    }
}

#[test]
fn an_order_that_could_not_be_sent_is_refused_before_anything_is_asked() {
    let mut other = document_order();
    other.purpose = "a\nb".into();
    let error = Settle::start(&TransferOrder::Requisites(other), &SettleOptions::default(), NOW).unwrap_err();
    assert_eq!((error.code(), error.outcome()), (ErrorCode::UnprintableText, Some(Outcome::NotExecuted)));
}

/// Made by another program from the description of the hash.
#[test]
fn a_hash_is_of_the_canonical_form() {
    assert_eq!(order().hash(), "3877bf759d3ad2b80c9c09bf9477aa6206def1e95e87d7b69b0733a53ebd0779");
    assert_eq!(
        TransferOrder::Budget(budget_order()).hash(),
        "5fae3bae7d2d90fe04a9d30f349604b782acd3bf2b718a6d917101627b10f535"
    );
}

#[test]
fn everything_of_an_order_is_in_its_hash_but_the_card_number() {
    let changes: [fn(&mut tiyin::bank::CreatePayment<'_>); 11] = [
        |it| it.order_id = OrderId::new("009445151278").unwrap(),
        |it| it.service_id = "3".into(),
        |it| it.amount = Money::som("5000.01").unwrap(),
        |it| it.commission = Money::som("200.01").unwrap(),
        |it| it.purpose = "Test 24/8".into(),
        |it| it.payee.name = "Test ".into(),
        |it| it.payee.bank_code = tiyin::requisites::BankCode::parse("01092").unwrap(),
        |it| it.payee.account = tiyin::requisites::AccountNumber::parse("29801000990248844445").unwrap(),
        |it| it.payee.taxpayer_id = None,
        |it| it.card = None,
        |it| it.card.as_mut().unwrap().rrn = "016351273643".into(),
    ];
    let mut hashes = std::collections::HashSet::from([order().hash()]);
    for change in changes {
        let mut other = document_order();
        change(&mut other);
        assert!(hashes.insert(TransferOrder::Requisites(other).hash()));
    }
    let mut other = document_order();
    other.card.as_mut().unwrap().network = CardNetwork::Uzcard;
    assert!(hashes.insert(TransferOrder::Requisites(other).hash()));
    // Members do not run into each other.
    let mut other = document_order();
    (other.purpose, other.payee.name) = ("Test 24/".into(), "7Test".into());
    assert!(hashes.insert(TransferOrder::Requisites(other).hash()));
    let mut other = document_order();
    other.payee.taxpayer_id = Some(TaxpayerId::parse("123456780").unwrap());
    assert!(hashes.insert(TransferOrder::Requisites(other).hash()));

    let mut other_card = document_order();
    let pan = Pan::parse("8600330410689500").unwrap();
    other_card.card = Some(PayerCard { pan, ..other_card.card.unwrap() });
    assert_eq!(TransferOrder::Requisites(other_card).hash(), order().hash());
    assert!(!format!("{:?}", order()).contains(PAN));
}

#[test]
fn answers_become_events() {
    let failure = |code: i64| json!({ "status": "error", "code": code, "data": null });
    let state = |word: &str| json!({ "status": "success", "code": 0, "data": { "payment_status": word } });
    let created = |status, body| SettleEvent::of_create(&answered(&document_order(), status, &body));
    let asked = |status, body| SettleEvent::of_ask(&answered(&status_of("1"), status, &body));
    assert_eq!(created(200, state("Введен")), SettleEvent::Created(TransferStatus::Accepted));
    assert_eq!(created(200, failure(1013)), REFUSED);
    assert_eq!(created(200, failure(3333)), REFUSED);
    for code in [1111, 2222, 1001, 1008, 7] {
        assert_eq!(created(200, failure(code)), UNKNOWN, "{code}");
    }
    assert_eq!(created(503, failure(1013)), UNKNOWN);
    assert_eq!(asked(200, state("Проведен")), SettleEvent::Status(TransferStatus::Settled));
    assert_eq!(asked(200, failure(1008)), SettleEvent::Nothing);
    for (status, body) in
        [(200, failure(1111)), (200, failure(2222)), (503, failure(1008)), (404, failure(1008)), (429, json!({}))]
    {
        assert_eq!(asked(status, body.clone()), SettleEvent::AskFailed, "{status} {body}");
    }
    for (status, body) in [
        (401, json!({})),
        (403, json!({})),
        (404, json!({})),
        (200, failure(1004)),
        (200, json!({ "status": "error", "code": 1008, "data": {} })),
        (200, json!({})),
    ] {
        let event = asked(status, body.clone());
        assert!(matches!(event, SettleEvent::AskRefused | SettleEvent::AskFailed), "{status} {body}: {event:?}");
    }
}

#[test]
fn what_timed_out_says_so() {
    let lost = Event::Lost(Loss::TimedOut);
    assert_eq!(SettleEvent::of_create(&ended(&document_order(), lost)), SettleEvent::CreateTimedOut);
    assert_eq!(SettleEvent::of_ask(&ended(&status_of("1"), lost)), SettleEvent::AskTimedOut);
    let lost = Event::Lost(Loss::Disconnected);
    assert_eq!(SettleEvent::of_create(&ended(&document_order(), lost)), UNKNOWN);
    assert_eq!(SettleEvent::of_ask(&ended(&status_of("1"), lost)), SettleEvent::AskFailed);
}

fn statuses() -> impl Strategy<Value = TransferStatus> {
    use TransferStatus::{Accepted, Deleted, Other, Settled};
    prop::sample::select(vec![Accepted, Accepted, Settled, Deleted, Other])
}

/// What came back for a send, and for a question.
fn answers() -> impl Strategy<Value = (SettleEvent, SettleEvent)> {
    let created = prop_oneof![
        4 => Just(UNKNOWN),
        2 => Just(SettleEvent::CreateTimedOut),
        1 => Just(SettleEvent::CreateFailed(None)),
        1 => Just(REFUSED),
        1 => Just(SettleEvent::CreateFailed(Some(Outcome::NotExecuted))),
        1 => statuses().prop_map(SettleEvent::Created),
    ];
    let asked = prop_oneof![
        12 => Just(SettleEvent::Nothing),
        2 => Just(SettleEvent::AskFailed),
        1 => Just(SettleEvent::AskTimedOut),
        1 => Just(SettleEvent::AskRefused),
        1 => statuses().prop_map(SettleEvent::Status),
    ];
    (created, asked)
}

/// How a clock goes on: not at all, as it should, or anywhere.
fn clocks() -> impl Strategy<Value = Clock> {
    prop_oneof![Just(Clock::Right), Just(Clock::Frozen), any::<u64>().prop_map(Clock::Jumping)]
}

#[derive(Clone, Copy, Debug)]
enum Clock {
    Right,
    Frozen,
    Jumping(u64),
}

impl Clock {
    fn show(self, time: u64, step: usize) -> u64 {
        match self {
            Self::Right => NOW + time,
            Self::Frozen => NOW,
            Self::Jumping(seed) if step % 5 == 3 => seed.rotate_left(u32::try_from(step % 64).unwrap()),
            Self::Jumping(seed) => NOW + time + seed % 7_200_000 * (step as u64 / 5 % 2),
        }
    }
}

proptest! {
    #[test]
    fn whatever_is_answered_it_sends_nothing_that_may_be_there_and_it_ends(
        answers in prop::collection::vec(answers(), 1..60),
        shares in prop::collection::vec(0..=100u64, 16),
        clock in clocks(),
        was_sent: bool,
        quiet in prop_oneof![Just(0), 1..120_000u64],
        deadline in 0..900_000u64,
        most in 0..5u8,
        poll_every in 200..5_000u64,
    ) {
        let hash = order().hash();
        let options = SettleOptions {
            poll_every_ms: Some(poll_every),
            quiet_ms: Some(quiet),
            deadline_ms: Some(deadline),
            max_creates: Some(most),
            timeout_ms: None,
            order_hash: was_sent.then_some(&hash),
        };
        let mut time = 0u64;
        let (mut machine, mut step) = Settle::start(&order(), &options, clock.show(0, 0)).unwrap();
        let (mut creates, mut may_be_there, mut is_there, mut is_refused) = (0u8, was_sent, false, false);
        // What was slept since the bank first said that there is nothing; and whether it has just said so.
        let (mut quiet_for, mut is_said, mut slept) = (None::<u64>, false, 0u64);
        for turn in 0usize.. {
            prop_assert!(turn < 20_000, "it goes on and on");
            let (created, asked) = answers[turn % answers.len()];
            let is_late = |event| matches!(event, SettleEvent::CreateTimedOut | SettleEvent::AskTimedOut);
            let took = |within: u64, event| if is_late(event) { within } else { within * shares[turn % 16] / 100 };
            let event = match step {
                SettleStep::Create { within_ms } => {
                    creates += 1;
                    prop_assert!(is_said && !is_there && !is_refused);
                    prop_assert!(!may_be_there || quiet_for.is_some_and(|slept| slept >= quiet), "too early");
                    prop_assert!(within_ms > 0 && within_ms <= deadline);
                    time += took(within_ms, created);
                    (quiet_for, is_said) = (None, false);
                    match created {
                        SettleEvent::Created(_) => is_there = true,
                        SettleEvent::CreateFailed(Some(Outcome::Rejected)) => is_refused = true,
                        SettleEvent::CreateFailed(Some(Outcome::NotExecuted)) => is_refused = true,
                        _ => may_be_there = true,
                    }
                    created
                }
                SettleStep::Ask { within_ms } => {
                    prop_assert!(within_ms > 0);
                    time += took(within_ms, asked);
                    // Where it may be there, it must be said again behind the quiet time.
                    is_said = asked == SettleEvent::Nothing
                        && (!may_be_there || quiet_for.is_some_and(|slept| slept >= quiet));
                    if asked == SettleEvent::Nothing {
                        quiet_for = quiet_for.or(Some(0));
                    }
                    is_there |= matches!(asked, SettleEvent::Status(_));
                    asked
                }
                SettleStep::Sleep { ms } => {
                    prop_assert!(ms > 0);
                    time += ms;
                    slept += ms;
                    quiet_for = quiet_for.map(|slept| slept + ms);
                    SettleEvent::Woke
                }
                SettleStep::Done(Settled::Settled | Settled::Deleted) => {
                    prop_assert!(is_there);
                    break;
                }
                SettleStep::Done(Settled::Pending(known)) => {
                    prop_assert!(known != Some(KnownTransfer::Accepted) || is_there);
                    prop_assert!(known != Some(KnownTransfer::Nothing) || !is_there);
                    break;
                }
                SettleStep::Refused => {
                    prop_assert!(is_refused);
                    prop_assert!(!is_there);
                    prop_assert!(!may_be_there || quiet_for.is_some_and(|slept| slept >= quiet));
                    break;
                }
                SettleStep::Unasked => {
                    prop_assert!(creates == 0 && !is_there);
                    break;
                }
            };
            step = machine.step(event, clock.show(time, turn + 1));
        }
        prop_assert!(creates <= most && creates == machine.creates());
        prop_assert!(slept <= deadline);
        if matches!(clock, Clock::Right) {
            prop_assert!(time <= deadline, "{time} of {deadline}");
        }
    }
}

/// What becomes of one send.
#[derive(Clone, Copy, Debug)]
struct Fate {
    /// When it is executed, in milliseconds after it was sent; never without it.
    executed_after: Option<u64>,
    /// Whether the sender is told so.
    is_told: bool,
    /// Whether it is paid in the end, or deleted.
    is_paid: bool,
}

fn fates() -> impl Strategy<Value = Fate> {
    (prop::option::weighted(0.6, 0..QUIET), any::<bool>(), any::<bool>())
        .prop_map(|(executed_after, is_told, is_paid)| Fate { executed_after, is_told, is_paid })
}

/// A bank that executes late, and loses answers.
struct Bank {
    /// When each order begins to be there, and whether it is paid.
    orders: Vec<(u64, bool)>,
    /// Whether it pays one id once, as its document says.
    is_unique: bool,
    fates: Vec<Fate>,
    sends: usize,
}

impl Bank {
    /// The orders that are there at this time.
    fn there(&self, time: u64) -> Option<(u64, bool)> {
        self.orders.iter().copied().filter(|(since, _)| *since <= time).min()
    }

    fn create(&mut self, time: u64) -> SettleEvent {
        let fate = self.fates[self.sends % self.fates.len()];
        self.sends += 1;
        if self.is_unique && self.there(time).is_some() {
            // 1111, or a code that is not documented.
            return UNKNOWN;
        }
        match fate.executed_after {
            Some(delay) => {
                let is_late_twin = self.is_unique && !self.orders.is_empty();
                if !is_late_twin {
                    self.orders.push((time + delay, fate.is_paid));
                }
                if fate.is_told && delay < 1_000 { SettleEvent::Created(TransferStatus::Accepted) } else { UNKNOWN }
            }
            None if fate.is_told => REFUSED,
            None => UNKNOWN,
        }
    }

    fn ask(&self, time: u64, is_lost: bool) -> SettleEvent {
        match self.there(time) {
            _ if is_lost => SettleEvent::AskFailed,
            None => SettleEvent::Nothing,
            Some((since, _)) if time < since + 20_000 => ACCEPTED,
            Some((_, true)) => SettleEvent::Status(TransferStatus::Settled),
            Some((_, false)) => SettleEvent::Status(TransferStatus::Deleted),
        }
    }
}

/// One who settles the order, with a clock of its own.
struct Caller {
    machine: Settle,
    step: SettleStep,
    time: u64,
    turns: usize,
}

impl Caller {
    fn start(time: u64, kept: Option<&str>) -> Self {
        let options = SettleOptions { order_hash: kept, quiet_ms: Some(QUIET), ..SettleOptions::default() };
        let (machine, step) = Settle::start(&order(), &options, NOW + time).unwrap();
        Self { machine, step, time, turns: 0 }
    }

    fn is_over(&self) -> bool {
        matches!(self.step, SettleStep::Done(_) | SettleStep::Refused | SettleStep::Unasked)
    }

    fn turn(&mut self, bank: &mut Bank, losses: &[bool]) {
        self.turns += 1;
        let event = match self.step {
            SettleStep::Create { .. } => {
                let event = bank.create(self.time);
                self.time += 700;
                event
            }
            SettleStep::Ask { .. } => {
                let event = bank.ask(self.time, losses[self.turns % losses.len()]);
                self.time += 90;
                event
            }
            SettleStep::Sleep { ms } => {
                self.time += ms;
                SettleEvent::Woke
            }
            _ => return,
        };
        self.step = self.machine.step(event, NOW + self.time);
    }
}

/// What a caller is told is what the bank's books say.
fn judge(end: SettleStep, bank: &Bank) {
    match end {
        SettleStep::Done(Settled::Settled) => assert!(bank.orders.iter().min().unwrap().1),
        SettleStep::Done(Settled::Deleted) => assert!(!bank.orders.iter().min().unwrap().1),
        SettleStep::Refused => assert!(bank.orders.is_empty()),
        SettleStep::Done(Settled::Pending(_)) => {}
        other => panic!("{other:?}"),
    }
}

proptest! {
    /// Even where a bank pays an id as often as it is told to, one caller does not make it pay twice: what is late comes within
    /// the quiet time.
    #[test]
    fn one_caller_that_crashes_and_goes_on_pays_once_whatever_the_bank_does(
        fates in prop::collection::vec(fates(), 1..8),
        losses in prop::collection::vec(prop::bool::weighted(0.3), 1..9),
        crashes in prop::collection::vec((1..30usize, 0..200_000u64), 0..4),
    ) {
        let mut bank = Bank { orders: Vec::new(), is_unique: false, fates, sends: 0 };
        let hash = order().hash();
        let mut caller = Caller::start(0, None);
        for (turns, pause) in crashes {
            for _ in 0..turns {
                caller.turn(&mut bank, &losses);
            }
            // A refusal that it was told is the end; after anything else it begins anew.
            if caller.is_over() {
                break;
            }
            caller = Caller::start(caller.time + pause, Some(&hash));
        }
        while !caller.is_over() {
            caller.turn(&mut bank, &losses);
            prop_assert!(caller.turns < 1_000);
        }
        prop_assert!(bank.orders.len() <= 1, "{:?}", bank.orders);
        judge(caller.step, &bank);
    }

    #[test]
    fn two_callers_of_one_order_are_told_the_same(
        fates in prop::collection::vec(fates(), 1..8),
        losses in prop::collection::vec(prop::bool::weighted(0.3), 1..9),
        lead in 0..10_000u64,
    ) {
        let mut bank = Bank { orders: Vec::new(), is_unique: true, fates, sends: 0 };
        let mut callers = [Caller::start(0, None), Caller::start(lead, None)];
        while let Some(next) = callers.iter_mut().filter(|caller| !caller.is_over()).min_by_key(|caller| caller.time) {
            next.turn(&mut bank, &losses);
            prop_assert!(next.turns < 1_000);
        }
        prop_assert!(bank.orders.len() <= 1);
        let certain = |step| match step {
            SettleStep::Done(Settled::Settled) => Some(true),
            SettleStep::Done(Settled::Deleted) => Some(false),
            _ => None,
        };
        let [one, other] = callers.map(|caller| certain(caller.step));
        prop_assert!(one.is_none() || other.is_none() || one == other);
        for told in [one, other].into_iter().flatten() {
            prop_assert_eq!(told, bank.orders[0].1);
        }
    }
}
