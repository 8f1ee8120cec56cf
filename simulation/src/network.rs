//! What is between clients and the sandbox: it takes time, and does harm of its own.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde_json::{Value, json};
use tiyin::exchange::{Event, Loss, Request};
use tiyin_sandbox::{self as provider, Answer, FaultKind, Faults, LedgerRow, PaylovRow, Response, Route, Sandbox};

use crate::client::Failure;
use crate::journal::Journal;
use crate::random::Random;
use crate::time::{Due, EPOCH, Time};

/// What the way does to an exchange, besides the sandbox's faults.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    /// No connection.
    Unreachable,
    /// A page to log in at answers instead.
    Portal,
    /// A redirect answers instead.
    Redirected,
    /// The answer's body breaks off.
    Truncated,
    /// The answer never stops.
    TooLarge,
    /// What fetch gives is no answer.
    NotAResponse,
    /// The answer is another payment's.
    Crossed,
    /// A status is told in a word that is not documented.
    OtherWord,
    /// The answer names a refusal beside its success, or with HTTP 500.
    Contradictory,
    /// The answer of success says neither when it was paid nor under which reference.
    WithoutReceipt,
    /// The same, from somebody who has not handed the request on.
    OnlyAccepted,
    /// The answer of success tells another status than that it is paid.
    OtherStatus,
}

impl Cut {
    pub(crate) const ALL: [Self; 12] = [
        Self::Unreachable,
        Self::Portal,
        Self::Redirected,
        Self::Truncated,
        Self::TooLarge,
        Self::NotAResponse,
        Self::Crossed,
        Self::OtherWord,
        Self::Contradictory,
        Self::WithoutReceipt,
        Self::OnlyAccepted,
        Self::OtherStatus,
    ];

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::Portal => "portal",
            Self::Redirected => "redirected",
            Self::Truncated => "truncated",
            Self::TooLarge => "too_large",
            Self::NotAResponse => "not_a_response",
            Self::Crossed => "crossed",
            Self::OtherWord => "other_word",
            Self::Contradictory => "contradictory",
            Self::WithoutReceipt => "without_receipt",
            Self::OnlyAccepted => "only_accepted",
            Self::OtherStatus => "other_status",
        }
    }

    /// What comes where the request of this number does not even arrive.
    fn instead(self, number: usize, subject: &str) -> Option<Came> {
        match self {
            Self::OnlyAccepted => Some(Came::answered(accepted(number, subject))),
            Self::Unreachable => Some(Came::Lost(Loss::Disconnected)),
            Self::Portal => Some(Came::page(200)),
            Self::Redirected => Some(Came::page(302)),
            _ => None,
        }
    }

    /// Whether it makes a difference there.
    pub(crate) const fn touches(self, route: Route) -> bool {
        match self {
            Self::Crossed => matches!(route, Route::Pay | Route::Status),
            Self::OtherWord => matches!(route, Route::Status),
            Self::Contradictory | Self::WithoutReceipt | Self::OnlyAccepted | Self::OtherStatus => {
                matches!(route, Route::Pay)
            }
            _ => true,
        }
    }
}

/// What is counted where a request arrives that nobody waits for any more.
pub(crate) const ARRIVED_LATE: &str = "arrived_late";

/// What a run's network is like.
#[derive(Clone, Debug, Default)]
pub(crate) struct Weather {
    pub(crate) faults: Faults,
    /// Of a hundred exchanges, how many the way itself harms.
    pub(crate) cut_percent: u64,
    /// Of a hundred ways, how many take long.
    pub(crate) slow_percent: u64,
    /// The most milliseconds that a long way takes.
    pub(crate) slow_ms: u64,
    /// Of a hundred exchanges, how many find nothing to send with.
    pub(crate) without_fetch_percent: u64,
}

/// What becomes of a send.
#[derive(Clone, Debug)]
pub(crate) enum Came {
    Answered { status: u16, retry_after: Option<String>, body: Vec<u8> },
    Lost(Loss),
}

impl Came {
    pub(crate) fn event(&self) -> Event<'_> {
        match self {
            Self::Lost(loss) => Event::Lost(*loss),
            Self::Answered { status, retry_after, body } => {
                Event::Answered { status: *status, retry_after: retry_after.as_deref(), body }
            }
        }
    }

    fn answered(response: Response) -> Self {
        let retry_after = response.headers.into_iter().find(|(name, _)| name == "retry-after");
        Self::Answered {
            status: response.status,
            retry_after: retry_after.map(|(_, value)| value),
            body: response.body,
        }
    }

    fn page(status: u16) -> Self {
        let body = b"<!doctype html><title>Log in</title>".to_vec();
        Self::Answered { status, retry_after: None, body }
    }
}

/// A request that left a client, and what it did.
#[derive(Debug)]
pub(crate) struct Sent {
    pub(crate) call: usize,
    pub(crate) route: Route,
    /// The payment that it is about, if any.
    pub(crate) subject: String,
    /// The charges that it made, at once or later.
    pub(crate) charges: Vec<PaylovRow>,
    /// When it was at the provider, in milliseconds since 1970.
    pub(crate) arrived_at: Option<u64>,
    /// How many payments of it are still being executed.
    late: usize,
    /// Whether the network delivered it twice.
    pub(crate) is_doubled: bool,
    request: provider::Request,
    task: usize,
    cut: Option<Cut>,
    way_back: u64,
    is_given_up: bool,
    is_cancelled: bool,
    came: Option<(u64, Came)>,
}

/// What really happened, and what was told.
pub(crate) struct Truth<'a> {
    pub(crate) sandbox: &'a Sandbox,
    pub(crate) sends: &'a [Sent],
    /// Charges that no send explains.
    pub(crate) unexplained: &'a [PaylovRow],
    pub(crate) told: &'a [Told],
    /// The payer of each call.
    pub(crate) callers: &'a [usize],
    pub(crate) complaints: &'a [String],
    /// The time of each call.
    pub(crate) courses: &'a [Course],
}

pub(crate) struct Network<'a> {
    pub(crate) time: &'a Time,
    pub(crate) journal: &'a Journal,
    state: RefCell<State>,
}

/// How often each fault and cut struck each route.
pub(crate) type Counts = BTreeMap<(&'static str, Route), u64>;

struct State {
    sandbox: Sandbox,
    random: Random,
    weather: Weather,
    sends: Vec<Sent>,
    /// The last success of each route, and whose it was.
    last: BTreeMap<Route, (String, Response)>,
    counts: Counts,
    /// The rows of the ledger that are accounted for.
    rows: usize,
    /// Charges that no send explains.
    unexplained: Vec<PaylovRow>,
    /// The payer of each call.
    callers: Vec<usize>,
    told: Vec<Told>,
    complaints: Vec<String>,
    /// The time of each call.
    courses: Vec<Course>,
}

/// The time of a call.
#[derive(Debug, Default)]
pub(crate) struct Course {
    pub(crate) began_at: u64,
    /// The most that one of its sends was given.
    pub(crate) longest_ms: u64,
    /// What those of its sends took that did not time out.
    pub(crate) answered_ms: u64,
    /// What it asked to sleep.
    pub(crate) slept_ms: u64,
    /// What it slept for longer than it asked for.
    pub(crate) overslept_ms: u64,
    /// What it took, without that, and what it may take; nothing where it did not end.
    pub(crate) took_of: Option<(u64, u64)>,
}

/// What an exchange told its caller when it failed.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) call: usize,
    pub(crate) route: &'static tiyin::endpoint::Route,
    pub(crate) failure: Failure,
}

impl<'a> Network<'a> {
    pub(crate) fn new(
        time: &'a Time,
        journal: &'a Journal,
        sandbox: Sandbox,
        weather: Weather,
        random: Random,
    ) -> Self {
        let state = State {
            sandbox,
            random,
            weather,
            sends: Vec::new(),
            last: BTreeMap::new(),
            counts: Counts::new(),
            rows: 0,
            unexplained: Vec::new(),
            callers: Vec::new(),
            told: Vec::new(),
            complaints: Vec::new(),
            courses: Vec::new(),
        };
        Self { time, journal, state: RefCell::new(state) }
    }

    /// The number of a new call of a client's method.
    pub(crate) fn begin(&self, payer: usize) -> usize {
        let mut state = self.state.borrow_mut();
        state.callers.push(payer);
        state.courses.push(Course { began_at: self.time.now(), ..Course::default() });
        state.callers.len().saturating_sub(1)
    }

    /// Whether a client finds nothing to send with.
    pub(crate) fn is_without_fetch(&self) -> bool {
        let mut state = self.state.borrow_mut();
        let percent = state.weather.without_fetch_percent;
        state.random.percent(percent)
    }

    pub(crate) fn tell(&self, told: Told) {
        self.state.borrow_mut().told.push(told);
    }

    /// A call has slept, for longer than it asked for.
    pub(crate) fn sleep(&self, call: usize, ms: u64, overslept_ms: u64) {
        if let Some(course) = self.state.borrow_mut().courses.get_mut(call) {
            course.slept_ms = course.slept_ms.saturating_add(ms);
            course.overslept_ms = course.overslept_ms.saturating_add(overslept_ms);
        }
    }

    /// A send of a call has ended otherwise than by timing out.
    pub(crate) fn answer(&self, call: usize, ms: u64) {
        if let Some(course) = self.state.borrow_mut().courses.get_mut(call) {
            course.answered_ms = course.answered_ms.saturating_add(ms);
        }
    }

    /// A call is over; of its course so far it is said what it may take, if that is known.
    pub(crate) fn end(&self, call: usize, most_ms: impl FnOnce(&Course) -> u64) {
        if let Some(course) = self.state.borrow_mut().courses.get_mut(call) {
            let took_ms = self.time.now().saturating_sub(course.began_at).saturating_sub(course.overslept_ms);
            course.took_of = Some((took_ms, most_ms(course)));
        }
    }

    /// A promise that was seen broken at once.
    pub(crate) fn complain(&self, what: String) {
        self.state.borrow_mut().complaints.push(what);
    }

    /// Sends a request on its way; gives the number to ask for its answer by.
    pub(crate) fn send(&self, call: usize, route: Route, subject: &str, request: &Request, within_ms: u64) -> usize {
        let mut state = self.state.borrow_mut();
        if let Some(course) = state.courses.get_mut(call) {
            course.longest_ms = course.longest_ms.max(within_ms);
        }
        let (way_there, way_back) = (state.way(), state.way());
        let cut = state.cut(route, subject);
        let number = state.sends.len();
        state.sends.push(Sent {
            call,
            route,
            subject: subject.into(),
            charges: Vec::new(),
            arrived_at: None,
            late: 0,
            is_doubled: false,
            request: as_it_arrives(request),
            task: self.time.running(),
            cut,
            way_back,
            is_given_up: false,
            is_cancelled: false,
            came: None,
        });
        self.time.put(self.time.now().saturating_add(way_there), Due::Arrive(number));
        number
    }

    /// What has come of a send by now.
    pub(crate) fn came(&self, send: usize) -> Option<Came> {
        let state = self.state.borrow();
        let (at, came) = state.sends.get(send)?.came.as_ref()?;
        (*at <= self.time.now()).then(|| came.clone())
    }

    /// Nobody waits for the answer any more. A request that is still on its way may then never arrive.
    pub(crate) fn give_up(&self, send: usize, why: &'static str) {
        let mut state = self.state.borrow_mut();
        let is_cancelled = state.random.percent(50);
        let Some(sent) = state.sends.get_mut(send) else { return };
        (sent.is_given_up, sent.is_cancelled) = (true, is_cancelled);
        let route = sent.route;
        state.count(why, route);
    }

    pub(crate) fn count(&self, what: &'static str, route: Route) {
        self.state.borrow_mut().count(what, route);
    }

    /// A request is at the provider.
    pub(crate) fn arrive(&self, number: usize) {
        let mut state = self.state.borrow_mut();
        let now = EPOCH.saturating_add(self.time.now());
        state.happen(now);
        let Some(sent) = state.sends.get(number).filter(|sent| !sent.is_cancelled) else { return };
        let (route, cut, task, way_back) = (sent.route, sent.cut, sent.task, sent.way_back);
        let instead = cut.and_then(|cut| cut.instead(number, &sent.subject));
        if sent.is_given_up {
            state.count(ARRIVED_LATE, route);
        }
        if let (Some(cut), Some(_)) = (cut, &instead) {
            state.count(cut.as_str(), route);
        }
        let (after_ms, came) = match instead {
            Some(came) => (0, Some(came)),
            None => {
                let reply = state.handle(number, now, self.journal, self.time.now());
                (reply.after_ms, state.harmed(number, reply.answer))
            }
        };
        let at = self.time.now().saturating_add(after_ms).saturating_add(way_back);
        if let (Some(came), Some(sent)) = (came, state.sends.get_mut(number)) {
            sent.came = Some((at, came));
            self.time.put(at, Due::Wake(task));
        }
    }

    /// Ends all faults, and lets happen what is still to happen up to now.
    pub(crate) fn calm(&self) {
        let mut state = self.state.borrow_mut();
        state.weather = Weather::default();
        state.sandbox.set_faults(Faults::default());
        state.happen(EPOCH.saturating_add(self.time.now()));
        self.journal.calmed(EPOCH.saturating_add(self.time.now()));
    }

    /// Looks at the truth.
    pub(crate) fn truth<T>(&self, look: impl FnOnce(&Truth<'_>) -> T) -> T {
        let state = self.state.borrow();
        let State { sandbox, sends, unexplained, told, callers, complaints, courses, .. } = &*state;
        look(&Truth { sandbox, sends, unexplained, told, callers, complaints, courses })
    }

    pub(crate) fn into_counts(self) -> Counts {
        self.state.into_inner().counts
    }
}

impl State {
    fn count(&mut self, what: &'static str, route: Route) {
        let count = self.counts.entry((what, route)).or_default();
        *count = count.saturating_add(1);
    }

    fn way(&mut self) -> u64 {
        if self.random.percent(self.weather.slow_percent) {
            return self.random.between(200, self.weather.slow_ms);
        }
        self.random.between(5, 200)
    }

    fn cut(&mut self, route: Route, subject: &str) -> Option<Cut> {
        if !self.random.percent(self.weather.cut_percent) {
            return None;
        }
        // There is seldom another payment's answer: where there is one, the chance is taken.
        if self.last.get(&route).is_some_and(|(whose, _)| whose != subject) && self.random.percent(40) {
            return Some(Cut::Crossed);
        }
        if route == Route::Status && self.random.percent(30) {
            return Some(Cut::OtherWord);
        }
        // There are few successes of payments, which these need.
        let of_successes = [Cut::Contradictory, Cut::WithoutReceipt, Cut::OtherStatus];
        if route == Route::Pay && self.random.percent(40) {
            return self.random.one_of(&of_successes);
        }
        let possible = Cut::ALL.into_iter().filter(|cut| cut.touches(route) && !of_successes.contains(cut));
        let possible: Vec<_> = possible.collect();
        self.random.one_of(&possible)
    }

    /// Lets late things happen, and finds out whose they are: of one payment, the first send's that has some to come.
    fn happen(&mut self, now: u64) {
        self.sandbox.advance(now);
        let new = self.sandbox.ledger().iter().skip(self.rows);
        let rows: Vec<_> = new.filter_map(LedgerRow::paylov).cloned().collect();
        self.rows = self.sandbox.ledger().len();
        for row in rows {
            let is_its = |sent: &&mut Sent| sent.late > 0 && sent.subject == row.transaction_id;
            match self.sends.iter_mut().find(is_its) {
                Some(sent) => {
                    sent.late = sent.late.saturating_sub(1);
                    sent.charges.push(row);
                }
                None => self.unexplained.push(row),
            }
        }
    }

    fn handle(&mut self, number: usize, now: u64, journal: &Journal, at: u64) -> provider::Reply {
        let Some(sent) = self.sends.get_mut(number) else {
            return provider::Reply { after_ms: 0, answer: Answer::Hangs };
        };
        sent.arrived_at = Some(now);
        let late = |sandbox: &Sandbox, id: &str| sandbox.payment(id).map_or(0, |payment| payment.executing_late);
        let late_before = late(&self.sandbox, &sent.subject);
        let struck_before = self.sandbox.fault_counts().clone();
        let reply = self.sandbox.handle(&sent.request, now);
        let is_new =
            |(kind, count): (&(FaultKind, Route), &u64)| (struck_before.get(kind) != Some(count)).then_some(kind.0);
        let struck = self.sandbox.fault_counts().iter().find_map(is_new);
        sent.is_doubled = struck == Some(FaultKind::DuplicateDelivery);
        sent.late = late(&self.sandbox, &sent.subject).saturating_sub(late_before);
        sent.charges.extend(self.sandbox.ledger().iter().skip(self.rows).filter_map(LedgerRow::paylov).cloned());
        self.rows = self.sandbox.ledger().len();
        journal.delivered(number, at, &sent.request, struck, &reply, sent.charges.len());
        let route = sent.route;
        if let Some(kind) = struck {
            self.count(kind.as_str(), route);
        }
        reply
    }

    /// What is left of an answer after its way back; nothing where it never comes.
    fn harmed(&mut self, number: usize, answer: Answer) -> Option<Came> {
        let response = match answer {
            Answer::Hangs => return None,
            Answer::Dropped => return Some(Came::Lost(Loss::Disconnected)),
            Answer::Answered(response) => response,
        };
        let sent = self.sends.get(number)?;
        let (cut, route, subject) = (sent.cut, sent.route, sent.subject.clone());
        let other = self.last.get(&route).filter(|(whose, _)| *whose != subject).cloned();
        if response.status == 200 && !subject.is_empty() {
            self.last.insert(route, (subject.clone(), response.clone()));
        }
        let came = cut.and_then(|cut| match cut {
            Cut::WithoutReceipt if has_receipt(&response.body) => Some(Came::answered(accepted(number, &subject))),
            Cut::OtherStatus if has_receipt(&response.body) => Some(Came::answered(restated(number, &response)?)),
            cut => harmed(cut, &response, other),
        });
        if let (Some(cut), Some(_)) = (cut, &came) {
            self.count(cut.as_str(), route);
        }
        Some(came.unwrap_or_else(|| Came::answered(response)))
    }
}

/// What a cut makes of an answer, where it can do something to it.
fn harmed(cut: Cut, response: &Response, other: Option<(String, Response)>) -> Option<Came> {
    Some(match cut {
        Cut::Truncated => Came::Lost(Loss::Truncated),
        Cut::TooLarge => Came::Lost(Loss::TooLarge),
        Cut::NotAResponse => Came::Lost(Loss::NotAResponse),
        Cut::Crossed => Came::answered(other?.1),
        Cut::OtherWord => Came::answered(reworded(response)?),
        Cut::Contradictory => Came::answered(contradictory(response)?),
        _ => return None,
    })
}

/// The same status in another word, where it says that nothing has happened yet.
fn reworded(response: &Response) -> Option<Response> {
    let body = str::from_utf8(&response.body).ok()?;
    let reworded = body.replace("\"created\"", "\"processing\"");
    (reworded != body).then(|| Response { body: reworded.into_bytes(), ..response.clone() })
}

/// A success of a payment with a status that is not that of a payment.
fn restated(number: usize, response: &Response) -> Option<Response> {
    let status = match number % 4 {
        0 => json!("created"),
        1 => json!("processing"),
        2 => json!(false),
        _ => json!({ "code": "created" }),
    };
    let mut answer: Value = serde_json::from_slice(&response.body).ok()?;
    answer.get_mut("result")?.as_object_mut()?.insert("status".into(), status);
    Some(Response { body: answer.to_string().into_bytes(), ..response.clone() })
}

/// A success of a payment without what shows that it was paid: members that are absent, null, empty, or placeholders.
fn accepted(number: usize, transaction_id: &str) -> Response {
    let members = match number % 4 {
        0 => json!({}),
        1 => json!({ "payedAt": null, "paymentRef": null, "cardId": null }),
        2 => json!({ "payedAt": "-", "paymentRef": 0 }),
        _ => json!({ "payedAt": "", "paymentRef": "", "data": [] }),
    };
    let mut answer = json!({ "result": members });
    if let Some(members) = answer.get_mut("result").and_then(Value::as_object_mut) {
        members.insert("transactionId".into(), transaction_id.into());
    }
    Response { status: 200, headers: Vec::new(), body: answer.to_string().into_bytes() }
}

/// Whether an answer to a payment says when it was paid, or under which reference, and no other status than that.
pub(crate) fn has_receipt(body: &[u8]) -> bool {
    let answer: Value = serde_json::from_slice(body).unwrap_or_default();
    let said = |name| answer.get("result")?.get(name)?.as_str();
    let status = answer.get("result").and_then(|result| result.get("status"));
    status.is_none_or(|status| status.is_null() || status == "paid")
        && ["payedAt", "paymentRef"]
            .into_iter()
            .filter_map(said)
            .any(|text| text.bytes().any(|byte| (b'1'..=b'9').contains(&byte)))
}

/// A success that names a refusal as well. What it was sent for decides in which way.
fn contradictory(response: &Response) -> Option<Response> {
    let result = str::from_utf8(&response.body).ok()?.strip_prefix("{\"result\":")?;
    let refusal = r#"{"error":{"code":"validation_error","message":"?"}"#;
    let is_both = response.body.iter().fold(0u8, |sum, byte| sum ^ byte) & 1 == 0;
    Some(if is_both {
        Response { body: format!("{refusal},\"result\":{result}").into_bytes(), ..response.clone() }
    } else {
        Response { status: 500, body: format!("{refusal}}}").into_bytes(), ..response.clone() }
    })
}

fn as_it_arrives(request: &Request) -> provider::Request {
    provider::Request {
        method: request.method.as_str().into(),
        url: request.url.clone(),
        headers: request.headers.iter().map(|(name, value)| (name.as_ref().into(), value.clone())).collect(),
        body: request.body.clone().unwrap_or_default().into_bytes(),
    }
}
