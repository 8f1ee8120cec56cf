//! Sends an order, and asks until it is certain what became of it.
//!
//! A pure machine, as an exchange is one, above two endpoints. The bank pays one id once, so an order may be sent again under its
//! id; but what it answers then is not documented, and an order whose answer was lost can be executed late. Therefore:
//!
//! - It asks first, so that it goes on where another process, or the same before a crash, has left off.
//! - It sends only where the bank says that there is no such order (1008). After a send whose fate is unknown that must be said
//!   once more, after a quiet time; after an answer that there is one it never sends again.
//! - It sends a few times at most, always under the same id.
//! - A refusal is the end only where the bank says afterwards that there is no such order.
//! - What it cannot find out before its deadline it calls pending: call it again, with the hash of the order.
//!
//! Time is what the caller's clock says, but what was slept, or given to a send that timed out, has gone by in any case: a clock
//! that stands still, or is set back, keeps no call from its end. The quiet time is of what was slept alone, so that no clock that
//! is set forward makes it shorter.

use serde::Serialize;

use super::order::TransferOrder;
use super::rejection::NOTHING;
use super::transfer::{TransferState, TransferStatus};
use crate::endpoint::Effect;
#[cfg(feature = "js-clients")]
use crate::error::Provider;
use crate::error::{Error, ErrorCode, NextAction, Outcome, Result};
use crate::exchange::not_sent;

/// The first wait between two questions, in milliseconds; each further one is half as long again, up to ten times it.
const POLL_EVERY: u64 = 2_000;

/// How long the bank must have said that there is no order, in milliseconds: requests that are lost end up somewhere by then.
const QUIET: u64 = 60_000;

/// What all of it may take, in milliseconds.
const DEADLINE: u64 = 300_000;

/// How many times an order is sent.
const MAX_CREATES: u8 = 3;

/// What one send may take, in milliseconds.
const LONGEST_SEND: u64 = 30_000;

/// What one question may take, in milliseconds: one that hangs leaves time for others.
const LONGEST_QUESTION: u64 = 10_000;

/// What the last question has at least, in milliseconds, or the first wait where that is shorter: one that no answer can come to
/// in time is of no use.
const LAST_QUESTION: u64 = 1_000;

/// How an order is to be settled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SettleOptions<'a> {
    /// The first wait between two questions, in milliseconds: two seconds without it. Later ones are longer.
    pub poll_every_ms: Option<u64>,
    /// How long the bank must have said that there is no order, after a send whose fate is unknown, before that counts: a minute
    /// without it, in milliseconds.
    pub quiet_ms: Option<u64>,
    /// What all of it may take, in milliseconds: five minutes without it.
    pub deadline_ms: Option<u64>,
    /// How many times the order is sent at most: three times without it.
    pub max_creates: Option<u8>,
    /// What one send may take, in milliseconds: half a minute without it, and never more than half of the time that is left.
    pub timeout_ms: Option<u64>,
    /// The [hash](TransferOrder::hash) that an earlier call told. Another order under the same id is then refused; and as that
    /// call may have sent it, the first 1008 does not count yet.
    pub order_hash: Option<&'a str>,
}

/// What the machine knows.
///
/// ```
/// # use tiyin::Money;
/// # use tiyin::bank::{BudgetPayee, CreateBudgetPayment, TransferOrder};
/// # use tiyin::requisites::{BudgetAccount, OrderId, PurposeCode, TaxpayerId};
/// use tiyin::Outcome;
/// use tiyin::bank::{Settle, SettleEvent, SettleOptions, SettleStep, Settled, TransferStatus};
///
/// # let order = TransferOrder::Budget(CreateBudgetPayment {
/// #     order_id: OrderId::new("1000001")?,
/// #     payee: BudgetPayee {
/// #         account: BudgetAccount::parse("400522860262837950100251028")?,
/// #         taxpayer_id: TaxpayerId::parse("207099143")?,
/// #     },
/// #     purpose_code: PurposeCode::parse("09510")?,
/// #     purpose: "За патент за январь 2020 года".into(),
/// #     service_id: "33".into(),
/// #     amount: Money::som("5000")?,
/// #     commission: Money::som("200")?,
/// #     card: None,
/// #     service_type: None,
/// # });
/// let now = 1_790_000_000_000;
/// let (mut settle, first) = Settle::start(&order, &SettleOptions::default(), now)?;
/// assert_eq!(first, SettleStep::Ask { within_ms: 10_000 });
/// assert_eq!(settle.step(SettleEvent::Nothing, now + 80), SettleStep::Create { within_ms: 30_000 });
///
/// // The answer was lost: it is not sent again, but asked for.
/// let lost = SettleEvent::CreateFailed(Some(Outcome::Unknown));
/// assert_eq!(settle.step(lost, now + 30_080), SettleStep::Ask { within_ms: 10_000 });
/// let accepted = SettleEvent::Status(TransferStatus::Accepted);
/// assert_eq!(settle.step(accepted, now + 30_160), SettleStep::Sleep { ms: 2_000 });
/// assert_eq!(settle.step(SettleEvent::Woke, now + 32_160), SettleStep::Ask { within_ms: 10_000 });
/// let settled = SettleEvent::Status(TransferStatus::Settled);
/// assert_eq!(settle.step(settled, now + 32_240), SettleStep::Done(Settled::Settled));
/// # Ok::<(), tiyin::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settle {
    pub(crate) poll_every: u64,
    pub(crate) quiet: u64,
    pub(crate) timeout: u64,
    pub(crate) creates: u8,
    pub(crate) creates_left: u8,
    pub(crate) phase: Phase,
    /// Whether an order may have been sent of which nothing is known.
    pub(crate) is_unknown: bool,
    /// What is left of the quiet time, where it has begun.
    pub(crate) quiet_left: Option<u64>,
    /// Whether the last question was answered so that there is no such order, for certain.
    pub(crate) is_nothing: bool,
    /// The time until the deadline.
    pub(crate) left: u64,
    /// When the last step was.
    pub(crate) seen: u64,
    /// What the last step was given: gone by, whatever the clock says, where all of it was slept or waited for.
    pub(crate) granted: u64,
    pub(crate) asked: u8,
}

/// How far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// There may be no such order: it may be sent.
    Open,
    /// The bank refused it, and it is asked whether there is none.
    Refused,
    /// There is one: it is never sent again.
    Exists,
    /// There is one, and the bank has said that it has accepted it.
    Accepted,
}

/// What happened since the last step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettleEvent {
    /// The order was answered with success.
    Created(TransferStatus),
    /// The order failed with this outcome.
    CreateFailed(Option<Outcome>),
    /// The order was sent, and had no answer in all of its time.
    CreateTimedOut,
    /// How the order stands was read.
    Status(TransferStatus),
    /// There is no such order.
    Nothing,
    /// How the order stands could not be read.
    AskFailed,
    /// The question had no answer in all of its time.
    AskTimedOut,
    /// It could not be read, and it will not be read in this way: a wrong address, a credential that is not known.
    AskRefused,
    /// The time to sleep is over.
    Woke,
}

impl SettleEvent {
    /// What the answer to the order comes to.
    #[must_use]
    pub fn of_create(answer: &Result<TransferState>) -> Self {
        match answer {
            Ok(state) => Self::Created(state.status),
            Err(error) if is_late(error) && error.outcome() == Some(Outcome::Unknown) => Self::CreateTimedOut,
            Err(error) => Self::CreateFailed(error.outcome()),
        }
    }

    /// What the answer to the question for it comes to.
    #[must_use]
    pub fn of_ask(answer: &Result<TransferState>) -> Self {
        match answer {
            Ok(state) => Self::Status(state.status),
            Err(error) => Self::of_failed_ask(is_late(error), error.provider_code(), error.next_action()),
        }
    }

    pub(crate) fn of_failed_ask(is_late: bool, provider_code: Option<&str>, action: Option<NextAction>) -> Self {
        match (provider_code, action) {
            (Some(NOTHING), Some(NextAction::CreateAgain)) => Self::Nothing,
            _ if is_late => Self::AskTimedOut,
            (Some(NOTHING), _) | (_, Some(NextAction::RetryLater)) => Self::AskFailed,
            _ => Self::AskRefused,
        }
    }
}

fn is_late(error: &Error) -> bool {
    error.code() == ErrorCode::TimedOut
}

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettleStep {
    /// Read how the order stands by a single request, which may take so long.
    Ask {
        /// In milliseconds.
        within_ms: u64,
    },
    /// Send the order, which may take so long.
    Create {
        /// In milliseconds.
        within_ms: u64,
    },
    /// Wait.
    Sleep {
        /// In milliseconds.
        ms: u64,
    },
    /// It is over, with what is known.
    Done(Settled),
    /// It is over: the order was refused, or never left. Its last error says more.
    Refused,
    /// It is over: it cannot be asked for the order, and so nothing was sent. The question's error says more; whether an earlier
    /// call has sent the order is as unknown as before.
    Unasked,
}

/// What is known in the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Settled {
    /// It was paid.
    Settled,
    /// The bank refused it after all. Its id is used up: what is still to be paid is another order.
    Deleted,
    /// Nobody knows yet, but perhaps something. Settle it again later, with its hash; never under another id.
    Pending(Option<KnownTransfer>),
}

/// What is known of an order that is pending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "js-types", derive(tsify::Tsify))]
pub enum KnownTransfer {
    /// The bank has it, and will pay or refuse it.
    Accepted,
    /// The bank does not have it.
    Nothing,
}

impl Settle {
    /// Begins.
    ///
    /// # Errors
    /// What the order refuses, and [`ErrorCode::OrderMismatch`] where the hash of an earlier call is another order's.
    pub fn start(order: &TransferOrder<'_>, options: &SettleOptions<'_>, now: u64) -> Result<(Self, SettleStep)> {
        Self::check(order, options).map_err(|error| not_sent(error, Effect::Keyed))?;
        let is_unknown = options.order_hash.is_some();
        let mut machine = Self {
            poll_every: options.poll_every_ms.unwrap_or(POLL_EVERY).max(1),
            quiet: options.quiet_ms.unwrap_or(QUIET),
            timeout: options.timeout_ms.unwrap_or(LONGEST_SEND),
            creates: 0,
            creates_left: options.max_creates.unwrap_or(MAX_CREATES),
            phase: Phase::Open,
            is_unknown,
            quiet_left: None,
            is_nothing: false,
            left: options.deadline_ms.unwrap_or(DEADLINE),
            seen: now,
            granted: 0,
            asked: 0,
        };
        let first = machine.ask();
        Ok((machine, first))
    }

    /// Before anything is sent: what could not be sent later, and another order than the one before.
    fn check(order: &TransferOrder<'_>, options: &SettleOptions<'_>) -> Result<()> {
        order.encode()?;
        match options.order_hash {
            Some(kept) if !kept.eq_ignore_ascii_case(&order.hash()) => {
                Err(Error::about(ErrorCode::OrderMismatch, "orderHash"))
            }
            _ => Ok(()),
        }
    }

    /// How many times the order was sent.
    #[must_use]
    pub const fn creates(&self) -> u8 {
        self.creates
    }

    /// Goes on after what happened.
    #[must_use]
    pub fn step(&mut self, event: SettleEvent, now: u64) -> SettleStep {
        self.pass(event, now);
        match event {
            SettleEvent::Created(status) | SettleEvent::Status(status) => self.seen_as(status),
            SettleEvent::CreateFailed(outcome) => self.failed(outcome),
            SettleEvent::CreateTimedOut => self.failed(None),
            SettleEvent::Nothing => self.nothing(),
            SettleEvent::AskRefused if self.creates == 0 && self.phase == Phase::Open => SettleStep::Unasked,
            SettleEvent::AskFailed | SettleEvent::AskTimedOut | SettleEvent::AskRefused => {
                self.is_nothing = false;
                self.wait()
            }
            SettleEvent::Woke => self.ask(),
        }
    }

    /// Lets the time go by since the last step.
    fn pass(&mut self, event: SettleEvent, now: u64) {
        use SettleEvent::{AskTimedOut, CreateTimedOut, Woke};
        let least = if matches!(event, Woke | CreateTimedOut | AskTimedOut) { self.granted } else { 0 };
        self.left = self.left.saturating_sub(now.saturating_sub(self.seen).max(least));
        if event == Woke {
            self.quiet_left = self.quiet_left.map(|quiet| quiet.saturating_sub(self.granted));
        }
        (self.seen, self.granted) = (now, 0);
    }

    fn seen_as(&mut self, status: TransferStatus) -> SettleStep {
        self.is_nothing = false;
        match status {
            TransferStatus::Settled => return SettleStep::Done(Settled::Settled),
            TransferStatus::Deleted => return SettleStep::Done(Settled::Deleted),
            TransferStatus::Accepted => self.phase = Phase::Accepted,
            TransferStatus::Other if self.phase == Phase::Accepted => {}
            TransferStatus::Other => self.phase = Phase::Exists,
        }
        self.wait()
    }

    fn failed(&mut self, outcome: Option<Outcome>) -> SettleStep {
        match outcome {
            Some(Outcome::Rejected) => self.phase = Phase::Refused,
            // It never left, and just before there was no such order.
            Some(Outcome::NotExecuted) if !self.is_unknown => return SettleStep::Refused,
            Some(Outcome::NotExecuted) => self.phase = Phase::Refused,
            Some(Outcome::Unknown) | None => self.is_unknown = true,
        }
        self.ask()
    }

    /// The bank says that there is no such order.
    fn nothing(&mut self) -> SettleStep {
        // It had said that there is one: whichever of the two is late, sending would not be safe.
        if matches!(self.phase, Phase::Exists | Phase::Accepted) {
            return self.wait();
        }
        if self.is_unknown && self.quiet_left != Some(0) {
            // The quiet time begins with the first such answer; what repeats it must be another one.
            self.quiet_left = self.quiet_left.or(Some(self.quiet));
            return self.wait();
        }
        self.is_nothing = true;
        match self.phase {
            Phase::Refused => SettleStep::Refused,
            _ if self.creates_left > 0 && self.left > 0 => self.create(),
            _ => self.wait(),
        }
    }

    fn create(&mut self) -> SettleStep {
        self.creates = self.creates.saturating_add(1);
        self.creates_left = self.creates_left.saturating_sub(1);
        (self.quiet_left, self.is_nothing, self.asked) = (None, false, 0);
        self.granted = self.left.div_ceil(2).min(self.timeout.max(1));
        SettleStep::Create { within_ms: self.granted }
    }

    fn ask(&mut self) -> SettleStep {
        self.granted = self.left.min(LONGEST_QUESTION);
        match self.granted {
            0 => self.pending(),
            within_ms => SettleStep::Ask { within_ms },
        }
    }

    fn wait(&mut self) -> SettleStep {
        let longest = self.poll_every.saturating_mul(10);
        let mut ms = self.poll_every;
        for _ in 0..self.asked {
            ms = ms.saturating_add(ms / 2).min(longest);
        }
        self.asked = self.asked.saturating_add(1).min(8);
        // The next question is asked when the quiet time is over, not later.
        let ms = self.quiet_left.filter(|quiet| *quiet > 0).unwrap_or(u64::MAX).min(ms);
        match self.left.saturating_sub(LAST_QUESTION.min(self.poll_every)) {
            0 => self.pending(),
            latest => {
                self.granted = ms.min(latest);
                SettleStep::Sleep { ms: self.granted }
            }
        }
    }

    /// What is known where nobody waits any more.
    #[cfg(feature = "js-clients")]
    pub(crate) fn left_off(&self, code: ErrorCode) -> Error {
        let is_unsent = self.creates == 0 && !self.is_unknown && self.phase == Phase::Open;
        Error::from(code).in_call(|facts| {
            facts.provider = Some(Provider::Bank);
            facts.outcome = Some(if is_unsent { Outcome::NotExecuted } else { Outcome::Unknown });
            facts.next_action = Some(if is_unsent { NextAction::RetryLater } else { NextAction::QueryStatus });
        })
    }

    fn pending(&self) -> SettleStep {
        let known = match self.phase {
            Phase::Accepted => Some(KnownTransfer::Accepted),
            Phase::Open | Phase::Refused if self.is_nothing => Some(KnownTransfer::Nothing),
            _ => None,
        };
        SettleStep::Done(Settled::Pending(known))
    }
}
