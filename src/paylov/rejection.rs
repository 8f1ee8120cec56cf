//! Codes that mean that nothing was executed.
//!
//! They are not in Paylov's document, but known from others' clients. Every other code leaves open what happened.

use crate::error::NextAction;
use crate::text::place;

/// The input was wrong, or the card cannot pay this.
const FIX_INPUT: &str = "insufficient_funds card_is_blocked card_not_found card_expired field_required validation_error \
    field_not_valid invalid_amount card_is_not_supported invalid_card_token invalid_card pan_not_valid \
    card_is_not_activated card_is_not_for_this_check";

/// The merchant's set-up at Paylov is wrong.
const ASK_PROVIDER: &str = "terminal_does_not_exist bank_not_found";

pub(super) fn rejection(code: &str) -> Option<NextAction> {
    match code {
        "invalid_otp" => Some(NextAction::ConfirmAgain),
        "too_many_attempts" => Some(NextAction::CreateAgain),
        "merchant_not_available" => Some(NextAction::RetryLater),
        _ if place(FIX_INPUT, code.as_bytes()).is_some() => Some(NextAction::FixInput),
        _ if place(ASK_PROVIDER, code.as_bytes()).is_some() => Some(NextAction::AskProvider),
        _ => None,
    }
}
