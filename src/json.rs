//! Values as JSON text.
//!
//! By hand: the general serialisers know more kinds of values than requests and answers have, and look at text character by
//! character.

use alloc::vec::Vec;
use core::fmt::{self, Display, Formatter};

use serde::Serialize;
use serde::ser::{self, Impossible};

use crate::text::{hex_digit, write_number};

/// Room for most values, in bytes.
const USUAL_LENGTH: usize = 512;

/// A value as JSON text. Nothing where it holds what no request or answer has: floating point, bytes, tuples, and variants
/// with values.
pub(crate) fn json_of(value: &impl Serialize) -> Option<Vec<u8>> {
    let mut json = Vec::with_capacity(USUAL_LENGTH);
    value.serialize(Writer(&mut json)).ok()?;
    Some(json)
}

/// Appends text as a string of JSON.
pub(crate) fn write_text(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    let mut rest = text.as_bytes();
    loop {
        let end = rest.iter().position(|byte| matches!(byte, ..b' ' | b'"' | b'\\')).unwrap_or(rest.len());
        let (plain, tail) = rest.split_at_checked(end).unwrap_or((rest, &[]));
        out.extend_from_slice(plain);
        let Some((byte, tail)) = tail.split_first() else { break };
        out.extend_from_slice(b"\\u00");
        out.push(hex_digit(byte >> 4));
        out.push(hex_digit(*byte));
        rest = tail;
    }
    out.push(b'"');
}

/// Writes one value. Each that stands in a list or an object gets a comma after it, until those end.
struct Writer<'o>(&'o mut Vec<u8>);

#[derive(Debug)]
struct NotWritten;

type Written = Result<(), NotWritten>;

impl Writer<'_> {
    fn word(self, word: &str) -> Written {
        self.0.extend_from_slice(word.as_bytes());
        Ok(())
    }

    fn open(self, start: u8) -> Result<Self, NotWritten> {
        self.0.push(start);
        Ok(self)
    }

    fn close(self, end: u8) -> Written {
        if self.0.ends_with(b",") {
            self.0.pop();
        }
        self.0.push(end);
        Ok(())
    }

    fn item(&mut self, value: &(impl Serialize + ?Sized)) -> Written {
        value.serialize(Writer(self.0))?;
        self.0.push(b',');
        Ok(())
    }
}

/// Methods of values that are written as another kind, or not at all.
macro_rules! numbers {
    ($($method:ident($kind:ty) as $other:ident,)*) => {
        $(fn $method(self, value: $kind) -> Written {
            self.$other(value.into())
        })*
    };
}

macro_rules! refused {
    ($($method:ident($($kind:ty),*) -> $answer:ty,)*) => {
        $(fn $method(self, $(_: $kind),*) -> Result<$answer, NotWritten> {
            Err(NotWritten)
        })*
    };
}

impl ser::Serializer for Writer<'_> {
    type Ok = ();
    type Error = NotWritten;
    type SerializeSeq = Self;
    type SerializeTuple = Impossible<(), NotWritten>;
    type SerializeTupleStruct = Impossible<(), NotWritten>;
    type SerializeTupleVariant = Impossible<(), NotWritten>;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Impossible<(), NotWritten>;

    fn serialize_bool(self, value: bool) -> Written {
        self.word(if value { "true" } else { "false" })
    }

    fn serialize_i64(self, value: i64) -> Written {
        if value < 0 {
            self.0.push(b'-');
        }
        self.serialize_u64(value.unsigned_abs())
    }

    fn serialize_u64(self, value: u64) -> Written {
        write_number(value, self.0);
        Ok(())
    }

    numbers! {
        serialize_i8(i8) as serialize_i64,
        serialize_i16(i16) as serialize_i64,
        serialize_i32(i32) as serialize_i64,
        serialize_u8(u8) as serialize_u64,
        serialize_u16(u16) as serialize_u64,
        serialize_u32(u32) as serialize_u64,
    }

    fn serialize_str(self, value: &str) -> Written {
        write_text(value, self.0);
        Ok(())
    }

    fn serialize_none(self) -> Written {
        self.word("null")
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Written {
        self.word("null")
    }

    fn serialize_unit_struct(self, _: &'static str) -> Written {
        self.word("null")
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, name: &'static str) -> Written {
        self.serialize_str(name)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Written {
        Err(NotWritten)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self, NotWritten> {
        self.open(b'[')
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self, NotWritten> {
        self.open(b'{')
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, NotWritten> {
        self.open(b'{')
    }

    refused! {
        serialize_f32(f32) -> (),
        serialize_f64(f64) -> (),
        serialize_char(char) -> (),
        serialize_bytes(&[u8]) -> (),
        serialize_tuple(usize) -> Self::SerializeTuple,
        serialize_tuple_struct(&'static str, usize) -> Self::SerializeTupleStruct,
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Self::SerializeTupleVariant,
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Self::SerializeStructVariant,
    }
}

impl ser::SerializeSeq for Writer<'_> {
    type Ok = ();
    type Error = NotWritten;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        self.item(value)
    }

    fn end(self) -> Written {
        self.close(b']')
    }
}

impl ser::SerializeMap for Writer<'_> {
    type Ok = ();
    type Error = NotWritten;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, name: &T) -> Written {
        let start = self.0.len();
        name.serialize(Writer(self.0))?;
        // Names are text.
        if self.0.get(start) != Some(&b'"') {
            return Err(NotWritten);
        }
        self.0.push(b':');
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        self.item(value)
    }

    fn end(self) -> Written {
        self.close(b'}')
    }
}

impl ser::SerializeStruct for Writer<'_> {
    type Ok = ();
    type Error = NotWritten;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Written {
        write_text(name, self.0);
        self.0.push(b':');
        self.item(value)
    }

    fn end(self) -> Written {
        self.close(b'}')
    }
}

impl ser::Error for NotWritten {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}

impl ser::StdError for NotWritten {}

impl Display for NotWritten {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("a kind of value that is not written as JSON")
    }
}

#[cfg(all(test, not(target_family = "wasm")))]
mod tests {
    use super::*;
    use alloc::collections::BTreeMap;
    use alloc::string::{String, ToString};
    use alloc::vec;

    #[derive(Serialize)]
    struct Inner {
        number: u32,
        none: Option<bool>,
    }

    #[derive(Serialize)]
    struct Outer {
        text: String,
        negative: i64,
        small: i8,
        large: u64,
        flag: bool,
        word: Word,
        unit: (),
        list: Vec<Option<Inner>>,
        empty: Vec<u8>,
        nothing: Empty,
        map: BTreeMap<String, Inner>,
        wrapped: Wrapped,
    }

    #[derive(Serialize)]
    struct Empty {}

    #[derive(Serialize)]
    struct Wrapped(u8);

    #[derive(Serialize)]
    #[serde(rename_all = "snake_case")]
    enum Word {
        OfTwo,
        With(u8),
    }

    fn outer() -> Outer {
        Outer {
            text: (0..=0x2ff).filter_map(char::from_u32).chain("«😀»".chars()).collect(),
            negative: i64::MIN,
            small: -1,
            large: u64::MAX,
            flag: true,
            word: Word::OfTwo,
            unit: (),
            list: vec![Some(Inner { number: 7, none: None }), None, Some(Inner { number: 0, none: Some(false) })],
            empty: Vec::new(),
            nothing: Empty {},
            map: [
                ("a,".to_string(), Inner { number: 1, none: None }),
                (String::new(), Inner { number: 2, none: None }),
            ]
            .into(),
            wrapped: Wrapped(255),
        }
    }

    #[test]
    fn what_is_written_reads_as_what_another_serialiser_writes() {
        let written = json_of(&outer()).unwrap();
        let read: serde_json::Value = serde_json::from_slice(&written).unwrap();
        assert_eq!(read, serde_json::to_value(outer()).unwrap());
        assert!(written.iter().all(|byte| *byte >= b' '));
        for (value, json) in [(Vec::<u8>::new(), "[]"), (vec![1], "[1]"), (vec![1, 20], "[1,20]")] {
            assert_eq!(json_of(&value).unwrap(), json.as_bytes());
        }
        assert_eq!(json_of(&"say \"C:\\\"\n").unwrap(), br#""say \u0022C:\u005C\u0022\u000A""#);
    }

    #[test]
    fn what_no_answer_has_is_not_written() {
        assert_eq!(json_of(&1.5), None);
        assert_eq!(json_of(&vec!['a']), None);
        assert_eq!(json_of(&(1, 2)), None);
        assert_eq!(json_of(&Word::With(1)), None);
        assert_eq!(json_of(&BTreeMap::from([(1, 2)])), None);
    }
}
