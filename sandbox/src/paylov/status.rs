//! What is told of payments: of one, and of all that were paid.

use std::cmp::Reverse;

use serde_json::{Value, json};

use super::Paylov;
use super::refusal::{Refusal, refuse};
use super::transaction::{PaymentStatus, Transaction};
use crate::clock;
use crate::message::Request;

impl Paylov {
    /// `GET servicePayment/transaction/status/?transactionId=…`
    pub(super) fn status_of(&self, request: &Request, seen_at: u64) -> Result<Value, Refusal> {
        let id = request.query("transactionId").filter(|id| !id.is_empty());
        let id = id.ok_or_else(|| Refusal::new("field_required", "transactionId is required"))?;
        let transaction = self.transactions.get(&id);
        let transaction =
            transaction.ok_or_else(|| Refusal::new("transaction_not_found", "there is no such transaction"))?;
        let seen = transaction.seen_at(seen_at);
        let since = |status| (seen.status == status).then(|| clock::timestamp(seen.at));
        Ok(json!({
            "transactionId": id,
            "status": seen.status.as_str(),
            "payedAt": since(PaymentStatus::Paid),
            "serviceId": transaction.service.id,
            "cancelTime": since(PaymentStatus::Cancelled),
            "amount": transaction.som,
        }))
    }

    /// `GET servicePayment/transaction/all`: the latest first, as in the document's example.
    pub(super) fn all_paid(&self, request: &Request, seen_at: u64) -> Result<Value, Refusal> {
        let filter = Filter::of(request)?;
        let seen = self.transactions.values().map(|transaction| (transaction, transaction.seen_at(seen_at)));
        let paid = seen.filter(|(_, seen)| seen.status == PaymentStatus::Paid);
        let mut paid: Vec<_> = paid.map(|(transaction, seen)| (seen.at, transaction)).collect();
        paid.retain(|(at, transaction)| filter.lets_through(transaction, &clock::timestamp(*at)));
        paid.sort_by_key(|(at, transaction)| Reverse((*at, transaction.number)));
        let transactions: Vec<_> = paid.iter().map(|(at, transaction)| self.paid_row(transaction, *at)).collect();
        Ok(json!({ "totalTransaction": transactions.len(), "transactions": transactions, "error": null }))
    }

    fn paid_row(&self, transaction: &Transaction, at: u64) -> Value {
        let card = self.cards.iter().find(|card| Some(card.id) == transaction.card_id);
        json!({
            "id": transaction.id,
            "userId": transaction.user_id,
            "cardNumber": card.map(|card| card.masked_pan),
            "owner": card.map(|card| card.owner),
            "amount": transaction.som,
            "date": clock::timestamp(at),
            "serviceId": transaction.service.id,
        })
    }
}

struct Filter {
    service_id: Option<String>,
    user_id: Option<String>,
    begin: Option<String>,
    end: Option<String>,
}

impl Filter {
    fn of(request: &Request) -> Result<Self, Refusal> {
        Ok(Self {
            service_id: request.query("serviceId"),
            user_id: request.query("userId"),
            begin: date(request, "beginDate")?,
            end: date(request, "endDate")?,
        })
    }

    /// Printed moments are compared as text, which their form allows; an end without a time is the end of that day.
    fn lets_through(&self, transaction: &Transaction, at: &str) -> bool {
        let is_after = |begin: &String| at >= begin.as_str();
        let is_before = |end: &String| at.get(..end.len()).is_none_or(|at| at <= end.as_str());
        self.service_id.as_ref().is_none_or(|id| id == transaction.service.id)
            && self.user_id.as_ref().is_none_or(|id| Some(id) == transaction.user_id.as_ref())
            && self.begin.as_ref().is_none_or(is_after)
            && self.end.as_ref().is_none_or(is_before)
    }
}

/// A date, or a moment as the document prints one.
fn date(request: &Request, name: &str) -> Result<Option<String>, Refusal> {
    let Some(text) = request.query(name) else {
        return Ok(None);
    };
    if clock::is_date(&text) || clock::is_timestamp(&text) {
        return Ok(Some(text));
    }
    refuse("validation_error", format!("{name} must be YYYY-MM-DD, or YYYY-MM-DD HH:MM:SS"))
}
