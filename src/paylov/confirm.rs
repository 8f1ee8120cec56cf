//! Pays, and asks for the status until it is certain what became of it.
//!
//! A pure machine, as an exchange is one, above two endpoints: it sends [`Pay`](super::Pay) once, and then only asks. What it
//! cannot find out before its deadline it calls pending.
//!
//! Time is what the caller's clock says, but what was slept, or given to a send that timed out, has gone by in any case: a clock
//! that stands still, or is set back, keeps no call from its end.

use serde::Serialize;

use super::get_status::PaymentStatus;
use crate::error::Outcome;
#[cfg(feature = "js-clients")]
use crate::error::{Error, ErrorCode, NextAction, Provider};

/// The first wait between two questions, in milliseconds; each further one is half as long again, up to ten times it.
pub(crate) const POLL_EVERY: u64 = 1_000;

/// What a confirmation may take, in milliseconds.
pub(crate) const DEADLINE: u64 = 60_000;

/// What one question may take, in milliseconds: one that hangs leaves time for others.
const LONGEST_QUESTION: u64 = 10_000;

/// What the last question has at least, in milliseconds, or the first wait where that is shorter: one that no answer can come to
/// in time is of no use.
const LAST_QUESTION: u64 = 1_000;

/// How a payment is to be confirmed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ConfirmOptions {
    /// Whether the payment may have been sent earlier, by another process or before a crash: then it is not sent again.
    pub was_sent: bool,
    /// The first wait between two questions, in milliseconds: a second without it. Later ones are longer.
    pub poll_every_ms: Option<u64>,
    /// What all of it may take, in milliseconds: a minute without it.
    pub deadline_ms: Option<u64>,
    /// What the payment may take at most, in milliseconds. It never takes more than half of the time until the deadline, so
    /// that the rest is there for questions.
    pub timeout_ms: Option<u64>,
}

/// What the machine knows.
///
/// ```
/// use tiyin::Outcome;
/// use tiyin::paylov::{Confirm, ConfirmEvent, ConfirmOptions, ConfirmStep, Confirmed, PaymentStatus};
///
/// let now = 1_790_000_000_000;
/// let (mut confirm, first) = Confirm::start(&ConfirmOptions::default(), now);
/// assert_eq!(first, ConfirmStep::Pay { within_ms: 30_000 });
///
/// // The answer was lost: it is not sent again, but asked for.
/// let lost = ConfirmEvent::PayFailed(Some(Outcome::Unknown));
/// assert_eq!(confirm.step(lost, now + 30_000), ConfirmStep::Ask { within_ms: 10_000 });
/// let created = ConfirmEvent::Status(PaymentStatus::Created);
/// assert_eq!(confirm.step(created, now + 30_100), ConfirmStep::Sleep { ms: 1_000 });
/// assert_eq!(confirm.step(ConfirmEvent::Woke, now + 31_100), ConfirmStep::Ask { within_ms: 10_000 });
/// let paid = ConfirmEvent::Status(PaymentStatus::Paid);
/// assert_eq!(confirm.step(paid, now + 31_200), ConfirmStep::Done(Confirmed::Paid));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirm {
    pub(crate) poll_every: u64,
    /// The time until the deadline.
    pub(crate) left: u64,
    /// When the last step was.
    pub(crate) seen: u64,
    /// What the last step was given: gone by, whatever the clock says, where all of it was slept or waited for.
    pub(crate) granted: u64,
    pub(crate) asked: u8,
}

/// What happened since the last step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConfirmEvent {
    /// The payment was answered with success.
    Paid,
    /// The payment failed with this outcome.
    PayFailed(Option<Outcome>),
    /// The payment was sent, and had no answer in all of its time.
    PayTimedOut,
    /// The status was read.
    Status(PaymentStatus),
    /// The status could not be read.
    AskFailed,
    /// The question had no answer in all of its time.
    AskTimedOut,
    /// The time to sleep is over.
    Woke,
}

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConfirmStep {
    /// Send the payment, which may take so long. This comes once, as the first step, or never.
    Pay {
        /// In milliseconds.
        within_ms: u64,
    },
    /// Read the status by a single request, which may take so long.
    Ask {
        /// In milliseconds.
        within_ms: u64,
    },
    /// Wait.
    Sleep {
        /// In milliseconds.
        ms: u64,
    },
    /// It is over, with what is known.
    Done(Confirmed),
    /// It is over: the payment was refused, or never left. Its error says more.
    Refused,
}

/// What is known in the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "js-types", derive(tsify::Tsify))]
pub enum Confirmed {
    /// The money was moved.
    Paid,
    /// The provider cancelled the payment.
    Cancelled,
    /// Nobody knows yet. Ask for the status later; do not pay again.
    Pending,
}

impl Confirm {
    /// Begins.
    #[must_use]
    pub fn start(options: &ConfirmOptions, now: u64) -> (Self, ConfirmStep) {
        let poll_every = options.poll_every_ms.unwrap_or(POLL_EVERY).max(1);
        let left = options.deadline_ms.unwrap_or(DEADLINE);
        let mut machine = Self { poll_every, left, seen: now, granted: 0, asked: 0 };
        if options.was_sent {
            let first = machine.ask();
            return (machine, first);
        }
        machine.granted = left.div_ceil(2).min(options.timeout_ms.unwrap_or(left));
        let first = ConfirmStep::Pay { within_ms: machine.granted };
        (machine, first)
    }

    /// Goes on after what happened.
    #[must_use]
    pub fn step(&mut self, event: ConfirmEvent, now: u64) -> ConfirmStep {
        use ConfirmEvent::{AskTimedOut, PayTimedOut, Woke};
        let least = if matches!(event, Woke | PayTimedOut | AskTimedOut) { self.granted } else { 0 };
        self.left = self.left.saturating_sub(now.saturating_sub(self.seen).max(least));
        (self.seen, self.granted) = (now, 0);
        match event {
            ConfirmEvent::Paid | ConfirmEvent::Status(PaymentStatus::Paid) => ConfirmStep::Done(Confirmed::Paid),
            ConfirmEvent::Status(PaymentStatus::Cancelled) => ConfirmStep::Done(Confirmed::Cancelled),
            ConfirmEvent::PayFailed(Some(Outcome::Unknown)) | PayTimedOut | Woke => self.ask(),
            ConfirmEvent::PayFailed(_) => ConfirmStep::Refused,
            // Created does not mean unpaid: it may be executing.
            ConfirmEvent::Status(PaymentStatus::Created | PaymentStatus::Other)
            | ConfirmEvent::AskFailed
            | AskTimedOut => self.wait(),
        }
    }

    /// What is known where nobody waits any more: nothing.
    #[cfg(feature = "js-clients")]
    pub(crate) fn left(code: ErrorCode) -> Error {
        Error::from(code).in_call(|facts| {
            facts.provider = Some(Provider::Paylov);
            facts.outcome = Some(Outcome::Unknown);
            facts.next_action = Some(NextAction::QueryStatus);
        })
    }

    fn ask(&mut self) -> ConfirmStep {
        self.granted = self.left.min(LONGEST_QUESTION);
        match self.granted {
            0 => ConfirmStep::Done(Confirmed::Pending),
            within_ms => ConfirmStep::Ask { within_ms },
        }
    }

    fn wait(&mut self) -> ConfirmStep {
        let longest = self.poll_every.saturating_mul(10);
        let mut ms = self.poll_every;
        for _ in 0..self.asked {
            ms = ms.saturating_add(ms / 2).min(longest);
        }
        self.asked = self.asked.saturating_add(1).min(8);
        match self.left.saturating_sub(LAST_QUESTION.min(self.poll_every)) {
            0 => ConfirmStep::Done(Confirmed::Pending),
            latest => {
                self.granted = ms.min(latest);
                ConfirmStep::Sleep { ms: self.granted }
            }
        }
    }
}
