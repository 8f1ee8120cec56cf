//! Giving back text that `pack.js` unpacks: JSON as it is, plain text after `=`, lines after `/`, an error after `!`.

use alloc::string::String;

use super::input::Reader;
use super::json;
use crate::error::Result;

/// What a function of the surface does with its arguments.
type Call = fn(&mut Reader<'_>) -> Result<String>;

/// What a call with these arguments gives back.
#[inline(never)]
pub(super) fn answer(arguments: &str, call: Call) -> String {
    call(&mut Reader(arguments)).unwrap_or_else(|error| json::error(&error))
}

/// Plain text that more can be appended to.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::from("=");
    plain.push_str(text);
    plain
}

/// Lines that are to be appended, each closed by a line feed.
pub(super) fn lines() -> String {
    String::from("/")
}
