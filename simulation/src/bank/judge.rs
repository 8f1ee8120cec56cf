//! Compares what callers were told with what happened to the order's money, and what they sent with what they knew.

use tiyin::bank::{KnownTransfer, SettleStep, Settled, TransferStatus};
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

/// What it counts besides, of which there may be none: refusals of orders that the bank has after all.
const TAKEN_OF_ANOTHER: &str = "refused, and another caller's send was taken";
const TAKEN_TWICE: &str = "refused, and its second delivery was taken unseen";

pub(super) fn judge(plan: &Plan, heard: &[Heard], truth: &Truth<'_>) -> Violations {
    let mut found = Violations::new();
    for (number, heard) in heard.iter().enumerate() {
        for told in heard.all() {
            let broken = about_told(number, told, truth);
            found.extend(broken.into_iter().map(|what| format!("caller {number}: told {:?}, but {what}", told.step)));
        }
        if plan.is_calm && heard.is_pending() {
            found.push(format!("caller {number}: nothing went wrong, but told {:?}", heard.told.step));
        }
        if let Some(told) = heard.in_the_end.as_ref().filter(|told| !is_certain(told, truth)) {
            found.push(format!("caller {number}: told {:?} in the end, at the bank it is {:?}", told.step, told.truth));
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
        SettleStep::Refused if taken(number, told, truth) == Some(Taken::OfItsOwn) => {
            Some(format!("the bank has it by a send of its own: {:?}", truth.sandbox.order(&told.order_id)))
        }
        _ => None,
    }
}

/// Which send the bank has taken of an order that a caller was told refused.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Taken {
    OfAnother,
    /// The bank refused it, then took what the network delivered a second time, and a status told late hid that.
    SecondDelivery,
    OfItsOwn,
}

/// None where the bank does not have it. Where several were executed late, it may be the send of any of them.
fn taken(number: usize, told: &Told, truth: &Truth<'_>) -> Option<Taken> {
    truth.sandbox.order(&told.order_id)?;
    Some(if truth.bookers(&told.order_id).any(|booker| booker != number) {
        Taken::OfAnother
    } else if truth.is_hidden_double(told.call) {
        Taken::SecondDelivery
    } else {
        Taken::OfItsOwn
    })
}

/// Whether a caller knows in the end what there is to know: of an order that the bank has not finished, that it has it, and of one
/// that it does not have, that it took none of so many sends.
fn is_certain(told: &Told, truth: &Truth<'_>) -> bool {
    match told.step {
        SettleStep::Done(Settled::Pending(known)) => match told.truth {
            Some(status) => status == OrderStatus::Accepted && known == Some(KnownTransfer::Accepted),
            None => {
                let course = truth.courses.get(told.call);
                known == Some(KnownTransfer::Nothing) && course.is_some_and(|course| course.creates() == MOST_CREATES)
            }
        },
        SettleStep::Done(_) | SettleStep::Refused => true,
        _ => false,
    }
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

/// What a call knows so far of its order, by what was said to it.
#[derive(Default)]
struct Known {
    /// Whether it may have been sent without that its fate is known.
    is_unknown: bool,
    /// When the bank first said that there is none, since the last send.
    nothing_since: Option<u64>,
    /// Whether that was the last that was heard.
    is_nothing: bool,
    is_there: bool,
    is_accepted: bool,
    is_over: bool,
    creates: usize,
    /// What came of the last send.
    of_create: Option<Happened>,
}

impl Known {
    fn hear(&mut self, at: u64, what: Happened) {
        self.is_nothing = what == Happened::Nothing;
        match what {
            Happened::Created => {
                self.creates = self.creates.saturating_add(1);
                (self.nothing_since, self.of_create) = (None, None);
            }
            Happened::Unknown | Happened::Refused | Happened::Unsent => {
                self.is_unknown |= what == Happened::Unknown;
                self.of_create = Some(what);
            }
            Happened::Nothing => self.nothing_since = self.nothing_since.or(Some(at)),
            Happened::Status(status) => {
                self.is_there = true;
                self.is_accepted |= status == TransferStatus::Accepted;
                self.is_over |= is_final(status);
            }
            Happened::Unread | Happened::Ended(_) => {}
        }
    }

    /// Whether it is certain that the bank does not have it: so it says, and where the order may be on its way it has said so for
    /// the quiet time.
    fn is_certain_of_nothing(&self, at: u64) -> bool {
        let has_waited = self.nothing_since.is_some_and(|since| at.saturating_sub(since) >= QUIET_MS);
        self.is_nothing && !self.is_there && (!self.is_unknown || has_waited)
    }

    /// What is wrong with what a call does next.
    fn about(&self, at: u64, what: Happened) -> Vec<&'static str> {
        let is_nothing = self.is_certain_of_nothing(at);
        let checks: &[(bool, &str)] = match what {
            Happened::Created => &[
                (self.is_over, "sent what was settled or deleted"),
                (self.is_there, "sent what the bank had said that it has"),
                (!self.is_nothing, "sent what the bank had not said that it does not have"),
                (!is_nothing, "sent before the quiet time was over"),
                (self.of_create == Some(Happened::Refused), "sent again what was refused"),
                (self.creates >= MOST_CREATES, "sent more often than it may"),
            ],
            Happened::Ended(SettleStep::Refused) => &[
                (
                    self.of_create.is_none_or(|came| came == Happened::Unknown),
                    "was told refused, and no send of it was",
                ),
                (!is_nothing && !self.has_not_left(), "was told refused before that was certain"),
            ],
            Happened::Ended(SettleStep::Unasked) => &[(self.creates > 0, "was told that it sent nothing, and it did")],
            Happened::Ended(SettleStep::Done(Settled::Pending(known))) => &[
                (
                    known == Some(KnownTransfer::Nothing) && !is_nothing,
                    "was told that there is nothing before that was certain",
                ),
                (
                    (known == Some(KnownTransfer::Accepted)) != self.is_accepted,
                    "was told otherwise of an acceptance than the bank had said",
                ),
            ],
            _ => &[],
        };
        checks.iter().filter(|(is_wrong, _)| *is_wrong).map(|(_, why)| *why).collect()
    }

    /// Whether there was nothing before its only send, which never left.
    fn has_not_left(&self) -> bool {
        self.of_create == Some(Happened::Unsent) && !self.is_unknown
    }
}

/// What a call may do and be told, and how long it may take.
fn about_course(plan: &Plan, course: &Course) -> Violations {
    let mut found = Violations::new();
    let mut known = Known { is_unknown: course.is_resumed, ..Known::default() };
    for (at, what) in &course.events {
        found.extend(known.about(*at, *what).into_iter().map(String::from));
        known.hear(*at, *what);
    }
    if let Some((took_ms, Some(most_ms))) = course.took_of
        && took_ms > most_ms
    {
        found.push(format!("took {took_ms} ms, and may take {most_ms}"));
    }
    if course.order_id != plan.order.id && known.creates > 0 {
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
    let more = truth.courses.iter().filter(|course| course.creates() > 1).map(|_| "sent more than once");
    let told = heard.iter().enumerate().flat_map(|(number, heard)| heard.all().map(move |told| (number, told)));
    let refused = told.filter(|(_, told)| told.step == SettleStep::Refused);
    let taken = refused.filter_map(|(number, told)| match taken(number, told, truth)? {
        Taken::OfAnother => Some(TAKEN_OF_ANOTHER),
        Taken::SecondDelivery => Some(TAKEN_TWICE),
        Taken::OfItsOwn => None,
    });
    for end in of_orders.chain(more).chain(taken) {
        let count = tally.entry(end).or_default();
        *count = u64::saturating_add(*count, 1);
    }
    tally
}
