//! Base64 as checkout links carry it: written in the standard alphabet with padding, read in whatever of it still has one
//! meaning.
//!
//! By hand: what reads the other alphabet, lost padding and lost plus signs leaves a library little to do, and one that
//! takes the same time for every input (these are no secrets) is five times as big in the WebAssembly module.

use alloc::vec::Vec;

use super::form;
use crate::text::holds;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Appends the symbols of these bytes.
pub(crate) fn encode(bytes: &[u8], out: &mut Vec<u8>) {
    let start = out.len();
    out.resize(start.saturating_add(bytes.len().div_ceil(3).saturating_mul(4)), b'=');
    let places = out.get_mut(start..).unwrap_or_default();
    for (group, symbols) in bytes.chunks(3).zip(places.chunks_exact_mut(4)) {
        let byte = |place: usize| group.get(place).copied().unwrap_or_default();
        let [first, second, third, fourth] = symbols else { break };
        *first = symbol(byte(0) >> 2);
        *second = symbol(byte(0) << 4 | byte(1) >> 4);
        if group.len() > 1 {
            *third = symbol(byte(1) << 2 | byte(2) >> 6);
        }
        if group.len() > 2 {
            *fourth = symbol(byte(2));
        }
    }
}

/// Appends the symbols of the URL-safe alphabet, without padding.
pub(super) fn encode_url(bytes: &[u8], out: &mut Vec<u8>) {
    let start = out.len();
    encode(bytes, out);
    while out.ends_with(b"=") {
        out.pop();
    }
    for symbol in out.get_mut(start..).unwrap_or_default() {
        match symbol {
            b'+' => *symbol = b'-',
            b'/' => *symbol = b'_',
            _ => {}
        }
    }
}

fn symbol(bits: u8) -> u8 {
    ALPHABET.get(usize::from(bits & 63)).copied().unwrap_or_default()
}

/// Reads symbols of either alphabet, percent-encoded or not, where a plus sign may have become a space, with their padding or
/// without any.
pub(super) fn decode(text: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len());
    let (mut bits, mut count, mut padding) = (0u32, 0u32, 0u32);
    let mut rest = text;
    while let [first, tail @ ..] = rest {
        let (symbol, tail) = if *first == b'%' { form::escaped(tail)? } else { (*first, tail) };
        rest = tail;
        // Programs that encode for letters wrap their lines.
        if holds(b"\r\n", symbol) {
            continue;
        }
        if symbol == b'=' {
            padding = padding.wrapping_add(2);
            continue;
        }
        bits = bits << 6 | value(symbol).filter(|_| padding == 0)?;
        count = count.wrapping_add(6);
        if count >= 8 {
            count = count.wrapping_sub(8);
            let [byte, ..] = bits.wrapping_shr(count).to_le_bytes();
            out.push(byte);
            bits &= !u32::MAX.wrapping_shl(count);
        }
    }
    // What is left over belongs to no byte, so it is less than a symbol and zero. Padding that does not fill the last group
    // tells of a symbol that was lost or added.
    (count < 6 && bits == 0 && (padding == 0 || padding == count)).then_some(out)
}

fn value(symbol: u8) -> Option<u32> {
    let value = match symbol {
        b'A'..=b'Z' => symbol.wrapping_sub(b'A'),
        b'a'..=b'z' => symbol.wrapping_sub(b'a' - 26),
        b'0'..=b'9' => symbol.wrapping_add(52 - b'0'),
        b'+' | b'-' | b' ' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    };
    Some(u32::from(value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::into_string;

    const VECTORS: [(&str, &str); 7] = [
        ("", ""),
        ("f", "Zg=="),
        ("fo", "Zm8="),
        ("foo", "Zm9v"),
        ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ];

    fn encoded(bytes: &[u8]) -> alloc::string::String {
        let mut out = Vec::from(b"before");
        encode(bytes, &mut out);
        into_string(out.split_off(6))
    }

    #[test]
    fn the_vectors_of_rfc_4648_are_met() {
        for (bytes, text) in VECTORS {
            assert_eq!(encoded(bytes.as_bytes()), text);
            assert_eq!(decode(text.as_bytes()).map(into_string).as_deref(), Some(bytes));
            assert_eq!(decode(text.trim_end_matches('=').as_bytes()).map(into_string).as_deref(), Some(bytes));
        }
    }

    #[test]
    fn every_byte_comes_back_in_either_alphabet() {
        let bytes: Vec<u8> = (0..=u8::MAX).collect();
        let text = encoded(&bytes);
        assert_eq!(decode(text.as_bytes()).as_ref(), Some(&bytes));
        for (plus, slash) in [("-", "_"), (" ", "/")] {
            let text = text.replace('+', plus).replace('/', slash);
            assert_eq!(decode(text.as_bytes()).as_ref(), Some(&bytes));
        }
    }

    #[test]
    fn what_no_bytes_are_written_as_is_not_read() {
        for text in [
            "A", "Z", "Zm9vA", "Zm9vY", "Zh==", "Zm9=", "Zm=v", "Zg==Zg==", "Zg=", "Zg===", "Zm8==", "Zm8x=", "Zg =",
            "Zm9v=", "Zm9v====", "Zm9vé",
        ] {
            assert_eq!(decode(text.as_bytes()), None, "{text}");
        }
    }
}
