//! `GET api/v2/services`: the services that orders are sent through.
//!
//! Source: «Оплата по реквизитам», the method to call first. It has no amounts, moves no money and can be sent again. An
//! entry without an id could not be used: it is left out, and the others are there.

use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;

use super::rejection::of_read;
use crate::endpoint::{AuthScheme, Effect, Endpoint, Group, Message, Method, Rejection, Route};
use crate::error::{Provider, Result};
use crate::wire::{Incoming, Read, Wire};

/// Asks for the services.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListServices;

/// What an order is sent through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "js-types", derive(tsify::Tsify))]
pub struct BankService {
    /// The service's id.
    pub id: String,
    /// The name, in the bank's language.
    pub name: String,
    /// Whether it can be used.
    pub active: bool,
    /// Whether orders name a card.
    #[serde(rename = "type")]
    pub kind: BankServiceType,
    /// The merchant's account.
    pub account: String,
    /// The type in the bank's own word.
    pub raw: String,
}

/// Whether a service's orders name the card that the money came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "js-types", derive(tsify::Tsify))]
pub enum BankServiceType {
    /// They must.
    WorkingWithCard,
    /// They can.
    CardIsOptional,
    /// A word that is not documented.
    Other,
}

impl Endpoint<'_> for ListServices {
    const ROUTE: Route = Route {
        provider: Provider::Bank,
        name: "listServices",
        method: Method::Get,
        path: "api/v2/services",
        effect: Effect::Read,
        group: Group::Treasury,
        auth: AuthScheme::Basic,
        can_be_asked_for: false,
    };

    const REJECTION: Rejection = of_read;

    type Answer = Vec<BankService>;

    fn encode(&self) -> Result<Message> {
        Ok(Message { target: Self::ROUTE.path.into(), body: None })
    }

    fn decode(_: &str, answer: Wire<'_>) -> Read<Vec<BankService>> {
        answer.readable("data", BankService::read)
    }

    fn accept(incoming: &Incoming<'_>) -> Result<Self> {
        incoming.query(&Self::ROUTE, &[])?;
        Ok(Self)
    }
}

impl BankService {
    /// Reads an entry. What does not say that it is active is not.
    fn read(entry: Wire<'_>) -> Read<Self> {
        let raw = entry.optional_text("type").unwrap_or_default();
        Ok(Self {
            id: entry.text("id")?,
            name: entry.optional_text("name").unwrap_or_default(),
            active: entry.flag("activated", false, false),
            kind: BankServiceType::of(&raw),
            account: entry.optional_text("account").unwrap_or_default(),
            raw,
        })
    }
}

impl BankServiceType {
    fn of(word: &str) -> Self {
        match word {
            "WORKING_WITH_CARD" => Self::WorkingWithCard,
            "CARD_IS_OPTIONAL" => Self::CardIsOptional,
            _ => Self::Other,
        }
    }
}
