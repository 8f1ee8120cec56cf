//! The account of a payment, checked against the fields of its service.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::catalogue::{Choice, Content, Field, Kind, Service};
use super::refusal::{Refusal, refuse};

/// The fields that were given, in the service's order.
pub(super) struct Account(Vec<Given>);

struct Given {
    field: &'static Field,
    value: String,
    /// What people call the value.
    title: String,
}

impl Account {
    pub(super) fn of(service: &'static Service, given: &Map<String, Value>) -> Result<Self, Refusal> {
        let is_known = |name: &&String| service.fields.iter().any(|field| field.name == name.as_str());
        if let Some(unknown) = given.keys().find(|name| !is_known(name)) {
            return refuse("field_not_valid", format!("the service has no field {unknown}"));
        }
        let values = service.fields.iter().map(|field| value_of(field, given));
        Ok(Self(values.filter_map(Result::transpose).collect::<Result<_, _>>()?))
    }

    pub(super) fn values(&self) -> BTreeMap<String, String> {
        self.0.iter().map(|given| (given.field.name.into(), given.value.clone())).collect()
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = Value> {
        self.0.iter().map(|given| json!({ "name": given.field.name, "value": given.title, "title": given.field.title }))
    }
}

fn value_of(field: &'static Field, given: &Map<String, Value>) -> Result<Option<Given>, Refusal> {
    let value = match given.get(field.name) {
        Some(Value::String(text)) if !text.is_empty() => text.clone(),
        None | Some(Value::Null | Value::String(_)) if field.required => {
            return refuse("field_required", format!("{} is required", field.name));
        }
        None | Some(Value::Null | Value::String(_)) => return Ok(None),
        Some(_) => return refuse("validation_error", format!("{} must be a string", field.name)),
    };
    let title = match field.kind {
        Kind::Select(choices) => choice_of(field, choices, &value, given)?.title.into(),
        Kind::Text => text_of(field, &value)?,
    };
    Ok(Some(Given { field, value, title }))
}

/// A choice counts only beside the parent's value that it names.
fn choice_of<'a>(
    field: &Field,
    choices: &'a [Choice],
    value: &str,
    given: &Map<String, Value>,
) -> Result<&'a Choice, Refusal> {
    let parent = field.dependency_of.and_then(|name| given.get(name)).and_then(Value::as_str);
    let fits = |choice: &&Choice| choice.value == value && (choice.filter.is_none() || choice.filter == parent);
    let choice = choices.iter().find(fits);
    choice.ok_or_else(|| Refusal::new("field_not_valid", format!("{} is none of the options", field.name)))
}

fn text_of(field: &Field, value: &str) -> Result<String, Refusal> {
    let is_numeric = value.bytes().all(|byte| byte.is_ascii_digit());
    let is_short = field.length.is_none_or(|length| value.chars().count() <= length);
    let matches = field.validation.as_ref().is_none_or(|pattern| (pattern.holds)(value));
    if (field.content == Content::Text || is_numeric) && is_short && matches {
        return Ok(value.into());
    }
    refuse("field_not_valid", format!("{} is not as its description asks", field.name))
}
