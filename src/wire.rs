//! Reading JSON. Answers leniently: providers write numbers where their documents have text, and leave members out.
//! Requests that a proxy was given strictly: every member is known, and there once.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use hifijson::token::Lex;
use hifijson::value::{Value, parse_bounded};

use crate::checkout::check_fields;
use crate::checkout::form::{Oddities, decode};
use crate::endpoint::{Fields, Route};
use crate::error::{Error, ErrorCode, Result};
use crate::money::{Currency, Money, Unit};
use crate::text::{Decimal, cut, holds, place};

/// Lists in lists: more than any answer has, and less than any stack bears.
const DEEPEST: usize = 16;

/// What was read, or the name of the member that was missing or something else.
pub(crate) type Read<T> = core::result::Result<T, &'static str>;

/// A JSON document.
pub(crate) struct Document<'a>(Value<&'a str, Cow<'a, str>>);

impl<'a> Document<'a> {
    pub(crate) fn parse(text: &'a [u8]) -> Option<Self> {
        // Some servers put a byte order mark before it.
        let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
        let mut lexer = hifijson::SliceLexer::new(text);
        let whole = lexer.exactly_one(Lex::ws_peek, |next, lexer| parse_bounded(DEEPEST, next, lexer));
        whole.ok().map(Self)
    }

    pub(crate) fn root(&self) -> Wire<'_> {
        Wire(&self.0)
    }
}

/// A value in a JSON document.
#[derive(Clone, Copy)]
pub struct Wire<'a>(&'a Value<&'a str, Cow<'a, str>>);

/// Without the value, which can be a card's number or a code.
impl fmt::Debug for Wire<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Wire(…)")
    }
}

impl<'a> Wire<'a> {
    /// A member that is there and not null; the last one, as everywhere, where a name is there twice.
    pub(crate) fn member(self, name: &str) -> Option<Self> {
        let Value::Object(members) = self.0 else { return None };
        let found = members.iter().rev().find(|(other, _)| other == name);
        found.map(|(_, value)| Wire(value)).filter(|value| !matches!(value.0, Value::Null))
    }

    pub(crate) fn required(self, name: &'static str) -> Read<Self> {
        self.member(name).ok_or(name)
    }

    /// The value of a string, or the digits of a number.
    pub(crate) fn as_text(self) -> Option<&'a str> {
        match self.0 {
            Value::String(text) => Some(text),
            Value::Number((digits, _)) => Some(digits),
            _ => None,
        }
    }

    /// The same of a member.
    pub(crate) fn word(self, name: &str) -> Option<&'a str> {
        self.member(name)?.as_text()
    }

    pub(crate) fn optional_text(self, name: &str) -> Option<String> {
        self.word(name).map(String::from)
    }

    /// The same, where it says something.
    pub(crate) fn filled(self, name: &str) -> Option<String> {
        self.optional_text(name).filter(|text| !text.is_empty())
    }

    pub(crate) fn text(self, name: &'static str) -> Read<String> {
        self.optional_text(name).ok_or(name)
    }

    /// An id, which must be the one that was asked for.
    pub(crate) fn same(self, name: &'static str, subject: &str) -> Read<String> {
        self.optional_text(name).filter(|id| id == subject).ok_or(name)
    }

    /// A flag, which some write as a number or a word: what it is where it is `absent`, and where it is `unreadable`.
    pub(crate) fn flag(self, name: &str, absent: bool, unreadable: bool) -> bool {
        let Some(value) = self.member(name) else { return absent };
        if let Value::Bool(flag) = value.0 {
            return *flag;
        }
        let word = value.as_text().unwrap_or_default().to_ascii_lowercase();
        match place("0 false no 1 true yes", word.as_bytes()) {
            Some(place) => place >= 3,
            None => unreadable,
        }
    }

    /// A whole number that JavaScript keeps exactly.
    pub(crate) fn number(self, name: &'static str) -> Read<u64> {
        self.optional_number(name).ok_or(name)
    }

    pub(crate) fn optional_number(self, name: &str) -> Option<u64> {
        Decimal::read_whole(self.member(name)?.as_text()?.as_bytes(), Money::MAX_MINOR.unsigned_abs())
    }

    /// An amount that is written in som, as a number or as text, and is not below zero.
    pub(crate) fn som(self, name: &'static str) -> Read<Money> {
        self.optional_som(name).ok_or(name)
    }

    pub(crate) fn optional_som(self, name: &str) -> Option<Money> {
        let amount = Money::som(self.member(name)?.as_text()?).ok()?;
        (amount.minor() >= 0).then_some(amount)
    }

    /// An amount that is written in tiyin, as a number or as text.
    pub(crate) fn tiyin(self, name: &'static str) -> Read<Money> {
        let amount = self.member(name).and_then(Wire::as_text);
        let amount = amount.map(|digits| Money::from_decimal(digits, Unit::Minor, Currency::Uzs));
        amount.and_then(Result::ok).ok_or(name)
    }

    /// The items of a list, each read by itself.
    pub(crate) fn list<T>(self, name: &'static str, read: fn(Self) -> Read<T>) -> Read<Vec<T>> {
        self.items(name, read, false)
    }

    /// The same without the items that are something else: one of them does not hide the others. But a list of which nothing
    /// can be read is not an empty one.
    pub(crate) fn readable<T>(self, name: &'static str, read: fn(Self) -> Read<T>) -> Read<Vec<T>> {
        self.items(name, read, true)
    }

    /// The same, of a list that may be absent.
    pub(crate) fn optional_readable<T>(self, name: &'static str, read: fn(Self) -> Read<T>) -> Read<Vec<T>> {
        if self.member(name).is_none() { Ok(Vec::new()) } else { self.items(name, read, true) }
    }

    fn items<T>(self, name: &'static str, read: fn(Self) -> Read<T>, is_lenient: bool) -> Read<Vec<T>> {
        let mut found = Vec::new();
        self.each(name, is_lenient, &mut |item| {
            found.push(read(item)?);
            Ok(())
        })?;
        Ok(found)
    }

    /// Reads each item, whatever its type: the module has this once.
    #[inline(never)]
    fn each(self, name: &'static str, is_lenient: bool, read: &mut dyn FnMut(Self) -> Read<()>) -> Read<()> {
        let Value::Array(items) = self.required(name)?.0 else { return Err(name) };
        let mut wrong = Ok(());
        let mut has_read = false;
        for item in items {
            match read(Wire(item)) {
                Ok(()) => has_read = true,
                refused => wrong = refused,
            }
        }
        if is_lenient && has_read { Ok(()) } else { wrong }
    }

    /// The value itself, or the first item where it is a list.
    pub(crate) fn or_first(self) -> Option<Self> {
        match self.0 {
            Value::Array(items) => items.first().map(Wire),
            _ => Some(self),
        }
    }
}

/// A request that a proxy was given: what stands after the base URL, and a body.
pub struct Incoming<'a> {
    path: &'a str,
    query: Vec<(String, String)>,
    body: Option<Document<'a>>,
}

/// Without what was given, which can be a card's number or a code.
impl fmt::Debug for Incoming<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Incoming(…)")
    }
}

impl<'a> Incoming<'a> {
    /// Takes a request apart; `target` is the path, without a slash at its start, and the query.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidType`] where the body is not JSON, [`ErrorCode::InvalidParameter`] where the query is not encoded
    /// text.
    pub fn new(target: &'a str, body: Option<&'a [u8]>) -> Result<Self> {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut pairs = Vec::new();
        for pair in query.as_bytes().split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
            let (name, value) = cut(pair, b"=");
            pairs.push((plain(name)?, plain(value.get(1..).unwrap_or_default())?));
        }
        let body = match body {
            Some(text) => Some(Document::parse(text).ok_or(ErrorCode::InvalidType)?),
            None => None,
        };
        Ok(Self { path, query: pairs, body })
    }

    /// The text where the route's path has its `{…}`.
    pub(crate) fn id(&self, route: &Route) -> Result<String> {
        plain(self.segment(route)?)
    }

    /// What stands where the route's path has its `{…}`; nothing where it has none. A request to another path is refused.
    fn segment(&self, route: &Route) -> Result<&'a [u8]> {
        let (before, rest) = cut(route.path.as_bytes(), b"{");
        let (hole, after) = cut(rest, b"}");
        let given = self.path.as_bytes().strip_prefix(before);
        let given = given.and_then(|given| given.strip_suffix(after.get(1..).unwrap_or_default()));
        given
            .filter(|given| given.is_empty() == hole.is_empty() && !holds(given, b'/'))
            .ok_or_else(|| Error::about(ErrorCode::NotAnOption, "path"))
    }

    /// The parameters of a route without a body, of which none may be another than these.
    pub(crate) fn query(&self, route: &Route, names: &[&'static str]) -> Result<Query<'_>> {
        self.segment(route)?;
        if self.body.is_some() {
            return Err(Error::about(ErrorCode::UnknownField, "body"));
        }
        check_names(self.query.iter().map(|(name, _)| name.as_str()), names)?;
        Ok(Query(&self.query))
    }

    /// The body's members, of which none may be another than these; there is no query.
    pub(crate) fn body(&'a self, route: &Route, names: &[&'static str]) -> Result<Given<'a>> {
        self.segment(route)?;
        check_names(self.query.iter().map(|(name, _)| name.as_str()), &[])?;
        match self.body.as_ref().map(|document| document.root()) {
            Some(Wire(Value::Object(members))) => Given::of(members, names),
            _ => Err(Error::with_detail(ErrorCode::InvalidType, "a JSON object")),
        }
    }
}

fn plain(encoded: &[u8]) -> Result<String> {
    let mut oddities = Oddities::default();
    let text = decode(encoded, &mut oddities).filter(|_| !oddities.malformed);
    text.ok_or_else(|| ErrorCode::InvalidParameter.into())
}

fn check_names<'n>(given: impl Iterator<Item = &'n str> + Clone, known: &[&str]) -> Result<()> {
    let mut rest = given;
    while let Some(name) = rest.next() {
        if !known.contains(&name) {
            return Err(Error::about(ErrorCode::UnknownField, name));
        }
        if rest.clone().any(|other| other == name) {
            return Err(Error::about(ErrorCode::DuplicateParameter, name));
        }
    }
    Ok(())
}

/// The parameters of a query.
pub(crate) struct Query<'a>(&'a [(String, String)]);

impl<'a> Query<'a> {
    pub(crate) fn optional(&self, name: &str) -> Option<Cow<'a, str>> {
        self.0.iter().find(|(other, _)| other == name).map(|(_, value)| Cow::Borrowed(value.as_str()))
    }

    pub(crate) fn required(&self, name: &str) -> Result<Cow<'a, str>> {
        self.optional(name).ok_or_else(|| Error::about(ErrorCode::MissingField, name))
    }
}

type Member<'a> = (Cow<'a, str>, Value<&'a str, Cow<'a, str>>);

/// The members of an object that was given.
pub(crate) struct Given<'a>(&'a [Member<'a>]);

impl<'a> Given<'a> {
    fn of(members: &'a [Member<'a>], names: &[&str]) -> Result<Self> {
        check_names(members.iter().map(|(name, _)| &**name), names)?;
        Ok(Self(members))
    }

    fn member(&self, name: &str) -> Option<&'a Value<&'a str, Cow<'a, str>>> {
        self.0.iter().find(|(other, _)| other == name).map(|(_, value)| value)
    }

    fn refused(name: &str) -> Error {
        Error::about(ErrorCode::InvalidType, name)
    }

    pub(crate) fn optional(&self, name: &str) -> Result<Option<Cow<'a, str>>> {
        match self.member(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(Cow::Borrowed(text))),
            Some(_) => Err(Self::refused(name)),
        }
    }

    pub(crate) fn required(&self, name: &str) -> Result<Cow<'a, str>> {
        self.optional(name)?.ok_or_else(|| Error::about(ErrorCode::MissingField, name))
    }

    /// Text that something is read from.
    pub(crate) fn parsed<T>(&self, name: &str, parse: fn(&str) -> Result<T>) -> Result<T> {
        parse(&self.required(name)?).map_err(|error| error.at(name))
    }

    /// An amount of whole som, written as a number.
    pub(crate) fn som(&self, name: &str) -> Result<Money> {
        match self.member(name) {
            None => Err(Error::about(ErrorCode::MissingField, name)),
            Some(Value::Number((digits, _))) => Money::som(digits).map_err(|error| error.at(name)),
            Some(_) => Err(Self::refused(name)),
        }
    }

    /// An amount of tiyin, written as text.
    pub(crate) fn tiyin(&self, name: &str) -> Result<Money> {
        Money::from_decimal(&self.required(name)?, Unit::Minor, Currency::Uzs).map_err(|error| error.at(name))
    }

    /// A whole number that JavaScript keeps exactly.
    pub(crate) fn number(&self, name: &str) -> Result<u64> {
        let Some(value) = self.member(name) else { return Err(Error::about(ErrorCode::MissingField, name)) };
        let number = match value {
            Value::Number((digits, _)) => Decimal::read_whole(digits.as_bytes(), Money::MAX_MINOR.unsigned_abs()),
            _ => None,
        };
        number.ok_or_else(|| Self::refused(name))
    }

    /// An object whose members are all text.
    pub(crate) fn fields(&self, name: &str) -> Result<Option<Fields<'a>>> {
        let Some(value) = self.member(name) else { return Ok(None) };
        let Value::Object(members) = value else { return Err(Self::refused(name)) };
        let fields = members.iter().map(|(field, value)| match value {
            Value::String(text) => Ok((Cow::Borrowed(&**field), Cow::Borrowed(&**text))),
            _ => Err(Self::refused(field).at(name)),
        });
        let fields = fields.collect::<Result<Fields<'a>>>()?;
        check_fields(&fields, name)?;
        Ok(Some(fields))
    }
}
