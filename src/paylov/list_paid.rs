//! `GET servicePayment/transaction/all`: the merchant's paid payments.
//!
//! Source: Paylov's «Service Payment», 7. Amounts are whole som. It moves no money and can be sent again. The document spells
//! the path in two ways, so it can be given; its filters are named there, but not shown. A payment that cannot be read
//! fails the answer. Whether there are pages is not documented.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;

use super::rejection::rejection;
use crate::card::masked_pan;
use crate::encode::{check_path, filled_where_given, query};
use crate::endpoint::{AuthScheme, Effect, Endpoint, Group, Message, Method, Rejection, Route};
use crate::error::{Provider, Result};
use crate::money::Money;
use crate::wire::{Incoming, Read, Wire};

/// Asks for paid payments; each filter that is given narrows them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListPaid<'a> {
    /// Of this service.
    pub service_id: Option<Cow<'a, str>>,
    /// Of this payer.
    pub user_id: Option<Cow<'a, str>>,
    /// From this date on. How it is written is not documented; the answers have `2024-11-21 11:48:47`.
    pub begin_date: Option<Cow<'a, str>>,
    /// Up to this date.
    pub end_date: Option<Cow<'a, str>>,
    /// The path, where it is the other of the document's spellings: `merchant/servicePayment/transaction/all/`. It has plain
    /// segments only: letters, digits and `-._~`.
    pub path: Option<Cow<'a, str>>,
}

/// Paid payments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "js-types", derive(tsify::Tsify))]
pub struct PaidList {
    /// How many there are, as Paylov says; the number of `payments` where it says none that can be read. It can be larger than
    /// that, since paging is not documented.
    #[cfg_attr(feature = "js-types", tsify(type = "number"))]
    pub total: u64,
    /// The payments.
    pub payments: Vec<PaidPayment>,
}

/// A payment that was paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "js-types", derive(tsify::Tsify))]
pub struct PaidPayment {
    /// The payment's id.
    pub id: String,
    /// The merchant's own id of the payer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "js-types", tsify(optional))]
    pub user_id: Option<String>,
    /// The card's number, mostly hidden.
    pub masked_pan: String,
    /// The card's holder.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "js-types", tsify(optional))]
    pub owner: Option<String>,
    /// The amount.
    pub amount: Money,
    /// When: `2024-11-21 11:48:47`, without a time zone.
    pub date: String,
    /// The service's id.
    pub service_id: String,
}

impl<'a> Endpoint<'a> for ListPaid<'a> {
    const ROUTE: Route = Route {
        provider: Provider::Paylov,
        name: "listPaid",
        method: Method::Get,
        path: "servicePayment/transaction/all",
        effect: Effect::Read,
        group: Group::Treasury,
        auth: AuthScheme::Paylov,
        can_be_asked_for: false,
    };

    const REJECTION: Rejection = rejection;

    type Answer = PaidList;

    fn encode(&self) -> Result<Message> {
        let path = self.path.as_deref().unwrap_or(Self::ROUTE.path);
        check_path(path, "listPaidPath")?;
        // An empty filter could be read as none: everybody's payments instead of one payer's.
        let filters = [
            ("serviceId", filled_where_given(&self.service_id, "serviceId")?),
            ("userId", filled_where_given(&self.user_id, "userId")?),
            ("beginDate", filled_where_given(&self.begin_date, "beginDate")?),
            ("endDate", filled_where_given(&self.end_date, "endDate")?),
        ];
        Ok(Message { target: query(path, &filters), body: None })
    }

    fn decode(_: &str, result: Wire<'_>) -> Read<PaidList> {
        let payments = result.list("transactions", PaidPayment::read)?;
        let total = result.optional_number("totalTransaction").unwrap_or(payments.len() as u64);
        Ok(PaidList { total, payments })
    }

    fn accept(incoming: &'a Incoming<'a>) -> Result<Self> {
        let query = incoming.query(&Self::ROUTE, &["serviceId", "userId", "beginDate", "endDate"])?;
        Ok(Self {
            service_id: query.optional("serviceId"),
            user_id: query.optional("userId"),
            begin_date: query.optional("beginDate"),
            end_date: query.optional("endDate"),
            path: None,
        })
    }
}

impl PaidPayment {
    fn read(payment: Wire<'_>) -> Read<Self> {
        Ok(Self {
            id: payment.text("id")?,
            user_id: payment.optional_text("userId"),
            masked_pan: masked_pan(&payment.optional_text("cardNumber").unwrap_or_default()),
            owner: payment.optional_text("owner"),
            amount: payment.som("amount")?,
            date: payment.text("date")?,
            service_id: payment.text("serviceId")?,
        })
    }
}
