//! Deciders that a developer could have written. Each is wrong in one small way, and the simulation must notice each.

use tiyin::endpoint::{Effect, Route};
use tiyin::paylov::{ConfirmEvent, ConfirmStep, Confirmed, PaymentStatus};
use tiyin::{ErrorCode, NextAction, Outcome};

use crate::client::Failure;
use crate::decider::{AboutUnknown, Decider, WasSent};

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
    wrong("pay_again_on_timeout", "a timeout? try again", &PaysAgainOn(|failure| failure.code == ErrorCode::TimedOut)),
    wrong(
        "pay_again_on_network_error",
        "the connection was lost, so it never arrived",
        &PaysAgainOn(|failure| failure.code == ErrorCode::NetworkError),
    ),
    wrong(
        "pay_again_on_5xx",
        "servers recover",
        &PaysAgainOn(|failure| failure.http_status.is_some_and(|status| status >= 500)),
    ),
    wrong("pay_again_on_429", "it asked to come back", &PaysAgainOn(|failure| failure.http_status == Some(429))),
    wrong("pay_again_on_broken_answer", "the answer was garbled, ask once more", &PaysAgainOn(is_broken)),
    wrong(
        "every_400_is_refused",
        "HTTP 400 is the client's mistake",
        &Refuses(|failure| failure.http_status == Some(400)),
    ),
    wrong(
        "uncertain_codes_are_refused",
        "error_at_pay says that it failed",
        &Refuses(|failure| {
            matches!(
                failure.provider_code.as_deref(),
                Some("error_at_pay" | "processing_error" | "gateway_not_working" | "server_error" | "unknown_error")
            )
        }),
    ),
    wrong(
        "already_payed_is_refused",
        "it cannot be paid, so it was not",
        &Refuses(|failure| failure.provider_code.as_deref() == Some("transaction_already_payed")),
    ),
    wrong("timeout_is_not_executed", "no answer, no payment", &Forgets(|failure| failure.code == ErrorCode::TimedOut)),
    wrong(
        "network_error_is_not_executed",
        "fetch rejected, so nothing was sent",
        &Forgets(|failure| failure.code == ErrorCode::NetworkError),
    ),
    wrong(
        "5xx_is_not_executed",
        "the server failed, so it did nothing",
        &Forgets(|failure| failure.http_status.is_some_and(|status| status >= 500)),
    ),
    wrong("broken_answer_is_not_executed", "an answer without a result is no success", &Forgets(is_broken)),
    wrong(
        "abort_is_not_executed",
        "the payer gave up, so it was called off",
        &Forgets(|failure| failure.code == ErrorCode::Aborted),
    ),
    wrong("created_is_unpaid", "it says created, so the payment was lost: pay", &PaysWhatIsCreated),
    wrong("first_status_is_final", "it was asked, and it is not paid", &BelievesFirstStatus),
    wrong("other_word_is_cancelled", "neither created nor paid", &TakesOtherForCancelled),
    wrong("cancelled_is_paid", "it is not created any more", &TakesCancelledForPaid),
    wrong("unread_status_is_unpaid", "who cannot be asked has not been paid", &TakesSilenceForUnpaid),
    wrong("pending_is_failed", "there are two outcomes: paid and failed", &TakesPendingForFailed),
    wrong("another_payments_answer_is_believed", "HTTP 200 is a success", &BelievesAnother),
    wrong("resumed_without_was_sent", "the page was loaded anew, so start anew", &ResumesAnew),
    wrong("second_click_without_was_sent", "each click is a call", &ClicksAnew),
    wrong("create_again_after_unknown", "nobody knows, so prepare another one", &CreatesAgain),
    wrong("later_rejection_is_believed", "pay without a code: what is refused was not paid", &AsksByPaying),
    wrong("lost_creation_is_unknown", "whatever is lost is unknown", &DoubtsCreations),
    wrong("success_without_receipt_is_paid", "it was answered with success, so it is paid", &BelievesWithoutReceipt),
    wrong("payment_takes_all_of_the_time", "a payment may take what any call may", &PaysForLong),
    wrong("timeouts_take_no_time", "the clock says what time it is", &TrustsTheClock),
    wrong("questions_take_as_long_as_calls", "a question may take what any call may", &AsksForLong),
];

/// What a call may take where nobody says otherwise, in milliseconds.
const A_CALL: u64 = 30_000;

/// The wrong decider of a name.
pub(crate) fn named(name: &str) -> Option<&'static Wrong> {
    ALL.iter().find(|wrong| wrong.name == name)
}

fn moves_money(route: &Route) -> bool {
    route.effect == Effect::MovesMoney
}

fn is_unknown(route: &Route, failure: &Failure) -> bool {
    moves_money(route) && failure.outcome == Some(Outcome::Unknown)
}

fn is_broken(failure: &Failure) -> bool {
    matches!(
        failure.code,
        ErrorCode::EmptyAnswer | ErrorCode::NotJson | ErrorCode::TruncatedAnswer | ErrorCode::UnexpectedAnswer
    )
}

struct PaysAgainOn(fn(&Failure) -> bool);

impl Decider for PaysAgainOn {
    fn sends_again(&self, route: &Route, failure: &Failure) -> bool {
        is_unknown(route, failure) && (self.0)(failure)
    }
}

struct Refuses(fn(&Failure) -> bool);

impl Decider for Refuses {
    fn failure(&self, route: &Route, failure: Failure) -> Failure {
        if !is_unknown(route, &failure) || !(self.0)(&failure) {
            return failure;
        }
        Failure { outcome: Some(Outcome::Rejected), next_action: Some(NextAction::FixInput), ..failure }
    }
}

struct Forgets(fn(&Failure) -> bool);

impl Decider for Forgets {
    fn failure(&self, route: &Route, failure: Failure) -> Failure {
        if !is_unknown(route, &failure) || !(self.0)(&failure) {
            return failure;
        }
        Failure { outcome: Some(Outcome::NotExecuted), next_action: Some(NextAction::RetryLater), ..failure }
    }
}

struct PaysWhatIsCreated;

impl Decider for PaysWhatIsCreated {
    fn next(&self, event: ConfirmEvent, step: ConfirmStep) -> ConfirmStep {
        match event {
            ConfirmEvent::Status(PaymentStatus::Created) => ConfirmStep::Pay { within_ms: A_CALL },
            _ => step,
        }
    }
}

struct BelievesFirstStatus;

impl Decider for BelievesFirstStatus {
    fn next(&self, event: ConfirmEvent, step: ConfirmStep) -> ConfirmStep {
        match event {
            ConfirmEvent::Status(PaymentStatus::Created) => ConfirmStep::Done(Confirmed::Cancelled),
            _ => step,
        }
    }
}

struct TakesOtherForCancelled;

impl Decider for TakesOtherForCancelled {
    fn next(&self, event: ConfirmEvent, step: ConfirmStep) -> ConfirmStep {
        match event {
            ConfirmEvent::Status(PaymentStatus::Other) => ConfirmStep::Done(Confirmed::Cancelled),
            _ => step,
        }
    }
}

struct TakesCancelledForPaid;

impl Decider for TakesCancelledForPaid {
    fn next(&self, event: ConfirmEvent, step: ConfirmStep) -> ConfirmStep {
        match event {
            ConfirmEvent::Status(PaymentStatus::Cancelled) => ConfirmStep::Done(Confirmed::Paid),
            _ => step,
        }
    }
}

struct TakesSilenceForUnpaid;

impl Decider for TakesSilenceForUnpaid {
    fn next(&self, event: ConfirmEvent, step: ConfirmStep) -> ConfirmStep {
        let is_silent = matches!(event, ConfirmEvent::AskFailed | ConfirmEvent::AskTimedOut);
        if is_silent { ConfirmStep::Done(Confirmed::Cancelled) } else { step }
    }
}

struct TakesPendingForFailed;

impl Decider for TakesPendingForFailed {
    fn next(&self, _: ConfirmEvent, step: ConfirmStep) -> ConfirmStep {
        match step {
            ConfirmStep::Done(Confirmed::Pending) => ConfirmStep::Done(Confirmed::Cancelled),
            step => step,
        }
    }
}

struct BelievesAnother;

impl Decider for BelievesAnother {
    fn believes(&self, failure: &Failure) -> bool {
        failure.code == ErrorCode::UnexpectedAnswer && failure.http_status == Some(200)
    }
}

struct BelievesWithoutReceipt;

impl Decider for BelievesWithoutReceipt {
    fn believes(&self, failure: &Failure) -> bool {
        failure.lacks_receipt
    }
}

struct PaysForLong;

impl Decider for PaysForLong {
    fn first(&self, step: ConfirmStep) -> ConfirmStep {
        match step {
            ConfirmStep::Pay { .. } => ConfirmStep::Pay { within_ms: A_CALL },
            step => step,
        }
    }
}

struct TrustsTheClock;

impl Decider for TrustsTheClock {
    fn hears(&self, event: ConfirmEvent) -> ConfirmEvent {
        match event {
            ConfirmEvent::PayTimedOut => ConfirmEvent::PayFailed(Some(Outcome::Unknown)),
            ConfirmEvent::AskTimedOut => ConfirmEvent::AskFailed,
            event => event,
        }
    }
}

struct AsksForLong;

impl Decider for AsksForLong {
    fn next(&self, _: ConfirmEvent, step: ConfirmStep) -> ConfirmStep {
        match step {
            ConfirmStep::Ask { .. } => ConfirmStep::Ask { within_ms: A_CALL },
            step => step,
        }
    }
}

struct ResumesAnew;

impl Decider for ResumesAnew {
    fn resumes(&self) -> WasSent {
        WasSent::No
    }
}

struct ClicksAnew;

impl Decider for ClicksAnew {
    fn clicks_again(&self) -> WasSent {
        WasSent::No
    }
}

struct CreatesAgain;

impl Decider for CreatesAgain {
    fn about_unknown(&self) -> AboutUnknown {
        AboutUnknown::CreateAgain
    }
}

struct AsksByPaying;

impl Decider for AsksByPaying {
    fn about_unknown(&self) -> AboutUnknown {
        AboutUnknown::PayWithoutCode
    }
}

struct DoubtsCreations;

impl Decider for DoubtsCreations {
    fn failure(&self, route: &Route, failure: Failure) -> Failure {
        if route.effect != Effect::Prepares || failure.next_action != Some(NextAction::CreateAgain) {
            return failure;
        }
        Failure { outcome: Some(Outcome::Unknown), next_action: Some(NextAction::QueryStatus), ..failure }
    }
}
