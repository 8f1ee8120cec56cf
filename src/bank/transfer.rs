//! What orders of both kinds have in common.

use alloc::borrow::Cow;
use alloc::string::String;

use serde::Serialize;

use super::list_services::BankServiceType;
use crate::card::{CardNetwork, Pan};
use crate::encode::{printable, tiyin_text};
use crate::error::{Error, ErrorCode, Result, masked};
use crate::money::Money;
use crate::text::Decimal;
use crate::wire::{Given, Read, Wire};

/// The card that an order's money came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayerCard<'a> {
    /// The card's network.
    pub network: CardNetwork,
    /// The card's number.
    pub pan: Pan,
    /// The retrieval reference number, which the payment from the card is known by.
    pub rrn: Cow<'a, str>,
}

/// How an order stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "js-types", derive(tsify::Tsify))]
pub struct TransferState {
    /// How it stands. Only `settled` is paid.
    pub status: TransferStatus,
    /// The bank's number of the payment: `1180_1841519885`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "js-types", tsify(optional))]
    pub document_id: Option<String>,
    /// The status in the bank's own word.
    pub raw: String,
}

/// How an order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "js-types", derive(tsify::Tsify))]
pub enum TransferStatus {
    /// The bank has it («Введен»). It is not paid yet, and can still be refused.
    Accepted,
    /// It was paid («Проведен»).
    Settled,
    /// It was refused («Удален»), and its id is used up.
    Deleted,
    /// A word that is not documented.
    Other,
}

impl TransferStatus {
    pub(super) fn of(word: &str) -> Self {
        match word.trim() {
            "Введен" | "Введён" => Self::Accepted,
            "Проведен" | "Проведён" => Self::Settled,
            "Удален" | "Удалён" => Self::Deleted,
            _ => Self::Other,
        }
    }
}

impl TransferState {
    /// Reads an answer. One without a status says nothing of an order.
    pub(super) fn read(answer: Wire<'_>) -> Read<Self> {
        let data = answer.required("data")?;
        let raw = data.filled("payment_status").ok_or("payment_status")?;
        Ok(Self { status: TransferStatus::of(&raw), document_id: data.filled("doc_id"), raw: masked(&raw) })
    }
}

/// What of an order is written in the same way for both kinds.
pub(super) struct Written<'a> {
    pub(super) amount: String,
    pub(super) commission: String,
    pub(super) purpose: &'a str,
    pub(super) service_id: &'a str,
    pub(super) card: Option<WrittenCard<'a>>,
}

pub(super) struct WrittenCard<'a> {
    pub(super) network: &'static str,
    pub(super) pan: &'a str,
    pub(super) rrn: &'a str,
}

/// What is to be written, of either kind of order.
pub(super) struct Common<'a> {
    pub(super) amount: Money,
    pub(super) commission: Money,
    pub(super) purpose: &'a str,
    pub(super) service_id: &'a str,
    pub(super) card: &'a Option<PayerCard<'a>>,
    pub(super) service_type: Option<BankServiceType>,
}

impl<'a> Common<'a> {
    pub(super) fn write(self) -> Result<Written<'a>> {
        service_number(self.service_id)?;
        let card = match self.card {
            // The document asks for it: without it the order would come back.
            None if self.service_type == Some(BankServiceType::WorkingWithCard) => {
                return Err(Error::about(ErrorCode::MissingField, "card"));
            }
            None => None,
            Some(card) => Some(card.write().map_err(|error| error.at("card"))?),
        };
        Ok(Written {
            amount: tiyin_text(self.amount, 1, "amount")?,
            commission: tiyin_text(self.commission, 0, "commission")?,
            purpose: printable(self.purpose, "purpose")?,
            service_id: self.service_id,
            card,
        })
    }
}

impl<'a> PayerCard<'a> {
    fn write(&self) -> Result<WrittenCard<'_>> {
        // This is what the number is exposed for: the bank asks for it in the body.
        Ok(WrittenCard { network: self.network.as_str(), pan: self.pan.expose(), rrn: printable(&self.rrn, "rrn")? })
    }

    /// Reads a card that a proxy was given: all of it, or none.
    pub(super) fn accept(given: &Given<'a>) -> Result<Option<Self>> {
        let members = [given.optional("cardType")?, given.optional("cardNumber")?, given.optional("refNumber")?];
        if members.iter().all(Option::is_none) {
            return Ok(None);
        }
        Ok(Some(Self {
            network: CardNetwork::parse(&given.required("cardType")?).map_err(|error| error.at("cardType"))?,
            pan: Pan::parse(&given.required("cardNumber")?).map_err(|error| error.at("cardNumber"))?,
            rrn: given.required("refNumber")?,
        }))
    }
}

/// The number of a service, which some requests have as a number, and others as text.
pub(super) fn service_number(id: &str) -> Result<u64> {
    let number = Decimal::read_whole(id.as_bytes(), Money::MAX_MINOR.unsigned_abs());
    // With zeros in front it would be one service here, and no service or another one there.
    number
        .filter(|_| id == "0" || !id.starts_with('0'))
        .ok_or_else(|| Error::about(ErrorCode::NotAnInteger, "serviceId"))
}
