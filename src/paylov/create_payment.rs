//! `POST servicePayment/create/`: prepares a payment.
//!
//! Source: Paylov's «Service Payment», 4. The amount is whole som: a tiyin part is `fractional_som` before anything is sent.
//! It moves no money, but with a card it sends an SMS: sent twice, there would be two payments to choose from, so it is never
//! sent again by itself. A lost answer is no loss: create again.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;

use super::rejection::rejection;
use super::row::InfoRow;
use crate::card::PhoneNumber;
use crate::encode::{
    account, account_where_given, as_map, as_optional_map, body, filled, filled_where_given, whole_som,
};
use crate::endpoint::{AuthScheme, Effect, Endpoint, Fields, Group, Message, Method, Rejection, Route};
use crate::error::{Error, ErrorCode, Provider, Result, masked};
use crate::money::Money;
use crate::wire::{Incoming, Read, Wire};

/// Prepares a payment to a service.
///
/// ```
/// use tiyin::endpoint::Endpoint;
/// use tiyin::paylov::CreatePayment;
/// use tiyin::{ErrorCode, Money};
///
/// let account = vec![("region".into(), "1".into()), ("customer_code".into(), "1000000".into())];
/// let mut payment = CreatePayment::new("9f877739-bc25-4f0f-a13f-ec485fd04250", account, Money::som("500")?);
/// assert!(payment.encode()?.body.is_some_and(|body| body.starts_with(r#"{"amount":500,"service_id":"9f877739-"#)));
///
/// payment.amount = Money::som("500.50")?;
/// assert_eq!(payment.encode().unwrap_err().code(), ErrorCode::FractionalSom);
/// # Ok::<(), tiyin::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct CreatePayment<'a> {
    /// The service's id.
    pub service_id: Cow<'a, str>,
    /// A value for each field of the service.
    pub account: Fields<'a>,
    /// The amount, of whole som.
    pub amount: Money,
    /// The merchant's own id of the payer.
    pub user_id: Option<Cow<'a, str>>,
    /// The card that will pay: its holder gets a code by SMS, which [`Pay`](super::Pay) then needs.
    pub card_id: Option<Cow<'a, str>>,
    /// The telephone number that the card must have.
    pub phone_number: Option<Cow<'a, str>>,
    /// Details of the SMS; which ones is not documented.
    pub sms: Option<Fields<'a>>,
}

/// A payment that is ready to be paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "js-types", derive(tsify::Tsify))]
pub struct CreatedPayment {
    /// The id to pay it by, and to ask for its status by.
    pub transaction_id: String,
    /// Whose bill it is.
    pub info: Vec<InfoRow>,
    /// The telephone number that the code was sent to, mostly hidden; absent where there is no code.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "js-types", tsify(optional))]
    pub otp_sent_phone: Option<String>,
}

#[derive(Serialize)]
struct Body<'a> {
    amount: i64,
    service_id: &'a str,
    #[serde(serialize_with = "as_map")]
    account: &'a Fields<'a>,
    #[serde(rename = "userId", skip_serializing_if = "Option::is_none")]
    user_id: Option<&'a str>,
    #[serde(rename = "cardId", skip_serializing_if = "Option::is_none")]
    card_id: Option<&'a str>,
    #[serde(rename = "phoneNumber", skip_serializing_if = "Option::is_none")]
    phone_number: Option<String>,
    #[serde(serialize_with = "as_optional_map", skip_serializing_if = "Option::is_none")]
    sms: Option<&'a Fields<'a>>,
}

impl<'a> CreatePayment<'a> {
    /// A payment without a card yet.
    pub fn new(service_id: impl Into<Cow<'a, str>>, account: Fields<'a>, amount: Money) -> Self {
        let service_id = service_id.into();
        Self { service_id, account, amount, user_id: None, card_id: None, phone_number: None, sms: None }
    }
}

/// Without whose account and telephone it is; an account can be a card's number.
impl core::fmt::Debug for CreatePayment<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let mut shown = f.debug_struct("CreatePayment");
        shown.field("service_id", &self.service_id).field("amount", &self.amount);
        shown.field("card_id", &self.card_id.as_deref().map(masked)).finish_non_exhaustive()
    }
}

impl<'a> Endpoint<'a> for CreatePayment<'a> {
    const ROUTE: Route = Route {
        provider: Provider::Paylov,
        name: "createPayment",
        method: Method::Post,
        path: "servicePayment/create/",
        effect: Effect::Prepares,
        group: Group::Payer,
        auth: AuthScheme::Paylov,
        can_be_asked_for: false,
    };

    const REJECTION: Rejection = rejection;

    type Answer = CreatedPayment;

    fn encode(&self) -> Result<Message> {
        let phone_number = self.phone_number.as_deref().map(PhoneNumber::parse).transpose();
        body(
            Self::ROUTE.path,
            &Body {
                service_id: filled(&self.service_id, "serviceId")?,
                account: account(&self.account, "account")?,
                amount: whole_som(self.amount)?,
                user_id: filled_where_given(&self.user_id, "userId")?,
                card_id: filled_where_given(&self.card_id, "cardId")?,
                phone_number: phone_number.map_err(|error| error.at("phoneNumber"))?.map(PhoneNumber::with_plus),
                sms: account_where_given(&self.sms, "sms")?,
            },
        )
    }

    fn decode(_: &str, result: Wire<'_>) -> Read<CreatedPayment> {
        Ok(CreatedPayment {
            transaction_id: result.filled("transactionId").ok_or("transactionId")?,
            info: result.optional_readable("data", InfoRow::read).unwrap_or_default(),
            otp_sent_phone: result.member("sms").and_then(|sms| sms.optional_text("otpSentPhone")),
        })
    }

    fn accept(incoming: &'a Incoming<'a>) -> Result<Self> {
        const NAMES: [&str; 7] = ["amount", "service_id", "account", "userId", "cardId", "phoneNumber", "sms"];
        let given = incoming.body(&Self::ROUTE, &NAMES)?;
        let account = given.fields("account")?.ok_or_else(|| Error::about(ErrorCode::MissingField, "account"))?;
        Ok(Self {
            service_id: given.required("service_id")?,
            account,
            amount: given.som("amount")?,
            user_id: given.optional("userId")?,
            card_id: given.optional("cardId")?,
            phone_number: given.optional("phoneNumber")?,
            sms: given.fields("sms")?,
        })
    }
}
