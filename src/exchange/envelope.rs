//! What each provider wraps its answers in.

use crate::error::Provider;
use crate::wire::{Read, Wire};

/// An answer without what it was wrapped in.
pub(crate) struct Opened<'d> {
    /// What the endpoint reads, or the member that is missing.
    pub(crate) result: Read<Wire<'d>>,
    /// The failure, where one is told.
    pub(crate) told: Option<Told<'d>>,
}

/// A failure in a provider's own words.
pub(crate) struct Told<'d> {
    /// The provider's code; a failure without one is one all the same.
    pub(crate) code: &'d str,
    pub(crate) message: Option<&'d str>,
    /// Whether the answer tells nothing else: what says two things at once is not certain.
    pub(crate) is_alone: bool,
}

/// Opens an answer of a provider's.
pub(super) fn open(provider: Provider, root: Wire<'_>) -> Opened<'_> {
    match provider {
        Provider::Paylov => paylov(root),
        Provider::Bank => crate::bank::envelope::open(root),
    }
}

/// `{"result":…}`, or `{"error":{"code":…,"message":…}}`, which may also be within the result.
fn paylov(root: Wire<'_>) -> Opened<'_> {
    let result = root.member("result");
    let error = root.member("error").or_else(|| result?.member("error"));
    let told = error.map(|error| Told {
        code: error.word("code").unwrap_or_default(),
        message: error.word("message"),
        is_alone: result.is_none(),
    });
    Opened { result: result.ok_or("result"), told }
}
