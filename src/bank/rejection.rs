//! The document's codes, and what to do after each.
//!
//! An order is refused by few of them; any other code, 1111 and 2222 among them, leaves open what happened to it.

use crate::error::NextAction;

/// After an order. 1001 to 1009 are documented for balances and statements only.
pub(super) fn of_order(code: &str) -> Option<NextAction> {
    match code {
        "1013" | "1014" | "1015" | "1016" | "1017" => Some(NextAction::FixInput),
        "3333" => Some(NextAction::RetryLater),
        _ => None,
    }
}

/// After a question for an order: 1008 says that there is none of this id.
pub(super) fn of_status(code: &str) -> Option<NextAction> {
    match code {
        NOTHING => Some(NextAction::CreateAgain),
        _ => of_read(code),
    }
}

/// There is no order of this id.
pub(super) const NOTHING: &str = "1008";

/// After another question: the service is not there, or not set up for this merchant.
pub(super) fn of_read(code: &str) -> Option<NextAction> {
    match code {
        "1001" => Some(NextAction::FixInput),
        "1002" | "1004" | "1009" => Some(NextAction::AskProvider),
        "1111" | "2222" => Some(NextAction::RetryLater),
        _ => None,
    }
}
