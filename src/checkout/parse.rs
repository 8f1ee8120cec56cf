//! From a link back to its order, with what is wrong about it.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;

use super::form::Oddities;
use super::link::PAYLOV;
use super::order::{CheckoutOrder, check_count, check_fields, is_uuid, usual_unit};
use super::{base64, form, json, url};
use crate::error::{Error, ErrorCode, Result, entry, masked};
use crate::money::{Currency, Money, Unit};
use crate::text::{cut, holds, nth, place};

/// Longer text is no link: browsers stop at two million characters.
const MAX_LENGTH: usize = 2_097_152;

/// The stable name of one flaw of a link that could be read all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
#[cfg_attr(feature = "js-types", derive(tsify::Tsify))]
pub enum LinkWarningCode {
    /// The query's values are not percent-encoded.
    UnencodedQuery = ErrorCode::Internal as isize + 1,
    /// The payload is JSON instead of a query.
    JsonPayload,
    /// The base64 is not in the standard alphabet with padding.
    NonstandardBase64,
    /// A parameter Paylov does not document.
    UnknownParameter,
    /// A `%` without two hexadecimal digits.
    MalformedPercent,
    /// The link leads elsewhere than to Paylov's checkout page.
    ForeignBaseUrl,
    /// The merchant id is no UUID.
    NotAUuid = ErrorCode::NotAUuid as isize,
    /// There is no account field.
    MissingAccount = ErrorCode::MissingAccount as isize,
    /// The return URL is plain HTTP.
    InsecureReturnUrl = ErrorCode::InsecureReturnUrl as isize,
    /// The return URL has another scheme than `https`.
    UnsupportedScheme = ErrorCode::UnsupportedScheme as isize,
    /// The return URL is no absolute address.
    InvalidReturnUrl = ErrorCode::InvalidReturnUrl as isize,
}

impl LinkWarningCode {
    /// The code as it is written everywhere outside Rust: `unencoded_query`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        entry(self as usize).0
    }

    /// What is wrong, in one English sentence.
    #[must_use]
    pub const fn message(self) -> &'static str {
        entry(self as usize).1
    }
}

/// One flaw of a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "js-types", derive(tsify::Tsify))]
pub struct LinkWarning {
    /// The kind of flaw, to decide by.
    pub code: LinkWarningCode,
    /// What is wrong, for developers.
    #[cfg_attr(feature = "js-types", tsify(type = "string"))]
    pub message: &'static str,
    /// The parameter it is about, as the link spells it: `return_url`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "js-types", tsify(optional))]
    pub field: Option<String>,
}

/// What a link asks for, and what is wrong with the link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "js-types", derive(tsify::Tsify))]
#[cfg_attr(feature = "js-types", serde(rename = "ParsedCheckoutLink"))]
pub struct ParsedLink {
    /// The order; with a warning it may be one that no link would be built for.
    #[cfg_attr(feature = "js-types", tsify(type = "CheckoutOrder"))]
    pub order: CheckoutOrder<'static>,
    /// Empty for a link as this crate builds it to Paylov's own page.
    pub warnings: Vec<LinkWarning>,
}

/// Reads a checkout link, or only its base64, the way Paylov's documents and others' mistakes write it.
///
/// What cannot be an order is an error, never a guess. A link is no proof of anything: anyone can make one.
///
/// # Errors
/// [`ErrorCode::MalformedLink`], [`ErrorCode::MissingParameter`], [`ErrorCode::DuplicateParameter`],
/// [`ErrorCode::InvalidParameter`], [`ErrorCode::EmptyAccountKey`], [`ErrorCode::AmountNotPositive`],
/// [`ErrorCode::TooLong`], and of the amount as [`Money::from_decimal`].
///
/// ```
/// use tiyin::{LinkWarningCode, parse_checkout_link};
///
/// let link = "https://my.paylov.uz/checkout/create/bWVyY2hhbnRfaWQ9NTcxYzA2ZmItNmM2MS00ZWY3LTg1NjctNTUxMWFiYWYxMmI1\
///     JmFtb3VudD01MDAmYWNjb3VudC5vcmRlcl9pZD0xMg";
/// let parsed = parse_checkout_link(link)?;
/// assert_eq!(parsed.order.amount.to_string(), "500 UZS");
/// assert_eq!(parsed.order.account, [("order_id".into(), "12".into())]);
/// assert_eq!(parsed.warnings[0].code, LinkWarningCode::NonstandardBase64);
/// # Ok::<(), tiyin::Error>(())
/// ```
pub fn parse_checkout_link(link: &str) -> Result<ParsedLink> {
    if link.len() > MAX_LENGTH {
        return Err(Error::with_detail(ErrorCode::TooLong, "2,097,152 bytes"));
    }
    let mut parsed = ParsedLink { order: CheckoutOrder::new("", Money::ZERO), warnings: Vec::new() };
    let mut reading = Reading::new(&mut parsed, "account.");
    reading.payload(link.trim_ascii_start().as_bytes())?;
    reading.finish()?;
    Ok(parsed)
}

/// Reads a query of nothing but fields.
pub(super) fn parse_fields(payload: &[u8]) -> Result<ParsedLink> {
    let mut parsed = ParsedLink { order: CheckoutOrder::new("", Money::ZERO), warnings: Vec::new() };
    if !payload.is_empty() {
        Reading::new(&mut parsed, "").payload(payload)?;
    }
    check_fields(&parsed.order.account, "claims")?;
    Ok(parsed)
}

/// The parameters besides the account's, each of which a link has once.
const NAMES: &str = "merchant_id amount return_url amount_in_tiyin currency_id convert_to";

/// What was met so far.
struct Reading<'a> {
    link: &'a mut ParsedLink,
    /// What the names of account fields begin with.
    prefix: &'static str,
    amount: String,
    unit: Unit,
    currency: Currency,
    /// A bit for each of [`NAMES`].
    found: u32,
}

impl<'a> Reading<'a> {
    fn new(link: &'a mut ParsedLink, prefix: &'static str) -> Self {
        Self { link, prefix, amount: String::new(), unit: Unit::Major, currency: Currency::Uzs, found: 0 }
    }

    fn warn(&mut self, code: LinkWarningCode, field: Option<&str>) {
        self.link.warnings.push(LinkWarning { code, message: code.message(), field: field.map(masked) });
    }

    /// Takes what a link's base64 holds: a query, or a JSON object in the place of one.
    fn payload(&mut self, link: &[u8]) -> Result<()> {
        let (base, rest) = divided(link);
        if !base.is_empty() && base != PAYLOV.as_bytes() {
            self.warn(LinkWarningCode::ForeignBaseUrl, None);
        }
        let (given, _) = cut(rest, b"?#");
        let encoded = given.trim_ascii_end();
        // A space behind groups of four was pasted along. Elsewhere it may be a plus sign, or stand for lost padding.
        let is_whole = encoded.len().is_multiple_of(4);
        if !is_whole && given.ends_with(b" ") {
            return Err(ErrorCode::MalformedLink.into());
        }
        let (_, foreign) = cut(encoded, b" -_%\r\n");
        if !is_whole || !foreign.is_empty() {
            self.warn(LinkWarningCode::NonstandardBase64, None);
        }
        let payload = base64::decode(encoded).unwrap_or_default();
        let payload = payload.trim_ascii();
        let mut query = Vec::new();
        let is_query = if payload.starts_with(b"{") {
            self.warn(LinkWarningCode::JsonPayload, None);
            json::write_query(payload, &mut query).is_some()
        } else {
            query.extend_from_slice(payload.strip_prefix(b"?").unwrap_or(payload));
            !payload.is_empty()
        };
        if !is_query {
            return Err(ErrorCode::MalformedLink.into());
        }
        self.parameters(&query)
    }

    fn parameters(&mut self, query: &[u8]) -> Result<()> {
        let mut oddities = Oddities::default();
        let mut rest = query;
        while !rest.is_empty() {
            let (pair, tail) = cut(rest, b"&");
            rest = tail.get(1..).unwrap_or_default();
            if pair.is_empty() {
                continue;
            }
            oddities.malformed = false;
            let Some((name, value)) = decoded(pair, &mut oddities) else {
                return Err(ErrorCode::MalformedLink.into());
            };
            if oddities.malformed {
                self.warn(LinkWarningCode::MalformedPercent, Some(&name));
            }
            self.parameter(&name, value)?;
            check_count(self.link.warnings.len())?;
        }
        if oddities.unencoded {
            self.warn(LinkWarningCode::UnencodedQuery, None);
        }
        Ok(())
    }

    fn parameter(&mut self, name: &str, value: String) -> Result<()> {
        if let Some(key) = name.strip_prefix(self.prefix) {
            self.link.order.account.push((Cow::Owned(key.into()), Cow::Owned(value)));
            return Ok(());
        }
        let Some(place) = place(NAMES, name.as_bytes()) else {
            self.warn(LinkWarningCode::UnknownParameter, Some(name));
            return Ok(());
        };
        let found = self.found;
        self.found |= 1 << place;
        if found == self.found {
            return Err(Error::about(ErrorCode::DuplicateParameter, name));
        }
        match place {
            0 => self.link.order.merchant_id = Cow::Owned(value),
            1 => self.amount = value,
            2 if value.is_empty() => {}
            2 => self.link.order.return_url = Some(Cow::Owned(value)),
            3 => self.unit = unit(&value, name)?,
            4 => self.currency = currency(&value, name)?,
            _ => self.link.order.convert_to = Some(currency(&value, name)?),
        }
        Ok(())
    }

    /// Checks what was met as a whole.
    fn finish(&mut self) -> Result<()> {
        let missing = self.found.trailing_ones();
        if missing < 2 {
            return Err(Error::about(ErrorCode::MissingParameter, nth(NAMES, b' ', missing as usize)));
        }
        let amount = Money::from_decimal(&self.amount, self.unit, self.currency).map_err(|error| error.at("amount"))?;
        if amount.minor() <= 0 {
            return Err(Error::about(ErrorCode::AmountNotPositive, "amount"));
        }
        let order = &mut self.link.order;
        order.amount = amount;
        // A fraction of a som is read from major text too, but only minor text can write it again.
        if self.unit != usual_unit(amount) && (self.unit == Unit::Minor || amount.is_whole()) {
            order.wire_unit = Some(self.unit);
        }
        check_fields(&order.account, "account")?;
        let is_anonymous = order.account.is_empty();
        let url = order.return_url.as_deref().map_or(Ok(()), url::check);
        if !is_uuid(&order.merchant_id) {
            self.warn(LinkWarningCode::NotAUuid, Some("merchant_id"));
        }
        if is_anonymous {
            self.warn(LinkWarningCode::MissingAccount, None);
        }
        if let Err(code) = url {
            self.warn(flaw(code), Some("return_url"));
        }
        Ok(())
    }
}

/// A link's base URL, and what follows it. The base ends with Paylov's own path, and otherwise with the last slash; a text that
/// is no URL has none.
fn divided(link: &[u8]) -> (&[u8], &[u8]) {
    let (mut end, mut rest, mut before) = (0usize, link, &b""[..]);
    // Standard base64 may hold a slash.
    while let (part, [_, tail @ ..]) = cut(rest, b"/") {
        end = end.saturating_add(part.len()).saturating_add(1);
        rest = tail;
        if part == b"create" && before == b"checkout" {
            break;
        }
        before = part;
    }
    link.split_at_checked(if holds(link, b':') { end } else { 0 }).unwrap_or_default()
}

/// The name and the value of a pair.
fn decoded(pair: &[u8], oddities: &mut Oddities) -> Option<(String, String)> {
    let (name, value) = cut(pair, b"=");
    let value = value.strip_prefix(b"=")?;
    Some((form::decode(name, oddities)?, form::decode(value, oddities)?))
}

fn currency(id: &str, name: &str) -> Result<Currency> {
    match place("860 840", id.as_bytes()) {
        Some(0) => Ok(Currency::Uzs),
        Some(_) => Ok(Currency::Usd),
        None => Err(Error::with_detail(ErrorCode::InvalidParameter, "860 (UZS) or 840 (USD)").at(name)),
    }
}

fn unit(flag: &str, name: &str) -> Result<Unit> {
    match place("0 false 1 true", flag.to_ascii_lowercase().as_bytes()) {
        Some(0..2) => Ok(Unit::Major),
        Some(_) => Ok(Unit::Minor),
        None => Err(Error::with_detail(ErrorCode::InvalidParameter, "True or False").at(name)),
    }
}

/// What a return URL that no order may have is in a link that has it.
fn flaw(code: ErrorCode) -> LinkWarningCode {
    match code {
        ErrorCode::InsecureReturnUrl => LinkWarningCode::InsecureReturnUrl,
        ErrorCode::UnsupportedScheme => LinkWarningCode::UnsupportedScheme,
        _ => LinkWarningCode::InvalidReturnUrl,
    }
}
