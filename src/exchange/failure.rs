//! What an answer, or its absence, says.

use alloc::boxed::Box;
use alloc::string::String;

use super::envelope::{Opened, open};
use super::retry_after::millis;
use super::{LONGEST_ANSWER, Loss};
use crate::endpoint::Rejection;
use crate::error::{ErrorCode, Facts, NextAction, Outcome, Provider, masked};
use crate::text::place;
use crate::wire::{Document, Wire};

/// Why a send did not succeed.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) code: ErrorCode,
    pub(super) detail: &'static str,
    pub(super) facts: Box<Facts>,
    /// What to do, where the provider refused with a code that is known to mean that nothing was executed.
    pub(super) rejection: Option<NextAction>,
    /// Whether the same request can succeed a moment later.
    pub(super) is_transient: bool,
}

impl Failure {
    pub(super) fn new(code: ErrorCode, is_transient: bool) -> Self {
        Self { code, detail: "", facts: Box::default(), rejection: None, is_transient }
    }
}

pub(super) fn lost(loss: Loss) -> Failure {
    let (code, is_transient) = match loss {
        Loss::Aborted => (ErrorCode::Aborted, false),
        Loss::TimedOut => (ErrorCode::TimedOut, true),
        Loss::Disconnected => (ErrorCode::NetworkError, true),
        Loss::NoFetch => (ErrorCode::FetchUnavailable, false),
        Loss::NoRequest => (ErrorCode::RequestNotMade, false),
        Loss::NotAResponse => (ErrorCode::NotAResponse, false),
        Loss::Truncated => (ErrorCode::TruncatedAnswer, true),
        Loss::TooLarge => (ErrorCode::AnswerTooLarge, false),
    };
    let mut failure = Failure::new(code, is_transient);
    // Whoever wrote the program has to change it; later it fails as well.
    failure.facts.next_action = loss.is_unsent().then_some(NextAction::FixInput);
    failure
}

#[cfg(feature = "js-clients")]
pub(super) fn internal() -> Failure {
    Failure::new(ErrorCode::Internal, false)
}

/// What an answer of success holds, or why it is none.
pub(super) fn result_of<'d>(
    document: Option<&'d Document<'_>>,
    status: u16,
    body: &[u8],
    is_direct: bool,
    provider: Provider,
    rejection: Rejection,
) -> Result<Wire<'d>, Failure> {
    let root = document.map(Document::root);
    let proxys = root.and_then(proxys);
    let opened = root.map(|root| open(provider, root));
    match (of_document(opened.as_ref(), proxys, is_direct, status, rejection), opened) {
        (Some(failure), _) => Err(failure),
        (None, Some(opened)) if is_success(status) => opened.result.map_err(unexpected),
        _ if body.len() > LONGEST_ANSWER && is_success(status) => Err(lost(Loss::TooLarge)),
        _ => Err(of_status(status, body)),
    }
}

/// An answer without a member that it must have.
pub(super) fn unexpected(member: &'static str) -> Failure {
    Failure { detail: member, ..Failure::new(ErrorCode::UnexpectedAnswer, false) }
}

impl Failure {
    /// The same failure, told by an answer.
    pub(super) fn answered(mut self, status: u16, retry_after: Option<&str>) -> Self {
        self.facts.http_status = (status != 0).then_some(status);
        self.facts.retry_after_ms = retry_after.and_then(millis);
        self
    }
}

fn is_success(status: u16) -> bool {
    matches!(status, 200..=299)
}

/// What an answer means that is neither an answer of success nor says what failed.
fn of_status(status: u16, body: &[u8]) -> Failure {
    match status {
        0 | 300..=399 => Failure::new(ErrorCode::Redirected, false),
        429 => Failure::new(ErrorCode::RateLimited, true),
        500..=599 => Failure::new(ErrorCode::ServerError, true),
        200..=299 if body.trim_ascii().is_empty() => Failure::new(ErrorCode::EmptyAnswer, true),
        200..=299 => Failure::new(ErrorCode::NotJson, true),
        _ => Failure::new(ErrorCode::UnexpectedStatus, false),
    }
}

/// The failure that a document tells.
fn of_document(
    opened: Option<&Opened<'_>>,
    proxys: Option<Wire<'_>>,
    is_direct: bool,
    status: u16,
    rejection: Rejection,
) -> Option<Failure> {
    let told = opened?.told.as_ref()?;
    // A proxy refuses in this form alone. Anything else that speaks as one says nothing for certain.
    if let Some(proxys) = proxys.filter(|_| !is_direct && status >= 400 && told.is_alone) {
        return Some(of_proxy(proxys, status));
    }
    let mut failure = of_status(status, b"");
    if !matches!(status, 0 | 300..=399 | 429 | 500..=599) {
        failure = Failure::new(ErrorCode::ProviderError, false);
    }
    // Documented are failures with status 400, and seen are failures with 200; what says both is not certain.
    if proxys.is_none() && told.is_alone && (is_success(status) || status == 400) {
        failure.rejection = rejection(told.code);
    }
    failure.facts.keep_words(told.code, told.message);
    Some(failure)
}

/// The member of an answer that speaks as a proxy does.
pub(crate) fn proxys(root: Wire<'_>) -> Option<Wire<'_>> {
    root.member("error").filter(|told| told.word("source") == Some("proxy"))
}

/// A refusal of the proxy's, which knows itself what became of the call.
fn of_proxy(told: Wire<'_>, status: u16) -> Failure {
    let text = |name: &str| told.word(name);
    let word = |name: &str, words: &str| place(words, text(name)?.as_bytes());
    let code = text("code").unwrap_or_default();
    let mut failure = of_status(status, b"");
    failure.code = ErrorCode::ProxyRefused;
    failure.facts.proxy_code = Some(if is_code(code) { code.into() } else { String::from("proxy_refused") });
    failure.facts.proxy_message = text("message").map(masked);
    failure.facts.request_id = text("requestId").filter(|id| is_id(id)).map(masked);
    failure.facts.outcome = word("outcome", Outcome::NAMES).and_then(Outcome::from_place);
    failure.facts.next_action = word("nextAction", NextAction::NAMES).and_then(NextAction::from_place);
    failure
}

fn is_id(text: &str) -> bool {
    (1..=128).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

fn is_code(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}
