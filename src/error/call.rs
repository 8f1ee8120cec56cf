//! What is known of a call to a provider that failed.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Error, ErrorCode, masked};
use crate::account::FieldError;
use crate::text::nth;

/// A payment system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Provider {
    /// Paylov.
    Paylov,
    /// A bank, for payments by requisites.
    Bank,
}

impl Provider {
    /// The provider's name on the surface: `paylov`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        nth("paylov bank", b' ', self as usize)
    }
}

/// Whether the movement of money that a call asked for has happened.
///
/// This is what users rely on: nothing is called [`Self::NotExecuted`] or [`Self::Rejected`] that may still happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It was not even asked for, or the call prepares a payment and moves nothing.
    NotExecuted,
    /// The provider refused it. This speaks of the send that was answered: after an earlier unknown one, ask first.
    Rejected,
    /// Nobody knows: it may have happened, or may still happen. Asking for it again could pay twice.
    Unknown,
}

impl Outcome {
    /// The outcome's name on the surface: `not_executed`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        nth(Self::NAMES, b' ', self as usize)
    }

    pub(crate) const NAMES: &'static str = "not_executed rejected unknown";

    pub(crate) fn from_place(place: usize) -> Option<Self> {
        [Self::NotExecuted, Self::Rejected, Self::Unknown].get(place).copied()
    }
}

/// What to do about a call that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NextAction {
    /// Give other input: this one is refused again.
    FixInput,
    /// Ask for the payment's status before anything else.
    QueryStatus,
    /// Prepare the payment once more.
    CreateAgain,
    /// Start over under another order id: this one is used up.
    NewOrderId,
    /// Confirm once more, with another code.
    ConfirmAgain,
    /// The same call can succeed later.
    RetryLater,
    /// Only the provider knows.
    AskProvider,
}

impl NextAction {
    /// The action's name on the surface: `query_status`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        nth(Self::NAMES, b' ', self as usize)
    }

    pub(crate) const NAMES: &'static str =
        "fix_input query_status create_again new_order_id confirm_again retry_later ask_provider";

    pub(crate) fn from_place(place: usize) -> Option<Self> {
        let all = [
            Self::FixInput,
            Self::QueryStatus,
            Self::CreateAgain,
            Self::NewOrderId,
            Self::ConfirmAgain,
            Self::RetryLater,
            Self::AskProvider,
        ];
        all.get(place).copied()
    }
}

/// What an error knows besides its code, where it is about a call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Facts {
    pub(crate) provider: Option<Provider>,
    pub(crate) provider_code: Option<String>,
    pub(crate) provider_message: Option<String>,
    pub(crate) http_status: Option<u16>,
    /// The proxy's own code, where the proxy refused.
    pub(crate) proxy_code: Option<String>,
    /// The proxy's own words, masked.
    pub(crate) proxy_message: Option<String>,
    pub(crate) request_id: Option<String>,
    pub(crate) outcome: Option<Outcome>,
    pub(crate) next_action: Option<NextAction>,
    pub(crate) retry_after_ms: Option<u64>,
    pub(crate) sent_at: Option<u64>,
    pub(crate) field_errors: Vec<FieldError>,
}

impl Facts {
    /// Keeps what somebody else wrote about the failure, without what could be a card number.
    pub(crate) fn keep_words(&mut self, code: &str, message: Option<&str>) {
        self.provider_code = (!code.is_empty()).then(|| masked(code));
        self.provider_message = message.map(masked);
    }
}

/// The card number in groups that a text begins with, and what follows it: 13 digits or more in groups of four to eight, with a
/// space, a dash, a point or a low line between two, of which the last can be shorter. Telephone numbers, dates and amounts have groups of two or
/// three.
pub(super) fn grouped_card(text: &str) -> Option<(&str, &str)> {
    let (mut digits, mut length) = (0usize, 0usize);
    let mut rest = text.as_bytes();
    loop {
        let group = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if group == 0 || group > 8 || (group < 4 && digits == 0) {
            break;
        }
        digits = digits.saturating_add(group);
        length = text.len().saturating_sub(rest.len()).saturating_add(group);
        match rest.get(group..) {
            Some([b' ' | b'-' | b'.' | b'_', tail @ ..]) if group >= 4 => rest = tail,
            _ => break,
        }
    }
    if digits >= 13 { text.split_at_checked(length) } else { None }
}

impl Error {
    /// An error about a call.
    #[cold]
    #[inline(never)]
    pub(crate) fn of_call(code: ErrorCode, detail: &'static str, facts: Box<Facts>) -> Self {
        let mut error = Self::with_detail(code, detail);
        error.0.facts = Some(facts);
        error
    }

    /// The same error, with what is known of the call it ended.
    #[must_use]
    pub(crate) fn in_call(mut self, change: impl FnOnce(&mut Facts)) -> Self {
        change(self.0.facts.get_or_insert_default());
        self
    }

    pub(crate) fn facts(&self) -> Option<&Facts> {
        self.0.facts.as_deref()
    }

    /// Whether the movement of money that the call asked for has happened; `None` where it asked for none.
    #[must_use]
    pub fn outcome(&self) -> Option<Outcome> {
        self.facts()?.outcome
    }

    /// What to do about it.
    #[must_use]
    pub fn next_action(&self) -> Option<NextAction> {
        self.facts()?.next_action
    }

    /// Whose answer, or silence, this is about.
    #[must_use]
    pub fn provider(&self) -> Option<Provider> {
        self.facts()?.provider
    }

    /// The provider's own code.
    #[must_use]
    pub fn provider_code(&self) -> Option<&str> {
        self.facts()?.provider_code.as_deref()
    }

    /// The provider's own words, which can repeat what it was sent.
    #[must_use]
    pub fn provider_message(&self) -> Option<&str> {
        self.facts()?.provider_message.as_deref()
    }

    /// The proxy's own code, where the proxy refused and not the provider.
    #[must_use]
    pub fn proxy_code(&self) -> Option<&str> {
        self.facts()?.proxy_code.as_deref()
    }

    /// The id under which the proxy keeps the request, where it refused and told one.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.facts()?.request_id.as_deref()
    }

    /// What the proxy says of its refusal, which the error's message ends with.
    pub(super) fn proxy_message(&self) -> &str {
        self.facts().and_then(|facts| facts.proxy_message.as_deref()).unwrap_or_default()
    }

    /// The HTTP status of the answer.
    #[must_use]
    pub fn http_status(&self) -> Option<u16> {
        self.facts()?.http_status
    }

    /// How long the server asks to wait.
    #[must_use]
    pub fn retry_after_ms(&self) -> Option<u64> {
        self.facts()?.retry_after_ms
    }

    /// When the request left for the last time, in milliseconds since 1970; `None` where it never did.
    #[must_use]
    pub fn sent_at(&self) -> Option<u64> {
        self.facts()?.sent_at
    }

    /// What is wrong of each field, where an account is incomplete.
    #[must_use]
    pub fn field_errors(&self) -> &[FieldError] {
        self.facts().map_or(&[], |facts| &facts.field_errors)
    }
}
