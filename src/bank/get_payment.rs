//! `GET api/v2/payment/{orderId}`: how an order stands.
//!
//! Source: «Оплата по реквизитам», 3. It has no amounts, moves no money and can be sent again. 1008 says that there is no such
//! order: `create_again`, under the same id. After a send whose fate is unknown it says so of this moment only.

use super::rejection::of_status;
use super::transfer::TransferState;
use crate::encode::path_with;
use crate::endpoint::{AuthScheme, Effect, Endpoint, Group, Message, Method, Rejection, Route};
use crate::error::{Provider, Result};
use crate::requisites::OrderId;
use crate::wire::{Incoming, Read, Wire};

/// Asks how an order stands, of either kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetPayment<'a> {
    /// The merchant's own id of the order.
    pub order_id: OrderId<'a>,
}

impl<'a> Endpoint<'a> for GetPayment<'a> {
    const ROUTE: Route = Route {
        provider: Provider::Bank,
        name: "getPayment",
        method: Method::Get,
        path: "api/v2/payment/{orderId}",
        effect: Effect::Read,
        group: Group::Treasury,
        auth: AuthScheme::Basic,
        can_be_asked_for: false,
    };

    const REJECTION: Rejection = of_status;

    type Answer = TransferState;

    fn encode(&self) -> Result<Message> {
        Ok(Message { target: path_with(Self::ROUTE.path, self.order_id.as_str(), "orderId")?, body: None })
    }

    fn decode(_: &str, answer: Wire<'_>) -> Read<TransferState> {
        TransferState::read(answer)
    }

    fn accept(incoming: &'a Incoming<'a>) -> Result<Self> {
        incoming.query(&Self::ROUTE, &[])?;
        let order_id = OrderId::new(incoming.id(&Self::ROUTE)?).map_err(|error| error.at("orderId"))?;
        Ok(Self { order_id })
    }
}
