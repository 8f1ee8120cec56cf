//! Writing requests, strictly: what the provider would refuse or read otherwise is not sent.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::checkout::{check_fields, form};
use crate::endpoint::{Fields, Message};
use crate::error::{Error, ErrorCode, Result};
use crate::json::json_of;
use crate::money::{Currency, Money};
use crate::text::{cut, holds, into_string, write_number};

/// The longest text of one member, in bytes of UTF-8.
const LONGEST: usize = 4096;

/// Text that says something.
pub(crate) fn filled<'a>(text: &'a str, member: &str) -> Result<&'a str> {
    match text.len() {
        0 => Err(Error::about(ErrorCode::EmptyText, member)),
        1..=LONGEST => Ok(text),
        _ => Err(Error::with_detail(ErrorCode::TooLong, "4,096 bytes").at(member)),
    }
}

/// The same, of what may be absent.
pub(crate) fn filled_where_given<'a>(text: &'a Option<Cow<'_, str>>, member: &str) -> Result<Option<&'a str>> {
    text.as_deref().map(|text| filled(text, member)).transpose()
}

/// An account, or another object, with a name of its own for each of its values.
pub(crate) fn account<'a, 'f>(fields: &'a Fields<'f>, member: &str) -> Result<&'a Fields<'f>> {
    check_fields(fields, member)?;
    for (name, value) in fields {
        if value.len() > LONGEST {
            return Err(Error::with_detail(ErrorCode::TooLong, "4,096 bytes").at(name).at(member));
        }
    }
    Ok(fields)
}

/// The same, of what may be absent.
pub(crate) fn account_where_given<'a, 'f>(
    fields: &'a Option<Fields<'f>>,
    member: &str,
) -> Result<Option<&'a Fields<'f>>> {
    fields.as_ref().map(|fields| account(fields, member)).transpose()
}

/// An amount on a wire that has whole som only.
pub(crate) fn whole_som(amount: Money) -> Result<i64> {
    let refusal = match amount.currency() {
        Currency::Usd => ErrorCode::CurrencyMismatch,
        Currency::Uzs if amount.minor() <= 0 => ErrorCode::AmountNotPositive,
        Currency::Uzs if !amount.is_whole() => ErrorCode::FractionalSom,
        Currency::Uzs => return Ok(amount.minor() / 100),
    };
    Err(Error::about(refusal, "amount"))
}

/// An amount of tiyin, which is written as text; of `least` tiyin at least.
pub(crate) fn tiyin_text(amount: Money, least: i64, member: &str) -> Result<String> {
    let refusal = match amount.currency() {
        Currency::Usd => ErrorCode::CurrencyMismatch,
        Currency::Uzs if amount.minor() >= least => {
            let mut digits = Vec::new();
            write_number(amount.minor().unsigned_abs(), &mut digits);
            return Ok(into_string(digits));
        }
        Currency::Uzs if least > 0 => ErrorCode::AmountNotPositive,
        Currency::Uzs => ErrorCode::OutOfRange,
    };
    Err(Error::about(refusal, member))
}

/// Text for people: it says something, and every character of it can be printed.
pub(crate) fn printable<'a>(text: &'a str, member: &str) -> Result<&'a str> {
    // Of spaces alone nothing would be left.
    filled(text.trim(), member)?;
    if text.chars().all(is_printable) { Ok(text) } else { Err(Error::about(ErrorCode::UnprintableText, member)) }
}

/// Whether a character is more than a command, a gap (what Unicode lets programs ignore), or a place that nothing is at.
fn is_printable(character: char) -> bool {
    !matches!(character,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}'
        | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{ffff}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..)
        && u32::from(character) & 0xfffe != 0xfffe
}

/// A body of JSON.
pub(crate) fn body(path: &str, body: &impl Serialize) -> Result<Message> {
    // Nothing that is serialised here can fail to be.
    let body = json_of(body).ok_or(ErrorCode::Internal)?;
    Ok(Message { target: path.into(), body: Some(into_string(body)) })
}

/// A path with a query of those parameters that are given.
pub(crate) fn query(path: &str, parameters: &[(&str, Option<&str>)]) -> String {
    let mut target = Vec::from(path);
    let mut separator = b'?';
    for (name, value) in parameters {
        if let Some(value) = value {
            target.push(separator);
            target.extend_from_slice(name.as_bytes());
            target.push(b'=');
            form::encode(value.as_bytes(), &mut target);
            separator = b'&';
        }
    }
    into_string(target)
}

/// An id that can be a part of a path.
pub(crate) fn segment<'a>(id: &'a str, member: &str) -> Result<&'a str> {
    filled(id, member)?;
    // Those lead elsewhere, even encoded: servers decode a path before they look at it, some of them twice. And a path has no
    // plus for a space.
    if matches!(id, "." | "..") || id.bytes().any(|byte| byte <= b' ' || byte == 0x7f || holds(b"/\\?#%", byte)) {
        return Err(Error::about(ErrorCode::InvalidId, member));
    }
    Ok(id)
}

/// A path with an id where it says `{…}`.
pub(crate) fn path_with(path: &str, id: &str, member: &str) -> Result<String> {
    segment(id, member)?;
    let (before, rest) = cut(path.as_bytes(), b"{");
    let (_, after) = cut(rest, b"}");
    let mut target = Vec::from(before);
    form::encode(id.as_bytes(), &mut target);
    target.extend_from_slice(after.get(1..).unwrap_or_default());
    Ok(into_string(target))
}

/// A path that stays below the base URL: segments of plain characters, and perhaps a slash at the end.
pub(crate) fn check_path(path: &str, member: &str) -> Result<()> {
    filled(path, member)?;
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || holds(b"-._~", byte);
    let is_segment = |segment: &str| !matches!(segment, "" | "." | "..") && segment.bytes().all(is_plain);
    if path.strip_suffix('/').unwrap_or(path).split('/').all(is_segment) {
        return Ok(());
    }
    Err(Error::with_detail(ErrorCode::InvalidId, "in each segment of the path").at(member))
}

/// An object of named values.
pub(crate) fn as_map<S: Serializer>(fields: &Fields<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(fields.len()))?;
    for (name, value) in fields {
        map.serialize_entry(name, value)?;
    }
    map.end()
}

/// The same, of what may be absent.
pub(crate) fn as_optional_map<S: Serializer>(fields: &Option<&Fields<'_>>, serializer: S) -> Result<S::Ok, S::Error> {
    match fields {
        Some(fields) => as_map(fields, serializer),
        None => serializer.serialize_none(),
    }
}
