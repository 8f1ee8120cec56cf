//! Clients for JavaScript: what all providers' share.
//!
//! JavaScript performs what an [exchange](crate::exchange) says (transport.js) and keeps its course as a text between two
//! steps: nothing of a call stays in the module, so the calls under way live through a trap of another one
//! (docs/adr/0009-javascript-performs-what-an-exchange-says.md).

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use wasm_bindgen::prelude::*;

use super::input::Reader;
use super::json::Json;
use crate::auth::Auth;
use crate::encode::check_path;
use crate::endpoint::{Endpoint, Message, Rejection, Route};
use crate::error::{Error, ErrorCode, Provider, Result};
use crate::exchange::{self, Call, Connection, Course, Event, Loss, Request, Step};
use crate::json::json_of;
use crate::money::Money;
use crate::text::{Decimal, cut, into_string, write_number};
use crate::wire::{Read, Wire};

#[wasm_bindgen(typescript_custom_section)]
const DECLARATIONS: &str = r#"
/**
 * The platform's `Request`, where it has one.
 */
export type PlatformRequest = typeof globalThis extends { Request: { prototype: infer T } } ? T : unknown;

/**
 * The platform's `Response`, where it has one.
 */
export type PlatformResponse = typeof globalThis extends { Response: { prototype: infer T } } ? T : unknown;

/**
 * The platform's `AbortSignal`, where it has one.
 */
export type PlatformSignal = PlatformRequest extends { readonly signal: infer T } ? T : unknown;

/**
 * What every client takes. Pages reach providers through a proxy, which has the credentials.
 */
export interface ClientConfig {
    /**
     * Everything before the provider's own path, absolute and `https` (`http` for localhost and 127.0.0.1): of a page its
     * proxy, as in `https://shop.uz/api/paylov`.
     */
    baseUrl: string;
    /**
     * What sends the requests, called with a `Request`; the global `fetch` of the moment without it.
     */
    fetch?: ((request: PlatformRequest) => Promise<PlatformResponse>) | undefined;
    /**
     * What a call may take in milliseconds, with all that is sent again; 30,000 without it, a day at most.
     */
    timeoutMs?: number | undefined;
    /**
     * How many times more a read is sent that failed; 2 without it, 5 at most. Nothing else is ever sent again by itself.
     */
    retry?: number | undefined;
    /**
     * Other headers, such as a session's at the proxy. Those that carry providers' credentials are refused.
     */
    headers?: Record<string, string> | undefined;
    /**
     * The time in milliseconds; `Date.now` without it.
     */
    now?: (() => number) | undefined;
}

/**
 * What a single call takes last.
 */
export interface CallOptions {
    /**
     * Ends the call. What was sent already may still be executed: the error says what is known.
     */
    signal?: PlatformSignal | undefined;
    /**
     * What this call may take in milliseconds.
     */
    timeoutMs?: number | undefined;
    /**
     * The `Idempotency-Key` of a call that is no read; a fresh one without it. A repeat under the same key is not executed
     * twice where the proxy keeps keys.
     */
    idempotencyKey?: string | undefined;
}
"#;

/// Room for what most steps say, in bytes.
const USUAL_LENGTH: usize = 512;

/// The largest number of milliseconds that timers of JavaScript and people's patience have.
const LONGEST_TIME: i64 = 86_400_000;

/// What a client was made with, besides what only JavaScript can use.
pub(super) struct Settings<'a> {
    pub(super) connection: Connection<'a>,
    pub(super) list_paid_path: Option<&'a str>,
}

/// Reads what a client was made with. Each call gives it anew: nothing of a client stays in the module.
pub(super) fn read_settings<'a>(config: &mut Reader<'a>, provider: Provider) -> Result<Settings<'a>> {
    const OF_ALL: &str = "baseUrl auth fetch timeoutMs retry headers now";
    const OF_PAYLOV: &str = "baseUrl auth fetch timeoutMs retry headers now listPaidPath";
    const REQUIRED: u32 = if cfg!(feature = "js-server") { 2 } else { 1 };
    let (mut base_url, mut auth, mut headers) = ("", None, Vec::new());
    let (mut timeout, mut retries, mut list_paid_path) = (None, None, None);
    config.whole("config").start_object();
    let names = if provider == Provider::Paylov { OF_PAYLOV } else { OF_ALL };
    let mut found = 0;
    while let Some(member) = config.known_member(names, REQUIRED, &mut found) {
        match member {
            0 => base_url = config.text(),
            1 => auth = Some(read_auth(config, provider)),
            3 => timeout = Some(read_time(config)),
            4 => retries = Some(config.number_between(0, 5)),
            5 => super::checkout::read_account(config, &mut headers),
            7 => list_paid_path = Some(read_path(config)),
            _ => config.function(),
        }
    }
    let mut connection = Connection::new(base_url)?;
    for (name, value) in headers {
        connection.header(name, value)?;
    }
    if let Some(auth) = auth.flatten() {
        connection = connection.auth(auth);
    }
    connection.timeout_ms = timeout.unwrap_or(connection.timeout_ms);
    connection.retries = retries.and_then(|retries| retries.try_into().ok()).unwrap_or(connection.retries);
    Ok(Settings { connection, list_paid_path })
}

/// A provider's credential, which only servers may have.
fn read_auth(value: &mut Reader<'_>, provider: Provider) -> Option<Auth> {
    if cfg!(not(feature = "js-server")) {
        value.refuse(ErrorCode::CredentialNotAllowed.into());
        return None;
    }
    let mut auth = None;
    value.start_object();
    let mut found = 0;
    if provider == Provider::Bank {
        let (mut username, mut password) = ("", "");
        while let Some(member) = value.known_member("username password", 2, &mut found) {
            *if member == 0 { &mut username } else { &mut password } = value.text();
        }
        return Auth::basic(username, password).map_err(|error| value.refuse(error)).ok();
    }
    while let Some(member) = value.known_member("apiKey bearer", 0, &mut found) {
        let text = value.text();
        match if member == 0 { Auth::api_key(text) } else { Auth::bearer(text) } {
            Ok(read) => auth = Some(read),
            // Its name stands where it is read.
            Err(error) => value.refuse(error.code().into()),
        }
    }
    if found.count_ones() != 1 {
        value.refuse(Error::with_detail(ErrorCode::InvalidType, "{ apiKey } or { bearer }"));
    }
    auth
}

/// A path below the base URL.
fn read_path<'a>(value: &mut Reader<'a>) -> &'a str {
    let path = value.text();
    if let Err(error) = check_path(path, "") {
        value.refuse(error);
    }
    path
}

/// So many milliseconds.
pub(super) fn read_time(value: &mut Reader<'_>) -> u64 {
    value.number_between(1, LONGEST_TIME)
}

/// Checks what a client of Paylov's is made with.
pub(super) fn client(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    read_settings(arguments, Provider::Paylov).map(|_| Vec::from(b"null"))
}

/// What one call has besides its endpoint: the caller's options, the time, random digits, and why it cannot begin.
struct Circumstances<'a> {
    call: Call<'a>,
    hindrance: Option<Event<'static>>,
}

fn read_circumstances<'a>(arguments: &mut Reader<'a>) -> Circumstances<'a> {
    let (mut timeout_ms, mut idempotency_key) = (None, None);
    if let Some(options) = arguments.whole("options").optional() {
        options.start_object();
        let mut found = 0;
        while let Some(member) = options.known_member("signal timeoutMs idempotencyKey", 0, &mut found) {
            match member {
                0 => options.signal(),
                1 => timeout_ms = Some(read_time(options)),
                _ => idempotency_key = Some(options.text()),
            }
        }
    }
    let now = read_now(arguments);
    let mut numbers = Numbers(arguments.whole("random").text().as_bytes());
    let mut random = [0; 16];
    for four in random.as_chunks_mut::<4>().0 {
        *four = numbers.next_small().unwrap_or_default().to_be_bytes();
    }
    let hindrance = read_event(arguments);
    Circumstances { call: Call { timeout_ms, idempotency_key, random, now }, hindrance }
}

pub(super) fn read_now(arguments: &mut Reader<'_>) -> u64 {
    arguments.whole("now").number_between(0, Money::MAX_MINOR)
}

/// What happened instead of an answer, in a word of transport.js, or nothing.
fn read_event(arguments: &mut Reader<'_>) -> Option<Event<'static>> {
    const WORDS: &str = "woke aborted timeout network nofetch norequest other cut large";
    let loss = match arguments.whole("event").optional()?.word(WORDS) {
        0 => return Some(Event::Woke),
        1 => Loss::Aborted,
        2 => Loss::TimedOut,
        3 => Loss::Disconnected,
        4 => Loss::NoFetch,
        5 => Loss::NoRequest,
        6 => Loss::NotAResponse,
        7 => Loss::Truncated,
        _ => Loss::TooLarge,
    };
    Some(Event::Lost(loss))
}

/// An endpoint without its type: how it is addressed, what its refusals mean, and how its answer is read and written.
pub(super) struct Erased {
    route: Route,
    rejection: Rejection,
    answer: fn(subject: &str, result: Wire<'_>, json: &mut Vec<u8>) -> Read<()>,
}

impl Erased {
    pub(super) const fn of<'a, E: Endpoint<'a>>() -> Self {
        Self::read_by::<E>(|subject, result, json| {
            let answer = E::decode(subject, result)?;
            *json = json_of(&answer).ok_or("")?;
            Ok(())
        })
    }

    /// An endpoint whose answer is read otherwise.
    pub(super) const fn read_by<'a, E: Endpoint<'a>>(answer: fn(&str, Wire<'_>, &mut Vec<u8>) -> Read<()>) -> Self {
        Self { route: E::ROUTE, rejection: E::REJECTION, answer }
    }

    fn at(place: u8) -> Result<&'static Self> {
        let mut all = super::paylov::ENDPOINTS.iter().chain(&super::bank::ENDPOINTS);
        all.nth(place.into()).ok_or_else(|| ErrorCode::Internal.into())
    }
}

/// Begins the call of an endpoint: the request, how long to wait for its answer, and its course.
#[inline(never)]
pub(super) fn begin(
    place: u8,
    message: Result<Message>,
    subject: &str,
    settings: &Settings<'_>,
    arguments: &mut Reader<'_>,
) -> Result<Vec<u8>> {
    let endpoint = Erased::at(place)?;
    let Circumstances { call, hindrance } = read_circumstances(arguments);
    // Whatever is refused from here on says itself what it is about.
    arguments.whole("");
    if let Some(refusal) = arguments.refusal.take() {
        return Err(exchange::not_sent(refusal, endpoint.route.effect));
    }
    let request = exchange::request(&endpoint.route, message, &settings.connection, &call)?;
    let mut course = Course::new(&endpoint.route, &settings.connection, &call);
    let event = hindrance.unwrap_or(Event::Woke);
    let step = exchange::step(&mut course, &endpoint.route, endpoint.rejection, event, call.now, &mut |_| Ok(()));
    let mut json = Json::with_room(USUAL_LENGTH);
    json.raw("{\"request\":");
    write_request(&request, &mut json);
    // What the call's error says where the module itself fails from now on.
    json.raw(",\"lost\":{");
    json.facts(&exchange::cut_off(&course, &endpoint.route));
    json.close("},");
    write_step(step, b"null", place, &course, subject, json)
}

fn write_request(request: &Request, json: &mut Json) {
    json.raw("{");
    json.member("method", Some(request.method.as_str()));
    json.member("url", Some(&request.url));
    json.member("body", request.body.as_deref());
    json.raw("\"headers\":{");
    for (name, value) in &request.headers {
        json.member(name, Some(value));
    }
    json.close("}}");
}

/// What follows on a step, and the course so far.
fn write_step(
    step: Step<()>,
    answer: &[u8],
    place: u8,
    course: &Course,
    subject: &str,
    mut json: Json,
) -> Result<Vec<u8>> {
    match step {
        Step::Done(done) => done.map(|()| json.whole("done", answer))?,
        Step::Send { within_ms } => json.number("withinMs", within_ms),
        Step::Sleep { ms } => json.number("sleepMs", ms),
    }
    json.member("state", Some(&written(place, course, subject)));
    json.close("}");
    Ok(json.finished())
}

/// Goes on with a call after what happened: its course, the time, what was lost, the status, the header `Retry-After`; what
/// follows the arguments is the body.
pub(super) fn step(arguments: &mut Reader<'_>) -> Result<Vec<u8>> {
    let state = arguments.whole("state").text();
    let now = read_now(arguments);
    // The caller's clock is broken; what is known of the call, transport.js knows.
    if let Some(refusal) = arguments.refusal.take() {
        return Err(refusal);
    }
    let event = read_event(arguments);
    let status = arguments.whole("status").optional().map_or(0, Reader::whole_number);
    let retry_after = arguments.whole("retryAfter").optional().map(Reader::text);
    arguments.whole("");
    let (place, mut course, subject) = read(state).ok_or(ErrorCode::Internal)?;
    // Neither a status nor a header may be anything.
    let event = match (arguments.refusal.take(), event, status.try_into()) {
        (None, Some(event), _) => event,
        (None, None, Ok(status)) => Event::Answered { status, retry_after, body: arguments.body() },
        _ => Event::Lost(Loss::NotAResponse),
    };
    let endpoint = Erased::at(place)?;
    let mut answer = Vec::new();
    let step = exchange::step(&mut course, &endpoint.route, endpoint.rejection, event, now, &mut |result| {
        (endpoint.answer)(subject, result, &mut answer)
    });
    let mut json = Json::with_room(answer.len().saturating_add(USUAL_LENGTH));
    json.raw("{");
    write_step(step, &answer, place, &course, subject, json)
}

/// A course as text: its numbers, and the subject.
fn written(place: u8, course: &Course, subject: &str) -> String {
    let mut text = numbers_as_text(&[
        place.into(),
        course.deadline,
        course.sent_at,
        course.sends.into(),
        course.sends_left.into(),
        course.is_direct.into(),
        u32::from_be_bytes(course.random).into(),
    ]);
    text.push_str(subject);
    text
}

fn read(state: &str) -> Option<(u8, Course, &str)> {
    let mut numbers = Numbers(state.as_bytes());
    let place = numbers.next()?.try_into().ok()?;
    let (deadline, sent_at) = (numbers.next()?, numbers.next()?);
    let (sends, sends_left) = (numbers.next()?.try_into().ok()?, numbers.next()?.try_into().ok()?);
    let is_direct = numbers.next()? == 1;
    let random = numbers.next_small()?.to_be_bytes();
    let course = Course { deadline, sends_left, sends, sent_at, is_direct, random };
    Some((place, course, str::from_utf8(numbers.0).ok()?))
}

/// Numbers as text, with a space after each: what a machine is kept as between two steps.
pub(super) fn numbers_as_text(numbers: &[u64]) -> String {
    let mut text = Vec::new();
    for number in numbers {
        write_number(*number, &mut text);
        text.push(b' ');
    }
    into_string(text)
}

/// What is left of such a text.
pub(super) struct Numbers<'a>(pub(super) &'a [u8]);

impl Numbers<'_> {
    pub(super) fn next(&mut self) -> Option<u64> {
        let (number, rest) = cut(self.0, b" ");
        self.0 = rest.get(1..)?;
        Decimal::read_whole(number, u64::MAX)
    }

    fn next_small(&mut self) -> Option<u32> {
        self.next()?.try_into().ok()
    }
}

/// The text of an optional member that was given.
pub(super) fn some<'a>(value: &mut Reader<'a>) -> Option<Cow<'a, str>> {
    Some(Cow::Borrowed(value.text()))
}

/// What is read of a text that was given; nothing where it is refused.
pub(super) fn parsed<T>(value: &mut Reader<'_>, parse: fn(&str) -> Result<T>) -> Option<T> {
    parse(value.text()).map_err(|error| value.refuse(error)).ok()
}
