//! An order to pay, from its acceptance on.

use serde_json::{Value, json};

use super::body::Body;
use super::refusal::{
    BANK_OUTSIDE, FIELDS_MISSING, NO_ACCOUNT, Refusal, UNPRINTABLE_NAME, UNPRINTABLE_PURPOSE, refuse,
};
use super::service::BankService;
use crate::ledger::Money;

/// What has become of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OrderStatus {
    /// It waits to be settled; no money has moved.
    Accepted,
    /// Its money has moved.
    Settled,
    /// Its money will never move.
    Deleted,
}

impl OrderStatus {
    /// The document's word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "Введен",
            Self::Settled => "Проведен",
            Self::Deleted => "Удален",
        }
    }
}

/// The truth about an order, for a judge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankOrder {
    /// The partner's id of it.
    pub order_id: String,
    /// The bank's id of it.
    pub document_id: String,
    /// What has become of it.
    pub status: OrderStatus,
    /// What the receiver gets.
    pub amount: Money,
    /// What leaves the service's account besides.
    pub commission: Money,
    /// The service that pays.
    pub service_id: u64,
}

/// Which of the two requests an order came by.
#[derive(Clone, Copy, Debug)]
pub(super) enum Form {
    Requisites,
    Budget,
}

/// Who is paid.
#[derive(Clone, Debug)]
pub(super) struct Receiver {
    pub(super) name: String,
    pub(super) mfo: String,
    pub(super) account: String,
    pub(super) inn: Option<String>,
}

#[derive(Clone, Debug)]
pub(crate) struct Order {
    pub(crate) id: String,
    pub(super) form: Form,
    pub(super) document_id: String,
    pub(super) service_id: u64,
    pub(super) receiver: Receiver,
    pub(super) purpose: String,
    pub(super) amount: i64,
    pub(super) commission: i64,
    changes: Vec<(u64, OrderStatus)>,
}

impl Order {
    /// Reads an order that nobody has accepted yet.
    pub(super) fn read(form: Form, service: &BankService, body: &Body) -> Result<Self, Refusal> {
        let id = body.required_text("orderId")?;
        let receiver = match form {
            Form::Requisites => receiver(body)?,
            Form::Budget => budget_receiver(body)?,
        };
        let purpose = printable(body.required_text("purpose")?, UNPRINTABLE_PURPOSE)?;
        let (amount, commission) = (body.tiyin("amount")?, body.tiyin("comissionAmount")?);
        check_card(service, body)?;
        if id.contains(char::is_whitespace) || amount == 0 || amount.checked_add(commission).is_none() {
            return refuse(FIELDS_MISSING);
        }
        Ok(Self {
            id: id.into(),
            form,
            document_id: String::new(),
            service_id: service.id,
            receiver,
            purpose,
            amount,
            commission,
            changes: Vec::new(),
        })
    }

    pub(super) fn change(&mut self, at: u64, status: OrderStatus) {
        self.changes.push((at, status));
    }

    /// Its status at a moment; none before it was accepted.
    pub(super) fn seen_at(&self, moment: u64) -> Option<OrderStatus> {
        self.changes.iter().rev().find(|(at, _)| *at <= moment).map(|(_, status)| *status)
    }

    pub(super) fn status(&self) -> OrderStatus {
        self.seen_at(u64::MAX).unwrap_or(OrderStatus::Accepted)
    }

    pub(super) fn told(&self, status: OrderStatus) -> Value {
        let data = json!({ "payment_status": status.as_str(), "doc_id": self.document_id });
        json!({ "status": "success", "code": 0, "data": data })
    }

    pub(crate) fn truth(&self) -> BankOrder {
        BankOrder {
            order_id: self.id.clone(),
            document_id: self.document_id.clone(),
            status: self.status(),
            amount: Money::tiyin(self.amount),
            commission: Money::tiyin(self.commission),
            service_id: self.service_id,
        }
    }
}

fn receiver(body: &Body) -> Result<Receiver, Refusal> {
    Ok(Receiver {
        name: printable(body.required_text("receiverName")?, UNPRINTABLE_NAME)?,
        mfo: body.required_digits("mfoReceiver", 5, BANK_OUTSIDE)?.into(),
        account: body.required_digits("receiverAccount", 20, NO_ACCOUNT)?.into(),
        inn: body.digits("innReceiver", 9)?.map(String::from),
    })
}

fn budget_receiver(body: &Body) -> Result<Receiver, Refusal> {
    body.required_digits("purposeCode", 5, FIELDS_MISSING)?;
    Ok(Receiver {
        name: "Казначейство".into(),
        mfo: "00014".into(),
        account: body.required_digits("receiverAccount", 27, NO_ACCOUNT)?.into(),
        inn: Some(body.required_digits("innReceiver", 9, FIELDS_MISSING)?.into()),
    })
}

fn printable(text: &str, code: u32) -> Result<String, Refusal> {
    if text.contains(char::is_control) { refuse(code) } else { Ok(text.into()) }
}

/// The payer's card: only looked at, since nothing tells of it again.
fn check_card(service: &BankService, body: &Body) -> Result<(), Refusal> {
    let given = [body.text("refNumber")?, body.text("cardType")?, body.digits("cardNumber", 16)?];
    let is_whole = !service.needs_card || given.iter().all(Option::is_some);
    let [_, network, _] = given;
    let is_known = network.is_none_or(|network| matches!(network, "UZCARD" | "HUMO"));
    if is_whole && is_known { Ok(()) } else { refuse(FIELDS_MISSING) }
}
