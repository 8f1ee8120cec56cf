//! `POST api/v2/paymentBudget`: orders a payment to a budget.
//!
//! Source: «Оплата по реквизитам», 2; the method is not documented, but the request has a body. The document's own example
//! breaks its table, which is what is checked here. Amounts are tiyin, written as text. The bank pays one id once, but what it
//! answers to a second one is not documented: so it is sent again only by [`Settle`](super::Settle). Codes 1013 to 1017 and 3333
//! are refusals; whatever else is answered, or nothing, is an `unknown` outcome: ask for the order by its id.

use alloc::borrow::Cow;

use serde::Serialize;

use super::list_services::BankServiceType;
use super::rejection::of_order;
use super::transfer::{Common, PayerCard, TransferState};
use crate::encode::body;
use crate::endpoint::{AuthScheme, Effect, Endpoint, Group, Message, Method, Rejection, Route};
use crate::error::{Provider, Result};
use crate::money::Money;
use crate::requisites::{BudgetAccount, OrderId, PurposeCode, TaxpayerId};
use crate::wire::{Incoming, Read, Wire};

/// Orders a payment to a budget.
///
/// ```
/// use tiyin::Money;
/// use tiyin::bank::{BudgetPayee, CreateBudgetPayment};
/// use tiyin::endpoint::Endpoint;
/// use tiyin::requisites::{BudgetAccount, OrderId, PurposeCode, TaxpayerId};
///
/// let order = CreateBudgetPayment {
///     order_id: OrderId::new("1000001")?,
///     payee: BudgetPayee {
///         account: BudgetAccount::parse("400522860262837950100251028")?,
///         taxpayer_id: TaxpayerId::parse("207099143")?,
///     },
///     purpose_code: PurposeCode::parse("09510")?,
///     purpose: "За патент за январь 2020 года".into(),
///     service_id: "33".into(),
///     amount: Money::som("5000")?,
///     commission: Money::som("200")?,
///     card: None,
///     service_type: None,
/// };
/// assert_eq!(order.encode()?.target, "api/v2/paymentBudget");
/// # Ok::<(), tiyin::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct CreateBudgetPayment<'a> {
    /// The merchant's own id of the order, of which there is one payment.
    pub order_id: OrderId<'a>,
    /// The budget that is paid.
    pub payee: BudgetPayee,
    /// What for, as a code.
    pub purpose_code: PurposeCode,
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

/// Which budget an order pays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BudgetPayee {
    /// The account.
    pub account: BudgetAccount,
    /// The number of the taxpayer that the account is of.
    pub taxpayer_id: TaxpayerId,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    order_id: &'a str,
    amount: &'a str,
    #[serde(rename = "comissionAmount")]
    commission: &'a str,
    purpose: &'a str,
    purpose_code: &'a str,
    inn_receiver: &'a str,
    receiver_account: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    ref_number: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    card_type: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    card_number: Option<&'a str>,
    service_id: &'a str,
}

impl CreateBudgetPayment<'_> {
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
impl core::fmt::Debug for CreateBudgetPayment<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let mut shown = f.debug_struct("CreateBudgetPayment");
        shown.field("order_id", &self.order_id).field("amount", &self.amount).finish_non_exhaustive()
    }
}

impl<'a> Endpoint<'a> for CreateBudgetPayment<'a> {
    const ROUTE: Route = Route {
        provider: Provider::Bank,
        name: "createBudgetPayment",
        method: Method::Post,
        path: "api/v2/paymentBudget",
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
                purpose_code: self.purpose_code.as_str(),
                inn_receiver: self.payee.taxpayer_id.as_str(),
                receiver_account: self.payee.account.as_str(),
                ref_number: card.map(|card| card.rrn),
                card_type: card.map(|card| card.network),
                card_number: card.map(|card| card.pan),
                service_id: written.service_id,
            },
        )
    }

    fn decode(_: &str, answer: Wire<'_>) -> Read<TransferState> {
        TransferState::read(answer)
    }

    fn accept(incoming: &'a Incoming<'a>) -> Result<Self> {
        const NAMES: [&str; 11] = [
            "orderId",
            "amount",
            "comissionAmount",
            "purpose",
            "purposeCode",
            "innReceiver",
            "receiverAccount",
            "refNumber",
            "cardType",
            "cardNumber",
            "serviceId",
        ];
        let given = incoming.body(&Self::ROUTE, &NAMES)?;
        Ok(Self {
            order_id: OrderId::new(given.required("orderId")?).map_err(|error| error.at("orderId"))?,
            payee: BudgetPayee {
                account: given.parsed("receiverAccount", BudgetAccount::parse)?,
                taxpayer_id: given.parsed("innReceiver", TaxpayerId::parse)?,
            },
            purpose_code: given.parsed("purposeCode", PurposeCode::parse)?,
            purpose: given.required("purpose")?,
            service_id: given.required("serviceId")?,
            amount: given.tiyin("amount")?,
            commission: given.tiyin("comissionAmount")?,
            card: PayerCard::accept(&given)?,
            service_type: None,
        })
    }
}
