//! Days as the bank writes them.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::error::{Error, ErrorCode, Result};
use crate::text::{Decimal, into_string, write_number};

/// A day of the calendar: `2023-02-21`. A bank's day begins and ends where the bank is; no time zone is guessed.
///
/// ```
/// use tiyin::bank::Date;
///
/// let day = Date::parse("2024-02-29")?;
/// assert!(day < Date::parse("2024-03-01")?);
/// assert_eq!(day.to_string(), "2024-02-29");
/// assert!(Date::parse("2023-02-29").is_err());
/// # Ok::<(), tiyin::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// Reads `YYYY-MM-DD`.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidDate`] for anything else, and for days that no month has.
    pub fn parse(text: &str) -> Result<Self> {
        Self::read(text.as_bytes()).ok_or_else(|| ErrorCode::InvalidDate.into())
    }

    /// The day that a moment begins with: `2023-02-01 16:32:23`.
    pub(crate) fn of_moment(text: &str) -> Option<Self> {
        Self::read(text.as_bytes().get(..10)?)
    }

    fn read(text: &[u8]) -> Option<Self> {
        let [y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1] = *text else { return None };
        let number = |digits: &[u8]| Decimal::read_whole(digits, 9999).and_then(|number| u16::try_from(number).ok());
        let (year, month, day) = (number(&[y0, y1, y2, y3])?, number(&[m0, m1])?, number(&[d0, d1])?);
        let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            4 | 6 | 9 | 11 => 30,
            2 if is_leap => 29,
            2 => 28,
            1..=12 => 31,
            _ => return None,
        };
        let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok().filter(|_| (1..=days).contains(&day))?);
        Some(Self { year, month, day })
    }

    pub(super) fn written(self) -> String {
        let mut text = Vec::with_capacity(10);
        for (number, width) in [(self.year, 1000), (self.month.into(), 10), (self.day.into(), 10)] {
            if !text.is_empty() {
                text.push(b'-');
            }
            let mut least = width;
            while least > number.max(1) {
                text.push(b'0');
                least /= 10;
            }
            write_number(number.into(), &mut text);
        }
        into_string(text)
    }

    /// Checks that a window of days has its ends in order.
    pub(crate) fn check_window(from: Self, to: Self) -> Result<()> {
        if from <= to { Ok(()) } else { Err(Error::with_detail(ErrorCode::OutOfRange, "from is after to").at("from")) }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written())
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Date({self})")
    }
}
