//! `GET api/v2/account/{serviceId}/balance`: what is on a service's account.
//!
//! Source: «Оплата по реквизитам», 4. The amount is tiyin. It moves no money and can be sent again. Codes: 1001, 1002, 1004, 1009.

use alloc::borrow::Cow;

use super::rejection::of_read;
use super::transfer::service_number;
use crate::encode::path_with;
use crate::endpoint::{AuthScheme, Effect, Endpoint, Group, Message, Method, Rejection, Route};
use crate::error::{Provider, Result};
use crate::money::Money;
use crate::wire::{Incoming, Read, Wire};

/// Asks for a balance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetBalance<'a> {
    /// The service's id, which is a number.
    pub service_id: Cow<'a, str>,
}

impl<'a> GetBalance<'a> {
    /// Asks about this service.
    pub fn new(service_id: impl Into<Cow<'a, str>>) -> Self {
        Self { service_id: service_id.into() }
    }
}

impl<'a> Endpoint<'a> for GetBalance<'a> {
    const ROUTE: Route = Route {
        provider: Provider::Bank,
        name: "getBalance",
        method: Method::Get,
        path: "api/v2/account/{serviceId}/balance",
        effect: Effect::Read,
        group: Group::Treasury,
        auth: AuthScheme::Basic,
        can_be_asked_for: false,
    };

    const REJECTION: Rejection = of_read;

    type Answer = Money;

    fn encode(&self) -> Result<Message> {
        service_number(&self.service_id)?;
        Ok(Message { target: path_with(Self::ROUTE.path, &self.service_id, "serviceId")?, body: None })
    }

    fn decode(_: &str, answer: Wire<'_>) -> Read<Money> {
        answer.required("data")?.tiyin("balance")
    }

    fn accept(incoming: &'a Incoming<'a>) -> Result<Self> {
        incoming.query(&Self::ROUTE, &[])?;
        Ok(Self { service_id: incoming.id(&Self::ROUTE)?.into() })
    }
}
