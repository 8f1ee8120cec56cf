//! The vendor's form encoding, and a lenient reading of it.

use alloc::string::String;
use alloc::vec::Vec;

use crate::text::{hex_digit, hex_value, holds};

/// Appends text as Python's `urlencode` writes it, except that `~` is encoded too.
///
/// A bare `~` is the only character of an encoded query that can put `+` or `/` into its base64, and those do not survive
/// every way a link travels.
pub(crate) fn encode(text: &[u8], out: &mut Vec<u8>) {
    for &byte in text {
        if is_plain(byte) {
            out.push(byte);
        } else if byte == b' ' {
            out.push(b'+');
        } else {
            out.push(b'%');
            out.push(hex_digit(byte >> 4));
            out.push(hex_digit(byte));
        }
    }
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-')
}

/// What was odd about the encoding of a text.
#[derive(Default)]
pub(crate) struct Oddities {
    /// It holds characters that an encoder would have encoded.
    pub(super) unencoded: bool,
    /// It holds a `%` that opens no escape; it was kept as it stands, as browsers do.
    pub(super) malformed: bool,
}

/// Reads an encoded name or value; `None` where it is not UTF-8.
pub(crate) fn decode(encoded: &[u8], oddities: &mut Oddities) -> Option<String> {
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut rest = encoded;
    while let [first, tail @ ..] = rest {
        rest = tail;
        let mut byte = *first;
        match byte {
            b'+' => byte = b' ',
            b'%' => match escaped(tail) {
                Some(decoded) => (byte, rest) = decoded,
                None => oddities.malformed = true,
            },
            // The encoders of other languages leave some more alone.
            _ => oddities.unencoded |= !is_plain(byte) && !holds(b"~*!'()", byte),
        }
        bytes.push(byte);
    }
    String::from_utf8(bytes).ok()
}

/// The byte that the two digits after a `%` stand for, and what follows them.
pub(super) fn escaped(text: &[u8]) -> Option<(u8, &[u8])> {
    match text {
        [high, low, rest @ ..] => Some((hex_value(*high)?.wrapping_shl(4) | hex_value(*low)?, rest)),
        _ => None,
    }
}
