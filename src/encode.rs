//! Writing requests, strictly: what the provider would refuse or read otherwise is not sent.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::checkout::{check_fields, form};
use crate::endpoint::{Fields, Message};
use crate::error::{Error, ErrorCode, Result};
use crate::money::{Currency, Money};
use crate::text::{cut, into_string};

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

/// An account with a name for each of its values.
pub(crate) fn account<'a, 'f>(fields: &'a Fields<'f>) -> Result<&'a Fields<'f>> {
    check_fields(fields, "account")?;
    for (name, value) in fields {
        if value.len() > LONGEST {
            return Err(Error::with_detail(ErrorCode::TooLong, "4,096 bytes").at(name).at("account"));
        }
    }
    Ok(fields)
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

/// A body of JSON.
pub(crate) fn body(path: &str, body: &impl Serialize) -> Result<Message> {
    // Nothing that is serialised here can fail to be.
    let body = serde_json_wasm::to_string(body).map_err(|_| ErrorCode::Internal)?;
    Ok(Message { target: path.into(), body: Some(body) })
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

/// A path with an id where it says `{…}`.
pub(crate) fn path_with(path: &str, id: &str, member: &str) -> Result<String> {
    filled(id, member)?;
    // Those would be taken for steps to elsewhere, encoded or not; and a path has no plus for a space.
    if matches!(id, "." | "..") || id.contains(' ') {
        return Err(Error::about(ErrorCode::InvalidId, member));
    }
    let (before, rest) = cut(path.as_bytes(), b"{");
    let (_, after) = cut(rest, b"}");
    let mut target = Vec::from(before);
    form::encode(id.as_bytes(), &mut target);
    target.extend_from_slice(after.get(1..).unwrap_or_default());
    Ok(into_string(target))
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
