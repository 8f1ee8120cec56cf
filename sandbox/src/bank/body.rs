//! Reading a request's body. What has the wrong form is as good as missing: the document has no other code for it.

use serde_json::{Map, Value};

use super::refusal::{FIELDS_MISSING, Refusal, refuse};
use crate::message::Request;

pub(super) struct Body(Map<String, Value>);

impl Body {
    pub(super) fn of(request: &Request) -> Result<Self, Refusal> {
        if !request.says_json() {
            return Err(Refusal::new(FIELDS_MISSING).with_status(415));
        }
        Self::parsed(&request.body).ok_or(Refusal::new(FIELDS_MISSING).with_status(400))
    }

    pub(super) fn parsed(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok().map(Self)
    }

    /// Text that is there; `null` and nothing between the quotes are as good as nothing.
    pub(super) fn text(&self, name: &str) -> Result<Option<&str>, Refusal> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.as_str()).filter(|text| !text.is_empty())),
            Some(_) => refuse(FIELDS_MISSING),
        }
    }

    pub(super) fn required_text(&self, name: &str) -> Result<&str, Refusal> {
        self.text(name)?.ok_or(Refusal::new(FIELDS_MISSING))
    }

    /// So many digits, or the code where they are others.
    pub(super) fn required_digits(&self, name: &str, count: usize, code: u32) -> Result<&str, Refusal> {
        let text = self.required_text(name)?;
        if is_digits(text, count) { Ok(text) } else { refuse(code) }
    }

    pub(super) fn digits(&self, name: &str, count: usize) -> Result<Option<&str>, Refusal> {
        let text = self.text(name)?;
        if text.is_none_or(|text| is_digits(text, count)) { Ok(text) } else { refuse(FIELDS_MISSING) }
    }

    /// Tiyin as text, which is how the document's examples have them.
    pub(super) fn tiyin(&self, name: &str) -> Result<i64, Refusal> {
        let tiyin = whole(self.required_text(name)?).and_then(|number| i64::try_from(number).ok());
        tiyin.ok_or(Refusal::new(FIELDS_MISSING))
    }

    /// A whole number, as a number or as text: the document has both.
    pub(super) fn number(&self, name: &str) -> Result<u64, Refusal> {
        let number = match self.0.get(name) {
            Some(Value::Number(number)) => number.as_u64(),
            Some(Value::String(text)) => whole(text),
            _ => None,
        };
        number.ok_or(Refusal::new(FIELDS_MISSING))
    }
}

fn is_digits(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Digits alone: no sign, and no zero before others.
pub(super) fn whole(text: &str) -> Option<u64> {
    let number: u64 = text.parse().ok()?;
    (number.to_string() == text).then_some(number)
}
