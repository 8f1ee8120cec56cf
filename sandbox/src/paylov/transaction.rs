//! A payment from its creation on.

use std::collections::BTreeMap;

use super::catalogue::Service;
use super::magic::{CODE_ATTEMPTS, CODE_LIFETIME_MS, EXHAUSTING_CODE, RIGHT_CODE};
use super::refusal::{Refusal, refuse};
use crate::ledger::Money;

/// What a payment has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PaymentStatus {
    /// Nobody has paid it.
    Created,
    /// It was charged at least once.
    Paid,
    /// Nobody can pay it any more.
    Cancelled,
}

impl PaymentStatus {
    /// The document's word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Paid => "paid",
            Self::Cancelled => "cancelled",
        }
    }
}

/// The truth about a payment, for a judge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// Its id.
    pub transaction_id: String,
    /// What it has come to.
    pub status: PaymentStatus,
    /// What one charge takes.
    pub amount: Money,
    /// How many times a card was charged for it.
    pub charges: u32,
    /// How many more payments of it are being executed and will still happen, or fail.
    pub executing_late: usize,
    /// The service that is paid.
    pub service_id: &'static str,
}

#[derive(Clone, Debug)]
pub(crate) struct Transaction {
    pub(crate) id: String,
    /// Its place among all that were created.
    pub(super) number: u64,
    pub(super) service: &'static Service,
    pub(super) account: BTreeMap<String, String>,
    pub(super) som: u64,
    pub(super) user_id: Option<String>,
    pub(super) confirmation: Option<Confirmation>,
    /// What paid it last.
    pub(super) card_id: Option<&'static str>,
    pub(super) charges: u32,
    changes: Vec<Change>,
}

/// That a status began.
#[derive(Clone, Copy, Debug)]
pub(super) struct Change {
    pub(super) at: u64,
    pub(super) status: PaymentStatus,
}

/// The code that was sent to a card's holder.
#[derive(Clone, Debug)]
pub(super) struct Confirmation {
    pub(super) card_id: &'static str,
    pub(super) sent_at: u64,
    pub(super) wrong: u32,
}

impl Transaction {
    pub(super) fn new(id: String, number: u64, now: u64, service: &'static Service, som: u64) -> Self {
        Self {
            id,
            number,
            service,
            account: BTreeMap::new(),
            som,
            user_id: None,
            confirmation: None,
            card_id: None,
            charges: 0,
            changes: vec![Change { at: now, status: PaymentStatus::Created }],
        }
    }

    pub(super) fn tiyin(&self) -> i64 {
        i64::try_from(self.som.saturating_mul(100)).unwrap_or(i64::MAX)
    }

    /// The last change that had happened by then; creation for a moment before it.
    pub(super) fn seen_at(&self, moment: u64) -> Change {
        let begun = self.changes.iter().rev().find(|change| change.at <= moment);
        let created = Change { at: moment, status: PaymentStatus::Created };
        *begun.or(self.changes.first()).unwrap_or(&created)
    }

    pub(crate) fn status(&self) -> PaymentStatus {
        self.seen_at(u64::MAX).status
    }

    pub(super) fn change(&mut self, at: u64, status: PaymentStatus) {
        self.changes.push(Change { at, status });
    }

    pub(crate) fn truth(&self, executing_late: usize) -> Payment {
        Payment {
            transaction_id: self.id.clone(),
            status: self.status(),
            amount: Money::tiyin(self.tiyin()),
            charges: self.charges,
            executing_late,
            service_id: self.service.id,
        }
    }

    /// Compares the code where one was sent. Too many wrong ones cancel the transaction. A right one stays right: nothing
    /// says that a code is good for one payment only.
    pub(super) fn confirm(&mut self, card_id: &str, otp: Option<&str>, now: u64) -> Result<(), Refusal> {
        let Some(confirmation) = &mut self.confirmation else {
            return Ok(());
        };
        if confirmation.card_id != card_id {
            return refuse("invalid_card", "the code was sent for another card");
        }
        let otp = otp.ok_or_else(|| Refusal::new("field_required", "otp is required"))?;
        let is_expired = now.saturating_sub(confirmation.sent_at) > CODE_LIFETIME_MS;
        if otp == RIGHT_CODE && !is_expired {
            return Ok(());
        }
        confirmation.wrong = confirmation.wrong.saturating_add(1);
        if confirmation.wrong < CODE_ATTEMPTS && otp != EXHAUSTING_CODE {
            return refuse("invalid_otp", "the code is wrong or too old");
        }
        // Money that moved stays moved.
        if self.charges == 0 {
            self.change(now, PaymentStatus::Cancelled);
        }
        refuse("too_many_attempts", "there were too many wrong codes")
    }
}
