//! What a payer is asked to pay for.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::error::{Error, ErrorCode, Result};
use crate::money::{Currency, Money, Unit};

/// The longest text of one member, in bytes of UTF-8, and the longest query.
///
/// Servers refuse addresses long before this; the bound keeps a mistake from turning into megabytes.
pub(super) const MAX_LENGTH: usize = 65_536;

pub(super) fn too_long() -> Error {
    Error::with_detail(ErrorCode::TooLong, "65,536 bytes")
}

/// Each name is compared with each other, and no merchant asks a payer for this many.
const MAX_FIELDS: usize = 256;

/// An order as a checkout link carries it.
///
/// ```
/// use tiyin::{CheckoutOrder, Currency, Money};
///
/// let order = CheckoutOrder::new("571c06fb-6c61-4ef7-8567-5511abaf12b5", Money::usd("19.99")?)
///     .account("order_id", "12")
///     .return_url("https://shop.uz/paid")
///     .convert_to(Currency::Uzs);
/// assert!(order.link()?.starts_with("https://my.paylov.uz/checkout/create/"));
/// # Ok::<(), tiyin::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "js-types", derive(tsify::Tsify))]
pub struct CheckoutOrder<'a> {
    /// The merchant's id at Paylov: a UUID of any version.
    #[cfg_attr(feature = "js-types", tsify(type = "string"))]
    pub merchant_id: Cow<'a, str>,
    /// What is to be paid; above zero.
    pub amount: Money,
    /// What is paid for, under the names agreed with Paylov: `{ order_id: "12" }`. At least one entry, no empty name.
    #[serde(serialize_with = "as_map")]
    #[cfg_attr(feature = "js-types", tsify(type = "Record<string, string>"))]
    pub account: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    /// Where the payer comes back to: absolute, `https` (`http` only for localhost and 127.0.0.1).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "js-types", tsify(optional, type = "string | undefined"))]
    pub return_url: Option<Cow<'a, str>>,
    /// The currency the payment is made in, at the Central Bank's rate of that moment.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "js-types", tsify(optional, type = "Currency | undefined"))]
    pub convert_to: Option<Currency>,
    /// The unit the link writes the amount in. Without it: major for whole UZS, minor otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "js-types", tsify(optional, type = "\"major\" | \"minor\" | undefined"))]
    pub wire_unit: Option<Unit>,
}

impl<'a> CheckoutOrder<'a> {
    /// An order that still needs an account field.
    pub fn new(merchant_id: impl Into<Cow<'a, str>>, amount: Money) -> Self {
        Self {
            merchant_id: merchant_id.into(),
            amount,
            account: Vec::new(),
            return_url: None,
            convert_to: None,
            wire_unit: None,
        }
    }

    /// Adds an account field; links keep the order in which fields were added.
    #[must_use]
    pub fn account(mut self, name: impl Into<Cow<'a, str>>, value: impl Into<Cow<'a, str>>) -> Self {
        self.account.push((name.into(), value.into()));
        self
    }

    /// Sends the payer back to this address after the payment.
    #[must_use]
    pub fn return_url(mut self, url: impl Into<Cow<'a, str>>) -> Self {
        self.return_url = Some(url.into());
        self
    }

    /// Lets the payment be made in another currency.
    #[must_use]
    pub fn convert_to(mut self, currency: Currency) -> Self {
        self.convert_to = Some(currency);
        self
    }

    /// Writes the amount in this unit instead of the usual one.
    #[must_use]
    pub fn wire_unit(mut self, unit: Unit) -> Self {
        self.wire_unit = Some(unit);
        self
    }

    /// The unit the link is going to write the amount in.
    pub(super) fn unit(&self) -> Unit {
        self.wire_unit.unwrap_or_else(|| usual_unit(self.amount))
    }
}

/// Whole som are written as such, as in the vendor's first example; all else is counted in hundredths.
pub(super) fn usual_unit(amount: Money) -> Unit {
    if amount.currency() == Currency::Uzs && amount.is_whole() { Unit::Major } else { Unit::Minor }
}

fn as_map<S: Serializer>(account: &[(Cow<'_, str>, Cow<'_, str>)], serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(account.len()))?;
    for (name, value) in account {
        map.serialize_entry(name, value)?;
    }
    map.end()
}

/// Whether text has the shape of a UUID, of any version and letter case.
pub(super) fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// What account fields and claims must not be, whether they are written or read: too many, without a name, or twice of one
/// name.
pub(crate) fn check_fields(fields: &[(Cow<'_, str>, Cow<'_, str>)], whole: &str) -> Result<()> {
    check_count(fields.len()).map_err(|error| error.at(whole))?;
    let mut left = fields;
    while let [earlier @ .., (name, _)] = left {
        if name.is_empty() {
            return Err(Error::about(ErrorCode::EmptyAccountKey, whole));
        }
        if earlier.iter().any(|(other, _)| other == name) {
            return Err(Error::about(ErrorCode::DuplicateParameter, name).at(whole));
        }
        left = earlier;
    }
    Ok(())
}

pub(super) fn check_count(fields: usize) -> Result<()> {
    if fields > MAX_FIELDS { Err(Error::with_detail(ErrorCode::TooLong, "256 fields")) } else { Ok(()) }
}
