//! How a request says who sends it.

use alloc::format;
use alloc::string::String;

use crate::error::{Error, ErrorCode, Result};
use crate::secret::Secret;

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

    /// The header. This is what a credential is exposed for.
    pub(crate) fn header(&self) -> (&'static str, String) {
        match self {
            Self::ApiKey(key) => ("api-key", key.expose().clone()),
            Self::Bearer(token) => ("authorization", format!("Bearer {}", token.expose())),
        }
    }
}

fn credential(text: &str, member: &str) -> Result<Secret<String>> {
    let is_plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
    if is_plain { Ok(Secret::new(text.into())) } else { Err(Error::about(ErrorCode::InvalidHeader, member)) }
}
