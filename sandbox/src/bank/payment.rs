//! `POST payment` and `POST paymentBudget`: an order is accepted once, and its money moves when it is settled.

use serde_json::Value;

use super::Bank;
use super::body::Body;
use super::magic::{self, Effect, LATE_ORDER_MS, Settlement};
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
        if self.order(&order.id).is_some() {
            return refuse(SYSTEM_ERROR);
        }
        match magic::effect_of(&order.receiver.account) {
            Some((Effect::Fails, code)) => refuse(code),
            Some((Effect::FailsOnce, code)) if !self.failed.contains(&order.id) => {
                self.failed.push(order.id);
                refuse(code)
            }
            Some((Effect::AcceptsAndFails, code)) => {
                self.accept(order, world);
                refuse(code)
            }
            Some((Effect::FailsAndAcceptsLater, code)) => {
                world.later(LATE_ORDER_MS, Late::Order(order));
                refuse(code)
            }
            _ => {
                let id = order.id.clone();
                self.accept(order, world);
                self.status_of(&id, world.now)
            }
        }
    }

    /// What was put off happens, unless the order was accepted meanwhile.
    pub(crate) fn accept_late(&mut self, order: Order, world: &mut World) {
        if self.order(&order.id).is_none() {
            self.accept(order, world);
        }
    }

    fn accept(&mut self, mut order: Order, world: &mut World) {
        let place = self.orders.len();
        order.document_id = document_id(order.form, place, world.seed);
        order.change(world.now, OrderStatus::Accepted);
        let after_ms = Settlement::of(&order.receiver.account).after_ms();
        self.orders.push(order);
        match after_ms {
            Some(0) => self.settle(place, world),
            Some(after_ms) => world.later(after_ms, Late::Settlement(place)),
            None => (),
        }
    }

    /// Moves the money of the order at a place, or deletes the order where there is too little.
    pub(crate) fn settle(&mut self, place: usize, world: &mut World) {
        let Some(order) = self.orders.get(place).cloned() else {
            return;
        };
        let status = if self.can_settle(&order) { OrderStatus::Settled } else { OrderStatus::Deleted };
        if status == OrderStatus::Settled {
            self.transfer(&order, world);
        }
        if let Some(order) = self.orders.get_mut(place) {
            order.change(world.now, status);
        }
    }

    fn can_settle(&self, order: &Order) -> bool {
        let total = order.amount.saturating_add(order.commission);
        let has_funds = self.service(order.service_id).is_ok_and(|service| service.can_pay(total));
        has_funds && !Settlement::of(&order.receiver.account).deletes()
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
fn document_id(form: Form, place: usize, seed: u64) -> String {
    let number = draw(seed, Purpose::DocumentId, u64::try_from(place).unwrap_or(u64::MAX)) % 10_000_000_000;
    match form {
        Form::Requisites => format!("1180_{number:010}"),
        Form::Budget => format!("{number:010}"),
    }
}
