//! Where a developer could decide otherwise than the library does. The right decider leaves everything as it is.

use tiyin::endpoint::Route;
use tiyin::paylov::{ConfirmEvent, ConfirmStep};

use crate::client::Failure;

/// What becomes of what the library says before the merchant's program hears it.
pub(crate) trait Decider: Sync {
    /// What a call failed with.
    fn failure(&self, _route: &Route, failure: Failure) -> Failure {
        failure
    }

    /// Whether what failed is sent once more, by itself.
    fn sends_again(&self, _route: &Route, _failure: &Failure) -> bool {
        false
    }

    /// Whether a failure is taken for a success.
    fn believes(&self, _failure: &Failure) -> bool {
        false
    }

    /// What a confirmation does first.
    fn first(&self, step: ConfirmStep) -> ConfirmStep {
        step
    }

    /// What a confirmation is told of what happened.
    fn hears(&self, event: ConfirmEvent) -> ConfirmEvent {
        event
    }

    /// What a confirmation does next after what happened.
    fn next(&self, _event: ConfirmEvent, step: ConfirmStep) -> ConfirmStep {
        step
    }

    /// What a page that was loaded anew says of a payment that may have been sent.
    fn resumes(&self) -> WasSent {
        WasSent::Yes
    }

    /// What a second click says while the first is still at work.
    fn clicks_again(&self) -> WasSent {
        WasSent::Yes
    }

    /// What is done about a payment of which nobody knows.
    fn about_unknown(&self) -> AboutUnknown {
        AboutUnknown::Ask
    }
}

/// Whether a payment may have been sent before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WasSent {
    Yes,
    No,
}

/// What a program does about a payment of which nobody knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AboutUnknown {
    /// Asks for its status.
    Ask,
    /// Prepares another payment of the same bill.
    CreateAgain,
    /// Pays without a code, taking the refusal for an answer about the first one.
    PayWithoutCode,
}

/// The library as it is.
pub(crate) struct Right;

impl Decider for Right {}
