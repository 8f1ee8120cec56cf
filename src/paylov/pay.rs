//! `POST servicePayment/pay/`: moves the money.
//!
//! Source: Paylov's «Service Payment», 5. Nothing in the document protects from a repeat: sent twice, it may charge twice. So
//! it is never sent again by itself, and whatever is not known to be a refusal is an `unknown` outcome: ask for the status. A
//! refusal speaks only of the send that it answers: after an earlier unknown one, ask first.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;

use super::rejection::rejection;
use super::row::InfoRow;
use crate::encode::{body, filled, filled_where_given};
use crate::endpoint::{AuthScheme, Effect, Endpoint, Group, Message, Method, Rejection, Route};
use crate::error::{Provider, Result, masked};
use crate::wire::{Incoming, Read, Wire};

/// Pays a payment that was [created](super::CreatePayment).
#[derive(Clone, PartialEq, Eq)]
pub struct Pay<'a> {
    /// The payment's id.
    pub transaction_id: Cow<'a, str>,
    /// The card that pays.
    pub card_id: Cow<'a, str>,
    /// The merchant's own id of the payer.
    pub user_id: Option<Cow<'a, str>>,
    /// The code that the card's holder got by SMS, where the payment was created with a card.
    pub otp: Option<Cow<'a, str>>,
}

/// A bill that was paid. Times are as Paylov writes them, without a time zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "js-types", derive(tsify::Tsify))]
pub struct PaidBill {
    /// The payment's id.
    pub transaction_id: String,
    /// The card that paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "js-types", tsify(optional))]
    pub card_id: Option<String>,
    /// When: `2024-10-14 15:07:23`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "js-types", tsify(optional))]
    pub paid_at: Option<String>,
    /// The retrieval reference number, which the payer's bank knows the payment by.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "js-types", tsify(optional))]
    pub rrn: Option<String>,
    /// The merchant's number at the processing centre.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "js-types", tsify(optional))]
    pub epos_merchant: Option<String>,
    /// The terminal's number at the processing centre.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "js-types", tsify(optional))]
    pub epos_terminal: Option<String>,
    /// What the service tells about the account.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "js-types", tsify(optional))]
    pub info: Vec<InfoRow>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    transaction_id: &'a str,
    card_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    otp: Option<&'a str>,
}

impl<'a> Pay<'a> {
    /// Pays without a code.
    pub fn new(transaction_id: impl Into<Cow<'a, str>>, card_id: impl Into<Cow<'a, str>>) -> Self {
        Self { transaction_id: transaction_id.into(), card_id: card_id.into(), user_id: None, otp: None }
    }
}

/// Without the code, which no log may show, and without a card's number where it stands in place of an id.
impl core::fmt::Debug for Pay<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let mut shown = f.debug_struct("Pay");
        shown.field("transaction_id", &self.transaction_id).field("card_id", &masked(&self.card_id));
        shown.finish_non_exhaustive()
    }
}

impl<'a> Endpoint<'a> for Pay<'a> {
    const ROUTE: Route = Route {
        provider: Provider::Paylov,
        name: "pay",
        method: Method::Post,
        path: "servicePayment/pay/",
        effect: Effect::MovesMoney,
        group: Group::Payer,
        auth: AuthScheme::Paylov,
        can_be_asked_for: true,
    };

    const REJECTION: Rejection = rejection;

    type Answer = PaidBill;

    fn subject(&self) -> &str {
        &self.transaction_id
    }

    fn encode(&self) -> Result<Message> {
        body(
            Self::ROUTE.path,
            &Body {
                transaction_id: filled(&self.transaction_id, "transactionId")?,
                card_id: filled(&self.card_id, "cardId")?,
                user_id: filled_where_given(&self.user_id, "userId")?,
                otp: filled_where_given(&self.otp, "otp")?,
            },
        )
    }

    fn decode(subject: &str, result: Wire<'_>) -> Read<PaidBill> {
        let (paid_at, rrn) = (receipt(result, "payedAt"), receipt(result, "paymentRef"));
        // The id alone says nothing of a payment: what is only created has it too.
        if paid_at.is_none() && rrn.is_none() {
            return Err("payedAt");
        }
        // This method tells no status. One that is told all the same had better be that of a payment.
        if result.member("status").is_some_and(|status| status.as_text() != Some("paid")) {
            return Err("status");
        }
        Ok(PaidBill {
            transaction_id: result.same("transactionId", subject)?,
            card_id: result.optional_text("cardId"),
            paid_at,
            rrn,
            epos_merchant: result.optional_text("eposMerchant"),
            epos_terminal: result.optional_text("eposTerminal"),
            info: result.optional_readable("data", InfoRow::read).unwrap_or_default(),
        })
    }

    fn accept(incoming: &'a Incoming<'a>) -> Result<Self> {
        let given = incoming.body(&Self::ROUTE, &["transactionId", "cardId", "userId", "otp"])?;
        Ok(Self {
            transaction_id: given.required("transactionId")?,
            card_id: given.required("cardId")?,
            user_id: given.optional("userId")?,
            otp: given.optional("otp")?,
        })
    }
}

/// A time or a reference. Both have a digit; what has none but zeros is a placeholder: `0`, `-`, `0000-00-00`.
fn receipt(result: Wire<'_>, name: &str) -> Option<String> {
    result.optional_text(name).filter(|text| text.bytes().any(|byte| matches!(byte, b'1'..=b'9')))
}
