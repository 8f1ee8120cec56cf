//! What a service tells about an account: a line of a bill.

use alloc::string::String;

use serde::Serialize;

use crate::wire::{Read, Wire};

/// A line about an account, such as its holder's name or its balance, as the service writes it.
///
/// Values are text for people: `15105.15 UZS`, `14.10.2024 14:53:48`. They are not read further, and no time zone is guessed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "js-types", derive(tsify::Tsify))]
pub struct InfoRow {
    /// The line's name: `fio`, `saldo`.
    pub name: String,
    /// What to show before the value.
    pub title: String,
    /// The value.
    pub value: String,
    /// What to show behind the value, such as a currency.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "js-types", tsify(optional))]
    pub postfix: Option<String>,
}

impl InfoRow {
    pub(super) fn read(row: Wire<'_>) -> Read<Self> {
        let name = row.text("name")?;
        Ok(Self {
            title: row.optional_text("title").unwrap_or_else(|| name.clone()),
            value: row.optional_text("value").unwrap_or_default(),
            postfix: row.optional_text("postfix"),
            name,
        })
    }
}
