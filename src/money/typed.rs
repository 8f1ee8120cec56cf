//! Amounts as people type them. Where a text could mean two amounts it is refused.

use alloc::vec::Vec;

use super::{Currency, Money, Unit};
use crate::error::{Error, ErrorCode, Result};
use crate::text::{cut, holds, place};

/// More bytes than any amount has with all its separators; longer text is no amount.
const MAX_LENGTH: usize = 256;

/// What keyboards, spreadsheets and number formatters write: spaces, minus signs, the many apostrophes of Uzbek keyboards,
/// and the Cyrillic letters of currencies.
const ALIKE: &str = "\u{a0}\u{2009}\u{202f}\u{2212}`\u{b4}\u{2bb}\u{2bc}\u{2018}\u{2019}СсУуЎўМм";

/// What each of [`ALIKE`] is read as; letters in capitals, which no Latin letter is.
const READ_AS: &[u8] = b"   -''''''CCYYWWMM";

pub(super) fn parse(text: &str, currency: Option<Currency>) -> Result<Money> {
    if text.len() > MAX_LENGTH {
        return Err(Error::with_detail(ErrorCode::TooLong, "256 bytes"));
    }
    let mut typed = Vec::with_capacity(MAX_LENGTH);
    for character in text.chars() {
        typed.push(folded(character));
    }
    let typed = typed.trim_ascii();
    if typed.is_empty() {
        return Err(ErrorCode::EmptyAmount.into());
    }
    let (before, rest) = cut(typed, b"0123456789");
    let end = rest.iter().rposition(u8::is_ascii_digit).map_or(0, |last| last.wrapping_add(1));
    let (digits, after) = rest.split_at_checked(end).unwrap_or_default();
    if digits.is_empty() {
        return Err(ErrorCode::MalformedAmount.into());
    }
    let (negative, before) = signed(before.trim_ascii());
    let named = match (before, after) {
        ([], []) => None,
        ([], word) | (word, []) => Some(named_currency(word.trim_ascii())?),
        _ => return Err(ErrorCode::MalformedAmount.into()),
    };
    if named.is_some() && currency.is_some() && named != currency {
        return Err(ErrorCode::CurrencyMismatch.into());
    }
    let mut decimal = Vec::with_capacity(MAX_LENGTH);
    if negative {
        decimal.push(b'-');
    }
    write_plain(digits, &mut decimal)?;
    Money::from_decimal_bytes(&decimal, Unit::Major, named.or(currency).unwrap_or(Currency::Uzs))
}

/// One byte for a character, in lower case.
fn folded(character: char) -> u8 {
    match ALIKE.chars().position(|alike| alike == character) {
        Some(place) => READ_AS.get(place).copied().unwrap_or_default(),
        None if matches!(character, '\t'..='~') => (character as u8).to_ascii_lowercase(),
        None => b'?',
    }
}

/// The minus before or after a currency sign (`-$5`, `$-5`), and what is left without it.
fn signed(before: &[u8]) -> (bool, &[u8]) {
    match before {
        [b'-', rest @ ..] | [rest @ .., b'-'] => (true, rest),
        _ => (false, before),
    }
}

fn named_currency(word: &[u8]) -> Result<Currency> {
    // «500 сум.» closes a sentence or marks an abbreviation.
    match place("so'm som sum uzs CYM CWM $ us$ usd", word.strip_suffix(b".").unwrap_or(word)) {
        Some(0..6) => Ok(Currency::Uzs),
        Some(_) => Ok(Currency::Usd),
        None => Err(ErrorCode::MalformedAmount.into()),
    }
}

/// Rewrites digits with separators as machines write decimals.
fn write_plain(typed: &[u8], out: &mut Vec<u8>) -> Result<()> {
    if !typed.iter().all(|&byte| byte.is_ascii_digit() || holds(b" .,", byte)) {
        return Err(ErrorCode::MalformedAmount.into());
    }
    let (first, rest) = cut(typed, b" .,");
    let Some((&separator, behind)) = rest.split_first() else {
        out.extend_from_slice(typed);
        return Ok(());
    };
    // What the first separator may group ends at the first of another kind, which divides the decimals from it.
    let (whole, fraction) = match separator {
        b' ' => cut(typed, b".,"),
        b',' => cut(typed, b"."),
        _ => cut(typed, b","),
    };
    let could_divide = separator != b' ';
    // Nobody groups behind a zero.
    let could_group = is_grouped(whole, separator) && !whole.starts_with(b"0");
    if could_group && could_divide && behind.len() == 3 {
        return Err(ErrorCode::AmbiguousAmount.into());
    }
    let (whole, fraction) = match (could_group, could_divide) {
        (true, _) => (whole, fraction.get(1..).unwrap_or_default()),
        (false, true) => (first, behind),
        (false, false) => return Err(ErrorCode::MalformedAmount.into()),
    };
    for &byte in whole {
        if byte != separator {
            out.push(byte);
        }
    }
    if !fraction.is_empty() {
        out.push(b'.');
        out.extend_from_slice(fraction);
    }
    Ok(())
}

/// Whether digits stand in thousands: threes from the end, one to three at the start, which is known to be a digit.
fn is_grouped(digits: &[u8], separator: u8) -> bool {
    let mut places = digits.iter().rev().enumerate();
    places.all(|(place, byte)| if place % 4 == 3 { *byte == separator } else { byte.is_ascii_digit() })
}
