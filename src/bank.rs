//! A bank's payments by requisites: to an account at any bank, or to a budget.
//!
//! Source: «Техническая документация. Оплата по реквизитам». An order is sent under the merchant's own id, which the bank pays
//! once. It answers `accepted`, which is not paid: only `settled` is, and [`Settle`] asks until it is. Amounts on this wire are
//! tiyin. Failures come with HTTP 200 and are told in the body.
//!
//! [`Statement`] reads an account's movements page by page, and [`reconcile`] finds in them what was ordered.

mod create_budget_payment;
mod create_payment;
mod date;
pub(crate) mod envelope;
mod get_balance;
mod get_payment;
mod list_services;
mod list_statement;
mod order;
mod reconcile;
mod rejection;
mod settle;
mod sorted;
mod statement;
mod transfer;

pub use create_budget_payment::{BudgetPayee, CreateBudgetPayment};
pub use create_payment::{CreatePayment, Payee};
pub use date::Date;
pub use get_balance::GetBalance;
pub use get_payment::GetPayment;
pub use list_services::{BankService, BankServiceType, ListServices};
pub use list_statement::{ListStatement, MovementDirection, StatementDirection, StatementParty, StatementRow};
pub use order::TransferOrder;
pub use reconcile::{
    AmbiguousTransfers, DifferentTransfer, ExpectedTransfer, MatchedTransfer, Reconciliation, reconcile,
};
#[cfg(feature = "js-clients")]
pub(crate) use reconcile::{ComparedOrder, ComparedRow, find, has_left, spaced};
#[cfg(feature = "js-clients")]
pub(crate) use settle::Phase;
pub use settle::{KnownTransfer, Settle, SettleEvent, SettleOptions, SettleStep, Settled};
pub use statement::{Statement, StatementTotals};
pub use transfer::{PayerCard, TransferState, TransferStatus};

use crate::endpoint::{Endpoint, Route};

/// How each endpoint is addressed and what it does, in the document's order.
pub const ROUTES: [&Route; 6] = [
    &ListServices::ROUTE,
    &CreatePayment::ROUTE,
    &CreateBudgetPayment::ROUTE,
    &GetPayment::ROUTE,
    &GetBalance::ROUTE,
    &ListStatement::ROUTE,
];
