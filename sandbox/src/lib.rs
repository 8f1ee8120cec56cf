//! A simulator of the payment providers that `tiyin` speaks to.
//!
//! It is written from the providers' documents and knows nothing of the client's types, so that the two check each other.
//! It is stateful: cards and accounts have balances, payments move money, and every movement stands in a [ledger](Sandbox::ledger),
//! which is the judge of what really happened. It is deterministic: time and seed are arguments, and the same requests
//! get the same replies. Where a document promises no protection against a repeat, it gives none: a second `pay` charges
//! twice, while the bank refuses an order's id the second time.
//!
//! ```
//! use tiyin_sandbox::{Answer, Config, Request, Sandbox};
//!
//! let mut sandbox = Sandbox::new(Config::default());
//! let request = Request::get("/paylov/servicePayment/list/?available_for_me=true");
//! let Answer::Answered(response) = sandbox.handle(&request, 1_728_899_628_000).answer else { unreachable!() };
//! assert_eq!(response.status, 200);
//! assert!(sandbox.ledger().is_empty());
//! ```
//!
//! Magic values choose outcomes and [`Faults`] disturb the exchange; the crate's README lists both.

#![forbid(unsafe_code)]

mod bank;
mod clock;
mod faults;
#[cfg(feature = "js")]
#[expect(unreachable_pub, reason = "wasm-bindgen exports only what is pub")]
mod js;
mod ledger;
mod message;
mod paylov;
mod seed;
mod world;

pub use bank::magic as bank_magic;
pub use bank::{BankOrder, BankService, OrderStatus};
pub use faults::{FaultKind, Faults, Random, Route, Rule};
pub use ledger::{BankRow, Currency, LedgerRow, Money, MovementKind, PaylovRow, Provider};
pub use message::{Answer, Reply, Request, Response};
pub use paylov::magic;
pub use paylov::{Card, CardState, Payment, PaymentStatus};
pub use world::Auth;

use std::collections::BTreeMap;

use bank::{Bank, Order};
use faults::{Armed, Strike};
use paylov::Paylov;
use world::{Late, World};

/// What a sandbox begins with.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Decides ids and random faults.
    pub seed: u64,
    /// Whether requests need a key.
    pub auth: Auth,
    /// What goes wrong on the way.
    pub faults: Faults,
}

/// The providers, their cards and accounts, and what has happened so far.
#[derive(Clone, Debug)]
pub struct Sandbox {
    world: World,
    faults: Armed,
    paylov: Paylov,
    bank: Bank,
}

impl Sandbox {
    /// A sandbox in which nothing has happened yet.
    #[must_use]
    pub fn new(config: Config) -> Self {
        let Config { seed, auth, faults } = config;
        let (world, faults) = (World::new(seed, auth), Armed::new(seed, faults));
        Self { world, faults, paylov: Paylov::new(), bank: Bank::new() }
    }

    /// Takes a request at a moment, in milliseconds since 1970. A moment before one it has seen counts as that one.
    pub fn handle(&mut self, request: &Request, now: u64) -> Reply {
        self.advance(now);
        let route = match route(request) {
            Ok(route) => route,
            Err(response) => return Reply::at_once(response),
        };
        match self.faults.strike(route) {
            Some(strike) => self.disturbed(strike, route, request),
            None => Reply::at_once(self.execute(route, request)),
        }
    }

    /// Lets what is due up to a moment happen: late executions, settlements, and payments cancelled because nobody paid them.
    pub fn advance(&mut self, now: u64) {
        let now = now.max(self.world.now);
        loop {
            let expiry = self.paylov.next_expiry().filter(|at| *at <= now);
            let late = self.world.next_late().filter(|at| *at <= now);
            match (expiry, late) {
                (Some(at), late) if late.is_none_or(|late| at <= late) => self.paylov.expire(at),
                (_, Some(at)) => self.happen_late(at),
                _ => break,
            }
        }
        self.world.now = now;
    }

    /// Replaces the faults; rules count anew.
    pub fn set_faults(&mut self, faults: Faults) {
        self.faults.replace(faults);
    }

    /// How often each fault struck each route so far.
    #[must_use]
    pub fn fault_counts(&self) -> &BTreeMap<(FaultKind, Route), u64> {
        self.faults.counts()
    }

    /// Every movement of money so far, in its order.
    #[must_use]
    pub fn ledger(&self) -> &[LedgerRow] {
        self.world.ledger.rows()
    }

    /// The cards, with what is on them now.
    #[must_use]
    pub fn cards(&self) -> &[Card] {
        self.paylov.cards()
    }

    /// What is on a card now.
    #[must_use]
    pub fn balance(&self, card_id: &str) -> Option<Money> {
        self.cards().iter().find(|card| card.id == card_id).map(Card::balance)
    }

    /// The true state of a payment, whatever its status reads may say.
    #[must_use]
    pub fn payment(&self, transaction_id: &str) -> Option<Payment> {
        let late = self.world.late_payments_of(transaction_id);
        self.paylov.transaction(transaction_id).map(|transaction| transaction.truth(late))
    }

    /// The true states of all payments, in the order in which they were created.
    #[must_use]
    pub fn payments(&self) -> Vec<Payment> {
        let late = |id: &str| self.world.late_payments_of(id);
        self.paylov.transactions().map(|transaction| transaction.truth(late(&transaction.id))).collect()
    }

    /// The bank's services, with what is on their accounts now.
    #[must_use]
    pub fn bank_services(&self) -> &[BankService] {
        self.bank.services()
    }

    /// The true state of an order, whatever its status reads may say; none of one that was not accepted.
    #[must_use]
    pub fn order(&self, order_id: &str) -> Option<BankOrder> {
        self.bank.order(order_id).map(Order::truth)
    }

    /// The true states of all orders, in the order in which they were accepted.
    #[must_use]
    pub fn orders(&self) -> Vec<BankOrder> {
        self.bank.orders().iter().map(Order::truth).collect()
    }

    /// How many requests for an order are being executed and will still be accepted, or fail.
    #[must_use]
    pub fn orders_executing_late(&self, order_id: &str) -> usize {
        self.world.late_orders_of(order_id)
    }

    fn execute(&mut self, route: Route, request: &Request) -> Response {
        self.execute_seen(route, request, 0)
    }

    /// Executes with reads that are so many milliseconds behind.
    fn execute_seen(&mut self, route: Route, request: &Request, behind: u64) -> Response {
        match route.provider() {
            Provider::Paylov => self.paylov.answer(route, request, &mut self.world, behind),
            Provider::Bank => self.bank.answer(route, request, &mut self.world, behind),
        }
    }

    fn happen_late(&mut self, at: u64) {
        self.world.now = self.world.now.max(at);
        match self.world.take_late() {
            Some(Late::Request(route, request)) => drop(self.execute(route, &request)),
            Some(Late::Charge(charge)) => self.paylov.charge_late(&charge, &mut self.world),
            Some(Late::Order(order)) => self.bank.accept_late(order, &mut self.world),
            Some(Late::Settlement(place)) => self.bank.settle(place, &mut self.world),
            None => (),
        }
    }

    /// What a fault makes of a request. Whether it is executed, and when, is what a client cannot know.
    fn disturbed(&mut self, strike: Strike, route: Route, request: &Request) -> Reply {
        let Strike { kind, ms, draw } = strike;
        match kind {
            FaultKind::DropBefore => return Reply::dropped(),
            FaultKind::Hang => return Reply::hanging(),
            FaultKind::ServerError => return Reply::at_once(Response::server_error()),
            FaultKind::Html => return Reply::at_once(Response::gateway_page(502, "Bad Gateway")),
            FaultKind::RateLimited => return Reply::at_once(Response::too_many_requests(ms)),
            FaultKind::StaleStatus => return Reply::at_once(self.execute_seen(route, request, ms)),
            FaultKind::ExecuteLate => {
                self.world.later(ms, Late::Request(route, request.clone()));
                return Reply::dropped();
            }
            _ => (),
        }
        let response = self.execute(route, request);
        match kind {
            FaultKind::DropAfter => Reply::dropped(),
            FaultKind::HangAfter => Reply::hanging(),
            FaultKind::ServerErrorAfter => Reply::at_once(Response::server_error()),
            FaultKind::HtmlAfter => Reply::at_once(Response::gateway_page(504, "Gateway Time-out")),
            FaultKind::BrokenJson => Reply::at_once(response.cut(draw)),
            FaultKind::Empty => Reply::at_once(response.without_body()),
            FaultKind::Delay => Reply { after_ms: ms, answer: Answer::Answered(response) },
            FaultKind::DuplicateDelivery => {
                drop(self.execute(route, request));
                Reply::at_once(response)
            }
            _ => Reply::at_once(response),
        }
    }
}

/// Which route a request takes, or what a web framework says where there is none.
fn route(request: &Request) -> Result<Route, Response> {
    let path = request.path();
    let found = paylov::route_of(path).or_else(|| bank::route_of(path));
    let (route, method) = found.ok_or_else(Response::not_found)?;
    if request.method == method { Ok(route) } else { Err(Response::not_allowed(&request.method, method)) }
}

/// Its example runs as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
