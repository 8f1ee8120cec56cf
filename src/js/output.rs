//! Giving back text that `pack.js` unpacks: JSON as it is, plain text after `=`, lines after `/`, an error after `!`.

use alloc::string::String;

use super::json;
use crate::error::Result;

/// Plain text that more can be appended to.
pub(super) fn plain(text: &str) -> String {
    ["=", text].concat()
}

/// Lines that are to be appended, each closed by a line feed.
pub(super) fn lines() -> String {
    String::from("/")
}

/// What a call gives back.
pub(super) fn answer(result: Result<String>) -> String {
    result.unwrap_or_else(|error| json::error(&error))
}
