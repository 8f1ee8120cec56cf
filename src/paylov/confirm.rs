//! Pays, and asks for the status until it is certain what became of it.
//!
//! A pure machine, as an exchange is one, above two endpoints: it sends [`Pay`](super::Pay) once, and then only asks. What it
//! cannot find out before its deadline it calls pending.

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

/// What the machine knows.
///
/// ```
/// use tiyin::Outcome;
/// use tiyin::paylov::{Confirm, ConfirmEvent, ConfirmStep, Confirmed, PaymentStatus};
///
/// let now = 1_790_000_000_000;
/// let (mut confirm, first) = Confirm::start(false, None, None, now);
/// assert_eq!(first, ConfirmStep::Pay);
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
    pub(crate) deadline: u64,
    pub(crate) asked: u8,
    /// The time of the last step.
    pub(crate) seen: u64,
}

/// What happened since the last step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConfirmEvent {
    /// The payment was answered with success.
    Paid,
    /// The payment failed with this outcome.
    PayFailed(Option<Outcome>),
    /// The status was read.
    Status(PaymentStatus),
    /// The status could not be read.
    AskFailed,
    /// The time to sleep is over.
    Woke,
}

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConfirmStep {
    /// Send the payment. This comes once, as the first step, or never.
    Pay,
    /// Read the status, which may take so long.
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
    /// Begins. `was_sent` tells that the payment may have been sent earlier, by another process or before a crash: then it is
    /// not sent again.
    #[must_use]
    pub fn start(was_sent: bool, poll_every: Option<u64>, deadline: Option<u64>, now: u64) -> (Self, ConfirmStep) {
        let deadline = now.saturating_add(deadline.unwrap_or(DEADLINE));
        let machine = Self { poll_every: poll_every.unwrap_or(POLL_EVERY).max(1), deadline, asked: 0, seen: now };
        let first = if was_sent { machine.ask(now) } else { ConfirmStep::Pay };
        (machine, first)
    }

    /// Goes on after what happened.
    #[must_use]
    pub fn step(&mut self, event: ConfirmEvent, now: u64) -> ConfirmStep {
        // A clock that was set back takes the deadline with it.
        self.deadline = self.deadline.saturating_sub(self.seen.saturating_sub(now));
        self.seen = now;
        match event {
            ConfirmEvent::Paid | ConfirmEvent::Status(PaymentStatus::Paid) => ConfirmStep::Done(Confirmed::Paid),
            ConfirmEvent::Status(PaymentStatus::Cancelled) => ConfirmStep::Done(Confirmed::Cancelled),
            ConfirmEvent::PayFailed(Some(Outcome::Unknown)) | ConfirmEvent::Woke => self.ask(now),
            ConfirmEvent::PayFailed(_) => ConfirmStep::Refused,
            // Created does not mean unpaid: it may be executing.
            ConfirmEvent::Status(PaymentStatus::Created | PaymentStatus::Other) | ConfirmEvent::AskFailed => {
                self.wait(now)
            }
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

    fn ask(&self, now: u64) -> ConfirmStep {
        match self.deadline.saturating_sub(now) {
            0 => ConfirmStep::Done(Confirmed::Pending),
            left => ConfirmStep::Ask { within_ms: left.min(LONGEST_QUESTION) },
        }
    }

    fn wait(&mut self, now: u64) -> ConfirmStep {
        let longest = self.poll_every.saturating_mul(10);
        let mut ms = self.poll_every;
        for _ in 0..self.asked {
            ms = ms.saturating_add(ms / 2).min(longest);
        }
        self.asked = self.asked.saturating_add(1).min(8);
        let left = self.deadline.saturating_sub(now);
        // The last question is asked at the very end.
        match left {
            0 => ConfirmStep::Done(Confirmed::Pending),
            _ => ConfirmStep::Sleep { ms: ms.min(left.saturating_sub(1).max(1)) },
        }
    }
}
