//! What the bank wraps its answers in: `{"status":"success","code":0,"data":…}`, or `{"status":"error","code":1013,…}`.
//!
//! Failures come with HTTP 200, and some answers of success without a code. Success that has another code than 0, or a failure
//! with data, says two things at once: neither is certain.

use crate::exchange::{Opened, Told, proxys};
use crate::wire::Wire;

/// What stands in an answer; its `data` is for each endpoint to read. The bank has no member `error`: it is a proxy's refusal,
/// and beside what the bank says it makes that uncertain.
pub(crate) fn open(root: Wire<'_>) -> Opened<'_> {
    let (status, code) = (root.word("status"), root.member("code").filter(|code| code.as_text() != Some("0")));
    let (error, has_data) = (root.member("error"), root.member("data").is_some());
    let told = if let Some(error) = proxys(root) {
        let is_alone = status.is_none() && code.is_none() && !has_data;
        Some(Told { code: error.word("code").unwrap_or_default(), message: error.word("message"), is_alone })
    } else if status == Some("error") || code.is_some() {
        let is_alone = status == Some("error") && error.is_none() && !has_data;
        Some(Told { code: code.and_then(Wire::as_text).unwrap_or_default(), message: root.word("message"), is_alone })
    } else if status == Some("success") && error.is_none() {
        return Opened { result: Ok(root), told: None };
    } else {
        None
    };
    Opened { result: Err("status"), told }
}
