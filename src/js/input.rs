//! Reading what a caller gave, without coercion.
//!
//! `pack.js` writes each argument as tagged text: a string never passes for a number, no member is asked for that the caller
//! did not give, and a list of ten thousand orders crosses as one string.

use crate::error::{Error, ErrorCode, Result};

/// Reads a value that must be there.
pub(super) fn required<'a, T>(value: Option<Value<'a>>, name: &str, read: fn(Value<'a>) -> Result<T>) -> Result<T> {
    read(value.unwrap_or(Value::ABSENT)).map_err(|error| error.at(name))
}

/// Reads a value that may be absent or `undefined`.
pub(super) fn optional<'a, T>(
    value: Option<Value<'a>>,
    name: &str,
    read: fn(Value<'a>) -> Result<T>,
) -> Result<Option<T>> {
    match value {
        Some(value) if value.tag() != b'u' => read(value).map(Some).map_err(|error| error.at(name)),
        _ => Ok(None),
    }
}

/// A JavaScript value as it was, before anything is expected of it: tagged text that begins with the value.
#[derive(Clone, Copy)]
pub(super) struct Value<'a>(pub(super) &'a str);

impl<'a> Value<'a> {
    const ABSENT: Value<'static> = Value("u");

    fn tag(self) -> u8 {
        self.0.bytes().next().unwrap_or_default()
    }

    /// The value's own text, and all that follows it. Of an object or an array, only the tag is taken.
    fn split(self) -> (&'a str, &'a str) {
        let rest = self.0.get(1..).unwrap_or_default();
        let numeric = matches!(self.tag(), b's' | b'n' | b'b');
        if !numeric {
            return ("", rest);
        }
        let end = rest.bytes().position(|byte| byte == b';').unwrap_or_default();
        let word = rest.get(..end).unwrap_or_default();
        let rest = rest.get(end.saturating_add(1)..).unwrap_or_default();
        if self.tag() != b's' {
            return (word, rest);
        }
        let units = word
            .bytes()
            .fold(0usize, |sum, digit| sum.wrapping_mul(10).wrapping_add(usize::from(digit.wrapping_sub(b'0'))));
        rest.split_at_checked(bytes_of(rest, units)).unwrap_or_default()
    }

    /// All that follows the value.
    fn after(self) -> &'a str {
        let mut depth = 0u32;
        let mut value = self;
        loop {
            match value.tag() {
                b'o' | b'a' => depth = depth.saturating_add(1),
                b'e' => depth = depth.saturating_sub(1),
                _ => {}
            }
            let (_, rest) = value.split();
            if depth == 0 {
                return rest;
            }
            value = Value(rest);
        }
    }

    /// Why a value is not what was expected.
    #[cold]
    #[inline(never)]
    fn unexpected(self, message: &'static str) -> Error {
        match self.tag() {
            b'u' => Error::with_message(ErrorCode::MissingField, message),
            b'x' => ErrorCode::TooLong.into(),
            b'h' => ErrorCode::LoneSurrogate.into(),
            b'!' => ErrorCode::Unreadable.into(),
            b'r' => ErrorCode::AmountOutOfRange.into(),
            _ => Error::with_message(ErrorCode::InvalidType, message),
        }
    }

    fn expect(self, tags: &[u8], message: &'static str) -> Result<&'a str> {
        if tags.contains(&self.tag()) { Ok(self.split().0) } else { Err(self.unexpected(message)) }
    }

    pub(super) fn text(self) -> Result<&'a str> {
        self.expect(b"s", "a string was expected")
    }

    /// The decimal text of a number, a bigint or a string; of a number the shortest that reads back as the same.
    pub(super) fn decimal(self) -> Result<&'a str> {
        self.expect(b"snb", "a string, a number or a bigint was expected")
    }

    /// A number that is whole and exact.
    pub(super) fn whole_number(self) -> Result<i64> {
        crate::money::whole_number(self.expect(b"n", "a number was expected")?)
    }

    /// What one of a few words stands for; `message` lists them.
    pub(super) fn word<T: Copy>(self, words: &[(&str, T)], message: &'static str) -> Result<T> {
        let text = self.expect(b"s", message)?;
        let meaning = words.iter().find(|(word, _)| *word == text).map(|(_, meaning)| *meaning);
        meaning.ok_or_else(|| Error::with_message(ErrorCode::NotAnOption, message))
    }

    /// The values of an array.
    pub(super) fn list(self) -> Result<Values<'a>> {
        self.expect(b"a", "an array was expected")?;
        Ok(Values(self.split().1))
    }

    /// The names and values of an object, in its own order.
    pub(super) fn entries(self) -> Result<Entries<'a>> {
        self.expect(b"o", "a plain object was expected")?;
        Ok(Entries(Values(self.split().1)))
    }

    /// The values of the members with these names. Any other member is refused: a misspelled option must not be dropped
    /// silently.
    pub(super) fn members<const N: usize>(self, names: &[&str; N]) -> Result<[Option<Value<'a>>; N]> {
        let mut values = [None; N];
        self.fill(names, &mut values)?;
        Ok(values)
    }

    fn fill(self, names: &[&str], values: &mut [Option<Value<'a>>]) -> Result<()> {
        for entry in self.entries()? {
            let (name, value) = entry?;
            let slot = names.iter().position(|known| *known == name).and_then(|index| values.get_mut(index));
            *slot.ok_or_else(|| Error::from(ErrorCode::UnknownField).at(name))? = Some(value);
        }
        Ok(())
    }
}

/// Values one after the other.
pub(super) struct Values<'a>(&'a str);

impl<'a> Iterator for Values<'a> {
    type Item = Value<'a>;

    fn next(&mut self) -> Option<Value<'a>> {
        let value = Value(self.0);
        if matches!(value.tag(), b'e' | 0) {
            return None;
        }
        self.0 = value.after();
        Some(value)
    }
}

/// Names and values one after the other.
pub(super) struct Entries<'a>(Values<'a>);

impl<'a> Iterator for Entries<'a> {
    type Item = Result<(&'a str, Value<'a>)>;

    fn next(&mut self) -> Option<Self::Item> {
        let (name, value) = (self.0.next()?, self.0.next()?);
        Some(name.text().map(|name| (name, value)))
    }
}

/// How many bytes of UTF-8 hold so many UTF-16 units.
fn bytes_of(text: &str, units: usize) -> usize {
    if text.as_bytes().get(..units).is_some_and(<[u8]>::is_ascii) {
        return units;
    }
    let mut left = units;
    let fits = text.chars().take_while(|character| {
        let fits = left > 0;
        left = left.saturating_sub(character.len_utf16());
        fits
    });
    fits.map(char::len_utf8).sum()
}
