//! Reads a statement page by page, and adds it up.
//!
//! What is kept of all pages is the largest id, so a statement may be as long as it likes.

use alloc::vec::Vec;

use serde::Serialize;

use super::list_statement::{MovementDirection, StatementRow};
use super::sorted::sorted;
use super::transfer::TransferStatus;
use crate::error::{Error, ErrorCode, Result};
use crate::money::Money;

/// How far a statement was read.
///
/// ```
/// # use tiyin::bank::StatementRow;
/// use tiyin::bank::{Date, ListStatement, Statement};
///
/// # fn page_of(_: &ListStatement<'_>) -> tiyin::Result<Vec<StatementRow>> { Ok(Vec::new()) }
/// let mut query = ListStatement::new("27", Date::parse("2023-01-01")?, Date::parse("2023-02-21")?);
/// let mut statement = Statement::after(0);
/// loop {
///     query.after_id = statement.after_id();
///     let rows = statement.take(page_of(&query)?)?;
///     if rows.is_empty() {
///         break;
///     }
///     for row in rows {
///         println!("{} {}", row.id, row.amount.to_major());
///     }
/// }
/// # Ok::<(), tiyin::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statement {
    after_id: u64,
}

impl Statement {
    /// Begins behind the row of this id; with 0 at the very beginning.
    #[must_use]
    pub const fn after(id: u64) -> Self {
        Self { after_id: id }
    }

    /// What the next page is asked for with: the largest id so far. Where reading breaks off, it goes on from here.
    #[must_use]
    pub const fn after_id(&self) -> u64 {
        self.after_id
    }

    /// Takes a page, and gives what is new of it, from the smallest id to the largest: whoever stops between two rows goes on
    /// behind the last one. Rows may repeat between pages, and within one. Nothing new is the end.
    ///
    /// # Errors
    /// [`ErrorCode::UnexpectedAnswer`] where two rows of one id are not the same: a sum with either would be a guess.
    pub fn take(&mut self, mut page: Vec<StatementRow>) -> Result<Vec<StatementRow>> {
        page.retain(|row| row.id > self.after_id);
        if !page.is_sorted_by(|row, next| row.id < next.id) {
            page = unrepeated(page)?;
        }
        self.after_id = page.last().map_or(self.after_id, |row| row.id);
        Ok(page)
    }
}

/// The rows by their ids, each once.
fn unrepeated(page: Vec<StatementRow>) -> Result<Vec<StatementRow>> {
    let id = |place: usize| page.get(place).map(|row| row.id);
    let places = sorted(page.len(), &|one, other| id(one).cmp(&id(other)));
    let mut rows: Vec<_> = page.into_iter().map(Some).collect();
    let mut found: Vec<StatementRow> = Vec::with_capacity(rows.len());
    for place in places {
        let Some(row) = rows.get_mut(place).and_then(Option::take) else { continue };
        match found.last() {
            Some(last) if *last == row => {}
            Some(last) if last.id == row.id => return Err(Error::about(ErrorCode::UnexpectedAnswer, "id")),
            _ => found.push(row),
        }
    }
    Ok(found)
}

/// What a statement comes to.
///
/// ```
/// use tiyin::bank::StatementTotals;
///
/// let totals = StatementTotals::default();
/// assert_eq!((totals.credit.minor(), totals.debit.minor(), totals.rows), (0, 0, 0));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "js-types", derive(tsify::Tsify))]
pub struct StatementTotals {
    /// What came in.
    pub credit: Money,
    /// What went out.
    pub debit: Money,
    /// How many rows there are, of any status.
    #[cfg_attr(feature = "js-types", tsify(type = "number"))]
    pub rows: u64,
}

impl Default for StatementTotals {
    fn default() -> Self {
        Self { credit: Money::ZERO, debit: Money::ZERO, rows: 0 }
    }
}

impl StatementTotals {
    /// Adds a row. Only what is settled has moved.
    ///
    /// # Errors
    /// [`ErrorCode::UnexpectedAnswer`] where nothing is known of the row's direction or of its status: a sum that leaves it out
    /// would be wrong. [`ErrorCode::AmountOutOfRange`].
    pub fn add(&mut self, row: &StatementRow) -> Result<()> {
        let side = match (row.status, row.direction) {
            (TransferStatus::Other, _) => return Err(Error::about(ErrorCode::UnexpectedAnswer, "status")),
            (TransferStatus::Accepted | TransferStatus::Deleted, _) => None,
            (TransferStatus::Settled, MovementDirection::Credit) => Some(&mut self.credit),
            (TransferStatus::Settled, MovementDirection::Debit) => Some(&mut self.debit),
            (TransferStatus::Settled, MovementDirection::Other) => {
                return Err(Error::about(ErrorCode::UnexpectedAnswer, "direction"));
            }
        };
        if let Some(side) = side {
            *side = Money::sum([*side, row.amount])?;
        }
        self.rows = self.rows.saturating_add(1);
        Ok(())
    }
}
