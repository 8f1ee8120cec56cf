//! Compares what callers were told with what happened to the order's money, and what they sent with what they knew.

use tiyin::bank::{KnownTransfer, SettleStep, Settled};
use tiyin_sandbox::{LedgerRow, Money, MovementKind, OrderStatus};

use super::caller::{Heard, Told, is_final};
use super::network::{Course, Happened, Truth};
use super::plan::{Plan, QUIET_MS};
use crate::coverage::Tally;
use crate::judge::Violations;

/// How many times one call may send its order.
const MOST_CREATES: usize = 3;

/// What a tally counts.
pub(crate) const ENDS: [&str; 6] =
    ["settled", "deleted", "refused", "pending, then certain", "pending for ever", "sent more than once"];

pub(super) fn judge(plan: &Plan, heard: &[Heard], truth: &Truth<'_>) -> Violations {
    let mut found = Violations::new();
    for (number, heard) in heard.iter().enumerate() {
        let told = [Some(&heard.told), heard.in_the_end.as_ref()];
        for told in told.into_iter().flatten() {
            let broken = about_told(number, told, truth);
            found.extend(broken.into_iter().map(|what| format!("caller {number}: told {:?}, but {what}", told.step)));
        }
        if plan.is_calm && heard.is_pending() {
            found.push(format!("caller {number}: nothing went wrong, but told {:?}", heard.told.step));
        }
        if heard.in_the_end.as_ref().is_some_and(is_behind) {
            found.push(format!("caller {number}: still pending in the end"));
        }
    }
    found.extend(about_money(plan, truth));
    for (call, course) in truth.courses.iter().enumerate() {
        found.extend(about_course(plan, course).into_iter().map(|what| format!("call {call} {what}")));
    }
    found
}

/// What a caller may be told.
fn about_told(number: usize, told: &Told, truth: &Truth<'_>) -> Option<String> {
    let now = truth.sandbox.order(&told.order_id);
    // Another caller may have sent what this one was refused.
    let is_alone = truth.courses.iter().all(|course| course.caller == number || !has_created(course));
    match told.step {
        SettleStep::Done(Settled::Settled) if told.truth != Some(OrderStatus::Settled) => {
            Some(format!("at the bank it was {:?}", told.truth))
        }
        SettleStep::Done(Settled::Deleted) if told.truth != Some(OrderStatus::Deleted) => {
            Some(format!("at the bank it was {:?}", told.truth))
        }
        SettleStep::Done(Settled::Pending(Some(KnownTransfer::Accepted))) if told.truth.is_none() => {
            Some(String::from("the bank did not have it"))
        }
        SettleStep::Refused if is_alone && now.is_some() => Some(format!("the bank has it: {now:?}")),
        _ => None,
    }
}

fn has_created(course: &Course) -> bool {
    course.events.iter().any(|(_, what)| *what == Happened::Created)
}

/// Whether a caller does not know what the bank itself knows.
fn is_behind(told: &Told) -> bool {
    matches!(told.step, SettleStep::Done(Settled::Pending(_)))
        && told.truth.is_some_and(|status| status != OrderStatus::Accepted)
}

/// A bill is paid once, whatever ids it goes under, and by what the order says.
fn about_money(plan: &Plan, truth: &Truth<'_>) -> Violations {
    let rows = truth.sandbox.ledger().iter().filter_map(LedgerRow::bank);
    let paid: Vec<_> = rows.filter(|row| row.kind == MovementKind::Transfer).collect();
    let mut found = Violations::new();
    if paid.len() > 1 {
        let ids: Vec<_> = paid.iter().map(|row| row.order_id.as_str()).collect();
        found.push(format!("one bill was paid {} times: {ids:?}", paid.len()));
    }
    for row in paid {
        if row.amount != Money::tiyin(plan.order.tiyin) || row.service_id != "33" {
            found.push(format!("another amount was paid than ordered: {row:?}"));
        }
    }
    found
}

/// What a call may send, and how long it may take.
fn about_course(plan: &Plan, course: &Course) -> Violations {
    let mut found = Violations::new();
    // When the bank first said that there is nothing, since the last send whose fate is not known.
    let mut nothing_since = None;
    let mut is_unknown = course.is_resumed;
    let (mut is_nothing, mut is_there, mut is_over) = (false, false, false);
    let mut creates = 0usize;
    for (at, what) in &course.events {
        match what {
            Happened::Created => {
                creates = creates.saturating_add(1);
                let has_waited = nothing_since.is_some_and(|since: u64| at.saturating_sub(since) >= QUIET_MS);
                for (is_wrong, why) in [
                    (!is_nothing, "sent what the bank had not said that it does not have"),
                    (is_there, "sent what the bank had said that it has"),
                    (is_over, "sent what was settled or deleted"),
                    (is_unknown && !has_waited, "sent before the quiet time was over"),
                    (creates > MOST_CREATES, "sent more often than it may"),
                ] {
                    if is_wrong {
                        found.push(String::from(why));
                    }
                }
                (is_nothing, nothing_since) = (false, None);
            }
            Happened::Unknown => is_unknown = true,
            Happened::Nothing => {
                is_nothing = true;
                nothing_since = nothing_since.or(Some(*at));
            }
            Happened::Status(status) => {
                is_there = true;
                is_over |= is_final(*status);
            }
            Happened::Ended(_) => {}
        }
    }
    if let Some((took_ms, Some(most_ms))) = course.took_of
        && took_ms > most_ms
    {
        found.push(format!("took {took_ms} ms, and may take {most_ms}"));
    }
    if course.order_id != plan.order.id && creates > 0 {
        found.push(String::from("sent the order under another id"));
    }
    found
}

/// What orders came to.
pub(super) fn tally(heard: &[Heard], truth: &Truth<'_>) -> Tally {
    let mut tally = Tally::new();
    let of_orders =
        heard.iter().map(|heard| match (heard.told.step, heard.in_the_end.as_ref().map(|told| told.step)) {
            (SettleStep::Done(Settled::Settled), _) => "settled",
            (SettleStep::Done(Settled::Deleted), _) => "deleted",
            (SettleStep::Refused, _) => "refused",
            (_, Some(SettleStep::Done(Settled::Settled | Settled::Deleted) | SettleStep::Refused)) => {
                "pending, then certain"
            }
            _ => "pending for ever",
        });
    let is_created = |event: &&(u64, Happened)| event.1 == Happened::Created;
    let more = truth.courses.iter().filter(|course| course.events.iter().filter(is_created).count() > 1);
    for end in of_orders.chain(more.map(|_| "sent more than once")) {
        let count = tally.entry(end).or_default();
        *count = u64::saturating_add(*count, 1);
    }
    tally
}
