//! An order of either kind, and how two of one id are told apart.

use alloc::string::String;
use alloc::vec::Vec;

use sha2::{Digest, Sha256};

use super::create_budget_payment::CreateBudgetPayment;
use super::create_payment::CreatePayment;
use super::transfer::PayerCard;
use crate::endpoint::{Endpoint, Message};
use crate::error::Result;
use crate::requisites::{OrderId, TaxpayerId};
use crate::text::{hex_digit, into_string, write_number};

/// An order to an account, or to a budget.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TransferOrder<'a> {
    /// To an account.
    Requisites(CreatePayment<'a>),
    /// To a budget.
    Budget(CreateBudgetPayment<'a>),
}

impl<'a> TransferOrder<'a> {
    /// The merchant's own id of the order.
    #[must_use]
    pub fn order_id(&self) -> &OrderId<'a> {
        match self {
            Self::Requisites(order) => &order.order_id,
            Self::Budget(order) => &order.order_id,
        }
    }

    /// What is sent.
    ///
    /// # Errors
    /// As the order's [`encode`](Endpoint::encode).
    pub fn encode(&self) -> Result<Message> {
        match self {
            Self::Requisites(order) => order.encode(),
            Self::Budget(order) => order.encode(),
        }
    }

    /// The SHA-256 of what makes this order, in lower-case hexadecimal digits: another order has another one.
    ///
    /// The card's number is not in it. There are so few of them that whoever knows the rest of the order would find it by trying;
    /// payments from two cards differ in their reference numbers, which are in it.
    ///
    /// It is taken of a list of values, each written as its length in bytes, a colon, the value and a comma: `tiyin-order-1`;
    /// `requisites` or `budget`; the order's id; the service's; the amount and the commission in tiyin; the purpose; its code; the
    /// payee's name, bank, account and taxpayer's number; the card's network and the reference number. What an order does not have
    /// is empty.
    #[must_use]
    pub fn hash(&self) -> String {
        match self {
            Self::Requisites(order) => digest(&Canonical {
                kind: "requisites",
                order_id: &order.order_id,
                service_id: &order.service_id,
                amounts: [order.amount.minor(), order.commission.minor()],
                purpose: [&order.purpose, ""],
                payee: [
                    &order.payee.name,
                    order.payee.bank_code.as_str(),
                    order.payee.account.as_str(),
                    order.payee.taxpayer_id.as_ref().map_or("", TaxpayerId::as_str),
                ],
                card: order.card.as_ref(),
            }),
            Self::Budget(order) => digest(&Canonical {
                kind: "budget",
                order_id: &order.order_id,
                service_id: &order.service_id,
                amounts: [order.amount.minor(), order.commission.minor()],
                purpose: [&order.purpose, order.purpose_code.as_str()],
                payee: ["", "", order.payee.account.as_str(), order.payee.taxpayer_id.as_str()],
                card: order.card.as_ref(),
            }),
        }
    }
}

/// What makes an order.
struct Canonical<'a> {
    kind: &'static str,
    order_id: &'a OrderId<'a>,
    service_id: &'a str,
    amounts: [i64; 2],
    purpose: [&'a str; 2],
    payee: [&'a str; 4],
    card: Option<&'a PayerCard<'a>>,
}

fn digest(order: &Canonical<'_>) -> String {
    let [amount, commission] = order.amounts.map(|minor| {
        let mut digits = Vec::new();
        write_number(minor.unsigned_abs(), &mut digits);
        into_string(digits)
    });
    let [purpose, purpose_code] = order.purpose;
    let [name, bank_code, account, taxpayer_id] = order.payee;
    let (network, rrn) = order.card.map_or(("", ""), |card| (card.network.as_str(), &*card.rrn));
    let mut canonical = Vec::new();
    for value in [
        "tiyin-order-1",
        order.kind,
        order.order_id.as_str(),
        order.service_id,
        &amount,
        &commission,
        purpose,
        purpose_code,
        name,
        bank_code,
        account,
        taxpayer_id,
        network,
        rrn,
    ] {
        write_number(value.len() as u64, &mut canonical);
        canonical.push(b':');
        canonical.extend_from_slice(value.as_bytes());
        canonical.push(b',');
    }
    let hash = Sha256::digest(&canonical);
    // The bit of lower case does nothing to a decimal digit.
    into_string(hash.iter().flat_map(|byte| [hex_digit(byte >> 4) | 0x20, hex_digit(*byte) | 0x20]).collect())
}
