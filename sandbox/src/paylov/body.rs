//! Reading a request's body: each member of the type that the document's tables give it.

use serde_json::{Map, Value};

use super::refusal::{Refusal, refuse};
use crate::message::Request;

pub(super) struct Body(Map<String, Value>);

impl Body {
    pub(super) fn of(request: &Request) -> Result<Self, Refusal> {
        if !request.says_json() {
            let refusal = Refusal::new("unsupported_media_type", "the body's content-type must be application/json");
            return Err(refusal.with_status(415));
        }
        Self::parsed(&request.body).ok_or_else(|| Refusal::new("validation_error", "the body is not a JSON object"))
    }

    pub(super) fn parsed(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok().map(Self)
    }

    /// A member that is there; `null` is as good as nothing.
    fn member(&self, name: &str) -> Option<&Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    fn required(&self, name: &str) -> Result<&Value, Refusal> {
        self.member(name).ok_or_else(|| Refusal::new("field_required", format!("{name} is required")))
    }

    pub(super) fn text(&self, name: &str) -> Result<Option<&str>, Refusal> {
        match self.member(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => refuse("validation_error", format!("{name} must be a string")),
        }
    }

    pub(super) fn required_text(&self, name: &str) -> Result<&str, Refusal> {
        self.required(name)?;
        self.text(name)?
            .filter(|text| !text.is_empty())
            .ok_or_else(|| Refusal::new("field_required", format!("{name} is required")))
    }

    pub(super) fn required_object(&self, name: &str) -> Result<&Map<String, Value>, Refusal> {
        let object = self.required(name)?.as_object();
        object.ok_or_else(|| Refusal::new("validation_error", format!("{name} must be an object")))
    }

    pub(super) fn check_object(&self, name: &str) -> Result<(), Refusal> {
        if self.member(name).is_some() { self.required_object(name).map(drop) } else { Ok(()) }
    }

    /// A whole number of som; one with a fraction is no amount here, even where the fraction is zero.
    pub(super) fn som(&self, name: &str) -> Result<u64, Refusal> {
        match self.required(name)? {
            Value::Number(number) => number
                .as_u64()
                .ok_or_else(|| Refusal::new("invalid_amount", format!("{name} must be a whole number of som"))),
            _ => refuse("validation_error", format!("{name} must be a number")),
        }
    }
}
