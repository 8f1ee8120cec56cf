//! `GET servicePayment/list/`: the services that can be paid.
//!
//! Source: Paylov's «Service Payment», 1. Amounts are whole som. It moves no money and can be sent again. An entry without an id,
//! a name, a category or limits could not be paid: it is left out, and the others are there.

use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;

use super::rejection::rejection;
use crate::endpoint::{AuthScheme, Effect, Endpoint, Group, Message, Method, Rejection, Route};
use crate::error::{Error, ErrorCode, Provider, Result};
use crate::money::Money;
use crate::wire::{Incoming, Read, Wire};

/// Asks for the services.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListServices {
    /// Whether only those are wanted that the merchant may use; Paylov's default is all.
    pub available_for_me: bool,
}

/// What can be paid for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "js-types", derive(tsify::Tsify))]
pub struct Service {
    /// The service's id at Paylov.
    pub service_id: String,
    /// The name, in the language that Paylov has it in.
    pub name: String,
    /// The category to show it in.
    pub category: Category,
    /// The smallest amount of a payment.
    pub min: Money,
    /// The largest amount of a payment.
    pub max: Money,
    /// Whether the service is there.
    pub active: bool,
    /// Whether it tells about an account before a payment.
    pub has_info: bool,
    /// Whether a payment can be cancelled.
    pub can_cancel: bool,
    /// Whether it can be paid now.
    pub payable: bool,
    /// The address of a picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "js-types", tsify(optional))]
    pub logo: Option<String>,
}

/// A group of services.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "js-types", derive(tsify::Tsify))]
pub struct Category {
    /// The category's id at Paylov.
    #[cfg_attr(feature = "js-types", tsify(type = "number"))]
    pub id: u64,
    /// The name, in the language that Paylov has it in.
    pub name: String,
}

impl Endpoint<'_> for ListServices {
    const ROUTE: Route = Route {
        provider: Provider::Paylov,
        name: "listServices",
        method: Method::Get,
        path: "servicePayment/list/",
        effect: Effect::Read,
        group: Group::Catalog,
        auth: AuthScheme::Paylov,
        can_be_asked_for: false,
    };

    const REJECTION: Rejection = rejection;

    type Answer = Vec<Service>;

    fn encode(&self) -> Result<Message> {
        let query = if self.available_for_me { "?available_for_me=true" } else { "" };
        Ok(Message { target: [Self::ROUTE.path, query].concat(), body: None })
    }

    fn decode(_: &str, result: Wire<'_>) -> Read<Vec<Service>> {
        result.readable("services", Service::read)
    }

    fn accept(incoming: &Incoming<'_>) -> Result<Self> {
        match incoming.query(&Self::ROUTE, &["available_for_me"])?.optional("available_for_me").as_deref() {
            None | Some("false") => Ok(Self { available_for_me: false }),
            Some("true") => Ok(Self { available_for_me: true }),
            Some(_) => Err(Error::about(ErrorCode::InvalidParameter, "available_for_me")),
        }
    }
}

impl Service {
    /// Reads an entry. What says nothing about being usable is taken to be; what cannot be understood about it is not.
    pub(super) fn read(entry: Wire<'_>) -> Read<Self> {
        let category = entry.required("category")?;
        let amount = entry.required("amount")?;
        Ok(Self {
            service_id: entry.text("service_id")?,
            name: entry.text("name")?,
            category: Category { id: category.number("id")?, name: category.text("name")? },
            min: amount.som("min")?,
            max: amount.som("max")?,
            active: entry.flag("is_active", true, false),
            has_info: entry.flag("has_info_method", false, false),
            can_cancel: entry.flag("can_cancel", false, false),
            payable: entry.flag("payment_available", true, false),
            logo: entry.optional_text("logo"),
        })
    }
}
