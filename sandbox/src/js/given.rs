//! What JavaScript gave, as `pack.js` packs it, and what is wrong with it.

use std::ops::RangeInclusive;

use serde_json::{Map, Number, Value, json};

/// A value, or why there is none.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Given<'a> {
    Text(&'a str),
    /// The shortest decimal form.
    Number(&'a str),
    /// In hexadecimal.
    Bytes(&'a str),
    List(Vec<Self>),
    Members(Vec<(&'a str, Self)>),
    Undefined,
    Unreadable,
    TooLong,
    LoneSurrogate,
    /// Anything that no function here takes.
    Other,
}

impl Given<'_> {
    /// The largest number that JavaScript counts exactly.
    pub(super) const LARGEST: i64 = 9_007_199_254_740_991;
}

/// The arguments of a call, one after the other.
pub(super) fn unpacked(packed: &[u8]) -> Vec<Given<'_>> {
    let mut rest = packed;
    let mut arguments = Vec::new();
    while !rest.is_empty() {
        arguments.push(next(&mut rest));
    }
    arguments
}

fn next<'a>(rest: &mut &'a [u8]) -> Given<'a> {
    let Some((tag, tail)) = rest.split_first() else {
        return Given::Other;
    };
    *rest = tail;
    match tag {
        b's' => Given::Text(text(rest)),
        b'n' => Given::Number(text(rest)),
        b'y' => Given::Bytes(text(rest)),
        b'b' | b'd' => {
            text(rest);
            Given::Other
        }
        b'a' => Given::List(until_end(rest, next)),
        b'o' => members(rest),
        b'u' => Given::Undefined,
        b'x' => Given::TooLong,
        b'h' => Given::LoneSurrogate,
        b'!' => Given::Unreadable,
        _ => Given::Other,
    }
}

/// A text, before which stands how many bytes it takes, the lowest byte first.
fn text<'a>(rest: &mut &'a [u8]) -> &'a str {
    let [low, middle, high, tail @ ..] = rest else {
        *rest = &[];
        return "";
    };
    let length = u32::from_le_bytes([*low, *middle, *high, 0]);
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    let (text, tail) = tail.split_at_checked(length).unwrap_or_default();
    *rest = tail;
    str::from_utf8(text).unwrap_or_default()
}

fn until_end<'a, T>(rest: &mut &'a [u8], item: fn(&mut &'a [u8]) -> T) -> Vec<T> {
    let mut items = Vec::new();
    while let [first, tail @ ..] = rest {
        if *first == b'e' {
            *rest = tail;
            break;
        }
        items.push(item(rest));
    }
    items
}

/// An object; one with a name that cannot be read is read as that.
fn members<'a>(rest: &mut &'a [u8]) -> Given<'a> {
    let pairs = until_end(rest, |rest| (next(rest), next(rest)));
    let mut members = Vec::new();
    for (name, value) in pairs {
        match name {
            Given::Text(name) => members.push((name, value)),
            unreadable => return unreadable,
        }
    }
    Given::Members(members)
}

/// A value and how refusals call it.
#[derive(Clone, Debug)]
pub(super) struct Argument<'a> {
    given: &'a Given<'a>,
    name: String,
}

impl<'a> Argument<'a> {
    pub(super) fn new(given: &'a Given<'a>, name: impl Into<String>) -> Self {
        Self { given, name: name.into() }
    }

    /// The same value under its name.
    pub(super) fn called(&self, name: &str) -> Self {
        Self::new(self.given, name)
    }

    pub(super) fn is_undefined(&self) -> bool {
        *self.given == Given::Undefined
    }

    pub(super) fn is_unreadable(&self) -> bool {
        *self.given == Given::Unreadable
    }

    /// As [`check_members`](Self::check_members); there may be no object at all.
    pub(super) fn check_optional_members(&self, known: &[&str]) -> Result<(), Refusal> {
        if self.is_undefined() { Ok(()) } else { self.check_members(known) }
    }

    /// Refuses members that are not known: a misspelled option must not be dropped silently.
    pub(super) fn check_members(&self, known: &[&str]) -> Result<(), Refusal> {
        match self.given {
            Given::Members(members) => match members.iter().find(|(name, _)| !known.contains(name)) {
                Some((name, _)) => Err(Refusal::new("unknown_field", self.name_of(name), "")),
                None => Ok(()),
            },
            _ => Err(self.unexpected("a plain object")),
        }
    }

    /// A member, or nothing.
    pub(super) fn member(&self, name: &str) -> Self {
        let members = if let Given::Members(members) = self.given { members.as_slice() } else { &[] };
        let found = members.iter().find(|(own, _)| *own == name);
        Self::new(found.map_or(&Given::Undefined, |(_, value)| value), self.name_of(name))
    }

    /// Members of options need no other name than their own.
    fn name_of(&self, member: &str) -> String {
        if self.name == "options" { member.into() } else { format!("{}.{member}", self.name) }
    }

    pub(super) fn items(&self) -> Result<Vec<Self>, Refusal> {
        match self.given {
            Given::Undefined => Ok(Vec::new()),
            Given::List(items) => {
                let item = |(place, given)| Self::new(given, format!("{}[{place}]", self.name));
                Ok(items.iter().enumerate().map(item).collect())
            }
            _ => Err(self.unexpected("an array")),
        }
    }

    pub(super) fn text(&self) -> Result<&'a str, Refusal> {
        if let Given::Text(text) = self.given { Ok(text) } else { Err(self.unexpected("a string")) }
    }

    pub(super) fn bytes(&self) -> Result<Vec<u8>, Refusal> {
        let Given::Bytes(digits) = self.given else {
            return Err(self.unexpected("a Uint8Array"));
        };
        let byte = |pair: &[u8]| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok();
        digits.as_bytes().chunks(2).map(byte).collect::<Option<_>>().ok_or_else(Refusal::internal)
    }

    /// One of a few words.
    pub(super) fn word<T>(&self, named: impl Fn(&str) -> Option<T>, words: &str) -> Result<T, Refusal> {
        named(self.text()?).ok_or_else(|| Refusal::new("not_an_option", &self.name, words))
    }

    pub(super) fn whole_number(&self, range: RangeInclusive<i64>) -> Result<i64, Refusal> {
        let Given::Number(digits) = self.given else {
            return Err(self.unexpected("a number"));
        };
        let code = match *digits {
            "NaN" => "not_a_number",
            "Infinity" | "-Infinity" => "not_finite",
            digits if digits.contains('.') || digits.contains("e-") => "not_an_integer",
            digits => match digits.parse().ok().filter(|number| range.contains(number)) {
                Some(number) => return Ok(number),
                None => "out_of_range",
            },
        };
        let end = if *range.end() == Given::LARGEST { "2^53 - 1".into() } else { range.end().to_string() };
        let start = if *range.start() == -Given::LARGEST { format!("-({end})") } else { range.start().to_string() };
        Err(Refusal::new(code, &self.name, format!("{start} to {end}")))
    }

    pub(super) fn unexpected(&self, expected: &str) -> Refusal {
        let (code, detail) = match self.given {
            Given::Undefined => ("missing_field", expected),
            Given::Unreadable => ("unreadable", ""),
            Given::TooLong => ("too_long", "2,097,152 characters, half as many bytes, a million items"),
            Given::LoneSurrogate => ("lone_surrogate", ""),
            _ => ("invalid_type", expected),
        };
        Refusal::new(code, &self.name, detail)
    }

    /// The value as JSON, without some of its members, and without what JSON has no form for.
    pub(super) fn json(&self, left_out: &[&str]) -> Value {
        json_of(self.given, left_out)
    }
}

fn json_of(given: &Given<'_>, left_out: &[&str]) -> Value {
    match given {
        Given::Text(text) => json!(text),
        Given::Number(digits) => digits.parse::<Number>().map_or(Value::Null, Value::Number),
        Given::List(items) => items.iter().map(|item| json_of(item, &[])).collect(),
        Given::Members(members) => {
            let kept = members.iter().filter(|(name, value)| !left_out.contains(name) && *value != Given::Undefined);
            Value::Object(kept.map(|(name, value)| ((*name).into(), json_of(value, &[]))).collect())
        }
        _ => Value::Object(Map::new()),
    }
}

/// What is wrong with an argument, in the codes of the whole package.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    code: &'static str,
    field: String,
    detail: String,
}

impl Refusal {
    pub(super) fn new(code: &'static str, field: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { code, field: field.into(), detail: detail.into() }
    }

    pub(super) fn internal() -> Self {
        Self::new("internal", "", "")
    }

    pub(super) fn json(&self) -> Value {
        let parts = [self.field.as_str(), message(self.code), self.detail.as_str()];
        let message = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ");
        let mut error = json!({ "code": self.code, "message": message });
        if let (false, Some(members)) = (self.field.is_empty(), error.as_object_mut()) {
            members.insert("field".into(), json!(self.field));
        }
        error
    }
}

fn message(code: &str) -> &'static str {
    match code {
        "invalid_type" => "another type was expected",
        "unknown_field" => "not known here; check the spelling",
        "missing_field" => "required",
        "unreadable" => "reading it threw; give plain data",
        "too_long" => "longer than accepted",
        "lone_surrogate" => "half of a surrogate pair",
        "not_an_option" => "none of the accepted words",
        "not_a_number" => "NaN; give a number",
        "not_finite" => "infinite; give a number",
        "not_an_integer" => "a whole number was expected",
        "out_of_range" => "beyond what is accepted",
        _ => "a defect of tiyin; please report it",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_as_pack_js_writes_them() {
        let packed = "aus\x05\0\0saʻ?en\x02\0\0-1os\x01\0\0au".to_owned() + "s\x01\0\0bn\x01\0\x005exh!b\x01\0\x005";
        let expected = [
            Given::List(vec![Given::Undefined, Given::Text("saʻ?")]),
            Given::Number("-1"),
            Given::Members(vec![("a", Given::Undefined), ("b", Given::Number("5"))]),
            Given::TooLong,
            Given::LoneSurrogate,
            Given::Unreadable,
            Given::Other,
        ];
        assert_eq!(unpacked(packed.as_bytes()), expected);
    }

    #[test]
    fn what_pack_js_does_not_write_is_read_without_end_or_harm() {
        for broken in
            [b"s\x09\0\0short".as_slice(), b"s\x01\0", b"s\x01\0\0\xff", b"n", b"o", b"os\x01\0\0a", b"a\0", b"z"]
        {
            assert_eq!(unpacked(broken).len(), 1, "{broken:?}");
        }
    }

    #[test]
    fn an_object_with_a_name_that_cannot_be_read_is_read_as_that() {
        assert_eq!(unpacked(b"ohues\0\0\0"), [Given::LoneSurrogate, Given::Text("")]);
    }

    #[test]
    fn whole_numbers_are_exact_or_refused_with_the_reason() {
        for (digits, code) in [
            ("NaN", "not_a_number"),
            ("Infinity", "not_finite"),
            ("-Infinity", "not_finite"),
            ("0.5", "not_an_integer"),
            ("1e-7", "not_an_integer"),
            ("1e+21", "out_of_range"),
            ("8", "out_of_range"),
            ("-1", "out_of_range"),
        ] {
            let given = Given::Number(digits);
            let refusal = Argument::new(&given, "x").whole_number(0..=7).unwrap_err();
            assert_eq!(refusal, Refusal::new(code, "x", "0 to 7"), "{digits}");
        }
        assert_eq!(Argument::new(&Given::Number("7"), "x").whole_number(0..=7), Ok(7));
    }

    #[test]
    fn a_limit_is_told_without_what_looks_like_a_card_number() {
        let refused = |range| Argument::new(&Given::Number("0.5"), "x").whole_number(range).unwrap_err().detail;
        assert_eq!(refused(1..=Given::LARGEST), "1 to 2^53 - 1");
        assert_eq!(refused(-Given::LARGEST..=Given::LARGEST), "-(2^53 - 1) to 2^53 - 1");
    }

    #[test]
    fn bytes_come_as_digits() {
        assert_eq!(Argument::new(&Given::Bytes("00ff7b"), "body").bytes(), Ok(vec![0, 255, 123]));
        assert_eq!(Argument::new(&Given::Bytes("0g"), "body").bytes(), Err(Refusal::internal()));
    }

    #[test]
    fn a_refusal_says_what_and_where() {
        let refusal = Refusal::new("not_an_option", "auth", "required, none");
        let message = "auth: none of the accepted words: required, none";
        assert_eq!(refusal.json(), json!({ "code": "not_an_option", "message": message, "field": "auth" }));
        assert_eq!(Refusal::internal().json()["field"], Value::Null);
    }
}
