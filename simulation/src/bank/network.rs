//! What is between callers and the sandbox's bank: it takes time, and does harm of its own.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::future::poll_fn;
use std::task::Poll;

use tiyin::bank::{SettleStep, TransferStatus};
use tiyin::exchange::{Loss, Request};
use tiyin_sandbox::{self as provider, Answer, FaultKind, Faults, Response, Route, Sandbox};

use crate::journal::Journal;
use crate::network::{Came, Counts};
use crate::random::Random;
use crate::time::{Due, EPOCH, Time};

/// What the way does to an exchange, besides the sandbox's faults.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    /// A page to log in at answers instead.
    Portal,
    /// The answer's body breaks off.
    Truncated,
    /// A status is told in a word that is not documented.
    OtherWord,
    /// The answer of success has another code than 0.
    Contradictory,
    /// The answer of success tells no status.
    WithoutStatus,
}

/// An answer whose headers say nothing.
const fn answered(status: u16, body: Vec<u8>) -> Came {
    Came::Answered { status, retry_after: None, body }
}

impl Cut {
    pub(crate) const ALL: [Self; 5] =
        [Self::Portal, Self::Truncated, Self::OtherWord, Self::Contradictory, Self::WithoutStatus];

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Portal => "portal",
            Self::Truncated => "truncated",
            Self::OtherWord => "other_word",
            Self::Contradictory => "contradictory",
            Self::WithoutStatus => "without_status",
        }
    }

    /// What it makes of an answer, where it can do something to it.
    fn harmed(self, response: &Response) -> Option<Came> {
        let body = str::from_utf8(&response.body).ok()?;
        let changed = match self {
            Self::Portal => return None,
            Self::Truncated => return Some(Came::Lost(Loss::Truncated)),
            Self::OtherWord => body.replace("Введен", "Принят"),
            Self::Contradictory => body.replace("\"success\",\"code\":0", "\"success\",\"code\":1013"),
            Self::WithoutStatus => body.replace("payment_status", "state"),
        };
        (changed != body).then(|| answered(response.status, changed.into_bytes()))
    }
}

/// What is counted besides faults and cuts: a send had no answer in its time, and a caller crashed while it waited for one.
pub(crate) const LOSSES: [&str; 2] = ["timed_out", "crashed"];

/// What a run's network is like.
#[derive(Clone, Debug, Default)]
pub(crate) struct Weather {
    pub(super) faults: Faults,
    /// Of a hundred exchanges, how many the way itself harms.
    pub(super) cut_percent: u64,
    /// The most milliseconds that a way takes.
    pub(super) slow_ms: u64,
}

/// A request that left a caller.
#[derive(Debug)]
struct Sent {
    route: Route,
    request: provider::Request,
    task: usize,
    way_back: u64,
    came: Option<(u64, Came)>,
}

/// What one call of `settle` did and was told, in its order, with the time of each.
#[derive(Clone, Debug, Default)]
pub(super) struct Course {
    pub(super) caller: usize,
    pub(super) order_id: String,
    /// Whether an earlier call of the same caller may have sent the order.
    pub(super) is_resumed: bool,
    pub(super) began_at: u64,
    pub(super) events: Vec<(u64, Happened)>,
    /// What its sends took that were answered.
    pub(super) answered_ms: u64,
    /// What it took, and what it may take where that is known.
    pub(super) took_of: Option<(u64, Option<u64>)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Happened {
    /// It sent the order.
    Created,
    /// The outcome of that was not known.
    Unknown,
    /// It was told that there is no such order.
    Nothing,
    /// It was told that there is one.
    Status(TransferStatus),
    Ended(SettleStep),
}

/// What really happened.
pub(super) struct Truth<'a> {
    pub(super) sandbox: &'a Sandbox,
    pub(super) courses: &'a [Course],
}

pub(super) struct Network<'a> {
    pub(super) time: &'a Time,
    pub(super) journal: &'a Journal,
    state: RefCell<State>,
}

struct State {
    sandbox: Sandbox,
    random: Random,
    weather: Weather,
    sends: Vec<Sent>,
    courses: Vec<Course>,
    counts: Counts,
}

impl<'a> Network<'a> {
    pub(super) fn new(
        time: &'a Time,
        journal: &'a Journal,
        sandbox: Sandbox,
        weather: Weather,
        random: Random,
    ) -> Self {
        let (sends, courses, counts) = (Vec::new(), Vec::new(), BTreeMap::new());
        Self { time, journal, state: RefCell::new(State { sandbox, random, weather, sends, courses, counts }) }
    }

    /// The number of a new call of `settle`.
    pub(super) fn begin(&self, caller: usize, order_id: &str, is_resumed: bool) -> usize {
        let mut state = self.state.borrow_mut();
        let (order_id, began_at) = (order_id.into(), self.time.now());
        state.courses.push(Course { caller, order_id, is_resumed, began_at, ..Course::default() });
        state.courses.len().saturating_sub(1)
    }

    pub(super) fn note(&self, call: usize, what: Happened) {
        let now = self.time.now();
        self.journal.line(now, &format!("call {call}"), || format!("{what:?}"));
        let mut state = self.state.borrow_mut();
        if let Some(course) = state.courses.get_mut(call) {
            course.events.push((now, what));
        }
    }

    /// A call is over; it may take so long, and what was answered besides where its clock stands still.
    pub(super) fn end(&self, call: usize, most_ms: impl FnOnce(&Course) -> Option<u64>) {
        let now = self.time.now();
        if let Some(course) = self.state.borrow_mut().courses.get_mut(call) {
            course.took_of = Some((now.saturating_sub(course.began_at), most_ms(course)));
        }
    }

    /// What comes of a request within its time, and the number of its send.
    pub(super) async fn exchange(
        &self,
        caller: usize,
        call: usize,
        route: Route,
        request: &Request,
        within_ms: u64,
    ) -> (usize, Came) {
        let left_at = self.time.now();
        let number = self.send(route, request);
        self.journal.sent(call, number, left_at, caller, request, within_ms);
        let guard = Waiting { network: self, route, is_over: RefCell::new(false) };
        let came = self.time.before(Some(left_at.saturating_add(within_ms)), self.answer(number)).await;
        *guard.is_over.borrow_mut() = true;
        let Some(came) = came else {
            self.state.borrow_mut().count("timed_out", route);
            return (number, Came::Lost(Loss::TimedOut));
        };
        if let Some(course) = self.state.borrow_mut().courses.get_mut(call) {
            course.answered_ms = course.answered_ms.saturating_add(self.time.now().saturating_sub(left_at));
        }
        (number, came)
    }

    fn send(&self, route: Route, request: &Request) -> usize {
        let mut state = self.state.borrow_mut();
        let most = state.weather.slow_ms.max(5);
        let (way_there, way_back) = (state.random.between(5, most), state.random.between(5, most));
        let number = state.sends.len();
        let request = provider::Request {
            method: request.method.as_str().into(),
            url: request.url.clone(),
            headers: request.headers.iter().map(|(name, value)| (name.as_ref().into(), value.clone())).collect(),
            body: request.body.clone().unwrap_or_default().into_bytes(),
        };
        state.sends.push(Sent { route, request, task: self.time.running(), way_back, came: None });
        self.time.put(self.time.now().saturating_add(way_there), Due::Arrive(number));
        number
    }

    async fn answer(&self, number: usize) -> Came {
        poll_fn(|_| {
            let state = self.state.borrow();
            match state.sends.get(number).and_then(|sent| sent.came.as_ref()) {
                Some((at, came)) if *at <= self.time.now() => Poll::Ready(came.clone()),
                _ => Poll::Pending,
            }
        })
        .await
    }

    /// A request is at the bank.
    pub(super) fn arrive(&self, number: usize) {
        let now = self.time.now();
        let mut state = self.state.borrow_mut();
        let Some((after_ms, came)) = state.handle(number, now, self.journal) else { return };
        if let Some(sent) = state.sends.get_mut(number) {
            let at = now.saturating_add(after_ms).saturating_add(sent.way_back);
            sent.came = Some((at, came));
            self.time.put(at, Due::Wake(sent.task));
        }
    }

    /// Ends all faults, and lets happen what is still to happen up to now.
    pub(super) fn calm(&self) {
        let mut state = self.state.borrow_mut();
        state.weather = Weather::default();
        state.sandbox.set_faults(Faults::default());
        state.sandbox.advance(EPOCH.saturating_add(self.time.now()));
        self.journal.calmed(EPOCH.saturating_add(self.time.now()));
    }

    pub(super) fn truth<T>(&self, look: impl FnOnce(&Truth<'_>) -> T) -> T {
        let state = self.state.borrow();
        look(&Truth { sandbox: &state.sandbox, courses: &state.courses })
    }

    /// How often each fault struck.
    pub(super) fn into_counts(self) -> Counts {
        self.state.into_inner().counts
    }
}

/// Counts a caller that is gone before its answer has come.
struct Waiting<'n, 'a> {
    network: &'n Network<'a>,
    route: Route,
    is_over: RefCell<bool>,
}

impl Drop for Waiting<'_, '_> {
    fn drop(&mut self) {
        if !*self.is_over.borrow()
            && let Ok(mut state) = self.network.state.try_borrow_mut()
        {
            state.count("crashed", self.route);
        }
    }
}

impl State {
    fn count(&mut self, what: &'static str, route: Route) {
        let count = self.counts.entry((what, route)).or_default();
        *count = count.saturating_add(1);
    }

    /// What the bank answers, and after how long; nothing where it never does.
    fn handle(&mut self, number: usize, now: u64, journal: &Journal) -> Option<(u64, Came)> {
        let sent = self.sends.get(number)?;
        let route = sent.route;
        let percent = match (route, self.weather.cut_percent) {
            (Route::BankPaymentStatus, percent) | (_, percent @ 0) => percent,
            // An order is sent seldom, and answered in words of its own more seldom.
            (_, percent) => percent.max(40),
        };
        let cut = if self.random.percent(percent) { self.random.one_of(&Cut::ALL) } else { None };
        let sent = self.sends.get(number)?;
        if cut == Some(Cut::Portal) {
            self.count(Cut::Portal.as_str(), route);
            let body = b"<!doctype html><title>Log in</title>".to_vec();
            return Some((0, answered(200, body)));
        }
        let before = self.sandbox.fault_counts().clone();
        let reply = self.sandbox.handle(&sent.request, EPOCH.saturating_add(now));
        let after = self.sandbox.fault_counts();
        let struck: Option<FaultKind> =
            after.iter().find_map(|(place, count)| (before.get(place) != Some(count)).then_some(place.0));
        if let Some(kind) = struck {
            self.count(kind.as_str(), route);
        }
        journal.line(now, "bank", || {
            let shown = match &reply.answer {
                Answer::Answered(response) => String::from_utf8_lossy(&response.body).into_owned(),
                other => format!("{other:?}"),
            };
            format!("#{number} {} {struck:?} {cut:?} {shown}", route.as_str())
        });
        journal.replied(number, now, &reply);
        let response = match reply.answer {
            Answer::Hangs => return None,
            Answer::Dropped => return Some((0, Came::Lost(Loss::Disconnected))),
            Answer::Answered(response) => response,
        };
        let harmed = cut.and_then(|cut| Some((cut, cut.harmed(&response)?)));
        if let Some((cut, came)) = harmed {
            self.count(cut.as_str(), route);
            return Some((reply.after_ms, came));
        }
        Some((reply.after_ms, answered(response.status, response.body)))
    }
}
