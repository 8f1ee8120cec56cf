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
    /// The bank's payments by requisites.
    Bank,
}

/// Why money moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MovementKind {
    /// A card paid.
    Payment,
    /// A service's account paid an order's amount.
    Transfer,
    /// A service's account paid an order's commission.
    Commission,
    /// An order's amount came to the account of another service of the same partner.
    Receipt,
}

/// One movement of money.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum LedgerRow {
    /// Off a card.
    Paylov(PaylovRow),
    /// Off a service's account, or to it.
    Bank(BankRow),
}

impl LedgerRow {
    /// When, in milliseconds since 1970.
    #[must_use]
    pub const fn at(&self) -> u64 {
        match self {
            Self::Paylov(row) => row.at,
            Self::Bank(row) => row.at,
        }
    }

    /// A movement at Paylov.
    #[must_use]
    pub const fn paylov(&self) -> Option<&PaylovRow> {
        if let Self::Paylov(row) = self { Some(row) } else { None }
    }

    /// A movement at the bank.
    #[must_use]
    pub const fn bank(&self) -> Option<&BankRow> {
        if let Self::Bank(row) = self { Some(row) } else { None }
    }
}

/// What left a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PaylovRow {
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

/// What left a service's account, or came to it: one row of its statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BankRow {
    /// When, in milliseconds since 1970.
    pub at: u64,
    /// Whose books it is in.
    pub provider: Provider,
    /// Why it moved; only a receipt comes to the account.
    pub kind: MovementKind,
    /// The `id` of the statement's row.
    pub entry_id: u64,
    /// The order that asked for it.
    pub order_id: String,
    /// The bank's id of that order: `doc_id`.
    pub document_id: String,
    /// What moved.
    pub amount: Money,
    /// What was on the account then.
    pub balance_after: Money,
    /// The service whose account it is.
    pub service_id: String,
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
