//! Every movement of money, in its order. Nothing is ever taken out of it.

use std::collections::BTreeMap;

use serde::Serialize;

/// What an amount is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Currency {
    /// Som of Uzbekistan, a hundred tiyin each.
    #[serde(rename = "UZS")]
    Uzs,
}

/// A whole number of minor units: of tiyin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Money {
    /// Tiyin.
    pub minor: i64,
    /// Som, so far.
    pub currency: Currency,
}

impl Money {
    /// An amount in tiyin.
    #[must_use]
    pub const fn tiyin(minor: i64) -> Self {
        Self { minor, currency: Currency::Uzs }
    }
}

/// Whose books a movement is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Provider {
    /// Paylov's service payments.
    Paylov,
}

/// Why money moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MovementKind {
    /// A card paid.
    Payment,
}

/// One movement of money.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LedgerRow {
    /// When, in milliseconds since 1970.
    pub at: u64,
    /// Whose books it is in.
    pub provider: Provider,
    /// Why it moved.
    pub kind: MovementKind,
    /// The payment that asked for it.
    pub transaction_id: String,
    /// The card that paid.
    pub card_id: String,
    /// What left the card.
    pub amount: Money,
    /// What was on the card then.
    pub balance_after: Money,
    /// The service that was paid.
    pub service_id: String,
    /// The account of that service.
    pub account: BTreeMap<String, String>,
    /// Whose payment the merchant said it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Ledger(Vec<LedgerRow>);

impl Ledger {
    pub(crate) fn rows(&self) -> &[LedgerRow] {
        &self.0
    }

    pub(crate) fn add(&mut self, row: LedgerRow) {
        self.0.push(row);
    }
}
