//! Amounts as people type them. Where a text could mean two amounts it is refused.

use alloc::string::String;
use alloc::vec::Vec;

use super::{Currency, Money, Unit};
use crate::error::{ErrorCode, Result};

/// More than any amount has with all its separators; longer text is no amount.
const MAX_LENGTH: usize = 128;

pub(super) fn parse(text: &str, currency: Option<Currency>) -> Result<Money> {
    let text = text.trim_matches(is_space);
    if text.is_empty() {
        return Err(ErrorCode::EmptyAmount.into());
    }
    if text.len() > MAX_LENGTH {
        return Err(ErrorCode::TooLong.into());
    }
    let is_digit = |character: char| character.is_ascii_digit();
    let malformed = ErrorCode::MalformedAmount;
    let start = text.find(is_digit).ok_or(malformed)?;
    let end = text.rfind(is_digit).and_then(|last| last.checked_add(1)).ok_or(malformed)?;
    let (before, rest) = text.split_at_checked(start).ok_or(malformed)?;
    let (digits, after) = rest.split_at_checked(end.saturating_sub(start)).ok_or(malformed)?;

    let (negative, prefix) = signed(before);
    let named = match (prefix.is_empty(), after.is_empty()) {
        (true, true) => None,
        (false, true) => Some(named_currency(prefix).ok_or(malformed)?),
        (true, false) => Some(named_currency(after).ok_or(malformed)?),
        (false, false) => return Err(malformed.into()),
    };
    let currency = match (named, currency) {
        (Some(named), Some(given)) if named != given => return Err(ErrorCode::CurrencyMismatch.into()),
        (Some(either), _) | (None, Some(either)) => either,
        (None, None) => Currency::Uzs,
    };

    let mut decimal = String::with_capacity(digits.len());
    if negative {
        decimal.push('-');
    }
    write_plain(digits, &mut decimal)?;
    Money::from_decimal(&decimal, Unit::Major, currency)
}

/// What keyboards, spreadsheets and number formatters put between digits.
fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r' | '\u{a0}' | '\u{2009}' | '\u{202f}')
}

/// The minus before or after a currency sign (`-$5`, `$-5`), and what is left without it.
fn signed(before: &str) -> (bool, &str) {
    const MINUS: [char; 2] = ['-', '\u{2212}'];
    let before = before.trim_matches(is_space);
    match (before.strip_prefix(MINUS), before.strip_suffix(MINUS)) {
        (Some(rest), _) | (None, Some(rest)) => (true, rest),
        (None, None) => (false, before),
    }
}

fn named_currency(word: &str) -> Option<Currency> {
    let word = word.trim_matches(is_space);
    // «500 сум.» closes a sentence or marks an abbreviation.
    let word: String = word.strip_suffix('.').unwrap_or(word).chars().map(folded).collect();
    match word.as_str() {
        "so'm" | "som" | "sum" | "uzs" | "сум" | "сўм" => Some(Currency::Uzs),
        "$" | "us$" | "usd" => Some(Currency::Usd),
        _ => None,
    }
}

/// Lower case for the letters currencies are written with, and one apostrophe for the many of Uzbek keyboards.
fn folded(character: char) -> char {
    match character {
        '\u{2bb}' | '\u{2bc}' | '\u{2018}' | '\u{2019}' | '`' | '\u{b4}' => '\'',
        'С' => 'с',
        'У' => 'у',
        'Ў' => 'ў',
        'М' => 'м',
        _ => character.to_ascii_lowercase(),
    }
}

/// Rewrites digits with separators as machines write decimals.
fn write_plain(typed: &str, out: &mut String) -> Result<()> {
    let mut groups: Vec<&str> = Vec::new();
    let mut separators: Vec<char> = Vec::new();
    let mut rest = typed;
    while let Some((at, separator)) = rest.char_indices().find(|(_, character)| !character.is_ascii_digit()) {
        let kind = match separator {
            '.' | ',' => separator,
            space if is_space(space) => ' ',
            _ => return Err(ErrorCode::MalformedAmount.into()),
        };
        let (group, tail) = rest.split_at_checked(at).ok_or(ErrorCode::MalformedAmount)?;
        groups.push(group);
        separators.push(kind);
        rest = tail.strip_prefix(separator).unwrap_or(tail);
    }
    groups.push(rest);

    let fraction = if divides(&groups, &separators)? { groups.pop() } else { None };
    if !grouped(&groups) {
        return Err(ErrorCode::MalformedAmount.into());
    }
    for group in &groups {
        out.push_str(group);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    Ok(())
}

/// Whether the last separator divides decimals from the whole.
fn divides(groups: &[&str], separators: &[char]) -> Result<bool> {
    let Some((&last, grouping)) = separators.split_last() else {
        return Ok(false);
    };
    let Some(&group) = grouping.first() else {
        // A single separator: a space groups; a point or comma divides unless what stands around it could be a group.
        let could_group = groups.first().is_some_and(|first| !first.starts_with('0')) && grouped(groups);
        if last != ' ' && could_group {
            return Err(ErrorCode::AmbiguousAmount.into());
        }
        return Ok(last != ' ');
    };
    if grouping.iter().any(|&separator| separator != group) || (last == ' ' && group != ' ') {
        return Err(ErrorCode::MalformedAmount.into());
    }
    Ok(last != group)
}

/// Whether these digits are one run, or thousands: one to three digits, then threes.
fn grouped(groups: &[&str]) -> bool {
    match groups.split_first() {
        None => false,
        Some((_, [])) => true,
        Some((first, threes)) => (1..=3).contains(&first.len()) && threes.iter().all(|group| group.len() == 3),
    }
}
