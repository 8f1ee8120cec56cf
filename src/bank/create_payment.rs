//! `POST api/v2/payment`: orders a payment to an account at a bank.
//!
//! Source: «Оплата по реквизитам», 1; the method is not documented, but the request has a body. Amounts are tiyin, written as
//! text. The bank pays one id once, but what it answers to a second one is not documented: so it is sent again only by
//! [`Settle`](super::Settle). Codes 1013 to 1017 and 3333 are refusals; whatever else is answered, or nothing, is an `unknown`
//! outcome: ask for the order by its id.

use alloc::borrow::Cow;

use serde::Serialize;

use super::list_services::BankServiceType;
use super::rejection::of_order;
use super::transfer::{Common, PayerCard, TransferState};
use crate::encode::{body, printable};
use crate::endpoint::{AuthScheme, Effect, Endpoint, Group, Message, Method, Rejection, Route};
use crate::error::{Provider, Result};
use crate::money::Money;
use crate::requisites::{AccountNumber, BankCode, OrderId, TaxpayerId};
use crate::wire::{Incoming, Read, Wire};

/// Orders a payment to an account.
///
/// ```
/// use tiyin::Money;
/// use tiyin::bank::{CreatePayment, Payee};
/// use tiyin::endpoint::Endpoint;
/// use tiyin::requisites::{AccountNumber, BankCode, OrderId};
///
/// let order = CreatePayment {
///     order_id: OrderId::new("009445151277")?,
///     payee: Payee {
///         name: "АК Aloqabank".into(),
///         bank_code: BankCode::parse("00401")?,
///         account: AccountNumber::parse("16103000900000401001")?,
///         taxpayer_id: None,
///     },
///     purpose: "Предоплата 100% за аренду помещения".into(),
///     service_id: "33".into(),
///     amount: Money::som("5000")?,
///     commission: Money::som("0")?,
///     card: None,
///     service_type: None,
/// };
/// let body = order.encode()?.body.unwrap();
/// assert!(body.starts_with(r#"{"orderId":"009445151277","amount":"500000","comissionAmount":"0","#));
/// # Ok::<(), tiyin::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct CreatePayment<'a> {
    /// The merchant's own id of the order, of which there is one payment.
    pub order_id: OrderId<'a>,
    /// Who is paid.
    pub payee: Payee<'a>,
    /// What for, in words.
    pub purpose: Cow<'a, str>,
    /// The service's id, which is a number.
    pub service_id: Cow<'a, str>,
    /// The amount that is paid.
    pub amount: Money,
    /// The commission, which is not a part of the amount; it may be nothing.
    pub commission: Money,
    /// The card that the money came from.
    pub card: Option<PayerCard<'a>>,
    /// The service's type, where it is known: an order without a card is then refused before it is sent.
    pub service_type: Option<BankServiceType>,
}

/// Whom an order pays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payee<'a> {
    /// The name.
    pub name: Cow<'a, str>,
    /// The bank that has the account.
    pub bank_code: BankCode,
    /// The account.
    pub account: AccountNumber,
    /// The payee's number as a taxpayer.
    pub taxpayer_id: Option<TaxpayerId>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    order_id: &'a str,
    amount: &'a str,
    #[serde(rename = "comissionAmount")]
    commission: &'a str,
    purpose: &'a str,
    service_id: &'a str,
    receiver_name: &'a str,
    mfo_receiver: &'a str,
    receiver_account: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    inn_receiver: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    card_type: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    card_number: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ref_number: Option<&'a str>,
}

impl CreatePayment<'_> {
    fn common(&self) -> Common<'_> {
        Common {
            amount: self.amount,
            commission: self.commission,
            purpose: &self.purpose,
            service_id: &self.service_id,
            card: &self.card,
            service_type: self.service_type,
        }
    }
}

/// Without whom it pays, and without the card.
impl core::fmt::Debug for CreatePayment<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let mut shown = f.debug_struct("CreatePayment");
        shown.field("order_id", &self.order_id).field("amount", &self.amount).finish_non_exhaustive()
    }
}

impl<'a> Endpoint<'a> for CreatePayment<'a> {
    const ROUTE: Route = Route {
        provider: Provider::Bank,
        name: "createPayment",
        method: Method::Post,
        path: "api/v2/payment",
        effect: Effect::Keyed,
        group: Group::Treasury,
        auth: AuthScheme::Basic,
        can_be_asked_for: true,
    };

    const REJECTION: Rejection = of_order;

    type Answer = TransferState;

    fn encode(&self) -> Result<Message> {
        let written = self.common().write()?;
        let card = written.card.as_ref();
        body(
            Self::ROUTE.path,
            &Body {
                order_id: self.order_id.as_str(),
                amount: &written.amount,
                commission: &written.commission,
                purpose: written.purpose,
                service_id: written.service_id,
                receiver_name: printable(&self.payee.name, "payee.name")?,
                mfo_receiver: self.payee.bank_code.as_str(),
                receiver_account: self.payee.account.as_str(),
                inn_receiver: self.payee.taxpayer_id.as_ref().map(TaxpayerId::as_str),
                card_type: card.map(|card| card.network),
                card_number: card.map(|card| card.pan),
                ref_number: card.map(|card| card.rrn),
            },
        )
    }

    fn decode(_: &str, answer: Wire<'_>) -> Read<TransferState> {
        TransferState::read(answer)
    }

    fn accept(incoming: &'a Incoming<'a>) -> Result<Self> {
        const NAMES: [&str; 12] = [
            "orderId",
            "amount",
            "comissionAmount",
            "purpose",
            "serviceId",
            "receiverName",
            "mfoReceiver",
            "receiverAccount",
            "innReceiver",
            "cardType",
            "cardNumber",
            "refNumber",
        ];
        let given = incoming.body(&Self::ROUTE, &NAMES)?;
        let taxpayer_id = given.optional("innReceiver")?.map(|digits| TaxpayerId::parse(&digits));
        let payee = Payee {
            name: given.required("receiverName")?,
            bank_code: given.parsed("mfoReceiver", BankCode::parse)?,
            account: given.parsed("receiverAccount", AccountNumber::parse)?,
            taxpayer_id: taxpayer_id.transpose().map_err(|error| error.at("innReceiver"))?,
        };
        Ok(Self {
            order_id: OrderId::new(given.required("orderId")?).map_err(|error| error.at("orderId"))?,
            payee,
            purpose: given.required("purpose")?,
            service_id: given.required("serviceId")?,
            amount: given.tiyin("amount")?,
            commission: given.tiyin("comissionAmount")?,
            card: PayerCard::accept(&given)?,
            service_type: None,
        })
    }
}
