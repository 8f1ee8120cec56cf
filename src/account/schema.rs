//! What a service asks for, as one text.
//!
//! A page looks at a form with each key that is pressed, and a service can have thousands of values. So the service is checked
//! once and written as a text that crosses into the module at the cost of a copy, and of which only what is needed is read.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::error::{Error, ErrorCode, Result};
use crate::money::{Currency, Money};
use crate::text::{Decimal, halves, into_string, write_number};

/// More than any form has.
const MOST_FIELDS: usize = 100;

/// A service that was checked: its limits, and its fields behind them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Schema<'a>(Cow<'a, str>);

/// A field of a service. What is empty or zero says nothing.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Field<'a> {
    pub(crate) name: &'a str,
    pub(crate) title: &'a str,
    pub(crate) is_select: bool,
    pub(crate) is_numeric: bool,
    pub(crate) is_required: bool,
    pub(crate) length: u64,
    pub(crate) validation: &'a str,
    /// The name of the field whose value decides what can be chosen here.
    pub(crate) dependency_of: &'a str,
    pub(crate) choices: Choices<'a>,
}

/// One of the values of a field.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Choice<'a> {
    pub(crate) id: u64,
    pub(crate) value: &'a str,
    pub(crate) title: &'a str,
    pub(crate) filter: &'a str,
}

/// The values of a field, read one by one.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Choices<'a>(Tape<'a>);

/// Writes a [`Schema`].
pub(crate) struct SchemaWriter(Vec<u8>);

impl SchemaWriter {
    pub(crate) fn new(min: Money, max: Money) -> Result<Self> {
        let mut text = Vec::new();
        for limit in [min, max] {
            if limit.currency() != Currency::Uzs {
                return Err(ErrorCode::CurrencyMismatch.into());
            }
            add_number(limit.minor().max(0).unsigned_abs(), &mut text);
        }
        Ok(Self(text))
    }

    /// Appends a field, but for its choices, which [`write_choice`] has written.
    pub(crate) fn add(&mut self, field: &Field<'_>, choices: &[u8]) {
        for text in [field.name, field.title, field.validation, field.dependency_of] {
            add_text(text.as_bytes(), &mut self.0);
        }
        for number in [field.is_select.into(), field.is_numeric.into(), field.is_required.into(), field.length] {
            add_number(number, &mut self.0);
        }
        add_text(choices, &mut self.0);
    }

    /// The whole, if the fields go together.
    pub(crate) fn finished(self) -> Result<Schema<'static>> {
        let schema = Schema(into_string(self.0).into());
        let fields = schema.fields();
        if fields.len() > MOST_FIELDS {
            return Err(Error::about(ErrorCode::TooLong, "fields"));
        }
        for (at, field) in fields.iter().enumerate() {
            check(&fields, at, field).map_err(|code| Error::about(code, field.name))?;
        }
        Ok(schema)
    }
}

fn check(fields: &[Field<'_>], at: usize, field: &Field<'_>) -> Result<(), ErrorCode> {
    if field.name.is_empty() {
        return Err(ErrorCode::EmptyAccountKey);
    }
    if place(fields, field.name) != Some(at) {
        return Err(ErrorCode::DuplicateField);
    }
    let mut below = field;
    for _ in fields {
        if below.dependency_of.is_empty() {
            break;
        }
        let above = place(fields, below.dependency_of).and_then(|at| fields.get(at));
        below = above.ok_or(ErrorCode::UnknownDependency)?;
        if below.name == field.name {
            return Err(ErrorCode::CyclicDependency);
        }
    }
    Ok(())
}

/// The place of the field with this name.
pub(crate) fn place(fields: &[Field<'_>], name: &str) -> Option<usize> {
    fields.iter().position(|field| field.name == name)
}

impl<'a> Schema<'a> {
    /// What [`Self::as_text`] gave.
    #[cfg(feature = "js-clients")]
    pub(crate) fn of_text(text: &'a str) -> Self {
        Self(text.into())
    }

    #[cfg(feature = "js-clients")]
    pub(crate) fn as_text(&self) -> &str {
        &self.0
    }

    /// The smallest and the largest amount in tiyin, zero where there is no such limit.
    pub(crate) fn limits(&self) -> (u64, u64) {
        let mut tape = Tape(&self.0);
        (tape.number(), tape.number())
    }

    pub(crate) fn fields(&self) -> Vec<Field<'_>> {
        let mut tape = Tape(&self.0);
        // The limits.
        tape.number();
        tape.number();
        let mut fields = Vec::new();
        while !tape.0.is_empty() {
            fields.push(tape.field());
        }
        fields
    }
}

/// Appends one of a field's values.
pub(crate) fn write_choice(choice: Choice<'_>, out: &mut Vec<u8>) {
    add_number(choice.id, out);
    for text in [choice.value, choice.title, choice.filter] {
        add_text(text.as_bytes(), out);
    }
}

fn add_number(number: u64, out: &mut Vec<u8>) {
    write_number(number, out);
    out.push(b' ');
}

fn add_text(text: &[u8], out: &mut Vec<u8>) {
    add_number(text.len() as u64, out);
    out.extend_from_slice(text);
}

/// What is left to read: numbers with a space after each, and texts with their lengths before them.
#[derive(Clone, Copy, Debug, Default)]
struct Tape<'a>(&'a str);

impl<'a> Tape<'a> {
    fn number(&mut self) -> u64 {
        let (digits, rest) = halves(self.0, b' ');
        self.0 = rest;
        Decimal::read_whole(digits.as_bytes(), u64::MAX).unwrap_or_default()
    }

    fn text(&mut self) -> &'a str {
        let length = usize::try_from(self.number()).unwrap_or_default();
        let (text, rest) = self.0.split_at_checked(length).unwrap_or_default();
        self.0 = rest;
        text
    }

    fn field(&mut self) -> Field<'a> {
        Field {
            name: self.text(),
            title: self.text(),
            validation: self.text(),
            dependency_of: self.text(),
            is_select: self.number() > 0,
            is_numeric: self.number() > 0,
            is_required: self.number() > 0,
            length: self.number(),
            choices: Choices(Self(self.text())),
        }
    }
}

impl<'a> Iterator for Choices<'a> {
    type Item = Choice<'a>;

    fn next(&mut self) -> Option<Choice<'a>> {
        let Self(tape) = self;
        if tape.0.is_empty() {
            return None;
        }
        Some(Choice { id: tape.number(), value: tape.text(), title: tape.text(), filter: tape.text() })
    }
}
