//! `POST servicePayment/pay/`: the one request that moves money, each time it is executed.

use serde_json::{Value, json};

use super::Paylov;
use super::body::Body;
use super::magic::{self, AmountEffect, LATE_CHARGE_MS};
use super::refusal::{Refusal, refuse};
use super::transaction::PaymentStatus;
use crate::clock;
use crate::ledger::{LedgerRow, Money, MovementKind, PaylovRow, Provider};
use crate::message::Request;
use crate::seed::{Purpose, draw};
use crate::world::{Late, World};

/// A charge that its answer did not tell of.
#[derive(Clone, Debug)]
pub(crate) struct LateCharge {
    pub(crate) transaction_id: String,
    card_id: String,
    user_id: Option<String>,
}

/// Whether a request pays this transaction.
pub(crate) fn pays(request: &Request, transaction_id: &str) -> bool {
    let body = Body::parsed(&request.body);
    body.is_some_and(|body| body.text("transactionId").is_ok_and(|id| id == Some(transaction_id)))
}

impl Paylov {
    pub(super) fn pay(&mut self, body: &Body, world: &mut World) -> Result<Value, Refusal> {
        let charge = LateCharge {
            transaction_id: body.required_text("transactionId")?.into(),
            card_id: body.required_text("cardId")?.into(),
            user_id: body.text("userId")?.map(String::from),
        };
        let tiyin = self.check_payment(&charge, body.text("otp")?, world.now)?;
        let card = self.card(&charge.card_id)?;
        card.check_usable()?;
        let effect = magic::effect_of(tiyin.unsigned_abs() / 100);
        if let Some((AmountEffect::PayFails, code)) = effect {
            return refuse(code, "the amount asks for this failure");
        }
        card.check_funds(tiyin)?;
        if let Some((AmountEffect::PayFailsAndChargesLater, code)) = effect {
            world.later(LATE_CHARGE_MS, Late::Charge(charge));
            return refuse(code, "the amount asks for this failure, and for a payment later");
        }
        let receipt = self.charge(&charge, world)?;
        match effect {
            Some((AmountEffect::PayChargesAndFails, code)) => {
                refuse(code, "the amount asks for this failure, after a payment")
            }
            _ => Ok(receipt),
        }
    }

    /// Whether the transaction can be paid with this card and code; gives the amount.
    fn check_payment(&mut self, charge: &LateCharge, otp: Option<&str>, now: u64) -> Result<i64, Refusal> {
        let transaction = self.transactions.get_mut(&charge.transaction_id);
        let transaction =
            transaction.ok_or_else(|| Refusal::new("transaction_not_found", "there is no such transaction"))?;
        if transaction.status() == PaymentStatus::Cancelled {
            return refuse("transaction_not_available_for_payment", "the transaction was cancelled");
        }
        transaction.confirm(&charge.card_id, otp, now)?;
        Ok(transaction.tiyin())
    }

    /// What was put off happens, unless it has become impossible.
    pub(crate) fn charge_late(&mut self, charge: &LateCharge, world: &mut World) {
        let transaction = self.transactions.get(&charge.transaction_id);
        if transaction.is_some_and(|transaction| transaction.status() != PaymentStatus::Cancelled) {
            drop(self.charge(charge, world));
        }
    }

    fn charge(&mut self, charge: &LateCharge, world: &mut World) -> Result<Value, Refusal> {
        let transaction = self.transactions.get_mut(&charge.transaction_id);
        let card = self.cards.iter_mut().find(|card| card.id == charge.card_id);
        let (Some(transaction), Some(card)) = (transaction, card) else {
            return refuse("unknown_error", "nothing to charge");
        };
        let tiyin = transaction.tiyin();
        let balance_after = card.charge(tiyin)?;
        transaction.charges = transaction.charges.saturating_add(1);
        transaction.card_id = Some(card.id);
        transaction.user_id = transaction.user_id.take().or_else(|| charge.user_id.clone());
        transaction.change(world.now, PaymentStatus::Paid);
        let service = transaction.service;
        let row = PaylovRow {
            at: world.now,
            provider: Provider::Paylov,
            kind: MovementKind::Payment,
            transaction_id: transaction.id.clone(),
            card_id: card.id.into(),
            amount: Money::tiyin(tiyin),
            balance_after,
            service_id: service.id.into(),
            account: transaction.account.clone(),
            user_id: transaction.user_id.clone(),
        };
        if let Some(number) = service.number_in(&row.account) {
            let paid = self.paid.entry((service.id, number.into())).or_default();
            paid.add(tiyin, world.now);
        }
        let nth = u64::try_from(world.ledger.rows().len()).unwrap_or(u64::MAX);
        let receipt = receipt(&row, nth, service.gives_vouchers, world);
        world.ledger.add(LedgerRow::Paylov(row));
        Ok(receipt)
    }
}

fn receipt(row: &PaylovRow, nth: u64, with_voucher: bool, world: &World) -> Value {
    let reference = draw(world.seed, Purpose::PaymentReference, nth) % 1_000_000_000_000;
    let mut receipt = json!({
        "transactionId": row.transaction_id,
        "cardId": row.card_id,
        "payedAt": clock::timestamp(row.at),
        "paymentRef": format!("{reference:012}"),
        "eposMerchant": "90510020873",
        "eposTerminal": "92902804",
    });
    if let (true, Some(members)) = (with_voucher, receipt.as_object_mut()) {
        let code = format!("{:016X}", draw(world.seed, Purpose::Voucher, nth));
        members.insert("data".into(), json!([{ "name": "voucher", "value": code, "title": "Код ваучера" }]));
    }
    receipt
}
