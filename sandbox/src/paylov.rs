//! Paylov's service payments, from its document of that name.
//!
//! Amounts are whole som, timestamps have no zone, and every failure is HTTP 400 with `{ "error": { "code", "message" } }`.
//! The document has no codes; those here are of a published client (see [`magic`]). Where it promises no protection against a
//! repeat there is none: a second `pay` charges once more.

mod account;
mod body;
mod cards;
mod catalogue;
mod create;
mod info;
pub mod magic;
mod pay;
mod refusal;
mod status;
mod transaction;

use std::collections::{BTreeMap, VecDeque};

use serde_json::{Value, json};

pub use cards::{Card, CardState};
pub use transaction::{Payment, PaymentStatus};

pub(crate) use pay::{LateCharge, pays};

use crate::faults::Route;
use crate::message::{Request, Response};
use crate::world::{Auth, World};
use body::Body;
use info::Paid;
use refusal::{Refusal, refuse};
use transaction::Transaction;

#[derive(Clone, Debug)]
pub(crate) struct Paylov {
    cards: Vec<Card>,
    transactions: BTreeMap<String, Transaction>,
    /// When transactions expire, and which, the first to do so first.
    expiries: VecDeque<(u64, String)>,
    /// What was paid to an account of a service.
    paid: BTreeMap<(&'static str, String), Paid>,
}

/// The document's list of methods spells this one otherwise than its details do.
const ALL_PAID: [&str; 4] = [
    "servicePayment/transaction/all",
    "servicePayment/transaction/all/",
    "merchant/servicePayment/transaction/all",
    "merchant/servicePayment/transaction/all/",
];

/// The route of a path, with its method.
pub(crate) fn route_of(path: &str) -> Option<(Route, &'static str)> {
    let path = path.strip_prefix("/paylov/")?;
    if ALL_PAID.contains(&path) {
        return Some((Route::All, "GET"));
    }
    Some(match path.strip_prefix("servicePayment/")? {
        "list/" => (Route::List, "GET"),
        "info/" => (Route::Info, "POST"),
        "create/" => (Route::Create, "POST"),
        "pay/" => (Route::Pay, "POST"),
        "transaction/status/" => (Route::Status, "GET"),
        path => {
            service_in(path)?;
            (Route::Fields, "GET")
        }
    })
}

/// The id in `fields/{service_id}/`.
fn service_in(path: &str) -> Option<&str> {
    path.strip_prefix("fields/")?.strip_suffix('/').filter(|id| !id.is_empty() && !id.contains('/'))
}

impl Paylov {
    pub(crate) fn new() -> Self {
        Self {
            cards: cards::all().into(),
            transactions: BTreeMap::new(),
            expiries: VecDeque::new(),
            paid: BTreeMap::new(),
        }
    }

    pub(crate) fn cards(&self) -> &[Card] {
        &self.cards
    }

    pub(crate) fn transaction(&self, id: &str) -> Option<&Transaction> {
        self.transactions.get(id)
    }

    pub(crate) fn transactions(&self) -> impl Iterator<Item = &Transaction> {
        let mut all: Vec<_> = self.transactions.values().collect();
        all.sort_by_key(|transaction| transaction.number);
        all.into_iter()
    }

    pub(crate) fn next_expiry(&self) -> Option<u64> {
        self.expiries.front().map(|(at, _)| *at)
    }

    /// Cancels the transaction that expires next, unless it was paid.
    pub(crate) fn expire(&mut self, at: u64) {
        if let Some((_, id)) = self.expiries.pop_front()
            && let Some(transaction) = self.transactions.get_mut(&id)
            && transaction.status() == PaymentStatus::Created
        {
            transaction.change(at, PaymentStatus::Cancelled);
        }
    }

    /// Executes a request; what it reads is as it was so many milliseconds ago.
    pub(crate) fn answer(&mut self, route: Route, request: &Request, world: &mut World, behind: u64) -> Response {
        let result = checked_key(request, world.auth).and_then(|()| self.result(route, request, world, behind));
        match result {
            Ok(result) => Response::json(200, &json!({ "result": result })),
            Err(refusal) => refusal.response(),
        }
    }

    fn result(&mut self, route: Route, request: &Request, world: &mut World, behind: u64) -> Result<Value, Refusal> {
        let seen_at = world.now.saturating_sub(behind);
        match route {
            Route::List => Ok(catalogue::list(request.query("available_for_me").as_deref() == Some("true"))),
            Route::Fields => {
                let id = request.path().strip_prefix("/paylov/servicePayment/").and_then(service_in);
                catalogue::service(id.unwrap_or_default()).map(catalogue::fields)
            }
            Route::Info => self.info(&Body::of(request)?, world),
            Route::Create => self.create(&Body::of(request)?, world),
            Route::Pay => self.pay(&Body::of(request)?, world),
            Route::Status => self.status_of(request, seen_at),
            Route::All => self.all_paid(request, seen_at),
            _ => refuse("unknown_error", "this is no request to Paylov"),
        }
    }
}

/// The document's header, or the one of newer pages.
fn checked_key(request: &Request, auth: Auth) -> Result<(), Refusal> {
    let bearer = || request.header("authorization").and_then(|value| value.strip_prefix("Bearer "));
    let key = request.header("api-key").or_else(bearer).unwrap_or_default();
    let is_well_formed = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_graphic());
    if auth == Auth::None || is_well_formed && !key.starts_with("wrong") {
        return Ok(());
    }
    refuse("authentication_failed", "give your key in the header api-key, or as Authorization: Bearer")
}
