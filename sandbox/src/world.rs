//! What all providers share: the time, the seed, the ledger, and what is still to happen.

use std::collections::BTreeMap;

use crate::bank;
use crate::faults::Route;
use crate::ledger::Ledger;
use crate::message::Request;
use crate::paylov::{self, LateCharge};

/// Whether requests need a key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Auth {
    /// Nobody looks at keys.
    #[default]
    None,
    /// A request without a key, or with one that begins with `wrong`, is refused.
    Required,
}

#[derive(Clone, Debug)]
pub(crate) struct World {
    pub(crate) now: u64,
    pub(crate) seed: u64,
    pub(crate) auth: Auth,
    pub(crate) ledger: Ledger,
    /// By moment, and of one moment in the order in which it was put off.
    late: BTreeMap<(u64, u64), Late>,
    put_off: u64,
}

/// What happens later than its request's answer says.
#[derive(Clone, Debug)]
pub(crate) enum Late {
    Request(Route, Request),
    Charge(LateCharge),
    Order(bank::Order),
    /// Of the order at this place among those that were accepted.
    Settlement(usize),
}

impl World {
    pub(crate) fn new(seed: u64, auth: Auth) -> Self {
        Self { now: 0, seed, auth, ledger: Ledger::default(), late: BTreeMap::new(), put_off: 0 }
    }

    pub(crate) fn later(&mut self, after_ms: u64, what: Late) {
        self.late.insert((self.now.saturating_add(after_ms), self.put_off), what);
        self.put_off = self.put_off.saturating_add(1);
    }

    pub(crate) fn next_late(&self) -> Option<u64> {
        self.late.first_key_value().map(|((at, _), _)| *at)
    }

    pub(crate) fn take_late(&mut self) -> Option<Late> {
        self.late.pop_first().map(|(_, what)| what)
    }

    /// How many payments of a transaction are still being executed.
    pub(crate) fn late_payments_of(&self, transaction_id: &str) -> usize {
        let is_of = |late: &&Late| match late {
            Late::Request(Route::Pay, request) => paylov::pays(request, transaction_id),
            Late::Charge(charge) => charge.transaction_id == transaction_id,
            _ => false,
        };
        self.late.values().filter(is_of).count()
    }

    /// How many requests for an order are still being executed.
    pub(crate) fn late_orders_of(&self, order_id: &str) -> usize {
        let is_of = |late: &&Late| match late {
            Late::Request(Route::BankPayment | Route::BankPaymentBudget, request) => bank::orders(request, order_id),
            Late::Order(order) => order.id == order_id,
            _ => false,
        };
        self.late.values().filter(is_of).count()
    }
}
