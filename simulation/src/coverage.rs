//! What went wrong where, and how often: a simulation in which a fault never struck says nothing about it.

use std::collections::{BTreeMap, BTreeSet};

use tiyin_sandbox::{FaultKind, Provider, Route};

use crate::network::{ARRIVED_LATE, Counts, Cut};

/// One strike of each kind on each step for so many runs, at least.
const RUNS_A_STRIKE: u64 = 200;

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

/// The steps of a payment.
fn steps() -> impl Iterator<Item = Route> {
    Route::ALL.into_iter().filter(|route| route.provider() == Provider::Paylov)
}

/// Everything that must have struck somewhere.
fn places() -> BTreeSet<(&'static str, Route)> {
    let of_route = |route: Route| {
        let faults = FaultKind::ALL.into_iter().filter(move |kind| kind.touches(route)).map(FaultKind::as_str);
        let cuts = Cut::ALL.into_iter().filter(move |cut| cut.touches(route)).map(Cut::as_str);
        faults.chain(cuts).chain(LOSSES).map(move |kind| (kind, route))
    };
    steps().flat_map(of_route).collect()
}

/// The least number for each place in so many runs.
fn least(runs: u64) -> u64 {
    runs / RUNS_A_STRIKE
}

/// The places that were struck too seldom, and the ends that were too rare.
pub(crate) fn missing(counts: &Counts, tally: &Tally, runs: u64) -> Vec<String> {
    let seldom = places().into_iter().filter_map(|place| {
        let count = counts.get(&place).copied().unwrap_or_default();
        let (kind, route) = place;
        (count < least(runs)).then(|| format!("{kind} struck {} {count} times of {}", route.as_str(), least(runs)))
    });
    let rare = ENDS.into_iter().filter_map(|end| {
        let count = tally.get(end).copied().unwrap_or_default();
        (count < least(runs)).then(|| format!("{end}: {count} of {}", least(runs)))
    });
    seldom.chain(rare).collect()
}

/// A line for each kind, a column for each step, and what it all came to.
pub(crate) fn table(counts: &Counts, tally: &Tally, runs: u64) -> String {
    let mut table = format!("{:<20}", "struck");
    for route in steps() {
        table.push_str(&format!("{:>9}", route.as_str()));
    }
    let places = places();
    let kinds = FaultKind::ALL.into_iter().map(FaultKind::as_str);
    for kind in kinds.chain(Cut::ALL.into_iter().map(Cut::as_str)).chain(LOSSES) {
        table.push_str(&format!("\n{kind:<20}"));
        for route in steps() {
            let count = counts.get(&(kind, route)).copied().unwrap_or_default();
            let shown = if places.contains(&(kind, route)) { count.to_string() } else { String::from("–") };
            table.push_str(&format!("{shown:>9}"));
        }
    }
    let count = |end: &str| tally.get(end).copied().unwrap_or_default();
    let ends: Vec<_> = ENDS.into_iter().map(|end| format!("{} {end}", count(end))).collect();
    format!("{table}\nbills and charges: {}\nat least {} of each are needed", ends.join("; "), least(runs))
}
