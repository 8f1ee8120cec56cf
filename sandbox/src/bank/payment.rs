//! `POST payment` and `POST paymentBudget`: an order is accepted once, and its money moves when it is settled.

use serde_json::Value;

use super::Bank;
use super::body::Body;
use super::magic::{self, Effect, LATE_ORDER_MS, SETTLEMENT_MS, SLOW_SETTLEMENT_MS, Settlement};
use super::order::{Form, Order, OrderStatus};
use super::refusal::{NO_ACCESS, Refusal, SYSTEM_ERROR, refuse};
use super::service::LAST_OPENING_ENTRY;
use crate::ledger::{BankRow, LedgerRow, Money, MovementKind, Provider};
use crate::message::Request;
use crate::seed::{Purpose, draw};
use crate::world::{Late, World};

/// Whether a request has this order.
pub(crate) fn orders(request: &Request, order_id: &str) -> bool {
    let body = Body::parsed(&request.body);
    body.is_some_and(|body| body.text("orderId").is_ok_and(|id| id == Some(order_id)))
}

impl Bank {
    pub(super) fn pay(&mut self, form: Form, body: &Body, world: &mut World) -> Result<Value, Refusal> {
        let service = self.service(body.number("serviceId")?)?;
        if !service.activated {
            return refuse(NO_ACCESS);
        }
        let order = Order::read(form, service, body)?;
        if self.orders.contains_key(&order.id) {
            return refuse(SYSTEM_ERROR);
        }
        match magic::effect_of(&order.receiver.account) {
            Some((Effect::Fails, code)) => refuse(code),
            Some((Effect::FailsOnce, code)) if self.failed.insert(order.id.clone()) => refuse(code),
            Some((Effect::AcceptsAndFails, code)) => self.accept(order, world).and_then(|_| refuse(code)),
            Some((Effect::FailsAndAcceptsLater, code)) => {
                world.later(LATE_ORDER_MS, Late::Order(order));
                refuse(code)
            }
            _ => self.accept(order, world),
        }
    }

    /// What was put off happens, unless the order was accepted meanwhile.
    pub(crate) fn accept_late(&mut self, order: Order, world: &mut World) {
        if !self.orders.contains_key(&order.id) {
            drop(self.accept(order, world));
        }
    }

    fn accept(&mut self, mut order: Order, world: &mut World) -> Result<Value, Refusal> {
        order.number = u64::try_from(self.orders.len()).unwrap_or(u64::MAX);
        order.document_id = document_id(&order, world.seed);
        order.change(world.now, OrderStatus::Accepted);
        let (id, settlement) = (order.id.clone(), Settlement::of(&order.receiver.account));
        self.orders.insert(id.clone(), order);
        match settlement {
            Settlement::AtOnce | Settlement::DeletedAtOnce => self.settle(&id, world),
            Settlement::Usual | Settlement::Deleted => world.later(SETTLEMENT_MS, Late::Settlement(id.clone())),
            Settlement::Slow => world.later(SLOW_SETTLEMENT_MS, Late::Settlement(id.clone())),
            Settlement::Never => (),
        }
        self.status_of(&id, world.now)
    }

    /// Moves an order's money, or deletes the order where there is too little.
    pub(crate) fn settle(&mut self, order_id: &str, world: &mut World) {
        let Some(mut order) = self.orders.remove(order_id) else {
            return;
        };
        let status = if self.can_settle(&order) {
            self.transfer(&order, world);
            OrderStatus::Settled
        } else {
            OrderStatus::Deleted
        };
        order.change(world.now, status);
        self.orders.insert(order_id.into(), order);
    }

    fn can_settle(&self, order: &Order) -> bool {
        let settlement = Settlement::of(&order.receiver.account);
        let total = order.amount.saturating_add(order.commission);
        !matches!(settlement, Settlement::Deleted | Settlement::DeletedAtOnce)
            && self.service(order.service_id).is_ok_and(|service| service.can_pay(total))
    }

    fn transfer(&mut self, order: &Order, world: &mut World) {
        self.enter(order, order.service_id, MovementKind::Transfer, order.amount, world);
        if order.commission > 0 {
            self.enter(order, order.service_id, MovementKind::Commission, order.commission, world);
        }
        let own = self.services.iter().find(|service| service.account == order.receiver.account);
        if let Some(receiver) = own.map(|service| service.id) {
            self.enter(order, receiver, MovementKind::Receipt, order.amount, world);
        }
    }

    /// Changes the balance of a service, and writes the row of the ledger that its statement will have.
    fn enter(&mut self, order: &Order, service_id: u64, kind: MovementKind, tiyin: i64, world: &mut World) {
        let Some(service) = self.services.iter_mut().find(|service| service.id == service_id) else {
            return;
        };
        let change = if kind == MovementKind::Receipt { tiyin } else { tiyin.saturating_neg() };
        let balance_after = service.add(change);
        self.entries = self.entries.saturating_add(1);
        world.ledger.add(LedgerRow::Bank(BankRow {
            at: world.now,
            provider: Provider::Bank,
            kind,
            entry_id: LAST_OPENING_ENTRY.saturating_add(self.entries),
            order_id: order.id.clone(),
            document_id: order.document_id.clone(),
            amount: Money::tiyin(tiyin),
            balance_after,
            service_id: service_id.to_string(),
        }));
    }
}

/// The document's two examples have different ones.
fn document_id(order: &Order, seed: u64) -> String {
    let number = draw(seed, Purpose::DocumentId, order.number) % 10_000_000_000;
    match order.form {
        Form::Requisites => format!("1180_{number:010}"),
        Form::Budget => format!("{number:010}"),
    }
}
