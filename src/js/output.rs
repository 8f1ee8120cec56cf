//! Giving back text that `pack.js` unpacks: JSON as it is, plain text after `=`, lines after `/`, an error after `!`.

use alloc::vec::Vec;

use super::input::Reader;
use super::json;
use crate::checkout::USUAL_LENGTH;
use crate::error::Result;

/// What a function of the surface does with its arguments.
pub(super) type Call = fn(&mut Reader<'_>) -> Result<Vec<u8>>;

/// What a call with these arguments gives back.
#[inline(never)]
pub(super) fn answer(arguments: &[u8], call: Call) -> Vec<u8> {
    let mut reader = Reader::new(arguments);
    let answer = call(&mut reader).unwrap_or_else(|error| {
        reader.refuse(error);
        Vec::new()
    });
    reader.refusal.as_ref().map_or(answer, json::error)
}

/// Plain text, to which more can be appended.
pub(super) fn plain(text: &str) -> Vec<u8> {
    let mut plain = Vec::with_capacity(USUAL_LENGTH);
    plain.push(b'=');
    plain.extend_from_slice(text.as_bytes());
    plain
}

/// Lines that are to be appended, each closed by a line feed.
pub(super) fn lines() -> Vec<u8> {
    Vec::from(b"/")
}
