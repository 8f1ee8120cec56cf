//! Reading what a caller gave, without coercion.
//!
//! `pack.js` writes the arguments as tagged bytes, one after the other: a string never passes for a number, no member is
//! asked for that the caller did not give, and a list of ten thousand orders crosses at once.

#[cfg(feature = "js-sign")]
use alloc::vec::Vec;

use crate::error::{Error, ErrorCode};
use crate::money::whole_number;
#[cfg(feature = "js-sign")]
use crate::text::from_hex;
use crate::text::{holds, nth, place};

/// The tag of a flag, a function or a signal, which only clients know.
const OTHER: u8 = if cfg!(feature = "js-clients") { b'c' } else { b'y' };

/// What is left to read of a call's arguments.
///
/// The first refusal is kept with the name of what it is about, and all that follows reads as nothing. So no reading is
/// interrupted, and the call's answer is the refusal, whatever was made of the rest.
pub(super) struct Reader<'a> {
    rest: &'a [u8],
    /// What refusals name where they name no member.
    whole: &'static str,
    /// The place in the list that is being read, counted from one.
    item: usize,
    /// The names of the members that are being read, the outermost first.
    path: [&'a str; 2],
    depth: usize,
    pub(super) refusal: Option<Error>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(arguments: &'a [u8]) -> Self {
        Self { rest: arguments, whole: "", item: 0, path: [""; 2], depth: 0, refusal: None }
    }

    #[cold]
    #[inline(never)]
    pub(super) fn refuse(&mut self, mut error: Error) {
        for name in self.path.iter().take(self.depth).rev() {
            error = error.at(name);
        }
        if self.item > 0 {
            error = error.at_index(self.item.wrapping_sub(1));
        }
        self.rest = &[];
        self.refusal.get_or_insert(error.within(self.whole));
    }

    /// Begins with an argument whose members need no other name than their own.
    pub(super) fn whole(&mut self, name: &'static str) -> &mut Self {
        self.whole = name;
        self.item = 0;
        self.depth = 0;
        self
    }

    /// Begins with an argument whose members are named after it: `money.minor`.
    pub(super) fn argument(&mut self, name: &'static str) -> &mut Self {
        self.depth = 1;
        self.name(name);
        self
    }

    fn name(&mut self, name: &'a str) {
        if let Some(innermost) = self.path.get_mut(self.depth.wrapping_sub(1)) {
            *innermost = name;
        }
    }

    /// The next tag and its text, which the tags of strings and numbers have; before it stands how many bytes it takes.
    #[cfg_attr(
        not(feature = "js-clients"),
        allow(unreachable_patterns, reason = "without clients nothing else has text")
    )]
    fn next(&mut self) -> (u8, &'a str) {
        let rest = self.rest;
        if let [tag @ (b's' | b'n' | b'b' | b'd' | b'y' | OTHER), low, middle, high, text @ ..] = rest {
            let length = u32::from_le_bytes([*low, *middle, *high, 0]) as usize;
            let (text, rest) = text.split_at_checked(length).unwrap_or_default();
            self.rest = rest;
            return (*tag, str::from_utf8(text).unwrap_or_default());
        }
        let Some((tag, rest)) = rest.split_first() else {
            return (0, "");
        };
        self.rest = rest;
        (*tag, "")
    }

    /// Whether the next is this tag, which is then read, or nothing is left.
    fn take(&mut self, tag: u8) -> bool {
        let found = self.rest.first().is_none_or(|next| *next == tag);
        if found {
            self.rest = self.rest.get(1..).unwrap_or_default();
        }
        found
    }

    /// The text of the next value, if its tag is one of these.
    fn expect(&mut self, tags: &[u8], detail: &'static str) -> &'a str {
        let (tag, text) = self.next();
        if holds(tags, tag) {
            return text;
        }
        self.refuse(match tag {
            b'u' => Error::with_detail(ErrorCode::MissingField, detail),
            b'x' => Error::with_detail(ErrorCode::TooLong, "2,097,152 characters, a million items, 128 MiB"),
            b'h' => ErrorCode::LoneSurrogate.into(),
            b'!' => ErrorCode::Unreadable.into(),
            b'r' => ErrorCode::AmountOutOfRange.into(),
            _ => Error::with_detail(ErrorCode::InvalidType, detail),
        });
        ""
    }

    pub(super) fn text(&mut self) -> &'a str {
        self.expect(b"s", "a string")
    }

    /// The decimal text of a number, a bigint or a string; of a number the shortest that reads back as the same.
    pub(super) fn decimal(&mut self) -> &'a str {
        self.expect(b"snb", "a string, a number or a bigint")
    }

    /// A number that is whole and exact.
    pub(super) fn whole_number(&mut self) -> i64 {
        self.whole_number_of(b"n", "a number")
    }

    /// The same, of a number that is no amount: beyond these it is out of range.
    #[cfg(feature = "js-clients")]
    pub(super) fn number_between(&mut self, least: i64, most: i64) -> u64 {
        let text = self.expect(b"n", "a number");
        let refusal = match whole_number(text) {
            Ok(number) if (least..=most).contains(&number) => return number.unsigned_abs(),
            // Large numbers are written with an exponent.
            Err(error) if !matches!(error.code(), ErrorCode::AmountOutOfRange | ErrorCode::Exponent) => error,
            _ => ErrorCode::OutOfRange.into(),
        };
        self.refuse(refusal);
        0
    }

    fn whole_number_of(&mut self, tags: &[u8], detail: &'static str) -> i64 {
        whole_number(self.expect(tags, detail)).unwrap_or_else(|error| {
            self.refuse(error);
            0
        })
    }

    /// Milliseconds, which a number or a date is read as.
    #[cfg(feature = "js-sign")]
    pub(super) fn millis(&mut self) -> i64 {
        self.whole_number_of(b"nd", "milliseconds or a Date")
    }

    /// The bytes of a string or an array of bytes.
    #[cfg(feature = "js-sign")]
    pub(super) fn bytes(&mut self) -> Vec<u8> {
        let is_text = self.rest.first() == Some(&b's');
        let text = self.expect(b"sy", "a string or a Uint8Array");
        if is_text { Vec::from(text) } else { from_hex(text.as_bytes()) }
    }

    /// Which of a few words it is.
    pub(super) fn word(&mut self, words: &'static str) -> usize {
        let text = self.text();
        place(words, text.as_bytes()).unwrap_or_else(|| {
            self.refuse(Error::with_detail(ErrorCode::NotAnOption, words));
            0
        })
    }

    #[cfg(feature = "js-clients")]
    pub(super) fn flag(&mut self) -> bool {
        self.other("true false", "true or false") == 0
    }

    #[cfg(feature = "js-clients")]
    pub(super) fn function(&mut self) {
        self.other("function", "a function");
    }

    #[cfg(feature = "js-clients")]
    pub(super) fn signal(&mut self) {
        self.other("signal", "an AbortSignal");
    }

    /// Which of the kinds of value it is that are told by a word.
    #[cfg(feature = "js-clients")]
    fn other(&mut self, words: &str, detail: &'static str) -> usize {
        let word = self.expect(&[OTHER], detail);
        place(words, word.as_bytes()).unwrap_or_else(|| {
            self.refuse(Error::with_detail(ErrorCode::InvalidType, detail));
            0
        })
    }

    /// What follows the arguments, behind the tag that the last of them left.
    #[cfg(feature = "js-clients")]
    pub(super) fn body(&self) -> &'a [u8] {
        self.rest.get(1..).unwrap_or_default()
    }

    /// What may be absent, where it is not.
    pub(super) fn optional(&mut self) -> Option<&mut Self> {
        if self.take(b'u') { None } else { Some(self) }
    }

    pub(super) fn start_list(&mut self) {
        self.expect(b"a", "an array");
    }

    /// Whether another value of the array follows.
    pub(super) fn has_item(&mut self) -> bool {
        let found = !self.take(b'e');
        self.item = if found { self.item.wrapping_add(1) } else { 0 };
        found
    }

    /// The same inside of an item: refusals name the outer one.
    #[cfg(feature = "js-clients")]
    pub(super) fn has_inner_item(&mut self) -> bool {
        !self.take(b'e')
    }

    /// Passes over a value of any kind that is plain data.
    #[cfg(feature = "js-clients")]
    pub(super) fn skip(&mut self) {
        let mut open = 0usize;
        loop {
            match self.rest.first() {
                Some(b'o' | b'a') => open = open.wrapping_add(1),
                Some(b'e') => open = open.wrapping_sub(1),
                _ => {}
            }
            self.expect(b"snbdycoaeu?", "plain data");
            if open == 0 || self.rest.is_empty() {
                return;
            }
        }
    }

    pub(super) fn start_object(&mut self) {
        self.expect(b"o", "a plain object");
        self.depth = self.depth.wrapping_add(1);
    }

    /// The name of the object's next member, whose value follows.
    pub(super) fn member(&mut self) -> Option<&'a str> {
        if self.take(b'e') {
            self.depth = self.depth.wrapping_sub(1);
            return None;
        }
        self.name("");
        let name = self.text();
        self.name(name);
        Some(name)
    }

    /// The place among `names` of the next member that is not `undefined`. The first `required` must be there, which
    /// `found` is for. Any other is refused: a misspelled option must not be dropped silently.
    pub(super) fn known_member(&mut self, names: &'static str, required: u32, found: &mut u32) -> Option<usize> {
        while let Some(name) = self.member() {
            let Some(place) = place(names, name.as_bytes()) else {
                self.refuse(ErrorCode::UnknownField.into());
                continue;
            };
            if !self.take(b'u') {
                *found |= 1 << place;
                return Some(place);
            }
        }
        let missing = found.trailing_ones();
        if missing < required {
            self.refuse(Error::about(ErrorCode::MissingField, nth(names, b' ', missing as usize)));
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Money;

    #[test]
    fn text_is_as_long_as_its_length_says() {
        let mut reader = Reader::new("s\x0c\0\0saʻ😀mé;n\x02\0\0okue".as_bytes());
        assert_eq!(reader.next(), (b's', "saʻ😀mé;"));
        assert_eq!(reader.next(), (b'n', "ok"));
        assert!(!reader.take(b'e') && reader.take(b'u') && reader.take(b'e'));
        assert_eq!(reader.next(), (0, ""));
        let long = [b"b\0\x02\x01".as_slice(), &[b'1'; 0x1_0200], b"u"].concat();
        let mut reader = Reader::new(&long);
        assert_eq!(reader.next().1.len(), 0x1_0200);
        assert!(reader.take(b'u'));
    }

    #[test]
    fn what_pack_js_does_not_write_reads_as_nothing() {
        for broken in [b"s\x09\0\0short".as_slice(), b"s\x01\0", b"s\x01\0\0\xff", b"n"] {
            assert_eq!(Reader::new(broken).decimal(), "", "{broken:?}");
        }
    }

    #[test]
    fn whole_numbers_are_exact_or_refused_with_the_reason() {
        for (digits, number, refusal) in [
            ("-7", -7, None),
            ("9007199254740991", Money::MAX_MINOR, None),
            ("9007199254740992", 0, Some(ErrorCode::AmountOutOfRange)),
            ("1.5", 0, Some(ErrorCode::NotAnInteger)),
            ("1e+21", 0, Some(ErrorCode::Exponent)),
            ("NaN", 0, Some(ErrorCode::NotANumber)),
        ] {
            let packed = [b"n".as_slice(), &[digits.len() as u8, 0, 0], digits.as_bytes()].concat();
            let mut reader = Reader::new(&packed);
            assert_eq!(reader.whole_number(), number);
            assert_eq!(reader.refusal.as_ref().map(Error::code), refusal);
        }
    }

    #[cfg(feature = "js-clients")]
    #[test]
    fn a_number_that_is_no_amount_is_refused_in_words_of_numbers() {
        for (digits, number, refusal) in [
            ("0", 0, None),
            ("9007199254740991", 9_007_199_254_740_991, None),
            ("-1", 0, Some(ErrorCode::OutOfRange)),
            ("9007199254740992", 0, Some(ErrorCode::OutOfRange)),
            ("-9007199254740993", 0, Some(ErrorCode::OutOfRange)),
            ("1e+21", 0, Some(ErrorCode::OutOfRange)),
            ("1.5", 0, Some(ErrorCode::NotAnInteger)),
            ("NaN", 0, Some(ErrorCode::NotANumber)),
        ] {
            let packed = [b"n".as_slice(), &[digits.len() as u8, 0, 0], digits.as_bytes()].concat();
            let mut reader = Reader::new(&packed);
            assert_eq!(reader.number_between(0, Money::MAX_MINOR), number);
            assert_eq!(reader.refusal.as_ref().map(Error::code), refusal, "{digits}");
        }
    }

    #[test]
    fn the_first_refusal_is_kept_and_ends_the_reading() {
        let mut reader = Reader::new(b"aos\x01\0\0bus\x01\0\0c?es\x01\0\0x");
        reader.whole("list").start_list();
        assert!(reader.has_item());
        reader.start_object();
        assert_eq!(reader.member(), Some("b"));
        assert!(reader.optional().is_none());
        assert_eq!(reader.member(), Some("c"));
        assert_eq!((reader.text(), reader.member(), reader.has_item(), reader.text()), ("", None, false, ""));
        let refusal = reader.refusal.unwrap_or(ErrorCode::Internal.into());
        assert_eq!((refusal.code(), refusal.field()), (ErrorCode::InvalidType, Some("list[0].c")));
    }
}
