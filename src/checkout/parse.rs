//! From a link back to its order, with what is wrong about it.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use base64ct::{Base64Unpadded, Encoding};
use serde::Serialize;

use super::order::{CheckoutOrder, check_account, is_uuid, usual_unit};
use super::{form, json, url};
use crate::error::{Error, ErrorCode, Result};
use crate::money::{Currency, Money, Unit};

/// Longer text is no link: browsers stop at two million characters.
const MAX_LENGTH: usize = 2_097_152;

/// The stable name of one flaw of a link that could be read all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
#[cfg_attr(feature = "js-types", derive(tsify::Tsify))]
pub enum LinkWarningCode {
    /// The query's values are not percent-encoded.
    UnencodedQuery,
    /// The payload is JSON instead of a query.
    JsonPayload,
    /// The merchant id is no UUID.
    NotAUuid,
    /// There is no account field.
    MissingAccount,
    /// The return URL is plain HTTP.
    InsecureReturnUrl,
    /// The return URL has another scheme than `https`.
    UnsupportedScheme,
    /// The return URL is no absolute address.
    InvalidReturnUrl,
    /// The base64 is not in the standard alphabet with padding.
    NonstandardBase64,
    /// A parameter Paylov does not document.
    UnknownParameter,
    /// A `%` without two hexadecimal digits.
    MalformedPercent,
}

impl LinkWarningCode {
    /// The code as it is written everywhere outside Rust: `unencoded_query`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UnencodedQuery => "unencoded_query",
            Self::JsonPayload => "json_payload",
            Self::NotAUuid => ErrorCode::NotAUuid.as_str(),
            Self::MissingAccount => ErrorCode::MissingAccount.as_str(),
            Self::InsecureReturnUrl => ErrorCode::InsecureReturnUrl.as_str(),
            Self::UnsupportedScheme => ErrorCode::UnsupportedScheme.as_str(),
            Self::InvalidReturnUrl => ErrorCode::InvalidReturnUrl.as_str(),
            Self::NonstandardBase64 => "nonstandard_base64",
            Self::UnknownParameter => "unknown_parameter",
            Self::MalformedPercent => "malformed_percent",
        }
    }

    /// What is wrong and what it leads to, in one English sentence.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::UnencodedQuery => {
                "the query is not percent-encoded; a value with & or + would be read as something else"
            }
            Self::JsonPayload => "the payload is JSON, but Paylov documents a form-encoded query",
            Self::NotAUuid => ErrorCode::NotAUuid.message(),
            Self::MissingAccount => "there is no account field, so nothing says what is paid for",
            Self::InsecureReturnUrl => "the payer is sent back over plain http; use https",
            Self::UnsupportedScheme => "the return URL is not https; the payer may not get back",
            Self::InvalidReturnUrl => "the return URL is not an absolute address; the payer may not get back",
            Self::NonstandardBase64 => {
                "the base64 is not in the standard alphabet with padding, which Paylov documents"
            }
            Self::UnknownParameter => "Paylov documents no such parameter; it was left out",
            Self::MalformedPercent => "a % without two hexadecimal digits was kept as it stands",
        }
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
    let payload = reading.payload(link.trim_ascii()).ok_or(ErrorCode::MalformedLink)?;
    for (name, value) in reading.pairs(&payload).ok_or(ErrorCode::MalformedLink)? {
        reading.take(name, value)?;
    }
    reading.finish()
}

/// The parameters met so far.
#[derive(Default)]
struct Reading {
    merchant_id: Option<String>,
    amount: Option<String>,
    return_url: Option<String>,
    amount_in_tiyin: Option<String>,
    currency_id: Option<String>,
    convert_to: Option<String>,
    account: Vec<(Cow<'static, str>, Cow<'static, str>)>,
    warnings: Vec<LinkWarning>,
}

impl Reading {
    fn warn(&mut self, code: LinkWarningCode, field: Option<&str>) {
        self.warnings.push(LinkWarning { code, message: code.message(), field: field.map(String::from) });
    }

    /// What a link's base64 holds.
    fn payload(&mut self, link: &str) -> Option<String> {
        let encoded = match after_create(link) {
            Some(rest) => rest,
            // Another base URL: standard base64 may hold a slash, but links as documented here never do.
            None if link.contains(':') => link.rsplit_once('/')?.1,
            None => link,
        };
        let encoded = encoded.split(['?', '#']).next()?;
        let decoded = form::decode(encoded.as_bytes())?;
        // Form decoding turned every `+` into the space that some links arrive with anyway.
        let standard: String = decoded.text.chars().map(to_standard).collect();
        let symbols = standard.trim_end_matches('=');
        let bytes = Base64Unpadded::decode_vec(symbols).ok()?;
        if !standard.len().is_multiple_of(4) || standard != encoded {
            self.warn(LinkWarningCode::NonstandardBase64, None);
        }
        String::from_utf8(bytes).ok()
    }

    /// The parameters of a query, decoded.
    fn pairs(&mut self, payload: &str) -> Option<Vec<(String, String)>> {
        let payload = payload.trim_ascii();
        if payload.starts_with('{') {
            self.warn(LinkWarningCode::JsonPayload, None);
            return json::pairs(payload);
        }
        let mut unencoded = false;
        let mut pairs = Vec::new();
        for pair in payload.strip_prefix('?').unwrap_or(payload).split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=')?;
            let (name, value) = (form::decode(name.as_bytes())?, form::decode(value.as_bytes())?);
            unencoded |= name.unencoded || value.unencoded;
            if name.malformed || value.malformed {
                self.warn(LinkWarningCode::MalformedPercent, Some(&name.text));
            }
            pairs.push((name.text, value.text));
        }
        if unencoded {
            self.warn(LinkWarningCode::UnencodedQuery, None);
        }
        Some(pairs)
    }

    fn take(&mut self, name: String, value: String) -> Result<()> {
        let slot = match name.as_str() {
            "merchant_id" => &mut self.merchant_id,
            "amount" => &mut self.amount,
            "return_url" => &mut self.return_url,
            "amount_in_tiyin" => &mut self.amount_in_tiyin,
            "currency_id" => &mut self.currency_id,
            "convert_to" => &mut self.convert_to,
            _ => {
                match name.strip_prefix("account.") {
                    Some(key) => self.account.push((Cow::Owned(key.into()), Cow::Owned(value))),
                    None => self.warn(LinkWarningCode::UnknownParameter, Some(&name)),
                }
                return Ok(());
            }
        };
        if slot.replace(value).is_some() {
            return Err(Error::from(ErrorCode::DuplicateParameter).at(&name));
        }
        Ok(())
    }

    fn finish(mut self) -> Result<ParsedLink> {
        let required = |value: Option<String>, name| value.ok_or(Error::from(ErrorCode::MissingParameter).at(name));
        let merchant_id = required(self.merchant_id.take(), "merchant_id")?;
        let amount_text = required(self.amount.take(), "amount")?;
        let paid_in = currency(self.currency_id.take(), "currency_id")?.unwrap_or(Currency::Uzs);
        let convert_to = currency(self.convert_to.take(), "convert_to")?;
        let unit = unit(self.amount_in_tiyin.take())?;
        let amount = Money::from_decimal(&amount_text, unit, paid_in).map_err(|error| error.at("amount"))?;
        if amount.minor() <= 0 {
            return Err(Error::from(ErrorCode::AmountNotPositive).at("amount"));
        }
        check_account(&self.account)?;
        let return_url = self.return_url.take().filter(|url| !url.is_empty());

        if !is_uuid(&merchant_id) {
            self.warn(LinkWarningCode::NotAUuid, Some("merchant_id"));
        }
        if self.account.is_empty() {
            self.warn(LinkWarningCode::MissingAccount, None);
        }
        if let Some(code) = return_url.as_deref().and_then(|url| url::check(url).err()) {
            let code = match code {
                ErrorCode::InsecureReturnUrl => LinkWarningCode::InsecureReturnUrl,
                ErrorCode::UnsupportedScheme => LinkWarningCode::UnsupportedScheme,
                _ => LinkWarningCode::InvalidReturnUrl,
            };
            self.warn(code, Some("return_url"));
        }
        let order = CheckoutOrder {
            merchant_id: Cow::Owned(merchant_id),
            amount,
            account: self.account,
            return_url: return_url.map(Cow::Owned),
            convert_to,
            // A fraction of a som is read from major text too, but only minor text can write it again.
            wire_unit: Some(unit)
                .filter(|&unit| unit != usual_unit(amount) && (unit == Unit::Minor || amount.is_whole())),
        };
        Ok(ParsedLink { order, warnings: self.warnings })
    }
}

/// What follows the last part of Paylov's own base URL.
fn after_create(link: &str) -> Option<&str> {
    let mut rest = link;
    loop {
        let (segment, tail) = rest.split_once('/')?;
        if segment == "create" {
            return Some(tail);
        }
        rest = tail;
    }
}

/// The standard alphabet's character for one of the URL-safe alphabet, or for a `+` that became a space.
fn to_standard(character: char) -> char {
    match character {
        ' ' | '-' => '+',
        '_' => '/',
        other => other,
    }
}

fn currency(id: Option<String>, name: &str) -> Result<Option<Currency>> {
    match id.as_deref() {
        None => Ok(None),
        Some("860") => Ok(Some(Currency::Uzs)),
        Some("840") => Ok(Some(Currency::Usd)),
        Some(_) => {
            Err(Error::with_message(ErrorCode::InvalidParameter, "860 (UZS) or 840 (USD) was expected").at(name))
        }
    }
}

fn unit(flag: Option<String>) -> Result<Unit> {
    let flag = flag.map(|flag| flag.to_ascii_lowercase());
    match flag.as_deref() {
        None | Some("false" | "0") => Ok(Unit::Major),
        Some("true" | "1") => Ok(Unit::Minor),
        Some(_) => {
            Err(Error::with_message(ErrorCode::InvalidParameter, "True or False was expected").at("amount_in_tiyin"))
        }
    }
}
