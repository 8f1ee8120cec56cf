//! What is kept of a run: lines for people, or a transcript for a program that repeats it.
//!
//! A transcript is a line of JSON for each run:
//!
//! - `provider`, `run`, `seed`: which it is.
//! - `sandbox`: what `createSandbox` takes, `{ seed, auth, faults: { rules, random } }`.
//! - `deliveries`: what reached the sandbox, in this order: `{ at, send, reply }` with the time in milliseconds since 1970
//!   that the sandbox is given, and the number of the send whose request it was. A reply is
//!   `{ afterMs, status, headers, body }`, `{ dropped: true }` or `{ hangs: true }`. `{ at, faults }` replaces the faults.
//!   Given the same in the same order, a sandbox must reply the same, and have the same `ledger` in the end.
//! - `calls`: every call of a client's method, in the order in which they began:
//!   - `payer`, or at the bank the caller; `client`, the client's configuration; `method` and its `arguments`, the last of which may be its options;
//!     `now`, the client's clock then.
//!   - `events`, what the call then does and meets, in its order. The client's clock reads an event's `now` from then on:
//!     - `{ do: "exchange", endpoint, random, now }`: it begins an exchange, for which it draws these sixteen random bytes.
//!       With `hindrance`, `aborted` or `no_fetch`, nothing can be sent: the signal is aborted already, or there is no `fetch`.
//!     - `{ do: "send", send, request, withinMs, came, now }`: it sends `request`, `{ method, url, headers, body }`, and waits so
//!       long. What came is `{ status, retryAfter, body }` or `{ lost }`: `aborted` by the signal, `timed_out` after `withinMs`,
//!       `disconnected` where `fetch` rejects, `not_a_response`, `truncated` or `too_large`. Without `came` the page was
//!       closed meanwhile, and the call is over.
//!     - `{ do: "sleep", ms, now }`: it waits; with `aborted` the signal ended that.
//!   - `result`: `{ answer }`, or `{ error: { code, outcome, nextAction, providerCode, httpStatus, retryAfterMs } }` with those
//!     that the error has; null where the page was closed meanwhile. The answers of `payAndConfirm` and of
//!     `settle` have such an `error` too, where they are pending.
//! - `ledger`: every movement of money.

use std::cell::RefCell;

use serde_json::{Map, Value, json};
use tiyin::exchange::{Loss, Request};
use tiyin_sandbox::{self as provider, Answer, FaultKind, Faults, LedgerRow, Reply, Rule};

use crate::network::Came;
use crate::time::EPOCH;

/// What a journal keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keeps {
    Nothing,
    Lines,
    Transcript,
}

#[derive(Debug)]
pub(crate) struct Journal {
    keeps: Keeps,
    kept: RefCell<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    lines: Vec<String>,
    calls: Vec<Value>,
    deliveries: Vec<Value>,
}

impl Journal {
    pub(crate) fn new(keeps: Keeps) -> Self {
        Self { keeps, kept: RefCell::default() }
    }

    /// A line about something that happened so many milliseconds after the beginning.
    pub(crate) fn line(&self, at: u64, who: &str, what: impl FnOnce() -> String) {
        if self.keeps == Keeps::Lines {
            let (seconds, ms) = (at / 1000, at % 1000);
            self.kept.borrow_mut().lines.push(format!("{seconds:>7}.{ms:03} {who:<9} {}", what()));
        }
    }

    pub(crate) fn called(&self, call: usize, at: u64, payer: usize, described: impl FnOnce() -> Value) {
        match self.keeps {
            Keeps::Nothing => (),
            Keeps::Transcript => self.kept.borrow_mut().calls.push(described()),
            Keeps::Lines => {
                let described = described();
                let [method, arguments] = ["method", "arguments"].map(|name| described.get(name).cloned());
                let (method, arguments) = (method.unwrap_or_default(), arguments.unwrap_or_default());
                self.line(at, &named(payer), || format!("call {call}: {method} {arguments}"));
            }
        }
    }

    pub(crate) fn ended(&self, call: usize, at: u64, payer: usize, result: impl FnOnce() -> Value) {
        match self.keeps {
            Keeps::Nothing => (),
            Keeps::Lines => {
                self.line(at, &named(payer), || format!("call {call} ends: {}", shortened(&result().to_string())))
            }
            Keeps::Transcript => self.set(call, "result", result()),
        }
    }

    pub(crate) fn exchange(&self, call: usize, endpoint: &str, random: &[u8; 16], now: u64, hindrance: Option<&Came>) {
        if self.keeps == Keeps::Transcript {
            let random = format!("{:032x}", u128::from_be_bytes(*random));
            let mut event = json!({ "do": "exchange", "endpoint": endpoint, "random": random, "now": now });
            if let Some(Came::Lost(loss)) = hindrance {
                insert(&mut event, "hindrance", lost(*loss).into());
            }
            self.event(call, event);
        }
    }

    pub(crate) fn sent(&self, call: usize, send: usize, at: u64, payer: usize, request: &Request, within_ms: u64) {
        let url = &request.url;
        self.line(at, &named(payer), || format!("call {call}: sends #{send} {}, waits {within_ms} ms", path(url)));
        if self.keeps == Keeps::Transcript {
            let headers: Map<_, _> =
                request.headers.iter().map(|(name, value)| (name.to_string(), Value::from(value.as_str()))).collect();
            let request =
                json!({ "method": request.method.as_str(), "url": url, "headers": headers, "body": request.body });
            self.event(call, json!({ "do": "send", "send": send, "request": request, "withinMs": within_ms }));
        }
    }

    pub(crate) fn came(&self, call: usize, send: usize, at: u64, payer: usize, came: &Came, now: u64) {
        self.line(at, &named(payer), || format!("call {call}: of #{send} came {}", in_words(came)));
        if self.keeps == Keeps::Transcript {
            let mut kept = self.kept.borrow_mut();
            let events = kept.calls.get_mut(call).and_then(|call| call.get_mut("events")).and_then(Value::as_array_mut);
            if let Some(event) = events.and_then(|events| events.last_mut()) {
                insert(event, "came", described(came));
                insert(event, "now", now.into());
            }
        }
    }

    pub(crate) fn slept(&self, call: usize, ms: u64, is_aborted: bool, now: u64) {
        if self.keeps == Keeps::Transcript {
            let mut event = json!({ "do": "sleep", "ms": ms, "now": now });
            if is_aborted {
                insert(&mut event, "aborted", true.into());
            }
            self.event(call, event);
        }
    }

    pub(crate) fn delivered(
        &self,
        send: usize,
        at: u64,
        request: &provider::Request,
        struck: Option<FaultKind>,
        reply: &Reply,
        charges: usize,
    ) {
        self.line(at, "provider", || {
            let body = String::from_utf8_lossy(&request.body);
            let fault = struck.map_or(String::new(), |kind| format!(", {}", kind.as_str()));
            let replied = match &reply.answer {
                Answer::Dropped => String::from("the connection is lost"),
                Answer::Hangs => String::from("no answer"),
                Answer::Answered(response) => answer_in_words(response.status, &response.body),
            };
            let path = path(&request.url);
            format!("#{send} {path} {body}{fault}: charged {charges} times, {replied} after {} ms", reply.after_ms)
        });
        self.replied(send, at, reply);
    }

    /// What the sandbox replied to a send.
    pub(crate) fn replied(&self, send: usize, at: u64, reply: &Reply) {
        if self.keeps == Keeps::Transcript {
            let delivery = json!({ "at": EPOCH.saturating_add(at), "send": send, "reply": replied(reply) });
            self.kept.borrow_mut().deliveries.push(delivery);
        }
    }

    /// The faults have ended.
    pub(crate) fn calmed(&self, at: u64) {
        self.line(at.saturating_sub(EPOCH), "provider", || String::from("faults end"));
        if self.keeps == Keeps::Transcript {
            self.kept.borrow_mut().deliveries.push(json!({ "at": at, "faults": faults(&Faults::default()) }));
        }
    }

    pub(crate) fn lines(&self) -> Vec<String> {
        self.kept.take().lines
    }

    /// The whole run as a line of JSON.
    pub(crate) fn transcript(
        &self,
        provider: &str,
        run: u64,
        seed: u64,
        sandbox: &Value,
        ledger: &[LedgerRow],
    ) -> String {
        let Kept { calls, deliveries, .. } = self.kept.take();
        let whole = json!({
            "provider": provider,
            "run": run,
            "seed": seed,
            "sandbox": sandbox,
            "deliveries": deliveries,
            "calls": calls,
            "ledger": ledger,
        });
        whole.to_string()
    }

    fn event(&self, call: usize, event: Value) {
        let mut kept = self.kept.borrow_mut();
        let events = kept.calls.get_mut(call).and_then(|call| call.get_mut("events")).and_then(Value::as_array_mut);
        if let Some(events) = events {
            events.push(event);
        }
    }

    fn set(&self, call: usize, name: &str, value: Value) {
        if let Some(call) = self.kept.borrow_mut().calls.get_mut(call) {
            insert(call, name, value);
        }
    }
}

/// What `createSandbox` takes for such faults.
pub(crate) fn faults(faults: &Faults) -> Value {
    let mut whole = json!({ "rules": faults.rules.iter().map(rule).collect::<Vec<_>>() });
    if let Some(random) = &faults.random {
        let names = |names: Vec<&'static str>| Value::from(names);
        let mut given = json!({
            "percent": random.percent,
            "kinds": names(random.kinds.iter().map(|kind| kind.as_str()).collect()),
            "routes": names(random.routes.iter().map(|route| route.as_str()).collect()),
        });
        if let Some(ms) = random.ms {
            insert(&mut given, "ms", ms.into());
        }
        insert(&mut whole, "random", given);
    }
    whole
}

fn rule(rule: &Rule) -> Value {
    let mut given = json!({ "kind": rule.kind.as_str(), "nth": rule.nth, "times": rule.times });
    if let Some(route) = rule.route {
        insert(&mut given, "route", route.as_str().into());
    }
    if let Some(ms) = rule.ms {
        insert(&mut given, "ms", ms.into());
    }
    given
}

fn described(came: &Came) -> Value {
    match came {
        Came::Lost(loss) => json!({ "lost": lost(*loss) }),
        Came::Answered { status, retry_after, body } => {
            let mut answered = json!({ "status": status, "body": String::from_utf8_lossy(body) });
            if let Some(retry_after) = retry_after {
                insert(&mut answered, "retryAfter", retry_after.as_str().into());
            }
            answered
        }
    }
}

fn replied(reply: &Reply) -> Value {
    match &reply.answer {
        Answer::Dropped => json!({ "dropped": true }),
        Answer::Hangs => json!({ "hangs": true }),
        Answer::Answered(response) => {
            let headers: Map<_, _> =
                response.headers.iter().map(|(name, value)| (name.clone(), Value::from(value.as_str()))).collect();
            json!({
                "afterMs": reply.after_ms,
                "status": response.status,
                "headers": headers,
                "body": String::from_utf8_lossy(&response.body),
            })
        }
    }
}

const fn lost(loss: Loss) -> &'static str {
    match loss {
        Loss::Aborted => "aborted",
        Loss::TimedOut => "timed_out",
        Loss::Disconnected => "disconnected",
        Loss::NoFetch => "no_fetch",
        Loss::NoRequest => "no_request",
        Loss::NotAResponse => "not_a_response",
        Loss::Truncated => "truncated",
        Loss::TooLarge => "too_large",
    }
}

fn named(payer: usize) -> String {
    format!("payer {payer}")
}

pub(crate) fn insert(object: &mut Value, name: &str, value: Value) {
    if let Some(members) = object.as_object_mut() {
        members.insert(name.into(), value);
    }
}

/// What comes after the base URL.
fn path(url: &str) -> &str {
    url.split_once("servicePayment/").map_or(url, |(_, path)| path)
}

fn in_words(came: &Came) -> String {
    match came {
        Came::Lost(loss) => String::from(lost(*loss)),
        Came::Answered { status, body, .. } => answer_in_words(*status, body),
    }
}

fn answer_in_words(status: u16, body: &[u8]) -> String {
    format!("{status} {}", shortened(&String::from_utf8_lossy(body)))
}

/// As much as fits on a line or two.
fn shortened(text: &str) -> String {
    let end = text.floor_char_boundary(240);
    text.get(..end).map_or_else(String::new, |head| if end < text.len() { format!("{head}…") } else { head.into() })
}
