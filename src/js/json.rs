//! Results as JSON text.
//!
//! By hand: a general serialiser weighs as much in the module as all of the money functions.

use alloc::borrow::Cow;
use alloc::string::String;

use crate::checkout::{CheckoutOrder, ParsedLink};
use crate::error::Error;
use crate::money::{Money, Unit};

pub(super) fn money(money: Money) -> String {
    let mut json = Json(String::new());
    json.money(money);
    json.0
}

pub(super) fn amounts(amounts: &[Money]) -> String {
    let mut json = Json(String::new());
    json.list(amounts, |json, amount| json.money(*amount));
    json.0
}

pub(super) fn parsed_link(link: &ParsedLink) -> String {
    let mut json = Json(String::new());
    json.parsed_link(link);
    json.0
}

pub(super) fn error(error: &Error) -> String {
    let mut json = Json(String::from("!"));
    json.word("{\"code\":", error.code().as_str());
    json.word(",\"message\":", &error.message());
    json.optional(",\"field\":", error.field());
    json.raw("}");
    json.0
}

/// JSON text that grows member by member.
struct Json(String);

impl Json {
    fn money(&mut self, money: Money) {
        self.raw("{\"minor\":");
        self.raw(itoa::Buffer::new().format(money.minor()));
        self.word(",\"currency\":", money.currency().as_str());
        self.raw("}");
    }

    fn list<T>(&mut self, items: &[T], write: fn(&mut Self, &T)) {
        let mut separator = "[";
        for item in items {
            self.raw(separator);
            write(self, item);
            separator = ",";
        }
        self.raw(if items.is_empty() { "[]" } else { "]" });
    }

    fn parsed_link(&mut self, link: &ParsedLink) {
        self.raw("{\"order\":");
        self.order(&link.order);
        self.raw(",\"warnings\":");
        self.list(&link.warnings, |json, warning| {
            json.word("{\"code\":", warning.code.as_str());
            json.word(",\"message\":", warning.message);
            json.optional(",\"field\":", warning.field.as_deref());
            json.raw("}");
        });
        self.raw("}");
    }

    fn order(&mut self, order: &CheckoutOrder<'_>) {
        self.word("{\"merchantId\":", &order.merchant_id);
        self.raw(",\"amount\":");
        self.money(order.amount);
        self.raw(",\"account\":");
        self.entries(&order.account);
        self.optional(",\"returnUrl\":", order.return_url.as_deref());
        self.optional(",\"convertTo\":", order.convert_to.map(|currency| currency.as_str()));
        self.optional(",\"wireUnit\":", order.wire_unit.map(Unit::as_str));
        self.raw("}");
    }

    fn entries(&mut self, entries: &[(Cow<'_, str>, Cow<'_, str>)]) {
        let mut separator = "{";
        for (name, value) in entries {
            self.word(separator, name);
            self.word(":", value);
            separator = ",";
        }
        self.raw(if entries.is_empty() { "{}" } else { "}" });
    }

    fn optional(&mut self, before: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.word(before, text);
        }
    }

    fn word(&mut self, before: &str, text: &str) {
        self.raw(before);
        self.raw("\"");
        for character in text.chars() {
            match character {
                '"' | '\\' => {
                    self.0.push('\\');
                    self.0.push(character);
                }
                '\0'..' ' => {
                    self.raw(if character < '\u{10}' { "\\u000" } else { "\\u001" });
                    self.0.extend(char::from_digit(u32::from(character) % 16, 16));
                }
                _ => self.0.push(character),
            }
        }
        self.raw("\"");
    }

    fn raw(&mut self, text: &str) {
        self.0.push_str(text);
    }
}
