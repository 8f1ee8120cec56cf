//! The bank's payments by requisites, from its document of that name.
//!
//! Amounts are whole tiyin: text in requests and balances, integers in statements. Every failure is HTTP 200 with
//! `{ "status": "error", "code", "message", "data": null }`. An order is accepted first and settled later; money moves when it
//! is settled. An order id is good for one order: a repeat is refused, whatever is in it.

mod body;
mod credentials;
pub mod magic;
mod order;
mod payment;
mod refusal;
mod service;
mod statement;

use serde_json::{Value, json};

pub use order::{BankOrder, OrderStatus};
pub use service::BankService;

pub(crate) use order::Order;
pub(crate) use payment::orders;

use crate::faults::Route;
use crate::message::{self, Request, Response};
use crate::world::World;
use body::Body;
use order::Form;
use refusal::{Refusal, refuse};

#[derive(Clone, Debug)]
pub(crate) struct Bank {
    services: Vec<BankService>,
    /// In the order in which they were accepted.
    orders: Vec<Order>,
    /// Orders of [`magic::Effect::FailsOnce`] that have failed, by their ids.
    failed: Vec<String>,
    /// How many rows of statements there are, besides those that a service begins with.
    entries: u64,
}

const PREFIX: &str = "/bank/api/v2/";

/// The route of a path, with its method.
pub(crate) fn route_of(path: &str) -> Option<(Route, &'static str)> {
    Some(match path.strip_prefix(PREFIX)? {
        "services" => (Route::BankServices, "GET"),
        "payment" => (Route::BankPayment, "POST"),
        "paymentBudget" => (Route::BankPaymentBudget, "POST"),
        "account/payments" => (Route::BankStatement, "POST"),
        path if within(path, "payment/", "").is_some() => (Route::BankPaymentStatus, "GET"),
        path => {
            within(path, "account/", "/balance")?;
            (Route::BankBalance, "GET")
        }
    })
}

/// The one segment between a beginning and an end.
fn within<'a>(path: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let segment = path.strip_prefix(before)?.strip_suffix(after)?;
    Some(segment).filter(|segment| !segment.is_empty() && !segment.contains('/'))
}

/// What a path names between a beginning and an end.
fn named(request: &Request, before: &str, after: &str) -> String {
    let segment = request.path().strip_prefix(PREFIX).and_then(|path| within(path, before, after));
    message::unescaped_segment(segment.unwrap_or_default())
}

impl Bank {
    pub(crate) fn new() -> Self {
        Self { services: service::all().into(), orders: Vec::new(), failed: Vec::new(), entries: 0 }
    }

    pub(crate) fn services(&self) -> &[BankService] {
        &self.services
    }

    pub(crate) fn order(&self, id: &str) -> Option<&Order> {
        self.orders.iter().find(|order| order.id == id)
    }

    pub(crate) fn orders(&self) -> &[Order] {
        &self.orders
    }

    /// Executes a request; what it reads is as it was so many milliseconds ago.
    pub(crate) fn answer(&mut self, route: Route, request: &Request, world: &mut World, behind: u64) -> Response {
        let result = credentials::check(request, world.auth).and_then(|()| self.result(route, request, world, behind));
        match result {
            Ok(answer) => Response::json(200, &answer),
            Err(refusal) => refusal.response(),
        }
    }

    fn result(&mut self, route: Route, request: &Request, world: &mut World, behind: u64) -> Result<Value, Refusal> {
        let seen_at = world.now.saturating_sub(behind);
        match route {
            Route::BankServices => {
                let services: Vec<_> = self.services.iter().map(BankService::json).collect();
                Ok(json!({ "status": "success", "code": 0, "data": services }))
            }
            Route::BankPayment => self.pay(Form::Requisites, &Body::of(request)?, world),
            Route::BankPaymentBudget => self.pay(Form::Budget, &Body::of(request)?, world),
            Route::BankPaymentStatus => self.status_of(&named(request, "payment/", ""), seen_at),
            Route::BankBalance => self.balance(&named(request, "account/", "/balance"), seen_at, world),
            Route::BankStatement => self.statement(&Body::of(request)?, seen_at, world),
            _ => refuse(refusal::NO_ACCESS),
        }
    }

    fn status_of(&self, order_id: &str, seen_at: u64) -> Result<Value, Refusal> {
        let order = self.order(order_id);
        let seen = order.and_then(|order| Some(order.told(order.seen_at(seen_at)?)));
        seen.ok_or(Refusal::new(refusal::NO_DATA))
    }

    fn service(&self, id: u64) -> Result<&BankService, Refusal> {
        if let Some(code) = magic::code_of_service(id) {
            return refuse(code);
        }
        self.services.iter().find(|service| service.id == id).ok_or(Refusal::new(refusal::NO_SERVICE))
    }
}
