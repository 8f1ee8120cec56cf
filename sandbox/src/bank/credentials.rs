//! HTTP Basic.

use super::refusal::{NO_USER, Refusal};
use crate::message::Request;
use crate::world::Auth;

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

pub(super) fn check(request: &Request, auth: Auth) -> Result<(), Refusal> {
    let given = request.header("authorization").and_then(|value| value.strip_prefix("Basic "));
    if auth == Auth::None || given.and_then(decoded).is_some_and(|decoded| are_right(&decoded)) {
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

/// What base64 stands for. A crate for it would weigh five times as much.
fn decoded(text: &str) -> Option<Vec<u8>> {
    let digits = text.strip_suffix("==").or(text.strip_suffix('=')).unwrap_or(text);
    let mut bytes = Vec::new();
    for group in digits.as_bytes().chunks(4) {
        let mut bits = 0_u32;
        for place in 0..4 {
            let value = group.get(place).map_or(Some(0), |digit| DIGITS.iter().position(|own| own == digit))?;
            bits = bits << 6 | u32::try_from(value).ok()?;
        }
        bytes.extend_from_slice(bits.to_be_bytes().get(1..group.len())?);
    }
    text.len().is_multiple_of(4).then_some(bytes)
}
