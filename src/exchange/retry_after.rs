//! The header `Retry-After` (RFC 9110, 10.2.3).

use crate::text::Decimal;

/// A week: no server means more, and no call waits as long.
const LONGEST: u64 = 604_800;

/// How long to wait, where it is told in seconds. As a date it would need the server's clock to agree with ours; the call
/// then waits as if nothing had been said.
pub(super) fn millis(value: &str) -> Option<u64> {
    Decimal::read_whole(value.trim_ascii().as_bytes(), LONGEST).map(|seconds| seconds.saturating_mul(1000))
}
