//! `GET servicePayment/transaction/status/`: what became of a payment.
//!
//! Source: Paylov's «Service Payment», 6. The amount is whole som. It moves no money and can be sent again. `created` does not
//! mean unpaid while a payment can still be executing.

use alloc::borrow::Cow;
use alloc::string::String;

use serde::Serialize;

use super::rejection::rejection;
use crate::encode::{filled, query};
use crate::endpoint::{AuthScheme, Effect, Endpoint, Group, Message, Method, Rejection, Route};
use crate::error::{Provider, Result};
use crate::money::Money;
use crate::wire::{Incoming, Read, Wire};

/// Asks what became of a payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetStatus<'a> {
    /// The payment's id.
    pub transaction_id: Cow<'a, str>,
}

/// What became of a payment. Times are as Paylov writes them, without a time zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "js-types", derive(tsify::Tsify))]
pub struct PaymentState {
    /// The payment's id.
    pub transaction_id: String,
    /// What became of it.
    pub status: PaymentStatus,
    /// The amount; absent where the answer has none that can be read, which leaves the status as certain as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "js-types", tsify(optional))]
    pub amount: Option<Money>,
    /// The service's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "js-types", tsify(optional))]
    pub service_id: Option<String>,
    /// When it was paid: `2024-10-14 15:07:23`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "js-types", tsify(optional))]
    pub paid_at: Option<String>,
    /// When it was cancelled.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "js-types", tsify(optional))]
    pub cancelled_at: Option<String>,
    /// The status in Paylov's own word.
    pub raw: String,
}

/// What became of a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "js-types", derive(tsify::Tsify))]
pub enum PaymentStatus {
    /// It was prepared. It may be executing.
    Created,
    /// The money was moved.
    Paid,
    /// It was cancelled.
    Cancelled,
    /// A word that is not documented.
    Other,
}

impl<'a> GetStatus<'a> {
    /// Asks about this payment.
    pub fn new(transaction_id: impl Into<Cow<'a, str>>) -> Self {
        Self { transaction_id: transaction_id.into() }
    }
}

impl<'a> Endpoint<'a> for GetStatus<'a> {
    const ROUTE: Route = Route {
        provider: Provider::Paylov,
        name: "getStatus",
        method: Method::Get,
        path: "servicePayment/transaction/status/",
        effect: Effect::Read,
        group: Group::Payer,
        auth: AuthScheme::Paylov,
        can_be_asked_for: false,
    };

    const REJECTION: Rejection = rejection;

    type Answer = PaymentState;

    fn subject(&self) -> &str {
        &self.transaction_id
    }

    fn encode(&self) -> Result<Message> {
        let id = filled(&self.transaction_id, "transactionId")?;
        Ok(Message { target: query(Self::ROUTE.path, &[("transactionId", Some(id))]), body: None })
    }

    fn decode(subject: &str, result: Wire<'_>) -> Read<PaymentState> {
        let raw = result.text("status")?;
        Ok(PaymentState {
            transaction_id: result.same("transactionId", subject)?,
            status: PaymentStatus::of(&raw),
            amount: result.optional_som("amount"),
            service_id: result.optional_text("serviceId"),
            paid_at: result.optional_text("payedAt"),
            cancelled_at: result.optional_text("cancelTime"),
            raw,
        })
    }

    fn accept(incoming: &'a Incoming<'a>) -> Result<Self> {
        Ok(Self { transaction_id: incoming.query(&Self::ROUTE, &["transactionId"])?.required("transactionId")? })
    }
}

impl PaymentStatus {
    fn of(word: &str) -> Self {
        match word {
            "created" => Self::Created,
            "paid" => Self::Paid,
            "cancelled" => Self::Cancelled,
            _ => Self::Other,
        }
    }
}
