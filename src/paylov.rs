//! Paylov's service payments: utility bills, mobile phones, whatever a service asks an account for.
//!
//! Source: Paylov's «Service Payment». A payment is [created](CreatePayment), which tells whose bill it is and may send the
//! payer a code by SMS, then [paid](Pay). Amounts on this wire are whole som. Every failure is answered with HTTP 400; the
//! codes in it are not documented, and only those known from elsewhere as refusals count as such.

mod confirm;
mod create_payment;
mod get_fields;
mod get_info;
mod get_status;
mod list_paid;
mod list_services;
mod pay;
mod rejection;
mod row;

pub use confirm::{Confirm, ConfirmEvent, ConfirmOptions, ConfirmStep, Confirmed};
pub use create_payment::{CreatePayment, CreatedPayment};
pub use get_fields::{FieldContent, FieldKind, FieldSpec, FieldValue, GetFields, ResponseField, ServiceFields};
pub use get_info::GetInfo;
pub use get_status::{GetStatus, PaymentState, PaymentStatus};
pub use list_paid::{ListPaid, PaidList, PaidPayment};
pub use list_services::{Category, ListServices, Service};
pub use pay::{PaidBill, Pay};
pub use row::InfoRow;

use crate::endpoint::{Endpoint, Route};

/// How each endpoint is addressed and what it does, in the document's order.
pub const ROUTES: [&Route; 7] = [
    &ListServices::ROUTE,
    &GetFields::ROUTE,
    &GetInfo::ROUTE,
    &CreatePayment::ROUTE,
    &Pay::ROUTE,
    &GetStatus::ROUTE,
    &ListPaid::ROUTE,
];
