//! What must never be shown.

use core::fmt;

use zeroize::{Zeroize, Zeroizing};

/// A provider's credential: it prints as nothing, and is wiped when it is dropped.
///
/// ```
/// use tiyin::Secret;
///
/// let key = Secret::new(String::from("kfggfgf.given_api_key_by_paylov"));
/// assert_eq!(format!("{key:?}"), "Secret(…)");
/// ```
#[derive(Clone)]
pub struct Secret<T: Zeroize>(Zeroizing<T>);

impl<T: Zeroize> Secret<T> {
    /// Hides a value.
    pub fn new(value: T) -> Self {
        Self(Zeroizing::new(value))
    }

    /// The value itself. Whoever calls this says beside the call why, and lets it go nowhere else.
    pub(crate) fn expose(&self) -> &T {
        &self.0
    }
}

impl<T: Zeroize> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}
