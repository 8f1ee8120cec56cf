//! Deciders that a developer could have written. Each is wrong in one small way, and the simulation must notice each.

use tiyin::bank::{KnownTransfer, SettleEvent, SettleStep, Settled, TransferStatus};
use tiyin::{Error, ErrorCode, Outcome};

use super::decider::{Decider, Past};

/// A wrong decider with its name, and what its author thinks.
pub(crate) struct Wrong {
    pub(crate) name: &'static str,
    pub(crate) thought: &'static str,
    pub(crate) decider: &'static dyn Decider,
}

const fn wrong(name: &'static str, thought: &'static str, decider: &'static dyn Decider) -> Wrong {
    Wrong { name, thought, decider }
}

pub(crate) const ALL: &[Wrong] = &[
    wrong("create_before_asking", "it is a new order, so send it", &First(create_instead)),
    wrong(
        "nothing_once_is_enough",
        "it says that there is none",
        &Next(|event, step, _| match (event, step) {
            (SettleEvent::Nothing, SettleStep::Sleep { .. }) => CREATE,
            _ => step,
        }),
    ),
    wrong(
        "timeout_is_not_executed",
        "no answer, no order",
        &Hears(|event, _| match event {
            SettleEvent::CreateTimedOut => NOT_EXECUTED,
            event => event,
        }),
    ),
    wrong(
        "network_error_is_not_executed",
        "fetch rejected, so nothing was sent",
        &Forgets(|error| error.code() == ErrorCode::NetworkError),
    ),
    wrong(
        "5xx_is_not_executed",
        "the server failed, so it did nothing",
        &Forgets(|error| error.http_status().is_some_and(|status| status >= 500)),
    ),
    wrong(
        "unknown_is_refused",
        "what is no success is a failure",
        &Hears(|event, _| match event {
            SettleEvent::CreateFailed(Some(Outcome::Unknown)) | SettleEvent::CreateTimedOut => REFUSED,
            event => event,
        }),
    ),
    wrong(
        "system_error_is_refused",
        "1111 is an error like the others",
        &Refuses(|error| error.provider_code() == Some("1111")),
    ),
    wrong("every_code_is_refused", "a code says what was wrong", &Refuses(|error| error.provider_code().is_some())),
    wrong(
        "refusal_is_final_at_once",
        "it was refused, why ask",
        &Next(|event, step, _| match event {
            SettleEvent::CreateFailed(Some(Outcome::Rejected)) => SettleStep::Refused,
            _ => step,
        }),
    ),
    wrong(
        "accepted_is_settled",
        "the bank has taken it",
        &Next(|event, step, _| match event {
            SettleEvent::Status(TransferStatus::Accepted) | SettleEvent::Created(TransferStatus::Accepted) => {
                SettleStep::Done(Settled::Settled)
            }
            _ => step,
        }),
    ),
    wrong(
        "other_word_is_deleted",
        "neither accepted nor settled",
        &Next(|event, step, _| match event {
            SettleEvent::Status(TransferStatus::Other) => SettleStep::Done(Settled::Deleted),
            _ => step,
        }),
    ),
    wrong(
        "deleted_is_sent_again",
        "the document says to repeat the process",
        &Next(|event, step, past| match event {
            SettleEvent::Status(TransferStatus::Deleted) if past.creates < 3 => CREATE,
            _ => step,
        }),
    ),
    wrong(
        "unread_status_is_nothing",
        "who cannot be asked has no order",
        &Hears(|event, _| match event {
            SettleEvent::AskFailed | SettleEvent::AskTimedOut => SettleEvent::Nothing,
            event => event,
        }),
    ),
    wrong(
        "unread_status_is_refused",
        "it cannot be found",
        &Next(|event, step, _| match event {
            SettleEvent::AskFailed | SettleEvent::AskTimedOut => SettleStep::Refused,
            _ => step,
        }),
    ),
    wrong(
        "pending_is_refused",
        "there are two outcomes: paid and refused",
        &Next(|_, step, _| match step {
            SettleStep::Done(Settled::Pending(_)) => SettleStep::Refused,
            _ => step,
        }),
    ),
    wrong(
        "nothing_is_sent_for_ever",
        "sooner or later it will work",
        &Next(|event, step, _| match (event, step) {
            (SettleEvent::Nothing, SettleStep::Sleep { ms }) if ms >= 20_000 => CREATE,
            _ => step,
        }),
    ),
    wrong("resumed_without_hash", "the process started anew, so start anew", &WithoutHash),
    wrong("new_id_after_pending", "nobody knows, so send another one", &BeginsAnew),
    wrong(
        "questions_take_as_long_as_calls",
        "a question may take what any call may",
        &Next(|_, step, _| match step {
            SettleStep::Ask { .. } => SettleStep::Ask { within_ms: A_CALL },
            _ => step,
        }),
    ),
    wrong(
        "orders_take_as_long_as_calls",
        "an order may take what any call may",
        &Next(|_, step, _| match step {
            SettleStep::Create { .. } => CREATE,
            _ => step,
        }),
    ),
    wrong(
        "timeouts_take_no_time",
        "the clock says what time it is",
        &Hears(|event, _| match event {
            SettleEvent::CreateTimedOut => SettleEvent::CreateFailed(Some(Outcome::Unknown)),
            SettleEvent::AskTimedOut => SettleEvent::AskFailed,
            event => event,
        }),
    ),
    wrong(
        "never_left_is_refused",
        "it did not leave, so nothing can have happened",
        &Next(|event, step, _| if event == NOT_EXECUTED { SettleStep::Refused } else { step }),
    ),
    wrong(
        "refusal_ends_the_doubt",
        "it refuses now, so it had refused before",
        &Next(|event, step, past| match (event, past.of_create) {
            (SettleEvent::Nothing, Some(REFUSED)) => SettleStep::Refused,
            _ => step,
        }),
    ),
    wrong(
        "pending_is_nothing",
        "it is not paid, so there is none",
        &Next(|_, step, _| known(step, KnownTransfer::Nothing)),
    ),
    wrong(
        "pending_is_accepted",
        "it was sent, so it is there",
        &Next(|_, step, _| known(step, KnownTransfer::Accepted)),
    ),
    wrong(
        "failed_question_is_unasked",
        "it cannot be asked, so nothing was done",
        &Next(|event, step, past| match event {
            SettleEvent::AskFailed | SettleEvent::AskTimedOut | SettleEvent::AskRefused if past.creates > 0 => {
                SettleStep::Unasked
            }
            _ => step,
        }),
    ),
    wrong(
        "sent_once_at_most",
        "what was sent is not sent again",
        &Next(|_, step, past| match step {
            SettleStep::Create { .. } if past.creates > 0 => A_WHILE,
            _ => step,
        }),
    ),
    wrong(
        "never_sent_after_a_crash",
        "it may have been sent, so only ask",
        &Next(|_, step, past| match step {
            SettleStep::Create { .. } if past.is_resumed => A_WHILE,
            _ => step,
        }),
    ),
];

/// What a call may take where nobody says otherwise, in milliseconds.
const A_CALL: u64 = 30_000;

const CREATE: SettleStep = SettleStep::Create { within_ms: A_CALL };
const A_WHILE: SettleStep = SettleStep::Sleep { ms: 2_000 };
const NOT_EXECUTED: SettleEvent = SettleEvent::CreateFailed(Some(Outcome::NotExecuted));
const REFUSED: SettleEvent = SettleEvent::CreateFailed(Some(Outcome::Rejected));

/// The wrong decider of a name.
pub(crate) fn named(name: &str) -> Option<&'static Wrong> {
    ALL.iter().find(|wrong| wrong.name == name)
}

const fn create_instead(step: SettleStep) -> SettleStep {
    match step {
        SettleStep::Ask { .. } => CREATE,
        step => step,
    }
}

/// The same, with this known of what is pending.
const fn known(step: SettleStep, known: KnownTransfer) -> SettleStep {
    match step {
        SettleStep::Done(Settled::Pending(_)) => SettleStep::Done(Settled::Pending(Some(known))),
        step => step,
    }
}

fn is_unknown(event: SettleEvent) -> bool {
    matches!(event, SettleEvent::CreateFailed(Some(Outcome::Unknown)) | SettleEvent::CreateTimedOut)
}

struct First(fn(SettleStep) -> SettleStep);

impl Decider for First {
    fn first(&self, step: SettleStep) -> SettleStep {
        (self.0)(step)
    }
}

struct Hears(fn(SettleEvent, Option<&Error>) -> SettleEvent);

impl Decider for Hears {
    fn hears(&self, event: SettleEvent, error: Option<&Error>) -> SettleEvent {
        (self.0)(event, error)
    }
}

struct Forgets(fn(&Error) -> bool);

impl Decider for Forgets {
    fn hears(&self, event: SettleEvent, error: Option<&Error>) -> SettleEvent {
        if is_unknown(event) && error.is_some_and(self.0) { NOT_EXECUTED } else { event }
    }
}

struct Refuses(fn(&Error) -> bool);

impl Decider for Refuses {
    fn hears(&self, event: SettleEvent, error: Option<&Error>) -> SettleEvent {
        if is_unknown(event) && error.is_some_and(self.0) { REFUSED } else { event }
    }
}

struct Next(fn(SettleEvent, SettleStep, Past) -> SettleStep);

impl Decider for Next {
    fn next(&self, event: SettleEvent, step: SettleStep, past: Past) -> SettleStep {
        (self.0)(event, step, past)
    }
}

struct WithoutHash;

impl Decider for WithoutHash {
    fn gives_hash(&self) -> bool {
        false
    }
}

struct BeginsAnew;

impl Decider for BeginsAnew {
    fn begins_anew(&self) -> bool {
        true
    }
}
