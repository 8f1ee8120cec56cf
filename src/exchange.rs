//! The course of one call: what is sent, how long an answer may take, whether to send again, and what a failure means.
//!
//! A pure machine. It is told what happened and when, and says what to do next: send, sleep, or be done. Whoever drives it
//! performs that and decides nothing. Time and randomness are arguments.

mod envelope;
mod failure;
mod policy;
mod retry_after;

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::marker::PhantomData;

pub(crate) use envelope::{Opened, Told};
pub(crate) use failure::proxys;
pub use policy::{Course, Next};

use crate::auth::Auth;
use crate::checkout::BaseUrl;
use crate::endpoint::{Effect, Endpoint, Message, Method, Rejection, Route};
use crate::error::{Error, ErrorCode, NextAction, Outcome, Result, masked};
use crate::text::{Decimal, cut, hex_digit, into_string, place};
use crate::wire::{Document, Read, Wire};

/// More than this is not read of an answer, in bytes.
pub const LONGEST_ANSWER: usize = 8 * 1024 * 1024;

/// What a request goes out with.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// The HTTP method.
    pub method: Method,
    /// The address.
    pub url: String,
    /// The headers, their names in lower case.
    pub headers: Vec<(Cow<'static, str>, String)>,
    /// The body, of JSON.
    pub body: Option<String>,
}

/// Without the headers' values, of which one is a credential, and without the body, which can hold a code.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Request");
        shown.field("method", &self.method).field("url", &masked(&self.url));
        shown.field("headers", &Names(&self.headers)).finish_non_exhaustive()
    }
}

/// The names of headers, of which the values are not to be shown.
struct Names<'a, N, V>(&'a [(N, V)]);

impl<N: fmt::Debug, V> fmt::Debug for Names<'_, N, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}

/// What happened since the last step.
#[derive(Clone, Copy)]
pub enum Event<'a> {
    /// The time to sleep is over.
    Woke,
    /// An answer came as a whole.
    Answered {
        /// Its HTTP status; 0 where the environment hides a redirect.
        status: u16,
        /// Its header `Retry-After`.
        retry_after: Option<&'a str>,
        /// Its body.
        body: &'a [u8],
    },
    /// No answer came.
    Lost(Loss),
}

/// Without the body, which can hold anything.
impl fmt::Debug for Event<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Woke => f.write_str("Woke"),
            Self::Answered { status, .. } => f.debug_struct("Answered").field("status", status).finish_non_exhaustive(),
            Self::Lost(loss) => f.debug_tuple("Lost").field(loss).finish(),
        }
    }
}

/// Why no answer came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// The caller gave up.
    Aborted,
    /// The time that was given for an answer is over.
    TimedOut,
    /// The request or its answer was lost.
    Disconnected,
    /// Nothing left: there is nothing to send with.
    NoFetch,
    /// Nothing left: the platform made no request of what was to be sent.
    NoRequest,
    /// What came is no answer.
    NotAResponse,
    /// The body broke off.
    Truncated,
    /// The body was longer than [`LONGEST_ANSWER`].
    TooLarge,
}

impl Loss {
    /// Whether what was to be sent is certain not to have left.
    const fn is_unsent(self) -> bool {
        matches!(self, Self::NoFetch | Self::NoRequest)
    }
}

/// What to do next.
#[derive(Clone, Debug, PartialEq)]
pub enum Step<T> {
    /// Send the request, and wait so many milliseconds for the whole answer.
    Send {
        /// How long to wait.
        within_ms: u64,
    },
    /// Wait.
    Sleep {
        /// How long.
        ms: u64,
    },
    /// The call is over.
    Done(Result<T>),
}

/// Where requests go, and what they carry besides what an endpoint says.
#[derive(Clone)]
pub struct Connection<'a> {
    base: String,
    /// What a call may take, in milliseconds.
    pub timeout_ms: u64,
    /// How many times more a read may be sent.
    pub retries: u8,
    /// Their names in lower case.
    headers: Vec<(String, Cow<'a, str>)>,
    auth: Option<Auth>,
}

impl<'a> Connection<'a> {
    /// A connection to a provider, or to a proxy where it gets no [`Auth`]: with a call's 30 seconds, and two more tries of
    /// what can be tried again.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidBaseUrl`] where it is not an absolute `https` address (`http` for localhost and 127.0.0.1), has a
    /// query or fragment, or has numbers for a host that are no IPv4
    /// address in full: nothing could be sent there.
    pub fn new(base_url: &str) -> Result<Self> {
        let base = BaseUrl::new(base_url).map_err(|error| error.at("baseUrl"))?;
        if !has_host(base.as_str()) {
            return Err(Error::about(ErrorCode::InvalidBaseUrl, "baseUrl"));
        }
        let base = String::from(base.as_str());
        Ok(Self { base, timeout_ms: 30_000, retries: 2, headers: Vec::new(), auth: None })
    }

    /// With a credential: this goes to the provider itself.
    #[must_use]
    pub fn auth(mut self, auth: Auth) -> Self {
        self.auth = Some(auth);
        self
    }

    /// With another header, such as a session's at a proxy.
    ///
    /// # Errors
    /// [`ErrorCode::CredentialNotAllowed`] for the names that providers' credentials travel under,
    /// [`ErrorCode::InvalidHeader`] for what is set otherwise or cannot be sent.
    pub fn header(&mut self, name: Cow<'a, str>, value: Cow<'a, str>) -> Result<()> {
        const CREDENTIALS: &str = "authorization api-key auth card-token";
        const OTHERWISE_SET: &str =
            "content-type content-length host idempotency-key transfer-encoding connection expect";
        let lower = name.to_ascii_lowercase();
        let code = if place(CREDENTIALS, lower.as_bytes()).is_some() {
            ErrorCode::CredentialNotAllowed
        } else if place(OTHERWISE_SET, lower.as_bytes()).is_some()
            || self.headers.iter().any(|(other, _)| *other == lower)
            || name.is_empty()
            || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
            || !value.bytes().all(|byte| matches!(byte, b' '..=b'~'))
        {
            ErrorCode::InvalidHeader
        } else {
            self.headers.push((lower, value));
            return Ok(());
        };
        Err(Error::about(code, &name).at("headers"))
    }

    pub(crate) fn is_direct(&self) -> bool {
        self.credential().is_some()
    }

    /// The credential, which the module for pages has nothing to send with.
    fn credential(&self) -> Option<&Auth> {
        const FOR_PAGES: bool = cfg!(all(feature = "js-module", not(feature = "js-server")));
        self.auth.as_ref().filter(|_| !FOR_PAGES)
    }
}

/// Whether an address leads somewhere: where a host ends in a number, URL parsers take it for an IPv4 address, or refuse it.
fn has_host(url: &str) -> bool {
    let (_, rest) = cut(url.as_bytes(), b"/");
    let (host, _) = cut(rest.get(2..).unwrap_or_default(), b":/");
    let mut rest = host.strip_suffix(b".").unwrap_or(host);
    let (mut parts, mut is_ipv4) = (0usize, true);
    loop {
        let (part, more) = cut(rest, b".");
        parts = parts.saturating_add(1);
        is_ipv4 &= Decimal::read_whole(part, 255).is_some() && (part.len() == 1 || !part.starts_with(b"0"));
        match more {
            [_, tail @ ..] => rest = tail,
            [] => return (is_ipv4 && parts == 4) || !part.iter().all(u8::is_ascii_digit),
        }
    }
}

/// Without the headers' values, of which one can be a session's.
impl fmt::Debug for Connection<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Connection");
        shown.field("base", &self.base).field("timeout_ms", &self.timeout_ms).field("retries", &self.retries);
        shown.field("headers", &Names(&self.headers)).field("auth", &self.auth).finish()
    }
}

/// What one call has besides its endpoint.
#[derive(Clone, Copy, Debug, Default)]
pub struct Call<'a> {
    /// What it may take, in milliseconds; the connection's time without it.
    pub timeout_ms: Option<u64>,
    /// The `Idempotency-Key` of what is no read. Without it, one through a proxy gets a fresh one.
    pub idempotency_key: Option<&'a str>,
    /// Random bytes, never the same for two calls.
    pub random: [u8; 16],
    /// The time, in milliseconds since 1970.
    pub now: u64,
}

/// One call of an endpoint.
///
/// ```
/// use tiyin::exchange::{Call, Connection, Event, Exchange, Step};
/// use tiyin::paylov::{GetStatus, PaymentStatus};
///
/// let connection = Connection::new("https://shop.uz/api/paylov")?;
/// let call = Call { now: 1_790_000_000_000, ..Call::default() };
/// let mut exchange = Exchange::new(&GetStatus::new("b6135bb4-ef3c-4ab1-a5aa-db174a9bdc26"), &connection, &call)?;
/// assert_eq!(exchange.step(Event::Woke, call.now), Step::Send { within_ms: 15_000 });
/// assert!(exchange.request().url.ends_with("/status/?transactionId=b6135bb4-ef3c-4ab1-a5aa-db174a9bdc26"));
///
/// let body = br#"{"result":{"transactionId":"b6135bb4-ef3c-4ab1-a5aa-db174a9bdc26","status":"paid","amount":500}}"#;
/// let answer = Event::Answered { status: 200, retry_after: None, body };
/// let Step::Done(Ok(payment)) = exchange.step(answer, call.now + 80) else { panic!("no answer") };
/// assert_eq!(payment.status, PaymentStatus::Paid);
/// # Ok::<(), tiyin::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Exchange<E> {
    request: Request,
    subject: String,
    course: Course,
    endpoint: PhantomData<fn() -> E>,
}

impl<'a, E: Endpoint<'a>> Exchange<E> {
    /// Makes the request. Nothing is sent before the first [step](Self::step).
    ///
    /// # Errors
    /// What the endpoint refuses: nothing was sent, and [`Error::outcome`] says so where money would have been moved.
    pub fn new(endpoint: &E, connection: &Connection<'_>, call: &Call<'_>) -> Result<Self> {
        let request = request(&E::ROUTE, endpoint.encode(), connection, call)?;
        let course = Course::new(&E::ROUTE, connection, call);
        Ok(Self { request, subject: endpoint.subject().into(), course, endpoint: PhantomData })
    }

    /// What is to be sent.
    #[must_use]
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// Goes on after what happened; the first time after nothing, which [`Event::Woke`] is for.
    pub fn step(&mut self, event: Event<'_>, now: u64) -> Step<E::Answer> {
        let mut answer = Err(ErrorCode::Internal.into());
        let step = step(&mut self.course, &E::ROUTE, E::REJECTION, event, now, &mut |result| {
            answer = Ok(E::decode(&self.subject, result)?);
            Ok(())
        });
        match step {
            Step::Send { within_ms } => Step::Send { within_ms },
            Step::Sleep { ms } => Step::Sleep { ms },
            Step::Done(Ok(())) => Step::Done(answer),
            Step::Done(Err(error)) => Step::Done(Err(error)),
        }
    }
}

/// One step of a course, whichever endpoint's; `decode` takes the answer of success.
#[inline(never)]
pub(crate) fn step(
    course: &mut Course,
    route: &Route,
    rejection: Rejection,
    event: Event<'_>,
    now: u64,
    decode: &mut dyn FnMut(Wire<'_>) -> Read<()>,
) -> Step<()> {
    let failure = match event {
        Event::Woke => match course.send(now) {
            Ok(within_ms) => return Step::Send { within_ms },
            Err(failure) => failure,
        },
        Event::Lost(loss) => {
            if loss.is_unsent() {
                course.unsent();
            }
            failure::lost(loss)
        }
        Event::Answered { status, retry_after, body } => {
            let document = if body.len() > LONGEST_ANSWER { None } else { Document::parse(body) };
            let result =
                failure::result_of(document.as_ref(), status, body, course.is_direct, route.provider, rejection);
            match result.and_then(|result| decode(result).map_err(failure::unexpected)) {
                Ok(()) => {
                    course.end();
                    return Step::Done(Ok(()));
                }
                Err(failure) => failure.answered(status, retry_after),
            }
        }
    };
    match course.fail(failure, route, now) {
        Next::Sleep(ms) => Step::Sleep { ms },
        Next::Fail(error) => Step::Done(Err(error)),
    }
}

/// What a call has come to where whoever drives it fails itself.
#[cfg(feature = "js-clients")]
pub(crate) fn cut_off(course: &Course, route: &Route) -> Error {
    course.error(failure::internal(), route)
}

/// What is to be sent.
#[inline(never)]
pub(crate) fn request(
    route: &Route,
    message: Result<Message>,
    connection: &Connection<'_>,
    call: &Call<'_>,
) -> Result<Request> {
    let request = message.and_then(|message| {
        let headers = headers(route, connection, call)?;
        let url = [connection.base.as_str(), &message.target].concat();
        Ok(Request { method: route.method, url, headers, body: message.body })
    });
    request.map_err(|error| not_sent(error, route.effect))
}

type Headers = Vec<(Cow<'static, str>, String)>;

fn headers(route: &Route, connection: &Connection<'_>, call: &Call<'_>) -> Result<Headers> {
    let mut headers = Vec::new();
    if let Some(auth) = connection.credential() {
        let (name, value) = auth.header();
        headers.push((Cow::Borrowed(name), value));
    }
    if route.method == Method::Post {
        headers.push((Cow::Borrowed("content-type"), String::from("application/json")));
    }
    for (name, value) in &connection.headers {
        headers.push((name.clone().into(), value.clone().into_owned()));
    }
    if route.effect != Effect::Read {
        let key = match call.idempotency_key {
            Some(key) => Some(idempotency_key(key)?),
            None if connection.is_direct() => None,
            None => Some(fresh_key(&call.random)),
        };
        headers.extend(key.map(|key| (Cow::Borrowed("idempotency-key"), key)));
    }
    Ok(headers)
}

fn idempotency_key(key: &str) -> Result<String> {
    let is_plain = (1..=128).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
    if is_plain { Ok(key.into()) } else { Err(Error::about(ErrorCode::InvalidHeader, "idempotencyKey")) }
}

fn fresh_key(random: &[u8; 16]) -> String {
    let mut key = Vec::new();
    for byte in random {
        key.push(hex_digit(byte >> 4));
        key.push(hex_digit(*byte));
    }
    into_string(key)
}

/// What a refusal means that came before anything was sent.
pub(crate) fn not_sent(error: Error, effect: Effect) -> Error {
    error.in_call(|facts| {
        facts.outcome = (effect != Effect::Read).then_some(Outcome::NotExecuted);
        facts.next_action = Some(NextAction::FixInput);
    })
}
