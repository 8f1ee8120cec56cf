//! Signed links: an order, or what a return URL claims, that nobody without a key can make or change.
//!
//! The format is this project's own, so that a worker can hand out a link and later trust it (docs/signed-links.md has it for
//! other languages). A token is a text of five parts between dots: `v1`, the key's id, the expiry in milliseconds, what is
//! signed as base64url, and the HMAC-SHA-256 of a purpose and all that stands before the last dot. Nothing in it is secret.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::link::{check, check_length, write_fields, write_query};
use super::order::{CheckoutOrder, check_fields};
use super::parse::{LinkWarning, LinkWarningCode, parse_checkout_link, parse_fields};
use super::{base64, url};
use crate::error::{Error, ErrorCode, Result};
use crate::text::{Decimal, cut, holds, into_string, write_number};

const VERSION: &[u8] = b"v1.";

/// The parameter of a return URL that holds its token, which stands last.
const PARAMETER: &[u8] = b"tiyin=";

/// What a token is for. It is signed too, so that a token of one kind never passes as one of the other.
#[derive(Clone, Copy)]
pub(crate) enum Purpose {
    Order,
    ReturnUrl,
}

impl Purpose {
    const fn prefix(self) -> &'static [u8] {
        match self {
            Self::Order => b"tiyin-order:",
            Self::ReturnUrl => b"tiyin-return-url:",
        }
    }
}

/// A moment, in milliseconds since 1970 as JavaScript counts them.
///
/// ```
/// use tiyin::{ErrorCode, Timestamp};
///
/// assert_eq!(Timestamp::from_millis(1_790_000_000_000)?.as_millis(), 1_790_000_000_000);
/// assert_eq!(Timestamp::from_millis(1_790_000_000).unwrap_err().code(), ErrorCode::NotMilliseconds);
/// # Ok::<(), tiyin::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(u64);

impl Timestamp {
    pub(crate) const EARLIEST: Self = Self(100_000_000_000);
    const LATEST: Self = Self(8_640_000_000_000_000);

    /// A moment between March 1973 and the last one that JavaScript has a date for.
    ///
    /// # Errors
    /// [`ErrorCode::NotMilliseconds`] for anything else: a number below 1e11 is a number of seconds.
    pub fn from_millis(millis: i64) -> Result<Self> {
        let millis = millis.cast_unsigned();
        if !(Self::EARLIEST.0..=Self::LATEST.0).contains(&millis) {
            return Err(ErrorCode::NotMilliseconds.into());
        }
        Ok(Self(millis))
    }

    /// The milliseconds since 1970.
    #[must_use]
    pub const fn as_millis(self) -> i64 {
        self.0.cast_signed()
    }
}

/// A key to sign and to verify with. It never prints its secret, and wipes what it keeps of it when dropped.
///
/// ```
/// use tiyin::SigningKey;
///
/// let key = SigningKey::new("2026-11", &[7; 32])?;
/// assert_eq!(format!("{key:?}"), "SigningKey { id: \"2026-11\", .. }");
/// # Ok::<(), tiyin::Error>(())
/// ```
#[derive(Clone)]
pub struct SigningKey {
    id: String,
    /// Begun with the secret, which is not kept beside it.
    mac: Hmac<Sha256>,
}

impl SigningKey {
    /// A key with a name that tokens carry. The secret is best made of 32 random bytes.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidKeyId`] where the id is not 1 to 64 ASCII letters, digits, `_` and `-`;
    /// [`ErrorCode::SecretTooShort`] below 32 bytes, [`ErrorCode::TooLong`] beyond 1,024.
    pub fn new(id: &str, secret: &[u8]) -> Result<Self> {
        Self::check(id, secret)?;
        let mac = Hmac::new_from_slice(secret).map_err(|_| ErrorCode::Internal)?;
        Ok(Self { id: id.into(), mac })
    }

    pub(crate) fn check(id: &str, secret: &[u8]) -> Result<()> {
        if id.is_empty() || id.len() > 64 || !id.bytes().all(is_plain) {
            return Err(Error::about(ErrorCode::InvalidKeyId, "id"));
        }
        match secret.len() {
            ..32 => Err(Error::about(ErrorCode::SecretTooShort, "secret")),
            32..=1024 => Ok(()),
            _ => Err(Error::with_detail(ErrorCode::TooLong, "1,024 bytes").at("secret")),
        }
    }

    /// Appends a token behind what is `before` it, with a signature over both.
    fn sign(&self, purpose: Purpose, before: &[u8], payload: &[u8], expires_at: Timestamp, out: &mut Vec<u8>) {
        let start = out.len();
        out.extend_from_slice(before);
        out.extend_from_slice(VERSION);
        out.extend_from_slice(self.id.as_bytes());
        out.push(b'.');
        write_number(expires_at.0, out);
        out.push(b'.');
        base64::encode_url(payload, out);
        let mac = self.begun(purpose, out.get(start..).unwrap_or_default()).finalize().into_bytes();
        out.push(b'.');
        base64::encode_url(&mac, out);
    }

    fn begun(&self, purpose: Purpose, signed: &[u8]) -> Hmac<Sha256> {
        let mut mac = self.mac.clone();
        mac.update(purpose.prefix());
        mac.update(signed);
        mac
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Signs orders and return URLs, and verifies them. The first key signs, all of them verify, so keys can be rotated.
///
/// A verified token says that somebody with a key made this order; a verified return URL that somebody with a key made this
/// URL. Neither says that anything was paid.
///
/// ```
/// use tiyin::{CheckoutOrder, ErrorCode, LinkSigner, Money, SigningKey, Timestamp};
///
/// let signer = LinkSigner::new(vec![SigningKey::new("2026-11", &[7; 32])?])?;
/// let order = CheckoutOrder::new("571c06fb-6c61-4ef7-8567-5511abaf12b5", Money::som("500")?).account("order_id", "12");
/// let expires_at = Timestamp::from_millis(1_790_000_000_000)?;
///
/// let token = signer.sign(&order, expires_at)?;
/// assert!(token.starts_with("v1.2026-11.1790000000000."));
/// assert_eq!(signer.verify(&token, Timestamp::from_millis(1_789_999_999_999)?)?, order);
/// assert_eq!(signer.verify(&token, expires_at).unwrap_err().code(), ErrorCode::LinkExpired);
/// # Ok::<(), tiyin::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct LinkSigner {
    keys: Vec<SigningKey>,
}

impl LinkSigner {
    /// A signer with at least one key.
    ///
    /// # Errors
    /// [`ErrorCode::MissingKey`] without one, [`ErrorCode::DuplicateKeyId`] where two have one id, [`ErrorCode::TooLong`]
    /// beyond 256.
    pub fn new(keys: Vec<SigningKey>) -> Result<Self> {
        check_ids(&keys.iter().map(|key| key.id.as_str()).collect::<Vec<_>>())?;
        Ok(Self { keys })
    }

    /// A token for an order, which is valid until the moment given.
    ///
    /// # Errors
    /// As [`CheckoutOrder::link`].
    pub fn sign(&self, order: &CheckoutOrder<'_>, expires_at: Timestamp) -> Result<String> {
        let mut token = Vec::new();
        sign_order(self.first()?, order, expires_at, &mut token)?;
        Ok(into_string(token))
    }

    /// The order of a token.
    ///
    /// # Errors
    /// [`ErrorCode::TokenMalformed`], [`ErrorCode::UnknownKey`], [`ErrorCode::SignatureInvalid`], [`ErrorCode::LinkExpired`].
    pub fn verify(&self, token: &str, now: Timestamp) -> Result<CheckoutOrder<'static>> {
        self.verified(Purpose::Order, token, now)
    }

    /// The URL with claims about the payment, such as the order's id, in its parameter `tiyin`.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidReturnUrl`] where it is not written as browsers write it, [`ErrorCode::InsecureReturnUrl`],
    /// [`ErrorCode::UnsupportedScheme`], [`ErrorCode::DuplicateParameter`] where it has a `tiyin` already or claims of one
    /// name, [`ErrorCode::EmptyAccountKey`] for a claim without a name, [`ErrorCode::TooLong`].
    ///
    /// ```
    /// use tiyin::{ErrorCode, LinkSigner, SigningKey, Timestamp};
    ///
    /// let signer = LinkSigner::new(vec![SigningKey::new("2026-11", &[7; 32])?])?;
    /// let now = Timestamp::from_millis(1_789_999_999_999)?;
    /// let claims = [("order".into(), "12".into())];
    /// let url = signer.sign_return_url("https://shop.uz/paid", &claims, Timestamp::from_millis(1_790_000_000_000)?)?;
    /// assert!(url.starts_with("https://shop.uz/paid?tiyin=v1.2026-11.1790000000000."));
    /// assert_eq!(signer.verify_return_url(&url, now)?, claims);
    /// assert_eq!(
    ///     signer.verify_return_url(&url.replace("/paid", "/free"), now).unwrap_err().code(),
    ///     ErrorCode::SignatureInvalid,
    /// );
    /// # Ok::<(), tiyin::Error>(())
    /// ```
    pub fn sign_return_url(
        &self,
        url: &str,
        claims: &[(Cow<'_, str>, Cow<'_, str>)],
        expires_at: Timestamp,
    ) -> Result<String> {
        let mut signed = Vec::new();
        sign_return_url(self.first()?, url, claims, expires_at, &mut signed)?;
        Ok(into_string(signed))
    }

    /// The claims of a return URL, in their order.
    ///
    /// # Errors
    /// As [`Self::verify`]; a URL to which anything was added is [`ErrorCode::SignatureInvalid`] or
    /// [`ErrorCode::TokenMalformed`].
    pub fn verify_return_url(&self, url: &str, now: Timestamp) -> Result<Vec<(Cow<'static, str>, Cow<'static, str>)>> {
        self.verified(Purpose::ReturnUrl, url, now).map(|carrier| carrier.account)
    }

    fn first(&self) -> Result<&SigningKey> {
        self.keys.first().ok_or_else(|| ErrorCode::MissingKey.into())
    }

    fn verified(&self, purpose: Purpose, text: &str, now: Timestamp) -> Result<CheckoutOrder<'static>> {
        let token = Token::find(purpose, text)?;
        token.verified(self.keys.iter().find(|key| key.id.as_bytes() == token.id), now)
    }
}

/// Checks that there are keys, and each under an id of its own.
pub(crate) fn check_ids(ids: &[&str]) -> Result<()> {
    if ids.len() > 256 {
        return Err(Error::with_detail(ErrorCode::TooLong, "256 keys").at("keys"));
    }
    let mut left = ids;
    while let [earlier @ .., id] = left {
        if earlier.contains(id) {
            return Err(Error::about(ErrorCode::DuplicateKeyId, "id").at_index(earlier.len()).at("keys"));
        }
        left = earlier;
    }
    if ids.is_empty() { Err(Error::about(ErrorCode::MissingKey, "keys")) } else { Ok(()) }
}

/// Appends the token of an order.
pub(crate) fn sign_order(
    key: &SigningKey,
    order: &CheckoutOrder<'_>,
    expires_at: Timestamp,
    out: &mut Vec<u8>,
) -> Result<()> {
    check(order)?;
    let mut query = Vec::new();
    write_query(order, &mut query)?;
    key.sign(Purpose::Order, b"", &query, expires_at, out);
    Ok(())
}

/// Appends the URL with its claims and their signature.
pub(crate) fn sign_return_url(
    key: &SigningKey,
    url: &str,
    claims: &[(Cow<'_, str>, Cow<'_, str>)],
    expires_at: Timestamp,
    out: &mut Vec<u8>,
) -> Result<()> {
    check_url(url).map_err(|error| error.at("url"))?;
    check_fields(claims, "claims")?;
    let mut query = Vec::new();
    write_fields(claims, "claims", b"&", &mut query)?;
    let mut signed = Vec::from(url);
    signed.push(if holds(&signed, b'?') { b'&' } else { b'?' });
    signed.extend_from_slice(PARAMETER);
    key.sign(Purpose::ReturnUrl, &signed, query.get(1..).unwrap_or_default(), expires_at, out);
    Ok(())
}

fn check_url(url: &str) -> Result<()> {
    check_length(url.as_bytes())?;
    let mut rest = url.as_bytes();
    while let (_, [_, tail @ ..]) = cut(rest, b"?&") {
        if tail.starts_with(PARAMETER) {
            return Err(Error::with_detail(ErrorCode::DuplicateParameter, "tiyin"));
        }
        rest = tail;
    }
    url::check_normal(url)
}

/// A token that was found, but not yet verified.
pub(crate) struct Token<'t> {
    purpose: Purpose,
    /// The id of the key it names.
    pub(crate) id: &'t [u8],
    expiry: &'t [u8],
    payload: &'t [u8],
    mac: &'t [u8],
    signed: &'t [u8],
}

impl<'t> Token<'t> {
    /// The token that is a text, or ends it.
    pub(crate) fn find(purpose: Purpose, text: &'t str) -> Result<Self> {
        Self::parts(purpose, text.as_bytes()).ok_or_else(|| ErrorCode::TokenMalformed.into())
    }

    fn parts(purpose: Purpose, text: &'t [u8]) -> Option<Self> {
        let token = match purpose {
            Purpose::Order => text,
            Purpose::ReturnUrl => {
                // A token has no such character itself.
                let (mut start, mut token) = (b'/', text);
                while let (_, [separator, rest @ ..]) = cut(token, b"?&") {
                    (start, token) = (*separator, rest);
                }
                token.strip_prefix(PARAMETER).filter(|_| start != b'/')?
            }
        };
        let (id, rest) = part(token.strip_prefix(VERSION)?)?;
        let (expiry, rest) = part(rest)?;
        let (payload, mac) = part(rest)?;
        let before = text.len().saturating_sub(mac.len()).saturating_sub(1);
        Some(Self { purpose, id, expiry, payload, mac, signed: text.get(..before)? })
    }

    /// What it carries, if this is the key that signed it and it is still valid: an order, or claims as its account.
    #[inline(never)]
    pub(crate) fn verified(&self, key: Option<&SigningKey>, now: Timestamp) -> Result<CheckoutOrder<'static>> {
        let key = key.ok_or(ErrorCode::UnknownKey)?;
        // One signature has one text: neither the other alphabet nor padding.
        let bytes = if self.mac.iter().all(|byte| is_plain(*byte)) { base64::decode(self.mac) } else { None };
        if key.begun(self.purpose, self.signed).verify_slice(&bytes.unwrap_or_default()).is_err() {
            return Err(ErrorCode::SignatureInvalid.into());
        }
        let expiry = Decimal::read_whole(self.expiry, Timestamp::LATEST.0).ok_or(ErrorCode::TokenMalformed)?;
        if now.0 >= expiry {
            return Err(ErrorCode::LinkExpired.into());
        }
        let parsed = match self.purpose {
            Purpose::Order => parse_checkout_link(str::from_utf8(self.payload).unwrap_or_default()),
            Purpose::ReturnUrl => parse_fields(self.payload),
        };
        // Whatever a reader of links would warn about was not written by a signer.
        let is_flaw = |warning: &LinkWarning| warning.code != LinkWarningCode::NonstandardBase64;
        match parsed {
            Ok(parsed) if !parsed.warnings.iter().any(is_flaw) => Ok(parsed.order),
            _ => Err(ErrorCode::TokenMalformed.into()),
        }
    }
}

/// What stands before the first dot, and what behind it.
fn part(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let (part, rest) = cut(text, b".");
    Some((part, rest.strip_prefix(b".")?))
}

/// Whether a key's id and base64url may have this character.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-'
}
