//! What went wrong where, and how often: a simulation in which a fault never struck says nothing about it.

use std::collections::{BTreeMap, BTreeSet};

use tiyin_sandbox::{FaultKind, Provider, Route};

use crate::bank;
use crate::network::{ARRIVED_LATE, Counts, Cut};

/// One strike of each kind on each step for so many runs, at least. The rarest comes three times as often, so that no seed meets
/// too few by chance.
const RUNS_A_STRIKE: u64 = 400;

/// What the clients' own end does: give up by signal or by time, of which the provider may hear too late or never, or find
/// nothing to send with.
const LOSSES: [&str; 4] = ["aborted", "timed_out", ARRIVED_LATE, "unsent"];

/// How many bills and charges came to what.
pub(crate) type Tally = BTreeMap<&'static str, u64>;

/// What a tally counts.
pub(crate) const ENDS: [&str; 6] = [
    "paid",
    "not paid",
    "pending, then paid",
    "pending, then cancelled",
    "charged late",
    "charged twice by the network",
];

/// Adds one run's numbers.
pub(crate) fn add<K: Ord>(all: &mut BTreeMap<K, u64>, more: BTreeMap<K, u64>) {
    for (place, count) in more {
        let sum = all.entry(place).or_default();
        *sum = sum.saturating_add(count);
    }
}

/// The steps of a payment, or of settling an order.
fn steps(provider: Provider) -> impl Iterator<Item = Route> {
    let is_step = move |route: &Route| match provider {
        Provider::Paylov => route.provider() == Provider::Paylov,
        Provider::Bank => {
            matches!(route, Route::BankPayment | Route::BankPaymentBudget | Route::BankPaymentStatus)
        }
    };
    Route::ALL.into_iter().filter(is_step)
}

/// What the way and the clients do, besides the sandbox's faults.
fn own_kinds(provider: Provider) -> Vec<&'static str> {
    match provider {
        Provider::Paylov => Cut::ALL.into_iter().map(Cut::as_str).chain(LOSSES).collect(),
        Provider::Bank => bank::Cut::ALL.into_iter().map(bank::Cut::as_str).chain(bank::LOSSES).collect(),
    }
}

fn ends(provider: Provider) -> [&'static str; 6] {
    match provider {
        Provider::Paylov => ENDS,
        Provider::Bank => bank::ENDS,
    }
}

/// Everything that must have struck somewhere.
fn places(provider: Provider) -> BTreeSet<(&'static str, Route)> {
    let of_route = |route: Route| {
        let faults = FaultKind::ALL.into_iter().filter(move |kind| kind.touches(route)).map(FaultKind::as_str);
        let is_untouched = move |kind: &&str| {
            let cut = Cut::ALL.into_iter().find(|cut| cut.as_str() == *kind);
            provider == Provider::Paylov && cut.is_some_and(|cut| !cut.touches(route))
        };
        let own = own_kinds(provider).into_iter().filter(move |kind| !is_untouched(kind));
        faults.chain(own).map(move |kind| (kind, route))
    };
    steps(provider).flat_map(of_route).collect()
}

/// The least number for each place in so many runs.
fn least(runs: u64) -> u64 {
    runs / RUNS_A_STRIKE
}

/// The places that were struck too seldom, and the ends that were too rare.
pub(crate) fn missing(provider: Provider, counts: &Counts, tally: &Tally, runs: u64) -> Vec<String> {
    let seldom = places(provider).into_iter().filter_map(|place| {
        let count = counts.get(&place).copied().unwrap_or_default();
        let (kind, route) = place;
        (count < least(runs)).then(|| format!("{kind} struck {} {count} times of {}", route.as_str(), least(runs)))
    });
    let rare = ends(provider).into_iter().filter_map(|end| {
        let count = tally.get(end).copied().unwrap_or_default();
        (count < least(runs)).then(|| format!("{end}: {count} of {}", least(runs)))
    });
    seldom.chain(rare).collect()
}

/// A line for each kind, a column for each step, and what it all came to.
pub(crate) fn table(provider: Provider, counts: &Counts, tally: &Tally, runs: u64) -> String {
    let mut table = format!("{:<20}", "struck");
    let width = |route: Route| route.as_str().len().saturating_add(2).max(9);
    for route in steps(provider) {
        table.push_str(&format!("{:>width$}", route.as_str(), width = width(route)));
    }
    let places = places(provider);
    let kinds = FaultKind::ALL.into_iter().map(FaultKind::as_str);
    for kind in kinds.chain(own_kinds(provider)) {
        table.push_str(&format!("\n{kind:<20}"));
        for route in steps(provider) {
            let count = counts.get(&(kind, route)).copied().unwrap_or_default();
            let shown = if places.contains(&(kind, route)) { count.to_string() } else { String::from("–") };
            table.push_str(&format!("{shown:>width$}", width = width(route)));
        }
    }
    let count = |end: &str| tally.get(end).copied().unwrap_or_default();
    let needed = ends(provider);
    let ends: Vec<_> = needed.into_iter().map(|end| format!("{} {end}", count(end))).collect();
    table.push_str(&format!("\nin the end: {}\nat least {} of each are needed", ends.join("; "), least(runs)));
    for (end, count) in tally.iter().filter(|(end, _)| !needed.contains(end)) {
        table.push_str(&format!("\nbesides: {count} {end}"));
    }
    table
}
