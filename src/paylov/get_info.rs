//! `POST servicePayment/info/`: whose account it is, and what is owed.
//!
//! Source: Paylov's «Service Payment», 3. It moves no money and can be sent again. Services without `has_info` have none.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use serde::Serialize;

use super::rejection::rejection;
use super::row::InfoRow;
use crate::encode::{account, as_map, body, filled};
use crate::endpoint::{AuthScheme, Effect, Endpoint, Fields, Group, Message, Method, Rejection, Route};
use crate::error::{Error, ErrorCode, Provider, Result};
use crate::wire::{Incoming, Read, Wire};

/// Asks about an account of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetInfo<'a> {
    /// The service's id.
    pub service_id: Cow<'a, str>,
    /// A value for each field of the service.
    pub account: Fields<'a>,
}

#[derive(Serialize)]
struct Body<'a> {
    service_id: &'a str,
    #[serde(serialize_with = "as_map")]
    account: &'a Fields<'a>,
}

impl<'a> Endpoint<'a> for GetInfo<'a> {
    const ROUTE: Route = Route {
        provider: Provider::Paylov,
        name: "getInfo",
        method: Method::Post,
        path: "servicePayment/info/",
        effect: Effect::Read,
        group: Group::Payer,
        auth: AuthScheme::Paylov,
        can_be_asked_for: false,
    };

    const REJECTION: Rejection = rejection;

    type Answer = Vec<InfoRow>;

    fn encode(&self) -> Result<Message> {
        let service_id = filled(&self.service_id, "serviceId")?;
        body(Self::ROUTE.path, &Body { service_id, account: account(&self.account)? })
    }

    fn decode(_: &str, result: Wire<'_>) -> Read<Vec<InfoRow>> {
        result.list("data", InfoRow::read)
    }

    fn accept(incoming: &'a Incoming<'a>) -> Result<Self> {
        incoming.query(&[])?;
        let given = incoming.body(&["service_id", "account"])?;
        let account = given.fields("account")?.ok_or_else(|| Error::about(ErrorCode::MissingField, "account"))?;
        Ok(Self { service_id: given.required("service_id")?, account })
    }
}
