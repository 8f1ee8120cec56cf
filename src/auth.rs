//! How a request says who sends it.

use alloc::string::String;
use alloc::vec::Vec;

use zeroize::Zeroizing;

use crate::checkout::base64;
use crate::error::{Error, ErrorCode, Result};
use crate::secret::Secret;
use crate::text::{holds, into_string};

/// A provider's credential, for servers: pages reach providers through a proxy that has it.
///
/// ```
/// use tiyin::Auth;
///
/// let auth = Auth::api_key("kfggfgf.given_api_key_by_paylov")?;
/// assert_eq!(format!("{auth:?}"), "ApiKey(Secret(…))");
/// # Ok::<(), tiyin::Error>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Auth {
    /// Paylov's `api-key: <key>`.
    ApiKey(Secret<String>),
    /// Paylov's `Authorization: Bearer <token>`, as its newer pages have it.
    Bearer(Secret<String>),
    /// HTTP Basic, as a bank has it: `Authorization: Basic <credentials>`.
    Basic(Secret<String>),
}

impl Auth {
    /// The key that Paylov's administration gives.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidHeader`] for what no header can carry.
    pub fn api_key(key: &str) -> Result<Self> {
        credential(key, "apiKey").map(Self::ApiKey)
    }

    /// A bearer token.
    ///
    /// # Errors
    /// As [`Self::api_key`].
    pub fn bearer(token: &str) -> Result<Self> {
        credential(token, "bearer").map(Self::Bearer)
    }

    /// A user name and a password.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidHeader`] for a name that is empty or has a colon, which would end it, and for control characters.
    pub fn basic(username: &str, password: &str) -> Result<Self> {
        let has_control = |text: &str| text.bytes().any(|byte| byte.is_ascii_control());
        if username.is_empty() || holds(username.as_bytes(), b':') || has_control(username) {
            return Err(Error::about(ErrorCode::InvalidHeader, "username"));
        }
        if has_control(password) {
            return Err(Error::about(ErrorCode::InvalidHeader, "password"));
        }
        let plain = Zeroizing::new([username, ":", password].concat());
        let mut encoded = Vec::with_capacity(plain.len().div_ceil(3).saturating_mul(4));
        base64::encode(plain.as_bytes(), &mut encoded);
        Ok(Self::Basic(Secret::new(into_string(encoded))))
    }

    /// The header. This is what a credential is exposed for.
    pub(crate) fn header(&self) -> (&'static str, String) {
        match self {
            Self::ApiKey(key) => ("api-key", key.expose().clone()),
            Self::Bearer(token) => ("authorization", ["Bearer ", token.expose()].concat()),
            Self::Basic(credentials) => ("authorization", ["Basic ", credentials.expose()].concat()),
        }
    }
}

fn credential(text: &str, member: &str) -> Result<Secret<String>> {
    let is_plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
    if is_plain { Ok(Secret::new(text.into())) } else { Err(Error::about(ErrorCode::InvalidHeader, member)) }
}
