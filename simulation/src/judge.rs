//! Compares what payers were told with what happened to their money.
//!
//! **Delivered twice.** Where the network delivers one `pay` twice and the provider executes both, the client sent once and
//! could do nothing. So of such a send, and of no other, one further charge is the network's: of that payment, on that card, of
//! that amount. It excuses nothing else: the bill counts as paid, and must be told so.

use std::collections::{BTreeMap, BTreeSet};

use tiyin::endpoint::Effect;
use tiyin::paylov::{Confirmed, PaidList};
use tiyin::{NextAction, Outcome};
use tiyin_sandbox::{LedgerRow, Money, PaylovRow, PaymentStatus, Route};

use crate::coverage::Tally;
use crate::network::{Sent, Told, Truth};
use crate::plan::{Payer, Plan};
use crate::program::Verdict;

/// What a payer was told.
#[derive(Debug)]
pub(crate) struct Heard {
    pub(crate) first: Verdict,
    /// What a pending one turned out to be when it was asked again in the end.
    pub(crate) settled: Option<Confirmed>,
    /// Whether a payment that was called paid had been charged by then.
    pub(crate) was_charged_then: bool,
}

/// A promise that was broken, in words.
pub(crate) type Violations = Vec<String>;

pub(crate) fn judge(plan: &Plan, heard: &[Heard], listed: Option<&PaidList>, truth: &Truth<'_>) -> Violations {
    let mut found = Violations::new();
    for (number, (payer, heard)) in plan.payers.iter().zip(heard).enumerate() {
        let broken = about_payer(number, payer, heard, truth);
        found.extend(broken.into_iter().map(|what| format!("payer {number}: {what}")));
        if plan.is_calm && !matches!(heard.first, Verdict::Paid(_)) {
            found.push(format!("payer {number}: nothing went wrong, but told {:?}", heard.first));
        }
    }
    found.extend(truth.told.iter().filter_map(|told| about_failure(told, truth)));
    found.extend(truth.complaints.iter().cloned());
    found.extend(about_sends(truth));
    found.extend(about_time(truth));
    found.extend(about_provider(truth));
    match listed {
        Some(listed) => found.extend(about_list(listed, truth)),
        None => found.push(String::from("the list of payments cannot be read when nothing goes wrong")),
    }
    found
}

/// What bills and charges came to.
pub(crate) fn tally(heard: &[Heard], truth: &Truth<'_>) -> Tally {
    let mut tally = Tally::new();
    let of_bills = heard.iter().map(|heard| match (&heard.first, heard.settled) {
        (Verdict::Paid(_), _) => "paid",
        (Verdict::NotPaid(_), _) => "not paid",
        (Verdict::Pending(_), Some(Confirmed::Paid)) => "pending, then paid",
        (Verdict::Pending(_), _) => "pending, then cancelled",
    });
    let late = truth.sends.iter().filter(|sent| sent.charges.iter().any(|row| Some(row.at) != sent.arrived_at));
    let twice = truth.sends.iter().filter(|sent| sent.charges.len() > 1);
    let of_sends = late.map(|_| "charged late").chain(twice.map(|_| "charged twice by the network"));
    for end in of_bills.chain(of_sends) {
        let count = tally.entry(end).or_default();
        *count = u64::saturating_add(*count, 1);
    }
    tally
}

/// What may be said of a failed call.
fn about_failure(told: &Told, truth: &Truth<'_>) -> Option<String> {
    let Told { call, route, failure } = told;
    let outcome = failure.outcome;
    let what = match (route.effect, outcome) {
        (Effect::Read, Some(_)) => "reads move no money, but this one has an outcome",
        (Effect::Prepares, None | Some(Outcome::Unknown)) => "nothing can be unknown of what moves no money",
        (Effect::MovesMoney, None) => "nothing is said about the money",
        (Effect::MovesMoney, Some(Outcome::Unknown)) if failure.next_action != Some(NextAction::QueryStatus) => {
            "the payment has an id, but is not to be asked for"
        }
        (Effect::MovesMoney, Some(Outcome::NotExecuted | Outcome::Rejected)) if charges_of(*call, truth) > 0 => {
            "called not executed or rejected, but charged"
        }
        _ => return None,
    };
    Some(format!("call {call}, {}: {what}: {}", route.name, failure.to_json()))
}

fn charges_of(call: usize, truth: &Truth<'_>) -> usize {
    truth.sends.iter().filter(|sent| sent.call == call).map(|sent| sent.charges.len()).sum()
}

/// A call sends a payment once at most, and no charge comes from nowhere.
fn about_sends(truth: &Truth<'_>) -> Violations {
    let mut found = Violations::new();
    let mut calls = BTreeSet::new();
    for sent in truth.sends.iter().filter(|sent| sent.route == Route::Pay) {
        if !calls.insert(sent.call) {
            found.push(format!("call {} sent its payment more than once", sent.call));
        }
        if sent.charges.len() > most_charges(sent) {
            found.push(format!("call {}: one send was charged {} times", sent.call, sent.charges.len()));
        }
    }
    found.extend(truth.unexplained.iter().map(|row| format!("nobody asked for the charge {row:?}")));
    found
}

/// A call ends by its deadline.
fn about_time(truth: &Truth<'_>) -> impl Iterator<Item = String> {
    truth.courses.iter().enumerate().filter_map(|(call, course)| {
        let (took_ms, most_ms) = course.took_of?;
        (took_ms > most_ms).then(|| format!("call {call} took {took_ms} ms, and may take {most_ms}"))
    })
}

fn most_charges(sent: &Sent) -> usize {
    if sent.is_doubled { 2 } else { 1 }
}

fn about_payer(number: usize, payer: &Payer, heard: &Heard, truth: &Truth<'_>) -> Violations {
    let is_own = |sent: &&Sent| truth.callers.get(sent.call) == Some(&number);
    let charged: Vec<_> = truth.sends.iter().filter(is_own).filter(|sent| !sent.charges.is_empty()).collect();
    let mut found = Violations::new();
    if charged.len() > 1 {
        let ids: Vec<_> = charged.iter().map(|sent| sent.subject.as_str()).collect();
        found.push(format!("{} sends of one bill were charged: {ids:?}", charged.len()));
    }
    let paid = match (&heard.first, heard.settled) {
        (Verdict::Paid(prepared), _) | (Verdict::Pending(prepared), Some(Confirmed::Paid)) => Some(prepared),
        (Verdict::Pending(_), None | Some(Confirmed::Pending)) => {
            found.push(String::from("still pending after the payment has expired"));
            return found;
        }
        (Verdict::NotPaid(_), _) | (Verdict::Pending(_), Some(Confirmed::Cancelled)) => None,
    };
    if matches!(heard.first, Verdict::Paid(_)) && !heard.was_charged_then {
        found.push(String::from("told paid before any charge"));
    }
    let tiyin = i64::try_from(payer.som.saturating_mul(100)).unwrap_or(i64::MAX);
    match (paid, charged.first()) {
        (None, Some(sent)) => found.push(format!("told {:?}, but {} was charged", heard.first, sent.subject)),
        (Some(prepared), None) => found.push(format!("told that {} is paid, but nothing was charged", prepared.id)),
        (Some(prepared), Some(sent)) => {
            let is_it = |row: &PaylovRow| {
                row.transaction_id == prepared.id
                    && row.card_id == prepared.card
                    && row.amount == Money::tiyin(tiyin)
                    && row.service_id == payer.service_id
            };
            if !sent.charges.iter().all(is_it) {
                found.push(format!("told that {} is paid, but charged was {:?}", prepared.id, sent.charges));
            }
        }
        (None, None) => (),
    }
    found
}

/// The provider's own books agree with each other, and nothing is still to come.
fn about_provider(truth: &Truth<'_>) -> Violations {
    let mut found = Violations::new();
    let mut spent: BTreeMap<&str, i64> = BTreeMap::new();
    for row in truth.sandbox.ledger().iter().filter_map(LedgerRow::paylov) {
        let sum = spent.entry(&row.card_id).or_default();
        *sum = sum.saturating_add(row.amount.minor);
    }
    for card in truth.sandbox.cards() {
        let left = card.opening_balance().minor.saturating_sub(spent.get(card.id).copied().unwrap_or_default());
        if card.balance().minor != left {
            found.push(format!("card {}: {left} tiyin are left by the ledger, and {:?}", card.id, card.balance()));
        }
    }
    for payment in truth.sandbox.payments() {
        let is_paid = payment.status == PaymentStatus::Paid;
        if is_paid != (payment.charges > 0) || payment.executing_late > 0 {
            found.push(format!("the provider contradicts itself: {payment:?}"));
        }
    }
    found
}

/// The merchant's list has each payment that was charged, once.
fn about_list(listed: &PaidList, truth: &Truth<'_>) -> Option<String> {
    let listed: Vec<_> = listed.payments.iter().map(|paid| (paid.id.clone(), paid.amount.minor())).collect();
    let told: BTreeSet<_> = listed.iter().cloned().collect();
    let charged = truth.sandbox.ledger().iter().filter_map(LedgerRow::paylov);
    let charged: BTreeSet<_> = charged.map(|row| (row.transaction_id.clone(), row.amount.minor)).collect();
    (told != charged || told.len() != listed.len()).then(|| format!("listed are {listed:?}, charged {charged:?}"))
}
