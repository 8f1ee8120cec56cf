//! Finds orders in a statement.
//!
//! The statement has neither the order's id nor the payment's. What there is to know an order by is the payee's account, the
//! amount, the purpose and the day; where those fit more than one, nothing is guessed.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;

use super::date::Date;
use super::list_statement::{MovementDirection, StatementRow};
use super::sorted::sorted;
use super::transfer::TransferStatus;
use crate::money::{Currency, Money};

/// What an order looks like in a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpectedTransfer<'a> {
    /// The merchant's own id of the order.
    pub order_id: Cow<'a, str>,
    /// The payee's account.
    pub account: Cow<'a, str>,
    /// The amount.
    pub amount: Money,
    /// What for, in words; how many spaces are between them does not count.
    pub purpose: Cow<'a, str>,
    /// The first day that it can have been paid on; any day without it.
    pub from: Option<Date>,
    /// The last day that it can have been paid on; any day without it.
    pub to: Option<Date>,
}

/// Which order is which row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "js-types", derive(tsify::Tsify))]
pub struct Reconciliation {
    /// Orders that one row fits, which fits no other order.
    pub matched: Vec<MatchedTransfer>,
    /// Ids of orders that no row fits.
    pub missing: Vec<String>,
    /// Ids of rows that fit no order.
    #[cfg_attr(feature = "js-types", tsify(type = "number[]"))]
    pub extra: Vec<u64>,
    /// Orders that no row fits, but one almost, which is almost no other order either.
    pub different: Vec<DifferentTransfer>,
    /// Orders and rows that fit each other in more than one way, by the first order of each kind.
    pub ambiguous: Vec<AmbiguousTransfers>,
}

/// An order, and its row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "js-types", derive(tsify::Tsify))]
pub struct MatchedTransfer {
    /// The order's id.
    pub order_id: String,
    /// The row's id.
    #[cfg_attr(feature = "js-types", tsify(type = "number"))]
    pub row_id: u64,
}

/// An order, and a row that is as it should be but for one member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "js-types", derive(tsify::Tsify))]
pub struct DifferentTransfer {
    /// The order's id.
    pub order_id: String,
    /// The row's id.
    #[cfg_attr(feature = "js-types", tsify(type = "number"))]
    pub row_id: u64,
    /// What is different: `amount`, `purpose` or `date`.
    #[cfg_attr(feature = "js-types", tsify(type = "\"amount\" | \"purpose\" | \"date\""))]
    pub field: &'static str,
}

/// Orders and rows that are alike: which is which, cannot be told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "js-types", derive(tsify::Tsify))]
pub struct AmbiguousTransfers {
    /// The orders' ids.
    pub order_ids: Vec<String>,
    /// The rows' ids.
    #[cfg_attr(feature = "js-types", tsify(type = "number[]"))]
    pub row_ids: Vec<u64>,
}

/// Finds each order's row by the payee's account, the amount, the purpose and the day of the document, in rows of money that went
/// out and is there. Rows that came in, and those that the bank has deleted or not settled yet, are left aside; of what is not known
/// to be any of these no order is found, and it is `extra`. A row that repeats counts once.
///
/// ```
/// use tiyin::Money;
/// use tiyin::bank::{ExpectedTransfer, reconcile};
///
/// let order = ExpectedTransfer {
///     order_id: "100001".into(),
///     account: "29896000200000401070".into(),
///     amount: Money::som("4")?,
///     purpose: "тест".into(),
///     from: None,
///     to: None,
/// };
/// assert_eq!(reconcile(&[], &[order]).missing, ["100001"]);
/// # Ok::<(), tiyin::Error>(())
/// ```
#[must_use]
pub fn reconcile(rows: &[StatementRow], orders: &[ExpectedTransfer<'_>]) -> Reconciliation {
    let rows = rows.iter().filter_map(|row| {
        Some(ComparedRow {
            has_left: has_left(row.status, row.direction)?,
            id: row.id,
            account: &row.payee.account,
            amount: row.amount,
            purpose: spaced(&row.purpose),
            day: row.document_date.as_deref().and_then(Date::of_moment),
        })
    });
    let orders = orders.iter().map(|order| ComparedOrder {
        id: &order.order_id,
        account: &order.account,
        amount: order.amount,
        purpose: spaced(&order.purpose),
        from: order.from,
        to: order.to,
    });
    find(rows.collect(), orders.collect())
}

/// An order as it is compared.
pub(crate) struct ComparedOrder<'a> {
    pub(crate) id: &'a str,
    pub(crate) account: &'a str,
    pub(crate) amount: Money,
    pub(crate) purpose: Cow<'a, str>,
    pub(crate) from: Option<Date>,
    pub(crate) to: Option<Date>,
}

/// A row as it is compared.
pub(crate) struct ComparedRow<'a> {
    /// Whether it is known that the money went out.
    pub(crate) has_left: bool,
    pub(crate) id: u64,
    pub(crate) account: &'a str,
    pub(crate) amount: Money,
    pub(crate) purpose: Cow<'a, str>,
    /// `None` where the day cannot be read: only an order of any day fits it.
    pub(crate) day: Option<Date>,
}

/// Whether a row's money went out for certain; nothing where it did not.
pub(crate) fn has_left(status: TransferStatus, direction: MovementDirection) -> Option<bool> {
    match (status, direction) {
        (TransferStatus::Accepted | TransferStatus::Deleted, _) | (_, MovementDirection::Credit) => None,
        (status, direction) => Some(status == TransferStatus::Settled && direction == MovementDirection::Debit),
    }
}

/// Finds the orders in rows of which no money is known not to have gone out.
pub(crate) fn find(mut rows: Vec<ComparedRow<'_>>, orders: Vec<ComparedOrder<'_>>) -> Reconciliation {
    // Statements come sorted: then none repeats.
    if !rows.is_sorted_by(|row, next| row.id < next.id) {
        drop_repeats(&mut rows);
    }
    let mut found = Reconciliation::default();
    let comparable: Vec<_> = rows.iter().filter(|row| row.has_left).collect();
    let (orders, comparable) = exact(&orders.iter().collect::<Vec<_>>(), &comparable, &mut found);
    let (missing, mut extra) = almost(&orders, &comparable, &mut found);
    extra.extend(rows.iter().filter(|row| !row.has_left).map(|row| row.id));
    found.missing = missing;
    found.extra = extra;
    found
}

/// Leaves the first of rows that are the same.
fn drop_repeats(rows: &mut Vec<ComparedRow<'_>>) {
    let content = |place: usize| {
        let row = rows.get(place)?;
        Some((row.id, row.amount.minor(), row.account, &row.purpose, row.day, row.has_left))
    };
    let places = sorted(rows.len(), &|one, other| content(one).cmp(&content(other)));
    let mut is_repeat = alloc::vec![false; rows.len()];
    for (before, place) in places.iter().zip(places.iter().skip(1)) {
        if let (true, Some(is_repeat)) = (content(*before) == content(*place), is_repeat.get_mut(*place)) {
            *is_repeat = true;
        }
    }
    let mut is_repeat = is_repeat.into_iter();
    rows.retain(|_| !is_repeat.next().unwrap_or_default());
}

/// The words of a text with one space between two.
pub(crate) fn spaced(text: &str) -> Cow<'_, str> {
    if text.split(' ').all(|word| !word.is_empty() && !word.contains(char::is_whitespace)) {
        return text.into();
    }
    let mut words = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    words.into()
}

/// The one member that may be different.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Except {
    Nothing,
    Amount,
    Purpose,
    Date,
}

/// What is alike in an order and in the rows that fit it, besides the day: first what is soonest compared.
type Key<'a> = (Option<(bool, i64)>, &'a str, Option<&'a str>);

impl Except {
    fn key<'a>(self, account: &'a str, amount: Money, purpose: &'a str) -> Key<'a> {
        let amount = (amount.currency() == Currency::Usd, amount.minor());
        ((self != Self::Amount).then_some(amount), account, (self != Self::Purpose).then_some(purpose))
    }
}

/// What fits an order: how many rows, the place of one of them, and the group of all that are alike, by the place of its first order.
#[derive(Clone, Copy, Default)]
struct Fit {
    count: usize,
    place: usize,
    group: usize,
}

/// One side of a comparison, sorted: rows before orders, and rows by their day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Row(Option<Date>, usize),
    Order(usize),
}

/// For each order how many rows fit it, and for each row how many orders.
fn fits(orders: &[&ComparedOrder<'_>], rows: &[&ComparedRow<'_>], except: Except) -> (Vec<Fit>, Vec<Fit>) {
    let mut order_fits = alloc::vec![Fit::default(); orders.len()];
    let mut row_fits = alloc::vec![Fit::default(); rows.len()];
    let mut sides: Vec<(Key<'_>, Side)> = Vec::with_capacity(orders.len().saturating_add(rows.len()));
    for (place, row) in rows.iter().enumerate() {
        sides.push((except.key(row.account, row.amount, &row.purpose), Side::Row(row.day, place)));
    }
    for (place, order) in orders.iter().enumerate() {
        sides.push((except.key(order.account, order.amount, &order.purpose), Side::Order(place)));
    }
    let places = sorted(sides.len(), &|one, other| sides.get(one).cmp(&sides.get(other)));
    let sides: Vec<_> = places.into_iter().filter_map(|place| sides.get(place).copied()).collect();
    // How many orders begin and end to fit at each row of a group.
    let mut changes = Vec::new();
    for alike in sides.chunk_by(|one, other| one.0 == other.0) {
        let (alike_rows, alike_orders) =
            alike.split_at(alike.partition_point(|(_, side)| matches!(side, Side::Row(..))));
        let group = alike_orders.first().map_or(0, |(_, side)| side.place());
        changes.clear();
        changes.resize(alike_rows.len().saturating_add(1), 0isize);
        for (_, side) in alike_orders {
            let Side::Order(place) = *side else { continue };
            let (Some(order), Some(fit)) = (orders.get(place), order_fits.get_mut(place)) else { continue };
            let (first, end) = if except == Except::Date { (0, alike_rows.len()) } else { order.window(alike_rows) };
            let row = alike_rows.get(first).map_or(0, |(_, side)| side.place());
            *fit = Fit { count: end.saturating_sub(first), place: row, group };
            if first < end {
                for (at, change) in [(first, 1), (end, -1)] {
                    if let Some(sum) = changes.get_mut(at) {
                        *sum = sum.saturating_add(change);
                    }
                }
            }
        }
        let mut fitting = 0isize;
        for ((_, side), change) in alike_rows.iter().zip(&changes) {
            fitting = fitting.saturating_add(*change);
            if let Some(fit) = row_fits.get_mut(side.place()) {
                *fit = Fit { count: fitting.unsigned_abs(), place: 0, group };
            }
        }
    }
    (order_fits, row_fits)
}

impl Side {
    fn place(self) -> usize {
        match self {
            Self::Row(_, place) | Self::Order(place) => place,
        }
    }
}

impl ComparedOrder<'_> {
    /// Which of these rows are of the order's days: from the first place, up to the second.
    fn window(&self, rows: &[(Key<'_>, Side)]) -> (usize, usize) {
        let until = |is_before: &dyn Fn(Option<Date>) -> bool| {
            rows.partition_point(|(_, side)| matches!(side, Side::Row(day, _) if is_before(*day)))
        };
        match (self.from, self.to) {
            (None, None) => (0, rows.len()),
            (from, to) => {
                let first = until(&|day| day.is_none() || day < from);
                let end = until(&|day| day.is_none() || to.is_none() || day <= to);
                (first, end)
            }
        }
    }
}

/// Orders and rows that are still to be paired.
type Left<'l, 'a> = (Vec<&'l ComparedOrder<'a>>, Vec<&'l ComparedRow<'a>>);

/// Pairs what fits exactly; gives the orders that no row fits, and the rows that fit no order.
fn exact<'l, 'a>(
    orders: &[&'l ComparedOrder<'a>],
    rows: &[&'l ComparedRow<'a>],
    found: &mut Reconciliation,
) -> Left<'l, 'a> {
    let (order_fits, row_fits) = fits(orders, rows, Except::Nothing);
    let mut groups = alloc::vec![AmbiguousTransfers::default(); orders.len()];
    let mut is_matched = alloc::vec![false; rows.len()];
    let (mut other_orders, mut other_rows) = (Vec::new(), Vec::new());
    for (order, fit) in orders.iter().zip(&order_fits) {
        let fits_back = row_fits.get(fit.place).map_or(0, |row| row.count);
        match (fit.count, fits_back, rows.get(fit.place), is_matched.get_mut(fit.place)) {
            (0, ..) => other_orders.push(*order),
            (1, 1, Some(row), Some(is_matched)) => {
                found.matched.push(MatchedTransfer { order_id: order.id.into(), row_id: row.id });
                *is_matched = true;
            }
            _ => groups.get_mut(fit.group).into_iter().for_each(|group| group.order_ids.push(order.id.into())),
        }
    }
    for ((row, fit), is_matched) in rows.iter().zip(&row_fits).zip(is_matched) {
        match fit.count {
            0 => other_rows.push(*row),
            _ if is_matched => {}
            _ => groups.get_mut(fit.group).into_iter().for_each(|group| group.row_ids.push(row.id)),
        }
    }
    groups.retain(|group| !group.order_ids.is_empty());
    found.ambiguous = groups;
    (other_orders, other_rows)
}

/// Pairs what is alike but for one member; gives the ids of the orders and rows that are left.
fn almost(
    orders: &[&ComparedOrder<'_>],
    rows: &[&ComparedRow<'_>],
    found: &mut Reconciliation,
) -> (Vec<String>, Vec<u64>) {
    let mut candidates = alloc::vec![(0usize, 0usize, ""); orders.len()];
    let mut orders_of = alloc::vec![0usize; rows.len()];
    for (except, field) in [(Except::Amount, "amount"), (Except::Purpose, "purpose"), (Except::Date, "date")] {
        let (order_fits, row_fits) = fits(orders, rows, except);
        for (candidate, fit) in candidates.iter_mut().zip(order_fits) {
            let count = candidate.0.saturating_add(fit.count);
            *candidate = if fit.count > 0 { (count, fit.place, field) } else { (count, candidate.1, candidate.2) };
        }
        for (count, fit) in orders_of.iter_mut().zip(row_fits) {
            *count = count.saturating_add(fit.count);
        }
    }
    let mut missing = Vec::new();
    let mut is_paired = alloc::vec![false; rows.len()];
    for (order, (count, place, field)) in orders.iter().zip(candidates) {
        match (count, orders_of.get(place), rows.get(place), is_paired.get_mut(place)) {
            (1, Some(1), Some(row), Some(is_paired)) => {
                found.different.push(DifferentTransfer { order_id: order.id.into(), row_id: row.id, field });
                *is_paired = true;
            }
            _ => missing.push(order.id.into()),
        }
    }
    let extra = rows.iter().zip(is_paired).filter(|(_, is_paired)| !is_paired).map(|(row, _)| row.id).collect();
    (missing, extra)
}
