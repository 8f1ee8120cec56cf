//! From a link back to its order, with what is wrong about it.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;

use super::form::Oddities;
use super::order::{CheckoutOrder, check_account, is_uuid, usual_unit};
use super::{base64, form, json, url};
use crate::error::{Error, ErrorCode, Result, entry, masked};
use crate::money::{Currency, Money, Unit};
use crate::text::{cut, holds};

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
    /// Empty for a link as this crate builds it.
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
        return Err(Error::with_message(ErrorCode::TooLong, "longer than the 2,097,152 bytes a link may have"));
    }
    let mut reading = Reading::default();
    match reading.payload(link.trim_ascii_start().as_bytes()) {
        Some(payload) if !payload.is_empty() => reading.query(payload.trim_ascii())?,
        _ => return Err(ErrorCode::MalformedLink.into()),
    }
    reading.finish()
}

/// The parameters besides the account's, each of which a link has once.
const NAMES: [&str; 6] = ["merchant_id", "amount", "return_url", "amount_in_tiyin", "currency_id", "convert_to"];

/// What was met so far.
#[derive(Default)]
struct Reading {
    /// The values of [`NAMES`].
    parameters: [Option<String>; 6],
    account: Vec<(Cow<'static, str>, Cow<'static, str>)>,
    warnings: Vec<LinkWarning>,
}

impl Reading {
    fn warn(&mut self, code: LinkWarningCode, field: Option<&str>) {
        self.warnings.push(LinkWarning { code, message: code.message(), field: field.map(masked) });
    }

    /// What a link's base64 holds.
    fn payload(&mut self, link: &[u8]) -> Option<Vec<u8>> {
        let (given, _) = cut(encoded(link), b"?#");
        let encoded = given.trim_ascii_end();
        // A space behind groups of four was pasted along. Elsewhere it may be a plus sign, or stand for lost padding.
        if encoded.len() % 4 != 0 && given.ends_with(b" ") {
            return None;
        }
        // Form decoding turns every `+` into the space that some links arrive with anyway.
        let symbols = form::decode_bytes(encoded, &mut Oddities::default());
        let payload = base64::decode(&symbols)?;
        let is_foreign = |symbol: &u8| matches!(symbol, b' ' | b'-' | b'_');
        if !symbols.len().is_multiple_of(4) || symbols.len() != encoded.len() || encoded.iter().any(is_foreign) {
            self.warn(LinkWarningCode::NonstandardBase64, None);
        }
        core::str::from_utf8(&payload).is_ok().then_some(payload)
    }

    /// Takes the parameters of a query, or of the JSON object in the place of one.
    fn query(&mut self, payload: &[u8]) -> Result<()> {
        if !payload.starts_with(b"{") {
            return self.parameters(payload.strip_prefix(b"?").unwrap_or(payload));
        }
        self.warn(LinkWarningCode::JsonPayload, None);
        match json::as_query(payload) {
            Some(query) => self.parameters(&query),
            None => Err(ErrorCode::MalformedLink.into()),
        }
    }

    fn parameters(&mut self, query: &[u8]) -> Result<()> {
        let mut unencoded = false;
        for pair in query.split(|&byte| byte == b'&') {
            if pair.is_empty() {
                continue;
            }
            let mut oddities = Oddities::default();
            let Some((name, value)) = decoded(pair, &mut oddities) else {
                return Err(ErrorCode::MalformedLink.into());
            };
            unencoded |= oddities.unencoded;
            if oddities.malformed {
                self.warn(LinkWarningCode::MalformedPercent, Some(&name));
            }
            self.parameter(name, value)?;
        }
        if unencoded {
            self.warn(LinkWarningCode::UnencodedQuery, None);
        }
        Ok(())
    }

    fn parameter(&mut self, name: String, value: String) -> Result<()> {
        let known = NAMES.iter().position(|known| *known == name);
        if let Some(parameter) = known.and_then(|index| self.parameters.get_mut(index)) {
            if parameter.is_some() {
                return Err(Error::about(ErrorCode::DuplicateParameter, &name));
            }
            *parameter = Some(value);
        } else if let Some(key) = name.strip_prefix("account.") {
            self.account.push((Cow::Owned(key.into()), Cow::Owned(value)));
        } else {
            self.warn(LinkWarningCode::UnknownParameter, Some(&name));
        }
        Ok(())
    }

    fn finish(mut self) -> Result<ParsedLink> {
        let parameters = core::mem::take(&mut self.parameters);
        let [merchant_id, amount, return_url, in_tiyin, currency_id, convert_to] = &parameters;
        let merchant_id = required(merchant_id, "merchant_id")?;
        let amount = required(amount, "amount")?;
        let paid_in = currency(currency_id, "currency_id")?.unwrap_or(Currency::Uzs);
        let convert_to = currency(convert_to, "convert_to")?;
        let unit = unit(in_tiyin)?;
        let amount = Money::from_decimal(amount, unit, paid_in).map_err(|error| error.at("amount"))?;
        if amount.minor() <= 0 {
            return Err(Error::about(ErrorCode::AmountNotPositive, "amount"));
        }
        check_account(&self.account)?;
        if !is_uuid(merchant_id) {
            self.warn(LinkWarningCode::NotAUuid, Some("merchant_id"));
        }
        if self.account.is_empty() {
            self.warn(LinkWarningCode::MissingAccount, None);
        }
        let return_url = return_url.as_deref().filter(|url| !url.is_empty());
        if let Some(Err(code)) = return_url.map(url::check) {
            self.warn(flaw(code), Some("return_url"));
        }
        let order = CheckoutOrder {
            merchant_id: Cow::Owned(merchant_id.into()),
            amount,
            account: self.account,
            return_url: return_url.map(|url| Cow::Owned(url.into())),
            convert_to,
            // A fraction of a som is read from major text too, but only minor text can write it again.
            wire_unit: Some(unit)
                .filter(|&unit| unit != usual_unit(amount) && (unit == Unit::Minor || amount.is_whole())),
        };
        Ok(ParsedLink { order, warnings: self.warnings })
    }
}

/// What follows the last part of Paylov's own base URL, or of another; all of a text that is no URL.
fn encoded(link: &[u8]) -> &[u8] {
    let mut rest = link;
    while let (part, [_, tail @ ..]) = cut(rest, b"/") {
        rest = tail;
        if part == b"create" {
            return rest;
        }
    }
    // Standard base64 may hold a slash, so only in a URL the last one ends the base.
    if holds(link, b':') { rest } else { link }
}

/// The name and the value of a pair.
fn decoded(pair: &[u8], oddities: &mut Oddities) -> Option<(String, String)> {
    let (name, value) = cut(pair, b"=");
    let value = value.strip_prefix(b"=")?;
    Some((form::decode(name, oddities)?, form::decode(value, oddities)?))
}

fn required<'a>(value: &'a Option<String>, name: &str) -> Result<&'a str> {
    value.as_deref().ok_or_else(|| Error::about(ErrorCode::MissingParameter, name))
}

fn currency(id: &Option<String>, name: &str) -> Result<Option<Currency>> {
    match id.as_deref() {
        None => Ok(None),
        Some("860") => Ok(Some(Currency::Uzs)),
        Some("840") => Ok(Some(Currency::Usd)),
        Some(_) => Err(invalid("860 (UZS) or 840 (USD) was expected", name)),
    }
}

fn unit(flag: &Option<String>) -> Result<Unit> {
    match flag.as_deref() {
        None | Some("0") => Ok(Unit::Major),
        Some("1") => Ok(Unit::Minor),
        Some(flag) if flag.eq_ignore_ascii_case("false") => Ok(Unit::Major),
        Some(flag) if flag.eq_ignore_ascii_case("true") => Ok(Unit::Minor),
        Some(_) => Err(invalid("True or False was expected", "amount_in_tiyin")),
    }
}

#[cold]
fn invalid(message: &'static str, name: &str) -> Error {
    Error::with_message(ErrorCode::InvalidParameter, message).at(name)
}

/// What a return URL that no order may have is in a link that has it.
fn flaw(code: ErrorCode) -> LinkWarningCode {
    match code {
        ErrorCode::InsecureReturnUrl => LinkWarningCode::InsecureReturnUrl,
        ErrorCode::UnsupportedScheme => LinkWarningCode::UnsupportedScheme,
        _ => LinkWarningCode::InvalidReturnUrl,
    }
}
