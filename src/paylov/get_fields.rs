//! `GET servicePayment/fields/{service_id}/`: what a service asks a payer for.
//!
//! Source: Paylov's «Service Payment», 2. Amounts are whole som. It moves no money and can be sent again. The document's
//! example has a list in `data`, its sample code an object: both are read. A value that cannot be read is left out, so that
//! others can be chosen; a field that cannot be read fails the answer.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;

use super::list_services::Service;
use super::rejection::rejection;
use crate::encode::path_with;
use crate::endpoint::{AuthScheme, Effect, Endpoint, Group, Message, Method, Rejection, Route};
use crate::error::{Provider, Result};
use crate::wire::{Incoming, Read, Wire};

/// Asks for the fields of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetFields<'a> {
    /// The service's id.
    pub service_id: Cow<'a, str>,
}

/// A service, and what it asks for and tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "js-types", derive(tsify::Tsify))]
pub struct ServiceFields {
    /// The service.
    #[serde(flatten)]
    pub service: Service,
    /// What to ask the payer for.
    pub fields: Vec<FieldSpec>,
    /// What the service may tell about an account.
    pub response_fields: Vec<ResponseField>,
}

/// One thing to ask a payer for. Its value goes into the account under its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "js-types", derive(tsify::Tsify))]
pub struct FieldSpec {
    /// The field's id at Paylov.
    pub field_id: String,
    /// The name in the account.
    pub name: String,
    /// What to ask.
    pub title: String,
    /// Whether the payer chooses or types.
    #[serde(rename = "type")]
    pub kind: FieldKind,
    /// What the payer types.
    pub content: FieldContent,
    /// A pattern that the value must match, of a dialect that is not documented.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "js-types", tsify(optional))]
    pub validation: Option<String>,
    /// The longest value, in characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "js-types", tsify(optional, type = "number"))]
    pub length: Option<u64>,
    /// Whether a payment needs it.
    pub required: bool,
    /// The name of the field whose value decides which values can be chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "js-types", tsify(optional))]
    pub dependency_of: Option<String>,
    /// What can be chosen.
    pub values: Vec<FieldValue>,
}

/// How a payer answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "js-types", derive(tsify::Tsify))]
pub enum FieldKind {
    /// By choosing one of the values.
    Select,
    /// By typing.
    Text,
}

/// What a payer types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "js-types", derive(tsify::Tsify))]
pub enum FieldContent {
    /// Anything.
    Text,
    /// Digits.
    Number,
}

/// What can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "js-types", derive(tsify::Tsify))]
pub struct FieldValue {
    /// The value's id at Paylov.
    #[cfg_attr(feature = "js-types", tsify(type = "number"))]
    pub id: u64,
    /// What goes into the account.
    pub value: String,
    /// What to show.
    pub title: String,
    /// The value of the field above for which this can be chosen; without it, for every one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "js-types", tsify(optional))]
    pub filter: Option<String>,
}

/// What a service may tell about an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "js-types", derive(tsify::Tsify))]
pub struct ResponseField {
    /// The field's id at Paylov.
    pub field_id: String,
    /// The name of the info row that it becomes.
    pub name: String,
    /// What to show before the value.
    pub title: String,
    /// What to show behind the value, such as a currency.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "js-types", tsify(optional))]
    pub postfix: Option<String>,
}

impl<'a> GetFields<'a> {
    /// Asks for the fields of this service.
    pub fn new(service_id: impl Into<Cow<'a, str>>) -> Self {
        Self { service_id: service_id.into() }
    }
}

impl<'a> Endpoint<'a> for GetFields<'a> {
    const ROUTE: Route = Route {
        provider: Provider::Paylov,
        name: "getFields",
        method: Method::Get,
        path: "servicePayment/fields/{service_id}/",
        effect: Effect::Read,
        group: Group::Catalog,
        auth: AuthScheme::Paylov,
        can_be_asked_for: false,
    };

    const REJECTION: Rejection = rejection;

    type Answer = ServiceFields;

    fn encode(&self) -> Result<Message> {
        Ok(Message { target: path_with(Self::ROUTE.path, &self.service_id, "serviceId")?, body: None })
    }

    fn decode(_: &str, result: Wire<'_>) -> Read<ServiceFields> {
        let data = result.required("data")?.or_first().ok_or("data")?;
        Ok(ServiceFields {
            service: Service::read(data)?,
            // An account without one of them would be another's, or nobody's.
            fields: data.list("fields", FieldSpec::read)?,
            response_fields: data.optional_readable("response_fields", ResponseField::read)?,
        })
    }

    fn accept(incoming: &Incoming<'_>) -> Result<Self> {
        incoming.query(&Self::ROUTE, &[])?;
        Ok(Self::new(incoming.id(&Self::ROUTE)?))
    }
}

impl FieldSpec {
    fn read(field: Wire<'_>) -> Read<Self> {
        let name = field.text("name")?;
        let values = field.optional_readable("values", FieldValue::read)?;
        // Whatever has values is chosen from them; the rest is typed.
        let is_select = !values.is_empty() || field.member("type").and_then(Wire::as_text) == Some("select");
        let is_number = field.member("content").and_then(Wire::as_text) == Some("number");
        Ok(Self {
            field_id: field.text("field_id")?,
            title: field.optional_text("title").unwrap_or_else(|| name.clone()),
            kind: if is_select { FieldKind::Select } else { FieldKind::Text },
            content: if is_number { FieldContent::Number } else { FieldContent::Text },
            validation: field.optional_text("validation"),
            length: field.optional_number("length"),
            required: field.flag("required", true, true),
            dependency_of: field.optional_text("dependency_of"),
            values,
            name,
        })
    }
}

impl FieldValue {
    fn read(value: Wire<'_>) -> Read<Self> {
        let text = value.text("value")?;
        Ok(Self {
            id: value.number("id")?,
            title: value.optional_text("title").unwrap_or_else(|| text.clone()),
            value: text,
            filter: value.optional_text("filter"),
        })
    }
}

impl ResponseField {
    fn read(field: Wire<'_>) -> Read<Self> {
        let name = field.text("name")?;
        Ok(Self {
            field_id: field.text("field_id")?,
            title: field.optional_text("title").unwrap_or_else(|| name.clone()),
            postfix: field.optional_text("postfix"),
            name,
        })
    }
}
