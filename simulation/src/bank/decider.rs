//! Where a developer could decide otherwise than the library does about an order.

use tiyin::Error;
use tiyin::bank::{SettleEvent, SettleStep};

/// What a settling has done so far.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Past {
    /// Whether an earlier one may have sent the order.
    pub(crate) is_resumed: bool,
    /// How many times it has sent the order.
    pub(crate) creates: u8,
    /// What came of the last send.
    pub(crate) of_create: Option<SettleEvent>,
}

/// What becomes of what the library says before the merchant's program hears it.
pub(crate) trait Decider: Sync {
    /// What a settling does first.
    fn first(&self, step: SettleStep) -> SettleStep {
        step
    }

    /// What a settling is told of what happened, and of the error where something failed.
    fn hears(&self, event: SettleEvent, _error: Option<&Error>) -> SettleEvent {
        event
    }

    /// What a settling does next after what happened, and what it has done so far.
    fn next(&self, _event: SettleEvent, step: SettleStep, _past: Past) -> SettleStep {
        step
    }

    /// Whether the hash is given after a crash.
    fn gives_hash(&self) -> bool {
        true
    }

    /// Whether an order of which nobody knows is begun anew under another id.
    fn begins_anew(&self) -> bool {
        false
    }
}

/// The library as it is.
pub(crate) struct Right;

impl Decider for Right {}
