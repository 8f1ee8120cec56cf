//! Reading and writing text byte by byte.
//!
//! By hand, for the WebAssembly module's sake: each kind of searching, number reading and number writing that the standard
//! library is asked for weighs as much there as all of this file.

use alloc::string::String;
use alloc::vec::Vec;

/// What stands before the first of these bytes, and the rest, which begins with that byte or is empty.
pub(crate) fn cut<'a>(text: &'a [u8], stops: &[u8]) -> (&'a [u8], &'a [u8]) {
    let end = text.iter().position(|byte| stops.iter().any(|stop| stop == byte)).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, &[]))
}

pub(crate) fn holds(text: &[u8], byte: u8) -> bool {
    !cut(text, &[byte]).1.is_empty()
}

/// What stands before and behind the first of these ASCII separators.
pub(crate) const fn halves(text: &str, separator: u8) -> (&str, &str) {
    let mut end = 0usize;
    let mut rest = text.as_bytes();
    while let [byte, tail @ ..] = rest {
        if *byte == separator {
            break;
        }
        end = end.wrapping_add(1);
        rest = tail;
    }
    match (text.split_at_checked(end), text.split_at_checked(end.wrapping_add(1))) {
        (Some((before, _)), Some((_, behind))) => (before, behind),
        _ => (text, ""),
    }
}

/// The part of a text with so many separators before it.
pub(crate) const fn nth(text: &str, separator: u8, mut place: usize) -> &str {
    let mut rest = text;
    while place > 0 {
        rest = halves(rest, separator).1;
        place = place.saturating_sub(1);
    }
    halves(rest, separator).0
}

/// The place of a word among these, which spaces part.
pub(crate) fn place(words: &str, word: &[u8]) -> Option<usize> {
    let mut place = 0usize;
    let mut rest = word;
    let mut is_same = true;
    for byte in words.bytes() {
        if byte == b' ' {
            if is_same && rest.is_empty() {
                break;
            }
            place = place.wrapping_add(1);
            (rest, is_same) = (word, true);
        } else if let [first, tail @ ..] = rest
            && *first == byte
        {
            rest = tail;
        } else {
            is_same = false;
        }
    }
    (is_same && rest.is_empty()).then_some(place)
}

/// Bytes that were checked or written as UTF-8 piece by piece.
pub(crate) fn into_string(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_default()
}

/// The upper-case hexadecimal digit of the lowest four bits.
pub(crate) fn hex_digit(bits: u8) -> u8 {
    b"0123456789ABCDEF".get(usize::from(bits & 15)).copied().unwrap_or_default()
}

/// A number of four bits from its hexadecimal digit.
pub(crate) fn hex_value(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit.wrapping_sub(b'0')),
        _ => match digit | 0x20 {
            lower @ b'a'..=b'f' => Some(lower.wrapping_sub(b'a' - 10)),
            _ => None,
        },
    }
}

/// The bytes of pairs of hexadecimal digits, up to the first that is none.
#[cfg(feature = "js-sign")]
pub(crate) fn from_hex(digits: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(digits.len() / 2);
    let mut rest = digits;
    while let [high, low, tail @ ..] = rest
        && let (Some(high), Some(low)) = (hex_value(*high), hex_value(*low))
    {
        bytes.push(high << 4 | low);
        rest = tail;
    }
    bytes
}

/// Appends a whole number.
pub(crate) fn write_number(number: u64, out: &mut Vec<u8>) {
    if number >= 10 {
        write_number(number / 10, out);
    }
    out.push(b'0' | u8::try_from(number % 10).unwrap_or_default());
}

/// An unsigned decimal number: at least one digit, and at least one more where there is a point.
#[derive(Clone, Copy, Default)]
pub(crate) struct Decimal {
    /// All digits as one whole number; exact up to 18 of them, and beyond that still larger than any amount.
    pub(crate) digits: u64,
    pub(crate) length: usize,
    /// How many of them stand after the point.
    pub(crate) decimals: usize,
}

impl Decimal {
    pub(crate) fn read(text: &[u8]) -> Option<Self> {
        let mut number = Self::default();
        let mut point = false;
        for &byte in text {
            match byte {
                b'0'..=b'9' => {
                    number.digits = append_digit(number.digits, byte & 15);
                    number.length = number.length.wrapping_add(1);
                    number.decimals = number.decimals.wrapping_add(usize::from(point));
                }
                b'.' if !point && number.length > 0 => point = true,
                _ => return None,
            }
        }
        (number.length > 0 && point == (number.decimals > 0)).then_some(number)
    }

    /// A whole number up to `largest`.
    pub(crate) fn read_whole(text: &[u8], largest: u64) -> Option<u64> {
        let number = Self::read(text)?;
        (number.decimals == 0 && number.digits <= largest).then_some(number.digits)
    }
}

/// `number × 10 + digit`, or the number itself where it has 18 digits already.
pub(crate) fn append_digit(number: u64, digit: u8) -> u64 {
    if number >= 100_000_000_000_000_000 { number } else { number.wrapping_mul(10).wrapping_add(u64::from(digit)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;
    use alloc::string::ToString;

    #[test]
    fn text_is_cut_before_the_first_stop() {
        assert_eq!(cut(b"host/path?x", b"?/"), (&b"host"[..], &b"/path?x"[..]));
        assert_eq!(cut(b"/", b"/"), (&b""[..], &b"/"[..]));
        assert_eq!(cut(b"host", b"/"), (&b"host"[..], &b""[..]));
    }

    #[test]
    fn parts_are_counted_from_zero() {
        assert_eq!(halves("a=b=c", b'='), ("a", "b=c"));
        assert_eq!(halves("a", b'='), ("a", ""));
        assert_eq!(["a b c", "b c", "c", ""].map(|text| nth(text, b' ', 1)), ["b", "c", "", ""]);
        assert_eq!(nth("a b c", b' ', 0), "a");
    }

    #[test]
    fn words_are_found_whole() {
        assert_eq!(place("half_even half_up down up", b"up"), Some(3));
        for word in ["half", "own", "", " ", "down up", "upper"] {
            assert_eq!(place("half_even half_up down up", word.as_bytes()), None, "{word}");
        }
    }

    #[test]
    fn numbers_are_written_as_the_standard_library_writes_them() {
        for number in [0, 7, 10, 99, 100, 1_234_567_890, u64::MAX] {
            let mut out = Vec::new();
            write_number(number, &mut out);
            assert_eq!(into_string(out), number.to_string());
        }
    }

    #[test]
    fn hexadecimal_digits_are_read_as_the_standard_library_reads_them() {
        for byte in 0..=u8::MAX {
            assert_eq!(hex_value(byte).map(u32::from), char::from(byte).to_digit(16));
        }
        assert_eq!((0..16).map(|bits| char::from(hex_digit(bits))).collect::<String>(), "0123456789ABCDEF");
    }

    #[test]
    fn decimals_are_exact_up_to_18_digits_and_too_large_beyond() {
        let read = |text: &str| Decimal::read(text.as_bytes()).map(|number| (number.digits, number.decimals));
        assert_eq!(read("0012.50"), Some((1250, 2)));
        assert_eq!(read("999999999999999999"), Some((999_999_999_999_999_999, 0)));
        assert_eq!(read(&format!("{}1", "0".repeat(99))), Some((1, 0)));
        assert!(read(&"9".repeat(99)).is_some_and(|(digits, _)| digits > 9_007_199_254_740_991));
        assert!(read(&format!("1{}", "0".repeat(64))).is_some_and(|(digits, _)| digits > 9_007_199_254_740_991));
        for text in ["", ".", "5.", ".5", "1.2.3", "-1", "1e5", "٣", "1 "] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
