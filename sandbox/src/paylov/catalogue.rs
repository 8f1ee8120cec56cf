//! The services that can be paid, as `list` and `fields` tell of them.

mod services;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::refusal::{Refusal, refuse};
use services::SERVICES;

#[derive(Debug)]
pub(crate) struct Service {
    pub(super) id: &'static str,
    name: &'static str,
    category: (u32, &'static str),
    /// In som.
    pub(super) min: u64,
    pub(super) max: u64,
    is_active: bool,
    pub(super) has_info: bool,
    can_cancel: bool,
    payment_available: bool,
    /// Whether this merchant may sell it.
    is_for_merchant: bool,
    logo: Option<&'static str>,
    pub(super) fields: &'static [Field],
    response_fields: &'static [ResponseField],
    /// What its info method tells: the fact, its name and its title.
    pub(super) facts: &'static [(Fact, &'static str, &'static str)],
    /// Whether `fields` answers as the document's sample code reads it, not as its example is.
    is_alone_in_fields: bool,
    /// Whether a payment's answer has a code to give to the payer.
    pub(super) gives_vouchers: bool,
}

#[derive(Debug)]
pub(super) struct Field {
    id: &'static str,
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) kind: Kind,
    pub(super) content: Content,
    pub(super) validation: Option<Pattern>,
    pub(super) length: Option<usize>,
    pub(super) required: bool,
    pub(super) dependency_of: Option<&'static str>,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    Select(&'static [Choice]),
    Text,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    Text,
    Number,
}

/// A regular expression, and what it means.
#[derive(Debug)]
pub(super) struct Pattern {
    text: &'static str,
    pub(super) holds: fn(&str) -> bool,
}

#[derive(Debug)]
pub(super) struct Choice {
    id: u32,
    pub(super) value: &'static str,
    pub(super) title: &'static str,
    pub(super) filter: Option<&'static str>,
}

#[derive(Debug)]
struct ResponseField(&'static str, &'static str, &'static str, Option<&'static str>);

/// Something that a service tells of an account.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fact {
    Time,
    Name,
    Address,
    LastPaidDate,
    LastPaid,
    Balance,
    Always(&'static str),
}

impl Service {
    pub(super) fn check_available(&self) -> Result<(), Refusal> {
        if self.is_active && self.payment_available && self.is_for_merchant {
            return Ok(());
        }
        refuse("merchant_not_available", "the service cannot be paid")
    }

    /// What an account is known by: the last text that is required.
    pub(super) fn number_in<'a>(&self, account: &'a BTreeMap<String, String>) -> Option<&'a str> {
        let is_number = |field: &&Field| field.required && matches!(field.kind, Kind::Text);
        let field = self.fields.iter().rev().find(is_number)?;
        account.get(field.name).map(String::as_str)
    }

    fn listed(&self) -> Value {
        let mut listed = json!({
            "service_id": self.id,
            "name": self.name,
            "category": { "id": self.category.0, "name": self.category.1 },
            "amount": { "min": self.min, "max": self.max },
            "is_active": self.is_active,
            "has_info_method": self.has_info,
            "can_cancel": self.can_cancel,
            "payment_available": self.payment_available,
        });
        insert(&mut listed, "logo", self.logo.map(Value::from));
        listed
    }
}

impl Field {
    fn described(&self) -> Value {
        let (kind, choices): (_, &[Choice]) = match self.kind {
            Kind::Select(choices) => ("select", choices),
            Kind::Text => ("text", &[]),
        };
        let mut described = json!({
            "field_id": self.id,
            "name": self.name,
            "title": self.title,
            "type": kind,
            "content": if self.content == Content::Number { "number" } else { "text" },
            "validation": self.validation.as_ref().map(|pattern| pattern.text),
            "length": self.length,
            "required": self.required,
        });
        // The document's example has null where a choice depends on nothing, and no such member where a text does.
        if kind == "select" || self.dependency_of.is_some() {
            insert(&mut described, "dependency_of", Some(json!(self.dependency_of)));
        }
        insert(&mut described, "values", Some(choices.iter().map(Choice::described).collect()));
        described
    }
}

impl Choice {
    fn described(&self) -> Value {
        json!({ "id": self.id, "value": self.value, "title": self.title, "filter": self.filter })
    }
}

impl ResponseField {
    fn described(&self) -> Value {
        let Self(id, name, title, postfix) = self;
        json!({ "field_id": id, "name": name, "title": title, "postfix": postfix })
    }
}

fn insert(object: &mut Value, name: &str, value: Option<Value>) {
    if let (Some(members), Some(value)) = (object.as_object_mut(), value) {
        members.insert(name.into(), value);
    }
}

pub(super) fn service(id: &str) -> Result<&'static Service, Refusal> {
    let service = SERVICES.iter().find(|service| service.id == id);
    service.ok_or_else(|| Refusal::new("validation_error", "there is no such service"))
}

pub(super) fn list(available_for_me: bool) -> Value {
    let listed = SERVICES.iter().filter(|service| service.is_for_merchant || !available_for_me);
    json!({ "services": listed.map(Service::listed).collect::<Vec<_>>() })
}

pub(super) fn fields(service: &Service) -> Value {
    let mut described = service.listed();
    insert(&mut described, "fields", Some(service.fields.iter().map(Field::described).collect()));
    let answers = service.response_fields.iter().map(ResponseField::described).collect();
    insert(&mut described, "response_fields", Some(answers));
    if service.is_alone_in_fields { json!({ "data": described }) } else { json!({ "data": [described] }) }
}
