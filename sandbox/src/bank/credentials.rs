//! HTTP Basic.

use base64ct::{Base64, Encoding};

use super::refusal::{NO_USER, Refusal};
use crate::message::Request;
use crate::world::Auth;

pub(super) fn check(request: &Request, auth: Auth) -> Result<(), Refusal> {
    let given = request.header("authorization").and_then(|value| value.strip_prefix("Basic "));
    let decoded = given.and_then(|given| Base64::decode_vec(given).ok());
    if auth == Auth::None || decoded.is_some_and(|decoded| are_right(&decoded)) {
        return Ok(());
    }
    Err(Refusal::new(NO_USER).with_status(401))
}

/// A name and a password, of which neither begins with `wrong`.
fn are_right(decoded: &[u8]) -> bool {
    let mut parts = decoded.splitn(2, |byte| *byte == b':');
    let is_right = |part: Option<&[u8]>| part.is_some_and(|part| !part.is_empty() && !part.starts_with(b"wrong"));
    is_right(parts.next()) && is_right(parts.next())
}
