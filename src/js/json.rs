//! Results as JSON text.
//!
//! By hand: a general serialiser weighs 3 kB in the module, which is more than all of this.

use alloc::borrow::Cow;
use alloc::vec::Vec;

#[cfg(feature = "js-clients")]
use crate::account::FieldError;
use crate::checkout::{CheckoutOrder, LinkWarning, ParsedLink};
use crate::error::Error;
#[cfg(feature = "js-clients")]
use crate::error::{NextAction, Outcome, Provider};
#[cfg(not(feature = "js-lean"))]
use crate::json::write_text;
use crate::money::{Money, Unit};
#[cfg(feature = "js-lean")]
use crate::text::hex_digit;
use crate::text::write_number;

pub(super) fn money(money: Money) -> Vec<u8> {
    let mut json = Json(Vec::new());
    json.money(money);
    json.0
}

pub(super) fn amounts(amounts: &[Money]) -> Vec<u8> {
    let mut json = Json(Vec::new());
    json.raw("[");
    for amount in amounts {
        json.money(*amount);
        json.raw(",");
    }
    json.close("]");
    json.0
}

pub(super) fn parsed_link(link: &ParsedLink) -> Vec<u8> {
    let mut json = Json(Vec::new());
    json.raw("{\"order\":");
    json.order(&link.order);
    json.raw(",\"warnings\":[");
    for warning in &link.warnings {
        json.warning(warning);
        json.raw(",");
    }
    json.close("]}");
    json.0
}

#[cfg(feature = "js-sign")]
pub(super) fn order(order: &CheckoutOrder<'_>) -> Vec<u8> {
    let mut json = Json(Vec::new());
    json.order(order);
    json.0
}

#[cfg(any(feature = "js-sign", feature = "js-clients"))]
pub(super) fn fields(fields: &[(Cow<'_, str>, Cow<'_, str>)]) -> Vec<u8> {
    let mut json = Json(Vec::new());
    json.fields(fields);
    json.0
}

pub(super) fn error(error: &Error) -> Vec<u8> {
    let mut json = Json(Vec::new());
    json.raw("!");
    json.error(error);
    json.0
}

/// The error's code, or the proxy's own, which may be one that is not known here.
#[cfg(feature = "js-clients")]
fn code(error: &Error) -> &str {
    error.proxy_code().unwrap_or(error.code().as_str())
}

#[cfg(not(feature = "js-clients"))]
fn code(error: &Error) -> &str {
    error.code().as_str()
}

/// JSON text that grows member by member, each with a comma after it.
#[cfg_attr(feature = "js-clients", derive(Default))]
pub(super) struct Json(Vec<u8>);

#[cfg(feature = "js-clients")]
impl Json {
    pub(super) fn with_room(bytes: usize) -> Self {
        Self(Vec::with_capacity(bytes))
    }

    pub(super) fn finished(self) -> Vec<u8> {
        self.0
    }

    pub(super) fn number(&mut self, name: &str, value: u64) {
        self.text(name);
        self.raw(":");
        write_number(value, &mut self.0);
        self.raw(",");
    }

    /// A member whose value is JSON already.
    pub(super) fn whole(&mut self, name: &str, value: &[u8]) {
        self.text(name);
        self.raw(":");
        self.0.extend_from_slice(value);
        self.raw(",");
    }

    /// A member whose name is a number.
    pub(super) fn place(&mut self, place: usize) {
        self.raw("\"");
        write_number(place as u64, &mut self.0);
        self.raw("\":");
    }

    pub(super) fn flag(&mut self, name: &str, value: bool) {
        self.whole(name, if value { b"true" } else { b"false" });
    }

    pub(super) fn field_errors(&mut self, errors: &[FieldError]) {
        self.raw("[");
        for error in errors {
            self.raw("{");
            self.member("name", Some(&error.name));
            self.member("code", Some(error.code.as_str()));
            self.close("},");
        }
        self.close("]");
    }

    /// What is known of a call that failed.
    pub(super) fn facts(&mut self, error: &Error) {
        let Some(facts) = error.facts() else { return };
        self.member("provider", facts.provider.map(Provider::as_str));
        self.member("providerCode", facts.provider_code.as_deref());
        self.member("providerMessage", facts.provider_message.as_deref());
        self.member("source", facts.proxy_code.as_ref().map(|_| "proxy"));
        self.member("requestId", facts.request_id.as_deref());
        self.member("outcome", facts.outcome.map(Outcome::as_str));
        self.member("nextAction", facts.next_action.map(NextAction::as_str));
        if !facts.field_errors.is_empty() {
            self.raw("\"errors\":");
            self.field_errors(&facts.field_errors);
            self.raw(",");
        }
        for (name, number) in [
            ("httpStatus", facts.http_status.map(u64::from)),
            ("retryAfterMs", facts.retry_after_ms),
            ("sentAt", facts.sent_at),
        ] {
            if let Some(number) = number {
                self.number(name, number);
            }
        }
    }
}

impl Json {
    pub(super) fn error(&mut self, error: &Error) {
        self.raw("{");
        self.member("code", Some(code(error)));
        self.member("message", Some(&error.message()));
        self.member("field", error.field());
        #[cfg(feature = "js-clients")]
        self.facts(error);
        self.close("}");
    }

    fn money(&mut self, money: Money) {
        self.raw("{\"minor\":");
        if money.minor() < 0 {
            self.raw("-");
        }
        write_number(money.minor().unsigned_abs(), &mut self.0);
        self.raw(",");
        self.member("currency", Some(money.currency().as_str()));
        self.close("}");
    }

    fn warning(&mut self, warning: &LinkWarning) {
        self.raw("{");
        self.member("code", Some(warning.code.as_str()));
        self.member("message", Some(warning.message));
        self.member("field", warning.field.as_deref());
        self.close("}");
    }

    fn order(&mut self, order: &CheckoutOrder<'_>) {
        self.raw("{");
        self.member("merchantId", Some(&order.merchant_id));
        self.raw("\"amount\":");
        self.money(order.amount);
        self.raw(",\"account\":");
        self.fields(&order.account);
        self.raw(",");
        self.member("returnUrl", order.return_url.as_deref());
        self.member("convertTo", order.convert_to.map(|currency| currency.as_str()));
        self.member("wireUnit", order.wire_unit.map(Unit::as_str));
        self.close("}");
    }

    fn fields(&mut self, fields: &[(Cow<'_, str>, Cow<'_, str>)]) {
        self.raw("{");
        for (name, value) in fields {
            self.member(name, Some(value));
        }
        self.close("}");
    }

    pub(super) fn member(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.text(name);
            self.raw(":");
            self.text(value);
            self.raw(",");
        }
    }

    /// Puts what closes a list or an object in the place of the comma after the last of it.
    pub(super) fn close(&mut self, end: &str) {
        if self.0.ends_with(b",") {
            self.0.pop();
        }
        self.raw(end);
    }

    fn text(&mut self, text: &str) {
        write_text(text, &mut self.0);
    }

    pub(super) fn raw(&mut self, text: &str) {
        self.0.extend_from_slice(text.as_bytes());
    }
}

/// Byte by byte, which weighs less: the modules without clients have short answers.
#[cfg(feature = "js-lean")]
fn write_text(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    for &byte in text.as_bytes() {
        if byte < b' ' || byte == b'"' || byte == b'\\' {
            out.extend_from_slice(b"\\u00");
            out.push(hex_digit(byte >> 4));
            out.push(hex_digit(byte));
        } else {
            out.push(byte);
        }
    }
    out.push(b'"');
}
