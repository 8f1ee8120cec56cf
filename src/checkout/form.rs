//! The vendor's form encoding, and a lenient reading of it.

use alloc::string::String;
use alloc::vec::Vec;

/// Appends text as Python's `urlencode` writes it, except that `~` is encoded too.
///
/// A bare `~` is the only character of an encoded query that can put `+` or `/` into its base64, and those do not survive
/// every way a link travels.
pub(super) fn encode(text: &str, out: &mut Vec<u8>) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        if is_plain(byte) {
            out.push(byte);
        } else if byte == b' ' {
            out.push(b'+');
        } else {
            let digit = |nibble: u8| HEX.get(usize::from(nibble)).copied().unwrap_or_default();
            out.extend([b'%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-')
}

/// Text that was read from a form, and what was odd about its encoding.
pub(super) struct Decoded {
    pub(super) text: String,
    /// It holds characters that an encoder would have encoded.
    pub(super) unencoded: bool,
    /// It holds a `%` that opens no escape; it was kept as it stands, as browsers do.
    pub(super) malformed: bool,
}

/// Reads an encoded name or value; `None` where it is not UTF-8.
pub(super) fn decode(encoded: &[u8]) -> Option<Decoded> {
    let mut bytes = Vec::with_capacity(encoded.len());
    let (mut unencoded, mut malformed) = (false, false);
    let mut rest = encoded.iter();
    while let Some(&byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => match escape(rest.as_slice()) {
                Some(decoded) => {
                    bytes.push(decoded);
                    rest.nth(1);
                }
                None => {
                    malformed = true;
                    bytes.push(byte);
                }
            },
            // What the encoders of other languages leave alone.
            b'~' | b'*' | b'!' | b'\'' | b'(' | b')' => bytes.push(byte),
            _ => {
                unencoded |= !is_plain(byte);
                bytes.push(byte);
            }
        }
    }
    Some(Decoded { text: String::from_utf8(bytes).ok()?, unencoded, malformed })
}

fn escape(rest: &[u8]) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    match rest {
        [high, low, ..] => Some(digit(*high)?.wrapping_shl(4) | digit(*low)?),
        _ => None,
    }
}
