//! Reading what a caller gave, without coercion.
//!
//! `pack.js` writes the arguments as tagged text, one after the other: a string never passes for a number, no member is
//! asked for that the caller did not give, and a list of ten thousand orders crosses as one string.

use crate::error::{Error, ErrorCode, Result};
use crate::money::whole_number;
use crate::text::{holds, nth, place};

/// What is left to read of a call's arguments.
pub(super) struct Reader<'a>(pub(super) &'a str);

impl<'a> Reader<'a> {
    /// The next tag and its text, as in `12s571c06fb-6c6` or `5n19.99`; the length is in UTF-16 units.
    fn next(&mut self) -> (u8, &'a str) {
        let mut units = 0usize;
        for (at, &byte) in self.0.as_bytes().iter().enumerate() {
            if byte.is_ascii_digit() {
                units = units.wrapping_mul(10).wrapping_add(usize::from(byte & 15));
                continue;
            }
            let rest = self.0.get(at.wrapping_add(1)..).unwrap_or_default();
            let (text, rest) = rest.split_at_checked(bytes_of(rest, units)).unwrap_or_default();
            self.0 = rest;
            return (byte, text);
        }
        (0, "")
    }

    /// Whether the next is this tag, which is then read.
    pub(super) fn take(&mut self, tag: u8) -> bool {
        match self.0.as_bytes().first() {
            Some(next) if *next == tag => {
                self.next();
                true
            }
            _ => false,
        }
    }

    fn expect(&mut self, tags: &[u8], message: &'static str) -> Result<&'a str> {
        let (tag, text) = self.next();
        if holds(tags, tag) { Ok(text) } else { Err(unexpected(tag, message)) }
    }

    pub(super) fn text(&mut self) -> Result<&'a str> {
        self.expect(b"s", "a string was expected")
    }

    /// The decimal text of a number, a bigint or a string; of a number the shortest that reads back as the same.
    pub(super) fn decimal(&mut self) -> Result<&'a str> {
        self.expect(b"snb", "a string, a number or a bigint was expected")
    }

    /// A number that is whole and exact.
    pub(super) fn whole_number(&mut self) -> Result<i64> {
        whole_number(self.expect(b"n", "a number was expected")?)
    }

    /// Which of a few words it is; `message` lists them.
    pub(super) fn word(&mut self, words: &str, message: &'static str) -> Result<usize> {
        let text = self.expect(b"s", message)?;
        place(words, text.as_bytes()).ok_or_else(|| Error::with_message(ErrorCode::NotAnOption, message))
    }

    /// The start of an array, whose values follow until [`Self::take`] finds its end.
    pub(super) fn start_list(&mut self) -> Result<()> {
        self.expect(b"a", "an array was expected")?;
        Ok(())
    }

    /// The start of an object, whose names and values follow until [`Self::take`] finds its end.
    pub(super) fn start_object(&mut self) -> Result<()> {
        self.expect(b"o", "a plain object was expected")?;
        Ok(())
    }

    /// Reads the values of an array.
    pub(super) fn list(&mut self, mut read: impl FnMut(&mut Self) -> Result<()>) -> Result<()> {
        self.start_list()?;
        let mut index = 0usize;
        while !self.take(b'e') {
            read(self).map_err(|error| error.at_index(index))?;
            index = index.wrapping_add(1);
        }
        Ok(())
    }

    /// Reads the members with these names, of which the first `required` must be there. Any other is refused: a misspelled
    /// option must not be dropped silently.
    pub(super) fn members(
        &mut self,
        names: &str,
        required: u32,
        mut read: impl FnMut(&mut Self, usize) -> Result<()>,
    ) -> Result<()> {
        self.start_object()?;
        let mut found = 0u32;
        while let Some((name, index)) = self.member(names, required, &mut found)? {
            read(self, index).map_err(|error| error.at(name))?;
        }
        Ok(())
    }

    /// The next member that is not `undefined`; which ones there were is in the bits of `found`.
    fn member(&mut self, names: &str, required: u32, found: &mut u32) -> Result<Option<(&'a str, usize)>> {
        while !self.take(b'e') {
            let name = self.text()?;
            let Some(index) = place(names, name.as_bytes()) else {
                return Err(Error::about(ErrorCode::UnknownField, name));
            };
            if !self.take(b'u') {
                *found |= 1 << index;
                return Ok(Some((name, index)));
            }
        }
        let missing = found.trailing_ones();
        if missing < required {
            return Err(Error::about(ErrorCode::MissingField, nth(names, b' ', missing as usize)));
        }
        Ok(None)
    }

    /// What may be absent, where it is not.
    pub(super) fn optional(&mut self) -> Option<&mut Self> {
        if self.take(b'u') { None } else { Some(self) }
    }
}

/// Why a value is not what was expected.
#[cold]
fn unexpected(tag: u8, message: &'static str) -> Error {
    match tag {
        b'u' => Error::with_message(ErrorCode::MissingField, message),
        b'x' => ErrorCode::TooLong.into(),
        b'h' => ErrorCode::LoneSurrogate.into(),
        b'!' => ErrorCode::Unreadable.into(),
        b'r' => ErrorCode::AmountOutOfRange.into(),
        _ => Error::with_message(ErrorCode::InvalidType, message),
    }
}

/// How many bytes of UTF-8 hold so many UTF-16 units.
fn bytes_of(text: &str, units: usize) -> usize {
    let mut left = units;
    for (at, &byte) in text.as_bytes().iter().enumerate() {
        let continues = byte & 0xc0 == 0x80;
        if !continues {
            if left == 0 {
                return at;
            }
            left = left.saturating_sub(if byte >= 0xf0 { 2 } else { 1 });
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_as_long_as_its_utf16_units() {
        let mut reader = Reader("7saʻ😀mé;2nokue");
        assert_eq!(reader.next(), (b's', "aʻ😀mé;"));
        assert_eq!(reader.next(), (b'n', "ok"));
        assert!(!reader.take(b'e') && reader.take(b'u') && reader.take(b'e') && !reader.take(b'e'));
        assert_eq!(reader.next(), (0, ""));
        assert_eq!(Reader("9sshort").next(), (b's', "short"));
    }
}
